"""One branch of plum in flower."""

import math
from typing import Any

import bpy
import numpy as np

from catalog.modelling import glaze, kit, materials, textures
from catalog.modelling.mesh import Point, copy, everything, mesh, place, steps

# A branch turns at every bud: points from the jar's mouth to the tip, and how thick it begins and ends.
STEM = (
    [
        (-4.6, 0, 19),
        (-3.0, 0.3, 27),
        (-2.0, -0.2, 32),
        (0.6, 0.4, 36.5),
        (1.8, -0.5, 41.5),
        (5.6, 0, 45),
        (6.6, -0.6, 49.5),
        (10.4, 0, 53.5),
    ],
    0.62,
    0.14,
)
SIDES = [
    ([(-2.0, -0.2, 32), (-4.0, -1.0, 36.5), (-4.4, -0.6, 40.5), (-7.2, -1.2, 45.0)], 0.34, 0.1),
    ([(1.8, -0.5, 41.5), (0.4, -1.4, 46), (1.0, -1.0, 50)], 0.3, 0.09),
    ([(5.6, 0, 45), (9.0, -1.6, 45.6), (12.0, -1.0, 44.4)], 0.26, 0.08),
    ([(0.6, 0.4, 36.5), (4.4, -1.8, 38.0), (6.6, -1.6, 36.8)], 0.24, 0.08),
]
# Where a flower sits, which way it looks (azimuth from the front, height) and its size.
FLOWERS = [
    ((10.4, -0.3, 53.5), 20, 30, 1.0),
    ((6.7, -0.9, 49.4), -25, 15, 1.25),
    ((1.0, -1.3, 50.0), 10, 35, 1.1),
    ((5.5, -0.5, 45.1), -10, 5, 1.3),
    ((0.5, -1.8, 46.0), -40, 10, 1.05),
    ((9.0, -2.0, 45.7), 25, 15, 1.2),
    ((12.0, -1.2, 44.4), 55, -5, 0.95),
    ((1.9, -1.0, 41.4), -15, 10, 1.15),
    ((-7.2, -1.4, 45.0), -35, 30, 1.1),
    ((-4.5, -1.0, 40.6), -20, 0, 1.2),
    ((-4.0, -1.3, 36.6), -60, 5, 0.95),
    ((4.4, -2.2, 38.1), 15, 0, 1.2),
    ((6.6, -1.8, 36.8), 45, -20, 0.95),
    ((4.0, 0.8, 43.6), 150, 20, 1.0),
    ((-1.2, 0.7, 34.2), 170, 20, 1.0),
    ((8.6, 0.5, 51.8), 160, 30, 1.0),
]
BUDS = [
    (3.4, -0.6, 43.2),
    (8.3, -0.7, 51.7),
    (-5.7, -1.1, 42.9),
    (0.6, -1.4, 48.2),
    (10.6, -1.5, 45.2),
    (-0.8, -0.2, 34.4),
    (-6.4, -1.1, 44.1),
    (9.6, -0.2, 52.9),
]


def _twig(points: Any, start: float, end: float, bark: Any) -> None:
    line = kit.curve(points, 5 * len(points))
    line = line + 0.09 * np.column_stack([glaze.noise(line, 1.1, seed=90 + n) for n in range(3)])
    kit.sweep(
        line,
        kit.circle(1.0, 6),
        bark,
        taper=lambda gone: start + (end - start) * gone + 0.05 * start * math.sin(gone * 40),
    )


def _petal(u: float, v: float) -> Point:
    """From its base (v 0) to its rim, cupped, a little wavy."""
    across, out = u * 2 - 1, v
    half = 0.62 * math.sin(math.pi * min(0.94, 0.1 + 0.84 * out**0.8)) ** 0.75
    return (
        across * half,
        0.06 + 1.06 * out - 0.1 * across * across * out,
        0.06 + 0.34 * out**1.6 + 0.16 * across * across * out + 0.03 * math.sin(5 * u),
    )


def _blush() -> Any:
    v = np.linspace(1, 0, 64)[:, None] * np.ones((1, 32))
    colours = glaze.ramp(
        np.clip(v, 0, 1), [glaze.rgb(c) for c in ("#d58b93", "#ecc5c4", "#efdcd8", "#f1e6e2")]
    )
    made = materials.plain("petal", "#ffffff", rough=0.6, Specular_IOR_Level=0.3)
    return materials.printed(made, "petal-blush", glaze.picture(colours), quality=85)


def _heart(filament: Any, anther: Any) -> None:
    for n in range(9):
        angle = math.radians(n * 40 + 7)
        far, high = 0.34 + 0.1 * (n % 3), 0.52 + 0.06 * (n % 2)
        tip = (far * math.cos(angle), far * math.sin(angle), high)
        foot = [(-0.018, 0, 0.05), (0.018, 0, 0.05), (0, 0.018, 0.05)]
        mesh([*foot, tip], [(0, 1, 3), (1, 2, 3), (2, 0, 3)], filament, sharp=180)
        kit.ball(0.06, anther, tip, 4)


def _flower() -> list[Any]:
    before = set(everything())
    blush = _blush()
    petal = kit.sheet(_petal, 4, 5, blush, printed=True)
    for n in range(1, 5):
        copy(petal, turn=(0, 0, 72 * n))
    _heart(materials.plain("filament", "#c7747a", rough=0.6), materials.plain("anther", "#c99a3e", rough=0.7))
    calyx = materials.plain("calyx", "#7a3038", rough=0.6)
    kit.ball(0.22, calyx, (0, 0, 0.0), 8)
    return [obj for obj in everything() if obj not in before]


def _bark() -> Any:
    made = materials.plain("bark", "#4a362b", rough=0.8, size=3.0)
    return materials.bumped(made, "bark-grain", textures.clay(), 0.8)


def branch() -> None:
    """In place of the moon jar: rising out of its mouth."""
    bark = _bark()
    for points, start, end in (STEM, *SIDES):
        _twig(points, start, end, bark)
    first = _flower()
    for number, (at, azimuth, height, size) in enumerate(FLOWERS):
        for part in first:
            spun = copy(part, turn=(0, 0, 31 * number))
            place(spun, at, (90 - height, 0, azimuth), 1.15 * size)
    bud = materials.plain("bud", "#d98f97", rough=0.55)
    for n, at in enumerate(BUDS):
        kit.ball(0.34 + 0.05 * (n % 3), bud, at, steps(6) // 2 + 3)
    for part in first:
        bpy.data.objects.remove(part)
