from datetime import date

import pytest

from events.holidays import FIRST_YEAR, LAST_YEAR, days_of, markets
from events.holidays.rules import Easter, Fixed, Hijri, Lunar, NthWeekday, table


def test_a_leap_day_exists_only_in_leap_years() -> None:
    assert [Fixed(2, 29).starts(year) for year in (2027, 2028)] == [[], [date(2028, 2, 29)]]


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (1, date(2027, 5, 2)),
        (2, date(2027, 5, 9)),
        (5, date(2027, 5, 30)),
        (-1, date(2027, 5, 30)),
        (-2, date(2027, 5, 23)),
    ],
)
def test_weekdays_count_from_either_end(nth: int, expected: date) -> None:
    assert NthWeekday(5, "sunday", nth).starts(2027) == [expected]


def test_an_offset_may_leave_the_month() -> None:
    assert NthWeekday(11, "thursday", 4, offset=4).starts(2029) == [date(2029, 11, 26)]
    assert NthWeekday(9, "wednesday", -1, offset=1).starts(2026) == [date(2026, 10, 1)]


def test_orthodox_easter_has_its_own_date() -> None:
    assert Easter(rite="orthodox").starts(2027) == [date(2027, 5, 2)]
    assert Easter().starts(2027) == [date(2027, 3, 28)]


def test_the_eve_is_a_day_before_the_lunar_day() -> None:
    assert Lunar(1, 1, offset=-1).starts(2027) == [date(2027, 2, 5)]


def test_a_table_answers_only_for_its_years() -> None:
    rule = table([date(2030, 1, 5), date(2030, 12, 26), date(2031, 12, 15)])
    assert [rule.starts(year) for year in (2029, 2030)] == [[], [date(2030, 1, 5), date(2030, 12, 26)]]


@pytest.mark.long_walk
@pytest.mark.parametrize("market", markets())
def test_every_market_has_days_in_every_year(market: str) -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days = days_of(year, market)
        assert days == tuple(sorted(days))
        assert {day.starts_on.year for day in days} == {year}
        assert all(day.ends_on >= day.starts_on for day in days)


def test_hijri_years_are_found_at_both_ends_of_the_range() -> None:
    assert Hijri(9, 1).starts(FIRST_YEAR)
    assert Hijri(9, 1).starts(LAST_YEAR)
