"""What is left, in words."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

from accounts.dates import date_format

register = template.Library()
FEW = 3
COUNTED = 9  # above, a number says nothing a person acts on


def number_word(number: int) -> str:
    """Small numbers as words, larger ones as figures."""
    words = {
        1: pgettext("pieces left", "one"),
        2: pgettext("pieces left", "two"),
        3: pgettext("pieces left", "three"),
        4: pgettext("pieces left", "four"),
        5: pgettext("pieces left", "five"),
        6: pgettext("pieces left", "six"),
        7: pgettext("pieces left", "seven"),
        8: pgettext("pieces left", "eight"),
        9: pgettext("pieces left", "nine"),
    }
    return words.get(number, str(number))


@register.filter
def pieces_left(free: int) -> str:
    """`Gone`, `Three left`, or that it is there."""
    if free <= 0:
        return gettext("Gone")
    if free > COUNTED:
        return gettext("Ready to send")
    left = ngettext("%(number)s left", "%(number)s left", free) % {"number": number_word(free)}
    return str(capfirst(left))


@register.filter
def window_text(card: dict[str, Any]) -> str:
    """Why the piece of a card is not sold at this moment, in two words; empty while it is."""
    now = timezone.now()
    opens_at, closes_at = _moment(card.get("opens_at")), _moment(card.get("closes_at"))
    if opens_at and now < opens_at:
        at = date_format(timezone.localtime(opens_at), "D j M, H:i")
        return gettext("Opens %(at)s") % {"at": at}
    return gettext("Closed") if closes_at and now >= closes_at else ""


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


@register.filter
def stock_class(free: int) -> str:
    """The look of what is left."""
    if free <= 0:
        return "stock--gone"
    return "stock--low" if free <= FEW else ""


@register.filter
def option_names(variants: list[dict[str, Any]]) -> str:
    """What the variants differ in, e.g. `Colour, Size`."""
    names = dict.fromkeys(name for variant in variants for name in variant["options"])
    return ", ".join(names) or gettext("Choose one")
