"""Holidays as the shop uses them: by year and market, the next ones, and as rows events point to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from events.errors import UnknownMarket
from events.holidays import FIRST_YEAR, LAST_YEAR, HolidayInfo, Occurrence, Own, days_of, markets
from events.models import HolidayOccurrence

__all__ = ["NextHoliday", "Occurrence", "materialise", "next_holidays", "occurrence_row", "occurrences"]


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


def occurrences(*, year: int, market: str) -> list[Occurrence]:
    """The holidays that begin in `year` in `market`, by date.

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
    return list(days_of(year, market))


def next_holidays(
    *, today: date, limit: int | None = None, only: Iterable[str] | None = None, within_days: int = 366
) -> list[NextHoliday]:
    """The holidays that last or begin within `within_days` of `today`, soonest first, markets joined.

    `only` narrows to these markets. A holiday on two dates (Mother's Day) is there once per date.
    """
    groups: dict[tuple[date, str], list[Occurrence]] = {}
    for market in sorted(only) if only is not None else markets():
        for year in (today.year - 1, today.year, today.year + 1):
            for day in days_of(year, market):
                if day.ends_on >= today and (day.starts_on - today).days <= within_days:
                    groups.setdefault((day.starts_on, day.key), []).append(day)
    found = [_joined(days, today) for _place, days in sorted(groups.items())]
    return found[:limit]


def _joined(days: list[Occurrence], today: date) -> NextHoliday:
    first = days[0]
    return NextHoliday(
        key=first.key,
        starts_on=first.starts_on,
        ends_on=max(day.ends_on for day in days),
        tentative=any(day.tentative for day in days),
        days_until=(first.starts_on - today).days,
        markets=tuple(day.market for day in days),
        info=first.info,
    )


def occurrence_row(*, key: str, market: str, starts_on: date) -> HolidayOccurrence | None:
    """The row an event points to, made from the rules when missing; None for a day no rule gives."""
    if market not in markets() or not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        return None
    for day in days_of(starts_on.year, market):
        if (day.key, day.starts_on) == (key, starts_on):
            row, _made = HolidayOccurrence.objects.get_or_create(
                key=key,
                market=market,
                starts_on=starts_on,
                defaults={"ends_on": day.ends_on, "tentative": day.tentative},
            )
            return row
    return None


@transaction.atomic
def materialise(*, years: Iterable[int], markets: Iterable[str]) -> int:
    """Bring the rows of these years and markets in line with the rules; return how many were new.

    A row no rule gives any more is deleted unless an event stands on it.
    """
    chosen_years, chosen = sorted(set(years)), sorted(set(markets))
    wanted = [
        day for market in chosen for year in chosen_years for day in occurrences(year=year, market=market)
    ]
    kept = HolidayOccurrence.objects.filter(market__in=chosen, starts_on__year__in=chosen_years)
    before = {(row.key, row.market, row.starts_on): row for row in kept}
    stale = before.keys() - {(day.key, day.market, day.starts_on) for day in wanted}
    kept.filter(pk__in=[before[place].pk for place in stale], events__isnull=True).delete()
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
