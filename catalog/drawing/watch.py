"""The watch of Hanami Atelier: steel, white lacquer, a strap of dark cordovan."""

import math

from catalog.drawing.kit import Canvas, Shape
from catalog.drawing.leather import skin, stitches
from catalog.drawing.paint import WASHI, Point, box, linear, rgb

X, Y = 500.0, 625.0
STRAP = rgb("#3A2420")
STEEL = [
    (0.0, rgb("#FBFBFA")),
    (0.3, rgb("#C9CACA")),
    (0.5, rgb("#8F9192")),
    (0.7, rgb("#D9DADA")),
    (1.0, rgb("#5B5D5E")),
]


def _at(angle: float, reach: float) -> Point:
    return X + reach * math.sin(math.radians(angle)), Y - reach * math.cos(math.radians(angle))


def _steel(canvas: Canvas, shape: Shape, angle: float) -> None:
    canvas.fill(shape, linear(shape.size, STEEL, angle))
    canvas.hollow(shape, 2, 3, 2, 0.7, rgb("#FFFFFF"))
    canvas.hollow(shape, -2, -3, 3, 0.5)


def watch(canvas: Canvas) -> None:
    """Ten past ten, as watches are always shown."""
    canvas.backdrop(*WASHI)
    _strap(canvas)
    case = canvas.ellipse(X, Y, 262, 262)
    lugs = [canvas.polygon(box(X + dx, Y + dy, 46, 110, 14)) for dx in (-168, 122) for dy in (-300, 190)]
    crown = canvas.rounded(X + 254, Y - 30, 48, 60, 9)
    whole = case.plus(crown)
    for lug in lugs:
        whole = whole.plus(lug)
    canvas.drop(whole, 24, 0.45)
    for part in [*lugs, crown]:
        _steel(canvas, part, 20)
    for n in range(8):
        canvas.shade(canvas.stroke([(X + 262, Y - 25 + n * 7), (X + 298, Y - 25 + n * 7)], 2), 0.4)
    _steel(canvas, case, 48)
    bezel = canvas.ellipse(X, Y, 240, 240)
    _steel(canvas, bezel, 228)
    _dial(canvas)
    _hands(canvas)
    _crystal(canvas)


def _strap(canvas: Canvas) -> None:
    for top, narrow in ((-40, True), (830, False)):
        high = 460
        inset = 14
        points = [
            (X - 122, top + high),
            (X + 122, top + high),
            (X + 122 - inset, top),
            (X - 122 + inset, top),
        ]
        if not narrow:
            points = [
                (X - 122, top),
                (X + 122, top),
                (X + 122 - inset, top + high),
                (X - 122 + inset, top + high),
            ]
        band = canvas.polygon(points)
        canvas.drop(band, 16, 0.4)
        skin(canvas, band, STRAP, angle=20, puff=22)
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
        stitches(canvas, [(x0 + 15, y0), (x3 + 15, y3)], rgb("#B79A86"), pitch=15)
        stitches(canvas, [(x1 - 15, y1), (x2 - 15, y2)], rgb("#B79A86"), pitch=15)


def _dial(canvas: Canvas) -> None:
    dial = canvas.ellipse(X, Y, 220, 220)
    canvas.fill(
        dial, linear(dial.size, [(0, rgb("#FFFFFC")), (0.5, rgb("#F6F4EC")), (1, rgb("#DAD6C9"))], 50)
    )
    canvas.hollow(dial, 9, 12, 10, 0.4)
    for minute in range(60):
        if minute % 5:
            canvas.fill(canvas.ellipse(*_at(minute * 6, 205), 2, 2), rgb("#6B6B68"))
    for hour in range(12):
        long = 58 if hour % 3 == 0 else 44
        index = canvas.stroke([_at(hour * 30, 206 - long), _at(hour * 30, 204)], 8, round_ends=False)
        canvas.shade(index.moved(1.5, 2.5).soft(1.5), 0.4)
        canvas.fill(
            index, linear(index.size, [(0, rgb("#7E8183")), (0.5, rgb("#3A3C3E")), (1, rgb("#17181A"))], 40)
        )
    _petals(canvas)


def _petals(canvas: Canvas) -> None:
    """A sub-dial for the seconds, and the mark of five petals."""
    sub = canvas.ellipse(X, Y + 96, 56, 56)
    canvas.shade(sub, 0.05)
    canvas.hollow(sub, 3, 4, 3, 0.3)
    for n in range(12):
        a = math.radians(n * 30)
        tick = [(X + r * math.sin(a), Y + 96 - r * math.cos(a)) for r in (44, 51)]
        canvas.fill(canvas.stroke(tick, 2), rgb("#5B5B58"))
    canvas.fill(canvas.stroke([(X - 9, Y + 104), (X + 36, Y + 66)], 3), rgb("#B23A26"))
    for n in range(5):
        a = math.radians(n * 72)
        canvas.fill(canvas.ellipse(X + 10 * math.sin(a), Y - 92 - 10 * math.cos(a), 8.4, 8.4), rgb("#B23A26"))
    canvas.fill(canvas.ellipse(X, Y - 92, 3.6, 3.6), rgb("#F6F4EC"))


def _hands(canvas: Canvas) -> None:
    for angle, reach, width in ((305.0, 112.0, 13.0), (54.0, 176.0, 10.0)):
        left, right = _at(angle - 90, width / 2), _at(angle + 90, width / 2)
        hand = canvas.polygon([left, _at(angle, reach), right, _at(angle + 180, 26)])
        canvas.shade(hand.moved(4, 7).soft(4), 0.4)
        canvas.fill(hand, rgb("#1B2536"))
        half = canvas.polygon([left, _at(angle, reach), _at(angle + 180, 26)])
        canvas.fill(half, rgb("#51668C"))
    pin = canvas.ellipse(X, Y, 10, 10)
    _steel(canvas, pin, 40)


def _crystal(canvas: Canvas) -> None:
    dial = canvas.ellipse(X, Y, 226, 226)
    sheen = canvas.polygon([(X - 240, Y - 120), (X - 60, Y - 240), (X + 60, Y - 240), (X - 240, Y + 60)])
    canvas.glint(sheen.soft(5).within(dial), 0.16)
    rim = canvas.ellipse(X, Y, 228, 228).minus(canvas.ellipse(X + 3, Y + 4, 222, 222))
    canvas.glint(rim, 0.5)


DRAWINGS = {"watch": watch}
