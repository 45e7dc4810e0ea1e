"""`|date` as every template uses it, in the order of the reader's language; built into the engine."""

from datetime import date, datetime

from django import template

from accounts.dates import date_format

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date_in_order(value: date | datetime | str | None, pattern: str = "DATE_FORMAT") -> str:
    """Django's own filter with the one difference; empty for what is no date."""
    if value is None or isinstance(value, str):
        return ""
    try:
        return date_format(value, pattern)
    except AttributeError:
        return ""
