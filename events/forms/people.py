"""Who hosts a show and who works on it. Shares leave here as basis points."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from events.domain.scheduling import check_shares, equal_shares
from events.enums import StaffRole
from events.errors import BadShares
from events.forms.choices import PLAIN
from events.models import Event, Host


class HostShareForm(forms.Form):
    """One host and the share of the credit in percent; both blank is an unused row."""

    host = forms.ModelChoiceField(
        queryset=Host.objects.all(), label=gettext_lazy("Host"), required=False, empty_label="–"
    )
    share = forms.DecimalField(
        label=gettext_lazy("Share in percent"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        decimal_places=2,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}),
    )


class BaseHostShares(forms.BaseFormSet):
    """Rows of hosts. Shares all left blank mean equal parts."""

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("host")]
        if len({row["share"] is None for row in rows}) > 1:
            raise ValidationError(_("Give every host a share, or leave all blank for equal parts."))
        try:
            if rows:
                check_shares(self.shares())
        except BadShares as error:
            raise ValidationError(str(error)) from error

    def shares(self) -> list[tuple[Host, int]]:
        """Hosts with basis points, in the order of the rows."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("host")]
        if all(row["share"] is None for row in rows):
            points = equal_shares(len(rows)) if rows else []
        else:
            points = [int(row["share"] * 100) for row in rows]
        return list(zip([row["host"] for row in rows], points, strict=True))


HostShares = forms.formset_factory(HostShareForm, formset=BaseHostShares, extra=2, max_num=8)


def host_shares(data: Any = None, *, event: Event | None = None) -> BaseHostShares:
    """The formset of `event`'s hosts, bound to `data` when given."""
    rows = event.event_hosts.all() if event else []
    initial = [{"host": row.host_id, "share": Decimal(row.share) / 100} for row in rows]
    return cast(BaseHostShares, HostShares(data, initial=initial, prefix="hosts", form_kwargs=PLAIN))


class StaffForm(forms.Form):
    """Let a person with an account work on this one event."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the account"))
    role = forms.ChoiceField(label=gettext_lazy("Works as"), choices=StaffRole.choices)

    def clean_email(self) -> User:
        user = User.objects.filter(email=self.cleaned_data["email"].lower(), is_active=True).first()
        if user is None:
            raise ValidationError(_("Nobody has an account with this address. Ask them to sign up first."))
        return user
