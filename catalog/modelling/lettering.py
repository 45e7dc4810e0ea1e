"""Labels: letters and marks drawn at four times their size and reduced. The letters are the site's own."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from catalog.modelling.kit import curve

FONTS = Path(__file__).resolve().parents[2] / "node_modules" / "@fontsource-variable"
FINER = 4
INK, CREAM, SORREL = "#221b18", "#f4eee3", "#5e6b45"


def serif(size: float, *, weight: int = 380, italic: bool = False) -> Any:
    """Fraunces."""
    slope = "italic" if italic else "normal"
    font = ImageFont.truetype(
        FONTS / "fraunces" / "files" / f"fraunces-latin-full-{slope}.woff2", round(size * FINER)
    )
    font.set_variation_by_axes([min(144, max(9, size)), weight, 0, 0])
    return font


def sans(size: float, *, weight: int = 450) -> Any:
    """Instrument Sans."""
    name = "instrument-sans-latin-wght-normal.woff2"
    font = ImageFont.truetype(FONTS / "instrument-sans" / "files" / name, round(size * FINER))
    font.set_variation_by_axes([weight])
    return font


class Label:
    """A sheet of `width` by `height` pixels; places are counted in them."""

    def __init__(self, width: int, height: int, ground: str = CREAM) -> None:
        self.size = (width, height)
        self.sheet = Image.new("RGB", (width * FINER, height * FINER), ground)
        self.pen = ImageDraw.Draw(self.sheet)

    def write(self, x: float, y: float, text: str, font: Any, *, spread: float = 0.0, ink: str = INK) -> None:
        """Text centred on x and y, its letters `spread` pixels apart."""
        steps = [font.getlength(letter) + spread * FINER for letter in text]
        across = x * FINER - (sum(steps) - spread * FINER) / 2
        for letter, step in zip(text, steps, strict=True):
            self.pen.text((across, y * FINER), letter, font=font, fill=ink, anchor="lm")
            across += step

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 1.0, ink: str = INK) -> None:
        points = [(x0 * FINER, y0 * FINER), (x1 * FINER, y1 * FINER)]
        self.pen.line(points, fill=ink, width=max(1, round(width * FINER)))

    def frame(self, gap: float, width: float = 1.0, ink: str = INK) -> None:
        """A line all around, `gap` pixels from the edge."""
        far = (self.size[0] - gap) * FINER, (self.size[1] - gap) * FINER
        self.pen.rectangle((gap * FINER, gap * FINER, *far), outline=ink, width=max(1, round(width * FINER)))

    def leaf(self, x: float, y: float, size: float, ink: str = INK, ground: str = CREAM) -> None:
        """The house's mark: a sorrel leaf in a ring, `size` pixels to each side."""
        x, y, size = x * FINER, y * FINER, size * FINER
        self.pen.ellipse(
            (x - size, y - size, x + size, y + size), outline=ink, width=max(1, round(size * 0.07))
        )
        self.pen.polygon([(x + size * a, y + size * b) for a, b in _LEAF], fill=ink)
        self.pen.line(
            [(x, y - size * 0.45), (x, y + size * 0.16)], fill=ground, width=max(1, round(size * 0.035))
        )
        self.pen.line([(x, y + size * 0.2), (x, y + size * 0.68)], fill=ink, width=max(1, round(size * 0.07)))

    def done(self) -> Image.Image:
        return self.sheet.resize(self.size, Image.Resampling.LANCZOS)


def _half() -> list[tuple[float, float]]:
    """The right side of the leaf, from its tip to its barbs and stalk: a shield, as sorrel's is."""
    side = curve([(0, -0.7), (0.13, -0.44), (0.2, -0.12), (0.2, 0.1), (0.32, 0.36)], 24)
    return [(float(a), float(b)) for a, b in [*side, (0.09, 0.22), (0.0, 0.26)]]


_LEAF = [*_half(), *[(-a, b) for a, b in reversed(_half())]]
