"""How a holiday finds its days. Pure: no database, no clock, no language.

Every rule answers `starts(year)`: the first days that fall in that Gregorian year, in order. A moving
calendar may put none or two there (Laba, Ramadan 2030). Rules that need the sky are in lunisolar.py.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, Protocol

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Gregorian
from hijridate import Hijri as HijriDate
from lunar_python import LunarYear, Solar
from pyluach.dates import HebrewDate

FIRST_YEAR, LAST_YEAR = 2000, 2075  # Umm al-Qura is published to AH 1500, which ends in November 2077
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
FARTHEST = 180  # days an offset may move a day: more would put it nearer to the next year's
LONGEST_MONTH = 30
_UNIX, _UNIX_NOON = date(1970, 1, 1), 2440588  # the same day as a Julian day number


class Rule(Protocol):
    def starts(self, year: int) -> list[date]: ...

    def __hash__(self) -> int: ...


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} must lie between {low} and {high}, not {value}")


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same day every year, moved by `offset` days; 29 February only in leap years."""

    month: int
    day: int
    offset: int = 0

    def __post_init__(self) -> None:
        _within("month", self.month, 1, 12)
        _within("day", self.day, 1, calendar.monthrange(2000, self.month)[1])
        _within("offset", self.offset, -FARTHEST, FARTHEST)

    def starts(self, year: int) -> list[date]:
        days = [self._of(one) for one in (year - 1, year, year + 1)]
        return [day for day in days if day and day.year == year]

    def _of(self, year: int) -> date | None:
        if self.day > calendar.monthrange(year, self.month)[1]:
            return None
        return date(year, self.month, self.day) + timedelta(days=self.offset)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth weekday of a month (`nth=-1`: the last), moved by `offset` days: Black Friday is +1."""

    month: int
    weekday: str
    nth: int
    offset: int = 0

    def __post_init__(self) -> None:
        _within("month", self.month, 1, 12)
        if self.weekday not in WEEKDAYS:
            raise ValueError(f"there is no weekday {self.weekday!r}; there are {', '.join(WEEKDAYS)}")
        if self.nth not in {-2, -1, 1, 2, 3, 4}:
            raise ValueError(f"nth must be 1 to 4, or -1 or -2 from the end, not {self.nth}")
        _within("offset", self.offset, -FARTHEST, FARTHEST)

    def starts(self, year: int) -> list[date]:
        days = [self._base(one) + timedelta(days=self.offset) for one in (year - 1, year, year + 1)]
        return [day for day in days if day.year == year]

    def _base(self, year: int) -> date:
        wanted, last = WEEKDAYS[self.weekday], calendar.monthrange(year, self.month)[1]
        if self.nth < 0:
            back = (date(year, self.month, last).weekday() - wanted) % 7
            return date(year, self.month, last - back + 7 * (self.nth + 1))
        ahead = (wanted - date(year, self.month, 1).weekday()) % 7
        return date(year, self.month, 1 + ahead + 7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class Lunar:
    """A day of the Chinese lunisolar calendar. Festivals keep to the regular month, never the leap one."""

    month: int
    day: int
    offset: int = 0

    def __post_init__(self) -> None:
        _within("month", self.month, 1, 12)
        _within("day", self.day, 1, LONGEST_MONTH)
        _within("offset", self.offset, -FARTHEST, FARTHEST)

    def starts(self, year: int) -> list[date]:
        # The twelfth month of one lunar year ends in the next Gregorian year.
        days = [self._of(lunar_year) for lunar_year in (year - 1, year, year + 1)]
        return sorted(day for day in days if day.year == year)

    def _of(self, lunar_year: int) -> date:
        first, length = _lunar_months(lunar_year)[self.month]
        # A month of 29 days has no thirtieth, and the day is kept on its last.
        return first + timedelta(days=min(self.day, length) - 1 + self.offset)


@lru_cache(maxsize=256)
def _lunar_months(lunar_year: int) -> dict[int, tuple[date, int]]:
    """The first day and the length of each regular month; the library counts leap months below zero."""
    return {
        month.getMonth(): (
            _UNIX + timedelta(days=month.getFirstJulianDay() - _UNIX_NOON),
            month.getDayCount(),
        )
        for month in LunarYear.fromYear(lunar_year).getMonths()
        if month.getYear() == lunar_year and month.getMonth() > 0
    }


@dataclass(frozen=True, slots=True)
class SolarTerm:
    """One of the 24 terms by its Chinese name (清明, 冬至), in China's standard time."""

    term: str

    def starts(self, year: int) -> list[date]:
        return [_solar_terms(year)[self.term]]


@lru_cache(maxsize=256)
def _solar_terms(year: int) -> dict[str, date]:
    # Asked from a summer day, the library's table holds this year's terms from 小寒 to 冬至.
    table = Solar.fromYmd(year, 7, 1).getLunar().getJieQiTable()
    # The winter solstice of this year stands under its Latin name, as the table's next-to-last.
    table = {**table, "冬至": table["DONG_ZHI"]}
    return {term: date(day.getYear(), day.getMonth(), day.getDay()) for term, day in table.items()}


@dataclass(frozen=True, slots=True)
class Easter:
    """Days from Easter Sunday, `western` or `orthodox`: Mothering Sunday is western −21."""

    offset: int = 0
    rite: Literal["western", "orthodox"] = "western"

    def __post_init__(self) -> None:
        if self.rite not in {"western", "orthodox"}:
            raise ValueError(f"rite must be western or orthodox, not {self.rite!r}")
        _within(
            "offset", self.offset, -80, FARTHEST
        )  # Easter may be on 22 March, and the day stays in its year

    def starts(self, year: int) -> list[date]:
        sunday = easter(year, EASTER_ORTHODOX) if self.rite == "orthodox" else easter(year, EASTER_WESTERN)
        return [sunday + timedelta(days=self.offset)]


@dataclass(frozen=True, slots=True)
class FrenchMothersDay:
    """The last Sunday of May; the first of June when Pentecost takes that Sunday (law of 24 May 1950)."""

    def starts(self, year: int) -> list[date]:
        (last,) = NthWeekday(5, "sunday", -1).starts(year)
        pentecost = easter(year) + timedelta(days=49)
        return [last + timedelta(days=7) if last == pentecost else last]


@dataclass(frozen=True, slots=True)
class Hijri:
    """A day of the Islamic calendar by Umm al-Qura. Sightings may move it by a day: mark it tentative.

    `offset` is what the market's own authority usually differs by: India sees the moon a day later.
    """

    month: int
    day: int
    offset: int = 0

    def __post_init__(self) -> None:
        _within("month", self.month, 1, 12)
        _within("day", self.day, 1, LONGEST_MONTH)
        _within("offset", self.offset, -1, 1)

    def starts(self, year: int) -> list[date]:
        first, last = Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year
        days = [self._of(hijri_year) for hijri_year in range(first - 1, last + 1)]
        return [day for day in days if day.year == year]

    def _of(self, hijri_year: int) -> date:
        day = HijriDate(hijri_year, self.month, self.day).to_gregorian()
        return date(day.year, day.month, day.day) + timedelta(days=self.offset)


@dataclass(frozen=True, slots=True)
class Hebrew:
    """A day of the Hebrew calendar, months counted from Nisan; `offset` −1 is the evening it begins.

    Month 12 is Adar, and in a leap year the second Adar, in which Purim falls.
    """

    month: int
    day: int
    offset: int = 0

    def starts(self, year: int) -> list[date]:
        days = [self._of(hebrew_year) for hebrew_year in (year + 3760, year + 3761)]
        return [day for day in days if day.year == year]

    def _of(self, hebrew_year: int) -> date:
        leap = (7 * hebrew_year + 1) % 19 < 7  # noqa: PLR2004 - seven leap years in nineteen
        month = 13 if self.month == 12 and leap else self.month  # noqa: PLR2004 - Adar
        return HebrewDate(hebrew_year, month, self.day).to_pydate() + timedelta(days=self.offset)


@dataclass(frozen=True, slots=True)
class Table:
    """Published dates, for calendars decided by authorities rather than by a formula."""

    dates: Mapping[int, tuple[date, ...]] = field(hash=False)

    def starts(self, year: int) -> list[date]:
        return list(self.dates.get(year, ()))


def by_year(dates: list[date]) -> dict[int, tuple[date, ...]]:
    """A plain list of days as what each year holds."""
    return {day.year: tuple(d for d in dates if d.year == day.year) for day in dates}


def table(dates: list[date]) -> Table:
    """A Table from a plain list of days."""
    return Table(by_year(dates))


CIVIL_RULES: dict[str, type[Rule]] = {
    "fixed": Fixed,
    "nth-weekday": NthWeekday,
    "lunar": Lunar,
    "solar-term": SolarTerm,
    "easter": Easter,
    "mothers-day-fr": FrenchMothersDay,
    "hijri": Hijri,
    "hebrew": Hebrew,
}
