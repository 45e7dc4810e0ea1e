"""Maison Aurèle's half-moon bag."""

import math
from typing import Any

import numpy as np

from catalog.modelling import materials
from catalog.modelling.details import bars, link, strip, tongue
from catalog.modelling.kit import ball, box, circle, curve, even, lid, skin, stitches, sweep
from catalog.modelling.mesh import copy, place, project, steps
from catalog.modelling.piece import Piece

WIDE, TALL = 17.0, 20.0
MIDDLE = np.array([0.0, 11.5])


def _outline() -> Any:
    """The half moon as (x, z), clockwise from the top's middle: nearly flat above, round below."""
    arc = [
        (WIDE * math.copysign(abs(math.cos(a)) ** 0.86, math.cos(a)), 18.9 - 18.9 * math.sin(a) ** 0.94)
        for a in np.linspace(0.1, math.pi - 0.1, 40)
    ]
    top = [(x, 19.9 - 1.1 * math.cos(x / 16 * math.pi / 2)) for x in np.linspace(-15.4, 15.4, 20)]
    line = [*top[10:], *arc, *top[:11]]
    return even(curve(line, 60), steps(60), closed=True)


def _edge_depth(x: float, z: float) -> float:
    """Half the gusset's width: narrow at the zip, wide below."""
    near_top = max(0.0, min(1.0, (z - 14.5) / 4.0)) * max(0.0, min(1.0, (17.4 - abs(x)) / 2))
    return 2.9 - 1.75 * near_top * near_top * (3 - 2 * near_top)


def _panel(outline: Any, side: int, hide: Any) -> None:
    rings = []
    for s in np.linspace(1.0, 0.02, steps(9)):
        ring = []
        for x, z in outline:
            px, pz = MIDDLE + s * (np.array([x, z]) - MIDDLE)
            soft = 0.16 * math.sin(px * 0.5 + pz * 0.33) * s * (1 - s)
            ring.append((px, side * (_edge_depth(x, z) * s**2 + 4.05 * (1 - s**2) + soft), pz))
        rings.append(ring)
    project(skin(rings, hide, sharp=70))
    lid(rings[-1], hide)
    seam = [(x, side * (_edge_depth(x, z) + 0.12), z) for x, z in MIDDLE + 0.962 * (outline - MIDDLE)]
    stitches(
        seam, materials.thread("#e3c79a"), up=(0, side, 0), closed=True, stitch=0.36, gap=0.14, thick=0.06
    )


def _gusset(outline: Any, hide: Any, paint: Any) -> None:
    rings = []
    for t in np.linspace(-1, 1, steps(4)):
        swell = 0.35 * (1 - t * t)
        away = [np.array(p) - MIDDLE for p in outline]
        rings.append(
            [
                (x + swell * a[0] / 17, t * _edge_depth(x, z), z + swell * a[1] / 17)
                for (x, z), a in zip(outline, away, strict=True)
            ]
        )
    skin(rings, hide, sharp=70)
    for side in (-1, 1):
        ring = [(x, side * _edge_depth(x, z), z) for x, z in outline]
        sweep(ring, circle(0.24, 7), paint, closed=True, up=(0, 1, 0))


def _zip(outline: Any, tape: Any, brass: Any) -> Any:
    top = np.array([(x, 0.0, z + 0.2) for x, z in outline if z > 18 and abs(x) < 14.2])
    line = curve(top[np.argsort(top[:, 0])], 30)
    strip(line, 1.7, 0.12, tape)
    for side in (-0.62, 0.62):
        stitches(line + (0, side, 0.06), materials.thread("#e3c79a"), stitch=0.3, gap=0.14, thick=0.04)
    bars(line + (0, 0, 0.06), (0.42, 0.13, 0.12), 0.05, brass)
    return line[int(len(line) * 0.8)]


def _pull(at: Any, hide: Any, brass: Any) -> None:
    x, _, z = at
    box((1.15, 0.62, 0.34), brass, edge=0.12, at=(x, 0, z + 0.14))
    ring = place(link(0.9, 1.5, 0.15, brass), (x, -0.62, z + 0.3), (14, 0, 0))
    copy(ring, (0, 0, 0))

    def hang(px: float, py: float, pz: float) -> tuple[float, float, float]:
        drop = max(0.0, -py)
        out = 1.25 + 1.1 * min(drop, 0.9) + 0.22 * max(0.0, drop - 0.9)
        return (x + px, -out - pz, z + 0.42 - 0.22 * min(drop, 0.9) - 0.96 * max(0.0, drop - 0.9))

    tongue(1.15, 5.0, 0.24, hide, form=hang)
    seam = [(sx * 0.36, y) for sx, y in [*[(-1, -y) for y in np.linspace(0.6, 4.2, 11)]]]
    for sign in (-1, 1):
        line = np.array([hang(sign * px, py, 0.26) for px, py in seam])
        stitches(line, materials.thread("#e3c79a"), up=(0, -1, 0.3), stitch=0.24, gap=0.1, thick=0.04)


def _strap(hide: Any, brass: Any) -> None:
    right = [
        (16.6, 0, 19.4),
        (17.0, 0.1, 21.6),
        (16.6, 0.4, 25),
        (13.9, 1.2, 31.4),
        (7.9, 2.0, 35.9),
        (0, 2.3, 37.4),
    ]
    left = [(-x, y, z) for x, y, z in right[-2::-1]]
    path = curve([*right, *left], 48)
    strip(path, 0.34, 1.7, hide, up=(0, 1, 0))
    middle = path.mean(axis=0) * (0, 1, 1) - (0, 0, 8)
    for side in (-0.66, 0.66):
        out = (path - middle) / np.linalg.norm(path - middle, axis=1)[:, None]
        row = path + out * 0.17 + (0, side, 0)
        stitches(row, materials.thread("#e3c79a"), stitch=0.34, gap=0.16, thick=0.05)
    for sign in (-1, 1):
        place(link(2.5, 2.0, 0.32, brass, corner=0.9), (sign * 16.4, 0, 18.8), (0, 90, 0))
        place(link(2.5, 2.2, 0.3, brass, corner=0.3), (sign * 15.72, 0.8, 28.0), (0, 90 - sign * 22, 0))
        ball(0.28, brass, (sign * 17.06, 0.25, 23.2), 10, 0.6)


def _corners(hide: Any) -> None:
    for sign in (-1, 1):
        path = [
            (sign * 15.6, 0, 17.2),
            (sign * 16.9, 0, 17.9),
            (sign * 17.0, 0, 18.7),
            (sign * 16.0, 0, 19.0),
        ]
        strip(curve(path, 10), 0.3, 1.6, hide, up=(0, 1, 0))


def half_moon() -> Piece:
    hide, paint = materials.leather("#8c4a22", grain="grained"), materials.edge_paint("#3d1e0d")
    brass, tape = materials.brass(), materials.plain("tape", "#4b2a17", rough=0.8)
    outline = _outline()
    for side in (-1, 1):
        _panel(outline, side, hide)
    _gusset(outline, hide, paint)
    _pull(_zip(outline, tape, brass), hide, brass)
    _strap(hide, brass)
    _corners(hide)
    return Piece(turn=24, rise=15, close_at=(9, -2.5, 17.5), close_width=12, close_turn=18, close_rise=26)


PIECES = {"half-moon-bag": half_moon}
