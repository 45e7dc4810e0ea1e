"""Every holiday in every market, 2020 to 2050, dated twice: by the engine and by second.py beside this."""

from datetime import date

import pytest

from events.holidays import days_of, load
from tests.events.holidays.second import CHINESE, SECOND, Second, easter

YEARS = range(2020, 2051)


def test_every_holiday_has_a_second_method() -> None:
    assert sorted(SECOND) == sorted(load())


def differing(key: str, market: str, second: Second) -> list[tuple[int, list[date], list[date]]]:
    found = []
    for year in YEARS:
        first = [day.starts_on for day in days_of(year, market) if day.key == key]
        other = second(year, market)
        if first != other:
            found.append((year, first, other))
    return found


# Singapore's own reckoning is published two years ahead; what follows is Umm al-Qura and marked as expected.
PUBLISHED = {"ramadan": {"SG"}, "eid-al-fitr": {"SG"}, "eid-al-adha": {"SG", "IN"}}


@pytest.mark.parametrize("key", sorted(SECOND))
def test_two_methods_give_the_same_days(key: str) -> None:
    markets = set(load()[key].markets) - PUBLISHED.get(key, set())
    assert {market: bad for market in markets if (bad := differing(key, market, SECOND[key]))} == {}


@pytest.mark.parametrize(
    ("key", "market"), [(key, code) for key, codes in PUBLISHED.items() for code in sorted(codes)]
)
def test_where_an_authority_has_spoken_it_is_within_a_day_of_the_second_method(key: str, market: str) -> None:
    published = {
        day for dates in load()[key].kept_in(market) for days in dates.published.values() for day in days
    }
    bad = differing(key, market, SECOND[key])
    assert {day for _year, first, _other in bad for day in first} <= published
    assert {abs((a - b).days) for _year, first, other in bad for a, b in zip(first, other, strict=True)} <= {
        1
    }


def test_a_wrong_second_method_is_noticed() -> None:
    assert len(differing("easter", "FR", easter(7))) == len(YEARS)


def test_vietnam_is_a_day_or_more_from_china_only_in_the_published_years() -> None:
    def starts(key: str, market: str, year: int) -> date:
        return next(day.starts_on for day in days_of(year, market) if day.key == key)

    apart = {
        year: starts("tet", "VN", year)
        for year in range(2000, 2076)
        if starts("tet", "VN", year) != starts("lunar-new-year", "CN", year)
    }
    table = CHINESE.VIETNAMESE_CALENDAR_LUNAR_NEW_YEAR_DATES
    assert apart == {year: date(year, *day) for year, day in table.items() if 2000 <= year <= 2075}
