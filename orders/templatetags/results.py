"""Figures of shows in templates: `{% load results %}`. What nobody counted is a dash, never a zero."""

from django import template
from django.utils.formats import number_format

from catalog.money import Money
from orders.insights.compare import Kind, Line
from orders.insights.figures import Figures

register = template.Library()
DASH = "–"


@register.filter
def this_year(line: Line) -> str:
    return _written(line.kind, line.values[0])


@register.filter
def last_year(line: Line) -> str:
    return _written(line.kind, line.values[1])


@register.filter
def change(line: Line) -> str:
    """`+12.5 %` of counts and money; of shares the difference in points, `+1.2`."""
    if line.change is None:
        return DASH
    sign = "+" if line.change > 0 else "−" if line.change < 0 else "±"
    size = _tenths(abs(line.change))
    return f"{sign}{size}" if line.kind == Kind.SHARE else f"{sign}{size} %"


@register.filter
def moved(line: Line) -> str:
    """`up`, `down` or `same`; refunds that fall are no better than they are, so nothing says good or bad."""
    if not line.change:
        return "same"
    return "up" if line.change > 0 else "down"


@register.simple_tag
def net_of(figures: Figures | None) -> list[Money]:
    """What stayed, per currency, the largest currency first by name."""
    if figures is None:
        return []
    return [Money(taken.net, currency) for currency, taken in sorted(figures.takings.items())]


def _written(kind: Kind, value: Money | int | None) -> str:
    if value is None:
        return DASH
    if isinstance(value, Money):
        return value.format()
    if kind == Kind.COUNT:
        return str(number_format(value, force_grouping=True))
    return f"{_tenths(value)} %" if kind == Kind.SHARE else _tenths(value)


def _tenths(hundredths: int) -> str:
    """Hundredths with one decimal, rounded half up: `1250` is `12.5`."""
    whole, tenth = divmod((hundredths + 5) // 10, 10)
    return str(number_format(whole + tenth / 10, decimal_pos=1, force_grouping=True))
