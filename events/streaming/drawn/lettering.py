"""What is written over the picture, on the right wing: who hosts, and the clock.

Screens cut the frame to their own shape. Nothing is written on the roll, which is what a phone shows and
whose room says the rest; and nothing further out than the narrowest wide screen reaches.
"""

import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from events.streaming.drawn.planes import HEIGHT, WIDTH
from events.streaming.drawn.wings import ROLL

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Ink = tuple[int, int, int]
LARGE = 4  # type is set this many times larger
STAGE = (14, 12, 11)
TEXT, QUIET = (246, 242, 234), (214, 208, 199)
SHADE = 330  # pixels
# Between the roll and the edge of the middle ten ninths of the height, which stages of every desk show.
LEFT, RIGHT = ROLL[1] + 14, WIDTH // 2 + HEIGHT * 5 // 9
FOOT = HEIGHT - 44
PORTRAIT = 76
SMALLEST = 7
SERIF = "fraunces/files/fraunces-latin-opsz-normal.woff2"
SANS = "instrument-sans/files/instrument-sans-latin-wght-normal.woff2"
CJK = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
# Where the two Latin faces have letters: Latin and the general punctuation.
LATIN, PUNCTUATION = range(0x250), range(0x2000, 0x2070)


@dataclass(frozen=True)
class Card:
    """Who hosts. `portrait` is an upright RGB still."""

    host: str
    headline: str
    portrait: Image.Image | None = None


def lettering(card: Card) -> Image.Image:
    """The overlay as RGBA, without its clock: the host on the right wing, on a shade to be legible."""
    picture = _shade()
    if card.host:
        _host(picture, card)
    return picture


def with_clock(picture: Image.Image, clock: str) -> Image.Image:
    """A copy of an overlay with the time written under the host."""
    timed = picture.copy()
    _write(timed, (LEFT, FOOT), clock, face(clock, SANS, 12, 450), QUIET)
    return timed


def face(text: str, name: str, size: int, weight: int) -> Font:
    """The house's face where it has the letters, else one of the system's, else Pillow's own.

    Pillow's own draws a box for a letter it does not have; a face that is missing or damaged is passed over.
    """
    if all(ord(letter) in LATIN or ord(letter) in PUNCTUATION for letter in text):
        with contextlib.suppress(OSError):
            path = settings.NODE_MODULES / "@fontsource-variable" / name
            return _cut(ImageFont.truetype(str(path), size * LARGE), weight)
    for other in CJK:
        with contextlib.suppress(OSError):
            return ImageFont.truetype(other, size * LARGE)
    return ImageFont.load_default(size * LARGE)


def _cut(font: ImageFont.FreeTypeFont, weight: int) -> Font:
    values = {b"Weight": float(weight), b"Optical Size": 36.0}
    axes = font.get_variation_axes()
    font.set_variation_by_axes(
        [values.get(axis["name"] or b"", float(axis["default"] or 0)) for axis in axes]
    )
    return font


def _shade() -> Image.Image:
    """The stage's black rising from the foot of the right wing, nothing elsewhere."""
    rise = Image.new("L", (1, SHADE))
    for line in range(SHADE):
        rise.putpixel((0, line), round(190 * line / SHADE))
    alpha = Image.new("L", (WIDTH, HEIGHT), 0)
    alpha.paste(rise.resize((WIDTH - ROLL[1], SHADE)), (ROLL[1], HEIGHT - SHADE))
    picture = Image.new("RGBA", (WIDTH, HEIGHT), STAGE)
    picture.putalpha(alpha)
    return picture


def _write(picture: Image.Image, at: tuple[float, float], text: str, font: Font, ink: Ink) -> None:
    # Set large and made small: at ten pixels the rasteriser's own rounding tears words apart.
    _, _, right, bottom = font.getbbox(text)
    size = (math.ceil(right) + LARGE, math.ceil(bottom) + LARGE)
    mask = Image.new("L", (-(-size[0] // LARGE) * LARGE, -(-size[1] // LARGE) * LARGE))
    ImageDraw.Draw(mask).text((0, 0), text, font=font, fill=255)
    mask = mask.reduce(LARGE)
    picture.paste((*ink, 255), (round(at[0]), round(at[1])), mask)


def _length(text: str, font: Font) -> float:
    return font.getlength(text) / LARGE


def _host(picture: Image.Image, card: Card) -> None:
    """From the foot up: what the host knows, the name, the portrait."""
    below = FOOT - 8
    for size, weight, name, text, ink, high in (
        (13, 450, SANS, card.headline, QUIET, 19),
        (17, 420, SERIF, card.host, TEXT, 24),
    ):
        font, lines = fitted(text, name, size, weight)
        for line in reversed(lines[:4]):
            below -= high
            _write(picture, (LEFT, below), line, font, ink)
        below -= 6
    if card.portrait is not None:
        _round(picture, card.portrait, (LEFT, below - PORTRAIT - 6))


def _round(picture: Image.Image, portrait: Image.Image, at: tuple[int, int]) -> None:
    side = min(portrait.width * 3 // 4, portrait.height)
    square = portrait.crop((portrait.width // 8, 0, portrait.width // 8 + side, side))
    small = square.resize((PORTRAIT, PORTRAIT), Image.Resampling.LANCZOS).convert("RGBA")
    circle = Image.new("L", (LARGE * PORTRAIT, LARGE * PORTRAIT), 0)
    ImageDraw.Draw(circle).ellipse((0, 0, LARGE * PORTRAIT - 1, LARGE * PORTRAIT - 1), fill=255)
    picture.paste(small, at, circle.reduce(LARGE))


def fitted(text: str, name: str, size: int, weight: int) -> tuple[Font, list[str]]:
    """A face in which every word fits on the wing, no larger than `size`, and the lines."""
    while True:
        font = face(text, name, size, weight)
        lines = wrapped(text, partial(_length, font=font), RIGHT - LEFT)
        if size <= SMALLEST or all(_length(line, font) <= RIGHT - LEFT for line in lines):
            return font, lines
        size -= 1


def wrapped(text: str, length: Callable[[str], float], limit: float) -> list[str]:
    """Break `text` at spaces into lines no longer than `limit`; a word that is longer stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length(longer) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
