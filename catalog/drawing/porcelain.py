"""Bowls, cups and jars of Hanami Atelier."""

import math
import random

from catalog.drawing.kit import Canvas, Shape
from catalog.drawing.lathe import Lathe
from catalog.drawing.paint import WASHI, Colour, Point, Stops, curve, lighter, linear, noise, rgb

CELADON: Stops = [
    (0.0, rgb("#3E5147")),
    (0.4, rgb("#7F9A88")),
    (0.68, rgb("#B4C8B6")),
    (0.9, rgb("#DDE6D8")),
    (1.0, rgb("#F2F5EC")),
]


# Noise darker than this is a fleck of iron.
FLECK = 22
SNOW: Stops = [
    (0.0, rgb("#8D877C")),
    (0.38, rgb("#C9C3B6")),
    (0.65, rgb("#EBE6DB")),
    (0.88, rgb("#FAF7F0")),
    (1.0, rgb("#FFFEFA")),
]


INDIGO = rgb("#26375C")


def table(canvas: Canvas) -> None:
    canvas.backdrop(*WASHI, horizon=0.6)


def speckle(body: Lathe, amount: float, scale: float = 2.2) -> None:
    """Iron specks and uneven glaze, as from a wood kiln."""
    size = body.shape.size
    body.canvas.texture(
        body.shape, noise(size, scale=max(2, 26 * body.shape.scale), strength=46), amount * 0.5
    )
    specks = noise(size, scale=max(1.4, scale * body.shape.scale), strength=60)
    dark = specks.point([255 if v < FLECK else 0 for v in range(256)])
    body.canvas.shade(Shape(dark, body.shape.at, body.shape.scale).within(body.shape), amount * 1.4)


def inside(body: Lathe, wall: float, dark: Colour, light: Colour) -> Shape:
    """The opening of a bowl: its rim, and the far wall lit from the left."""
    rim, hole = body.mouth(), body.mouth(inset=wall)
    body.canvas.fill(rim, light)
    body.canvas.hollow(rim, -2, -4, 4, 0.25)
    body.canvas.fill(hole, linear(hole.size, [(0, dark), (0.55, lighter(dark, 0.25)), (1, light)], 24))
    body.canvas.hollow(hole, 10, 16, 14, 0.5)
    return hole


def tea_bowl(canvas: Canvas) -> None:
    """A white bowl whose glaze stops short of the foot."""
    table(canvas)
    canvas.stand(500, 872, 150, amount=0.6)
    foot = Lathe(canvas, 500, [(838, 118), (856, 112), (872, 110)], tilt=0.2)
    foot.paint([(0, rgb("#4B3325")), (0.6, rgb("#9A7457")), (1, rgb("#C9A482"))])
    profile = [(520, 298), (560, 306), (620, 300), (700, 276), (770, 232), (820, 178), (846, 136)]
    bowl = Lathe(canvas, 500, profile, tilt=0.22)
    bowl.paint(SNOW)
    clay = canvas.polygon(_drips()).within(bowl.shape)
    canvas.fill(clay, rgb("#8F6A4E"), 0.72)
    canvas.hollow(clay, 0, 8, 4, 0.35)
    speckle(bowl, 0.17)
    inside(bowl, 12, rgb("#A9A294"), rgb("#F7F3EA"))
    bowl.shine(-0.62, -0.44, 575, 730, 0.75, 7)
    bowl.shine(-0.36, -0.33, 580, 700, 0.4, 4)
    bowl.shine(0.82, 0.9, 600, 700, 0.22, 8)


def _drips() -> list[Point]:
    edge = [(170, 752), (250, 770), (310, 808), (370, 792), (430, 838), (500, 850), (560, 834), (620, 846)]
    edge += [(680, 800), (740, 806), (830, 748)]
    return [*curve(edge), (830, 930), (170, 930)]


def moon_vase(canvas: Canvas) -> None:
    """A round white jar with one branch of plum."""
    table(canvas)
    canvas.stand(470, 1010, 118, amount=0.62)
    profile = [
        (600, 74),
        (612, 82),
        (640, 150),
        (700, 212),
        (780, 238),
        (860, 222),
        (940, 172),
        (996, 118),
        (1010, 108),
    ]
    jar = Lathe(canvas, 470, profile, tilt=0.16)
    jar.paint(SNOW)
    speckle(jar, 0.06)
    jar.shine(-0.66, -0.46, 690, 880, 0.8, 10)
    jar.shine(0.8, 0.9, 760, 900, 0.2, 10)
    inside(jar, 9, rgb("#6F695F"), rgb("#EDE8DD"))
    _branch(canvas, jar)


def _branch(canvas: Canvas, jar: Lathe) -> None:
    stem = curve([(458, 606), (440, 520), (462, 430), (540, 340), (610, 290), (640, 214), (720, 150)])
    canvas.fill(_twig(canvas, stem, 15, 4), rgb("#3A2A22"))
    sides = [
        ([(462, 430), (400, 370), (372, 290), (320, 236)], 8),
        ([(610, 290), (700, 292), (770, 262)], 7),
        ([(500, 382), (520, 300), (500, 232)], 5),
    ]
    for points, width in sides:
        canvas.fill(_twig(canvas, curve(points), width, 2.5), rgb("#43322A"))
    canvas.shade(canvas.stroke([(458, 606), (452, 586)], 17).soft(3).within(jar.mouth()), 0.4)
    blossoms = [
        (720, 150, 30),
        (642, 226, 36),
        (770, 262, 27),
        (500, 232, 26),
        (320, 236, 30),
        (372, 300, 22),
    ]
    blossoms += [(560, 318, 32), (436, 402, 24), (690, 290, 20)]
    pick = random.Random(5)  # noqa: S311 - petals, not secrets
    for x, y, size in blossoms:
        _blossom(canvas, (x, y), size, pick.uniform(0, 72))


def _twig(canvas: Canvas, line: list[Point], start: float, end: float) -> Shape:
    twig = canvas.stroke(line[:4], start)
    for n in range(3, len(line) - 1, 6):
        width = start + (end - start) * n / len(line)
        twig = twig.plus(canvas.stroke(line[n : n + 8], width))
    return twig


def _blossom(canvas: Canvas, centre: Point, size: float, turn: float) -> None:
    x, y = centre
    for n in range(5):
        angle = math.radians(turn + n * 72)
        petal = canvas.ellipse(
            x + size * 0.52 * math.cos(angle), y + size * 0.5 * math.sin(angle), size * 0.5, size * 0.48
        )
        canvas.drop(petal, 3, 0.16)
        canvas.fill(petal, linear(petal.size, [(0, rgb("#FFF6F2")), (1, rgb("#E9B9B2"))], 50))
    for n in range(7):
        angle = math.radians(turn + n * 51)
        tip = (x + size * 0.34 * math.cos(angle), y + size * 0.34 * math.sin(angle))
        canvas.fill(canvas.stroke([(x, y), tip], 1.6), rgb("#B4574E"), 0.7)
        canvas.fill(canvas.ellipse(*tip, 2.6, 2.6), rgb("#C99A3E"))


def cups(canvas: Canvas) -> None:
    """Two small cups, one indigo and one white, made to be filled by the other."""
    table(canvas)
    blue: Stops = [(0, rgb("#0B1226")), (0.45, INDIGO), (0.75, rgb("#4C6294")), (1, rgb("#B4C0DC"))]
    _cup(canvas, 355, 800, blue, (rgb("#C9C3B6"), rgb("#F5F1E8")))
    _cup(canvas, 632, 880, SNOW, (rgb("#AFA99C"), rgb("#F7F3EA")))


def _cup(canvas: Canvas, x: float, base: float, glaze: Stops, inner: tuple[Colour, Colour]) -> None:
    canvas.stand(x, base, 86, amount=0.6, flat=0.2)
    profile = [(-212, 146), (-180, 150), (-120, 142), (-60, 118), (-26, 90), (-14, 78), (0, 82)]
    cup = Lathe(canvas, x, [(base + y, r) for y, r in profile], tilt=0.24)
    cup.paint(glaze)
    speckle(cup, 0.1)
    cup.shine(-0.68, -0.5, base - 180, base - 70, 0.7, 6)
    cup.shine(0.84, 0.92, base - 170, base - 90, 0.24, 6)
    hole = inside(cup, 8, *inner)
    tea = canvas.ellipse(x, base - 186, 118, 118 * 0.22).within(hole)
    canvas.fill(tea, linear(tea.size, [(0, rgb("#6F7A35")), (1, rgb("#A7AE5B"))], 20), 0.92)
    canvas.glint(canvas.ellipse(x - 40, base - 196, 34, 6).soft(3).within(tea), 0.6)


def plate(canvas: Canvas) -> None:
    """A round plate, mended along its cracks with gold."""
    canvas.backdrop(*WASHI)
    disc = canvas.ellipse(500, 640, 372, 372)
    canvas.drop(disc, 22, 0.42)
    canvas.fill(
        disc, linear(disc.size, [(0, rgb("#F4F6EE")), (0.45, rgb("#C3D3C4")), (1, rgb("#8FA896"))], 48)
    )
    canvas.round_off(disc, 14, dark=0.4, light=0.6)
    well = canvas.ellipse(500, 640, 262, 262)
    canvas.hollow(well, 16, 20, 20, 0.3)
    canvas.hollow(well, -14, -18, 18, 0.5, rgb("#FBFDF7"))
    canvas.texture(disc, noise(disc.size, scale=max(3, 60 * disc.scale), strength=50), 0.08)
    canvas.glint(canvas.ellipse(372, 470, 74, 22).soft(26), 0.5)
    for line, width in _cracks():
        seam = canvas.stroke(line, width).within(disc)
        canvas.shade(seam.moved(1.2, 2).soft(2).within(disc), 0.4)
        canvas.fill(
            seam, linear(seam.size, [(0, rgb("#F2DFA6")), (0.5, rgb("#BC9242")), (1, rgb("#7E5A20"))], 40)
        )


def _cracks() -> list[tuple[list[Point], float]]:
    main = [
        (690, 300),
        (664, 372),
        (676, 430),
        (630, 506),
        (640, 560),
        (580, 628),
        (590, 690),
        (540, 760),
        (552, 850),
        (520, 1020),
    ]
    branch = [(640, 560), (720, 590), (760, 572), (880, 616)]
    small = [(590, 690), (520, 680), (470, 720), (400, 706)]
    return [(curve(main, steps=5), 7.5), (curve(branch, steps=5), 6), (curve(small, steps=5), 5)]


DRAWINGS = {"tea-bowl": tea_bowl, "moon-vase": moon_vase, "cups": cups, "plate": plate}
