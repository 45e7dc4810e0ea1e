"""The forms of days: a brand's own day with its rule, and a holiday kept on other dates."""

from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from events.domain.days import LONGEST, DayData
from events.forms.choices import PLAIN
from events.holidays import markets, rules
from events.holidays.regions import market_name
from events.models import OwnDay

MONTHS = list(dates.MONTHS.items())
WEEKDAYS = list(zip(rules.WEEKDAYS, dates.WEEKDAYS.values(), strict=True))
NTHS = [
    (1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (-1, _("last")),
    (-2, _("last but one")),
]  # fmt: skip
RULES = [
    ("fixed", _("The same date every year")),
    ("nth-weekday", _("A weekday of a month")),
    ("lunar", _("A day of the Chinese calendar")),
    ("easter", _("Days from Easter")),
]
# Which fields a rule is made of, and which of them it cannot do without.
PARTS = {
    "fixed": ("month", "day"),
    "nth-weekday": ("month", "nth", "weekday"),
    "lunar": ("month", "day"),
    "easter": ("rite",),
}
PLACES = {"name_en", "name_zh", "markets", "days", "ground", "ink", "rule"}


def _text(label: Any, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **more)


class DayForm(forms.Form):
    """What a brand's day is called and when it is. Parts of other rules than the chosen one are ignored."""

    name_en = _text(_("Name in English"), 80)
    name_zh = _text(_("Name in Chinese"), 40)
    greeting_en = _text(_("Greeting in English"), 120, required=False)
    greeting_zh = _text(_("Greeting in Chinese"), 60, required=False)
    ground = _text(_("Colour of the ground"), 7, widget=forms.TextInput({"placeholder": "#17130F"}))
    ink = _text(_("Colour of the writing"), 7, widget=forms.TextInput({"placeholder": "#F4EEDC"}))
    markets = forms.MultipleChoiceField(label=_("Markets"), widget=forms.CheckboxSelectMultiple)
    rule = forms.ChoiceField(label=_("Rule"), choices=RULES)
    month = forms.TypedChoiceField(label=_("Month"), choices=MONTHS, coerce=int, required=False)
    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31, required=False)
    nth = forms.TypedChoiceField(label=_("Which one"), choices=NTHS, coerce=int, required=False)
    weekday = forms.ChoiceField(label=_("Weekday"), choices=WEEKDAYS, required=False)
    rite = forms.ChoiceField(
        label=_("Easter of"),
        choices=[("western", _("the western churches")), ("orthodox", _("the orthodox churches"))],
        required=False,
    )
    offset = forms.IntegerField(
        label=_("Days later"), min_value=-80, max_value=180, required=False,
        help_text=_("Below zero: days earlier. Good Friday is −2 from Easter."),
    )  # fmt: skip
    days = forms.IntegerField(label=_("Lasts, in days"), min_value=1, max_value=LONGEST)
    note = forms.CharField(
        label=_("What it means, and what to avoid"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(PLAIN | kwargs))
        fields: dict[str, Any] = self.fields
        fields["markets"].choices = sorted(
            ((code, market_name(code)) for code in markets()), key=lambda pair: pair[1]
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for part in PARTS.get(data.get("rule", ""), ()):
            if data.get(part) in {None, ""} and part not in self.errors:
                self.add_error(part, _("This rule needs it."))
        return data

    def rule_values(self) -> dict[str, Any]:
        """The chosen rule as its row keeps it."""
        data = self.cleaned_data
        values: dict[str, Any] = {"rule": data["rule"]}
        values |= {part: data[part] for part in PARTS[data["rule"]]}
        if data["offset"]:
            values["offset"] = data["offset"]
        return values

    def day_data(self) -> DayData:
        """The form as the domain takes it."""
        data = self.cleaned_data
        return DayData(
            names={"en": data["name_en"], "zh-Hans": data["name_zh"]},
            greetings={"en": data["greeting_en"], "zh-Hans": data["greeting_zh"]},
            markets=data["markets"],
            rule=self.rule_values(),
            ground=data["ground"],
            ink=data["ink"],
            days=data["days"],
            note=data["note"],
        )

    def add_refusal(self, place: str, message: str) -> None:
        """Put the domain's refusal beside the field it is about."""
        self.add_error(place if place in PLACES else None, message)


def initial_of(day: OwnDay) -> dict[str, Any]:
    """A brand's day as its form shows it."""
    return {
        "name_en": day.names.get("en", ""),
        "name_zh": day.names.get("zh-Hans", ""),
        "greeting_en": day.greetings.get("en", ""),
        "greeting_zh": day.greetings.get("zh-Hans", ""),
        "ground": day.ground,
        "ink": day.ink,
        "markets": day.markets,
        "days": day.days,
        "note": day.note,
        "version": day.version,
        **day.rule,
    }


class MoveForm(forms.Form):
    """Keep one occurrence on other dates, or not at all."""

    KEPT = (("moved", _("On other dates")), ("off", _("Not this year")), ("rule", _("By its rule")))

    kept = forms.ChoiceField(label=_("It is kept"), choices=KEPT, widget=forms.RadioSelect)
    starts_on = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = _text(_("Source or reason"), 200, required=False)
    everybody = forms.BooleanField(label=_("For every brand of the platform"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, for_everybody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **(PLAIN | kwargs))
        if not for_everybody:
            del self.fields["everybody"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kept") == "moved":
            for part in ("starts_on", "ends_on"):
                if data.get(part) is None and part not in self.errors:
                    self.add_error(part, _("Give the date."))
        if data.get("kept") in {"moved", "off"} and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why, or who decided it."))
        return data

    def add_refusal(self, place: str, message: str) -> None:
        """Put the domain's refusal beside the field it is about."""
        self.add_error(place if place in self.fields else None, message)
