"""Holidays: a pure rule engine. Facts in `data/`, rules in rules.py, skies.py and tithis.py; no database."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from events.holidays.book import load, markets
from events.holidays.info import HolidayInfo, Own
from events.holidays.own import OWN_RULES, own_info, rule_of
from events.holidays.rules import FIRST_YEAR, LAST_YEAR

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "OWN_RULES",
    "HolidayInfo",
    "Occurrence",
    "Own",
    "days_of",
    "days_of_info",
    "load",
    "markets",
    "own_info",
    "rule_of",
]


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One holiday on its days in one market; `moved_from` is the rule's day when staff moved it."""

    starts_on: date
    key: str
    market: str
    ends_on: date
    tentative: bool
    info: HolidayInfo = field(compare=False)
    moved_from: date | None = field(default=None, compare=False)


@cache
def days_of(year: int, market: str) -> tuple[Occurrence, ...]:
    """Every holiday that begins in `year` in `market`, by date; one that comes twice is there twice."""
    return tuple(sorted(day for info in load().values() for day in days_of_info(info, year, market)))


def days_of_info(info: HolidayInfo, year: int, market: str) -> list[Occurrence]:
    """The same for one holiday, the house's or a brand's own."""
    return [
        Occurrence(start, info.key, market, dates.ends(start), dates.expected(year), info)
        for dates in info.kept_in(market)
        for start in dates.starts(year)
    ]
