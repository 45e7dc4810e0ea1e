"""What is written over the picture: brand, clock, the piece and the host, on a shade that keeps it legible.

A phone shows the middle 222 pixels of the frame, so everything a viewer must see stands there.
"""

import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from events.streaming.drawn.planes import HEIGHT, WIDTH
from events.streaming.drawn.shots import STAGE

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Ink = tuple[int, int, int]
LARGE = 4  # type is set this many times larger
MIDDLE = WIDTH // 2
COLUMN = 216
TEXT, QUIET, METAL = (237, 234, 230), (172, 168, 163), (201, 168, 113)
SERIF = "fraunces/files/fraunces-latin-opsz-normal.woff2"
SANS = "instrument-sans/files/instrument-sans-latin-wght-normal.woff2"
CJK = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
# Where the two Latin faces have letters: Latin and the general punctuation.
LATIN, PUNCTUATION = range(0x250), range(0x2000, 0x2070)


@dataclass(frozen=True)
class Caption:
    """The words over the picture. `portrait` is a square RGB still of the host."""

    brand: str
    name: str
    subtitle: str
    pinned: bool
    host: str
    headline: str
    portrait: Image.Image | None = None


def lettering(caption: Caption) -> Image.Image:
    """The overlay as RGBA, without its clock: shade, title in the middle column, host at the lower right."""
    picture = _shade()
    _centred(picture, 40, _spaced(caption.brand.upper()), face(caption.brand, SANS, 10, 600), TEXT)
    label = _("On the stage now") if caption.pinned else _("In this show")
    _centred(picture, 84, label, face(label, SANS, 10, 500), METAL)
    below = _name(picture, caption.name)
    _centred(picture, below + 4, caption.subtitle, face(caption.subtitle, SANS, 11, 450), QUIET)
    _host(picture, caption)
    return picture


def with_clock(picture: Image.Image, clock: str) -> Image.Image:
    """A copy of an overlay with the time written in it."""
    timed = picture.copy()
    _centred(timed, 58, clock, face(clock, SANS, 12, 500), QUIET)
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
    """The stage's black, strong behind the title and at the foot, nothing in between."""
    column = Image.new("L", (1, HEIGHT))
    for line in range(HEIGHT):
        top, foot = _ease((290 - line) / 160), _ease(1 - (HEIGHT - line) / 170)
        column.putpixel((0, line), round(255 * max(0.68 * top, 0.72 * foot)))
    picture = Image.new("RGBA", (WIDTH, HEIGHT), STAGE)
    picture.putalpha(column.resize((WIDTH, HEIGHT)))
    return picture


def _ease(share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def _spaced(text: str) -> str:
    return "\N{HAIR SPACE}\N{HAIR SPACE}".join(text)


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


def _name(picture: Image.Image, name: str) -> float:
    """Set the piece's name in at most two lines; returns where they end."""
    font = face(name, SERIF, 25, 420)
    top = 100.0
    for line in wrapped(name, lambda text: _length(text, font), COLUMN)[:2]:
        _centred(picture, top, line, font, TEXT)
        top += 30
    return top


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


def _host(picture: Image.Image, caption: Caption) -> None:
    right, top = WIDTH - 30, HEIGHT - 74
    if caption.portrait is not None:
        portrait = caption.portrait.resize((44, 44), Image.Resampling.LANCZOS).convert("RGBA")
        circle = Image.new("L", (176, 176), 0)
        ImageDraw.Draw(circle).ellipse((0, 0, 175, 175), fill=255)
        picture.paste(portrait, (right - 44, top), circle.resize((44, 44), Image.Resampling.LANCZOS))
        right -= 56
    name, headline = face(caption.host, SANS, 14, 600), face(caption.headline, SANS, 11, 450)
    _write(picture, (right - _length(caption.host, name), top + 5), caption.host, name, TEXT)
    _write(
        picture, (right - _length(caption.headline, headline), top + 25), caption.headline, headline, QUIET
    )
