"""Holidays: a pure rule engine. Facts in data.toml, rules in rules.py, dates here; no database."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from events.holidays.book import HolidayInfo, Own, load, markets
from events.holidays.rules import FIRST_YEAR, LAST_YEAR

__all__ = ["FIRST_YEAR", "LAST_YEAR", "HolidayInfo", "Occurrence", "Own", "days_of", "load", "markets"]


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One holiday on its days in one market."""

    starts_on: date
    key: str
    market: str
    ends_on: date
    tentative: bool

    @property
    def info(self) -> HolidayInfo:
        return load()[self.key]


@cache
def days_of(year: int, market: str) -> tuple[Occurrence, ...]:
    """Every holiday that begins in `year` in `market`, by date; one that comes twice is there twice."""
    found = [
        Occurrence(start, info.key, market, dates.ends(start), dates.tentative)
        for info in load().values()
        for dates in info.dates
        if market in dates.markets
        for start in dates.rule.starts(year)
    ]
    return tuple(sorted(found))
