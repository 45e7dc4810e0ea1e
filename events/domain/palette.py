"""Two colours that are read together: their contrast by WCAG 2, as sRGB says it."""

import re

from django.utils.translation import gettext as _

from events.errors import BadAssortment

# What running text needs at level AA.
LEAST_CONTRAST = 4.5
HEX = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_BLACK_POINT, _LINEAR, _OFFSET, _SCALE, _GAMMA = 0.04045, 12.92, 0.055, 1.055, 2.4


def contrast(one: str, other: str) -> float:
    """The ratio of two `#rrggbb` colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_palette(ground: str, ink: str) -> None:
    """BadAssortment unless both are empty, or two hex colours whose writing can be read on the ground."""
    if not ground and not ink:
        return
    for field, value in (("ground", ground), ("ink", ink)):
        if not HEX.fullmatch(value):
            raise BadAssortment(field, _("Give both colours as #rrggbb, or leave both empty."))
    if (ratio := contrast(ground, ink)) < LEAST_CONTRAST:
        raise BadAssortment(
            "ink",
            _("These two are too close to be read: %(ratio)s to 1, and it takes 4.5. Go darker or lighter.")
            # Rounded down, so that 4.49 never reads as enough.
            % {"ratio": f"{int(ratio * 10) / 10:.1f}"},
        )


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    if part <= _BLACK_POINT:
        return part / _LINEAR
    return float(((part + _OFFSET) / _SCALE) ** _GAMMA)
