"""Turned bodies: pots, bottles, cases. A profile with rounded corners, and pictures laid once around it."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from catalog.modelling.mesh import mesh, steps

# (radius, height) or (radius, height, rounding of this corner), all in centimetres.
Corner = Sequence[float]


def rounding(corners: Sequence[Corner], arc: int = 4) -> Any:
    """The profile through the corners, each rounded by its third number."""
    line: list[Any] = []
    for n, corner in enumerate(corners):
        here = np.asarray(corner[:2], dtype=float)
        soft = corner[2] if len(corner) > 2 and 0 < n < len(corners) - 1 else 0.0
        line += _bend(corners, n, here, soft, steps(arc)) if soft else [here]
    return np.asarray(line)


def _bend(corners: Sequence[Corner], n: int, here: Any, soft: float, arc: int) -> list[Any]:
    into, out = np.asarray(corners[n - 1][:2]) - here, np.asarray(corners[n + 1][:2]) - here
    long_in, long_out = float(np.linalg.norm(into)), float(np.linalg.norm(out))
    into, out = into / long_in, out / long_out
    angle = math.acos(max(-1.0, min(1.0, float(into @ out))))
    if angle > math.radians(176):
        return [here]
    reach = min(soft / math.tan(angle / 2), 0.49 * long_in, 0.49 * long_out)
    radius = reach * math.tan(angle / 2)
    middle = here + (into + out) / np.linalg.norm(into + out) * radius / math.sin(angle / 2)
    start, sweep = here + into * reach - middle, math.pi - angle
    turn = math.copysign(1.0, into[1] * out[0] - into[0] * out[1])
    # From one tangent point to the other the short way round.
    return [middle + _turned(start, turn * sweep * k / arc) for k in range(arc + 1)]


def _turned(point: Any, angle: float) -> Any:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([c * point[0] - s * point[1], s * point[0] + c * point[1]])


def measured(profile: Any) -> Any:
    """How far along the profile every point lies, 0 to 1."""
    gone = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(profile, axis=0), axis=1))])
    return gone / gone[-1]


def turn(profile: Any, material: Any, count: int = 48, *, sharp: float = 40, wobble: Any = None) -> Any:
    """Turn a profile around Z. The texture goes once around, its middle to the front.

    wobble: radius factors from the angle and the height (arrays in, array out): no thrown pot is quite round.
    """
    line = np.asarray(profile, dtype=float)
    around = np.linspace(0, 1, steps(count) + 1)
    angle = math.pi / 2 + 2 * math.pi * around
    radius = np.repeat(np.maximum(line[:, :1], 1e-6), len(around), axis=1)
    if wobble is not None:
        radius = radius * wobble(angle[None, :], line[:, 1:])
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    points = np.dstack([x, y, np.broadcast_to(line[:, 1:], x.shape)]).reshape(-1, 3)
    u, v = np.meshgrid(around, measured(line))
    return mesh(points, _quads(*x.shape), material, uv=np.column_stack([u.ravel(), v.ravel()]), sharp=sharp)


def _quads(rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    return [
        (r * columns + c, r * columns + c + 1, (r + 1) * columns + c + 1, (r + 1) * columns + c)
        for r in range(rows - 1)
        for c in range(columns - 1)
    ]


def wrapped(radius: float, low: float, high: float, half: float, material: Any, count: int = 16) -> Any:
    """A label on a round body: from `low` to `high`, `half` degrees to either side of the front."""
    angle = np.radians(np.linspace(-90 - half, -90 + half, steps(count) + 1))
    points = [(radius * math.cos(a), radius * math.sin(a), z) for z in (low, high) for a in angle]
    uv = [(n / (len(angle) - 1), v) for v in (0, 1) for n in range(len(angle))]
    return mesh(points, _quads(2, len(angle)), material, uv=uv)


def cells(profile: Any, size: tuple[int, int]) -> tuple[Any, Any]:
    """For every texel of a turned body's picture, top row first: its place, and how far along (0 to 1)."""
    line = np.asarray(profile, dtype=float)
    wide, high = size
    along = 1 - (np.arange(high) + 0.5) / high
    radius, level = (np.interp(along, measured(line), line[:, n]) for n in (0, 1))
    angle = math.pi / 2 + 2 * math.pi * (np.arange(wide) + 0.5) / wide
    x, y = radius[:, None] * np.cos(angle), radius[:, None] * np.sin(angle)
    points = np.dstack([x, y, np.repeat(level[:, None], wide, axis=1)])
    return points, np.repeat(along[:, None], wide, axis=1)
