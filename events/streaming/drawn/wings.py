"""The set around a piece: a roll of paper between two cloth wings in the show's colours and pattern.

An upright phone shows the middle two fifths of the frame: paper and piece. Wider screens show the wings.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from events.streaming.drawn.planes import HEIGHT, WIDTH

PAPER = (226, 628)  # left and right edge of the roll
FOLD = 38  # pixels from fold to fold of the cloth
LARGE = 2  # drawn this much larger: Pillow's own edges are hard
SEED = 1926


@dataclass(frozen=True)
class Cloth:
    """What the wings are made of: two colours as `#RRGGBB`, and which pattern is printed."""

    ground: str = "#6b2023"
    writing: str = "#e8d9bd"
    pattern: str = ""


def dressed(paper: Image.Image, cloth: Cloth, *, lit: float) -> Image.Image:
    """The frame with `paper` (of the frame's size) in the middle; `lit` 0 to 1 moves the light across."""
    shade = _folds(lit)
    wings = ImageChops.multiply(_printed(cloth), Image.merge("RGB", (shade, shade, shade)))
    edge = Image.new("L", (WIDTH, HEIGHT), 0)
    edge.paste(255, (PAPER[0], 0, PAPER[1], HEIGHT))
    # The roll hangs a hand before the cloth and throws its shadow on it.
    shadow = edge.filter(ImageFilter.GaussianBlur(14)).point(lambda value: value * 150 // 255)
    wings = Image.composite(Image.new("RGB", (WIDTH, HEIGHT), "#140c08"), wings, shadow)
    return Image.composite(paper, wings, edge)


def _folds(lit: float) -> Image.Image:
    row = Image.new("L", (WIDTH, 1))
    for x in range(WIDTH):
        fold = math.cos(x / FOLD * math.tau) * 0.5 + math.cos(x / FOLD * math.tau * 0.37 + 1) * 0.5
        near = 1 - abs(x / WIDTH - (0.12 + 0.76 * lit))
        row.putpixel((x, 0), round(255 * min(1.0, 0.42 + 0.13 * fold + 0.45 * near)))
    return row.resize((WIDTH, HEIGHT))


def _printed(cloth: Cloth) -> Image.Image:
    size = (WIDTH * LARGE, HEIGHT * LARGE)
    mask = Image.new("L", size, 0)
    PATTERNS.get(cloth.pattern, _strewn)(ImageDraw.Draw(mask), *size)
    print_ = Image.composite(
        Image.new("RGB", size, cloth.writing),
        Image.new("RGB", size, cloth.ground),
        mask.point(lambda v: v * 2 // 5),
    )
    return print_.reduce(LARGE)


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
