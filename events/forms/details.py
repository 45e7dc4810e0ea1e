"""What an event is and when. Times are typed on the show's own clock and leave here as instants."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from catalog.models import Brand
from events.domain.calendar import row_of
from events.domain.scheduling import instant, zone_names
from events.errors import BadTime
from events.forms.choices import (
    PLAIN,
    currency_choices,
    day_of_token,
    edition_choices,
    holiday_choices,
    token,
)
from events.models import Assortment, Event, HolidayOccurrence


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
    edition = forms.ChoiceField(label=gettext_lazy("Edition"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("Summary"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # What stood there when the writer began, so that two who write are told apart field by field.
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8000)

    def __init__(
        self, *args: Any, brands: Iterable[Brand], today: date, event: Event | None = None, **kwargs: Any
    ) -> None:
        kwargs.update(PLAIN)
        if event is not None:
            kwargs.setdefault("initial", initial_of(event))
        super().__init__(*args, **kwargs)
        self.brands, self.event = list(brands), event
        fields: dict[str, Any] = self.fields
        owner = self.brands[0] if len(self.brands) == 1 else None
        holiday, edition = (event.holiday, event.edition) if event else (None, None)
        fields["holiday"].choices = holiday_choices(today=today, keep=holiday, brand=owner)
        fields["edition"].choices = edition_choices(self.brands, holiday=holiday, keep=edition)
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
        kept = ("title", "summary", "currency", "time_zone", "starts_at", "ends_at")
        return {name: data[name] for name in kept} | {"holiday": self._holiday(), "edition": self._edition()}

    def _holiday(self) -> HolidayOccurrence | None:
        value = self.cleaned_data["holiday"]
        now = self.event.holiday if self.event else None
        if now is not None and token(now) == value:
            return now
        day = day_of_token(value, brands=self.brands)
        return row_of(day) if day else None

    def _edition(self) -> Assortment | None:
        value = self.cleaned_data["edition"]
        return Assortment.objects.filter(public_id=value).first() if value else None


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
        "edition": event.edition.public_id if event.edition else "",
        "version": event.version,
        "base": base_of(event),
    }


def base_of(event: Event) -> str:
    """What the form shows of `event`, as the text two versions are compared by."""
    wall = event.starts_at.astimezone(ZoneInfo(event.time_zone))
    return json.dumps(
        {
            "title": event.title,
            "summary": event.summary,
            "holiday": token(event.holiday) if event.holiday else "",
            "day": wall.date().isoformat(),
            "at": f"{wall:%H:%M}",
            "minutes": str((event.ends_at - event.starts_at) // timedelta(minutes=1)),
            "time_zone": event.time_zone,
            "currency": event.currency,
            "edition": event.edition.public_id if event.edition else "",
        },
        ensure_ascii=False,
    )
