"""The same holiday, this year and last: every figure side by side, although the date moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Brand
from catalog.money import Money
from events.domain.calendar import same_holiday
from events.enums import EventState
from events.models import Event, HolidayOccurrence
from orders.insights.figures import WHOLE, Figures, Takings, figures_of, together

ON_AIR = (EventState.LIVE, EventState.ENDED, EventState.REPLAY)
# The same holiday comes back after 354 days (Hijri) to 385 (a leap month); a government once moved one by
# three months for its Olympics. Within this there is at most one; the tests ask the whole book.
SOONEST, LATEST = timedelta(days=270), timedelta(days=450)
# By how much staff may have moved a day without making another holiday of it.
MOVED = timedelta(days=20)


class Kind(StrEnum):
    """How a value is written: a count, minor units, basis points, hundredths."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    HUNDREDTHS = "hundredths"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure, this year and last. None is what nobody counted."""

    key: str
    label: str | Promise
    kind: Kind
    now: int | None
    last: int | None
    currency: str = ""

    @property
    def change(self) -> int | None:
        """Basis points up or down; of shares the difference of the two. None where one is missing."""
        if self.now is None or self.last is None:
            return None
        if self.kind == Kind.SHARE:
            return self.now - self.last
        if not self.last:
            return None
        size = abs(self.now - self.last) * WHOLE // self.last
        return size if self.now > self.last else -size

    @property
    def values(self) -> tuple[Money | int | None, Money | int | None]:
        """Both, money as money."""
        if self.kind != Kind.MONEY:
            return self.now, self.last
        return self._money(self.now), self._money(self.last)

    def _money(self, amount: int | None) -> Money | None:
        return None if amount is None else Money(amount, self.currency)


@dataclass(frozen=True, slots=True)
class Pair:
    """One holiday in one market in two years; a year without a show there has no figures and no shows."""

    key: str
    market: str
    day: date | None
    last_day: date | None
    now: Figures | None
    last: Figures | None
    shows: tuple[tuple[Event, Figures], ...]
    last_shows: tuple[tuple[Event, Figures], ...]
    holiday: HolidayOccurrence | None

    @property
    def place(self) -> str:
        """What names the pair in an address; empty for shows without a holiday."""
        return f"{self.key}.{self.market}.{self.day or self.last_day}" if self.key else ""

    @property
    def lines(self) -> list[Line]:
        return lines(self.now, self.last)


def lines(now: Figures | None, last: Figures | None) -> list[Line]:
    """Every measure, this year's figures beside last year's."""
    found = [
        _line(key, label, kind, now, last, name)
        for key, label, kind, name in (
            ("shows", _("Shows"), Kind.COUNT, "shows"),
            ("viewers", _("Viewers"), Kind.COUNT, "viewers"),
            ("peak", _("Most at once"), Kind.COUNT, "peak"),
            ("orders", _("Orders"), Kind.COUNT, "orders"),
            ("conversion", _("Orders by viewers"), Kind.SHARE, "conversion"),
            ("pieces", _("Pieces sold"), Kind.COUNT, "pieces"),
            ("sell_through", _("Sold of what was there"), Kind.SHARE, "sell_through"),
        )
    ]
    currencies = sorted({*(now.takings if now else ()), *(last.takings if last else ())})
    for currency in currencies:
        found += _money_lines(currency, now, last)
    return [
        *found,
        _line("asked", _("Questions asked"), Kind.COUNT, now, last, "asked"),
        _line("answered", _("Questions answered"), Kind.COUNT, now, last, "answered"),
        _line("lines", _("Chat lines a minute"), Kind.HUNDREDTHS, now, last, "lines_per_minute"),
    ]


def by_holiday(brands: QuerySet[Brand], *, year: int, now: datetime) -> list[Pair]:
    """What these brands' shows did for each holiday of `year`, and for the same one a year before, by date.

    The last pair, without a key, are the shows that stood on no holiday. A constant number of queries.
    """
    span = (date(year - 2, 6, 1), date(year, 12, 31))
    on_air = Event.objects.filter(brand__in=brands, state__in=ON_AIR).select_related("brand", "holiday")
    dated = on_air.filter(holiday__starts_on__range=span)
    free = on_air.filter(holiday=None, starts_at__year__in=(year - 1, year))
    events = sorted({*dated, *free}, key=lambda event: (event.starts_at, event.pk))
    figures = figures_of(events, now=now)
    by_day: dict[HolidayOccurrence, list[Event]] = {}
    for event in events:
        if event.holiday:
            by_day.setdefault(event.holiday, []).append(event)
    pairs = [_pair(this, last, by_day, figures) for this, last in _years(by_day, year)]
    return [*sorted(pairs, key=_date), *_without(events, figures, year)]


def last_years_shows(event: Event) -> tuple[date | None, list[Event]]:
    """The day and the brand's shows to compare `event` with: the one it repeats, or the same holiday's."""
    theirs = Event.objects.filter(brand=event.brand_id, state__in=ON_AIR).exclude(pk=event.pk)
    theirs = theirs.select_related("brand", "holiday").order_by("starts_at", "pk")
    day = same_holiday(event.holiday, brand=event.brand) if event.holiday else None
    if event.repeats_id and (repeated := list(theirs.filter(pk=event.repeats_id))):
        before = repeated[0].holiday
        return before.starts_on if before else None, repeated
    if event.holiday is None or day is None:
        return None, []
    near = (day.starts_on - MOVED, day.starts_on + MOVED)
    same = theirs.filter(
        holiday__key=event.holiday.key, holiday__market=event.holiday.market, holiday__starts_on__range=near
    )
    return day.starts_on, list(same)


def of_event(event: Event, *, now: datetime) -> Pair:
    """One show beside last year's: `event.repeats`, or the brand's shows for the same holiday."""
    day, before = last_years_shows(event)
    figures = figures_of([event, *before], now=now)
    return Pair(
        key=event.holiday.key if event.holiday else "",
        market=event.holiday.market if event.holiday else "",
        day=event.holiday.starts_on if event.holiday else None,
        last_day=day,
        now=figures[event.pk],
        last=together(figures[each.pk] for each in before),
        shows=((event, figures[event.pk]),),
        last_shows=tuple((each, figures[each.pk]) for each in before),
        holiday=event.holiday,
    )


def earlier(days: Iterable[HolidayOccurrence], of: HolidayOccurrence) -> HolidayOccurrence | None:
    """Among `days` the same holiday a year before `of`, if it is there."""
    same = [
        day
        for day in days
        if (day.key, day.market) == (of.key, of.market) and SOONEST <= of.starts_on - day.starts_on <= LATEST
    ]
    return max(same, key=lambda day: day.starts_on, default=None)


def _years(
    by_day: dict[HolidayOccurrence, list[Event]], year: int
) -> Iterable[tuple[HolidayOccurrence | None, HolidayOccurrence | None]]:
    """This year's holidays with shows beside last year's, then last year's that nothing followed."""
    paired = set()
    for day in by_day:
        if day.starts_on.year == year:
            last = earlier(by_day, day)
            paired.add(last)
            yield day, last
    for day in by_day:
        if day.starts_on.year == year - 1 and day not in paired:
            yield None, day


def _pair(
    this: HolidayOccurrence | None,
    last: HolidayOccurrence | None,
    by_day: dict[HolidayOccurrence, list[Event]],
    figures: dict[int, Figures],
) -> Pair:
    known = this or last
    shows = tuple((event, figures[event.pk]) for event in (by_day[this] if this else ()))
    before = tuple((event, figures[event.pk]) for event in (by_day[last] if last else ()))
    return Pair(
        key=known.key if known else "",
        market=known.market if known else "",
        day=this.starts_on if this else None,
        last_day=last.starts_on if last else None,
        now=together(each for _event, each in shows),
        last=together(each for _event, each in before),
        shows=shows,
        last_shows=before,
        holiday=known,
    )


def _without(events: list[Event], figures: dict[int, Figures], year: int) -> list[Pair]:
    rows = [(event, figures[event.pk]) for event in events if event.holiday is None]
    this = tuple(row for row in rows if row[0].starts_at.year == year)
    last = tuple(row for row in rows if row[0].starts_at.year == year - 1)
    if not this and not last:
        return []
    sums = together(each for _event, each in this), together(each for _event, each in last)
    return [Pair("", "", None, None, sums[0], sums[1], this, last, None)]


def _date(pair: Pair) -> tuple[date, str, str]:
    """By this year's date; last year's, moved on a year, where there is none."""
    day = pair.day or (pair.last_day + timedelta(days=365) if pair.last_day else date.max)
    return day, pair.key, pair.market


def _line(
    key: str, label: str | Promise, kind: Kind, now: Figures | None, last: Figures | None, name: str
) -> Line:
    this, before = (getattr(each, name) if each else None for each in (now, last))
    return Line(key, label, kind, this, before)


def _money_lines(currency: str, now: Figures | None, last: Figures | None) -> list[Line]:
    this, before = (each.takings.get(currency, Takings()) if each else None for each in (now, last))
    return [
        Line(
            key,
            label,
            kind,
            getattr(this, key) if this else None,
            getattr(before, key) if before else None,
            currency,
        )
        for key, label, kind in (
            ("paid", _("Paid"), Kind.MONEY),
            ("refunded", _("Refunded"), Kind.MONEY),
            ("net", _("Net of refunds"), Kind.MONEY),
            ("average", _("Average order"), Kind.MONEY),
            ("refund_rate", _("Refunded of what was paid"), Kind.SHARE),
        )
    ]
