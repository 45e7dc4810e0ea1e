"""Holidays and zones in templates: `{% load almanac %}`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language

from events.domain.calendar import NextHoliday
from events.holidays import HolidayInfo, Occurrence, Own, load
from events.holidays.regions import market_name as name_of_market
from events.models import HolidayOccurrence

register = template.Library()


@register.filter
def holiday_name(holiday: NextHoliday | Occurrence | HolidayOccurrence | HolidayInfo | str) -> str:
    """The holiday's name in the viewer's language; takes a holiday in any shape, or its key."""
    key = holiday if isinstance(holiday, str) else holiday.key
    info = load().get(key)
    return info.name(get_language() or "en") if info else key


@register.filter
def market_name(code: str) -> str:
    """`CN` as the viewer says it: China."""
    return name_of_market(code)


@register.filter
def in_zone(moment: datetime, zone: str) -> datetime:
    """`moment` on the clocks of `zone`, an IANA name."""
    return moment.astimezone(ZoneInfo(zone))


@register.filter
def zone_city(zone: str) -> str:
    """`America/New_York` as people say it: New York."""
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


@register.filter
def days_from(day: date, today: date) -> int:
    """Days from `today` to `day`."""
    return (day - today).days


@register.filter
def own_writing(holiday: HolidayOccurrence | None) -> Own | None:
    """How the day writes itself in the market of this occurrence; None when there is no holiday."""
    info = load().get(holiday.key) if holiday else None
    return info.own(holiday.market) if info and holiday else None
