"""The house's line icons: `{% load icons %}{% icon "close" %}`."""

import re
from functools import cache

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SPRITE = settings.BASE_DIR / "static" / "img" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="([a-z]+)" viewBox="0 0 24 24">(.*?)</symbol>', re.DOTALL)
SMALL = 18  # pixels; the other size is 24
# These point along the line of reading and turn with it.
TURNING = frozenset({"back", "next"})


@cache
def drawings() -> dict[str, str]:
    """Every icon's lines by name, as the sprite has them."""
    return dict(SYMBOL.findall(SPRITE.read_text()))


@register.simple_tag
def icon(name: str, size: int = SMALL) -> SafeString:
    """The drawing in the text's colour, `size` pixels square (18 or 24), hidden from readers.

    Name what it is in. Drawn into the page, so that it is there with its words; scripts take the same
    ones from the sprite.
    """
    css = "icon" + (" icon--large" if size > SMALL else "") + (" icon--turning" if name in TURNING else "")
    svg = f'<svg class="{css}" viewBox="0 0 24 24" width="{size}" height="{size}" aria-hidden="true">'
    return mark_safe(f"{svg}{drawings()[name]}</svg>")  # noqa: S308 - our own file


@register.simple_tag
def icon_names() -> list[str]:
    """Every icon there is, for the style page."""
    return list(drawings())
