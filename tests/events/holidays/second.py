"""How else a holiday can be dated: for every key and market a method that shares nothing with the first.

`SECOND[key]` answers (year, market) -> days; docs/holidays.md names the method of each.
"""

import functools
from collections.abc import Callable
from datetime import date, timedelta
from math import floor

from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hebrew import _HebrewLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar
from holidays.calendars.persian import _Persian
from holidays.calendars.thai import _ThaiLunisolar
from korean_lunar_calendar import KoreanLunarCalendar

from tests.events.holidays import meeus

Second = Callable[[int, str], list[date]]
DAY = timedelta(days=1)
UNIX = date(1970, 1, 1)


def _day(moment: float, hours: float) -> int:
    return floor(moment + hours / 24)


def _date(day: int) -> date:
    return UNIX + day * DAY


# --- The same day every year, or a weekday: counted out day by day ------------------------------------------


def on(month: int, day: int) -> Second:
    return lambda year, _market: [date(year, month, day)]


def by(**markets: Second) -> Second:
    """One second method per market; `rest` for the others."""
    return lambda year, market: (markets.get(market) or markets["rest"])(year, market)


def weekday(month: int, name: int, nth: int, then: int = 0) -> Second:
    """The nth weekday (0: Monday) of the month by leafing through it, `then` days on."""

    def leaf(year: int, _market: str) -> list[date]:
        days = [date(year, 1, 1) + step * DAY for step in range(366)]
        fitting = [day for day in days if day.year == year and day.month == month and day.weekday() == name]
        return [fitting[nth - 1 if nth > 0 else nth] + then * DAY]

    return leaf


# --- Easter: Butcher's algorithm; the Julian one by Meeus ---------------------------------------------------


def _butcher(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741 - the algorithm's own letter
    m = (a + 11 * h + 19 * l) // 433
    n = (h + l - 7 * m + 90) // 25
    return date(year, n, (h + l - 7 * m + 33 * n + 19) % 32)


def _julian_easter(year: int) -> date:
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + 13 * DAY  # thirteen days between the calendars until 2100


def easter(then: int = 0) -> Second:
    return lambda year, _market: [_butcher(year) + then * DAY]


def french_mothers_day(year: int, _market: str) -> list[date]:
    sundays = [date(year, 5, day) for day in range(25, 32) if date(year, 5, day).weekday() == 6]
    return [sundays[-1] + 7 * DAY if sundays[-1] == _butcher(year) + 49 * DAY else sundays[-1]]


# --- The lunisolar calendars of East Asia, from the book's sky ----------------------------------------------


@functools.cache
def _lunar_year(year: int, hours: float) -> dict[int, int]:
    """The first day of each regular month of the lunar year that begins in `year`."""
    first, last = (_solstice_moon(one, hours) for one in (year - 1, year))
    after = _solstice_moon(year + 1, hours)
    this = _numbered(first, last, hours)
    coming = _numbered(last, after, hours)
    return {month: day for month, day in this.items() if month <= 10} | {
        month: day for month, day in coming.items() if month > 10
    }


def _solstice_moon(year: int, hours: float) -> int:
    """The moon of the eleventh month: the last to begin no later than the day of the solstice."""
    solstice = _day(meeus.sun_reaches(270, year), hours)
    number = round((solstice - 10962.76) / 29.530588861) + 1
    while _day(meeus.moon_phase(number), hours) > solstice:
        number -= 1
    return number


def _numbered(first: int, last: int, hours: float) -> dict[int, int]:
    """Months by the sign of the Sun: a month that sees no new sign in a year of thirteen is the leap one."""
    begins = [_day(meeus.moon_phase(number), hours) for number in range(first, last + 2)]
    # The Sun's sign when a month begins, a new sign when it has grown before the next one.
    signs = [int(meeus.sun_longitude(day - hours / 24) // 30) for day in begins]
    months: dict[int, int] = {}
    number, leaped = 11, last - first == 12
    for place in range(last - first):
        if place and not leaped and signs[place] == signs[place + 1]:
            leaped = True
            continue
        months[number] = begins[place]
        number = number % 12 + 1
    return months


def lunar(month: int, day: int, hours: float, then: int = 0) -> Second:
    def dated(year: int, _market: str) -> list[date]:
        days = [_date(_lunar_year(one, hours)[month] + day - 1) + then * DAY for one in (year - 1, year)]
        return [one for one in days if one.year == year]

    return dated


def korean(month: int, day: int, then: int = 0) -> Second:
    """By the table of the Korea Astronomy and Space Science Institute, which ends in 2050."""

    def dated(year: int, _market: str) -> list[date]:
        table = KoreanLunarCalendar()
        table.setLunarDate(year, month, day, False)
        return [date.fromisoformat(table.SolarIsoFormat()) + then * DAY]

    return dated


def sun(longitude: int, hours: float) -> Second:
    return lambda year, _market: [_date(_day(meeus.sun_reaches(longitude, year), hours))]


# --- Published tables, as the `holidays` package collects them ----------------------------------------------


def _listed(table: dict[int, object], year: int) -> list[date]:
    days = table.get(year, ())
    pairs = [days] if days and isinstance(days[0], int) else days
    return [date(year, *pair) for pair in pairs]


def hijri(name: str) -> Second:
    """Umm al-Qura as published; India a day later."""
    table = getattr(_IslamicLunar, f"{name}_DATES")

    def dated(year: int, market: str) -> list[date]:
        late = DAY if market == "IN" else 0 * DAY
        days = [day + late for one in (year - 1, year) for day in _listed(table, one)]
        return sorted(day for day in days if day.year == year)

    return dated


def hebrew(name: str) -> Second:
    table = getattr(_HebrewLunisolar, f"{name}_DATES")
    return lambda year, _market: _listed(table, year)


def thai(year: int, _market: str) -> list[date]:
    day = _ThaiLunisolar().loy_krathong_date(year)
    return [day] if day else []


def persian(year: int, _market: str) -> list[date]:
    day = _Persian().new_year_date(year)
    return [day] if day else []


HINDU = _HinduLunisolar
CHINESE = _ChineseLunisolar


# --- India: the book's sky, with sunrise and sunset by the hour angle ---------------------------------------


def tithi(month_sign: int, tithi: int, part: float, *, last: bool = False, then: int = 0) -> Second:
    """The day on which the lunar day holds at a part of the day in Ujjain, from the book's Sun and Moon."""

    def dated(year: int, _market: str) -> list[date]:
        lag = 23.85306 + 0.0139722 * (year - 2000)
        enters = meeus.sun_reaches((month_sign + lag) % 360, year)
        number = round((enters - 10962.76) / 29.530588861) + 1
        while meeus.moon_phase(number) > enters:
            number -= 1
        begin = _crossing(number, (tithi - 1) * 12)
        end = _crossing(number, tithi * 12)
        first = floor(begin + 5.5 / 24) - 1
        moments = {day: meeus.part_of_day(day, part) for day in range(first, first + 4)}
        holds = [day for day, at in moments.items() if begin <= at < end]
        later = [day for day, at in moments.items() if at >= end]
        day = (holds[-1] if last else holds[0]) if holds else later[0] - last
        return [_date(day) + then * DAY]

    return dated


def _crossing(number: int, degrees: int) -> float:
    """When the Moon has gained `degrees` on the Sun since new moon `number`, by halving."""
    new = meeus.moon_phase(number)
    low, high = new + degrees / 12.19 - 2, new + degrees / 12.19 + 2
    for _ in range(26):
        middle = (low + high) / 2
        gained = (meeus.elongation(middle) - degrees + 180) % 360 - 180
        low, high = (middle, high) if gained < 0 else (low, middle)
    return high


def but(decreed: dict[int, tuple[int, int]], usual: Second) -> Second:
    """The usual day but in the years a law named another."""
    return lambda year, market: [date(year, *decreed[year])] if year in decreed else usual(year, market)


def published_first(table: dict[int, object], computed: Second) -> Second:
    """The gazetted day where the table has the year, the book's sky after it."""
    return lambda year, market: _listed(table, year) or computed(year, market)


SECOND: dict[str, Second] = {
    "new-year": on(1, 1),
    "childrens-day": by(
        JP=on(5, 5), KR=on(5, 5), IN=on(11, 14), TH=weekday(1, 5, 2), MX=on(4, 30), rest=on(6, 1)
    ),
    "golden-week": by(CN=on(10, 1), JP=on(4, 29)),
    "coming-of-age-day": weekday(1, 0, 2),
    "hinamatsuri": on(3, 3),
    "white-day": on(3, 14),
    "spring-equinox-day": sun(0, 9),
    "autumn-equinox-day": sun(180, 9),
    "tanabata": on(7, 7),
    "marine-day": but({2020: (7, 23), 2021: (7, 22)}, weekday(7, 0, 3)),
    "sports-day": but({2020: (7, 24), 2021: (7, 23)}, weekday(10, 0, 2)),
    "obon": on(8, 13),
    "respect-for-the-aged-day": weekday(9, 0, 3),
    "culture-day": on(11, 3),
    "shichi-go-san": on(11, 15),
    "laba": lunar(12, 8, 8),
    "lunar-new-year": lunar(1, 1, 8),
    "lantern-festival": lunar(1, 15, 8),
    "qingming": sun(15, 8),
    "dragon-boat-festival": lunar(5, 5, 8),
    "qixi": lunar(7, 7, 8),
    "ghost-festival": lunar(7, 15, 8),
    "mid-autumn-festival": by(VN=lunar(8, 15, 7), rest=lunar(8, 15, 8)),
    "double-ninth": lunar(9, 9, 8),
    "winter-solstice": by(KR=sun(270, 9), JP=sun(270, 9), rest=sun(270, 8)),
    "seollal": korean(1, 1, -1),
    "chuseok": korean(8, 15, -1),
    "parents-day": on(5, 8),
    "pepero-day": on(11, 11),
    "tet": lunar(1, 1, 7),
    "vietnamese-womens-day": on(10, 20),
    "songkran": on(4, 13),
    "loy-krathong": thai,
    "buddhas-birthday": by(KR=korean(4, 8), VN=lunar(4, 15, 7), rest=lunar(4, 8, 8)),
    "holi": published_first(HINDU.HOLI_DATES, tithi(330, 15, 0.9, last=True, then=1)),
    "raksha-bandhan": published_first(HINDU.RAKSHA_BANDHAN_DATES, tithi(120, 15, 0.2, last=True)),
    "ganesh-chaturthi": published_first(HINDU.GANESH_CHATURTHI_DATES, tithi(150, 4, 0.5)),
    "navratri": published_first(HINDU.SHARAD_NAVRATRI_DATES, tithi(180, 1, 0.2)),
    "dussehra": published_first(HINDU.DUSSEHRA_DATES, tithi(180, 10, 0.7, last=True)),
    "karva-chauth": published_first(HINDU.KARWA_CHAUTH_DATES, tithi(180, 19, 1.2)),
    "dhanteras": tithi(180, 28, 1.1),
    "diwali": published_first(HINDU.DIWALI_INDIA_DATES, tithi(180, 30, 1.0)),
    "ramadan": hijri("RAMADAN_BEGINNING"),
    "eid-al-fitr": hijri("EID_AL_FITR"),
    "eid-al-adha": hijri("EID_AL_ADHA"),
    "hanukkah": hebrew("HANUKKAH"),
    "rosh-hashanah": hebrew("ROSH_HASHANAH"),
    "passover": hebrew("PASSOVER"),
    "purim": hebrew("PURIM"),
    "nowruz": persian,
    "uae-national-day": on(12, 2),
    "saudi-national-day": on(9, 23),
    "valentines-day": on(2, 14),
    "women-day": on(3, 8),
    "easter": easter(),
    "orthodox-easter": lambda year, _m: [_julian_easter(year)],
    "epiphany": on(1, 6),
    "sant-jordi": on(4, 23),
    "bastille-day": on(7, 14),
    "independence-day-us": on(7, 4),
    "mothers-day": by(
        GB=easter(-21),
        FR=french_mothers_day,
        AE=on(3, 21),
        SA=on(3, 21),
        TH=on(8, 12),
        MX=on(5, 10),
        ES=weekday(5, 6, 1),
        rest=weekday(5, 6, 2),
    ),
    "fathers-day": by(
        TW=on(8, 8),
        DE=easter(39),
        IT=on(3, 19),
        ES=on(3, 19),
        TH=on(12, 5),
        AE=on(6, 21),
        rest=weekday(6, 6, 3),
    ),
    "halloween": on(10, 31),
    "day-of-the-dead": on(11, 1),
    "thanksgiving": weekday(11, 3, 4),
    "black-friday": weekday(11, 3, 4, 1),
    "cyber-monday": weekday(11, 3, 4, 4),
    "el-buen-fin": weekday(11, 0, 3, -3),
    "st-nicholas-day": on(12, 6),
    "christmas": on(12, 25),
    "boxing-day": on(12, 26),
    "520": on(5, 20),
    "618": on(6, 18),
    "nine-nine": on(9, 9),
    "singles-day": on(11, 11),
    "double-12": on(12, 12),
}
