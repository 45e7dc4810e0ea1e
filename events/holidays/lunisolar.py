"""Rules that read the sky: the Chinese calendar's kin in other zones, equinoxes, Indian and Thai moons.

Every rule answers `starts(year)` as those of rules.py do.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import floor

from events.holidays.rules import Rule
from events.holidays.skies import (
    elongation,
    moon_before,
    new_moon,
    sidereal_reaches,
    sun_reaches,
    sunrise,
    sunset,
)

UNIX_EPOCH = date(1970, 1, 1)
WINTER_SOLSTICE = 270
TEHRAN = 3.5  # hours; Iran has kept no summer time since 2022, and the calendar never did
UJJAIN = {"latitude": 23.1765, "longitude": 75.7885}  # the meridian of Indian calendars
INDIA = 5.5


def _local(moment: float, hours: float) -> int:
    """The local day, counted from 1970, of a moment at a place `hours` ahead of UTC."""
    return floor(moment + hours / 24)


def _date(day: int) -> date:
    return UNIX_EPOCH + timedelta(days=day)


@dataclass(frozen=True, slots=True)
class EastAsian:
    """A day of the Chinese lunisolar rule with the days of another zone: Seoul is 9, Hanoi 7 hours ahead.

    Festivals keep to the regular month, never the leap one.
    """

    month: int
    day: int
    hours: float
    offset: int = 0

    def starts(self, year: int) -> list[date]:
        days = [self._of(lunar_year) for lunar_year in (year - 1, year)]
        return [day for day in days if day.year == year]

    def _of(self, lunar_year: int) -> date:
        # Months 11 and 12 belong to the lunar year that began in the spring before.
        solstice_year = lunar_year + (self.month > 10)  # noqa: PLR2004 - months before the eleventh
        first = dict(_months(solstice_year, self.hours))[self.month]
        return _date(first + self.day - 1) + timedelta(days=self.offset)


@lru_cache(maxsize=512)
def _months(year: int, hours: float) -> tuple[tuple[int, int], ...]:
    """(number, first day) of the regular months from the 11th before `year` to the 10th of it."""
    first = _month_of(sun_reaches(WINTER_SOLSTICE, year - 1), hours)
    last = _month_of(sun_reaches(WINTER_SOLSTICE, year), hours)
    begins = [_local(new_moon(number), hours) for number in range(first, last + 1)]
    leap = _leap(begins, year, hours) if last - first > 12 else None  # noqa: PLR2004 - a year of thirteen moons
    regular = [day for place, day in enumerate(begins[:-1]) if place != leap]
    return tuple(((place + 10) % 12 + 1, day) for place, day in enumerate(regular))


def _month_of(moment: float, hours: float) -> int:
    """The new moon whose month holds the local day of `moment`."""
    day = _local(moment, hours)
    number = moon_before(moment)
    return number + 1 if _local(new_moon(number + 1), hours) <= day else number


def _leap(begins: list[int], year: int, hours: float) -> int:
    """The first month without a major solar term; the year of the solstice has thirteen."""
    terms = {
        _local(sun_reaches(longitude, one), hours)
        for one in (year - 1, year)
        for longitude in range(0, 360, 30)
    }
    pairs = enumerate(pairwise(begins))
    return next(place for place, (day, after) in pairs if place and not any(day <= t < after for t in terms))


@dataclass(frozen=True, slots=True)
class SunReaches:
    """The local day on which the Sun comes to `longitude`: 0 spring equinox, 270 winter solstice."""

    longitude: int
    hours: float
    offset: int = 0

    def starts(self, year: int) -> list[date]:
        return [_date(_local(sun_reaches(self.longitude, year), self.hours)) + timedelta(days=self.offset)]


@dataclass(frozen=True, slots=True)
class Nowruz:
    """1 Farvardin: the day of the spring equinox in Tehran, the next one when it comes after noon."""

    def starts(self, year: int) -> list[date]:
        return [_date(_local(sun_reaches(0, year) + 0.5, TEHRAN))]


# The solar sign that names an Indian month: the Sun enters it while the month lasts.
MONTHS = {
    "magha": 300, "phalguna": 330, "chaitra": 0, "vaishakha": 30, "shravana": 120, "bhadrapada": 150,
    "ashvina": 180,
}  # fmt: skip
# When in the day the lunar day is asked for, as a part of the time between sunrise and sunset.
TIMES = {
    "sunrise": 0.0, "morning": 0.2, "midday": 0.5, "afternoon": 0.7, "evening": 0.9, "dusk": 1.0,
    "nightfall": 1.1, "moonrise": 1.2,
}  # fmt: skip
TITHIS = 30


@dataclass(frozen=True, slots=True)
class Tithi:
    """The day on which an Indian lunar day (1 to 30 of an amanta month) prevails at a time of day in Ujjain.

    When it holds then on two days the first counts, or with `last` the second; when on none, the day it fills
    in between. `offset` moves the day: colours are thrown the day after the fire of Holi.
    """

    month: str
    tithi: int
    at: str
    last: bool = False
    offset: int = 0

    def __post_init__(self) -> None:
        if self.month not in MONTHS or self.at not in TIMES:
            raise ValueError(f"there is no month {self.month!r} or time {self.at!r}")

    def starts(self, year: int) -> list[date]:
        moon = moon_before(sidereal_reaches(MONTHS[self.month], year))
        about = _local(new_moon(moon) + (self.tithi - 1) * 0.984, INDIA)
        passed = [(day, self._passed(day)) for day in range(about - 2, about + 4)]
        holds = [day for day, tithis in passed if tithis == 0]
        after = next(day for day, tithis in passed if tithis > 0)
        day = (holds[-1] if self.last else holds[0]) if holds else after - self.last
        return [_date(day) + timedelta(days=self.offset)]

    def _passed(self, day: int) -> int:
        """How many lunar days have gone since this one at the hour that counts; before it below zero."""
        rise, fall = sunrise(day, **UJJAIN), sunset(day, **UJJAIN)
        now = int(elongation(rise + (fall - rise) * TIMES[self.at]) // 12) + 1
        return (now - self.tithi + TITHIS // 2) % TITHIS - TITHIS // 2


@dataclass(frozen=True, slots=True)
class ThaiFullMoon:
    """The 15th waxing day of a Thai lunar month, by the reckoning of the Thai calendar, not by the sky.

    A year has 354 days; a `adhikawan` year one more, an `adhikamat` year a second eighth month of thirty.
    Both come from the published list below.
    """

    month: int

    def starts(self, year: int) -> list[date]:
        days = THAI_NEW_YEAR + sum(_thai_length(one) for one in range(THAI_FIRST, year))
        for month in range(1, self.month):
            days += _thai_month(year, month)
        return [_date(days + 14)]


# The first day of the first lunar month that ends in 2000, and the years with a further month or day, as
# published by the Royal calendar and collected by myhora.com; checked against the table of `holidays`.
THAI_FIRST = 2000
THAI_NEW_YEAR = (date(1999, 12, 8) - UNIX_EPOCH).days
ADHIKAMAT = frozenset({
    2002, 2004, 2007, 2010, 2012, 2015, 2018, 2021, 2023, 2026, 2029, 2031, 2034, 2037,
    2040, 2043, 2045, 2048, 2050, 2053, 2056, 2059, 2062, 2064, 2066, 2069, 2072, 2074,
})  # fmt: skip
ADHIKAWAN = frozenset({
    2000, 2006, 2009, 2016, 2020, 2025, 2032, 2035, 2041, 2046, 2052, 2055, 2058, 2067, 2071,
})  # fmt: skip


def _thai_month(year: int, month: int) -> int:
    if month == 8 and year in ADHIKAMAT:  # noqa: PLR2004 - the doubled month
        return 60
    return 30 if month % 2 == 0 or (month == 7 and year in ADHIKAWAN) else 29  # noqa: PLR2004 - the longer month


def _thai_length(year: int) -> int:
    return sum(_thai_month(year, month) for month in range(1, 13))


SKY_RULES: dict[str, type[Rule]] = {
    "east-asian": EastAsian,
    "sun": SunReaches,
    "nowruz": Nowruz,
    "tithi": Tithi,
    "thai-full-moon": ThaiFullMoon,
}
