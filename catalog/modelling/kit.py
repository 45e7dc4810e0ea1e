"""Shapes: lathe, sweep, loft, plate, box, cushion, sheet, stitches. All lengths in centimetres."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from catalog.modelling.mesh import Point, Surface, bevel, mesh, place, project, steps, tile

Outline = Sequence[Point]


def curve(points: Outline, count: int = 24, *, closed: bool = False) -> Any:
    """A smooth line through the points (centripetal spline), `count` segments at even distances."""
    given = np.asarray(points, dtype=float)
    ends = (given[-1:], given[:2]) if closed else (2 * given[:1] - given[1:2], 2 * given[-1:] - given[-2:-1])
    all_points = np.vstack([ends[0], given, ends[1]])
    pieces = [_spline(all_points[n : n + 4]) for n in range(len(all_points) - 3)]
    return even(np.vstack([*pieces, all_points[-2:-1]]), steps(count), closed=closed)


def _spline(four: Any) -> Any:
    gaps = np.maximum(np.linalg.norm(np.diff(four, axis=0), axis=1), 1e-6) ** 0.5
    t0, t1, t2, t3 = np.concatenate([[0], np.cumsum(gaps)])
    t = np.linspace(t1, t2, 24, endpoint=False)[:, None]
    p0, p1, p2, p3 = four
    a1 = (t1 - t) / (t1 - t0) * p0 + (t - t0) / (t1 - t0) * p1
    a2 = (t2 - t) / (t2 - t1) * p1 + (t - t1) / (t2 - t1) * p2
    a3 = (t3 - t) / (t3 - t2) * p2 + (t - t2) / (t3 - t2) * p3
    b1 = (t2 - t) / (t2 - t0) * a1 + (t - t0) / (t2 - t0) * a2
    b2 = (t3 - t) / (t3 - t1) * a2 + (t - t1) / (t3 - t1) * a3
    return (t2 - t) / (t2 - t1) * b1 + (t - t1) / (t2 - t1) * b2


def even(points: Any, count: int, *, closed: bool = False) -> Any:
    """The same line with `count` equal segments; a closed one does not repeat its first point."""
    line = np.asarray(points, dtype=float)
    gone = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0, gone[-1], count + 1)[: count if closed else count + 1]
    return np.column_stack([np.interp(at, gone, line[:, axis]) for axis in range(line.shape[1])])


def length(points: Any, *, closed: bool = False) -> float:
    """How long a line is."""
    line = np.asarray(points, dtype=float)
    line = np.vstack([line, line[:1]]) if closed else line
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def rounded(width: float, depth: float, radius: float, count: int = 24) -> Any:
    """The outline of a rectangle with round corners, around the origin, counter-clockwise."""
    radius = min(radius, width / 2, depth / 2)
    turns = np.linspace(0, math.pi / 2, 10)
    corners = [(1, 1, 0), (-1, 1, 1), (-1, -1, 2), (1, -1, 3)]
    line = [
        (
            sx * (width / 2 - radius) + radius * math.cos(a + q * math.pi / 2),
            sy * (depth / 2 - radius) + radius * math.sin(a + q * math.pi / 2),
        )
        for sx, sy, q in corners
        for a in turns
    ]
    return even([*line, line[0]], steps(count), closed=True)


def superellipse(width: float, depth: float, power: float = 4.0, count: int = 24) -> Any:
    """An outline between ellipse (2) and rectangle (large)."""
    turns = np.linspace(0, 2 * math.pi, 240)
    c, s = np.cos(turns), np.sin(turns)
    across = np.sign(c) * np.abs(c) ** (2 / power) * width / 2
    along = np.sign(s) * np.abs(s) ** (2 / power) * depth / 2
    return even(np.column_stack([across, along]), steps(count), closed=True)


def circle(radius: float, count: int = 16) -> Any:
    return superellipse(2 * radius, 2 * radius, 2.0, count)


def _quads(rows: int, columns: int, *, around: bool, along: bool) -> list[tuple[int, int, int, int]]:
    def number(row: int, column: int) -> int:
        return (row % rows) * columns + column % columns

    return [
        (number(r, c), number(r, c + 1), number(r + 1, c + 1), number(r + 1, c))
        for r in range(rows if along else rows - 1)
        for c in range(columns if around else columns - 1)
    ]


def skin(
    rings: Sequence[Any],
    material: Any,
    *,
    closed: bool = True,
    joined: bool = False,
    caps: bool = False,
    sharp: float = 40,
) -> Any:
    """A surface through rings of equally many points. Caps close the first and the last ring.

    closed: every ring is a loop; joined: the last ring meets the first.
    """
    stack = np.asarray(rings, dtype=float)
    if closed:
        stack = np.concatenate([stack, stack[:, :1]], axis=1)
    if joined:
        stack = np.concatenate([stack, stack[:1]], axis=0)
    rows, columns = stack.shape[:2]
    faces: list[Any] = list(_quads(rows, columns, around=False, along=False))
    if caps:
        faces += [
            tuple(range(columns - 1))[::-1],
            tuple((rows - 1) * columns + n for n in range(columns - 1)),
        ]
    return mesh(stack.reshape(-1, 3), faces, material, uv=_measured(stack) / tile(material), sharp=sharp)


def _measured(stack: Any) -> Any:
    """Centimetres walked along and across the surface, for textures of even size."""
    across = np.cumsum(np.linalg.norm(np.diff(stack, axis=1, prepend=stack[:, :1]), axis=2), axis=1)
    along = np.cumsum(np.linalg.norm(np.diff(stack, axis=0, prepend=stack[:1]), axis=2).mean(axis=1))
    across = np.broadcast_to(across.mean(axis=0), stack.shape[:2])
    return np.dstack([across, np.broadcast_to(along[:, None], stack.shape[:2])]).reshape(-1, 2)


def lid(ring: Any, material: Any) -> Any:
    """One face over a ring."""
    return mesh(ring, [tuple(range(len(ring)))], material)


def loft(
    outlines: Sequence[tuple[Outline, float]], material: Any, *, caps: bool = True, sharp: float = 40
) -> Any:
    """A body through flat outlines, each at its height."""
    rings = [[(p[0], p[1], height) for p in outline] for outline, height in outlines]
    return skin(rings, material, caps=caps, sharp=sharp)


def lathe(
    profile: Outline, material: Any, count: int = 40, *, smooth: bool = False, sharp: float = 40
) -> Any:
    """Turn a profile of (radius, height) around Z; a smooth one is a spline through its points."""
    line = curve(profile, 4 * len(profile)) if smooth else np.asarray(profile, dtype=float)
    turns = np.linspace(0, 2 * math.pi, steps(count), endpoint=False)
    rings = [[(r * math.cos(a), r * math.sin(a), z) for a in turns] for r, z in line]
    return skin(rings, material, sharp=sharp)


def sheet(surface: Surface, across: int, along: int, material: Any, *, printed: bool = False) -> Any:
    """A surface from a function of two numbers from 0 to 1; a printed one bears its texture once."""
    columns, rows = steps(across) + 1, steps(along) + 1
    pairs = [(u, v) for v in np.linspace(0, 1, rows) for u in np.linspace(0, 1, columns)]
    stack = np.asarray([surface(u, v) for u, v in pairs], dtype=float).reshape(rows, columns, 3)
    uv = np.asarray(pairs) if printed else _measured(stack) / tile(material)
    return mesh(stack.reshape(-1, 3), _quads(rows, columns, around=False, along=False), material, uv=uv)


def frames(path: Any, *, closed: bool = False, up: Point = (0, 0, 1)) -> list[tuple[Any, Any, Any]]:
    """At every point of a line: along it, and two directions across, carried without twisting."""
    line = np.asarray(path, dtype=float)
    around = np.vstack([line[-1:], line, line[:1]]) if closed else np.vstack([line[:1], line, line[-1:]])
    along = around[2:] - around[:-2]
    along /= np.linalg.norm(along, axis=1)[:, None]
    side = np.cross(along[0], np.asarray(up, dtype=float))
    if np.linalg.norm(side) < 1e-3:
        side = np.cross(along[0], (1.0, 0.0, 0.0) if abs(along[0][0]) < 0.9 else (0.0, 1.0, 0.0))
    found = []
    for direction in along:
        side = side - direction * float(side @ direction)
        side = side / np.linalg.norm(side)
        found.append((direction, side, np.cross(side, direction)))
    return found


def sweep(
    path: Any,
    section: Any,
    material: Any,
    *,
    closed: bool = False,
    up: Point = (0, 0, 1),
    taper: Callable[[float], float] | None = None,
    sharp: float = 40,
) -> Any:
    """Carry a flat outline (x across, y up) along a line; `taper` scales it by how far it came, 0 to 1."""
    line, outline = np.asarray(path, dtype=float), np.asarray(section, dtype=float)
    rings = []
    for n, (point, (_, side, above)) in enumerate(zip(line, frames(line, closed=closed, up=up), strict=True)):
        size = taper(n / (len(line) - 1)) if taper else 1.0
        rings.append(point + size * (outline[:, :1] * side + outline[:, 1:] * above))
    return skin(rings, material, joined=closed, caps=not closed, sharp=sharp)


def tube(
    points: Outline, radius: float, material: Any, *, closed: bool = False, count: int = 24, sides: int = 8
) -> Any:
    """A round cord through the points."""
    return sweep(curve(points, count, closed=closed), circle(radius, sides), material, closed=closed)


def plate(outline: Any, thickness: float, material: Any, *, edge: float = 0.0, fill: int = 0) -> Any:
    """A flat piece of leather or metal lying on Z = 0, its edges rounded by `edge`.

    fill: rings of points inside its faces, for a piece that will be bent.
    """
    flat = np.asarray(outline, dtype=float)
    edge = min(edge, thickness / 2)
    turns = np.linspace(0, math.pi / 2, steps(2) if edge else 1)
    lower = [(edge * (1 - math.sin(a)), edge * (1 - math.cos(a))) for a in turns]
    levels = [*lower, *[(by, thickness - height) for by, height in reversed(lower)]]
    rings = [np.column_stack([inset(flat, by), np.full(len(flat), height)]) for by, height in levels]
    middle = np.array([*((flat.min(axis=0) + flat.max(axis=0)) / 2), 0.0])
    shares = np.linspace(0.06, 1, steps(fill) + 1)[:-1] if fill else []
    within = [[ring * (s, s, 1) + middle * (1 - s) for s in shares] for ring in (rings[0], rings[-1])]
    obj = skin([*within[0], *rings, *within[1][::-1]], material, caps=True, sharp=50)
    project(obj)
    return obj


def inset(outline: Any, by: float) -> Any:
    """A flat closed outline (counter-clockwise), moved inwards."""
    line = np.asarray(outline, dtype=float)
    along = np.roll(line, -1, axis=0) - np.roll(line, 1, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1)[:, None], 1e-9)
    return line + by * np.column_stack([-along[:, 1], along[:, 0]])


def box(size: Point, material: Any, *, edge: float = 0.1, at: Point = (0, 0, 0)) -> Any:
    """A box with rounded edges standing on `at`."""
    x, y, z = size[0] / 2, size[1] / 2, size[2]
    points = [
        (at[0] + sx * x, at[1] + sy * y, at[2] + h)
        for h in (0, z)
        for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    obj = mesh(points, faces, material)
    return bevel(obj, edge, steps(2)) if edge else obj


def stitches(
    path: Any,
    material: Any,
    *,
    stitch: float = 0.32,
    gap: float = 0.12,
    thick: float = 0.05,
    up: Point = (0, 0, 1),
    closed: bool = False,
) -> Any:
    """A row of saddle stitches along a line, lying on the surface that looks `up`."""
    whole = length(path, closed=closed)
    count = max(1, int(whole / (stitch + gap)))
    line = np.vstack([path, path[:1]]) if closed else np.asarray(path, dtype=float)
    ends = even(line, 2 * count)
    above = np.asarray(up, dtype=float) / np.linalg.norm(up)
    points: list[Any] = []
    faces: list[Any] = []
    for n in range(count):
        start, end = ends[2 * n], ends[2 * n] + (ends[2 * n + 1] - ends[2 * n]) * 2 * stitch / (stitch + gap)
        _stitch(points, faces, start, end, above, thick)
    return mesh(points, faces, material, sharp=180)


def _stitch(points: list[Any], faces: list[Any], start: Any, end: Any, above: Any, thick: float) -> None:
    side = np.cross(end - start, above)
    side *= thick / max(float(np.linalg.norm(side)), 1e-9)
    first, middle = len(points), (start + end) / 2
    low = above * thick * 0.4
    points += [start - low, end - low, middle + side, middle - side, middle + above * thick]
    faces += [(first + a, first + b, first + c) for a, b, c in ((0, 2, 4), (2, 1, 4), (1, 3, 4), (3, 0, 4))]


def ball(radius: float, material: Any, at: Point = (0, 0, 0), count: int = 12, flat: float = 1.0) -> Any:
    """A ball, or a rivet's head when flat."""
    turns = np.linspace(-math.pi / 2, math.pi / 2, steps(count) // 2 + 2)
    obj = lathe(
        [(max(radius * math.cos(a), 1e-4), radius * flat * math.sin(a)) for a in turns], material, count
    )
    return place(obj, at)


def bend(obj: Any, form: Callable[[float, float, float], Point]) -> Any:
    """Move every point to where `form` says: a flat plate onto a round body."""
    for vertex in obj.data.vertices:
        vertex.co = form(*vertex.co)
    obj.data.update()
    return obj
