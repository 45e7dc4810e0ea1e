"""Bags of Maison Aurèle."""

from catalog.drawing.kit import Canvas
from catalog.drawing.leather import COGNAC, OXBLOOD, brass, dashes, mark, skin, stitches
from catalog.drawing.paint import CHAMOIS, Colour, Point, box, curve, darker, lighter, linear, rgb, turned
from catalog.drawing.silk import desk


def tote(canvas: Canvas) -> None:
    """An open tote in oxblood, two handles and a tab."""
    canvas.backdrop(*CHAMOIS, horizon=0.68)
    canvas.shade(
        canvas.polygon([(240, 1040), (846, 1000), (1010, 1050), (900, 1086), (300, 1066)]).soft(26), 0.42
    )
    canvas.shade(
        canvas.polygon([(222, 1036), (838, 1010), (880, 1034), (780, 1056), (240, 1056)]).soft(7), 0.5
    )
    handle(canvas, (372, 636), (620, 600), 250, OXBLOOD, behind=True)
    side = canvas.polygon([(770, 560), (846, 590), (838, 1010), (776, 1046)])
    skin(canvas, side, darker(OXBLOOD, 0.35))
    canvas.shade(canvas.stroke([(806, 580), (800, 1020)], 10).soft(9).within(side), 0.5)
    inner = canvas.polygon([(212, 576), (262, 548), (800, 548), (846, 590), (784, 600), (216, 600)])
    canvas.fill(inner, linear(inner.size, [(0, rgb("#C9A98A")), (1, rgb("#5E3B2C"))], 70))
    front = canvas.polygon(
        [
            *curve([(212, 576), (498, 590), (790, 574)], steps=8),
            *curve([(790, 574), (796, 800), (790, 1024)], steps=6),
            *curve([(790, 1030), (772, 1046), (740, 1048)], steps=5),
            *curve([(260, 1048), (230, 1046), (212, 1030)], steps=5),
            *curve([(210, 1024), (200, 800), (212, 576)], steps=6),
        ]
    )
    skin(canvas, front, OXBLOOD, puff=20)
    canvas.hollow(front, 0, 7, 4, 0.5, lighter(OXBLOOD, 0.5))
    stitches(canvas, [(226, 612), (498, 626), (776, 610)], rgb("#C98F73"))
    stitches(
        canvas,
        curve(
            [
                (228, 630),
                (220, 800),
                (228, 1016),
                (262, 1032),
                (740, 1032),
                (772, 1014),
                (780, 800),
                (774, 630),
            ],
            steps=8,
        ),
        rgb("#C98F73"),
    )
    handle(canvas, (330, 664), (668, 660), 300, OXBLOOD)
    mark(canvas, 500, 860, 26)


def handle(
    canvas: Canvas, left: Point, right: Point, rise: float, colour: Colour, *, behind: bool = False
) -> None:
    """A rolled handle between two points, with its tabs."""
    (x0, y0), (x1, y1) = left, right
    middle = ((x0 + x1) / 2, min(y0, y1) - rise)
    third = (x1 - x0) * 0.08
    line = curve(
        [
            (x0, y0 + 40),
            (x0 + third * 0.2, y0 - rise * 0.45),
            (x0 + third * 2.4, middle[1] + rise * 0.12),
            middle,
            (x1 - third * 2.4, middle[1] + rise * 0.12),
            (x1 - third * 0.2, y1 - rise * 0.45),
            (x1, y1 + 40),
        ]
    )
    strap = canvas.stroke(line, 21)
    if not behind:
        canvas.shade(strap.moved(9, 16).soft(9), 0.22)
    skin(canvas, strap, darker(colour, 0.25) if behind else colour, puff=6)
    if behind:
        return
    for x, y in ((x0, y0), (x1, y1)):
        tab = canvas.rounded(x - 24, y - 34, 48, 128, 22)
        canvas.drop(tab, 4, 0.4)
        skin(canvas, tab, colour, puff=5)
        stitches(
            canvas, turned(box(x - 17, y - 27, 34, 114, 15), 0, (x, y)), rgb("#C98F73"), pitch=10, width=2.2
        )
        brass(canvas, canvas.ellipse(x, y + 58, 8, 8), lift=2)


def half_moon(canvas: Canvas) -> None:
    """A half-moon bag, its strap laid in a loop."""
    desk(canvas)
    strap = curve([(190, 560), (150, 380), (300, 216), (540, 190), (760, 270), (836, 430), (806, 560)])
    loop = canvas.stroke(strap, 30)
    canvas.drop(loop, 8, 0.4)
    skin(canvas, loop, COGNAC, puff=6)
    stitches(
        canvas,
        curve([(200, 548), (161, 384), (305, 227), (540, 201), (752, 279), (825, 430), (796, 548)]),
        rgb("#E9C8A4"),
        pitch=12,
    )
    outline = [
        (160, 560),
        (500, 540),
        (840, 560),
        (858, 620),
        (826, 760),
        (730, 890),
        (590, 958),
        (410, 958),
        (270, 890),
        (174, 760),
        (142, 620),
    ]
    body = canvas.polygon(curve(outline, closed=True))
    canvas.drop(body, 20, 0.45)
    skin(canvas, body, COGNAC, puff=30)
    piping = canvas.stroke(
        curve(
            [(148, 600), (174, 760), (270, 890), (410, 956), (590, 956), (730, 890), (826, 760), (852, 600)]
        ),
        8,
    )
    canvas.fill(piping, darker(COGNAC, 0.35))
    canvas.glint(piping.moved(-1.5, -2).minus(piping), 0.3)
    fold = canvas.stroke(curve([(230, 880), (330, 780), (500, 748), (670, 780), (770, 880)]), 10)
    canvas.shade(fold.soft(13).within(body), 0.32)
    _zip(canvas, [(178, 590), (500, 572), (822, 590)])
    for x in (190, 808):
        ring = canvas.ellipse(x, 566, 27, 27).minus(canvas.ellipse(x, 566, 18, 18))
        brass(canvas, ring)
    mark(canvas, 500, 690, 20, gold=False)


def _zip(canvas: Canvas, points: list[Point]) -> None:
    line = curve(points)
    tape = canvas.stroke(line, 26)
    canvas.fill(tape, darker(COGNAC, 0.6))
    for n, (start, end) in enumerate(dashes(line, 7)):
        lift = -2.4 if n % 2 else 2.4
        tooth = canvas.stroke([(start[0], start[1] + lift), (end[0], end[1] + lift)], 5, round_ends=False)
        canvas.fill(tooth, rgb("#E2C27C") if n % 2 else rgb("#B58C43"))
    pull = canvas.rounded(742, 574, 24, 86, 11)
    canvas.drop(pull, 5, 0.5)
    skin(canvas, pull, COGNAC, puff=4)
    brass(canvas, canvas.rounded(738, 566, 32, 26, 8), lift=3)


DRAWINGS = {"tote": tote, "half-moon": half_moon}
