"""Shows that come again: the same evening every week or month, on one clock whatever summer time does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from dateutil.rrule import rrulestr
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.dates import date_format
from accounts.models import User
from catalog.models import Brand
from events.domain import revisions, scheduling
from events.domain.lifecycle import BEFORE_THE_NIGHT
from events.domain.walltime import Moment, at, wall_of
from events.errors import BadSeries
from events.models import Event, Host, Series

FEWEST, MOST = 2, 52
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORTEST_MONTH = 28
LAST_WEEK = 5


class Every(StrEnum):
    """How often a series comes."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH_DAY = "month-day"
    MONTH_WEEKDAY = "month-weekday"


@dataclass(frozen=True, slots=True)
class Slot:
    """One date of a series: the day asked for, when the show is, and what is special about it."""

    day: date
    moment: Moment
    ends_at: datetime
    note: str


def rule_of(every: Every, first_day: date, count: int) -> str:
    """The RFC 5545 rule of `count` dates from `first_day` on.

    The 31st becomes the last day of shorter months; the fifth weekday of a month its last. BadSeries for a
    count outside 2 to 52.
    """
    if not FEWEST <= count <= MOST:
        raise BadSeries(_("A series has between %(few)d and %(most)d dates.") % {"few": FEWEST, "most": MOST})
    weekday = WEEKDAYS[first_day.weekday()]
    week = (first_day.day - 1) // 7 + 1
    place = -1 if week == LAST_WEEK else week
    days = ",".join(str(day) for day in range(SHORTEST_MONTH, first_day.day + 1))
    month_day = f"BYMONTHDAY={days};BYSETPOS=-1" if days else f"BYMONTHDAY={first_day.day}"
    parts = {
        Every.WEEK: "FREQ=WEEKLY",
        Every.FORTNIGHT: "FREQ=WEEKLY;INTERVAL=2",
        Every.MONTH_DAY: f"FREQ=MONTHLY;{month_day}",
        Every.MONTH_WEEKDAY: f"FREQ=MONTHLY;BYDAY={place}{weekday}",
    }
    return f"{parts[every]};COUNT={count}"


def slots(rule: str, *, first_day: date, clock: time, minutes: int, zone: str) -> list[Slot]:
    """The dates of a series, each at `clock` in `zone`; one the clocks skip moves to the next they show."""
    days = rrulestr(rule, dtstart=datetime.combine(first_day, time()))
    return [_slot(day.date(), clock, minutes, zone) for day in days]


def _slot(day: date, clock: time, minutes: int, zone: str) -> Slot:
    moment = at(day, clock, zone)
    note = ""
    if moment.skipped:
        note = _("Clocks go forward: begins at %(time)s.") % {"time": _shown(moment.wall, day)}
    elif moment.twice:
        note = _("Clocks go back: the first of two times.")
    return Slot(day, moment, moment.utc + timedelta(minutes=minutes), note)


def _shown(wall: datetime, day: date) -> str:
    clock = f"{wall:%H:%M}"
    return clock if wall.date() == day else f"{date_format(wall, 'j M')}, {clock}"


@transaction.atomic
def create_series(
    brand: Brand,
    *,
    title: str,
    rule: str,
    first_day: date,
    clock: time,
    minutes: int,
    zone: str,
    data: Mapping[str, object],
    shares: Sequence[tuple[Host, int]] = (),
    skip: Collection[date] = (),
) -> Series:
    """A series and a draft for each of its dates but those in `skip`; `data` holds summary and currency.

    Raises BadSeries when nothing is left, BadShares, BadTime.
    """
    chosen = [
        slot
        for slot in slots(rule, first_day=first_day, clock=clock, minutes=minutes, zone=zone)
        if slot.day not in skip
    ]
    if not chosen:
        raise BadSeries(_("No date is left. Keep at least one."))
    made = Series.objects.create(
        brand=brand, title=title, rule=rule, first_day=first_day, at=clock, minutes=minutes, time_zone=zone
    )
    for slot in chosen:
        times = {"time_zone": zone, "starts_at": slot.moment.utc, "ends_at": slot.ends_at}
        fields = {**data, **times, "series": made}
        scheduling.create_event(brand, title=title, data=fields, shares=shares)
    return made


def following(event: Event) -> list[Event]:
    """`event` and what comes after it in its series and may still be changed, by date."""
    rows = Event.objects.filter(series=event.series_id, state__in=BEFORE_THE_NIGHT)
    later = rows.filter(starts_at__gt=event.starts_at).exclude(pk=event.pk).select_related("brand", "holiday")
    return [event, *later.order_by("starts_at", "pk")]


@transaction.atomic
def edit_following(
    event: Event, *, version: int, by: User | None, now: datetime, origin: str = "", **changes: Any
) -> int:
    """Change `event` and carry the same change on to the shows after it in its series; how many changed.

    What somebody gave one of them by hand stays: only values equal to the old ones of `event` follow. A new
    day moves them by as many days, a new time is the same on each clock. Raises what `edit_event` raises.
    """
    before = Event.objects.get(pk=event.pk)
    shows = following(event)
    with revisions.recorded(event, what="details", by=by, now=now, origin=origin):
        scheduling.edit_event(event, version=version, now=now, **changes)
    _split(before, event, shows)
    carried = [(show, _carried(show, before, event)) for show in shows[1:]]
    for show, values in carried:
        if values:
            with revisions.recorded(show, what="series", by=by, now=now, origin=origin):
                scheduling.edit_event(show, version=show.version, now=now, **values)
    return 1 + sum(bool(values) for _show, values in carried)


def _carried(show: Event, before: Event, after: Event) -> dict[str, Any]:
    """What `show` takes over of the change from `before` to `after`."""
    fields = ("title", "summary", "currency")
    found = {
        field: getattr(after, field)
        for field in fields
        if getattr(before, field) != getattr(after, field) and getattr(show, field) == getattr(before, field)
    }
    return found | _carried_times(show, before, after)


def _carried_times(show: Event, before: Event, after: Event) -> dict[str, Any]:
    old, new = _wall(before), _wall(after)
    same_clock = show.time_zone == before.time_zone and _wall(show).time() == old.time()
    length = before.ends_at - before.starts_at
    if not same_clock or show.ends_at - show.starts_at != length:
        return {}
    if (old, before.time_zone, length) == (new, after.time_zone, after.ends_at - after.starts_at):
        return {}
    day = _wall(show).date() + (new.date() - old.date())
    starts_at = at(day, new.time(), after.time_zone).utc
    ends_at = starts_at + (after.ends_at - after.starts_at)
    return {"time_zone": after.time_zone, "starts_at": starts_at, "ends_at": ends_at}


def _split(before: Event, after: Event, shows: list[Event]) -> None:
    """Keep the series true: what changed from here on is a series of its own, unless it is all of it."""
    series = after.series
    if series is None:
        return
    wall = _wall(after)
    values = {
        "title": after.title,
        "at": wall.time(),
        "minutes": (after.ends_at - after.starts_at) // timedelta(minutes=1),
        "time_zone": after.time_zone,
    }
    if all(getattr(series, field) == value for field, value in values.items()) and wall == _wall(before):
        return
    if not series.events.filter(starts_at__lt=before.starts_at).exclude(pk=after.pk).exists():
        Series.objects.filter(pk=series.pk).update(**values, first_day=wall.date())
        return
    made = Series.objects.create(brand=series.brand, rule=series.rule, first_day=wall.date(), **values)
    Event.objects.filter(pk__in=[show.pk for show in shows]).update(series=made)
    for show in shows:
        show.series = made


def detach(event: Event) -> None:
    """Take one show out of its series; it stays as it is, and changes of the others pass it by."""
    Event.objects.filter(pk=event.pk).update(series=None)
    event.series = None


def _wall(event: Event) -> datetime:
    return wall_of(event.starts_at, event.time_zone)
