"""The set around a piece: a roll of paper between two cloth wings in the show's colours and pattern.

A phone held upright shows the roll and nothing else; wider screens show the wings.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from events.streaming.drawn.planes import HEIGHT, WIDTH, Planes

ROLL = (368, 912)  # left and right edge of the roll, on even pixels: colour has half as many
FOLD = 57  # pixels from fold to fold of the cloth
PRINTED = (1708, 960)  # the print is drawn larger than the frame: Pillow's own edges are hard
LIGHT_SECONDS = 48.0
SEED = 1926


@dataclass(frozen=True)
class Cloth:
    """What the wings are made of: two colours as `#RRGGBB`, and which pattern is printed."""

    ground: str = "#6b2023"
    writing: str = "#e8d9bd"
    pattern: str = ""


@dataclass(frozen=True)
class Wings:
    """The set without its paper, lit from the left and from the right."""

    evening: Planes
    morning: Planes

    @classmethod
    def of(cls, cloth: Cloth) -> "Wings":
        """Cut from a show's cloth."""
        evening, morning = (Planes.of(_hung(cloth, lit)) for lit in (0.0, 1.0))
        return cls(evening, morning)

    def at(self, seconds: float) -> Planes:
        """As they are seen at `seconds` of show time: the light wanders over and back."""
        there = abs(seconds / LIGHT_SECONDS * 2 % 2 - 1)
        return self.morning.mixed_with(self.evening, there * there * (3 - 2 * there))


def _hung(cloth: Cloth, lit: float) -> Image.Image:
    """Both wings and the shadow of the roll; `lit` 0 to 1 moves the light across."""
    shade = _folds(lit)
    wings = ImageChops.multiply(_printed(cloth), Image.merge("RGB", (shade, shade, shade)))
    edge = Image.new("L", (WIDTH, HEIGHT), 0)
    edge.paste(255, (ROLL[0], 0, ROLL[1], HEIGHT))
    # The roll hangs a hand before the cloth and throws its shadow on it.
    shadow = edge.filter(ImageFilter.GaussianBlur(24)).point(lambda value: value * 150 // 255)
    return Image.composite(Image.new("RGB", (WIDTH, HEIGHT), "#140c08"), wings, shadow)


def _folds(lit: float) -> Image.Image:
    row = Image.new("L", (WIDTH, 1))
    for x in range(WIDTH):
        fold = math.cos(x / FOLD * math.tau) * 0.5 + math.cos(x / FOLD * math.tau * 0.37 + 1) * 0.5
        near = 1 - abs(x / WIDTH - (0.12 + 0.76 * lit))
        row.putpixel((x, 0), round(255 * min(1.0, 0.42 + 0.13 * fold + 0.45 * near)))
    return row.resize((WIDTH, HEIGHT))


def _printed(cloth: Cloth) -> Image.Image:
    mask = Image.new("L", PRINTED, 0)
    PATTERNS.get(cloth.pattern, _strewn)(ImageDraw.Draw(mask), *PRINTED)
    print_ = Image.composite(
        Image.new("RGB", PRINTED, cloth.writing),
        Image.new("RGB", PRINTED, cloth.ground),
        mask.point(lambda v: v * 3 // 10),
    )
    return print_.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _strewn(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    dice = random.Random(SEED)  # noqa: S311 - the same cloth every time is wanted
    for _ in range(420):
        x, y, radius = dice.random() * width, dice.random() * height, 1.5 + 4 * dice.random() ** 3
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _waves(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for row in range(height // 40 + 2):
        for x in range(row % 2 * 80 - 80, width + 80, 160):
            for radius in (76, 54, 32):
                box = (x - radius, row * 40 - radius, x + radius, row * 40 + radius)
                pen.arc(box, 210, 330, fill=255, width=3)


def _lattice(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for y in range(0, height, 84):
        for x in range(0, width, 84):
            for inset in (10, 24):
                pen.rectangle((x + inset, y + inset, x + 84 - inset, y + 84 - inset), outline=255, width=3)


def _lines(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for place, x in enumerate(range(0, width, 44)):
        pen.rectangle((x, 0, x + (3, 3, 14, 6)[place % 4], height), fill=255)


PATTERNS: dict[str, Callable[[ImageDraw.ImageDraw, int, int], None]] = {
    "waves": _waves,
    "lattice": _lattice,
    "lines": _lines,
}
