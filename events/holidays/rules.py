"""How a holiday finds its days. Pure: no database, no clock, no language.

Every rule answers `starts(year)`: the first days that fall in that Gregorian year, in order. A moving
calendar may put none or two there (Laba, Ramadan 2030).
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, Protocol

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Gregorian
from hijridate import Hijri as HijriDate
from lunar_python import Lunar as LunarDate
from lunar_python import Solar

FIRST_YEAR, LAST_YEAR = 2000, 2075  # Umm al-Qura is published to AH 1500, which ends in November 2077
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}


class Rule(Protocol):
    def starts(self, year: int) -> list[date]: ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same day every year; 29 February only in leap years."""

    month: int
    day: int

    def starts(self, year: int) -> list[date]:
        exists = self.day <= calendar.monthrange(year, self.month)[1]
        return [date(year, self.month, self.day)] if exists else []


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth weekday of a month (`nth=-1`: the last), moved by `offset` days: Black Friday is +1."""

    month: int
    weekday: str
    nth: int
    offset: int = 0

    def starts(self, year: int) -> list[date]:
        return [self._base(year) + timedelta(days=self.offset)]

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

    def starts(self, year: int) -> list[date]:
        # The twelfth month of one lunar year ends in the next Gregorian year.
        days = [self._of(lunar_year) for lunar_year in (year - 1, year)]
        return sorted(day for day in days if day.year == year)

    def _of(self, lunar_year: int) -> date:
        solar = LunarDate.fromYmd(lunar_year, self.month, self.day).getSolar()
        return date(solar.getYear(), solar.getMonth(), solar.getDay()) + timedelta(days=self.offset)


@dataclass(frozen=True, slots=True)
class SolarTerm:
    """One of the 24 terms by its Chinese name (清明, 冬至), in China's standard time."""

    term: str

    def starts(self, year: int) -> list[date]:
        # Asked from a summer day, the library's table holds this year's terms from 小寒 to 冬至.
        table = Solar.fromYmd(year, 7, 1).getLunar().getJieQiTable()
        # The winter solstice of this year stands under its Latin name, as the table's next-to-last.
        solar = table["DONG_ZHI" if self.term == "冬至" else self.term]
        return [date(solar.getYear(), solar.getMonth(), solar.getDay())]


@dataclass(frozen=True, slots=True)
class Easter:
    """Days from Easter Sunday, `western` or `orthodox`: Mothering Sunday is western −21."""

    offset: int = 0
    rite: Literal["western", "orthodox"] = "western"

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
    """A day of the Islamic calendar by Umm al-Qura. Sightings may move it by a day: mark it tentative."""

    month: int
    day: int

    def starts(self, year: int) -> list[date]:
        years = range(Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year + 1)
        days = [HijriDate(hijri_year, self.month, self.day).to_gregorian() for hijri_year in years]
        return [date(day.year, day.month, day.day) for day in days if day.year == year]


@dataclass(frozen=True, slots=True)
class Table:
    """Published dates, for calendars decided by authorities rather than by a formula."""

    dates: Mapping[int, tuple[date, ...]] = field(hash=False)

    def starts(self, year: int) -> list[date]:
        return list(self.dates.get(year, ()))


def table(dates: list[date]) -> Table:
    """A Table from a plain list of days."""
    return Table({day.year: tuple(d for d in dates if d.year == day.year) for day in dates})


RULES: dict[str, type[Rule]] = {
    "fixed": Fixed,
    "nth-weekday": NthWeekday,
    "lunar": Lunar,
    "solar-term": SolarTerm,
    "easter": Easter,
    "mothers-day-fr": FrenchMothersDay,
    "hijri": Hijri,
}
