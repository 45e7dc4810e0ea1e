import pytest

from events.holidays import load, markets
from events.holidays.book import _dates, _holiday
from events.holidays.regions import ZONES, language_name, market_name

PROMISED = {
    "lunar-new-year", "lantern-festival", "qingming", "dragon-boat-festival", "qixi", "mid-autumn-festival",
    "double-ninth", "singles-day", "double-12", "618", "520", "women-day", "valentines-day", "white-day",
    "golden-week", "mothers-day", "fathers-day", "black-friday", "cyber-monday", "thanksgiving", "christmas",
    "easter", "halloween", "eid-al-fitr", "eid-al-adha", "ramadan", "tanabata", "new-year", "diwali",
}  # fmt: skip


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_promised_holidays_are_kept() -> None:
    assert sorted(PROMISED - load().keys()) == []


def test_the_promised_markets_are_kept_and_have_a_zone() -> None:
    assert set(markets()) == {"CN", "HK", "TW", "JP", "KR", "VN", "SG", "IN", "AE", "US", "GB", "FR", "DE"}
    assert sorted(ZONES) == sorted(markets())


@pytest.mark.parametrize("key", load())
def test_the_writing_can_be_read_on_its_ground(key: str) -> None:
    dark, light = sorted(luminance(colour) for colour in load()[key].colours)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("key", load())
def test_every_day_says_its_name_and_greeting(key: str) -> None:
    info = load()[key]
    assert all((own.lang, own.name, own.greeting) for own in info.writings)
    assert (info.native, info.native_lang, info.greeting) == (
        info.writings[0].name, info.writings[0].lang, info.writings[0].greeting,
    )  # fmt: skip


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


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="asks for the rule 'full-moon'"):
        _dates("x", {"markets": ["CN"], "rule": "full-moon"})


def test_a_holiday_without_chinese_name_is_refused() -> None:
    with pytest.raises(ValueError, match="has no name in"):
        _holiday("x", {"names": {"en": "X"}, "colours": ["#000000", "#FFFFFF"], "own": [], "dates": []})


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
