"""Holidays as the shop uses them: by year and market, the next ones, and as rows events point to.

The rules of `events.holidays` come first; then what staff moved, for everybody or for one brand, and the days
a brand made its own. Without `brand` nobody's own days and moves are in what is answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import Brand
from events.errors import UnknownMarket
from events.holidays import (
    FIRST_YEAR,
    LAST_YEAR,
    HolidayInfo,
    Occurrence,
    Own,
    days_of,
    days_of_info,
    load,
    markets,
)
from events.models import HolidayOccurrence, MovedDay, OwnDay

__all__ = [
    "NextHoliday",
    "Occurrence",
    "dates_ahead",
    "find_day",
    "holiday_info",
    "materialise",
    "moves_in",
    "next_holidays",
    "occurrence_row",
    "occurrences",
    "same_holiday",
]

Place = tuple[str, str, date]
# The order of occurrences; a key is made once for each, comparing two would make it at every step.
BY_DATE = attrgetter("starts_on", "key", "market", "ends_on", "tentative")
# Longer than any holiday is moved by, shorter than from one to the next.
NEAR = 25
LONGEST_GAP = 400  # days between a holiday and the next of its kind; more, and its table has a hole


@dataclass(frozen=True, slots=True)
class NextHoliday:
    """A holiday on one date, with every market that keeps it then; begun ones have `days_until` <= 0."""

    key: str
    starts_on: date
    ends_on: date
    tentative: bool
    days_until: int
    markets: tuple[str, ...]
    info: HolidayInfo

    @property
    def own(self) -> Own:
        """How the day writes itself here: by its one market, or by its home when several keep it."""
        return self.info.own(self.markets[0]) if len(self.markets) == 1 else self.info.writings[0]

    @property
    def lasts(self) -> bool:
        """Whether the holiday is on."""
        return self.days_until <= 0


def occurrences(*, year: int, market: str, brand: Brand | None = None) -> list[Occurrence]:
    """The holidays that begin in `year` in `market`, by date, as `brand` (or everybody) keeps them.

    Raises UnknownMarket, with what is possible, for a market or year outside the tables.
    """
    if market not in markets():
        raise UnknownMarket(
            _("No holidays are kept for “%(market)s”. Markets: %(known)s.")
            % {"market": market, "known": ", ".join(markets())}
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownMarket(
            _("The year must lie between %(first)d and %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return [day for day in _kept([year], [market], brand) if day.starts_on.year == year]


def next_holidays(
    *,
    today: date,
    limit: int | None = None,
    only: Iterable[str] | None = None,
    within_days: int = 366,
    brand: Brand | None = None,
) -> list[NextHoliday]:
    """The holidays that last or begin within `within_days` of `today`, soonest first, markets joined.

    `only` narrows to these markets. A holiday on two dates (Mother's Day) is there once per date. One query,
    two with a brand.
    """
    chosen = sorted(only) if only is not None else list(markets())
    groups: dict[tuple[date, str], list[Occurrence]] = {}
    for day in _kept([today.year, today.year + within_days // 365], chosen, brand):
        if day.ends_on >= today and (day.starts_on - today).days <= within_days:
            groups.setdefault((day.starts_on, day.key), []).append(day)
    found = [_joined(days, today) for _place, days in sorted(groups.items())]
    return found[:limit]


def dates_ahead(
    info: HolidayInfo, *, today: date, brand: Brand | None = None, years: int = 2
) -> list[NextHoliday]:
    """The same for one holiday, the house's or a brand's own, over `years`. One query."""
    span = [year for year in range(today.year - 1, today.year + years + 1) if FIRST_YEAR <= year <= LAST_YEAR]
    ruled = [day for market in info.markets for year in span for day in days_of_info(info, year, market)]
    groups: dict[date, list[Occurrence]] = {}
    for day in sorted(_moved(ruled, moves_in(span, brand)), key=BY_DATE):
        if day.ends_on >= today and (day.starts_on - today).days < years * 366:
            groups.setdefault(day.starts_on, []).append(day)
    return [_joined(days, today) for _start, days in sorted(groups.items())]


def _joined(days: list[Occurrence], today: date) -> NextHoliday:
    first = days[0]
    return NextHoliday(
        key=first.key,
        starts_on=first.starts_on,
        ends_on=max(day.ends_on for day in days),
        tentative=any(day.tentative for day in days),
        days_until=(first.starts_on - today).days,
        markets=tuple(sorted({day.market for day in days})),
        info=first.info,
    )


def _kept(years: Iterable[int], chosen: list[str], brand: Brand | None) -> list[Occurrence]:
    """What is kept in these markets from the year before the first to the year after the last, by date."""
    span = [year for year in range(min(years) - 1, max(years) + 2) if FIRST_YEAR <= year <= LAST_YEAR]
    own = [row.info for row in OwnDay.objects.filter(brand=brand)] if brand else []
    days = [day for market in chosen for year in span for day in days_of(year, market)]
    days += [
        day for info in own for market in chosen for year in span for day in days_of_info(info, year, market)
    ]
    return sorted(_moved(days, moves_in(span, brand)), key=BY_DATE)


def moves_in(span: Sequence[int], brand: Brand | None) -> dict[Place, MovedDay]:
    """What staff moved in these years; a brand's own word counts more than the platform's."""
    rows = MovedDay.objects.filter(
        Q(brand=None) | Q(brand=brand), rule_date__range=(date(span[0], 1, 1), date(span[-1], 12, 31))
    )
    return {
        (row.key, row.market, row.rule_date): row
        for row in sorted(rows, key=lambda row: row.brand_id is not None)
    }


def _moved(days: Iterable[Occurrence], moves: dict[Place, MovedDay]) -> Iterable[Occurrence]:
    for day in days:
        move = moves.get((day.key, day.market, day.starts_on)) if moves else None
        if move is None:
            yield day
        elif move.starts_on and move.ends_on:
            yield replace(
                day,
                starts_on=move.starts_on,
                ends_on=move.ends_on,
                tentative=False,
                moved_from=day.starts_on,
            )


def holiday_info(key: str) -> HolidayInfo | None:
    """What is known of a holiday of the house or of any brand's own day; None for a key nobody has."""
    if (known := load().get(key)) is not None:
        return known
    row = OwnDay.objects.filter(key=key).first()
    return row.info if row else None


def find_day(key: str, market: str, starts_on: date, brand: Brand | None = None) -> Occurrence | None:
    """The day that begins then in that market as `brand` (or everybody) keeps it; None when there is none."""
    if market not in markets() or not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        return None
    days = occurrences(year=starts_on.year, market=market, brand=brand)
    return next((day for day in days if (day.key, day.starts_on) == (key, starts_on)), None)


def same_holiday(
    occurrence: Occurrence | HolidayOccurrence, *, years: int = -1, brand: Brand | None = None
) -> Occurrence | None:
    """The same holiday in the same market `years` later (below zero: earlier), whatever its date then was.

    Counted by occurrences, not by dates: the Ramadan before that of December 2030 is that of January 2030.
    None where the tables end, or when it was not kept.
    """
    info, day = occurrence.info, occurrence.starts_on
    if info is None or not years:
        return None
    reach = abs(years) + 1
    span = [year for year in range(day.year - reach, day.year + reach + 1) if FIRST_YEAR <= year <= LAST_YEAR]
    ruled = [one for year in span for one in days_of_info(info, year, occurrence.market)]
    days = sorted(_moved(ruled, moves_in(span, brand)), key=BY_DATE)
    earlier = [one for one in reversed(days) if (day - one.starts_on).days > NEAR]
    later = [one for one in days if (one.starts_on - day).days > NEAR]
    found = (earlier if years < 0 else later)[abs(years) - 1 : abs(years)]
    if not found or abs((found[0].starts_on - day).days) > abs(years) * LONGEST_GAP:
        return None
    return found[0]


def occurrence_row(
    *, key: str, market: str, starts_on: date, brand: Brand | None = None
) -> HolidayOccurrence | None:
    """The row an event points to, made when missing; None for a day that is not kept then."""
    day = find_day(key, market, starts_on, brand)
    return row_of(day) if day else None


def row_of(day: Occurrence) -> HolidayOccurrence:
    """The row of a day that is kept, made when missing."""
    row, _made = HolidayOccurrence.objects.get_or_create(
        key=day.key,
        market=day.market,
        starts_on=day.starts_on,
        defaults={
            "ends_on": day.ends_on,
            "tentative": day.tentative,
            "own_day": OwnDay.objects.get(key=day.key) if day.info.is_own else None,
        },
    )
    return row


@transaction.atomic
def materialise(*, years: Iterable[int], markets: Iterable[str]) -> int:
    """Bring the rows of these years and markets in line with what everybody keeps; return how many were new.

    A row nothing gives any more is deleted, unless an event or edition stands on it, it is a brand's own day,
    or a brand moved its holiday there.
    """
    chosen_years, chosen = sorted(set(years)), sorted(set(markets))
    wanted = [day for day in _kept(chosen_years, chosen, None) if day.starts_on.year in chosen_years]
    kept = HolidayOccurrence.objects.filter(
        market__in=chosen, starts_on__year__in=chosen_years, own_day__isnull=True
    )
    before = {(row.key, row.market, row.starts_on): row for row in kept}
    moved = set(MovedDay.objects.filter(market__in=chosen).values_list("key", "market", "starts_on"))
    stale = before.keys() - {(day.key, day.market, day.starts_on) for day in wanted} - moved
    kept.filter(
        pk__in=[before[place].pk for place in stale], events__isnull=True, editions__isnull=True
    ).delete()
    HolidayOccurrence.objects.bulk_create(
        [
            HolidayOccurrence(
                key=day.key,
                market=day.market,
                starts_on=day.starts_on,
                ends_on=day.ends_on,
                tentative=day.tentative,
            )
            for day in wanted
        ],
        update_conflicts=True,
        unique_fields=["key", "market", "starts_on"],
        update_fields=["ends_on", "tentative"],
    )
    return sum((day.key, day.market, day.starts_on) not in before for day in wanted)
