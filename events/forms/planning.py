"""The forms a show is planned with: a new one with all that comes with it, series, tasks, reviews."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Brand
from events.domain.series import FEWEST, MOST, Every
from events.domain.terms import LONGEST_DISCLOSURE, LONGEST_MESSAGE, USUAL_COMMISSION
from events.enums import ChecklistKind
from events.forms.choices import PLAIN, day_of_token, edition_choices
from events.forms.details import DetailsForm
from events.holidays.leadtime import Step
from events.models import Host

DRAFT_EDITION = "draft"
Words = forms.Textarea({"rows": 3})


class BrandForm(DetailsForm):
    """The details of what is new, which also needs its brand."""

    brand = forms.ModelChoiceField(
        queryset=Brand.objects.none(), label=gettext_lazy("Brand"), to_field_name="slug", empty_label=None
    )
    field_order = ["brand"]

    def __init__(self, *args: Any, brands: QuerySet[Brand], **kwargs: Any) -> None:
        super().__init__(*args, brands=brands, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["brand"].queryset = brands


class NewEventForm(BrandForm):
    """A new show, and with a holiday its edition, the steps to it, hosts and their invitation."""

    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Lead-time plan"), required=False, choices=ChecklistKind.choices
    )
    suggested = forms.ModelMultipleChoiceField(
        queryset=Host.objects.all(),
        label=gettext_lazy("Suggested hosts"),
        to_field_name="slug",
        required=False,
    )
    invite = forms.BooleanField(label=gettext_lazy("Invite the ticked hosts now"), required=False)
    commission = forms.DecimalField(
        label=gettext_lazy("Commission in percent"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=Decimal(USUAL_COMMISSION) / 100,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}),
    )
    disclosure = forms.CharField(
        label=gettext_lazy("What viewers read of the payment"),
        required=False,
        max_length=LONGEST_DISCLOSURE,
        help_text=gettext_lazy("Blank means: the brand pays the host a part of what is sold in this show."),
    )
    message = forms.CharField(
        label=gettext_lazy("Words to the hosts"), required=False, max_length=LONGEST_MESSAGE, widget=Words
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        day = day_of_token(str(self["holiday"].value() or ""), brands=self.brands)
        choices = edition_choices(self.brands, holiday=day)
        if day is not None:
            choices.insert(1, (DRAFT_EDITION, _("Make a draft edition for this day")))
        fields["edition"].choices = choices

    @property
    def wants_draft_edition(self) -> bool:
        return bool(self.cleaned_data["edition"] == DRAFT_EDITION)

    def basis_points(self) -> int:
        """The commission as the domain takes it."""
        percent = self.cleaned_data["commission"]
        return USUAL_COMMISSION if percent is None else int(percent * 100)


def step_choices(steps: Iterable[Step]) -> list[tuple[str, Step]]:
    """The steps of a plan with the values that choose them."""
    return [(step.kind.value, step) for step in steps]


class SeriesForm(BrandForm):
    """The same evening again and again."""

    every = forms.ChoiceField(
        label=gettext_lazy("Repeats"),
        choices=[
            (Every.WEEK.value, gettext_lazy("every week")),
            (Every.FORTNIGHT.value, gettext_lazy("every two weeks")),
            (Every.MONTH_WEEKDAY.value, gettext_lazy("every month on the same weekday")),
            (Every.MONTH_DAY.value, gettext_lazy("every month on the same date")),
        ],
    )
    count = forms.IntegerField(label=gettext_lazy("How often"), min_value=FEWEST, max_value=MOST, initial=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["holiday"], self.fields["edition"]


class TaskForm(forms.Form):
    """A task of the checklist. `seen` is the text its writer started from."""

    text = forms.CharField(label=gettext_lazy("Task"), max_length=200)
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(PLAIN | kwargs))


class ReviewForm(forms.Form):
    """Words to the plan; `version` is the one they were written about."""

    text = forms.CharField(
        label=gettext_lazy("Words to the plan"), required=False, max_length=2000, widget=Words
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(PLAIN | kwargs))


def days_left_out(values: Sequence[str]) -> list[date]:
    """The dates of a series whose ISO texts were sent; others are ignored."""
    found = []
    for value in values:
        try:
            found.append(date.fromisoformat(value))
        except ValueError:
            continue
    return found
