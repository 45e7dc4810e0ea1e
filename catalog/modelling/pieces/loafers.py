"""Maison Aurèle's pair of loafers: sole, heel, wall, apron, strap and lining over one last.

The last lies with its heel at Y = 0 and its toe at Y = 29; at the end the pair is turned to the front.
"""

import math
from typing import Any

import numpy as np

from catalog.modelling import materials
from catalog.modelling.details import bars
from catalog.modelling.kit import circle, curve, inset, lid, plate, sheet, skin, stitches, superellipse, sweep
from catalog.modelling.mesh import everything, mirror, place, steps
from catalog.modelling.piece import Piece

OUTER = [
    (0, 0),
    (2.2, 0.8),
    (3.0, 3.2),
    (2.95, 7),
    (2.95, 11),
    (3.5, 15),
    (4.4, 19),
    (4.5, 22),
    (3.7, 25.4),
    (2.1, 28.0),
]
INNER = [
    (-0.2, 29.2),
    (-2.0, 28.0),
    (-3.3, 25.4),
    (-4.0, 22),
    (-4.0, 18.8),
    (-3.2, 15),
    (-2.5, 11),
    (-2.65, 7),
    (-2.8, 3.2),
    (-2.1, 0.8),
]
THROAT, TOE = 15.2, 27.6
# At these distances from the heel: the sole's height, the wall's above it, how far its top lies inside.
AT = (0, 3, 7, 11, 14, 16, 19, 23, 26, 29.2)
SEAT = (2.3, 2.3, 2.2, 1.7, 1.1, 0.85, 0.7, 0.7, 0.85, 1.15)
WALL = (5.9, 5.5, 4.9, 4.6, 4.9, 5.0, 4.1, 3.0, 2.5, 2.1)
LEAN = (0.55, 0.6, 0.7, 0.85, 1.15, 1.45, 1.8, 1.75, 1.6, 1.45)


def _at(y: float, table: tuple[float, ...]) -> float:
    return float(np.interp(y, AT, table))


def _outline() -> Any:
    return curve([*OUTER, *INNER], 60, closed=True)


def _top(outline: Any) -> Any:
    """The wall's upper edge."""
    lean = np.array([_at(y, LEAN) for _, y in outline])
    line = np.asarray(outline)
    moved = inset(line, 1.0) - line
    flat = line + moved * lean[:, None]
    return np.column_stack([flat, [_at(y, SEAT) + _at(y, WALL) for _, y in outline]])


def _wall(outline: Any, top: Any, lift: float = 0.0) -> list[Any]:
    """Rings from the sole to the upper edge, rounded outwards; `lift` moves them off the last."""
    foot = np.column_stack([inset(outline, 0.12 - lift), [_at(y, SEAT) for _, y in outline]])
    away = np.column_stack([inset(outline, -1.0) - outline, np.zeros(len(outline))])
    rings = []
    for s in np.linspace(0, 1, steps(8)):
        inward, up = s**2.1, s**0.92
        flat = foot + (top - foot) * np.array([inward, inward, up])
        rings.append(flat + away * (0.3 * math.sin(math.pi * s) + lift * s))
    return rings


def _sides(top: Any) -> tuple[Any, Any]:
    """The upper edge's two branches from heel to toe, ordered by distance: lateral, medial."""
    right = top[top[:, 0] >= np.interp(top[:, 1], (0, 29), (0, -0.3))]
    left = top[top[:, 0] < np.interp(top[:, 1], (0, 29), (0, -0.3))]
    return right[np.argsort(right[:, 1])], left[np.argsort(left[:, 1])]


def _between(sides: tuple[Any, Any], y: float, u: float, dome: float) -> tuple[float, float, float]:
    """A point of the vamp: u runs from the medial side to the lateral one."""
    ends = [[np.interp(y, side[:, 1], side[:, axis]) for axis in (0, 2)] for side in sides]
    (xr, zr), (xl, zl) = ends
    arch = 1 - abs(2 * u - 1) ** 2.2
    return (xl + (xr - xl) * u, y, zl + (zr - zl) * u + dome * arch)


def _dome(y: float) -> float:
    return float(np.interp(y, (11, THROAT, 19, 24, TOE), (1.5, 1.45, 1.25, 0.75, 0.12)))


def _vamp(sides: tuple[Any, Any], hide: Any, lining: Any) -> None:
    end = min(side[-1, 1] for side in sides) - 0.02
    sheet(
        lambda u, v: _between(sides, THROAT + (end - THROAT) * v, u, _dome(THROAT + (end - THROAT) * v)),
        14,
        16,
        hide,
    )

    def tongue(u: float, v: float) -> tuple[float, float, float]:
        y = THROAT + 0.8 - 4.6 * v
        x, _, z = _between(sides, max(y, 13.0), 0.5 + (u - 0.5) * (0.94 - 0.34 * v * v), _dome(THROAT))
        return (x, y + 1.4 * v * (2 * u - 1) ** 2, z - 0.05 + 0.7 * v)

    sheet(tongue, 10, 6, hide)
    sheet(lambda u, v: tuple(np.array(tongue(u, v)) - (0, 0, 0.12)), 10, 6, lining)


def _seam(top: Any, hide: Any, yarn: Any) -> None:
    """The apron's raised seam around the toe, sewn by hand."""
    front = top[top[:, 1] > THROAT - 0.3]
    middle = int(np.argmin(front[:, 1][: len(front)]))
    front = np.roll(front, -middle, axis=0) if 0 < middle < len(front) - 1 else front
    gaps = np.linalg.norm(np.diff(front, axis=0), axis=1)
    cut = int(np.argmax(gaps)) + 1 if gaps.max() > 3 else 0
    line = curve(np.roll(front, -cut, axis=0), 60)
    sweep(line, circle(0.17, 7), hide)
    bars(line + (0, 0, 0.07), (0.36, 0.09, 0.12), 0.26, yarn)


def _collar(top: Any, paint: Any) -> None:
    """The bound edge of the opening."""
    back = top[top[:, 1] <= THROAT + 0.2]
    gaps = np.linalg.norm(np.diff(back, axis=0), axis=1)
    cut = int(np.argmax(gaps)) + 1 if gaps.max() > 3 else 0
    sweep(curve(np.roll(back, -cut, axis=0), 50), circle(0.15, 7), paint)


def _lining(outline: Any, top: Any, tan: Any) -> None:
    rings = [inset(r[:, :2], 0.22) for r in _wall(outline, top)]
    heights = [r[:, 2] for r in _wall(outline, top)]
    stack = [np.column_stack([flat, z]) for flat, z in zip(rings, heights, strict=True)]
    back = [n for n, (_, y) in enumerate(outline) if y <= THROAT + 3]
    start = (
        next(i for i, n in enumerate(back) if i and n - back[i - 1] > 1)
        if back[-1] - back[0] >= len(back)
        else 0
    )
    order = back[start:] + back[:start]
    skin([ring[order] for ring in stack], tan, closed=False)
    bed = np.column_stack([inset(outline, 0.3), [_at(y, SEAT) + 0.25 for _, y in outline]])
    lid(bed, tan)


def _strap(sides: tuple[Any, Any], outline: Any, top: Any, hide: Any, yarn: Any, brass: Any) -> None:
    """The band over the instep with its brass bar."""
    from_y, wide = 17.2, 2.3
    right, left = _side_walls(outline, top)

    def surface(u: float, v: float) -> tuple[float, float, float]:
        y = from_y + wide * v + 0.5 * (2 * u - 1) ** 2
        if 0.2 <= u <= 0.8:
            x, _, z = _between(sides, y, (u - 0.2) / 0.6, _dome(y))
            return (x, y, z + 0.16)
        near = u / 0.2 if u < 0.2 else (1 - u) / 0.2
        x, z = (left if u < 0.2 else right)(y, near)
        return (x + (-0.16 if u < 0.2 else 0.16) * (1 - 0.4 * near), y, z + 0.16 * near)

    sheet(surface, 36, 4, hide)
    for v in (0.1, 0.9):
        stitches(
            [np.array(surface(u, v)) + (0, 0, 0.03) for u in np.linspace(0.06, 0.94, 60)],
            yarn,
            stitch=0.26,
            gap=0.12,
            thick=0.045,
        )
    _bar(np.array(surface(0.5, 0.5)), brass)


def _side_walls(outline: Any, top: Any) -> tuple[Any, Any]:
    """For either side a function (y, part of the height) -> (x, z) on the wall."""
    rings = _wall(outline, top)

    def on(side: int) -> Any:
        def find(y: float, s: float) -> tuple[float, float]:
            ring = rings[round(s * (len(rings) - 1))]
            half = ring[ring[:, 0] * side > 0]
            half = half[np.argsort(half[:, 1])]
            return float(np.interp(y, half[:, 1], half[:, 0])), float(np.interp(y, half[:, 1], half[:, 2]))

        return find

    return on(1), on(-1)


def _bar(at: Any, brass: Any) -> None:
    bar = curve([(-1.7, 0, -0.1), (-0.9, 0, 0.12), (0, 0, 0.16), (0.9, 0, 0.12), (1.7, 0, -0.1)], 14)
    section = superellipse(0.36, 0.42, 2.6, 12)
    place(sweep(bar, section, brass), at + (0, 0, 0.12), (-16, 0, 0))
    for side in (-1.72, 1.72):
        place(
            sweep(
                curve([(side, -0.45, -0.1), (side, 0, -0.06), (side, 0.45, -0.1)], 8), circle(0.24, 9), brass
            ),
            at + (0, 0, 0.1),
            (-16, 0, 0),
        )


def _sole(outline: Any, leather: Any, edge: Any, yarn: Any) -> None:
    welt = inset(outline, -0.32)
    seat = np.array([_at(y, SEAT) for _, y in outline])
    levels = [(-0.5, 0.06), (-0.46, 0.0), (-0.06, -0.0), (0.02, 0.08)]
    rings = [np.column_stack([inset(welt, by), seat + h]) for h, by in levels]
    skin(rings, edge, sharp=60)
    lid(rings[0], leather)
    lid(rings[-1], edge)
    stitches(
        np.column_stack([inset(outline, -0.12), seat + 0.05]),
        yarn,
        closed=True,
        stitch=0.22,
        gap=0.12,
        thick=0.045,
    )


def _heel(outline: Any, edge: Any) -> None:
    """Three lifts of leather under the back of the sole."""
    line = inset(outline, -0.3)
    half = len(line) // 2
    inner, outer = line[half:], line[:half]
    back = np.vstack([inner[inner[:, 1] < 6.4], outer[outer[:, 1] < 6.4]])
    loop = curve([*back, (1.4, 6.1), (0.0, 5.9), (-1.4, 6.1)], 30, closed=True)
    for low, high, by in ((0.0, 0.56, 0.2), (0.58, 1.16, 0.12), (1.18, 1.82, 0.04)):
        place(plate(inset(loop, by), high - low, edge, edge=0.05), (0, 0, low))


def _shoe() -> None:
    hide, tan = (
        materials.leather("#3f2013", grain="smooth", rough=0.3, coat=0.35),
        materials.leather("#b98a5e", grain="smooth"),
    )
    edge, yarn = materials.edge_paint("#2a170d"), materials.thread("#7a5233")
    outline = _outline()
    top = _top(outline)
    sides = _sides(top)
    skin(_wall(outline, top), hide, sharp=70)
    _vamp(sides, hide, tan)
    _seam(top, hide, yarn)
    _collar(top, edge)
    _lining(outline, top, tan)
    _strap(sides, outline, top, hide, yarn, materials.brass())
    _sole(outline, tan, edge, yarn)
    _heel(outline, edge)


def courtyard() -> Piece:
    _shoe()
    first = everything()
    second = [mirror(obj) for obj in first]
    for obj in first:
        place(obj, (6.0, 17, 0), (0, 0, 172))
    for obj in second:
        place(obj, (-5.6, 13, 0), (0, 0, 186))
    return Piece(
        turn=38, rise=22, margin=1.1, close_at=(-5, -5, 5), close_width=13, close_turn=38, close_rise=34
    )


PIECES = {"courtyard-loafer": courtyard}
