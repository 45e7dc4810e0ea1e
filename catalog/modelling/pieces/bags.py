"""Maison Aurèle's two bags."""

import math
from typing import Any

import numpy as np

from catalog.modelling import materials
from catalog.modelling.kit import ball, bend, circle, curve, inset, lid, plate, rounded, skin, stitches, sweep
from catalog.modelling.mesh import mirror, place, steps
from catalog.modelling.piece import Piece

OXBLOOD, TALL = "#5a171b", 29.0


def _tote_depth(z: float) -> float:
    return 15.0 - 3.4 * z / TALL


def _tote_front(x: float, z: float) -> float:
    """Where the front stands (Y) at this place: it swells a little."""
    belly = 0.55 * math.sin(math.pi * min(max(z / TALL, 0), 1)) * max(0.0, 1 - (x / 18) ** 2)
    return -_tote_depth(z) / 2 - belly


def _tote_ring(z: float, inward: float = 0.0) -> Any:
    """The bag's wall at a height; the gussets fold inwards towards the rim."""
    width, depth = 33.5 + 4.5 * z / TALL - 2 * inward, _tote_depth(z) - 2 * inward
    fold = 2.0 * (z / TALL) ** 2
    ring = []
    for x, y in rounded(width, depth, 1.5, 56):
        tucked = fold * max(0.0, 1 - (2 * y / depth) ** 2) * max(0.0, (abs(x) - width / 4) / (width / 4)) ** 4
        swell = -_tote_front(x, z) - _tote_depth(z) / 2
        ring.append(
            (x - math.copysign(tucked, x), y + math.copysign(swell, y) * min(1, abs(y) / (depth * 0.4)), z)
        )
    return np.array(ring)


def _tote_body(hide: Any, inside: Any) -> None:
    heights = np.linspace(0.25, TALL, steps(9))
    outer = [_tote_ring(0.0, 0.5), _tote_ring(0.06, 0.15), *[_tote_ring(z) for z in heights]]
    skin(outer, hide, caps=False, sharp=60)
    lid(_tote_ring(0.0, 0.5), hide)
    skin(
        [_tote_ring(TALL - 0.02, 0.32), *[_tote_ring(z, 0.32) for z in heights[::-2]], _tote_ring(0.4, 1.4)],
        inside,
    )
    lid(_tote_ring(0.4, 1.4), inside)


def _tote_rim(paint: Any, yarn: Any) -> None:
    rim = _tote_ring(TALL, 0.16)
    sweep(rim, circle(0.19, 6), paint, closed=True)
    line = _tote_ring(TALL - 0.75)
    front = line[line[:, 1] < -_tote_depth(TALL) / 2 + 0.6]
    for row in (front[np.argsort(front[:, 0])], -front[np.argsort(front[:, 0])] * (1, 1, -1)):
        stitches(row + (0, math.copysign(0.02, row[0][1]), 0), yarn, up=(0, row[0][1], 0))
    base = _tote_ring(0.35) * (1.004, 1.006, 1)
    sweep(base, circle(0.2, 6), paint, closed=True)


def _tab(x: float) -> Any:
    """The outline of a handle's tab: a tongue, wide and round below."""
    half = [(0.0, 17.6), (1.25, 17.9), (1.95, 18.9), (1.9, 20.2), (1.35, 22.0), (1.1, 24.0), (1.1, 26.4)]
    right = curve(half, 8)
    outline = np.vstack([right, [(-px, pz) for px, pz in right[:0:-1]]])
    return outline + (x, 0)


def _tote_tab(x: float, hide: Any, paint: Any, yarn: Any, brass: Any) -> list[Any]:
    outline = _tab(x)
    tongue = bend(plate(outline, 0.26, hide, edge=0.1), lambda px, pz, h: (px, _tote_front(px, pz) - h, pz))
    rim = bend(
        plate(inset(outline, -0.05), 0.12, paint, edge=0.04),
        lambda px, pz, h: (px, _tote_front(px, pz) - h, pz),
    )
    seam = [(px, _tote_front(px, pz) - 0.27, pz) for px, pz in inset(outline, 0.3)]
    sewn = stitches(seam, yarn, up=(0, -1, 0), closed=True, stitch=0.3, gap=0.1)
    head = ball(0.42, brass, count=16, flat=0.45)
    bend(head, lambda px, py, pz: (px + x, _tote_front(x, 19.3) - 0.24 - pz, py + 19.3))
    return [tongue, rim, sewn, head]


def _tote_handle(hide: Any, yarn: Any) -> list[Any]:
    lift = [(9.0, 20.6), (9.0, 25.0), (8.9, 31.0), (8.1, 40.0), (5.6, 48.0), (0.0, 51.6)]
    half = [(x, _tote_front(x, min(z, TALL)) - 0.55 + 0.035 * max(0.0, z - TALL), z) for x, z in lift]
    path = curve([*half, *[(-x, y, z) for x, y, z in half[-2::-1]]], 44)
    cord = sweep(path, circle(0.66, 10), hide, taper=lambda t: min(1.0, 0.45 + 9 * min(t, 1 - t)))
    seam = path[2:-2] + np.array([0, -0.66, 0])
    return [cord, stitches(seam, yarn, up=(0, -1, 0), stitch=0.34, gap=0.16)]


def _stamp(gold: Any) -> None:
    """A small line of gold on the front."""
    for x in np.linspace(-1.6, 1.6, 7):
        mark = place(plate(rounded(0.16, 0.42, 0.08, 8), 0.04, gold), (x, 24.6, 0))
        bend(mark, lambda px, pz, h: (px, _tote_front(px, pz) - h, pz))


def sept() -> Piece:
    hide, inside = materials.leather(OXBLOOD, grain="calf"), materials.suede("#7d4a3c")
    paint, yarn, brass = materials.edge_paint("#2e0c0f"), materials.thread("#d9c3a0"), materials.brass()
    _tote_body(hide, inside)
    _tote_rim(paint, yarn)
    held = [part for x in (-9.0, 9.0) for part in _tote_tab(x, hide, paint, yarn, brass)]
    for part in [*held, *_tote_handle(hide, yarn)]:
        mirror(part, axis=1)
    _stamp(brass)
    return Piece(turn=24, rise=13, close_at=(9, -7.5, 21), close_width=12)


PIECES = {"sept-tote": sept}
