"""Silk and leather goods of Maison Aurèle, part one: what is woven."""

import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw

from catalog.drawing.kit import Canvas, Shape
from catalog.drawing.paint import CHAMOIS, Colour, Point, darker, field, lighter, noise, rgb

FULL_MOON = 8
IVORY, OXBLOOD, OCHRE = rgb("#F3EADA"), rgb("#7A2426"), rgb("#C58A3A")
NIGHT, ROSE, SAGE = rgb("#1F2A44"), rgb("#D9A79B"), rgb("#8C9A7E")


def desk(canvas: Canvas) -> None:
    canvas.backdrop(*CHAMOIS)


class Cloth:
    """A flat printed square that is warped into soft folds, lit, turned and laid down."""

    def __init__(self, canvas: Canvas, side: float) -> None:
        self.canvas = canvas
        self.pixels = max(64, round(side * canvas.scale))
        self.margin = round(self.pixels * 0.06)
        self.print = Image.new("RGBA", (self.pixels + 2 * self.margin,) * 2, (0, 0, 0, 0))

    def draw(self, motif: Callable[[ImageDraw.ImageDraw, float], None]) -> None:
        """Print with `motif(pen, unit)`; the square is 100 units wide, its corner at (0, 0)."""
        large = Image.new("RGB", (self.pixels * 2,) * 2)
        motif(ImageDraw.Draw(large), large.width / 100)
        self.print.paste(large.reduce(2), (self.margin, self.margin))

    def lay(
        self, centre: Point, angle: float, height: Callable[[float, float], float], *, rise: float = 1
    ) -> None:
        """Put the cloth on the paper, `height(u, v)` telling how far each point lifts from it."""
        sheet = self._folded(height)
        lit = field(sheet.size, lambda u, v: 0.5 + _slope(height, u, v) * 1.5 * rise, cells=84)
        alpha = sheet.getchannel("A")
        cloth = Shape(alpha, (0, 0), 1)
        drawn = _Sheet(sheet.convert("RGB"))
        drawn.texture(cloth, lit, 0.62)
        drawn.texture(cloth, _twill(sheet.size, self.canvas.scale), 0.07)
        done = drawn.image.convert("RGBA")
        done.putalpha(alpha)
        self._drop(done.rotate(angle, Image.Resampling.BICUBIC, expand=True), centre)

    def _folded(self, height: Callable[[float, float], float]) -> Image.Image:
        size, cells = self.print.size, 30
        step = size[0] / cells
        reach = self.pixels * 0.035

        def source(column: int, row: int) -> Point:
            u, v = column / cells, row / cells
            return (
                column * step + reach * (height(u + 0.02, v) - height(u - 0.02, v)) * 6,
                row * step + reach * (height(u, v + 0.02) - height(u, v - 0.02)) * 6,
            )

        mesh = []
        for row in range(cells):
            for column in range(cells):
                place = tuple(round(n * step) for n in (column, row, column + 1, row + 1))
                corners = (
                    source(column, row),
                    source(column, row + 1),
                    source(column + 1, row + 1),
                    source(column + 1, row),
                )
                mesh.append((place, tuple(n for corner in corners for n in corner)))
        return self.print.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)

    def _drop(self, sheet: Image.Image, centre: Point) -> None:
        x, y = self.canvas.px(*centre)
        at = (round(x - sheet.width / 2), round(y - sheet.height / 2))
        shape = Shape(sheet.getchannel("A"), at, self.canvas.scale)
        self.canvas.drop(shape, 11, 0.4)
        self.canvas.fill(shape, sheet.convert("RGB"))


class _Sheet(Canvas):
    """A canvas over a picture that exists, in its own pixels."""

    def __init__(self, image: Image.Image) -> None:
        super().__init__(image.size, (0, 0, image.width))
        self.image = image


def _slope(height: Callable[[float, float], float], u: float, v: float) -> float:
    """How much a point of the cloth leans towards the lamp."""
    return (height(u + 0.01, v + 0.013) - height(u - 0.01, v - 0.013)) * 4


def _twill(size: tuple[int, int], scale: float) -> Image.Image:
    """The fine diagonal of a silk twill."""
    pitch = max(3, round(3.4 * scale))
    tile = Image.new("L", (pitch, pitch), 116)
    for n in range(pitch):
        tile.putpixel((n, pitch - 1 - n), 176)
        tile.putpixel(((n + 1) % pitch, pitch - 1 - n), 96)
    sheet = Image.new("L", size)
    row = Image.new("L", (size[0], pitch))
    for x in range(0, size[0], pitch):
        row.paste(tile, (x, 0))
    for y in range(0, size[1], pitch):
        sheet.paste(row, (0, y))
    return ImageChops.blend(sheet, noise(size, scale=3, strength=30), 0.3)


def ripples(u: float, v: float) -> float:
    """A square shaken out once and left."""
    return (
        0.10 * math.sin(5.1 * u + 2.3 * v + 0.6)
        + 0.07 * math.sin(9.0 * v - 4.0 * u + 1.9)
        + 0.05 * math.sin(13.0 * u + 3.0 * v + 0.2) * v
        + 0.16 * math.exp(-(((u - v * 0.55 - 0.28) / 0.09) ** 2))
        + 0.12 * math.exp(-(((u + v * 0.7 - 1.18) / 0.07) ** 2))
    )


def _frame(pen: ImageDraw.ImageDraw, k: float, bands: Sequence[tuple[float, Colour]]) -> None:
    for inset, colour in bands:
        pen.rectangle((inset * k, inset * k, (100 - inset) * k, (100 - inset) * k), fill=colour)


def _moons(pen: ImageDraw.ImageDraw, k: float, radius: float, ground: Colour) -> None:
    """The month as a ring of moons: new on top, full at the foot."""
    for n in range(2 * FULL_MOON):
        angle = math.radians(n * 22.5 - 90)
        x, y, r = (50 + radius * math.cos(angle)) * k, (50 + radius * math.sin(angle)) * k, 2.9 * k
        pen.ellipse((x - r, y - r, x + r, y + r), fill=OCHRE)
        shadow = abs(n - FULL_MOON) / FULL_MOON
        if shadow:
            away = 2 * r * (1 - shadow) * (-1 if n < FULL_MOON else 1)
            pen.ellipse((x - r + away, y - r, x + r + away, y + r), fill=ground)
        if shadow == 1:
            pen.ellipse((x - r, y - r, x + r, y + r), outline=OCHRE, width=max(1, round(0.3 * k)))


def _star(
    pen: ImageDraw.ImageDraw, k: float, centre: Point, radius: float, points: int, colour: Colour
) -> None:
    outline = []
    for n in range(points * 2):
        reach = radius if n % 2 == 0 else radius * 0.38
        angle = math.pi * n / points - math.pi / 2
        outline.append(((centre[0] + reach * math.cos(angle)) * k, (centre[1] + reach * math.sin(angle)) * k))
    pen.polygon(outline, fill=colour)


def _ring(pen: ImageDraw.ImageDraw, k: float, radius: float, width: float, colour: Colour) -> None:
    c = 50 * k
    pen.ellipse(
        (c - radius * k, c - radius * k, c + radius * k, c + radius * k),
        outline=colour,
        width=max(1, round(width * k)),
    )


def _disc(pen: ImageDraw.ImageDraw, k: float, radius: float, colour: Colour) -> None:
    c = 50 * k
    pen.ellipse((c - radius * k, c - radius * k, c + radius * k, c + radius * k), fill=colour)


def _rays(pen: ImageDraw.ImageDraw, k: float, inner: float, outer: float, count: int, colour: Colour) -> None:
    for n in range(count):
        angle = 2 * math.pi * n / count
        half = math.pi / count * 0.42
        tip = (50 + outer * math.cos(angle), 50 + outer * math.sin(angle))
        feet = [
            (50 + inner * math.cos(angle + s * half), 50 + inner * math.sin(angle + s * half))
            for s in (-1, 1)
        ]
        pen.polygon([(x * k, y * k) for x, y in (feet[0], tip, feet[1])], fill=colour)


def _almanac(pen: ImageDraw.ImageDraw, k: float) -> None:
    """The print of the house square: sun, month and stars in the frame of a page."""
    _frame(pen, k, [(0, OXBLOOD), (1.4, IVORY), (2.2, OXBLOOD), (8.5, OCHRE), (9.1, NIGHT), (9.9, IVORY)])
    for n in range(24):
        along = 5.3 + (100 - 10.6) * n / 24
        for x, y in ((along, 5.3), (100 - along, 94.7), (5.3, 100 - along), (94.7, along)):
            _star(pen, k, (x, y), 1.5, 8, IVORY)
    for x, y in ((21, 21), (79, 21), (21, 79), (79, 79)):
        _star(pen, k, (x, y), 7.6, 16, ROSE)
        _star(pen, k, (x, y), 5.2, 8, OXBLOOD)
        _star(pen, k, (x, y), 2.0, 8, IVORY)
    _disc(pen, k, 36, NIGHT)
    _ring(pen, k, 34.6, 0.4, OCHRE)
    _moons(pen, k, 30, NIGHT)
    _ring(pen, k, 25.4, 0.4, OCHRE)
    _rays(pen, k, 12, 24, 32, OCHRE)
    _rays(pen, k, 12, 18.5, 64, ROSE)
    _disc(pen, k, 12.2, IVORY)
    _ring(pen, k, 11, 0.35, OXBLOOD)
    _star(pen, k, (50, 50), 8.4, 24, OXBLOOD)
    _disc(pen, k, 2.6, OCHRE)


def carre(canvas: Canvas) -> None:
    """The almanac square, shaken out on the desk."""
    desk(canvas)
    cloth = Cloth(canvas, 760)
    cloth.draw(_almanac)
    cloth.lay((500, 628), 9, ripples)


def _pleats(u: float, v: float) -> float:
    """Five falls of unequal width, loosening towards the fringe."""
    sway = u + 0.05 * math.sin(2.6 * v + 0.4) + 0.03 * math.sin(9 * u)
    return 0.2 * math.sin(19 * sway + 0.8 * math.sin(4 * sway)) * (0.5 + 0.5 * v) + 0.05 * math.sin(
        5 * v + 3 * u
    )


def _stole_print(pen: ImageDraw.ImageDraw, k: float) -> None:
    """Herringbone in two greens, a night border, and a fringe of cut threads."""
    _frame(pen, k, [(0, SAGE)])
    for column in range(34):
        for row in range(64):
            x, y = column * 3.0, row * 1.6
            lean = 1.5 if column % 2 else -1.5
            pen.line(
                (x * k, y * k, (x + 3) * k, (y + lean) * k),
                fill=lighter(SAGE, 0.3),
                width=max(1, round(0.42 * k)),
            )
    for y, high, colour in ((70.0, 0.7, IVORY), (72.4, 9.0, NIGHT), (83.0, 0.7, IVORY), (6.0, 0.7, IVORY)):
        pen.rectangle((0, y * k, 100 * k, (y + high) * k), fill=colour)
    pen.rectangle((0, 91 * k, 100 * k, 100 * k), fill=darker(SAGE, 0.45))
    for thread in range(110):
        x = thread * 0.92 + 0.3 * math.sin(thread * 2.7)
        pen.line(
            (x * k, 91 * k, (x + 0.5 * math.sin(thread * 1.7)) * k, 100 * k),
            fill=lighter(SAGE, 0.24),
            width=max(1, round(0.5 * k)),
        )


def stole(canvas: Canvas) -> None:
    """A cashmere and silk stole, its pleats falling from a fold."""
    desk(canvas)
    cloth = Cloth(canvas, 740)
    cloth.draw(_stole_print)
    cloth.lay((500, 640), -4, _pleats, rise=0.8)


DRAWINGS = {"carre": carre, "stole": stole}
