from datetime import date

import pytest

from events.domain.calendar import materialise, next_holidays, occurrence_row, occurrences
from events.errors import UnknownMarket
from events.models import HolidayOccurrence
from tests.factories.events import make_event, make_holiday


def test_a_year_of_a_market_is_in_order() -> None:
    days = occurrences(year=2027, market="JP")
    assert [day.key for day in days[:4]] == ["new-year", "valentines-day", "hinamatsuri", "white-day"]
    assert [day.starts_on for day in days] == sorted(day.starts_on for day in days)


@pytest.mark.parametrize(("year", "market"), [(2027, "XX"), (2027, "cn"), (1999, "CN"), (2076, "CN")])
def test_what_the_tables_do_not_know_is_refused(year: int, market: str) -> None:
    with pytest.raises(UnknownMarket):
        occurrences(year=year, market=market)


def test_the_next_holidays_join_their_markets() -> None:
    (first,) = next_holidays(today=date(2026, 12, 25), limit=1)
    assert (first.key, first.days_until, first.lasts, first.own.name) == ("christmas", 0, True, "Christmas")
    assert first.markets == ("DE", "FR", "GB", "HK", "IN", "JP", "KR", "SG", "US")


def test_one_market_writes_the_day_its_own_way() -> None:
    (first,) = next_holidays(today=date(2026, 12, 10), only=["FR"], limit=1)
    assert (first.own.name, first.own.lang, first.days_until) == ("Noël", "fr", 15)


def test_a_holiday_that_lasts_over_new_year_is_still_on() -> None:
    first = next(day for day in next_holidays(today=date(2031, 1, 3), only=["AE"]) if day.key == "ramadan")
    assert (first.starts_on, first.days_until, first.lasts) == (date(2030, 12, 26), -8, True)


def test_the_horizon_ends_where_asked() -> None:
    days = next_holidays(today=date(2026, 11, 20), within_days=7)
    assert {day.key for day in days} == {"thanksgiving", "black-friday"}


@pytest.mark.django_db
def test_materialising_twice_adds_nothing() -> None:
    years, markets = range(2026, 2028), ["CN", "AE"]
    made = materialise(years=years, markets=markets)
    assert made == HolidayOccurrence.objects.count() > 40
    assert materialise(years=years, markets=markets) == 0


@pytest.mark.django_db
def test_a_row_no_rule_gives_goes_unless_a_show_stands_on_it() -> None:
    wrong = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 9), ends_on=date(2027, 8, 9))
    kept = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 10), ends_on=date(2027, 8, 10))
    make_event(holiday=kept)
    materialise(years=[2027], markets=["CN"])
    found = HolidayOccurrence.objects.filter(key="qixi").values_list("starts_on", flat=True)
    assert (wrong.starts_on in found, sorted(found)) == (False, [date(2027, 8, 8), date(2027, 8, 10)])


@pytest.mark.django_db
def test_materialising_corrects_length_and_certainty() -> None:
    make_holiday(key="ramadan", market="AE", starts_on=date(2027, 2, 8), ends_on=date(2027, 2, 8))
    materialise(years=[2027], markets=["AE"])
    row = HolidayOccurrence.objects.get(key="ramadan")
    assert (row.ends_on, row.tentative) == (date(2027, 3, 8), True)


@pytest.mark.django_db
def test_a_row_is_made_on_first_use_and_only_for_real_days() -> None:
    row = occurrence_row(key="qixi", market="CN", starts_on=date(2027, 8, 8))
    assert row is not None
    assert occurrence_row(key="qixi", market="CN", starts_on=date(2027, 8, 8)) == row
    for key, market, day in (("qixi", "CN", 9), ("qixi", "FR", 8), ("qixi", "ZZ", 8)):
        assert occurrence_row(key=key, market=market, starts_on=date(2027, 8, day)) is None
    assert occurrence_row(key="qixi", market="CN", starts_on=date(1990, 8, 8)) is None
