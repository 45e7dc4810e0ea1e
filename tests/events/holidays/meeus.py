"""A second sky for the tests, written from the book: Meeus, Astronomical Algorithms (2nd ed., 25, 47, 49).

Times are days of Universal Time since 1970-01-01 00:00, as in `events.holidays.skies`, which reads its sky
from a library; neither knows the other.
"""

from functools import lru_cache
from math import acos, asin, atan2, cos, degrees, radians, sin

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


# VSOP87 shortened (Meeus, appendix III): the Earth's longitude, as amplitude in 1e-8 rad, phase, rate.
_EARTH = (
    (
        (175347046, 0, 0), (3341656, 4.6692568, 6283.07585), (34894, 4.6261, 12566.1517),
        (3497, 2.7441, 5753.3849), (3418, 2.8289, 3.5231), (3136, 3.6277, 77713.7715),
        (2676, 4.4181, 7860.4194), (2343, 6.1352, 3930.2097), (1324, 0.7425, 11506.7698),
        (1273, 2.0371, 529.691), (1199, 1.1096, 1577.3435), (990, 5.233, 5884.927), (902, 2.045, 26.298),
        (857, 3.508, 398.149), (780, 1.179, 5223.694), (753, 2.533, 5507.553), (505, 4.583, 18849.228),
        (492, 4.205, 775.523), (357, 2.92, 0.067), (317, 5.849, 11790.629), (284, 1.899, 796.298),
        (271, 0.315, 10977.079), (243, 0.345, 5486.778), (206, 4.806, 2544.314), (205, 1.869, 5573.143),
        (202, 2.458, 6069.777), (156, 0.833, 213.299), (132, 3.411, 2942.463), (126, 1.083, 20.775),
        (115, 0.645, 0.98), (103, 0.636, 4694.003), (102, 0.976, 15720.839), (102, 4.267, 7.114),
    ),
    (
        (628331966747, 0, 0), (206059, 2.678235, 6283.07585), (4303, 2.6351, 12566.1517),
        (425, 1.59, 3.523), (119, 5.796, 26.298), (109, 2.966, 1577.344), (93, 2.59, 18849.23),
    ),
    ((52919, 0, 0), (8720, 1.0721, 6283.0758), (309, 0.867, 12566.152)),
)  # fmt: skip


def sun_longitude(days: float) -> float:
    """The Sun's apparent geocentric longitude, in degrees."""
    t = _tt(days)
    tau = t / 10
    heliocentric = sum(
        tau**power * sum(size * cos(phase + rate * tau) for size, phase, rate in series)
        for power, series in enumerate(_EARTH)
    )
    node, mean_sun = radians(125.04452 - 1934.136261 * t), radians(280.4665 + 36000.7698 * t)
    nutation = (-17.20 * sin(node) - 1.32 * sin(2 * mean_sun)) / 3600
    return float((degrees(heliocentric / 1e8) + 180 - 0.09033 / 3600 + nutation - 20.4898 / 3600) % 360)


def sun_reaches(longitude: float, year: int) -> float:
    """When the Sun comes to `longitude` in `year`."""
    moment = (year - 1970) * 365.2425 + ((longitude - 280) % 360) * 365.2425 / 360
    for _ in range(6):
        off = longitude - sun_longitude(moment)
        moment += ((off + 180) % 360 - 180) * 365.2425 / 360
    return moment


def moon_phase(number: int, *, full: bool = False) -> float:
    """When new moon `number` (0: 6 January 2000), or the full moon after it, takes place."""
    return _phase(number + 0.5 if full else float(number))


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
    full = k % 1 > 0.25
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


def part_of_day(day: int, part: float) -> float:
    """The moment `part` of the way from sunrise to sunset in Ujjain on the local day `day`."""
    latitude, longitude = radians(23.1765), 75.7885
    noon = day + 0.5 - longitude / 360
    for _ in range(2):
        true = radians(sun_longitude(noon))
        tilt = radians(23.439291 - 0.0130042 * _tt(noon))
        ascension = degrees(atan2(cos(tilt) * sin(true), cos(true)))
        declination = asin(sin(tilt) * sin(true))
        # The Sun's mean longitude less its right ascension is what the sundial is ahead of the clock.
        mean = (280.46646 + 36000.76983 * _tt(noon) - 0.0057183) % 360
        ahead = (mean - ascension + 180) % 360 - 180
        noon = day + 0.5 - longitude / 360 - ahead / 360
    angle = (sin(radians(-0.8333)) - sin(latitude) * sin(declination)) / (cos(latitude) * cos(declination))
    half = degrees(acos(angle)) / 360
    return noon - half + 2 * half * part
