from datetime import date

import pytest

from events.holidays import FIRST_YEAR, LAST_YEAR, days_of, markets, rule_of
from events.holidays.lunisolar import EastAsian, Nowruz
from events.holidays.rules import Easter, Fixed, Hebrew, Hijri, Lunar, NthWeekday, table


def test_a_leap_day_exists_only_in_leap_years() -> None:
    assert [Fixed(2, 29).starts(year) for year in (2027, 2028)] == [[], [date(2028, 2, 29)]]


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (1, date(2027, 5, 2)),
        (2, date(2027, 5, 9)),
        (4, date(2027, 5, 23)),
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
    for year in (FIRST_YEAR, 2033, LAST_YEAR):
        days = days_of(year, market)
        assert days == tuple(sorted(days))
        assert {day.starts_on.year for day in days} == {year}
        assert all(day.ends_on >= day.starts_on for day in days)


def test_hijri_years_are_found_at_both_ends_of_the_range() -> None:
    assert Hijri(9, 1).starts(FIRST_YEAR)
    assert Hijri(9, 1).starts(LAST_YEAR)


def test_a_lunar_thirtieth_is_kept_on_the_last_day_of_a_short_month() -> None:
    assert Lunar(12, 30).starts(2027) == [date(2027, 2, 5)]  # that month has 29 days


def test_an_offset_may_carry_a_day_over_new_year() -> None:
    assert [Fixed(1, 1, offset=-1).starts(year) for year in (2027, 2028)] == [
        [date(2027, 12, 31)], [date(2028, 12, 31)],
    ]  # fmt: skip


def test_purim_falls_in_the_second_adar_of_a_leap_year() -> None:
    assert [Hebrew(12, 14).starts(year) for year in (2024, 2025)] == [
        [date(2024, 3, 24)],
        [date(2025, 3, 14)],
    ]


def test_korea_and_vietnam_count_by_their_own_midnight() -> None:
    # New moon on 6 February 2027 at 15:57 UTC: still the 6th in Beijing, past midnight in Seoul.
    assert [EastAsian(1, 1, hours).starts(2027) for hours in (7, 8, 9)] == [
        [date(2027, 2, 6)], [date(2027, 2, 6)], [date(2027, 2, 7)],
    ]  # fmt: skip


def test_nowruz_waits_for_the_next_day_when_spring_comes_after_noon() -> None:
    # Tehran, 2024: 06:36 in the morning of the 20th; 2025: 12:31 on the 20th.
    assert [Nowruz().starts(year) for year in (2024, 2025)] == [[date(2024, 3, 20)], [date(2025, 3, 21)]]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "there is no rule None"),
        ({"rule": "hijri", "month": 9, "day": 1}, "there is no rule 'hijri'"),
        ({"rule": "fixed", "month": 9}, "fixed needs day"),
        ({"rule": "fixed", "month": 9, "day": 1, "year": 2027}, "fixed takes no year"),
        ({"rule": "fixed", "month": "9", "day": 1}, "month of fixed must be int"),
        ({"rule": "fixed", "month": True, "day": 1}, "month of fixed must be int"),
        ({"rule": "nth-weekday", "month": 5, "weekday": 6, "nth": 2}, "weekday of nth-weekday must be str"),
        ({"rule": "fixed", "month": 2, "day": 31}, "day must lie between 1 and 29"),
        ({"rule": "easter", "offset": 400}, "offset must lie between -80 and 180"),
    ],
)
def test_what_a_brand_typed_is_checked(values: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rule_of(values)


def test_a_brand_dates_its_day_by_the_same_rules() -> None:
    assert rule_of({"rule": "lunar", "month": 3, "day": 3}).starts(2027) == [date(2027, 4, 9)]
    assert rule_of({"rule": "easter", "offset": 1}).starts(2027) == [date(2027, 3, 29)]
