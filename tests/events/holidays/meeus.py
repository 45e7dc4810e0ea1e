"""Where Sun and Moon stand, after Meeus, Astronomical Algorithms (2nd ed., chapters 22, 25, 47 shortened, 49).

Times are days of Universal Time since 1970-01-01 00:00, as float. Good to a minute for the Moon's phases
and to a few minutes for the Sun's longitude between 2000 and 2075, which the tests hold against another
implementation; days that hang on less are in the published tables of the data.
"""

from functools import lru_cache
from math import acos, asin, cos, degrees, floor, radians, sin, tan

UNIX_EPOCH_JD = 2440587.5
SYNODIC = 29.530588861


def _delta_t(year: float) -> float:
    """Seconds by which Terrestrial Time leads Universal Time: Espenak & Meeus, 2005 to 2050, held after."""
    t = min(max(year, 2005.0), 2050.0) - 2000
    return 62.92 + 0.32217 * t + 0.005589 * t * t


def _tt(days: float) -> float:
    """Julian centuries of Terrestrial Time since J2000."""
    jd = days + UNIX_EPOCH_JD + _delta_t(1970 + days / 365.2425) / 86400
    return (jd - 2451545.0) / 36525


def sun_longitude(days: float) -> float:
    """The Sun's apparent geocentric longitude, in degrees."""
    t = _tt(days)
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(m)
        + (0.019993 - 0.000101 * t) * sin(2 * m)
        + 0.000289 * sin(3 * m)
    )
    node = radians(125.04 - 1934.136 * t)
    return float((mean + centre + _pulls(t) - 0.00569 - 0.00478 * sin(node)) % 360)


def _pulls(t: float) -> float:
    """What Venus, Jupiter and the Moon do to the Earth's place, in degrees (Meeus, Planetary Programs)."""
    a = radians(153.23 + 22518.7541 * t)
    b = radians(216.57 + 45037.5082 * t)
    c = radians(312.69 + 32964.3577 * t)
    d = radians(350.74 + 445267.1142 * t - 0.00144 * t * t)
    e = radians(231.19 + 20.20 * t)
    return (
        0.00134 * cos(a) + 0.00154 * cos(b) + 0.00200 * cos(c) + 0.00179 * sin(d) + 0.00178 * sin(e)
    )


def ayanamsa(days: float) -> float:
    """The Lahiri ayanamsa, in degrees: what Indian months take off the Sun's longitude."""
    t = _tt(days)
    return 23.85306 + 1.39722 * t + 0.00030 * t * t


@lru_cache(maxsize=4096)
def sun_reaches(longitude: float, year: int, *, sidereal: bool = False) -> float:
    """When the Sun comes to `longitude` (degrees from the equinox, or from the Indian zero) in `year`."""
    # The Sun stands at 280 degrees at the year's start; every rule asks for a point it meets once in the year.
    shift = 24 if sidereal else 0
    ahead = (longitude + shift - 280) % 360
    moment = (year - 1970) * 365.2425 + ahead * 365.2425 / 360
    for _ in range(8):
        off = longitude + (ayanamsa(moment) if sidereal else 0) - sun_longitude(moment)
        moment += ((off + 180) % 360 - 180) * 365.2425 / 360
    return moment


def moon_phase(number: int, *, full: bool = False) -> float:
    """When new moon `number` (0: 6 January 2000), or the full moon after it, takes place."""
    return _phase(number + 0.5 if full else float(number))


def moon_number(days: float) -> int:
    """The number of a new moon near `days`; at most one off."""
    return floor((days + UNIX_EPOCH_JD - 2451550.09766) / SYNODIC)


# Meeus 49: coefficients of new and full moon, then powers of E and multiples of M, M', F and the node.
_TERMS = (
    (-0.40720, -0.40614, 0, 0, 1, 0, 0),
    (0.17241, 0.17302, 1, 1, 0, 0, 0),
    (0.01608, 0.01614, 0, 0, 2, 0, 0),
    (0.01039, 0.01043, 0, 0, 0, 2, 0),
    (0.00739, 0.00734, 1, -1, 1, 0, 0),
    (-0.00514, -0.00515, 1, 1, 1, 0, 0),
    (0.00208, 0.00209, 2, 2, 0, 0, 0),
    (-0.00111, -0.00111, 0, 0, 1, -2, 0),
    (-0.00057, -0.00057, 0, 0, 1, 2, 0),
    (0.00056, 0.00056, 1, 1, 2, 0, 0),
    (-0.00042, -0.00042, 0, 0, 3, 0, 0),
    (0.00042, 0.00042, 1, 1, 0, 2, 0),
    (0.00038, 0.00038, 1, 1, 0, -2, 0),
    (-0.00024, -0.00024, 1, -1, 2, 0, 0),
    (-0.00017, -0.00017, 0, 0, 0, 0, 1),
    (-0.00007, -0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0.00003, 0, 0, 2, 2, 0),
    (-0.00003, -0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0.00003, 0, -1, 1, 2, 0),
    (-0.00002, -0.00002, 0, -1, 1, -2, 0),
    (-0.00002, -0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0.00002, 0, 0, 4, 0, 0),
)
_PLANETS = (
    (299.77, 0.107408, 0.000325), (251.88, 0.016321, 0.000165), (251.83, 26.651886, 0.000164),
    (349.42, 36.412478, 0.000126), (84.66, 18.206239, 0.000110), (141.74, 53.303771, 0.000062),
    (207.14, 2.453732, 0.000060), (154.84, 7.306860, 0.000056), (34.52, 27.261239, 0.000047),
    (207.19, 0.121824, 0.000042), (291.34, 1.844379, 0.000040), (161.72, 24.198154, 0.000037),
    (239.56, 25.513099, 0.000035), (331.55, 3.592518, 0.000023),
)  # fmt: skip


@lru_cache(maxsize=4096)
def _phase(k: float) -> float:
    t = k / 1236.85
    jde = 2451550.09766 + SYNODIC * k + 0.00015437 * t * t
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    m = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    f = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    full = k % 1 > 0.25  # noqa: PLR2004 - phases are whole or half numbers
    jde += sum(
        term[full] * e ** term[2] * sin(term[3] * m + term[4] * moon + term[5] * f + term[6] * node)
        for term in _TERMS
    )
    jde += sum(
        size * sin(radians(a + b * k - (0.009173 * t * t if place == 0 else 0)))
        for place, (a, b, size) in enumerate(_PLANETS)
    )
    days = jde - UNIX_EPOCH_JD
    return days - _delta_t(1970 + days / 365.2425) / 86400


# Meeus 47, the Moon's longitude: sine coefficients in millionths of a degree and multiples of D, M, M', F.
_MOON = (
    (6288774, 0, 0, 1, 0), (1274027, 2, 0, -1, 0), (658314, 2, 0, 0, 0), (213618, 0, 0, 2, 0),
    (-185116, 0, 1, 0, 0), (-114332, 0, 0, 0, 2), (58793, 2, 0, -2, 0), (57066, 2, -1, -1, 0),
    (53322, 2, 0, 1, 0), (45758, 2, -1, 0, 0), (-40923, 0, 1, -1, 0), (-34720, 1, 0, 0, 0),
    (-30383, 0, 1, 1, 0), (15327, 2, 0, 0, -2), (-12528, 0, 0, 1, 2), (10980, 0, 0, 1, -2),
    (10675, 4, 0, -1, 0), (10034, 0, 0, 3, 0), (8548, 4, 0, -2, 0), (-7888, 2, 1, -1, 0),
    (-6766, 2, 1, 0, 0), (-5163, 1, 0, -1, 0), (4987, 1, 1, 0, 0), (4036, 2, -1, 1, 0),
    (3994, 2, 0, 2, 0), (3861, 4, 0, 0, 0), (3665, 2, 0, -3, 0), (-2689, 0, 1, -2, 0),
    (-2602, 2, 0, -1, 2), (2390, 2, -1, -2, 0), (-2348, 1, 0, 1, 0), (2236, 2, -2, 0, 0),
    (-2120, 0, 1, 2, 0), (-2069, 0, 2, 0, 0), (2048, 2, -2, -1, 0), (-1773, 2, 0, 1, -2),
    (-1595, 2, 0, 0, 2), (1215, 4, -1, -1, 0), (-1110, 0, 0, 2, 2),
)  # fmt: skip


def elongation(days: float) -> float:
    """How far the Moon has left the Sun behind, in degrees: every 12 are one Indian lunar day."""
    t = _tt(days)
    mean = 218.3164477 + 481267.88123421 * t - 0.0015786 * t * t
    d = radians(297.8501921 + 445267.1114034 * t - 0.0018819 * t * t)
    m = radians(357.5291092 + 35999.0502909 * t - 0.0001536 * t * t)
    moon = radians(134.9633964 + 477198.8675055 * t + 0.0087414 * t * t)
    f = radians(93.2720950 + 483202.0175233 * t - 0.0036539 * t * t)
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    moved = sum(size * e ** abs(b) * sin(a * d + b * m + c * moon + g * f) for size, a, b, c, g in _MOON)
    node = radians(125.04 - 1934.136 * t)
    longitude = mean + moved / 1_000_000 - 0.00478 * sin(node)
    return float((longitude - sun_longitude(days)) % 360)


def sun_crosses(day: int, *, latitude: float, longitude: float) -> tuple[float, float]:
    """Sunrise and sunset (upper limb, refraction) on the local day `day`, counted from 1970, at a place."""
    noon = day + 0.5 - longitude / 360
    for _ in range(2):
        true = radians(sun_longitude(noon))
        t = _tt(noon)
        tilt = radians(23.439291 - 0.0130042 * t)
        declination = asin(sin(tilt) * sin(true))
        noon = day + 0.5 - longitude / 360 - _equation_of_time(t) / 1440
    up = radians(-0.8333)
    place = radians(latitude)
    half = degrees(acos((sin(up) - sin(place) * sin(declination)) / (cos(place) * cos(declination)))) / 360
    return noon - half, noon + half


def _equation_of_time(t: float) -> float:
    """Minutes by which the true noon comes before the mean one (Meeus 28.3)."""
    mean, m = radians(280.46646 + 36000.76983 * t), radians(357.52911 + 35999.05029 * t)
    y, e = tan(radians(23.439291 - 0.0130042 * t) / 2) ** 2, 0.016708634 - 0.000042037 * t
    angle = (
        y * sin(2 * mean)
        - 2 * e * sin(m)
        + 4 * e * y * sin(m) * cos(2 * mean)
        - 0.5 * y * y * sin(4 * mean)
        - 1.25 * e * e * sin(2 * m)
    )
    return degrees(angle) * 4
