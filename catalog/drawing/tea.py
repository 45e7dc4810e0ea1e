"""What Hanami Atelier makes for the tea table, on grey-green paper."""

import math

from catalog.drawing.kit import Canvas, Shape
from catalog.drawing.lathe import Lathe
from catalog.drawing.paint import Point, Stops, curve, linear, noise, rgb
from catalog.drawing.porcelain import CELADON, INDIGO, inside, table

MIDDLE = 500
IRON: Stops = [
    (0.0, rgb("#100F10")),
    (0.45, rgb("#2A2A2C")),
    (0.72, rgb("#48484A")),
    (0.92, rgb("#77777A")),
    (1.0, rgb("#A2A2A3")),
]


COPPER: Stops = [
    (0.0, rgb("#40180C")),
    (0.35, rgb("#8A4426")),
    (0.6, rgb("#C67A4E")),
    (0.82, rgb("#E9B48B")),
    (1.0, rgb("#FBE6D2")),
]


CINNABAR = rgb("#B23A26")


def teapot(canvas: Canvas) -> None:
    """A side-handled pot of black clay."""
    table(canvas)
    canvas.stand(470, 868, 205, amount=0.6)
    spout = canvas.polygon(
        curve(
            [(290, 690), (232, 640), (196, 572), (176, 548), (150, 556), (164, 612), (200, 700), (280, 790)]
        )
    )
    canvas.fill(
        spout, linear(spout.size, [(0, rgb("#5C5C5E")), (0.5, rgb("#2C2C2E")), (1, rgb("#0F0E0F"))], 60)
    )
    canvas.hollow(spout, 5, 6, 5, 0.45, rgb("#B9B9BA"))
    handle = canvas.polygon([(650, 668), (884, 560), (908, 560), (922, 588), (918, 618), (690, 756)])
    canvas.fill(
        handle, linear(handle.size, [(0, rgb("#6A6A6C")), (0.4, rgb("#343436")), (1, rgb("#0E0D0E"))], 68)
    )
    canvas.hollow(handle, 3, 7, 5, 0.5, rgb("#C9C9CA"))
    end = canvas.polygon(
        curve([(884, 560), (908, 559), (922, 588), (918, 618), (898, 606), (886, 584)], closed=True)
    )
    canvas.fill(end, rgb("#171618"))
    profile = [(560, 150), (590, 206), (640, 246), (700, 258), (760, 246), (820, 212), (866, 172)]
    body = Lathe(canvas, 470, profile, tilt=0.14)
    body.paint(IRON)
    _comb(body, 650, 800)
    _clay(body)
    body.shine(-0.66, -0.5, 610, 770, 0.32, 9)
    lid = Lathe(canvas, 470, [(522, 44), (536, 92), (552, 132), (566, 142)], tilt=0.16)
    canvas.shade(lid.shape.moved(4, 12).soft(7).within(body.shape), 0.75)
    lid.paint(IRON)
    _clay(lid)
    lid.shine(-0.6, -0.3, 534, 556, 0.35, 4)
    knob = Lathe(canvas, 470, [(472, 24), (482, 40), (500, 38), (516, 22), (528, 24)], tilt=0.2)
    canvas.shade(knob.shape.moved(6, 10).soft(6).within(lid.shape), 0.6)
    knob.paint(IRON)
    knob.shine(-0.6, -0.3, 482, 502, 0.5, 3)


def _comb(body: Lathe, top: int, bottom: int) -> None:
    """Fine grooves a comb left on the turning clay."""
    for y in range(top, bottom, 9):
        body.canvas.shade(body.band(y, y + 2.4), 0.4)
        body.canvas.glint(body.band(y + 2.6, y + 4), 0.06)


def _clay(body: Lathe) -> None:
    grain = noise(body.shape.size, scale=max(1.2, 2 * body.shape.scale), strength=44)
    body.canvas.texture(body.shape, grain, 0.1)


def tea_caddy(canvas: Canvas) -> None:
    """A copper caddy, its lid shut by its own weight."""
    table(canvas)
    canvas.stand(500, 880, 172, amount=0.62)
    body = Lathe(canvas, 500, [(560, 168), (700, 169), (872, 168), (880, 165)], tilt=0.17)
    body.paint(COPPER, hard=1.12)
    _brushed(body)
    for u1, u2, amount in ((-0.68, -0.46, 0.6), (-0.4, -0.37, 0.35), (0.5, 0.62, 0.16), (0.9, 0.96, 0.3)):
        body.shine(u1, u2, 566, 876, amount, 5)
    canvas.shade(body.band(560, 572).soft(3).within(body.shape), 0.5)
    lid = Lathe(canvas, 500, [(420, 166), (428, 171), (520, 172), (560, 172)], tilt=0.17)
    lid.paint(COPPER, hard=1.12)
    _brushed(lid)
    for u1, u2, amount in ((-0.68, -0.46, 0.62), (-0.4, -0.37, 0.35), (0.5, 0.62, 0.16), (0.9, 0.96, 0.3)):
        lid.shine(u1, u2, 424, 558, amount, 5)
    canvas.shade(lid.band(556, 561), 0.55)
    canvas.glint(lid.band(551, 553), 0.4)
    top = lid.mouth()
    canvas.fill(top, linear(top.size, [(0, rgb("#F6DCC4")), (0.5, rgb("#D59A70")), (1, rgb("#9C5A37"))], 20))
    canvas.hollow(top, -2, -3, 3, 0.4)
    canvas.glint(lid.mouth(inset=10).minus(lid.mouth(inset=12)), 0.3)


def _brushed(body: Lathe) -> None:
    """The upright marks of hand polishing, and the cloud of a patina."""
    size = body.shape.size
    lines = noise((size[0], 4), scale=1.2, strength=40).resize(size)
    body.canvas.texture(body.shape, lines, 0.1)
    body.canvas.texture(body.shape, noise(size, scale=max(3, 90 * body.shape.scale), strength=60), 0.22)


def incense_holder(canvas: Canvas) -> None:
    """A celadon dish with one stick, lit a minute ago."""
    table(canvas)
    canvas.stand(500, 892, 262, amount=0.5, flat=0.2)
    dish = Lathe(canvas, 500, [(836, 292), (852, 296), (874, 276), (896, 226)], tilt=0.27)
    dish.paint(CELADON)
    inside(dish, 10, rgb("#8FA896"), rgb("#D9E4D7"))
    ash = canvas.ellipse(500, 848, 190, 46)
    canvas.fill(ash, linear(ash.size, [(0, rgb("#D8D5CC")), (1, rgb("#B5B1A5"))], 30))
    canvas.texture(ash, noise(ash.size, scale=max(1.2, 2.4 * ash.scale), strength=60), 0.2)
    canvas.hollow(ash, 5, 7, 6, 0.3)
    canvas.shade(canvas.stroke([(502, 850), (640, 872)], 7).soft(4), 0.35)
    stick = canvas.stroke([(500, 852), (470, 372)], 7)
    canvas.fill(stick, linear(stick.size, [(0, rgb("#6B4A36")), (1, rgb("#2E1E15"))], 0))
    canvas.fill(canvas.stroke([(472, 400), (470.5, 374)], 7.5), rgb("#A9A49B"))
    canvas.fill(canvas.stroke([(472.4, 408), (472, 399)], 7.5), rgb("#D8552B"))
    canvas.glint(canvas.ellipse(472, 403, 16, 16).soft(9), 0.3, rgb("#FFB37A"))
    _smoke(canvas)
    dish.shine(-0.75, -0.55, 850, 884, 0.7, 5)


def _smoke(canvas: Canvas) -> None:
    for drift, width, amount in ((0.0, 7.0, 0.55), (9.0, 22.0, 0.26), (16.0, 46.0, 0.14)):
        line = [
            (
                470
                + (368 - y) * 0.16
                + drift * math.sin(y / 60)
                + 34 * math.sin((368 - y) / 70) * (368 - y) / 330,
                y,
            )
            for y in range(368, 60, -8)
        ]
        canvas.glint(canvas.stroke(line, width).soft(width * 0.42 + 3), amount)


def furoshiki(canvas: Canvas) -> None:
    """A box tied into a cloth of indigo waves."""
    table(canvas)
    body = canvas.polygon(
        curve(
            [
                (238, 640),
                (330, 604),
                (500, 590),
                (670, 604),
                (762, 640),
                (786, 740),
                (776, 850),
                (744, 894),
                (500, 912),
                (256, 894),
                (224, 850),
                (214, 740),
            ],
            closed=True,
        )
    )
    canvas.stand(500, 890, 268, amount=0.55, flat=0.1)
    _cloth(canvas, body)
    for line, depth in _folds():
        canvas.shade(canvas.stroke(curve(line), depth).soft(depth * 0.6).within(body), 0.4)
        canvas.glint(
            canvas.stroke(curve([(x - depth * 0.8, y) for x, y in line]), depth * 0.5).soft(5).within(body),
            0.2,
        )
    canvas.round_off(body, 34, dark=0.62, light=0.28)
    _knot(canvas)


def _cloth(canvas: Canvas, shape: Shape) -> None:
    canvas.fill(shape, linear(shape.size, [(0, rgb("#4A5F8E")), (0.5, INDIGO), (1, rgb("#131C35"))], 55))
    waves = _seigaiha(canvas, shape)
    canvas.glint(waves, 0.5, rgb("#E8E6DC"))
    weave = noise(shape.size, scale=max(1.1, 1.6 * shape.scale), strength=40)
    canvas.texture(shape, weave, 0.1)


def _seigaiha(canvas: Canvas, shape: Shape) -> Shape:
    """Overlapping waves, the old pattern for calm seas, as thin lines."""
    corners = [(200, 400), (800, 930)]

    def draw(pen, at, k) -> None:  # type: ignore[no-untyped-def]
        for row in range(22):
            for column in range(-1, 14):
                x = 190 + column * 56 + (28 if row % 2 else 0)
                y = 400 + row * 26
                for radius in (26, 18, 10):
                    (x0, y0), (x1, y1) = at(x - radius, y - radius), at(x + radius, y + radius)
                    pen.arc((x0, y0, x1, y1), 205, 335, fill=255, width=max(1, round(2.1 * k)))

    return canvas.shape(corners, draw).within(shape)


def _folds() -> list[tuple[list[Point], float]]:
    return [
        ([(470, 600), (380, 680), (300, 780), (262, 880)], 14),
        ([(530, 600), (620, 690), (706, 790), (742, 880)], 16),
        ([(488, 610), (450, 720), (430, 830), (430, 900)], 10),
        ([(515, 610), (560, 720), (590, 830), (600, 900)], 11),
        ([(440, 606), (340, 640), (262, 690)], 9),
        ([(560, 606), (660, 640), (742, 690)], 9),
    ]


def _knot(canvas: Canvas) -> None:
    ears = [
        [(478, 590), (400, 520), (300, 440), (226, 428), (238, 486), (320, 560), (430, 618)],
        [(522, 590), (610, 510), (712, 436), (790, 436), (770, 500), (680, 570), (570, 620)],
    ]
    for outline in ears:
        ear = canvas.polygon(curve(outline, closed=True))
        canvas.drop(ear, 9, 0.3)
        _cloth(canvas, ear)
        canvas.round_off(ear, 14, dark=0.6, light=0.3)
        middle = [
            (outline[0][0], outline[0][1] + 10),
            (outline[2][0] + (20 if outline[2][0] < MIDDLE else -20), outline[2][1] + 30),
        ]
        canvas.shade(canvas.stroke(middle, 9).soft(6).within(ear), 0.45)
    knot = canvas.polygon(
        curve(
            [(446, 566), (500, 548), (556, 566), (566, 612), (530, 640), (470, 640), (436, 612)], closed=True
        )
    )
    canvas.drop(knot, 8, 0.5)
    _cloth(canvas, knot)
    canvas.round_off(knot, 16, dark=0.65, light=0.34)
    canvas.shade(canvas.stroke(curve([(452, 590), (500, 580), (552, 596)]), 6).soft(4).within(knot), 0.5)


DRAWINGS = {
    "teapot": teapot,
    "tea-caddy": tea_caddy,
    "incense-holder": incense_holder,
    "furoshiki": furoshiki,
}
