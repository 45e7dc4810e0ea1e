"""Colour and care by Sorrel & Vane: metal, soap, cream."""

import math

from PIL import ImageDraw

from catalog.drawing.kit import Canvas
from catalog.drawing.lathe import Lathe
from catalog.drawing.paint import CLAY, Point, box, curve, linear, noise, rgb, turned
from catalog.drawing.scent import BLACK, GOLD, SORREL, emblem, label, vanity


def lipstick(canvas: Canvas) -> None:
    """A bullet of plum, its cap beside it."""
    vanity(canvas)
    canvas.stand(420, 1000, 84, amount=0.6, flat=0.2)
    base = Lathe(canvas, 420, [(770, 82), (776, 85), (992, 85), (1000, 82)], tilt=0.18)
    base.paint(BLACK)
    base.shine(-0.66, -0.48, 786, 996, 0.6, 3)
    base.shine(0.8, 0.9, 786, 996, 0.25, 3)
    sleeve = Lathe(canvas, 420, [(650, 68), (654, 70), (776, 70)], tilt=0.18)
    sleeve.paint(GOLD)
    sleeve.shine(-0.6, -0.5, 660, 778, 0.8, 3)
    canvas.shade(sleeve.band(766, 776), 0.5)
    _bullet(canvas)
    canvas.stand(660, 1010, 92, amount=0.6, flat=0.2)
    cap = Lathe(canvas, 660, [(690, 88), (698, 92), (1002, 92), (1010, 89)], tilt=0.18)
    cap.paint(BLACK)
    cap.shine(-0.68, -0.5, 706, 1006, 0.62, 3)
    cap.shine(-0.42, -0.39, 706, 1006, 0.25, 2)
    cap.shine(0.8, 0.9, 706, 1006, 0.25, 3)
    canvas.fill(cap.mouth(), linear(cap.mouth().size, [(0, rgb("#75706C")), (1, rgb("#1D1A19"))], 30))
    canvas.fill(
        cap.band(960, 972),
        linear(cap.band(960, 972).size, [(0, rgb("#8E6A2C")), (0.3, rgb("#FFF0C8")), (1, rgb("#5A4218"))], 0),
    )


def _bullet(canvas: Canvas) -> None:
    side = canvas.polygon(
        [
            *curve([(362, 654), (361, 560), (366, 500), (392, 440)], steps=8),
            *curve([(392, 440), (440, 420), (470, 438), (479, 500), (478, 654)], steps=8),
            (452, 663),
            (420, 667),
            (388, 663),
        ]
    )
    canvas.fill(
        side,
        linear(
            side.size,
            [(0, rgb("#A8506B")), (0.3, rgb("#8C3450")), (0.7, rgb("#5E1D35")), (1, rgb("#3C0F20"))],
            8,
        ),
    )
    slant = canvas.polygon(
        curve(
            [(366, 524), (376, 478), (400, 436), (440, 418), (468, 432), (470, 474), (440, 530), (400, 556)],
            closed=True,
        )
    )
    canvas.fill(
        slant, linear(slant.size, [(0, rgb("#D98AA0")), (0.5, rgb("#B4577A")), (1, rgb("#8A3453"))], 55)
    )
    canvas.hollow(slant, -2, -3, 3, 0.35)
    canvas.glint(canvas.ellipse(410, 476, 12, 30).soft(9).within(slant), 0.55)
    canvas.glint(canvas.stroke([(378, 560), (378, 648)], 9).soft(4).within(side), 0.5)


def soap(canvas: Canvas) -> None:
    """Two bars, one out of its paper."""
    canvas.backdrop(*CLAY)
    wrapped = turned(box(250, 360, 430, 280, 10), -12, (460, 500))
    paper = canvas.polygon(wrapped)
    canvas.drop(paper, 22, 0.42)
    canvas.fill(paper, linear(paper.size, [(0, rgb("#8F9B74")), (0.5, SORREL), (1, rgb("#3B452A"))], 50))
    canvas.texture(paper, noise(paper.size, scale=max(1.2, 2.2 * paper.scale), strength=40), 0.08)
    canvas.round_off(paper, 12, dark=0.5, light=0.3)
    for n in range(9):
        vein = canvas.stroke(
            turned(curve([(262 + n * 52, 372), (250 + n * 52, 500), (268 + n * 52, 628)]), -12, (460, 500)), 2
        )
        canvas.glint(vein.within(paper), 0.3, rgb("#DDE3C8"))
    sleeve = canvas.polygon(turned(box(404, 354, 130, 292, 2), -12, (460, 500)))
    canvas.drop(sleeve, 3, 0.3)
    canvas.fill(sleeve, linear(sleeve.size, [(0, rgb("#FFFBF2")), (1, rgb("#D8CDBB"))], 40))
    emblem(canvas, 466, 500, 36, SORREL)
    bar = canvas.polygon(turned(_oval(570, 800, 244, 158), 9, (570, 800)))
    canvas.drop(bar, 26, 0.46)
    canvas.fill(bar, linear(bar.size, [(0, rgb("#FFFAEC")), (0.5, rgb("#EFE3C8")), (1, rgb("#C3B08C"))], 52))
    canvas.texture(bar, noise(bar.size, scale=max(2, 46 * bar.scale), strength=50), 0.1)
    canvas.round_off(bar, 30, dark=0.42, light=0.6)
    inner = canvas.polygon(turned(_oval(570, 800, 176, 98), 9, (570, 800)))
    canvas.hollow(inner, 5, 6, 5, 0.3, rgb("#7A6543"))
    canvas.hollow(inner, -5, -6, 5, 0.6)
    for text, y, height in (("SORREL", 780, 30), ("& VANE", 834, 22)):
        label(canvas, 571, y + 1.6, [(text, height)], rgb("#FFFCF2"))
        label(canvas, 570, y, [(text, height)], rgb("#B09A70"))


def _oval(x: float, y: float, rx: float, ry: float) -> list[Point]:
    """A superellipse: between an ellipse and a brick."""
    outline = []
    for n in range(120):
        angle = 2 * math.pi * n / 120
        cos, sin = math.cos(angle), math.sin(angle)
        outline.append(
            (x + rx * math.copysign(abs(cos) ** 0.62, cos), y + ry * math.copysign(abs(sin) ** 0.62, sin))
        )
    return outline


def compact(canvas: Canvas) -> None:
    """A powder compact, engraved lid and open pan."""
    canvas.backdrop(*CLAY)
    pan = canvas.ellipse(612, 800, 232, 232)
    canvas.drop(pan, 18, 0.42)
    _disc(canvas, 612, 800, 232)
    powder = canvas.ellipse(612, 800, 190, 190)
    canvas.fill(
        powder, linear(powder.size, [(0, rgb("#F6D9C6")), (0.6, rgb("#E6BDA5")), (1, rgb("#CF9F86"))], 50)
    )
    canvas.texture(powder, noise(powder.size, scale=max(1.2, 2 * powder.scale), strength=44), 0.09)
    canvas.hollow(powder, 8, 10, 8, 0.35)
    for n in range(9):
        arc = canvas.stroke(curve([(450 + n * 40, 690), (478 + n * 40, 800), (450 + n * 40, 910)]), 3).within(
            powder
        )
        canvas.shade(arc, 0.12)
        canvas.glint(arc.moved(2.5, 1.5), 0.25)
    lid = canvas.ellipse(410, 470, 250, 250)
    canvas.drop(lid, 30, 0.45)
    _disc(canvas, 410, 470, 250)
    _guilloche(canvas, 410, 470, 226)
    centre = canvas.ellipse(410, 470, 56, 56)
    canvas.fill(
        centre, linear(centre.size, [(0, rgb("#FFF3CF")), (0.5, rgb("#D2AA5E")), (1, rgb("#8C6728"))], 50)
    )
    canvas.hollow(centre, 2, 3, 3, 0.5)
    emblem(canvas, 410, 470, 38, rgb("#6A4A1B"))


def _disc(canvas: Canvas, x: float, y: float, radius: float) -> None:
    disc = canvas.ellipse(x, y, radius, radius)
    canvas.fill(
        disc,
        linear(
            disc.size,
            [
                (0, rgb("#FFF6DA")),
                (0.3, rgb("#E3C585")),
                (0.55, rgb("#B88C41")),
                (0.8, rgb("#D9B870")),
                (1, rgb("#7C5A22")),
            ],
            42,
        ),
    )
    canvas.hollow(disc, 4, 5, 3, 0.8, rgb("#FFFDF0"))
    canvas.hollow(disc, -4, -5, 4, 0.45)


def _guilloche(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """The turning-lathe pattern of a watch case: fine waved rings."""
    engraved = canvas.ellipse(x, y, radius, radius)
    rings = 15

    def draw(pen: ImageDraw.ImageDraw, at, k) -> None:  # type: ignore[no-untyped-def]
        for ring in range(rings):
            reach = radius * (0.3 + 0.68 * ring / (rings - 1))
            phase = math.pi * (ring % 2)
            line = [
                at(
                    x
                    + reach
                    * (1 + 0.018 * math.sin(36 * math.radians(a) + phase))
                    * math.cos(math.radians(a)),
                    y
                    + reach
                    * (1 + 0.018 * math.sin(36 * math.radians(a) + phase))
                    * math.sin(math.radians(a)),
                )
                for a in range(0, 361, 2)
            ]
            pen.line(line, fill=255, width=max(1, round(2.2 * k)), joint="curve")

    lines = canvas.shape([(x - radius, y - radius), (x + radius, y + radius)], draw).within(engraved)
    canvas.shade(lines, 0.42, rgb("#5A3F12"))
    canvas.glint(lines.moved(1.6, 2.2).minus(lines), 0.55)
    sweep = (
        canvas.polygon([(x, y), (x - radius, y - radius * 0.5), (x - radius * 0.5, y - radius)])
        .soft(26)
        .within(engraved)
    )
    canvas.glint(sweep, 0.4)


def hand_cream(canvas: Canvas) -> None:
    """A metal tube, pressed once."""
    canvas.backdrop(*CLAY)
    about = (500, 620)
    tube = canvas.polygon(
        turned(
            [
                *curve([(372, 880), (362, 620), (352, 330), (350, 300)], steps=8),
                *curve([(650, 300), (648, 330), (638, 620), (628, 880)], steps=8),
            ],
            17,
            about,
        )
    )
    canvas.drop(tube, 26, 0.44)
    canvas.fill(
        tube,
        linear(
            tube.size,
            [(0, rgb("#F3EFE2")), (0.3, rgb("#DADFC9")), (0.65, rgb("#A9B38F")), (1, rgb("#6F7B55"))],
            24,
        ),
    )
    canvas.round_off(tube, 30, dark=0.45, light=0.5)
    for points, width in (
        (((420, 420), (470, 560), (440, 700)), 10),
        (((580, 380), (540, 520), (590, 640)), 9),
        (((470, 340), (520, 400), (500, 470)), 8),
    ):
        crease = canvas.stroke(turned(curve(list(points)), 17, about), width)
        canvas.shade(crease.soft(7).within(tube), 0.32)
        canvas.glint(crease.moved(-width, -2).soft(5).within(tube), 0.5)
    crimp = canvas.polygon(turned(box(344, 262, 312, 50, 3), 17, about))
    canvas.fill(crimp, linear(crimp.size, [(0, rgb("#F6F4EA")), (1, rgb("#8E977A"))], 30))
    for y in (274, 284, 294):
        canvas.shade(canvas.stroke(turned([(346, y), (654, y)], 17, about), 2.5, round_ends=False), 0.25)
    shoulder = canvas.polygon(turned([(372, 878), (628, 878), (560, 918), (440, 918)], 17, about))
    canvas.fill(shoulder, linear(shoulder.size, [(0, rgb("#E9E6D8")), (1, rgb("#7D8865"))], 20))
    cap = canvas.polygon(turned(box(420, 914, 160, 116, 8), 17, about))
    canvas.drop(cap, 12, 0.4)
    canvas.fill(cap, linear(cap.size, [(0, rgb("#8B8580")), (0.25, rgb("#3A3532")), (1, rgb("#0D0B0A"))], 24))
    for n in range(13):
        ridge = canvas.stroke(turned([(428 + n * 12, 922), (428 + n * 12, 1020)], 17, about), 2)
        canvas.glint(ridge.within(cap), 0.14)
    canvas.glint(canvas.stroke(turned([(440, 922), (440, 1022)], 17, about), 10).soft(4).within(cap), 0.4)
    band = canvas.polygon(turned([(360, 590), (640, 590), (636, 700), (364, 700)], 17, about)).within(tube)
    canvas.fill(band, rgb("#5E6B45"), 0.92)
    [middle] = turned([(500, 645)], 17, about)
    emblem(canvas, *middle, 40, rgb("#F4EEE3"))


DRAWINGS = {"lipstick": lipstick, "soap": soap, "compact": compact, "hand-cream": hand_cream}
