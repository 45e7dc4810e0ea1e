"""The public calendar as people look at it: what narrows it, a month as a grid, days one after another."""

import calendar as gregorian
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from catalog.models import Brand
from events.domain.calendar import NextHoliday, next_holidays
from events.holidays import FIRST_YEAR, LAST_YEAR, load, markets
from events.models import Event, EventHost, Niche
from events.queries import EventCard, event_cards
from events.queries_hosts import Asked, niche_ids, search

IN_A_CELL = 3
ON_A_PAGE = 40
YEAR = timedelta(days=366)
# The longest a show lasts: one that began this long before a day may still be on in it.
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the calendar and its feeds are narrowed by. Every part may be empty, all that are set must fit."""

    market: str = ""
    holiday: str = ""
    niche: str = ""
    brand: str = ""
    language: str = ""
    # "1": days with a show alone.
    shows: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> "Narrowing":
        """From an address; what does not exist is as if it were not there."""
        given = {part.name: query.get(part.name, "")[:80] for part in fields(cls)}
        if given["market"] not in markets():
            given["market"] = ""
        if given["holiday"] not in load():
            given["holiday"] = ""
        if given["niche"] and not Niche.objects.filter(slug=given["niche"]).exists():
            given["niche"] = ""
        if given["brand"] and not Brand.objects.filter(slug=given["brand"]).exists():
            given["brand"] = ""
        if given["shows"] != "1":
            given["shows"] = ""
        return cls(**given)

    def query(self, **more: str) -> str:
        """The same as an address writes it, with `more` beside; empty parts are left out."""
        parts = {part.name: getattr(self, part.name) for part in fields(self)} | more
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def as_query(self) -> str:
        """For templates: the address of the same choice."""
        return self.query()

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))

    def of(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Those of `events` that fit."""
        if self.market:
            events = events.filter(holiday__market=self.market)
        if self.holiday:
            events = events.filter(holiday__key=self.holiday)
        if self.brand:
            events = events.filter(brand__slug=self.brand)
        rows = EventHost.objects.filter(event=OuterRef("pk"))
        if self.niche:
            events = events.filter(Exists(rows.filter(host__niches__in=niche_ids([self.niche]))))
        if self.language:
            speaking = search(Asked(language=self.language)).order_by().values("pk")
            events = events.filter(Exists(rows.filter(host__in=speaking)))
        return events

    @property
    def shows_alone(self) -> bool:
        """Whether shows were asked for: a holiday without one would only be in the way."""
        return bool(self.niche or self.brand or self.language or self.shows)

    def holidays(self, first: date, days: int) -> list[NextHoliday]:
        """The holidays that begin or last within `days` of `first` and fit."""
        only = [self.market] if self.market else None
        found = next_holidays(today=first, only=only, within_days=days)
        return [day for day in found if not self.holiday or day.key == self.holiday]


@dataclass(slots=True)
class Cell:
    """One day of the grid: the first few shows, and how many more there are."""

    on: date
    inside: bool
    holidays: list[NextHoliday] = field(default_factory=list)
    shows: list[Event] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks that begin on Monday, with the days beside it that fill them."""

    first: date
    weeks: list[list[Cell]]
    before: date | None
    after: date | None

    @property
    def empty(self) -> bool:
        """Whether nothing at all happens in it."""
        return not any(cell.shows or cell.holidays for week in self.weeks for cell in week if cell.inside)


def month(first: date, *, narrowed: Narrowing) -> Month:
    """The month that begins on `first`, days as the active zone has them; two queries of shows at most."""
    days = [list(week) for week in gregorian.Calendar().monthdatescalendar(first.year, first.month)]
    weeks = [[Cell(day, day.month == first.month) for day in week] for week in days]
    cells = {cell.on: cell for week in weeks for cell in week}
    begin, end = days[0][0], days[-1][-1]
    for holiday in narrowed.holidays(begin, (end - begin).days):
        if holiday.starts_on in cells:
            cells[holiday.starts_on].holidays.append(holiday)
    for event in _first_of_each_day(narrowed, begin, end):
        cell = cells[event.day]  # type: ignore[attr-defined]  # annotated below
        cell.shows.append(event)
        cell.more = event.on_day - IN_A_CELL  # type: ignore[attr-defined]  # same
    return Month(first, weeks, *_beside(first))


def _first_of_each_day(narrowed: Narrowing, begin: date, end: date) -> QuerySet[Event]:
    """The first shows of every day with their day and how many it has; the database does the counting."""
    shows = narrowed.of(Event.objects.public()).filter(
        starts_at__gte=midnight(begin), starts_at__lt=midnight(end + timedelta(days=1))
    )
    zone = timezone.get_current_timezone()
    ranked = shows.annotate(day=TruncDate("starts_at", tzinfo=zone)).annotate(
        place=Window(RowNumber(), partition_by=F("day"), order_by=["starts_at", "pk"]),
        on_day=Window(Count("pk"), partition_by=F("day")),
    )
    few = ranked.filter(place__lte=IN_A_CELL).select_related("brand", "holiday")
    return few.order_by("starts_at", "pk")


def _beside(first: date) -> tuple[date | None, date | None]:
    before = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return (
        before if before.year >= FIRST_YEAR else None,
        after if after.year <= LAST_YEAR else None,
    )


@dataclass(slots=True)
class CalendarRow:
    """One line of the almanac: a holiday with its shows, or a show that has none."""

    on: date
    holiday: NextHoliday | None = None
    shows: list[EventCard] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Days in their order. `after` is where the next page begins, `skip` how many shows of it are here."""

    begin: date
    rows: list[CalendarRow]
    cards: list[EventCard]
    after: date | None
    skip: int
    before: date | None


def agenda(begin: date, *, skip: int, today: date, narrowed: Narrowing, now: datetime) -> Agenda:
    """Holidays and shows from `begin` on, for a year or forty shows, whatever comes first.

    `skip` shows of the first day were on the page before.
    """
    start = midnight(begin)
    shows = narrowed.of(Event.objects.public()).order_by("starts_at", "pk")
    coming = shows.filter(starts_at__gte=start - LONGEST, ends_at__gt=start, starts_at__lt=start + YEAR)
    page = list(coming[skip : skip + ON_A_PAGE + 1])
    cut = page[ON_A_PAGE:]
    cards = event_cards(coming.filter(pk__in=[event.pk for event in page[:ON_A_PAGE]]), now=now)
    after = day_of(cut[0]) if cut else None
    days = (after - begin).days - 1 if after else YEAR.days
    rows = rows_of(narrowed.holidays(begin, days) if days >= 0 else [], cards, begin)
    return Agenda(
        begin=begin,
        rows=[row for row in rows if row.shows] if narrowed.shows_alone else rows,
        cards=cards,
        after=after,
        skip=_shown_before(shows, cut[0], midnight(after)) if after else 0,
        before=_page_before(shows, begin, start, today),
    )


def _shown_before(shows: QuerySet[Event], first: Event, start: datetime) -> int:
    """How many shows of the page that begins at `start` stand before `first`, and so on the page before."""
    earlier = Q(starts_at__lt=first.starts_at) | Q(starts_at=first.starts_at, pk__lt=first.pk)
    return shows.filter(earlier, starts_at__gte=start - LONGEST, ends_at__gt=start).count()


def _page_before(shows: QuerySet[Event], begin: date, start: datetime, today: date) -> date | None:
    """Where a page begins that ends before `begin`: forty shows or a year back, and not across today."""
    earlier = shows.filter(starts_at__lt=start, starts_at__gte=start - YEAR)
    back = list(earlier.order_by("-starts_at", "-pk").values_list("starts_at", flat=True)[:ON_A_PAGE])
    if begin > today:
        first = timezone.localtime(back[-1]).date() if len(back) == ON_A_PAGE else today
        return max(first, today)
    return timezone.localtime(back[-1]).date() if back else None


def rows_of(holidays: list[NextHoliday], shows: list[EventCard], begin: date) -> list[CalendarRow]:
    """Shows on a day of their holiday under it, the others under the day they begin, all by date."""
    rows = [CalendarRow(on=max(holiday.starts_on, begin), holiday=holiday) for holiday in holidays]
    place = {(row.holiday.key, row.holiday.starts_on): row for row in rows if row.holiday}
    for show in shows:
        occurrence, day = show.event.holiday, day_of(show.event)
        row = place.get((occurrence.key, occurrence.starts_on)) if occurrence else None
        if row is None or row.holiday is None or not row.holiday.starts_on <= day <= row.holiday.ends_on:
            row = CalendarRow(on=max(day, begin))
            rows.append(row)
        row.shows.append(show)
    return sorted(rows, key=lambda row: row.on)


def by_month(rows: list[CalendarRow]) -> list[tuple[date, list[CalendarRow]]]:
    """The rows under the first day of their month."""
    months: dict[date, list[CalendarRow]] = {}
    for row in rows:
        months.setdefault(row.on.replace(day=1), []).append(row)
    return list(months.items())


def day_of(event: Event) -> date:
    """The day a show begins in the active zone."""
    return timezone.localtime(event.starts_at).date()


def midnight(day: date) -> datetime:
    """When `day` begins in the active zone."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
