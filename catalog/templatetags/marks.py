"""The mark of a house: its initials in a frame, drawn by code, in its own ink."""

import re
from typing import Any

from django import template

from catalog.models import Brand

register = template.Library()

# Frames of 64 units, told apart at a glance: a ring within a ring, a lozenge, an arch, an octagon, a drop.
FRAMES = (
    "M32 2a30 30 0 1 1 0 60a30 30 0 1 1 0-60zM32 6a26 26 0 1 0 0 52a26 26 0 1 0 0-52z",
    "M32 1 63 32 32 63 1 32zM32 7 7 32 32 57 57 32z",
    "M8 62V28a24 24 0 0 1 48 0v34zM12 58V28a20 20 0 0 1 40 0v30z",
    "M20 2h24l18 18v24L44 62H20L2 44V20zM22 6 6 22v20l16 16h20l16-16V22L42 6z",
    (
        "M32 1c12 11 24 20 24 35a24 24 0 0 1-48 0C8 21 20 12 32 1z"
        "M32 7C22 16 12 24 12 36a20 20 0 0 0 40 0c0-12-10-20-20-29z"
    ),
)
MOST_LETTERS = 3


@register.inclusion_tag("catalog/_mark.html")
def house_mark(brand: Brand) -> dict[str, Any]:
    """`{% house_mark brand %}`: the same for a house on every page; said aloud by its name beside it."""
    letters = initials(brand.name)
    return {"frame": FRAMES[sum(brand.slug.encode()) % len(FRAMES)], "letters": letters}


def initials(name: str) -> str:
    """`MA` of Maison Aurèle, `S&V` of Sorrel & Vane, the first letter of a single word."""
    words = re.findall(r"[^\W_]+|&", name)
    return "".join(word[0] for word in words)[:MOST_LETTERS].upper()
