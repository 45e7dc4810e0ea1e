"""Maison Aurèle's stole, folded, its border and fringe over the front."""

import math
from typing import Any

import numpy as np

from catalog.modelling import materials, textures
from catalog.modelling.kit import circle, curve, sheet, sweep
from catalog.modelling.mesh import thicken
from catalog.modelling.piece import Piece

WIDE, DEEP, LAYER = 17.0, 12.5, 1.05  # half the width, half the depth, the height of a layer


def _profile() -> Any:
    """The fold's line from below the stack to the end that hangs over its front, as (y, z)."""
    line: list[tuple[float, float]] = []
    for n in range(4):
        z, way = 0.3 + LAYER * n, -1 if n % 2 else 1
        reach = DEEP - 0.25 * n
        line += [(way * reach * t, z + 0.12 * math.sin(3 * t + n)) for t in np.linspace(-0.93, 0.93, 9)]
        line.append((way * (reach + 0.55), z + LAYER / 2))
    top = 0.3 + LAYER * 4
    line += [(DEEP * t, top + 0.1 * math.sin(4 * t)) for t in np.linspace(0.9, -0.95, 10)]
    line += [(-DEEP - 0.65, top - 0.3), (-DEEP - 0.95, top - 1.1), (-DEEP - 1.0, top - 2.1)]
    return np.asarray(curve(line, 90))


def _surface(line: Any, first: float, last: float) -> Any:
    def surface(u: float, v: float) -> tuple[float, float, float]:
        at = (first + (last - first) * v) * (len(line) - 1)
        y, z = (float(np.interp(at, np.arange(len(line)), line[:, axis])) for axis in (0, 1))
        x = (u - 0.5) * 2
        soft = 0.12 * math.sin(4.2 * x + 0.25 * y) * min(1.0, z / 3)
        return (WIDE * x + 0.25 * math.sin(0.7 * z + 1), y + 0.25 * math.sin(2.1 * x + z), z + soft + 0.1)

    return surface


def _fringe(surface: Any, wool: Any) -> None:
    for n, u in enumerate(np.linspace(0.012, 0.988, 46)):
        x, y, z = surface(u, 1.0)
        sway, out = 0.22 * math.sin(n * 2.3), 0.5 + 0.35 * math.sin(n * 1.7)
        path = [
            (x, y, z + 0.15),
            (x + sway * 0.3, y - 0.12, z - 0.9),
            (x + sway, y - 0.3 * out, 0.7),
            (x + 1.6 * sway, y - 1.5 * out - 0.4, 0.16),
        ]
        sweep(curve(path, 7), circle(0.21, 5), wool, taper=lambda t: 1.0 - 0.45 * t)


def stole() -> Piece:
    sage = materials.cloth(
        "herringbone", textures.herringbone(), "#6f7d62", "#a3ad8e", size=3.6, strength=1.6
    )
    night = materials.cloth(
        "night-border", textures.herringbone(), "#151d33", "#2b3858", size=3.6, strength=1.6
    )
    line = _profile()
    thicken(sheet(_surface(line, 0.0, 0.948), 16, 88, sage), 0.34, 0.0)
    thicken(sheet(_surface(line, 0.946, 1.0), 16, 8, night), 0.38, 0.0)
    _fringe(_surface(line, 0.946, 1.0), materials.plain("fringe", "#202b48", rough=0.9, Sheen_Weight=0.3))
    return Piece(
        turn=30, rise=30, margin=1.16, close_at=(2, -DEEP, 3.6), close_width=13, close_turn=24, close_rise=30
    )


PIECES = {"herringbone-stole": stole}
