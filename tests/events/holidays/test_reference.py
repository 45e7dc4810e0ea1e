"""The rules against dated reference tables for 2024 to 2035 (see docs/holidays.md for their sources)."""

from datetime import date

import pytest

from events.holidays import days_of, load

YEARS = range(2024, 2036)

LUNAR = {
    "lunar-new-year": "02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08",
    "qixi": "08-10 08-29 08-19 08-08 08-26 08-16 08-05 08-24 08-12 08-01 08-20 08-10",
    "dragon-boat-festival": "06-10 05-31 06-19 06-09 05-28 06-16 06-05 06-24 06-12 06-01 06-20 06-10",
    "mid-autumn-festival": "09-17 10-06 09-25 09-15 10-03 09-22 09-12 10-01 09-19 09-08 09-27 09-16",
}
DIWALI = "10-31 10-20 11-08 10-29 10-17 11-05 10-26 11-14 11-02 10-22 11-10 10-30"
THANKSGIVING = "11-28 11-27 11-26 11-25 11-23 11-22 11-28 11-27 11-25 11-24 11-23 11-22"
EASTER = "03-31 04-20 04-05 03-28 04-16 04-01 04-21 04-13 03-28 04-17 04-09 03-25"
MOTHERS_DAY_GB = "03-10 03-30 03-15 03-07 03-26 03-11 03-31 03-23 03-07 03-27 03-19 03-04"
MOTHERS_DAY_US = "05-12 05-11 05-10 05-09 05-14 05-13 05-12 05-11 05-09 05-08 05-14 05-13"


def dates(text: str) -> list[date]:
    return [date.fromisoformat(f"{year}-{day}") for year, day in zip(YEARS, text.split(), strict=True)]


def starts(key: str, market: str) -> list[date]:
    return [day.starts_on for year in YEARS for day in days_of(year, market) if day.key == key]


@pytest.mark.parametrize("key", LUNAR)
@pytest.mark.parametrize("market", ["CN", "HK", "TW"])
def test_lunar_festivals_fall_on_the_published_days(key: str, market: str) -> None:
    assert starts(key, market) == dates(LUNAR[key])


@pytest.mark.parametrize(
    ("key", "market", "table"),
    [
        ("diwali", "IN", DIWALI),
        ("thanksgiving", "US", THANKSGIVING),
        ("easter", "FR", EASTER),
        ("mothers-day", "GB", MOTHERS_DAY_GB),
        ("mothers-day", "US", MOTHERS_DAY_US),
        ("mothers-day", "CN", MOTHERS_DAY_US),
    ],
)
def test_moving_days_fall_on_the_published_days(key: str, market: str, table: str) -> None:
    assert starts(key, market) == dates(table)


def test_french_mothers_day_yields_to_pentecost() -> None:
    table = {2023: date(2023, 6, 4), 2026: date(2026, 5, 31), 2031: date(2031, 5, 25), 2034: date(2034, 6, 4)}
    found = {year: next(d.starts_on for d in days_of(year, "FR") if d.key == "mothers-day") for year in table}
    assert found == table


def test_black_friday_follows_thanksgiving_even_when_it_is_not_the_fourth_friday() -> None:
    thanksgiving, friday = starts("thanksgiving", "US"), starts("black-friday", "US")
    monday = starts("cyber-monday", "US")
    assert [(b - a).days for a, b in zip(thanksgiving, friday, strict=True)] == [1] * 12
    assert [(b - a).days for a, b in zip(thanksgiving, monday, strict=True)] == [4] * 12
    assert date(2024, 11, 29) in friday  # the fifth Friday of that November


def test_eid_follows_umm_al_qura() -> None:
    published = {2024: "2024-04-10", 2025: "2025-03-30", 2026: "2026-03-20", 2027: "2027-03-09"}
    found = {
        year: next(str(day.starts_on) for day in days_of(year, "AE") if day.key == "eid-al-fitr")
        for year in published
    }
    assert found == published


def test_two_ramadans_begin_in_2030() -> None:
    found = [day for day in days_of(2030, "AE") if day.key == "ramadan"]
    assert [(str(day.starts_on), str(day.ends_on)) for day in found] == [
        ("2030-01-05", "2030-02-03"),
        ("2030-12-26", "2031-01-23"),
    ]


def test_two_eids_begin_in_2033() -> None:
    found = [str(day.starts_on) for day in days_of(2033, "AE") if day.key == "eid-al-fitr"]
    assert found == ["2033-01-02", "2033-12-23"]


def test_laba_comes_twice_in_2060_and_not_at_all_in_2059() -> None:
    def laba(year: int) -> list[str]:
        return [str(day.starts_on) for day in days_of(year, "CN") if day.key == "laba"]

    assert (laba(2026), laba(2060)) == (["2026-01-26"], ["2060-01-11", "2060-12-30"])
    assert laba(2061) == []


def test_the_leap_month_of_2033_does_not_move_mid_autumn() -> None:
    # Many printed tables put the leap month after the seventh; it comes after the eleventh.
    assert [str(d.starts_on) for d in days_of(2033, "CN") if d.key == "mid-autumn-festival"] == ["2033-09-08"]


def test_solar_terms_fall_on_the_observatory_days() -> None:
    assert [str(day) for day in starts("qingming", "CN")[:4]] == [
        "2024-04-04", "2025-04-04", "2026-04-05", "2027-04-05",
    ]  # fmt: skip
    assert [str(day) for day in starts("winter-solstice", "CN")[:4]] == [
        "2024-12-21", "2025-12-21", "2026-12-22", "2027-12-22",
    ]  # fmt: skip


def test_fathers_day_is_another_day_in_taiwan_and_germany() -> None:
    def of(market: str) -> str:
        return next(str(day.starts_on) for day in days_of(2027, market) if day.key == "fathers-day")

    assert {code: of(code) for code in ("US", "TW", "DE")} == {
        "US": "2027-06-20",
        "TW": "2027-08-08",
        "DE": "2027-05-06",
    }


def test_tentative_are_the_days_somebody_still_decides() -> None:
    moving = {info.key for info in load().values() if any(dates.tentative for dates in info.dates)}
    assert moving == {"ramadan", "eid-al-fitr", "eid-al-adha", "dhanteras", "el-buen-fin"}


def test_a_published_day_is_no_longer_tentative() -> None:
    found = {
        day.starts_on: day.tentative
        for year in (2027, 2028)
        for day in days_of(year, "SG")
        if day.key == "eid-al-fitr"
    }
    assert found == {date(2027, 3, 10): False, date(2028, 2, 26): True}


def test_the_moon_is_seen_later_in_india() -> None:
    def eid(market: str) -> list[str]:
        return [str(day.starts_on) for day in days_of(2027, market) if day.key == "eid-al-fitr"]

    assert (eid("AE"), eid("SA"), eid("IN")) == (["2027-03-09"], ["2027-03-09"], ["2027-03-10"])


@pytest.mark.parametrize(
    ("key", "market", "table"),
    [
        # As gazetted and kept; 2020 to 2026.
        ("holi", "IN", "2020-03-10 2021-03-29 2022-03-18 2023-03-08 2024-03-25 2025-03-14 2026-03-04"),
        ("dhanteras", "IN", "2020-11-13 2021-11-02 2022-10-22 2023-11-10 2024-10-29 2025-10-18 2026-11-06"),
        (
            "loy-krathong",
            "TH",
            "2020-10-31 2021-11-19 2022-11-08 2023-11-27 2024-11-15 2025-11-05 2026-11-24",
        ),
        ("chuseok", "KR", "2020-09-30 2021-09-20 2022-09-09 2023-09-28 2024-09-16 2025-10-05 2026-09-24"),
        ("nowruz", "GB", "2020-03-20 2021-03-21 2022-03-21 2023-03-21 2024-03-20 2025-03-21 2026-03-21"),
        ("hanukkah", "US", "2020-12-11 2021-11-29 2022-12-19 2023-12-08 2024-12-26 2025-12-15 2026-12-05"),
    ],
)
def test_days_that_were_kept(key: str, market: str, table: str) -> None:
    found = [
        str(day.starts_on) for year in range(2020, 2027) for day in days_of(year, market) if day.key == key
    ]
    assert found == table.split()


def test_the_leap_eleventh_month_of_2033_moves_no_festival_of_the_new_year() -> None:
    def found(market: str, key: str) -> list[str]:
        return [str(day.starts_on) for day in days_of(2034, market) if day.key == key]

    assert (found("CN", "lunar-new-year"), found("KR", "seollal"), found("VN", "tet")) == (
        ["2034-02-19"], ["2034-02-18"], ["2034-02-19"],
    )  # fmt: skip
    assert [str(d.starts_on) for d in days_of(2034, "CN") if d.key == "laba"] == ["2034-01-27"]
    assert [str(d.starts_on) for d in days_of(2033, "CN") if d.key == "double-ninth"] == ["2033-10-01"]
