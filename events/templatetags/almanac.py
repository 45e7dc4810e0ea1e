"""Holidays and zones in templates: `{% load almanac %}`."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.tz import do_timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.dates import city_name, date_format
from events.domain.calendar import NextHoliday, holiday_info
from events.holidays import HolidayInfo, Occurrence, Own
from events.holidays.regions import market_name as name_of_market
from events.models import HolidayOccurrence

register = template.Library()
LONG_WORD = 8  # letters; seven fill the poster's width
LINES = 2  # as high as the poster
BROAD, BROAD_LETTERS = 1.6, frozenset("mwMW")  # as many letters' width


@register.filter
def holiday_name(holiday: NextHoliday | Occurrence | HolidayOccurrence | HolidayInfo | str) -> str:
    """The holiday's name in the viewer's language; takes a holiday in any shape, or its key."""
    info = holiday_info(holiday) if isinstance(holiday, str) else _info(holiday)
    if info is None:
        return holiday if isinstance(holiday, str) else holiday.key
    return info.name(get_language() or "en")


def _info(holiday: NextHoliday | Occurrence | HolidayOccurrence | HolidayInfo) -> HolidayInfo | None:
    return holiday if isinstance(holiday, HolidayInfo) else holiday.info


@register.filter
def market_name(code: str) -> str:
    """`CN` as the viewer says it: China."""
    return name_of_market(code)


@register.filter
def market_marks(codes: Sequence[str]) -> SafeString:
    """The codes side by side, each with its name for whoever rests on it."""
    return _marks(tuple(codes), get_language() or "en")


@lru_cache(maxsize=512)
def _marks(codes: tuple[str, ...], _language: str) -> SafeString:
    named = ((name_of_market(code), code) for code in codes)
    return format_html_join(" ", '<span title="{}">{}</span>', named)


@register.filter
def month_heading(day: date) -> SafeString:
    """`March 2027` in the order of the viewer's language, the year quieter than the month."""
    before, year, after = date_format(day, "F Y").partition(str(day.year))
    # The year's own sign, as 年, stays with it.
    if after[:1].isalpha():
        year, after = year + after[0], after[1:]
    apart = format_html('<span class="quiet num">{}</span>', year) if year else ""
    return format_html("{}{}{}", before, apart, after)


@register.filter
def in_zone(moment: datetime, zone: str) -> datetime:
    """`moment` on the clocks of `zone`, an IANA name.

    The date filter would put any other time back into the viewer's zone.
    """
    there: datetime = do_timezone(moment, ZoneInfo(zone))
    return there


@register.filter
def zone_city(zone: str) -> str:
    """`Asia/Shanghai` as the viewer says it: Shanghai."""
    return city_name(zone)


@register.filter
def days_from(day: date, today: date) -> int:
    """Days from `today` to `day`."""
    return (day - today).days


@register.filter
def own_writing(holiday: HolidayOccurrence | None) -> Own | None:
    """How the day writes itself in the market of this occurrence; None when there is no holiday."""
    info = holiday.info if holiday else None
    return info.own(holiday.market) if info and holiday else None


@register.filter
def word_size(name: str) -> str:
    """Whether `name` fits a poster at full size: `long` when a word is, or it takes more than two lines."""
    words = name.split()
    widths = (sum(BROAD if letter in BROAD_LETTERS else 1 for letter in word) for word in words)
    return "long" if len(words) > LINES or max(widths, default=0) >= LONG_WORD else ""
