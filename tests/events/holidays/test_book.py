"""The data of the holidays: complete, readable, and refused when it is not."""

import copy
import tomllib
from typing import Any

import pytest

from events.holidays import load, markets
from events.holidays.book import DATA, carriers, contrast, dates, holiday
from events.holidays.regions import ZONES, language_name, market_name

PROMISED = {
    "lunar-new-year", "lantern-festival", "qingming", "dragon-boat-festival", "qixi", "ghost-festival",
    "mid-autumn-festival", "double-ninth", "laba", "winter-solstice", "singles-day", "double-12", "618",
    "520", "women-day", "valentines-day", "white-day", "golden-week", "mothers-day", "fathers-day",
    "black-friday", "cyber-monday", "thanksgiving", "christmas", "easter", "halloween", "diwali", "holi",
    "eid-al-fitr", "eid-al-adha", "ramadan", "nowruz", "hanukkah", "songkran", "tet", "seollal", "chuseok",
    "tanabata",
}  # fmt: skip


def test_the_promised_holidays_are_kept() -> None:
    assert sorted(PROMISED - load().keys()) == []
    assert len(load()) >= 60


def test_the_promised_markets_are_kept_and_have_a_zone_and_carriers() -> None:
    promised = {"CN", "HK", "TW", "JP", "KR", "VN", "TH", "SG", "IN", "AE", "US", "GB", "FR", "DE"}
    assert promised - set(markets()) == set()
    assert sorted(ZONES) == sorted(carriers()) == list(markets())


def test_parcels_stand_still_only_for_holidays_their_market_keeps() -> None:
    wrong = [
        (market, rest["key"])
        for market, carrier in carriers().items()
        for rest in carrier["closed"]
        if market not in load()[rest["key"]].markets
    ]
    assert wrong == []


@pytest.mark.parametrize("key", load())
def test_every_day_says_its_name_and_greeting(key: str) -> None:
    info = load()[key]
    assert all((own.lang, own.name, own.greeting) for own in info.writings)
    assert (info.native, info.native_lang, info.greeting) == (
        info.writings[0].name, info.writings[0].lang, info.writings[0].greeting,
    )  # fmt: skip


@pytest.mark.parametrize("key", load())
def test_every_day_is_explained_in_both_languages(key: str) -> None:
    info = load()[key]
    for language in ("en", "zh-hans"):
        assert all((info.name(language), info.greeting_in(language), info.who(language)))
        assert min(len(info.customs(language)), len(info.avoid(language))) >= 1
    assert info.who("en") != info.who("zh-hans")
    assert len(info.customs("en")) == len(info.customs("zh-hans"))
    assert len(info.avoid("en")) == len(info.avoid("zh-hans"))
    assert info.relevances


def test_a_writing_names_only_markets_that_keep_the_day() -> None:
    stray = [
        (info.key, own.lang, sorted(own.markets - set(info.markets)))
        for info in load().values()
        for own in info.writings
        if own.markets - set(info.markets)
    ]
    assert stray == []


def test_relevance_is_asked_by_category() -> None:
    diwali = load()["diwali"]
    assert [diwali.relevance(word) for word in ("jewellery", "scent", "leather", "nonsense")] == [3, 2, 0, 0]


def test_a_day_writes_itself_as_its_market_does() -> None:
    christmas = load()["christmas"]
    assert [christmas.own(market).name for market in ("FR", "DE", "GB", "JP")] == [
        "Noël", "Weihnachten", "Christmas", "クリスマス",
    ]  # fmt: skip
    assert (load()["qixi"].native, load()["diwali"].native, load()["singles-day"].native) == (
        "七夕", "दिवाली", "双十一",
    )  # fmt: skip


def test_names_follow_the_language_and_fall_back_to_english() -> None:
    qixi = load()["qixi"]
    assert [qixi.name(tag) for tag in ("zh-hans", "en-gb", "sv")] == [
        "七夕节",
        "Qixi Festival",
        "Qixi Festival",
    ]


@pytest.fixture
def table() -> dict[str, Any]:
    """A table that is right, to be spoiled."""
    return copy.deepcopy(tomllib.loads((DATA / "china.toml").read_text(encoding="utf-8"))["qixi"])


def test_a_right_table_is_taken(table: dict[str, Any]) -> None:
    assert holiday("qixi", table) == load()["qixi"]


@pytest.mark.parametrize("part", ["names", "greetings", "who", "customs", "avoid"])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_holiday_without_one_of_the_two_languages_is_refused(
    part: str, language: str, table: dict[str, Any]
) -> None:
    del table[part][language]
    with pytest.raises(ValueError, match=rf"x has no {part} in \['{language}'\]"):
        holiday("x", table)


def test_an_unknown_word_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"x says \['colors'\]"):
        holiday("x", table | {"colors": []})


def test_colours_that_cannot_be_read_are_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"contrast of 4\.5"):
        holiday("x", table | {"colours": ["#888888", "#999999"]})


@pytest.mark.parametrize("relevance", [{"shoes": 3}, {"silk": 4}, {"silk": 0}])
def test_a_relevance_there_is_not_is_refused(relevance: dict[str, int], table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no such relevance"):
        holiday("x", table | {"relevance": relevance})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"rule": "full-moon"}, "asks for the rule 'full-moon'"),
        ({"rule": "fixed", "month": 2, "day": 30}, "day must lie between 1 and 29"),
        ({"rule": "fixed", "month": 13, "day": 1}, "month must lie between 1 and 12"),
        ({"rule": "lunar", "month": 8, "day": 15, "hour": 3}, r"lunar takes no \['hour'\]"),
        ({"rule": "nth-weekday", "month": 5, "weekday": "someday", "nth": 1}, "no weekday 'someday'"),
        ({"rule": "nth-weekday", "month": 5, "weekday": "sunday", "nth": 5}, "nth must be 1 to 4"),
        ({"rule": "easter", "rite": "northern"}, "rite must be western or orthodox"),
        ({"rule": "hijri", "month": 9, "day": 1, "offset": 2}, "offset must lie between -1 and 1"),
        ({"rule": "tithi", "month": "may", "tithi": 1, "at": "dusk"}, "there is no month 'may'"),
        ({"rule": "fixed", "month": 1, "day": 1, "published": [1]}, "int"),
    ],
)
def test_dates_that_make_no_sense_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises((ValueError, AttributeError), match=message):
        dates("x", {"markets": ["CN"], **wrong})


def test_published_dates_name_their_source(table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="without their source"):
        dates("x", {"markets": ["CN"], "rule": "fixed", "month": 1, "day": 1, "published": table_dates()})


def table_dates() -> list[Any]:
    return tomllib.loads("days = [2027-01-02]")["days"]


def test_contrast_is_that_of_the_guidelines() -> None:
    assert (round(contrast("#000000", "#FFFFFF"), 1), round(contrast("#777777", "#FFFFFF"), 2)) == (
        21.0,
        4.48,
    )
    with pytest.raises(ValueError, match="is not a colour"):
        contrast("red", "#FFFFFF")


def test_markets_and_languages_are_named_for_the_reader() -> None:
    assert (market_name("CN", "en"), market_name("CN", "zh-hans"), market_name("CN", "xx-yy")) == (
        "China",
        "中国",
        "China",
    )
    assert (language_name("zh-Hans", "en"), language_name("fr", "zh-hans")) == (
        "Chinese (Simplified)",
        "法语",
    )
    assert language_name("not a tag") == "not a tag"
