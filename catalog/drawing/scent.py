"""Scent and colour by Sorrel & Vane: glass, wax, metal, on clay paper."""

from PIL import Image, ImageDraw, ImageFont

from catalog.drawing.kit import Canvas, Shape
from catalog.drawing.lathe import Lathe
from catalog.drawing.paint import CLAY, Colour, Stops, curve, linear, noise, rgb

SORREL, PLUM, CREAM = rgb("#5E6B45"), rgb("#5B2A3C"), rgb("#F4EEE3")


INK = rgb("#221B18")


GOLD: Stops = [
    (0.0, rgb("#4A3312")),
    (0.28, rgb("#8E6A2C")),
    (0.5, rgb("#CFA65A")),
    (0.7, rgb("#F3DDA2")),
    (0.85, rgb("#FFF6DA")),
    (1.0, rgb("#E2C078")),
]


AMBER: Stops = [
    (0.0, rgb("#1E0A03")),
    (0.4, rgb("#5A260B")),
    (0.66, rgb("#9A4C16")),
    (0.85, rgb("#CC7A2C")),
    (1.0, rgb("#EFB568")),
]


CERAMIC: Stops = [
    (0.0, rgb("#5D6350")),
    (0.4, rgb("#8A927A")),
    (0.7, rgb("#B3BAA2")),
    (0.9, rgb("#D6DAC8")),
    (1.0, rgb("#EEF0E4")),
]


BLACK: Stops = [(0.0, rgb("#070606")), (0.5, rgb("#1E1B1A")), (0.8, rgb("#45403D")), (1.0, rgb("#8B8580"))]


def vanity(canvas: Canvas) -> None:
    canvas.backdrop(*CLAY, horizon=0.62)


def label(canvas: Canvas, x: float, y: float, lines: list[tuple[str, float]], colour: Colour) -> None:
    """Centred lines of spaced capitals, each with its height in units."""
    for text, height in lines:
        font = ImageFont.load_default(max(6, height * canvas.scale * 2))
        gap = height * canvas.scale * 0.5
        widths = [font.getlength(letter) for letter in text]
        wide, high = round(sum(widths) + gap * len(text)) + 4, round(height * canvas.scale * 3)
        drawn = Image.new("L", (wide, high))
        pen, across = ImageDraw.Draw(drawn), 2.0
        for letter, step in zip(text, widths, strict=True):
            pen.text((across, high / 2), letter, fill=255, font=font, anchor="lm")
            across += step + gap
        mask = drawn.reduce(2)
        left, top = canvas.px(x, y)
        canvas.fill(
            Shape(
                mask, (round(left - (mask.width - gap / 2) / 2), round(top - mask.height / 2)), canvas.scale
            ),
            colour,
        )
        y += height * 1.75


def emblem(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A sorrel leaf in a ring."""
    ring = canvas.ellipse(x, y, size, size).minus(canvas.ellipse(x, y, size * 0.92, size * 0.92))
    canvas.fill(ring, colour)
    leaf = canvas.polygon(
        curve(
            [
                (x, y - size * 0.66),
                (x + size * 0.26, y - size * 0.1),
                (x + size * 0.2, y + size * 0.24),
                (x, y + size * 0.34),
                (x - size * 0.2, y + size * 0.24),
                (x - size * 0.26, y - size * 0.1),
            ],
            closed=True,
        )
    )
    canvas.fill(leaf, colour)
    canvas.fill(canvas.stroke([(x, y + size * 0.2), (x, y + size * 0.72)], size * 0.06), colour)


def paper_label(canvas: Canvas, left: float, top: float, wide: float, high: float) -> Shape:
    paper = canvas.rounded(left, top, wide, high, 3)
    canvas.shade(paper.moved(1, 2).soft(2), 0.3)
    canvas.fill(paper, linear(paper.size, [(0, rgb("#FFFBF2")), (0.5, CREAM), (1, rgb("#CFC5B6"))], 10))
    return paper


def perfume(canvas: Canvas) -> None:
    """A square flacon of thick glass, a turned black stopper."""
    vanity(canvas)
    canvas.stand(500, 1000, 210, amount=0.5, flat=0.09)
    caustic = canvas.polygon([(560, 1006), (760, 1006), (900, 1060), (700, 1076)]).soft(22)
    canvas.glint(caustic, 0.38, rgb("#FFD9A0"))
    glass = canvas.rounded(284, 520, 432, 486, 30)
    canvas.fill(
        glass, linear(glass.size, [(0, rgb("#F6F0E4")), (0.5, rgb("#DDD2BF")), (1, rgb("#B7A68E"))], 40), 0.94
    )
    juice = canvas.rounded(318, 578, 364, 372, 16)
    canvas.fill(
        juice, linear(juice.size, [(0, rgb("#F3DCA6")), (0.5, rgb("#D9AE62")), (1, rgb("#A8742F"))], 62)
    )
    canvas.hollow(juice, 10, 0, 14, 0.5, rgb("#FFF0CC"))
    canvas.hollow(juice, -12, -10, 16, 0.4, rgb("#6B4316"))
    canvas.fill(canvas.rounded(318, 574, 364, 10, 5), rgb("#FFF6DF"), 0.75)
    tube = canvas.rounded(494, 520, 12, 410, 5)
    canvas.glint(tube.within(juice), 0.3)
    canvas.hollow(glass, 6, 7, 5, 0.85, rgb("#FFFFFF"))
    canvas.hollow(glass, -6, -7, 6, 0.45, rgb("#5D4A35"))
    canvas.glint(canvas.rounded(298, 548, 16, 420, 8).soft(2), 0.75)
    canvas.glint(canvas.polygon([(330, 540), (420, 540), (350, 940), (322, 940)]).soft(5).within(glass), 0.2)
    canvas.shade(canvas.rounded(322, 958, 356, 30, 12).soft(6).within(glass), 0.25, rgb("#7B5622"))
    canvas.glint(canvas.rounded(330, 984, 340, 6, 3).soft(1.5), 0.7)
    paper_label(canvas, 400, 690, 200, 176)
    emblem(canvas, 500, 736, 22, INK)
    label(canvas, 500, 790, [("SORREL & VANE", 12), ("No. 4", 15), ("VETIVER, RAIN", 9)], INK)
    collar = Lathe(canvas, 500, [(486, 66), (492, 70), (520, 70)], tilt=0.1)
    collar.paint(GOLD)
    stopper = Lathe(canvas, 500, [(330, 96), (340, 104), (420, 106), (478, 104), (488, 98)], tilt=0.1)
    canvas.shade(stopper.shape.moved(4, 12).soft(6).within(glass), 0.3)
    stopper.paint(BLACK)
    stopper.shine(-0.66, -0.5, 348, 474, 0.55, 4)
    stopper.shine(0.78, 0.88, 350, 470, 0.2, 4)
    canvas.fill(stopper.mouth(), linear(stopper.mouth().size, [(0, rgb("#6B6561")), (1, rgb("#1A1716"))], 30))


def candle(canvas: Canvas) -> None:
    """A candle in a sorrel-green cup, burning."""
    vanity(canvas)
    canvas.stand(500, 980, 196, amount=0.55)
    cup = Lathe(canvas, 500, [(610, 198), (700, 199), (900, 196), (960, 190), (980, 176)], tilt=0.17)
    cup.paint(CERAMIC)
    cup.canvas.texture(
        cup.shape, noise(cup.shape.size, scale=max(1.2, 2 * cup.shape.scale), strength=40), 0.07
    )
    wax = cup.mouth(inset=10)
    canvas.fill(cup.mouth(), rgb("#DDE0CF"))
    canvas.fill(wax, linear(wax.size, [(0, rgb("#FBEFD6")), (0.5, rgb("#FFF3D2")), (1, rgb("#E6CFA2"))], 20))
    canvas.hollow(wax, 8, 14, 10, 0.4)
    pool = canvas.ellipse(500, 614, 110, 17)
    canvas.fill(pool.soft(4), rgb("#FFE7AE"), 0.9)
    canvas.glint(canvas.ellipse(500, 612, 60, 9).soft(8), 0.8, rgb("#FFF7DA"))
    canvas.glint(canvas.ellipse(500, 560, 200, 190).soft(80), 0.3, rgb("#FFDD9A"))
    _flame(canvas, 500, 604)
    cup.shine(-0.68, -0.5, 660, 940, 0.45, 10)
    paper_label(canvas, 416, 770, 168, 124)
    emblem(canvas, 500, 806, 17, SORREL)
    label(canvas, 500, 846, [("HEDGEROW", 13), ("220 G", 9)], INK)


def _flame(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(canvas.stroke([(x, y + 8), (x + 2, y - 26)], 6), rgb("#2B1B12"))
    outer = canvas.polygon(
        curve(
            [
                (x + 2, y - 168),
                (x + 24, y - 92),
                (x + 30, y - 46),
                (x + 16, y - 12),
                (x, y - 6),
                (x - 16, y - 14),
                (x - 26, y - 50),
                (x - 18, y - 98),
            ],
            closed=True,
        )
    )
    canvas.glint(outer.soft(22), 0.7, rgb("#FFC55C"))
    canvas.fill(
        outer.soft(3),
        linear(
            outer.soft(3).size,
            [(0, rgb("#FFD777")), (0.5, rgb("#FFE9AE")), (0.85, rgb("#FFF8E2")), (1, rgb("#8FA5D8"))],
            90,
        ),
    )
    canvas.glint(canvas.ellipse(x + 1, y - 62, 11, 34).soft(5), 0.9)


def bath_oil(canvas: Canvas) -> None:
    """An amber bottle with a glass dropper."""
    vanity(canvas)
    canvas.stand(500, 1010, 138, amount=0.55)
    canvas.glint(canvas.ellipse(660, 1030, 120, 20).soft(18), 0.5, rgb("#F4A95A"))
    profile = [
        (470, 54),
        (500, 56),
        (530, 66),
        (566, 110),
        (606, 138),
        (660, 142),
        (980, 142),
        (1004, 136),
        (1010, 126),
    ]
    bottle = Lathe(canvas, 500, profile, tilt=0.13)
    bottle.paint(AMBER)
    oil = bottle.band(640, 1000)
    canvas.shade(oil, 0.26, rgb("#2B0F02"))
    bottle.shine(0.42, 0.84, 640, 980, 0.28, 16)
    canvas.fill(bottle.strip(0.3, 0.86, 660, 985).soft(14).within(bottle.shape), rgb("#F09A3E"), 0.35)
    bottle.shine(-0.78, -0.6, 600, 985, 0.72, 4)
    bottle.shine(-0.54, -0.5, 620, 960, 0.35, 2)
    bottle.shine(0.9, 0.95, 620, 960, 0.4, 2)
    paper = (
        bottle.band(720, 920)
        .minus(bottle.strip(-1, -0.84, 600, 1000))
        .minus(bottle.strip(0.84, 1, 600, 1000))
    )
    canvas.fill(
        paper, linear(paper.size, [(0, rgb("#E9E0D0")), (0.28, rgb("#FFFBF2")), (1, rgb("#B2A591"))], 0)
    )
    emblem(canvas, 500, 786, 20, PLUM)
    label(canvas, 500, 838, [("BATH OIL", 14), ("FIG LEAF, SALT", 9), ("100 ML", 9)], INK)
    collar = Lathe(canvas, 500, [(408, 64), (414, 68), (476, 68), (482, 64)], tilt=0.12)
    collar.paint(GOLD)
    bulb = Lathe(canvas, 500, [(236, 16), (244, 34), (280, 42), (340, 44), (384, 50), (412, 56)], tilt=0.12)
    bulb.paint(BLACK)
    bulb.shine(-0.62, -0.4, 256, 392, 0.5, 4)


def diffuser(canvas: Canvas) -> None:
    """A low bottle with seven reeds."""
    vanity(canvas)
    canvas.stand(500, 1010, 178, amount=0.5)
    for n, lean in enumerate((-150, -96, -50, 4, 52, 104, 160)):
        reed = canvas.stroke(
            [(500 + lean * 0.16, 690), (500 + lean, 238 + abs(lean) * 0.22 + (n % 3) * 16)], 8.5
        )
        canvas.fill(reed, linear(reed.size, [(0, rgb("#E3CDA8")), (1, rgb("#8F7348"))], 0))
    profile = [
        (668, 48),
        (676, 54),
        (716, 52),
        (748, 88),
        (790, 152),
        (840, 178),
        (940, 182),
        (1000, 170),
        (1010, 160),
    ]
    flask = Lathe(canvas, 500, profile, tilt=0.15)
    plum: Stops = [
        (0, rgb("#16080E")),
        (0.5, rgb("#452030")),
        (0.74, PLUM),
        (0.92, rgb("#8E5468")),
        (1, rgb("#C79AA8")),
    ]
    flask.paint(plum)
    flask.shine(-0.72, -0.54, 800, 980, 0.7, 5)
    flask.shine(-0.46, -0.42, 810, 960, 0.35, 3)
    flask.shine(0.86, 0.93, 820, 960, 0.4, 4)
    canvas.fill(flask.mouth(inset=8), rgb("#1A0B11"))
    paper_label(canvas, 412, 852, 176, 100)
    label(canvas, 500, 876, [("SORREL & VANE", 9), ("QUIET ROOM", 13), ("200 ML", 8)], INK)


DRAWINGS = {
    "perfume": perfume,
    "candle": candle,
    "bath-oil": bath_oil,
    "diffuser": diffuser,
}
