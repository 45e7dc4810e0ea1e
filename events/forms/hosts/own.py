"""What hosts write themselves: their profile, ties, days away, and an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from catalog.models import Brand
from events.domain.scheduling import zone_names
from events.enums import TieKind
from events.forms.hosts.base import PLAIN, DateInput
from events.holidays import markets
from events.holidays.regions import ZONES, language_name, market_name
from events.models import Host

# What people speak on camera; a tag already on a profile stays choosable.
TAGS = (
    "ar", "de", "en", "es", "fr", "he", "hi", "it", "ja", "ko", "ml", "pt", "ru", "ta", "th",
    "vi", "yue", "zh-Hans", "zh-Hant",
)  # fmt: skip


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Words to the brand"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


class OwnProfileForm(forms.Form):
    """A host's own words."""

    headline = forms.CharField(label=gettext_lazy("What you know, in one line"), max_length=140)
    cause = forms.CharField(label=gettext_lazy("What you stand for"), required=False, max_length=200)
    story = forms.CharField(
        label=gettext_lazy("Story"), required=False, max_length=6000, widget=forms.Textarea({"rows": 8})
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak on camera"), widget=forms.CheckboxSelectMultiple
    )
    markets = forms.MultipleChoiceField(
        label=gettext_lazy("Markets you speak to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone you live in"))
    disclosure = forms.CharField(
        label=gettext_lazy("Ties to brands in your words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        initial = {name: getattr(host, name) for name in self.base_fields}
        super().__init__(*args, **(PLAIN | {"initial": initial} | kwargs))
        fields: dict[str, Any] = self.fields
        tags = sorted({*TAGS, *host.languages})
        fields["languages"].choices = _by_name([(tag, language_name(tag)) for tag in tags])
        codes = sorted({*markets(), *ZONES, *host.markets})
        fields["markets"].choices = _by_name([(code, market_name(code)) for code in codes])
        fields["time_zone"].choices = [(name, name.replace("_", " ")) for name in zone_names()]


def _by_name(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda pair: pair[1])


class TieForm(forms.Form):
    """One bond with a brand."""

    brand = forms.ModelChoiceField(
        queryset=Brand.objects.all(),
        label=gettext_lazy("Brand of this shop"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Another one"),
    )
    brand_name = forms.CharField(label=gettext_lazy("Name of another brand"), required=False, max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("How you are bound"), choices=TieKind.choices)
    since = forms.DateField(label=gettext_lazy("Since"), widget=DateInput())
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DateInput())
    exclusive = forms.BooleanField(
        label=gettext_lazy("Exclusive: no competing brand meanwhile"), required=False
    )


class AwayForm(forms.Form):
    """Days the host takes no show."""

    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput())
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput())
    note = forms.CharField(label=gettext_lazy("Note to yourself"), required=False, max_length=120)
