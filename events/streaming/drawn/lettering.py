"""What is written over the picture: the clock under the piece and, on wide screens, who hosts.

A phone shows the middle two fifths of the frame, and its room says the rest.
"""

import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from events.streaming.drawn.planes import HEIGHT, WIDTH
from events.streaming.drawn.wings import PAPER

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Ink = tuple[int, int, int]
LARGE = 4  # type is set this many times larger
MIDDLE = WIDTH // 2
STAGE = (14, 12, 11)
TEXT, QUIET, INK = (246, 242, 234), (214, 208, 199), (84, 72, 58)
SHADE = 190  # pixels
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
    """The overlay as RGBA, without its clock: the host at the lower right, on a shade to be legible."""
    picture = _shade()
    if card.host:
        _host(picture, card)
    return picture


def with_clock(picture: Image.Image, clock: str) -> Image.Image:
    """A copy of an overlay with the time written in it, on the paper under the piece."""
    timed = picture.copy()
    _centred(timed, HEIGHT - 30, clock, face(clock, SANS, 13, 500), INK)
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
    alpha.paste(rise.resize((WIDTH - PAPER[1], SHADE)), (PAPER[1], HEIGHT - SHADE))
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


def _centred(picture: Image.Image, top: float, text: str, font: Font, ink: Ink) -> None:
    _write(picture, (MIDDLE - _length(text, font) / 2, top), text, font, ink)


def _length(text: str, font: Font) -> float:
    return font.getlength(text) / LARGE


def _host(picture: Image.Image, card: Card) -> None:
    left, top, face_size = PAPER[1] + 18, HEIGHT - 128, 56
    if card.portrait is not None:
        whole = card.portrait
        side = min(whole.width * 3 // 4, whole.height)
        square = whole.crop((whole.width // 8, 0, whole.width // 8 + side, side))
        portrait = square.resize((face_size, face_size), Image.Resampling.LANCZOS).convert("RGBA")
        circle = Image.new("L", (4 * face_size, 4 * face_size), 0)
        ImageDraw.Draw(circle).ellipse((0, 0, 4 * face_size - 1, 4 * face_size - 1), fill=255)
        picture.paste(
            portrait, (left, top - 8), circle.resize((face_size, face_size), Image.Resampling.LANCZOS)
        )
    below = top + face_size + 2
    _write(picture, (left, below), card.host, face(card.host, SERIF, 17, 420), TEXT)
    font = face(card.headline, SANS, 11, 450)
    for line in wrapped(card.headline, lambda text: _length(text, font), WIDTH - left - 20)[:2]:
        below += 15 if below > top + face_size + 2 else 24
        _write(picture, (left, below), line, font, QUIET)


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
