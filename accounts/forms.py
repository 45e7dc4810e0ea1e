"""What people type about themselves."""

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.domain.names import MAX_LENGTH, clean_name
from accounts.domain.preferences import offered_zones, zones
from accounts.errors import BadName
from accounts.models import User


def checked_name(text: str, *, user: User | None) -> str:
    """`clean_name` for forms: an empty name stays empty, a bad one is a field error."""
    if not text.strip():
        return ""
    try:
        return clean_name(text, user=user)
    except BadName as problem:
        raise ValidationError(str(problem), code=problem.code) from problem


def zone_choices(current: str = "") -> list[tuple[str, Any]]:
    """Zones grouped by area, the browser's own first; `current` is kept even when it is an old name."""
    areas: dict[str, list[tuple[str, str]]] = {}
    offered = (*offered_zones(), current) if current in zones() else offered_zones()
    for zone in dict.fromkeys(offered):
        area, _slash, city = zone.partition("/")
        areas.setdefault(area, []).append((zone, (city or area).replace("_", " ").replace("/", ", ")))
    return [("", gettext("As this device says")), *areas.items()]


class DisplayNameField(forms.CharField):
    """Length is checked by `clean_name`, after what cannot be seen is gone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Display name"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"autocomplete": "nickname", "maxlength": MAX_LENGTH}),
            **kwargs,
        )


class SignupForm(BaseSignupForm):
    """An address, a password and, if wanted, the name shown in chat."""

    display_name = DisplayNameField(help_text=_("Shown beside what you write. You can choose it later."))
    field_order: Iterable[str] = ["email", "password1", "display_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = gettext("At least 10 characters, not a common one.")

    def clean_display_name(self) -> str:
        return checked_name(self.cleaned_data["display_name"], user=None)


class ProfileForm(forms.ModelForm):
    """Name, language and zone of one's own account."""

    display_name = DisplayNameField(help_text=_("Shown beside what you write in a room."))

    class Meta:
        model = User
        fields = ["display_name", "language", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            required=False,
            choices=[("", _("As this device says")), *settings.LANGUAGES],
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), required=False, choices=zone_choices(self.instance.time_zone)
        )

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        # A name given by the house (a host's own) is not asked again when it stays.
        if name == self.instance.display_name:
            return name
        return checked_name(name, user=self.instance)


class LanguageForm(forms.Form):
    """The language switch of the footer."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
