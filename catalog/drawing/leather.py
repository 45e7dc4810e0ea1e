"""Leather goods of Maison Aurèle: cut, folded, stitched."""

import itertools
import math
from collections.abc import Sequence

from catalog.drawing.kit import Canvas, Shape
from catalog.drawing.paint import (
    CHAMOIS,
    Colour,
    Point,
    box,
    curve,
    darker,
    field,
    lighter,
    linear,
    noise,
    rgb,
    turned,
)
from catalog.drawing.silk import desk

COGNAC, OXBLOOD, NIGHT, BARK = rgb("#A8623A"), rgb("#6B2023"), rgb("#232B3F"), rgb("#4A3226")


SAND = rgb("#C9AE8C")


BRASS = [(0.0, rgb("#FFF3CF")), (0.35, rgb("#D8B468")), (0.6, rgb("#A57C34")), (1.0, rgb("#6A4A1B"))]


def skin(canvas: Canvas, shape: Shape, colour: Colour, *, angle: float = 58, puff: float = 12) -> None:
    """Grained leather over something slightly filled."""
    paint = linear(shape.size, [(0, lighter(colour, 0.26)), (0.4, colour), (1, darker(colour, 0.5))], angle)
    canvas.fill(shape, paint)
    k = shape.scale
    grain = noise(shape.size, scale=max(1.5, 4.2 * k), strength=40)
    canvas.texture(shape, grain.point([min(v, 150) for v in range(256)]), 0.12)
    canvas.texture(shape, noise(shape.size, scale=max(3, 90 * k), strength=50), 0.07)
    canvas.round_off(shape, puff, dark=0.55, light=0.3)


def stitches(
    canvas: Canvas, line: Sequence[Point], colour: Colour, *, pitch: float = 13, width: float = 2.6
) -> None:
    """A saddle stitch along a line: thread, and the dent it pulls."""
    for start, end in dashes(line, pitch):
        thread = canvas.stroke([start, end], width)
        canvas.shade(thread.moved(0.8, 1.6), 0.35)
        canvas.fill(thread, colour)


def dashes(line: Sequence[Point], pitch: float) -> list[tuple[Point, Point]]:
    """The line as dashes of 0.6 pitch."""
    found: list[tuple[Point, Point]] = []
    walked, start = 0.0, None
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        steps = max(1, int(length / 2))
        for n in range(steps):
            point = (x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps)
            inside = walked % pitch < pitch * 0.6
            if inside and start is None:
                start = point
            elif not inside and start is not None:
                found.append((start, point))
                start = None
            walked += length / steps
    return found


def brass(canvas: Canvas, shape: Shape, *, lift: float = 4) -> None:
    """A small fitting of polished brass."""
    canvas.drop(shape, lift, 0.5)
    canvas.fill(shape, linear(shape.size, BRASS, 55))
    canvas.hollow(shape, 1.2, 1.8, 1.5, 0.7, rgb("#FFFBEA"))
    canvas.hollow(shape, -1.2, -1.8, 1.5, 0.45)


def mark(canvas: Canvas, x: float, y: float, size: float, *, gold: bool = True) -> None:
    """The house's stamp: a low sun over a line."""
    ring = canvas.ellipse(x, y, size, size).minus(canvas.ellipse(x, y, size * 0.86, size * 0.86))
    line = canvas.stroke([(x - size * 1.5, y + size * 0.34), (x + size * 1.5, y + size * 0.34)], size * 0.15)
    sun = ring.minus(canvas.polygon(box(x - size * 2, y + size * 0.34, size * 4, size * 2))).plus(line)
    if gold:
        canvas.fill(sun, linear(sun.size, BRASS, 30))
    else:
        canvas.shade(sun, 0.5)
        canvas.glint(sun.moved(0.8, 1.3).minus(sun), 0.25)


def wallet(canvas: Canvas) -> None:
    """A long wallet, shut, and the same one open beneath it."""
    desk(canvas)
    under = canvas.polygon(turned(box(232, 420, 560, 330, 16), -14, (500, 600)))
    canvas.drop(under, 9, 0.4)
    skin(canvas, under, SAND, puff=8)
    for n in range(4):
        pocket = canvas.polygon(turned(box(250, 470 + n * 52, 524, 250 - n * 52, 8), -14, (500, 600)))
        canvas.shade(pocket.moved(-1, -5).soft(4).minus(pocket).within(under), 0.34)
        skin(canvas, pocket.within(under), lighter(SAND, 0.05 * n), puff=3)
    shut = canvas.polygon(turned(box(208, 610, 590, 312, 18), 8, (500, 700)))
    canvas.drop(shut, 20, 0.48)
    skin(canvas, shut, NIGHT, puff=16)
    seam = turned(box(224, 626, 558, 280, 12), 8, (500, 700))
    stitches(canvas, [*seam, seam[0]], rgb("#8C97B4"))
    flap = canvas.stroke(turned([(210, 790), (796, 790)], 8, (500, 700)), 5, round_ends=False)
    canvas.shade(flap.moved(0, 4).soft(4).within(shut), 0.55)
    canvas.glint(flap.moved(0, -2).within(shut), 0.12)
    brass(canvas, canvas.polygon(turned(box(470, 770, 74, 40, 10), 8, (500, 700))))
    [(x, y)] = turned([(507, 860)], 8, (500, 700))
    mark(canvas, x, y, 15)


def card_holder(canvas: Canvas) -> None:
    """Three pockets, two cards, nothing else."""
    desk(canvas)
    about = (500, 640)
    for shift, tilt, colour in ((-150, -5, rgb("#E9E2D2")), (-106, 3, rgb("#9B3A2E"))):
        card = canvas.polygon(turned(box(300, 560 + shift, 400, 260, 18), tilt - 10, about))
        canvas.drop(card, 4, 0.3)
        canvas.fill(card, linear(card.size, [(0, lighter(colour, 0.3)), (1, darker(colour, 0.12))], 50))
    body = canvas.polygon(turned(box(262, 520, 476, 340, 24), -10, about))
    canvas.drop(body, 16, 0.46)
    skin(canvas, body, COGNAC, puff=13)
    for n, drop in enumerate((70, 136)):
        edge = turned(
            curve(
                [
                    (262, 520 + drop),
                    (420, 530 + drop),
                    (500, 560 + drop),
                    (580, 530 + drop),
                    (738, 520 + drop),
                ]
            ),
            -10,
            about,
        )
        line = canvas.stroke(edge, 4)
        canvas.shade(line.moved(-1, -5).soft(5).within(body), 0.5)
        canvas.glint(line.within(body), 0.2 - 0.05 * n)
    seam = turned(box(276, 534, 448, 312, 16), -10, about)
    stitches(canvas, [*seam, seam[0]], rgb("#EBCBA8"))
    [(x, y)] = turned([(500, 800)], -10, about)
    mark(canvas, x, y, 15)


def belt(canvas: Canvas) -> None:
    """A belt fastened and stood on its edge, seen a little from above."""
    canvas.backdrop(*CHAMOIS)
    canvas.shade(canvas.ellipse(560, 800, 380, 150).soft(50), 0.32)
    _hoop(canvas, 180, 360, lighter(SAND, 0.05), inside=True)
    canvas.shade(canvas.ellipse(500, 756, 318, 112).soft(26), 0.3)
    _hoop(canvas, 0, 180, BARK, inside=False)
    frame = canvas.rounded(384, 788, 150, 146, 26)
    brass(canvas, frame.minus(canvas.rounded(406, 810, 106, 102, 14)), lift=8)
    brass(canvas, canvas.rounded(450, 851, 78, 15, 7), lift=4)
    loop = canvas.rounded(566, 804, 38, 118, 8)
    canvas.drop(loop, 5, 0.5)
    skin(canvas, loop, BARK, puff=5)
    for n, (x, y) in enumerate(((648, 858), (702, 848), (752, 834))):
        hole = canvas.ellipse(x, y, 7 - n * 0.8, 7.5)
        canvas.fill(hole, rgb("#160D08"))
        canvas.glint(hole.moved(1.2, 1.8).minus(hole), 0.3)


def _hoop(canvas: Canvas, start: int, end: int, colour: Colour, *, inside: bool) -> None:
    """Half of a leather hoop: the far half shows its lining, the near half its grain."""

    def arc(y: float) -> list[Point]:
        steps = range(start, end + 1, 4)
        return [(500 + 350 * math.cos(math.radians(a)), y + 140 * math.sin(math.radians(a))) for a in steps]

    band = canvas.polygon([*arc(676), *reversed(arc(776))])
    skin(canvas, band, colour, angle=0 if inside else 20, puff=7)
    k = band.scale

    def turn(u: float, _v: float) -> float:
        across = abs(u - 0.42) * 2
        return 0.5 - 0.42 * across**3 + (0.1 if not inside else 0.0)

    canvas.texture(band, field(band.size, turn), 0.8)
    for y in (688, 764):
        stitches(
            canvas,
            arc(y),
            rgb("#D8BD9C") if not inside else darker(colour, 0.3),
            pitch=13,
            width=max(2.3, 1.2 / k),
        )
    canvas.glint(canvas.stroke(arc(677), 3).within(band), 0.35)


def gloves(canvas: Canvas) -> None:
    """A pair of short gloves, one over the other."""
    desk(canvas)
    _glove(canvas, (420, 600), -13, darker(COGNAC, 0.1), mirrored=True)
    _glove(canvas, (584, 640), 11, COGNAC)


def _glove(canvas: Canvas, at: Point, angle: float, colour: Colour, *, mirrored: bool = False) -> None:
    x0, y0 = at
    side = -1 if mirrored else 1

    def place(points: Sequence[Point]) -> list[Point]:
        return turned([(x0 + side * x, y0 + y) for x, y in points], angle, at)

    palm = [(-112, -50), (-60, -84), (60, -84), (114, -50), (120, 60), (98, 180), (94, 250), (104, 380)]
    palm += [(-104, 380), (-94, 250), (-98, 180), (-120, 60)]
    hand = canvas.polygon(place(curve(palm, closed=True)))
    fingers = [((-84, -40), (-98, -232), 56), ((-28, -60), (-34, -306), 60), ((30, -60), (32, -298), 59)]
    fingers.append(((86, -40), (96, -206), 53))
    for root, tip, width in fingers:
        hand = hand.plus(canvas.stroke(place([root, tip]), width))
    thumb = canvas.stroke(place(curve([(-70, 170), (-138, 70), (-160, -48)])), 62)
    hand = hand.plus(thumb).melted(5)
    canvas.drop(hand, 17, 0.45)
    skin(canvas, hand, colour, puff=16)
    for x, y in ((-57, -84), (0, -98), (58, -84)):
        crease = canvas.stroke(place([(x, y), (x * 0.96, y + 34)]), 6)
        canvas.shade(crease.soft(4).within(hand), 0.6)
    for valley, end in (((-56, -52), (-66, -222)), ((1, -64), (-1, -288)), ((59, -52), (64, -196))):
        gap = canvas.stroke(place([valley, end]), 5)
        canvas.shade(gap.soft(3).within(hand), 0.75)
        canvas.glint(gap.moved(6, 2).soft(4).within(hand), 0.18)
    for x in (-44, 0, 44):
        points = canvas.stroke(place([(x, -30), (x * 0.82, 104)]), 4)
        canvas.shade(points.moved(2, 2).soft(3).within(hand), 0.45)
        canvas.glint(points.moved(-2, -1).soft(2).within(hand), 0.16)
    canvas.shade(
        canvas.stroke(place(curve([(-112, 110), (-70, 60), (-66, -10)])), 7).soft(6).within(hand), 0.42
    )
    stitches(canvas, place([(-97, 352), (97, 352)]), rgb("#E9C8A4"), pitch=11)
    slit = canvas.polygon(place([(-15, 384), (0, 250), (15, 384)]))
    canvas.fill(slit.within(hand), darker(colour, 0.75))
    button = place([(0, 306)])[0]
    brass(canvas, canvas.ellipse(*button, 11, 11), lift=3)


DRAWINGS = {
    "wallet": wallet,
    "card-holder": card_holder,
    "belt": belt,
    "gloves": gloves,
}
