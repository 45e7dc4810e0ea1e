"""The app's icons, drawn from the same outline as `static/img/mark.svg`."""

import io
from functools import cache

from PIL import Image, ImageDraw

INK, PAPER, SIGNAL = "#17130f", "#f6f2ea", "#c3341f"
# The letter on the mark's grid of 32, corner by corner, and the live dot: middle and radius.
LETTER = (
    (9, 23), (9, 9), (11.6, 9), (20.6, 19.6), (20.6, 9),
    (23, 9), (23, 23), (20.7, 23), (11.3, 12), (11.3, 23),
)  # fmt: skip
DOT = (26.4, 5.6, 2.1)
GRID = 32
SMOOTH = 4  # drawn this many times larger
# Name and how much of the side the mark takes. A launcher cuts maskable ones to a circle of 80 %.
ICONS = {
    "icon-192": (192, 1.0),
    "icon-512": (512, 1.0),
    "maskable-192": (192, 0.72),
    "maskable-512": (512, 0.72),
    "touch-180": (180, 0.86),
}


@cache
def icon(name: str) -> bytes:
    """The icon as PNG. Raises KeyError for a name that is not in ICONS."""
    side, share = ICONS[name]
    large = side * SMOOTH
    unit, edge = large * share / GRID, large * (1 - share) / 2
    picture = Image.new("RGB", (large, large), INK)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(edge + x * unit, edge + y * unit) for x, y in LETTER], fill=PAPER)
    x, y, radius = DOT
    box = [edge + (place + way * radius) * unit for way in (-1, 1) for place in (x, y)]
    pen.ellipse(box, fill=SIGNAL)
    out = io.BytesIO()
    picture.resize((side, side), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
