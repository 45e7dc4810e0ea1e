"""What the studio's selects offer: holidays on their days, currencies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Brand, Price
from events.domain.calendar import Occurrence, next_holidays
from events.holidays import days_of, load, markets
from events.holidays.regions import market_name
from events.models import HolidayOccurrence

PLAIN: dict[str, Any] = {"label_suffix": ""}
Choices = list[tuple[str, Any]]


def token(day: Occurrence | HolidayOccurrence) -> str:
    """A holiday on its day in its market as one form value: `qixi.CN.2027-08-08`."""
    return f"{day.key}.{day.market}.{day.starts_on.isoformat()}"


def day_of_token(value: str) -> Occurrence | None:
    """The occurrence `token` wrote; None when no rule gives it (any more)."""
    key, _dot, rest = value.partition(".")
    market, _dot, iso = rest.partition(".")
    try:
        on = date.fromisoformat(iso)
    except ValueError:
        return None
    if market not in markets():
        return None
    return next((day for day in days_of(on.year, market) if (day.key, day.starts_on) == (key, on)), None)


def holiday_choices(*, today: date, keep: HolidayOccurrence | None = None) -> Choices:
    """The next year's holidays under their markets; `keep` stays choosable although it may be over."""
    language = get_language() or "en"
    groups: Choices = []
    for market in markets():
        days = next_holidays(today=today, only=[market])
        options = [
            (
                f"{day.key}.{market}.{day.starts_on.isoformat()}",
                _labelled(day.info.name(language), market, day.starts_on),
            )
            for day in days
        ]
        groups.append((market_name(market), options))
    listed = {value for _name, options in groups for value, _label in options}
    if keep and token(keep) not in listed and keep.key in load():
        label = _labelled(load()[keep.key].name(language), keep.market, keep.starts_on)
        groups.insert(0, (_("As now"), [(token(keep), label)]))
    return [("", _("No holiday")), *groups]


def _labelled(name: str, market: str, on: date) -> str:
    return f"{name} {market}, {date_format(on, 'j M Y')}"


def currency_choices(brands: Iterable[Brand], *, keep: str = "") -> Choices:
    """The currencies these brands price in, and the shop's own."""
    priced = Price.objects.filter(variant__product__brand__in=brands).values_list("currency", flat=True)
    codes = {*priced.distinct(), settings.DEFAULT_CURRENCY, keep} - {""}
    return [(code, code) for code in sorted(codes)]
