"""Colours as `#rrggbb`: mixing them, and finding the nearest that can be told from another (WCAG 2)."""

import colorsys
import re
from itertools import count

from events.holidays.book import contrast

__all__ = ["HEX", "MARK", "TEXT", "best_on", "contrast", "mix", "nearest", "readable"]

TEXT = 4.5  # running text, level AA
MARK = 3.0  # controls, marks and very large words
HEX = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
BLACK, WHITE = "#000000", "#ffffff"
_STEPS = 100


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_bytes(colour), _bytes(other), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def readable(colour: str, *grounds: str, towards: str, least: float = TEXT) -> str:
    """`colour`, moved `towards` another only as far as it takes to reach `least` on every one of `grounds`.

    Where not even that one does, it is that one: the caller has checked it, or has nothing better.
    """
    for step in range(_STEPS + 1):
        moved = mix(colour, towards, step / _STEPS)
        if all(contrast(moved, ground) >= least for ground in grounds):
            return moved
    return towards


def best_on(ground: str, *wished: str) -> str:
    """The first of `wished` that can be read on `ground`, else black or white: one of them always can."""
    for colour in wished:
        if contrast(colour, ground) >= TEXT:
            return colour
    return max((BLACK, WHITE), key=lambda colour: contrast(colour, ground))


def nearest(colour: str, other: str, least: float) -> str:
    """The same hue, lighter or darker by as little as possible, so that it reaches `least` on `other`.

    `least` is at most 4.5, which black or white reaches on any colour.
    """
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _bytes(colour)))
    for step in count():
        for sign in (-1, 1):
            moved = min(max(light + sign * step / _STEPS, 0), 1)
            found = _hex(colorsys.hls_to_rgb(hue, moved, saturation))
            if contrast(found, other) >= least:
                return found
    raise AssertionError  # pragma: no cover - the count has no end


def _bytes(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(parts: tuple[float, float, float]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in parts))
