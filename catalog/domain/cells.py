"""What one cell of a sheet of products means. Each reader raises ValueError with what to write instead."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from catalog.domain.pricing import MOST_MINOR_UNITS
from catalog.money import Money, exponent

DIGITS = re.compile(r"\d+", re.ASCII)
DECIMAL = re.compile(r"\d+(\.\d+)?", re.ASCII)
# 1,234.50 or 1 234,50 or 12,5: digits in groups, a comma or a point before the rest.
GROUPED = re.compile(r"(?P<whole>\d{1,3}(?:[ ,.'’]\d{3})*|\d+)(?:[.,](?P<rest>\d{1,2}))?", re.ASCII)
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
LOCAL = re.compile(
    r"(?P<wall>\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?) (?P<zone>[A-Za-z]\w+(?:/[\w+-]+)*)", re.ASCII
)


def sku(text: str) -> str:
    """A SKU; not what a spreadsheet made of a long number."""
    if ROUNDED.fullmatch(text):
        raise ValueError(
            _("The spreadsheet rounded this number. Format the column as text and enter it anew.")
        )
    return text


def whole(text: str, *, least: int, most: int) -> int:
    """A whole number between the two."""
    if not DIGITS.fullmatch(text) or not least <= int(text) <= most:
        raise ValueError(
            _("Write a whole number from %(least)d to %(most)d, in digits only.")
            % {"least": least, "most": most}
        )
    return int(text)


def price(text: str, currency: str) -> int:
    """Minor units of an amount such as 1234.50; nothing is ever rounded."""
    if not DECIMAL.fullmatch(text):
        raise ValueError(_plainer(text))
    places = exponent(currency)
    minor = Decimal(text).scaleb(places)
    if minor != minor.to_integral_value():
        raise ValueError(
            _("%(currency)s has %(places)d decimals, this has more.")
            % {"currency": currency, "places": places}
        )
    if minor > MOST_MINOR_UNITS:
        most = Money(MOST_MINOR_UNITS, currency).decimal
        raise ValueError(_("The most that can be charged is %(most)s.") % {"most": most})
    return int(minor)


def _plainer(text: str) -> str:
    found = GROUPED.fullmatch(text)
    if found is None:
        return _("Write an amount in digits, as 1234.50, without a currency.")
    digits = re.sub(r"\D", "", found["whole"])
    meant = f"{digits}.{found['rest']}" if found["rest"] else digits
    return _("Write %(meant)s: a point before the decimals, nothing between thousands.") % {"meant": meant}


def moment(text: str) -> datetime:
    """A moment that says its zone: 2026-12-01T19:00+01:00 or 2026-12-01 19:00 Europe/Paris."""
    if local := LOCAL.fullmatch(text):
        return _in_zone(datetime.fromisoformat(local["wall"]), local["zone"])
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(_("Write date, time and zone, as 2026-12-01 19:00 Europe/Paris."))
    return found.astimezone(UTC)


def _in_zone(wall: datetime, name: str) -> datetime:
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise ValueError(
            _("There is no time zone “%(name)s”. Write it as Europe/Paris.") % {"name": name}
        ) from wrong
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != wall:
        raise ValueError(
            _("The clocks go forward then; this time does not exist in %(name)s.") % {"name": name}
        )
    if wall.replace(tzinfo=zone).utcoffset() != wall.replace(tzinfo=zone, fold=1).utcoffset():
        raise ValueError(
            _("The clocks go back then; write this time with its offset, as 2026-10-25T02:30+01:00.")
        )
    return found


def options(text: str) -> dict[str, str]:
    """`Size: 38; Colour: Night` as names and values."""
    pairs = [[part.strip() for part in pair.split(":", 1)] for pair in text.split(";")]
    pairs = [pair for pair in pairs if pair != [""]]
    if not all(len(pair) == len(("name", "value")) and all(pair) for pair in pairs):
        raise ValueError(_("Write options as “Size: 38; Colour: Night”."))
    return dict(pairs)


def written_options(options: dict[str, str]) -> str:
    """The other way round."""
    return "; ".join(f"{name}: {value}" for name, value in options.items())


def written_moment(at: datetime | None) -> str:
    """A moment in UTC, to the second, or nothing."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""
