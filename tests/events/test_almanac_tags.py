from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from events.domain.calendar import next_holidays
from events.templatetags.almanac import days_from, holiday_name, in_zone, month_heading, word_size, zone_city
from tests.factories.events import make_holiday


@pytest.mark.django_db
def test_a_holiday_is_named_in_the_readers_language() -> None:
    row = make_holiday()
    with translation.override("zh-hans"):
        assert (holiday_name(row), holiday_name("qixi"), holiday_name("of-the-brand")) == (
            "双十一",
            "七夕节",
            "of-the-brand",
        )


@pytest.mark.django_db
def test_tags_speak_of_markets_zones_and_days() -> None:
    (day,) = next_holidays(today=date(2026, 12, 24), only=["FR"], limit=1)
    text = Template("{% load almanac %}{{ day|holiday_name }} {{ 'FR'|market_name }}").render(
        Context({"day": day})
    )
    assert text == "Christmas France"
    moment = datetime(2026, 12, 24, 20, tzinfo=UTC)
    assert f"{in_zone(moment, 'Asia/Tokyo'):%H:%M}" == "05:00"
    page = Template('{% load almanac %}{{ moment|in_zone:"Asia/Tokyo"|date:"j H:i" }}')
    assert page.render(Context({"moment": moment})) == "25 05:00"
    assert (zone_city("America/New_York"), days_from(date(2027, 1, 1), date(2026, 12, 30))) == ("New York", 2)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Diwali", ""),
        ("Nowruz", ""),
        ("Singles", ""),
        ("Women's Day", "long"),
        ("Saint-Valentin", "long"),
        ("Fête des pères", "long"),
        ("Eid al-Fitr", ""),
        ("", ""),
    ],
)
def test_a_word_too_broad_for_a_poster_is_set_smaller(name: str, size: str) -> None:
    assert word_size(name) == size


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", 'March <span class="quiet num">2027</span>'),
        ("zh-hans", '<span class="quiet num">2027年</span>3月'),
        ("fr", 'mars <span class="quiet num">2027</span>'),
    ],
)
def test_a_month_stands_beside_its_year_in_the_order_of_the_language(language: str, said: str) -> None:
    with translation.override(language):
        assert month_heading(date(2027, 3, 1)) == said
