"""Small parts: zip teeth, rings, buckles, pin holes."""

import math
from typing import Any

import numpy as np

from catalog.modelling.kit import bend, even, frames, length, plate, rounded, sweep
from catalog.modelling.mesh import Point, mesh


def bars(path: Any, size: Point, gap: float, material: Any, *, up: Point = (0, 0, 1)) -> Any:
    """Little blocks (across, along, high) in a row on a line: the teeth of a zip, the links of a chain."""
    count = max(1, int(length(path) / (size[1] + gap)))
    line = even(path, count)
    points: list[Any] = []
    faces: list[Any] = []
    for number, (point, (along, _, _)) in enumerate(zip(line, frames(line, up=up), strict=True)):
        side = np.cross(along, np.asarray(up, dtype=float))
        side *= size[0] / 2 / np.linalg.norm(side)
        shift = side * (0.25 if number % 2 else -0.25)
        _block(points, faces, point + shift, side, along * size[1] / 2, np.asarray(up) * size[2])
    return mesh(points, faces, material)


def _block(points: list[Any], faces: list[Any], at: Any, side: Any, along: Any, high: Any) -> None:
    first = len(points)
    points += [at + a * side + b * along + c * high for c, k in ((0, 1.0), (1, 0.75)) for a, b in _around(k)]
    faces += [
        tuple(first + n for n in face)
        for face in ((4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))
    ]


def _around(reach: float) -> list[tuple[float, float]]:
    return [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)]


def link(width: float, height: float, wire: float, material: Any, *, corner: float = 9.0) -> Any:
    """A ring of bent wire lying on Z = 0: a circle, or a rectangle with small corners."""
    outline = rounded(width - wire, height - wire, min(corner, width / 2, height / 2), 14)
    ring = np.column_stack([outline, np.zeros(len(outline))])
    turns = np.linspace(0, 2 * math.pi, 9)[:-1]
    section = np.column_stack([np.cos(turns), np.sin(turns)]) * wire / 2
    return sweep(ring, section, material, closed=True)


def strip(path: Any, width: float, thick: float, material: Any, *, up: Point = (0, 0, 1)) -> Any:
    """A flat band along a line, lying on the side that looks `up` where it begins."""
    return sweep(path, rounded(width, thick, thick * 0.4, 12), material, up=up, sharp=60)


def tongue(width: float, height: float, thick: float, material: Any, *, form: Any = None) -> Any:
    """A flat leather tag hanging down from the origin, in front of Y = 0, round below."""
    outline = [
        (-width * 0.36, 0.0),
        *[
            (width / 2 * math.cos(a), -height + width / 2 + width / 2 * math.sin(a))
            for a in np.linspace(-math.pi, 0, 13)
        ],
        (width * 0.36, 0.0),
    ]
    return bend(plate(outline, thick, material, edge=thick / 3), form or (lambda x, y, z: (x, -z, y)))
