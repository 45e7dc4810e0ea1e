"""Dates as the reader's language writes them, from patterns as English reads them."""

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from accounts.dates import city_name, date_format

MOMENT = datetime(2026, 11, 22, 20, 5)  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize(
    ("language", "pattern", "written"),
    [
        ("en", "D j M, H:i", "Sun 22 Nov, 20:05"),
        ("en", "l, j F Y", "Sunday, 22 November 2026"),
        ("zh-hans", "D j M, H:i", "11月22日周日 20:05"),
        ("zh-hans", "l, j F Y", "2026年11月22日星期日"),
        ("zh-hans", "F Y", "2026年11月"),
        ("de", "j F Y", "22. November 2026"),
        ("ja", "l j F", "11月22日日曜日"),
        ("ar", "F", "نوفمبر"),
        ("zh-hans", "j", "22"),
        ("zh-hans", "Y-m-d", "2026-11-22"),
        ("qaa", "j M Y", "22 Nov 2026"),
    ],
)
def test_a_date_is_in_the_order_of_its_language(language: str, pattern: str, written: str) -> None:
    with override(language):
        assert date_format(MOMENT, pattern) == written


def test_templates_say_the_same_without_loading_anything() -> None:
    page = Template('{{ day|date:"j M Y" }}|{{ none|date:"j M Y" }}|{{ day|date:"c" }}')
    with override("zh-hans"):
        assert page.render(Context({"day": date(2026, 11, 22), "none": None})) == "2026年11月22日||2026-11-22"


@pytest.mark.parametrize(
    ("language", "zone", "city"),
    [
        ("en", "Europe/Paris", "Paris"),
        ("zh-hans", "Europe/Paris", "巴黎"),
        ("zh-hans", "Asia/Shanghai", "上海"),
        ("en", "America/New_York", "New York"),
        ("zh-hans", "Asia/Kolkata", "加尔各答"),
        ("zh-hans", "America/Argentina/Buenos_Aires", "布宜诺斯艾利斯"),
        ("zh-hans", "UTC", "UTC"),
        ("zh-hans", "Moon/Mare_Imbrium", "Mare Imbrium"),
        ("qaa", "Europe/Paris", "Paris"),
    ],
)
def test_a_zone_is_named_by_its_city_in_the_readers_language(language: str, zone: str, city: str) -> None:
    with override(language):
        assert city_name(zone) == city
    assert city_name(zone, language) == city
