"""What an event is and when. Times are typed on the show's own clock and leave here as instants."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from catalog.models import Brand
from events.domain.calendar import occurrence_row
from events.domain.scheduling import instant, zone_names
from events.errors import BadTime
from events.forms.choices import PLAIN, currency_choices, day_of_token, holiday_choices, token
from events.models import Event


class DetailsForm(forms.Form):
    """What an event is and when. `time_zone` is the zone the wall time is meant in."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    holiday = forms.ChoiceField(label=gettext_lazy("Holiday"), required=False)
    day = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label=gettext_lazy("Starts at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=10, max_value=720)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone of the show"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    summary = forms.CharField(
        label=gettext_lazy("Summary"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, brands: Iterable[Brand], today: date, event: Event | None = None, **kwargs: Any
    ) -> None:
        kwargs.update(PLAIN)
        if event is not None:
            kwargs.setdefault("initial", initial_of(event))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["holiday"].choices = holiday_choices(today=today, keep=event.holiday if event else None)
        fields["time_zone"].choices = [(name, name.replace("_", " ")) for name in zone_names()]
        fields["currency"].choices = currency_choices(brands, keep=event.currency if event else "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"day", "at", "minutes", "time_zone"} <= data.keys():
            try:
                starts_at = instant(datetime.combine(data["day"], data["at"]), data["time_zone"])
            except BadTime as error:
                self.add_error("at", str(error))
            else:
                data |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=data["minutes"])}
        return data

    def event_data(self) -> dict[str, Any]:
        """The event's fields as the domain takes them; makes the holiday's row when it is new."""
        data = self.cleaned_data
        day = day_of_token(data["holiday"])
        kept = ("title", "summary", "currency", "time_zone", "starts_at", "ends_at")
        row = day and occurrence_row(key=day.key, market=day.market, starts_on=day.starts_on)
        return {name: data[name] for name in kept} | {"holiday": row}


def initial_of(event: Event) -> dict[str, Any]:
    """An event as the form shows it: wall time in its own zone."""
    wall = event.starts_at.astimezone(ZoneInfo(event.time_zone))
    return {
        "title": event.title,
        "summary": event.summary,
        "holiday": token(event.holiday) if event.holiday else "",
        "day": wall.date(),
        "at": wall.time(),
        "minutes": (event.ends_at - event.starts_at) // timedelta(minutes=1),
        "time_zone": event.time_zone,
        "currency": event.currency,
        "version": event.version,
    }


class NewEventForm(DetailsForm):
    """The same for a new event, which also needs its brand."""

    brand = forms.ModelChoiceField(
        queryset=Brand.objects.none(), label=gettext_lazy("Brand"), to_field_name="slug", empty_label=None
    )
    field_order = ["brand"]

    def __init__(self, *args: Any, brands: QuerySet[Brand], **kwargs: Any) -> None:
        super().__init__(*args, brands=brands, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["brand"].queryset = brands
