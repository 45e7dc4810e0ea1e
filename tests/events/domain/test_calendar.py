from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalog.models import Brand
from events.domain.calendar import (
    dates_ahead,
    find_day,
    holiday_info,
    materialise,
    next_holidays,
    occurrence_row,
    occurrences,
    same_holiday,
)
from events.errors import UnknownMarket
from events.holidays import load
from events.models import HolidayOccurrence, MovedDay
from tests.factories.catalog import make_brand
from tests.factories.events import make_assortment, make_event, make_holiday, make_own_day

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_year_of_a_market_is_in_order() -> None:
    days = occurrences(year=2027, market="JP")
    assert [day.key for day in days[:4]] == ["new-year", "coming-of-age-day", "valentines-day", "hinamatsuri"]
    assert [day.starts_on for day in days] == sorted(day.starts_on for day in days)


@pytest.mark.parametrize(("year", "market"), [(2027, "XX"), (2027, "cn"), (1999, "CN"), (2076, "CN")])
def test_what_the_tables_do_not_know_is_refused(year: int, market: str) -> None:
    with pytest.raises(UnknownMarket):
        occurrences(year=year, market=market)


def test_the_next_holidays_join_their_markets() -> None:
    (first,) = next_holidays(today=date(2026, 12, 25), limit=1)
    assert (first.key, first.days_until, first.lasts, first.own.name) == ("christmas", 0, True, "Christmas")
    assert first.markets == ("DE", "ES", "FR", "GB", "HK", "IN", "IT", "JP", "KR", "MX", "SG", "US")


def test_one_market_writes_the_day_its_own_way() -> None:
    (first,) = next_holidays(today=date(2026, 12, 20), only=["FR"], limit=1)
    assert (first.own.name, first.own.lang, first.days_until) == ("Noël", "fr", 5)


def test_a_holiday_that_lasts_over_new_year_is_still_on() -> None:
    first = next(day for day in next_holidays(today=date(2031, 1, 3), only=["AE"]) if day.key == "ramadan")
    assert (first.starts_on, first.days_until, first.lasts) == (date(2030, 12, 26), -8, True)


def test_the_horizon_ends_where_asked() -> None:
    days = next_holidays(today=date(2026, 11, 20), within_days=7)
    assert {day.key for day in days} == {"loy-krathong", "thanksgiving", "black-friday"}


def test_materialising_twice_adds_nothing() -> None:
    years, markets = range(2026, 2028), ["CN", "AE"]
    made = materialise(years=years, markets=markets)
    assert made == HolidayOccurrence.objects.count() > 40
    assert materialise(years=years, markets=markets) == 0


def test_a_row_no_rule_gives_goes_unless_a_show_stands_on_it() -> None:
    wrong = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 9), ends_on=date(2027, 8, 9))
    kept = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 10), ends_on=date(2027, 8, 10))
    make_event(holiday=kept)
    materialise(years=[2027], markets=["CN"])
    found = HolidayOccurrence.objects.filter(key="qixi").values_list("starts_on", flat=True)
    assert (wrong.starts_on in found, sorted(found)) == (False, [date(2027, 8, 8), date(2027, 8, 10)])


def test_materialising_corrects_length_and_certainty() -> None:
    make_holiday(key="ramadan", market="AE", starts_on=date(2027, 2, 8), ends_on=date(2027, 2, 8))
    materialise(years=[2027], markets=["AE"])
    row = HolidayOccurrence.objects.get(key="ramadan")
    assert (row.ends_on, row.tentative) == (date(2027, 3, 8), True)


def test_a_row_is_made_on_first_use_and_only_for_real_days() -> None:
    row = occurrence_row(key="qixi", market="CN", starts_on=date(2027, 8, 8))
    assert row is not None
    assert occurrence_row(key="qixi", market="CN", starts_on=date(2027, 8, 8)) == row
    for key, market, day in (("qixi", "CN", 9), ("qixi", "FR", 8), ("qixi", "ZZ", 8)):
        assert occurrence_row(key=key, market=market, starts_on=date(2027, 8, day)) is None
    assert occurrence_row(key="qixi", market="CN", starts_on=date(1990, 8, 8)) is None


def move(
    brand: Brand | None, to: str | None, *, key: str = "qixi", on: str = "2027-08-08", **over: Any
) -> MovedDay:
    """`brand` (None: everybody) keeps the day on `to` instead, or not at all."""
    day = date.fromisoformat(to) if to else None
    fields: dict[str, Any] = {"market": "CN", "starts_on": day, "ends_on": day, "reason": "Decree", "at": NOW}
    return MovedDay.objects.create(brand=brand, key=key, rule_date=date.fromisoformat(on), **(fields | over))


def qixi(brand: Brand | None = None, market: str = "CN") -> list[str]:
    days = occurrences(year=2027, market=market, brand=brand)
    return [str(day.starts_on) for day in days if day.key == "qixi"]


def test_a_day_moved_for_everybody_is_moved_for_everybody() -> None:
    move(None, "2027-08-10")
    assert (qixi(), qixi(make_brand()), qixi(market="TW")) == (["2027-08-10"], ["2027-08-10"], ["2027-08-08"])


def test_a_brand_moves_a_day_for_itself_only() -> None:
    ours, theirs = make_brand(), make_brand()
    move(ours, "2027-08-09")
    assert (qixi(), qixi(ours), qixi(theirs)) == (["2027-08-08"], ["2027-08-09"], ["2027-08-08"])


def test_a_brands_word_counts_more_than_the_platforms() -> None:
    ours = make_brand()
    move(ours, "2027-08-08")
    move(None, "2027-08-10")
    assert (qixi(), qixi(ours)) == (["2027-08-10"], ["2027-08-08"])


def test_a_day_that_is_not_kept_is_not_there() -> None:
    move(None, None)
    assert qixi() == []


def test_a_day_may_be_moved_into_another_year() -> None:
    move(None, "2027-01-02", key="new-year", on="2028-01-01")
    keys = {
        year: [d.key for d in occurrences(year=year, market="CN")].count("new-year") for year in (2027, 2028)
    }
    assert keys == {2027: 2, 2028: 0}


def test_a_moved_day_is_certain_and_knows_its_rule() -> None:
    move(None, "2027-03-11", key="eid-al-fitr", on="2027-03-09", market="AE")
    day = find_day("eid-al-fitr", "AE", date(2027, 3, 11))
    assert day is not None
    assert (day.tentative, day.moved_from, find_day("eid-al-fitr", "AE", date(2027, 3, 9))) == (
        False, date(2027, 3, 9), None,
    )  # fmt: skip


def test_a_brands_own_day_is_in_its_calendar_and_in_no_other() -> None:
    ours, theirs = make_brand(), make_brand()
    day = make_own_day(ours)
    found = next_holidays(today=date(2026, 11, 20), brand=ours)
    assert [(one.starts_on, one.markets, one.info.is_own) for one in found if one.key == day.key] == [
        (date(2027, 3, 5), ("CN", "FR"), True)
    ]
    for brand in (None, theirs):
        assert day.key not in {one.key for one in next_holidays(today=date(2026, 11, 20), brand=brand)}
        assert occurrence_row(key=day.key, market="FR", starts_on=date(2027, 3, 5), brand=brand) is None


def test_the_row_of_an_own_day_knows_its_name() -> None:
    day = make_own_day(make_brand())
    row = occurrence_row(key=day.key, market="FR", starts_on=date(2027, 3, 5), brand=day.brand)
    assert row is not None
    assert (row.own_day, row.info, holiday_info(day.key)) == (day, day.info, day.info)
    assert (day.info.name("en"), day.info.name("zh-hans"), day.info.own("CN").name) == (
        "Founder's day", "创始人日", "创始人日",
    )  # fmt: skip
    assert (holiday_info("qixi"), holiday_info("nobodys")) == (load()["qixi"], None)


def test_materialising_keeps_what_an_override_gave() -> None:
    ours = make_brand()
    move(ours, "2027-08-09")
    moved = occurrence_row(key="qixi", market="CN", starts_on=date(2027, 8, 9), brand=ours)
    own = occurrence_row(
        key=(day := make_own_day(ours)).key, market="CN", starts_on=date(2027, 3, 5), brand=ours
    )
    edition = make_assortment(
        holiday=make_holiday(key="qixi", starts_on=date(2027, 8, 7), ends_on=date(2027, 8, 7))
    )
    materialise(years=[2027], markets=["CN"])
    kept = HolidayOccurrence.objects.filter(key__in=["qixi", day.key])
    assert set(kept.values_list("pk", flat=True)) >= {moved.pk, own.pk, edition.holiday.pk}  # type: ignore[union-attr]
    assert sorted(str(row.starts_on) for row in kept) == [
        "2027-03-05",
        "2027-08-07",
        "2027-08-08",
        "2027-08-09",
    ]


@pytest.mark.parametrize(
    ("key", "market", "on", "years", "expected"),
    [
        ("qixi", "CN", "2027-08-08", -1, "2026-08-19"),
        ("qixi", "CN", "2027-08-08", 1, "2028-08-26"),
        ("qixi", "CN", "2027-08-08", -3, "2024-08-10"),
        ("ramadan", "AE", "2030-12-26", -1, "2030-01-05"),
        ("ramadan", "AE", "2030-01-05", 1, "2030-12-26"),
        ("laba", "CN", "2060-12-30", -1, "2060-01-11"),
        ("christmas", "FR", "2026-12-25", -1, "2025-12-25"),
    ],
)
def test_the_same_holiday_is_found_although_its_date_moved(
    key: str, market: str, on: str, years: int, expected: str
) -> None:
    day = find_day(key, market, date.fromisoformat(on))
    assert day is not None
    found = same_holiday(day, years=years)
    assert found is not None
    assert (found.key, found.market, str(found.starts_on)) == (key, market, expected)


def test_the_same_holiday_is_found_from_a_row_and_through_moves() -> None:
    ours = make_brand()
    move(ours, "2026-08-21", on="2026-08-19")
    row = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 9), ends_on=date(2027, 8, 9))
    found = [same_holiday(row, brand=brand) for brand in (None, ours)]
    assert [str(day.starts_on) for day in found if day] == ["2026-08-19", "2026-08-21"]


def test_there_is_no_holiday_before_the_tables_or_of_an_unknown_key() -> None:
    first = find_day("christmas", "FR", date(2000, 12, 25))
    assert first is not None
    unknown = make_holiday(key="nobodys")
    assert [same_holiday(first), same_holiday(unknown), same_holiday(first, years=0)] == [None, None, None]


def test_the_dates_ahead_of_one_holiday_join_their_markets() -> None:
    found = dates_ahead(load()["mothers-day"], today=date(2027, 4, 1), years=1)
    assert [(str(day.starts_on), day.markets) for day in found][:3] == [
        ("2027-05-02", ("ES",)),
        ("2027-05-09", ("CN", "DE", "HK", "IN", "IT", "JP", "SG", "TW", "US", "VN")),
        ("2027-05-10", ("MX",)),
    ]


def test_looking_ahead_asks_once_for_everybody_and_twice_for_a_brand(django_assert_num_queries: Any) -> None:
    ours = make_brand()
    for _ in range(3):
        make_own_day(ours)
    with django_assert_num_queries(1):
        next_holidays(today=date(2026, 11, 20))
    with django_assert_num_queries(2):
        next_holidays(today=date(2026, 11, 20), brand=ours)
