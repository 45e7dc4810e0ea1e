"""What a host is offered."""

from decimal import Decimal
from typing import Any

from babel.numbers import is_currency
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.money import exponent
from events.domain.terms import OTHERS, Terms, categories_of, proposed_share, usual_terms
from events.enums import RefundRule
from events.forms.hosts.base import PLAIN, percent_field
from events.models import Event, Host


class TermsForm(forms.Form):
    """What a host is offered: the commission of all other categories, then one field per category."""

    commission = percent_field(gettext_lazy("Commission in percent"))
    floor_amount = forms.DecimalField(
        label=gettext_lazy("Guaranteed at least"),
        required=False,
        min_value=Decimal(0),
        max_digits=14,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "any"}),
        help_text=gettext_lazy("Paid even when nothing is sold. Blank for no guarantee."),
    )
    floor_currency = forms.CharField(label=gettext_lazy("Currency"), required=False, max_length=3)
    refund_rule = forms.ChoiceField(
        label=gettext_lazy("When an order is refunded"), choices=RefundRule.choices
    )
    disclosure = forms.CharField(
        label=gettext_lazy("Disclosure"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Viewers read it beside the picture, as the law asks of paid work."),
    )
    share = percent_field(
        gettext_lazy("Share of the credit in percent"),
        help_text=gettext_lazy("Blank for a fair part beside the other hosts."),
    )
    message = forms.CharField(
        label=gettext_lazy("Words to the host"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    confirmed = forms.BooleanField(label=gettext_lazy("Invite nevertheless"), required=False)

    def __init__(self, *args: Any, event: Event, host: Host | None = None, **kwargs: Any) -> None:
        kwargs.update(PLAIN)
        kwargs["initial"] = _initial_terms(event, host) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.categories = [(f"category-{number}", name) for number, name in enumerate(categories_of(event))]
        for key, name in self.categories:
            self.fields[key] = percent_field(name)

    def by_category(self) -> list[forms.BoundField]:
        """The fields of single categories, for the page."""
        return [self[key] for key, _name in self.categories]

    def clean_floor_currency(self) -> str:
        code = self.cleaned_data["floor_currency"].upper()
        if code and not is_currency(code):
            raise ValidationError(_("“%(code)s” is not an ISO 4217 code.") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        amount, code = data.get("floor_amount"), data.get("floor_currency", "")
        if amount and code and amount != amount.quantize(Decimal(1).scaleb(-exponent(code))):
            self.add_error("floor_amount", _("%(code)s has no such small coins.") % {"code": code})
        return data

    def terms(self) -> Terms:
        """The offer in basis points and minor units."""
        data = self.cleaned_data
        named = {name: data[key] for key, name in self.categories if data.get(key) is not None}
        commission = {OTHERS: data["commission"] or Decimal(0)} | named
        amount, code = data["floor_amount"] or Decimal(0), data["floor_currency"]
        return Terms(
            commission={name: int(value * 100) for name, value in commission.items()},
            floor_amount=int(amount.scaleb(exponent(code))) if code else int(amount * 100),
            floor_currency=code if amount else "",
            refund_rule=RefundRule(data["refund_rule"]),
            disclosure=data["disclosure"],
            share=int(data["share"] * 100) if data["share"] is not None else None,
            message=data["message"],
        )


def _initial_terms(event: Event, host: Host | None) -> dict[str, Any]:
    usual = usual_terms(event, host)
    return {
        "commission": Decimal(usual.commission[OTHERS]) / 100,
        "floor_currency": event.currency,
        "disclosure": usual.disclosure,
        "share": Decimal(proposed_share(event, host)) / 100 or None if host else None,
    }


class InviteForm(TermsForm):
    """An invitation: whom, and on what terms."""

    host = forms.ModelChoiceField(
        queryset=Host.objects.all(), label=gettext_lazy("Host"), to_field_name="slug", empty_label="–"
    )
    field_order = ["host"]


class ReplaceForm(TermsForm):
    """Who leaves, who comes, and on what terms unless they are the brand's own."""

    old = forms.ModelChoiceField(
        queryset=Host.objects.none(), label=gettext_lazy("Who leaves"), to_field_name="slug", empty_label=None
    )
    host = forms.ModelChoiceField(
        queryset=Host.objects.all(),
        label=gettext_lazy("Who takes over"),
        to_field_name="slug",
        empty_label="–",
    )
    in_house = forms.BooleanField(
        label=gettext_lazy("One of our own: no invitation, no commission"), required=False
    )
    field_order = ["old", "host", "in_house"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["old"].queryset = Host.objects.filter(event_hosts__event=event)
        fields["host"].queryset = Host.objects.exclude(event_hosts__event=event)
