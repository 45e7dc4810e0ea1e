"""Maison Aurèle's long wallet, card holder and belt."""

import math
from typing import Any

import numpy as np

from catalog.modelling import materials
from catalog.modelling.details import link
from catalog.modelling.kit import (
    ball,
    bend,
    circle,
    curve,
    even,
    inset,
    lathe,
    plate,
    rounded,
    stitches,
    sweep,
)
from catalog.modelling.mesh import Point, everything, place
from catalog.modelling.piece import Piece


def _upright(x: float, y: float, h: float) -> tuple[float, float, float]:
    """A flat piece set upright, its face to the front."""
    return (x, -h, y)


# --- Nuit ------------------------------------------------------------------------


def _cover(side: int, hide: Any, inside: Any, paint: Any, yarn: Any) -> list[Any]:
    """One cover, standing, its spine at X = 0 and its outside to the front."""
    shape = rounded(19.0, 10.0, 0.9, 44) + (9.6, 5.0)
    outer = bend(plate(shape, 0.28, hide, edge=0.12, fill=4), lambda x, y, h: (x, -h - _swell(x, y), y))
    core = bend(
        plate(inset(shape, -0.03), 0.1, paint, edge=0.04), lambda x, y, h: (x, 0.09 - h - _swell(x, y), y)
    )
    lining = bend(
        plate(inset(shape, 0.02), 0.16, inside, edge=0.06, fill=4),
        lambda x, y, h: (x, h + 0.09 - _swell(x, y), y),
    )
    seam = inset(shape, 0.36)
    rows = [
        stitches(
            [(x, -0.29 - _swell(x, y), y) for x, y in seam],
            yarn,
            up=(0, -1, 0),
            closed=True,
            stitch=0.26,
            gap=0.12,
            thick=0.045,
        ),
        stitches(
            [(x, 0.26 - _swell(x, y), y) for x, y in seam],
            yarn,
            up=(0, 1, 0),
            closed=True,
            stitch=0.26,
            gap=0.12,
            thick=0.045,
        ),
    ]
    return [outer, core, lining, *rows, *_pockets(inside, paint, side)]


def _swell(x: float, y: float) -> float:
    return 0.22 * math.sin(math.pi * min(max(x / 19.2, 0), 1)) * math.sin(math.pi * min(max(y / 10, 0), 1))


def _pockets(inside: Any, paint: Any, side: int) -> list[Any]:
    """Card pockets behind each other inside a cover."""
    made = []
    for row in range(4 if side > 0 else 2):
        high = 8.6 - row * (1.35 if side > 0 else 2.4)
        shape = rounded(17.6, high, 0.4, 26) + (9.7, high / 2 + 0.35)
        depth = 0.25 + 0.1 * (row + 1)
        sunk = place(plate(shape, 0.11, inside, edge=0.04, fill=3), (0, 0, depth))
        made.append(bend(sunk, lambda x, y, h: (x, h - _swell(x, y) * 0.8, y)))
        top = even([(1.2, high + 0.35), (18.2, high + 0.35)], 20)
        made.append(
            sweep([(x, depth + 0.06 - _swell(x, y) * 0.8, y) for x, y in top], circle(0.075, 6), paint)
        )
    return made


def _clasp(brass: Any) -> list[Any]:
    plate_ = bend(
        plate(rounded(2.3, 3.0, 0.5, 20) + (17.9, 5.0), 0.14, brass, edge=0.06),
        lambda x, y, h: (x, -0.3 - h - _swell(x, y), y),
    )
    knob = place(
        lathe([(0.01, 0.62), (0.4, 0.6), (0.62, 0.45), (0.66, 0.3), (0.46, 0.2), (0.46, 0.0)], brass, 24),
        (17.9, -0.44, 5.0),
        (90, 0, 0),
    )
    lip = bend(
        plate(rounded(1.3, 3.0, 0.3, 14) + (19.1, 5.0), 0.1, brass, edge=0.04),
        lambda x, y, h: (x, 0.02 - h, y),
    )
    return [plate_, knob, lip]


def _turned(objects: list[Any], degrees: float) -> None:
    for obj in objects:
        place(obj, (0, 0, 0), (0, 0, degrees))


def nuit() -> Piece:
    hide, inside = (
        materials.leather("#1b2440", grain="grained", rough=0.38),
        materials.leather("#cfae86", grain="calf"),
    )
    paint, yarn, brass = materials.edge_paint("#0e1426"), materials.thread("#8e7a56"), materials.brass(0.16)
    front = [*_cover(1, hide, inside, paint, yarn), *_clasp(brass)]
    _turned(front, -14)
    known = set(everything())
    _cover(-1, hide, inside, paint, yarn)
    back = [obj for obj in everything() if obj not in known]
    for obj in back:
        place(obj, (0, 0, 0), (0, 0, 0))
        bend(obj, lambda x, y, z: (x, -y, z))
        obj.data.flip_normals()
    _turned(back, 22)
    sweep(
        np.array([(-0.12, 0, z) for z in np.linspace(0.15, 9.85, 12)]),
        rounded(1.0, 0.42, 0.2, 16),
        hide,
        up=(1, 0, 0),
    )
    return Piece(
        turn=-32, rise=17, margin=1.14, close_at=(17.2, -4.6, 5), close_width=7, close_turn=4, close_rise=14
    )


# --- The card holder -----------------------------------------------------------


def _card(at: tuple[float, float, float], lean: float) -> None:
    shape = rounded(8.56, 5.4, 0.32, 30)
    card = bend(plate(shape, 0.07, materials.paper("#efe5d0"), edge=0.02), _upright)
    place(card, at, (0, lean, 0))


def _puff(x: float, y: float) -> float:
    return 0.13 * (1 - (x / 5) ** 2) * (y / 7.5)


def _pocket(high: float, depth: float, hide: Any, paint: Any) -> None:
    """One pocket of the card holder, its mouth cut with a dip for the thumb."""

    def face(x: float, y: float, h: float) -> Point:
        dip = 0.3 * max(0.0, 1 - (x / 2.0) ** 2) ** 2 * max(0.0, (y - high + 1.6) / 1.6)
        return (x, -depth - h - _puff(x, y), y - dip)

    shape = rounded(10.0, high, 0.55, 40) + (0, high / 2)
    bend(plate(shape, 0.15, hide, edge=0.05, fill=7), face)
    mouth = even([(-4.6, high), (4.6, high)], 40)
    sweep([face(x, y, 0.08) for x, y in mouth], circle(0.085, 6), paint)
    crease = even([(-4.4, high - 0.32), (4.4, high - 0.32)], 36)
    sweep([face(x, y, 0.16) for x, y in crease], circle(0.022, 4), paint)


def _sides(yarn: Any) -> None:
    """The seam that holds the pockets: down one side, along the bottom and up the other."""
    half = [(-4.68, 7.1), (-4.68, 3.4), (-4.68, 0.9), (-4.2, 0.32), (0, 0.32)]
    line = curve([*half, *[(-x, y) for x, y in half[-2::-1]]], 60)
    layers = [0.24 + 0.16 * sum(y < top for top in (6.3, 5.0)) for _, y in line]
    path = [(x, -d - _puff(x, y), y) for (x, y), d in zip(line, layers, strict=True)]
    stitches(path, yarn, up=(0, -1, 0), stitch=0.24, gap=0.1, thick=0.04)


def card_holder() -> Piece:
    hide, paint = materials.leather("#8a4b25", grain="calf"), materials.edge_paint("#3d1e0d")
    for n, high in enumerate((7.5, 6.3, 5.0)):
        _pocket(high, 0.05 + 0.16 * n, hide, paint)
    back = rounded(10.0, 7.5, 0.55, 40) + (0, 3.75)
    bend(plate(back, 0.16, hide, edge=0.05), lambda x, y, h: (x, 0.42 - h, y))
    bend(plate(inset(back, -0.03), 0.4, paint, edge=0.1), lambda x, y, h: (x, 0.32 - h, y))
    _sides(materials.thread("#ead6b0"))
    _card((-0.1, 0.2, 6.0), 0.0)
    _card((0.15, -0.09, 4.55), 1.6)
    for obj in everything():
        place(obj, (0, 0, 0), (-9, 0, 0))
    look: dict[str, Any] = {
        "close_at": (4.2, -0.6, 4.6),
        "close_width": 4.6,
        "close_turn": 24,
        "close_rise": 16,
    }
    return Piece(turn=20, rise=14, margin=1.25, **look)


# --- The belt -------------------------------------------------------------------


def _coil() -> Any:
    """The belt's line on the table: one ring and a half, the free end inside."""
    turns = np.linspace(0, 2 * math.pi * 1.82, 220)
    radius = 9.6 - 2.5 * turns / turns[-1] + 0.35 * np.sin(2 * turns + 0.6)
    x, y = radius * np.sin(turns - 0.35), -radius * np.cos(turns - 0.35)
    return np.column_stack([x, y, np.full(len(turns), 1.4)])


def _buckle(at: Any, along: Any, brass: Any) -> None:
    angle = math.degrees(math.atan2(along[1], along[0]))
    frame = bend(link(4.6, 4.1, 0.5, brass, corner=0.9), lambda x, y, z: (x - 1.4, z, y))
    pin = sweep(curve([(-3.4, -0.32, 0), (-1.5, -0.4, 0), (0.9, -0.05, 0)], 10), circle(0.2, 8), brass)
    bar = sweep(np.array([(0.75, 0, z) for z in np.linspace(-2.0, 2.0, 6)]), circle(0.22, 8), brass)
    for part in (frame, pin, bar):
        place(part, at + np.array([0, 0, 0.65]), (0, 0, angle))


def belt() -> Piece:
    hide, paint = (
        materials.leather("#2f1a10", grain="smooth", rough=0.3, coat=0.3),
        materials.edge_paint("#170c07"),
    )
    yarn, brass = materials.thread("#c9a877"), materials.brass(0.2)
    path = curve(_coil(), 90)
    lifted = path + (0, 0, 0.65)
    sweep(lifted, rounded(0.36, 2.8, 0.14, 14), hide, up=(0, 0, 1))
    out = np.column_stack([path[:, 0], path[:, 1], np.zeros(len(path))])
    out /= np.linalg.norm(out, axis=1)[:, None]
    for z in (-1.14, 1.14):
        for side in (-1, 1):
            stitches(
                lifted + out * 0.19 * side + (0, 0, z), yarn, up=(0, 0, 1), stitch=0.4, gap=0.2, thick=0.045
            )
    along = path[1] - path[0]
    _buckle(path[0], along / np.linalg.norm(along), brass)
    for n in (5, 9):
        spot = path[n]
        angle = math.degrees(math.atan2(*(path[n + 1] - path[n - 1])[1::-1]))
        loop = bend(link(3.3, 0.95, 0.22, hide, corner=0.3), lambda x, y, z: (z, y, x))
        place(loop, spot + np.array([0, 0, 0.65]), (0, 0, angle))
    for n in range(5):
        spot, way = path[-10 - 4 * n], path[-9 - 4 * n] - path[-11 - 4 * n]
        hole = ball(0.22, paint, count=10, flat=0.95)
        place(hole, spot + np.array([0, 0, 0.65]), (0, 0, math.degrees(math.atan2(way[1], way[0]))))
    return Piece(
        turn=-6, rise=24, margin=1.2, close_at=(-4.0, -9.2, 2), close_width=9, close_turn=4, close_rise=18
    )


PIECES = {"nuit-long-wallet": nuit, "card-holder": card_holder, "standing-belt": belt}
