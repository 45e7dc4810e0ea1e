"""The year and the month as staff plan them: holidays per market, shows and what is due, day by day."""

import calendar as gregorian
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

from django.db.models import Count, Min

from accounts.dates import date_format
from catalog.models import Brand
from events.domain.calendar import NextHoliday, next_holidays
from events.domain.strips import Band, Mark, Show, Taken, band_in, in_lanes, marks_of, places_of
from events.domain.walltime import around, wall_of
from events.enums import OVER, ChecklistKind, EventState
from events.models import ChecklistItem
from events.models.event import EventQuerySet

MONTHS = 12
WEEK = 7


DAY_SHOWS = 6  # shows per day in the month; the rest is a number
OWN_DAYS_OF = 3  # brands whose own days are looked up; whoever has more narrows to one


@dataclass(frozen=True, slots=True)
class Due:
    """Steps and tasks of one kind due on one day; with one alone, its show."""

    day: date
    kind: ChecklistKind
    count: int
    title: str
    slug: str

    @property
    def words(self) -> str:
        """The day, what is due and for which show, or for how many."""
        what = self.title if self.count == 1 else f"×{self.count}"
        return f"{date_format(self.day, 'j M')}: {self.kind.label}, {what}"


@dataclass(slots=True)
class MonthRow:
    """One month of the year's view."""

    first: date
    bands: list[list[Band]]
    lanes: list[list[Mark]]
    count: int
    more: int
    dues: list[Due]
    weekends: list[int]
    length: int


@dataclass(slots=True)
class DayCell:
    """One day of the month's view."""

    day: date
    inside: bool
    past: bool
    today: bool
    bands: list[tuple[NextHoliday, list[tuple[str, str]]]] = field(default_factory=list)
    shows: list[Show] = field(default_factory=list)
    more: int = 0
    dues: list[Due] = field(default_factory=list)


def year_rows(
    year: int, *, markets: Sequence[str], brands: Sequence[Brand], events: EventQuerySet
) -> list[MonthRow]:
    """The twelve months of `year`. The number of queries depends on nothing but the brands, at most three."""
    first, last = date(year, 1, 1), date(year, MONTHS, 31)
    holidays = _holidays(first, last, markets, brands)
    shows = _shows(events, first, last)
    dues = _dues(events, first, last)
    taken = _taken(events, first, last)
    return [_month_row(date(year, month, 1), holidays, shows, dues, taken) for month in range(1, 13)]


def month_weeks(
    first: date,
    *,
    markets: Sequence[str],
    brands: Sequence[Brand],
    events: EventQuerySet,
    today: date,
    per_day: int = DAY_SHOWS,
) -> list[list[DayCell]]:
    """The weeks, Monday first, that hold the month of `first`; the queries are those of the year."""
    weeks = gregorian.Calendar().monthdatescalendar(first.year, first.month)
    begin, end = weeks[0][0], weeks[-1][-1]
    holidays = _holidays(begin, end, markets, brands)
    by_day = defaultdict(list)
    for show in _shows(events, begin, end):
        by_day[show.day].append(show)
    dues = _dues(events, begin, end)
    cells = _Month(first, today, holidays, by_day, dues, per_day)
    return [[cells.cell(day) for day in week] for week in weeks]


def _holidays(first: date, last: date, markets: Sequence[str], brands: Sequence[Brand]) -> list[NextHoliday]:
    """What is kept from `first` to `last`, begun before or not, once for each day and key."""
    found: dict[tuple[str, date], NextHoliday] = {}
    for brand in brands[:OWN_DAYS_OF] if len(brands) <= OWN_DAYS_OF else [None]:
        span = (last - first).days
        for day in next_holidays(today=first, only=markets, within_days=span, brand=brand):
            found.setdefault((day.key, day.starts_on), day)
    return sorted(found.values(), key=lambda day: (day.starts_on, day.key))


def _shows(events: EventQuerySet, first: date, last: date) -> list[Show]:
    """The shows whose day on their own clock lies between, by time."""
    near = events.filter(starts_at__range=around(first, last)).order_by("starts_at", "pk")
    rows = near.values_list("starts_at", "time_zone", "slug", "title", "state", "brand__name")
    found = [Show(wall_of(starts_at, zone), *row) for starts_at, zone, *row in rows]
    return [show for show in found if first <= show.wall.date() <= last]


def _dues(events: EventQuerySet, first: date, last: date) -> dict[date, list[Due]]:
    """What is open, counted per day and kind: a crowd of tasks stays a few rows."""
    coming = events.exclude(state__in=OVER).values("pk")
    rows = (
        ChecklistItem.objects.filter(event__in=coming, done_at=None, due_on__range=(first, last))
        .values("due_on", "kind")
        .annotate(count=Count("pk"), title=Min("event__title"), slug=Min("event__slug"))
        .order_by("due_on", "kind")
    )
    found: dict[date, list[Due]] = defaultdict(list)
    for row in rows:
        kind = ChecklistKind(row["kind"])
        # The show itself stands in the plan already.
        if kind != ChecklistKind.SHOW:
            day = cast("date", row["due_on"])
            found[day].append(Due(day, kind, row["count"], row["title"], row["slug"]))
    return found


def _taken(events: EventQuerySet, first: date, last: date) -> Taken:
    """How many shows stand on each holiday of the span."""
    near = events.filter(holiday__starts_on__range=(first - timedelta(days=60), last)).exclude(
        state=EventState.CANCELLED
    )
    rows = near.order_by().values_list("holiday__key", "holiday__market", "holiday__starts_on")
    return {(key, market, day): count for key, market, day, count in rows.annotate(count=Count("pk"))}


def _month_row(
    first: date,
    holidays: list[NextHoliday],
    shows: list[Show],
    dues: dict[date, list[Due]],
    taken: Taken,
) -> MonthRow:
    length = gregorian.monthrange(first.year, first.month)[1]
    last = first.replace(day=length)
    inside = [day for day in holidays if day.starts_on <= last and day.ends_on >= first]
    here = [show for show in shows if show.wall.month == first.month]
    lanes, more = marks_of(here)
    return MonthRow(
        first=first,
        bands=in_lanes([band_in(day, first, last, taken) for day in inside]),
        lanes=lanes,
        count=len(here),
        more=more,
        dues=[due for day in range(length) for due in dues.get(first + timedelta(days=day), [])],
        weekends=[day for day in range(1, length + 1) if first.replace(day=day).weekday() >= WEEK - 2],
        length=length,
    )


@dataclass(frozen=True, slots=True)
class _Month:
    first: date
    today: date
    holidays: list[NextHoliday]
    shows: dict[date, list[Show]]
    dues: dict[date, list[Due]]
    per_day: int

    def cell(self, day: date) -> DayCell:
        on = [one for one in self.holidays if one.starts_on <= day <= one.ends_on]
        shows = self.shows.get(day, [])
        return DayCell(
            day=day,
            inside=day.month == self.first.month,
            past=day < self.today,
            today=day == self.today,
            bands=[(one, places_of(one)) for one in on],
            shows=shows[: self.per_day],
            more=max(0, len(shows) - self.per_day),
            dues=self.dues.get(day, []),
        )
