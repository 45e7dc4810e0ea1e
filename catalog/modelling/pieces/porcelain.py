"""Bowl, plate and jar of Hanami Atelier."""

import math
from functools import partial
from typing import Any

import numpy as np

from catalog.modelling import glaze, kit, materials, turning
from catalog.modelling.mesh import everything, place
from catalog.modelling.piece import Piece
from catalog.modelling.pieces.blossom import branch

SNOW, CREAM, IRON, CLAY = (glaze.rgb(c) for c in ("#d9d5cb", "#c8c1b2", "#4a3222", "#6b4e39"))


def _tall(profile: Any) -> float:
    return float(np.linalg.norm(np.diff(profile, axis=0), axis=1).sum())


# --- First Snow -----------------------------------------------------------------------------------

BOWL_FOOT = [(0, 0.75), (2.3, 0.75, 0.2), (2.5, 0.0, 0.12), (3.0, 0.0, 0.14), (3.05, 0.85, 0.3)]
BOWL_OUT = [(3.05, 0.85), (4.5, 1.45), (5.55, 2.9), (5.98, 5.0), (6.18, 7.7)]
BOWL_IN = [(5.78, 7.6), (5.5, 5.2), (5.0, 3.3), (3.8, 1.95), (1.8, 1.4), (0, 1.3)]


def _bowl_profile() -> Any:
    lip = turning.rounding([(6.18, 7.7), (6.16, 8.02, 0.18), (5.82, 8.0, 0.16), (5.78, 7.6)])
    return np.vstack(
        [turning.rounding(BOWL_FOOT)[:-1], kit.curve(BOWL_OUT, 22), lip[1:-1], kit.curve(BOWL_IN, 20)]
    )


def _edge(points: Any) -> Any:
    """How high the glaze stops above the foot, all the way round: where it stopped by itself."""
    angle = np.arctan2(points[..., 1], points[..., 0])
    run = np.stack([3 * np.cos(angle), 3 * np.sin(angle), 0 * angle], axis=-1)
    return 1.75 + 0.75 * glaze.noise(run, 2.6, seed=61, layers=3)


def _snow(profile: Any) -> Any:
    points, along = turning.cells(profile, (512, 512))
    inside, level = along > 0.53, points[..., 2]
    above = np.where(inside, 5.0, level - _edge(points))
    cover = glaze.smooth(-0.03, 0.05, above)
    cloud = glaze.noise(points, 2.0, seed=62)
    white = glaze.blend(SNOW, CREAM, glaze.smooth(-0.2, 1.1, cloud))
    thin = glaze.smooth(7.75, 8.05, level + 0.12 * cloud) * 0.55 + 0.5 * np.exp(-((above / 0.16) ** 2))
    white = glaze.blend(white, glaze.rgb("#b08a66"), np.clip(thin, 0, 1))
    flecks = np.maximum(
        glaze.specks(points, 0.5, 0.34, seed=63), 0.8 * glaze.specks(points, 0.24, 0.16, seed=64)
    )
    white = glaze.blend(white, IRON, flecks * 0.8)
    earth = glaze.blend(CLAY, IRON, glaze.smooth(-0.5, 1, glaze.noise(points, 0.7, seed=65)))
    height = 0.05 * glaze.smooth(-0.04, 0.22, above) + 0.035 * np.exp(-(((above - 0.12) / 0.14) ** 2))
    height = (
        height + (1 - cover) * 0.006 * glaze.noise(points, 0.12, seed=66, layers=2) + 0.004 * cloud * cover
    )
    raised = glaze.relief(height, 34.0, _tall(profile))
    return glaze.fired(
        "snow", glaze.blend(earth, white, cover), rough=0.82 - 0.64 * cover, raised=raised, quality=80
    )


def bowl() -> Piece:
    def wobble(angle: Any, level: Any) -> Any:
        return (
            1
            + (0.012 * np.sin(2 * angle + 0.6) + 0.006 * np.sin(3 * angle)) * level / 8
            + 0.004 * np.sin(level * 2.6 + angle)
        )

    profile = _bowl_profile()
    turning.turn(profile, _snow(profile), 64, wobble=wobble)
    return Piece(
        turn=30, rise=20, margin=1.2, close_at=(0.4, -4.2, 2.2), close_width=7.0, close_turn=24, close_rise=8
    )


# --- Mended Plate ---------------------------------------------------------------------------------

PLATE_BACK = [(0, 0.5), (5.8, 0.5, 0.1), (6.0, 0.0, 0.1), (6.5, 0.0, 0.12), (6.7, 0.6, 0.3)]
PLATE = [(6.7, 0.6), (9.4, 1.2), (12.7, 2.35)]
PLATE_FRONT = [(12.75, 2.62), (9.3, 1.62), (7.6, 1.18), (6.6, 0.98), (0, 0.95)]
CRACKS = [
    (
        [
            (4.2, 12.6),
            (3.4, 9.4),
            (3.9, 7.0),
            (2.2, 4.2),
            (2.5, 2.2),
            (0.5, 0.2),
            (0.8, -2.0),
            (-0.9, -4.6),
            (-0.4, -8.0),
            (-1.6, -12.9),
        ],
        0.15,
    ),
    ([(2.5, 2.2), (5.2, 1.1), (7.0, 1.8), (9.6, 0.6), (13.0, 0.4)], 0.12),
    ([(0.8, -2.0), (-2.2, -1.6), (-4.4, -3.2), (-7.2, -2.6)], 0.1),
]


def _celadon(profile: Any) -> Any:
    points, along = turning.cells(profile, (512, 512))
    radius = np.hypot(points[..., 0], points[..., 1])
    angle = np.arctan2(points[..., 1], points[..., 0])
    front = glaze.smooth(0.5, 0.53, along)
    flutes = front * glaze.smooth(7.2, 7.9, radius) * (1 - glaze.smooth(12.0, 12.5, radius))
    height = 0.035 * flutes * np.abs(np.cos(angle * 22)) ** 0.7
    cloud = glaze.noise(points, 4.0, seed=71)
    pool = (
        flutes * (1 - np.abs(np.cos(angle * 22))) ** 2 + 0.5 * np.exp(-(((radius - 7.2) / 0.3) ** 2)) * front
    )
    colours = glaze.blend(glaze.rgb("#a4b1a1"), glaze.rgb("#90a293"), glaze.smooth(-0.4, 1, cloud))
    colours = glaze.blend(colours, glaze.rgb("#687c6f"), np.clip(pool, 0, 0.85))
    colours = glaze.blend(colours, glaze.rgb("#c5ccbe"), glaze.smooth(12.5, 12.8, radius) * 0.7)
    raised = glaze.relief(height + 0.003 * cloud, 50.0, _tall(profile))
    return glaze.fired("celadon", colours, rough=0.1, raised=raised, Coat_Weight=0.5, Coat_Roughness=0.04)


def _seams(front: Any) -> None:
    """Gold along every crack, a little proud of the glaze."""
    gold = materials.gold(0.24)
    radius, level = front[::-1, 0], front[::-1, 1]
    for number, (points, width) in enumerate(CRACKS):
        line = kit.curve(points, 60)
        line = np.array([p * min(1.0, 12.72 / max(float(np.hypot(*p)), 1e-6)) for p in line])
        high = np.interp(np.hypot(line[:, 0], line[:, 1]), radius, level)
        shake = 1 + 0.45 * glaze.noise(np.column_stack([line, 0 * high]), 0.9, seed=75 + number)
        path = np.column_stack([line, high + 0.01])
        kit.sweep(path, kit.circle(1.0, 8) * (1.0, 0.35), gold, taper=partial(_swell, width, shake))


def _swell(width: float, shake: Any, gone: float) -> float:
    return width * float(shake[round(gone * (len(shake) - 1))])


def _stand() -> None:
    """Two dark uprights with a heel, and a bar between them."""
    wood = materials.wood("#1d1511", "#33251b", rough=0.42)
    side = kit.curve(
        [
            (-4.2, 0.0),
            (-4.6, 0.9),
            (-3.4, 1.25),
            (-1.0, 0.95),
            (1.2, 1.4),
            (3.4, 6.8),
            (4.2, 9.0),
            (4.7, 8.9),
            (4.0, 5.6),
            (3.6, 0.0),
        ],
        44,
        closed=True,
    )
    for x in (-4.6, 4.6):
        upright = kit.plate(side[::-1] if _clockwise(side) else side, 0.8, wood, edge=0.1)
        place(upright, (x + 0.4, 0, 0), (90, 0, 90))
    place(kit.box((9.2, 0.7, 0.7), wood, edge=0.08), (0, 2.6, 0.5))


def _clockwise(line: Any) -> bool:
    turned = np.roll(line, -1, axis=0)
    return float(np.sum(line[:, 0] * turned[:, 1] - turned[:, 0] * line[:, 1])) < 0


def plate() -> Piece:
    front = kit.curve(PLATE_FRONT, 30)
    rim = turning.rounding([(12.7, 2.35), (12.95, 2.5, 0.1), (12.75, 2.62)])
    profile = np.vstack([turning.rounding(PLATE_BACK)[:-1], kit.curve(PLATE, 12), rim[1:-1], front])
    body = [turning.turn(profile, _celadon(profile), 72)]
    _seams(front)
    gold = [obj for obj in everything() if obj not in body]
    for obj in [*body, *gold]:
        place(obj, (0, 0.4, 13.3), (72, 0, 0))
    _stand()
    return Piece(
        turn=24,
        rise=12,
        margin=1.12,
        close_at=(1.2, -0.5, 13.8),
        close_width=11.0,
        close_turn=14,
        close_rise=14,
    )


# --- Moon Jar -------------------------------------------------------------------------------------

JAR_FOOT = [(0, 0.6), (5.4, 0.6, 0.2), (5.6, 0.0, 0.15), (6.3, 0.0, 0.2), (6.35, 0.5, 0.2)]
JAR_OUT = [(6.35, 0.5), (9.6, 2.8), (12.6, 6.6), (13.9, 11.4), (14.0, 12.9)]
JAR_OVER = [(14.0, 12.9), (13.75, 15.2), (12.2, 19.6), (9.3, 23.2), (6.6, 25.0)]
JAR_LIP = [
    (6.6, 25.0),
    (6.3, 25.3, 0.2),
    (6.55, 27.0, 0.14),
    (6.1, 27.0, 0.14),
    (5.85, 25.2, 0.3),
    (8.4, 23.4, 1.0),
    (11.0, 20.0),
]


def _moon(profile: Any) -> Any:
    points, _ = turning.cells(profile, (256, 512))
    level = points[..., 2]
    cloud = glaze.noise(points, 7.0, seed=81)
    blush = glaze.smooth(0.35, 1.1, glaze.noise(points, 9.0, seed=83))
    colours = glaze.blend(glaze.rgb("#dcdad3"), glaze.rgb("#cfccc3"), glaze.smooth(-0.3, 1, cloud))
    colours = glaze.blend(colours, glaze.rgb("#d6c2ae"), blush * 0.55)
    colours = glaze.blend(colours, glaze.rgb("#bab6ab"), 0.4 * np.exp(-(((level - 12.95) / 0.3) ** 2)))
    seam = 0.05 * np.exp(-(((level - 12.95 - 0.15 * cloud) / 0.3) ** 2))
    raised = glaze.relief(seam + 0.03 * glaze.noise(points, 3.0, seed=85, layers=2), 88.0, _tall(profile))
    return glaze.fired("moon", colours, rough=0.2, raised=raised, Coat_Weight=0.5, Coat_Roughness=0.12)


def jar() -> Piece:
    def wobble(angle: Any, level: Any) -> Any:
        return (
            1
            + 0.012 * np.sin(angle * 2 + 1.0) * np.sin(level / 27 * math.pi)
            + 0.008 * np.sin(angle + 2 + level * 0.12)
        )

    parts = [
        turning.rounding(JAR_FOOT)[:-1],
        kit.curve(JAR_OUT, 18)[:-1],
        kit.curve(JAR_OVER, 16)[:-1],
        turning.rounding(JAR_LIP),
    ]
    profile = np.vstack(parts)
    turning.turn(profile, _moon(profile), 64, wobble=wobble)
    branch()
    return Piece(
        turn=0, rise=8, margin=1.08, close_at=(4.2, -1.5, 44.0), close_width=20.0, close_turn=8, close_rise=6
    )


PIECES = {"first-snow-bowl": bowl, "mended-plate": plate, "moon-jar": jar}
