"""Hanami Atelier's watch and ring."""

import math
from typing import Any

import numpy as np

from catalog.modelling import materials
from catalog.modelling.kit import (
    ball,
    bend,
    circle,
    curve,
    even,
    lathe,
    plate,
    rounded,
    skin,
    stitches,
    sweep,
)
from catalog.modelling.mesh import everything, place, steps
from catalog.modelling.piece import Piece

# --- Hanami 38: built lying, its dial up and twelve o'clock towards +Y, worn by an oval cuff -----


def _case(steel: Any, glass: Any) -> None:
    profile = [
        (0.01, -0.36),
        (1.45, -0.36),
        (1.62, -0.3),
        (1.7, -0.2),
        (1.88, -0.12),
        (1.9, 0.0),
        (1.9, 0.16),
        (1.86, 0.2),
    ]
    lathe(profile, steel, 64)
    bezel = [(1.86, 0.2), (1.84, 0.3), (1.76, 0.37), (1.68, 0.39), (1.63, 0.36), (1.62, 0.2)]
    lathe(bezel, steel, 64)
    lathe([(1.62, 0.34), (1.4, 0.42), (0.8, 0.475), (0.01, 0.49)], glass, 48)
    for sx in (-1, 1):
        for sy in (-1, 1):
            path = curve(
                [
                    (sx * 1.18, sy * 1.2, 0.1),
                    (sx * 1.16, sy * 1.7, 0.1),
                    (sx * 1.14, sy * 2.12, -0.06),
                    (sx * 1.13, sy * 2.34, -0.3),
                ],
                10,
            )
            sweep(path, rounded(0.26, 0.34, 0.09, 10), steel, taper=lambda t: 1 - 0.3 * t * t)
    crown = lathe([(0.01, 0.0), (0.3, 0.0), (0.34, 0.05), (0.34, 0.26), (0.3, 0.31), (0.01, 0.33)], steel, 24)
    place(crown, (1.92, 0, 0), (0, 90, 0))
    for n in range(20):
        a = n * math.pi / 10
        place(
            plate(rounded(0.05, 0.22, 0.02, 4), 0.04, steel),
            (2.08, 0.33 * math.cos(a), 0.33 * math.sin(a)),
            (math.degrees(a) - 90, 0, 90),
        )


def _hand(
    length: float, width: float, height: float, angle: float, blue: Any, at: tuple[float, float] = (0, 0)
) -> None:
    """A leaf pointing to `angle` degrees clockwise from twelve."""
    leaf = [
        (0.0, -0.22 * length),
        (width * 0.4, 0),
        (width * 0.5, length * 0.35),
        (width * 0.32, length * 0.75),
        (0.0, length),
    ]
    outline = [*leaf, *[(-x, y) for x, y in leaf[-2:0:-1]]]
    place(
        plate(even([*outline, outline[0]], 24, closed=True), 0.03, blue, edge=0.012),
        (*at, height),
        (0, 0, -angle),
    )
    place(lathe([(0.07, 0.0), (0.07, 0.05), (0.04, 0.06), (0.001, 0.06)], blue, 14), (*at, height))


def _dial(lacquer: Any, steel: Any, blue: Any, red: Any) -> None:
    lathe([(0.001, 0.2), (1.2, 0.2), (1.62, 0.19)], lacquer, 56)
    for n in range(12):
        a = n * math.pi / 6
        if n == 6:
            continue
        size = (0.075, 0.3) if n % 3 == 0 else (0.05, 0.22)
        mark = plate(rounded(*size, 0.02, 8), 0.045, blue, edge=0.015)
        place(mark, (1.38 * math.sin(a), 1.38 * math.cos(a), 0.2), (0, 0, -math.degrees(a)))
    for n in range(60):
        if n % 5:
            a = n * math.pi / 30
            place(
                plate(rounded(0.018, 0.07, 0.008, 4), 0.012, blue),
                (1.53 * math.sin(a), 1.53 * math.cos(a), 0.2),
                (0, 0, -math.degrees(a)),
            )
    _small_seconds(lacquer, steel, blue)
    _blossom(red, materials.brass(0.2))
    _hand(0.98, 0.13, 0.25, 305, blue)
    _hand(1.42, 0.1, 0.29, 48, blue)


def _small_seconds(lacquer: Any, steel: Any, blue: Any) -> None:
    place(lathe([(0.48, 0.0), (0.47, 0.012), (0.44, 0.012), (0.43, 0.0)], steel, 36), (0, -0.82, 0.2))
    for n in range(12):
        a = n * math.pi / 6
        place(
            plate(rounded(0.016, 0.06, 0.006, 4), 0.01, blue),
            (0.38 * math.sin(a), -0.82 + 0.38 * math.cos(a), 0.2),
            (0, 0, -math.degrees(a)),
        )
    _hand(0.36, 0.05, 0.215, 145, blue, (0, -0.82))


def _blossom(red: Any, gold: Any) -> None:
    for n in range(5):
        a = n * 2 * math.pi / 5
        petal = [
            (0.0, 0.03),
            (0.07, 0.09),
            (0.085, 0.15),
            (0.045, 0.2),
            (0.0, 0.175),
            (-0.045, 0.2),
            (-0.085, 0.15),
            (-0.07, 0.09),
        ]
        place(
            plate(curve(petal, 12, closed=True), 0.02, red, edge=0.008),
            (0.52, 0.62, 0.2),
            (0, 0, -math.degrees(a)),
        )
    ball(0.035, gold, (0.52, 0.62, 0.22), 8)


CUFF = (2.75, 3.15)  # half the oval that the strap goes around: depth, height


def _strap_line() -> Any:
    """From the lugs at twelve around the cuff to those at six, in the plane X = 0."""
    turns = np.linspace(math.radians(66), math.pi, 24)
    half = [(0.0, 2.12, -0.16), (0.0, 2.5, -0.5)]
    half += [(0.0, CUFF[1] * math.sin(a), -0.28 - CUFF[0] + CUFF[0] * math.cos(a)) for a in turns]
    return curve([*half, *[(0.0, -y, z) for _, y, z in half[-2::-1]]], 44)


def _strap(hide: Any, lining: Any, yarn: Any, steel: Any) -> None:
    line = _strap_line()
    middle = np.array([0, 0, -0.28 - CUFF[0]])
    out = (line - middle) / np.linalg.norm(line - middle, axis=1)[:, None]
    ends = np.minimum(np.linspace(0, 1, len(line)), np.linspace(1, 0, len(line)))
    half = np.interp(ends, (0, 0.5), (1.0, 0.82))
    thick = np.interp(ends, (0, 0.08, 0.3), (0.34, 0.3, 0.22))
    _band(line, out, half, thick, hide)
    _band(line - out * 0.02, out, half - 0.02, np.full(len(line), -0.06), lining)
    for side in (-1, 1):
        seam = (
            line
            + out * (thick * 0.96)[:, None]
            + np.column_stack([side * (half - 0.17), np.zeros((len(line), 2))])
        )
        stitches(seam[3:-3], yarn, up=(0, 0, -1), stitch=0.2, gap=0.09, thick=0.035)
    place(_buckle(steel), (0, 0, middle[2] - CUFF[0] - 0.32))


def _band(line: Any, out: Any, half: Any, thick: Any, hide: Any) -> None:
    section = [
        (-1.0, 0.0),
        (-1.0, 0.55),
        (-0.88, 0.9),
        (-0.4, 1.0),
        (0.4, 1.0),
        (0.88, 0.9),
        (1.0, 0.55),
        (1.0, 0.0),
    ]
    rings = [
        [(sx * h, *(p + o * t * sy)[1:]) for sx, sy in section]
        for p, o, h, t in zip(line, out, half, thick, strict=True)
    ]
    skin(rings, hide, caps=True, sharp=70)


def _buckle(steel: Any) -> Any:
    ring = np.column_stack([rounded(2.0, 1.3, 0.25, 16), np.zeros(len(rounded(2.0, 1.3, 0.25, 16)))])
    return sweep(ring, circle(0.11, 7), steel, closed=True)


def _pillow(cloth: Any) -> None:
    """The linen roll that holds the strap open."""
    rings = []
    for x, size in (
        (-1.9, 0.0),
        (-1.9, 0.7),
        (-1.8, 0.9),
        (-1.5, 0.97),
        (0, 0.985),
        (1.5, 0.97),
        (1.8, 0.9),
        (1.9, 0.7),
        (1.9, 0.0),
    ):
        rings.append(
            [
                (
                    x,
                    (CUFF[1] - 0.1) * size * math.sin(a),
                    -0.28 - CUFF[0] + (CUFF[0] - 0.1) * size * math.cos(a),
                )
                for a in np.linspace(0, 2 * math.pi, steps(36), endpoint=False)
            ]
        )
    skin(rings, cloth, sharp=60)


def hanami_38() -> Piece:
    steel, blue = materials.steel(0.14), materials.plain("blued", "#0f1d4a", metal=0.7, rough=0.3)
    _case(steel, materials.glass("#ffffff", ior=1.12))
    _dial(materials.enamel("#f6f3ea", rough=0.1), steel, blue, materials.enamel("#a81f16"))
    hide = materials.plain("cordovan", "#1a1512", rough=0.28, Coat_Weight=0.4, Coat_Roughness=0.2)
    _strap(hide, materials.plain("strap-lining", "#8a5a38", rough=0.6), materials.thread("#4b4640"), steel)
    _pillow(materials.plain("linen", "#ddd3c0", rough=0.95, Sheen_Weight=0.2))
    for obj in everything():
        place(obj, (0, 0, 0), (58, 0, 0))
    return Piece(
        turn=-24, rise=16, margin=1.2, close_at=(0, -0.1, 0.2), close_width=4.4, close_turn=-14, close_rise=26
    )


# --- Ensō ------------------------------------------------------------------------


def _stroke(gold: Any) -> Any:
    """An open ring, thick where the brush was set down and thin where it left; returns its first end."""
    turns = np.linspace(math.radians(112), math.radians(112 + 322), 120)
    share = np.linspace(0, 1, len(turns))
    radius = 0.95 + 0.035 * np.sin(turns * 2 + 0.7)
    path = np.column_stack([radius * np.cos(turns), 0.05 * np.sin(turns * 3), radius * np.sin(turns)])
    size = np.interp(share, (0, 0.04, 0.2, 0.6, 0.93, 1.0), (0.6, 1.0, 1.12, 0.8, 0.42, 0.2))
    sweep(
        path,
        rounded(0.21, 0.42, 0.1, 18),
        gold,
        up=(0, 1, 0),
        taper=lambda t: float(np.interp(t, share, size)),
    )
    for across in np.linspace(-0.13, 0.13, 5):
        hair = np.array(
            [
                p * (1 + (0.108 * s) / 0.95, 1, 1 + (0.108 * s) / 0.95) + (0, across * s, 0)
                for p, s in zip(path, size, strict=True)
            ]
        )
        sweep(hair[4:-10], circle(0.008, 4), gold)
    return path[0]


def enso() -> Piece:
    gold = materials.gold(0.32)
    end = _stroke(gold)
    pearl = materials.plain(
        "pearl", "#c6c4c2", rough=0.2, Coat_Weight=0.8, Coat_Roughness=0.1, Sheen_Weight=0.3
    )
    ball(0.31, pearl, tuple(end * 1.0 + np.array([0.12, 0, 0.16])), 24)
    cup = lathe([(0.001, 0.0), (0.14, 0.01), (0.2, 0.06), (0.21, 0.1), (0.19, 0.1)], materials.gold(0.2), 20)
    place(cup, tuple(end + np.array([-0.03, 0, -0.05])), (0, 40, 0))
    stone = materials.plain("slate", "#6f6b65", rough=0.7)
    disc = [
        (0.001, -1.9),
        (1.65, -1.9),
        (1.72, -1.84),
        (1.74, -1.5),
        (1.7, -1.42),
        (1.62, -1.4),
        (0.001, -1.4),
    ]
    lathe(disc, stone, 56)
    cone = [(0.62, -1.4), (0.6, -1.36), (0.52, -1.0), (0.44, -0.86), (0.3, -0.8), (0.001, -0.79)]
    saddle = lathe(cone, stone, 40)
    bend(saddle, lambda x, y, z: (x, y, z - 0.16 * max(0.0, 1 - (x / 0.5) ** 2) * (z > -0.9)))
    return Piece(
        turn=26, rise=13, margin=1.3, close_at=(-0.3, 0, 0.85), close_width=2.0, close_turn=18, close_rise=16
    )


PIECES = {"hanami-38": hanami_38, "enso-ring": enso}
