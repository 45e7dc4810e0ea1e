"""Where Sun and Moon stand: the only module that imports `astronomy` (Astronomy Engine, MIT, no data files).

Times are days of Universal Time since 1970-01-01 00:00, as float, exact to some seconds from 2000 to 2075.
"""

from functools import lru_cache
from math import floor

import astronomy

EPOCH = 10957.5  # the library counts from J2000, 2000-01-01 12:00
SYNODIC = 29.530588861
FIRST_NEW_MOON = 10962.76  # 6 January 2000, roughly: new moons are numbered from it


def _time(days: float) -> astronomy.Time:
    return astronomy.Time(days - EPOCH)


def _days(time: astronomy.Time) -> float:
    return float(time.ut) + EPOCH


@lru_cache(maxsize=4096)
def sun_reaches(longitude: float, year: int) -> float:
    """When the Sun comes to `longitude`, in degrees from the equinox, in `year` of Universal Time."""
    found = astronomy.SearchSunLongitude(longitude, astronomy.Time.Make(year, 1, 1, 0, 0, 0), 370)
    return _days(found)


@lru_cache(maxsize=4096)
def sidereal_reaches(longitude: float, year: int) -> float:
    """The same from the Indian zero point, which lags by the Lahiri ayanamsa."""
    # Half a day more or less in a month's sign changes no month's name, so the year's own value will do.
    lag = 23.85306 + 0.0139722 * (year - 2000)
    return sun_reaches((longitude + lag) % 360, year)


@lru_cache(maxsize=4096)
def new_moon(number: int) -> float:
    """When new moon `number` takes place."""
    return _phase(number, 0)


@lru_cache(maxsize=4096)
def full_moon(number: int) -> float:
    """When the full moon after new moon `number` takes place."""
    return _phase(number, 180)


def _phase(number: int, angle: int) -> float:
    about = FIRST_NEW_MOON + SYNODIC * (number + angle / 360)
    return _days(astronomy.SearchMoonPhase(angle, _time(about - 3), 8))


def moon_before(days: float) -> int:
    """The number of the last new moon at or before `days`."""
    number = floor((days - FIRST_NEW_MOON) / SYNODIC) + 1
    while new_moon(number) > days:
        number -= 1
    return number


def elongation(days: float) -> float:
    """How far the Moon has left the Sun behind, in degrees: every 12 are one Indian lunar day."""
    return float(astronomy.MoonPhase(_time(days)))


@lru_cache(maxsize=4096)
def sunrise(day: int, *, latitude: float, longitude: float) -> float:
    """Sunrise on the local day `day`, counted from 1970."""
    return _crossing(day - longitude / 360, latitude, longitude, astronomy.Direction.Rise)


@lru_cache(maxsize=4096)
def sunset(day: int, *, latitude: float, longitude: float) -> float:
    """Sunset on the local day `day`, counted from 1970."""
    return _crossing(day + 0.5 - longitude / 360, latitude, longitude, astronomy.Direction.Set)


def _crossing(start: float, latitude: float, longitude: float, direction: astronomy.Direction) -> float:
    place = astronomy.Observer(latitude, longitude, 0)
    return _days(astronomy.SearchRiseSet(astronomy.Body.Sun, place, direction, _time(start), 1))
