"""What the studio's selects offer: holidays on their days, currencies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.dates import date_format
from catalog.models import Brand, Price
from events.domain.calendar import Occurrence, find_day, next_holidays
from events.holidays import markets
from events.holidays.regions import market_name
from events.models import Assortment, HolidayOccurrence

PLAIN: dict[str, Any] = {"label_suffix": ""}
Choices = list[tuple[str, Any]]
MOST_EDITIONS = 60


def token(day: Occurrence | HolidayOccurrence) -> str:
    """A holiday on its day in its market as one form value: `qixi.CN.2027-08-08`."""
    return f"{day.key}.{day.market}.{day.starts_on.isoformat()}"


def day_of_token(value: str, *, brands: Iterable[Brand] = ()) -> Occurrence | None:
    """The occurrence `token` wrote, as everybody or one of `brands` keeps it; None when there is none."""
    key, _dot, rest = value.partition(".")
    market, _dot, iso = rest.partition(".")
    try:
        on = date.fromisoformat(iso)
    except ValueError:
        return None
    found = (find_day(key, market, on, brand) for brand in (None, *brands))
    return next((day for day in found if day), None)


def holiday_choices(
    *, today: date, keep: HolidayOccurrence | None = None, brand: Brand | None = None
) -> Choices:
    """The next year's holidays under their markets; `keep` stays choosable although it may be over."""
    language = get_language() or "en"
    groups: dict[str, Choices] = {market: [] for market in markets()}
    for day in next_holidays(today=today, brand=brand):
        for market in day.markets:
            value = f"{day.key}.{market}.{day.starts_on.isoformat()}"
            groups[market].append((value, _labelled(day.info.name(language), market, day.starts_on)))
    choices: Choices = [(market_name(market), options) for market, options in groups.items()]
    listed = {value for options in groups.values() for value, _label in options}
    if keep and token(keep) not in listed and keep.info is not None:
        label = _labelled(keep.info.name(language), keep.market, keep.starts_on)
        choices.insert(0, (_("As now"), [(token(keep), label)]))
    return [("", _("No holiday")), *choices]


def edition_choices(
    brands: Iterable[Brand],
    *,
    holiday: Occurrence | HolidayOccurrence | None = None,
    keep: Assortment | None = None,
) -> Choices:
    """The brands' assortments a show may be for, those of `holiday` first; `keep` stays choosable."""
    rows = Assortment.objects.filter(brand__in=brands).select_related("holiday").order_by("-opens_at", "pk")
    found = list(rows[:MOST_EDITIONS])
    if keep and keep not in found:
        found.insert(0, keep)
    place = (holiday.key, holiday.market, holiday.starts_on) if holiday else None
    found.sort(key=lambda one: place != _place(one.holiday))
    return [("", _("None")), *((one.public_id, one.title) for one in found)]


def _place(day: HolidayOccurrence | None) -> tuple[str, str, date] | None:
    return (day.key, day.market, day.starts_on) if day else None


def _labelled(name: str, market: str, on: date) -> str:
    return f"{name} {market}, {date_format(on, 'j M Y')}"


def currency_choices(brands: Iterable[Brand], *, keep: str = "") -> Choices:
    """The currencies these brands price in, and the shop's own."""
    priced = Price.objects.filter(variant__product__brand__in=brands).values_list("currency", flat=True)
    codes = {*priced.distinct(), settings.DEFAULT_CURRENCY, keep} - {""}
    return [(code, code) for code in sorted(codes)]
