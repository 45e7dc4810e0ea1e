"""The tea table: a side-handled pot of black clay, a copper caddy, two cups on a tray."""

import math
from typing import Any

import numpy as np

from catalog.modelling import glaze, kit, materials, turning
from catalog.modelling.mesh import place
from catalog.modelling.piece import Piece

BLACK, SOOT = glaze.rgb("#2b2a2b"), glaze.rgb("#3d3b3a")


# --- Kyūsu ----------------------------------------------------------------------------------------

POT = [(0, 0.25), (3.0, 0.25, 0.1), (3.15, 0.0, 0.06), (3.55, 0.0, 0.12), (3.75, 0.3, 0.3)]
BELLY = [(3.75, 0.3), (5.1, 1.5), (5.75, 3.3), (5.55, 5.1), (4.5, 6.5), (3.5, 6.95)]
LIP = [(3.5, 6.95), (3.3, 7.02), (3.2, 7.22, 0.06), (3.02, 7.22, 0.05), (3.0, 6.7, 0.1), (0.0, 6.6)]


def _pot_profile() -> Any:
    foot, lip = turning.rounding(POT), turning.rounding(LIP)
    return np.vstack([foot[:-1], kit.curve(BELLY, 26), lip[1:]])


def _comb(level: Any, low: float, high: float) -> Any:
    """Heights of the grooves a comb leaves on turning clay, in centimetres."""
    share = glaze.smooth(low, low + 0.25, level) * (1 - glaze.smooth(high - 0.25, high, level))
    return 0.02 * share * np.abs(np.sin(level * math.pi / 0.21)) ** 0.6


def _black_clay(name: str, profile: Any, low: float, high: float, wide: float) -> Any:
    points, _ = turning.cells(profile, (256, 512))
    cloud = glaze.noise(points, 2.2, seed=3)
    colours = glaze.blend(BLACK, SOOT, glaze.smooth(-0.6, 0.9, cloud))
    grain = glaze.noise(points, 0.09, seed=5, layers=2) * 0.0024
    tall = float(np.linalg.norm(np.diff(profile, axis=0), axis=1).sum())
    raised = glaze.relief(_comb(points[..., 2], low, high) + grain, wide, tall)
    return glaze.fired(name, colours, rough=0.52, raised=raised, Specular_IOR_Level=0.5)


def _spout(clay: Any) -> Any:
    path = kit.curve([(-4.6, 0, 3.5), (-6.1, 0, 4.6), (-7.1, 0, 6.0), (-8.0, 0, 7.05)], 14)
    outline = kit.circle(1.0, 16)

    def taper(gone: float) -> float:
        return 1.5 - 1.02 * gone**0.8 + 0.1 * max(0.0, gone - 0.85) / 0.15

    pipe = kit.sweep(path, outline, clay, taper=taper, up=(0, 1, 0))
    mouth = kit.sweep(path[-2:] + 0.02 * (path[-1] - path[-2]), kit.circle(0.36, 14), _dark(), up=(0, 1, 0))
    return [pipe, mouth]


def _dark() -> Any:
    return materials.plain("hollow", "#0a0909", rough=0.9, Specular_IOR_Level=0.1)


def _handle(clay: Any) -> Any:
    """A hollow grip, thrown by itself, wider towards its end."""
    profile = turning.rounding(
        [
            (1.15, 0),
            (0.8, 0.8, 0.6),
            (0.86, 3.0, 2),
            (1.22, 7.2, 0.08),
            (1.02, 7.24, 0.06),
            (0.72, 4.4, 0.5),
            (0, 4.4),
        ]
    )
    return place(turning.turn(profile, clay, 32), (3.9, -3.5, 4.2), (0, 72, -42))


def teapot() -> Piece:
    profile = _pot_profile()
    body = _black_clay("pot-clay", profile, 1.1, 5.3, 34.0)
    turning.turn(profile, body, 64)
    bare = turning.rounding([(0, 0), (4, 0), (4, 4)])
    clay = _black_clay("grip-clay", bare, 50, 51, 25.0)
    _spout(clay)
    _handle(clay)
    lid = np.vstack(
        [
            turning.rounding([(0, 7.12), (3.16, 7.12, 0.05), (3.28, 7.3, 0.06), (3.24, 7.42, 0.05)]),
            kit.curve([(3.16, 7.46), (2.2, 7.78), (1.0, 7.94), (0.5, 8.0)], 12),
            turning.rounding(
                [(0.46, 8.05), (0.42, 8.3, 0.2), (0.86, 8.86, 0.2), (0.72, 9.12, 0.2), (0.0, 9.16)]
            ),
        ]
    )
    turning.turn(lid, _black_clay("lid-clay", lid, 7.5, 7.86, 22.0), 48)
    return Piece(
        turn=-8,
        rise=20,
        margin=1.15,
        close_at=(-0.5, -2.5, 6.6),
        close_width=10.5,
        close_turn=-18,
        close_rise=30,
    )


# --- Copper caddy ---------------------------------------------------------------------------------


def _copper(profile: Any, name: str, seed: int) -> Any:
    """Polished by hand: clouds of a first patina, fine upright marks, one soldered seam."""
    points, _ = turning.cells(profile, (512, 256))
    cloud = glaze.noise(points * (1, 1, 0.5), 3.2, seed=seed)
    colours = glaze.blend(glaze.rgb("#dba288"), glaze.rgb("#b4755a"), glaze.smooth(-0.5, 1.0, cloud))
    marks = glaze.noise(points * (1, 1, 0.04), 0.09, seed=seed + 1, layers=3)
    rough = 0.2 + 0.05 * marks + 0.07 * glaze.smooth(-0.2, 1.2, cloud)
    angle = np.arctan2(points[..., 1], points[..., 0])
    seam = np.exp(-(((angle + 1.05) * 4.5 / 0.035) ** 2)) * -0.012
    tall = float(np.linalg.norm(np.diff(profile, axis=0), axis=1).sum())
    raised = glaze.relief(marks * 0.0007 + seam, 28.3, tall)
    return glaze.fired(name, colours, rough=rough, raised=raised, Metallic=1.0)


def caddy() -> Piece:
    body = turning.rounding(
        [(0, 0.12), (4.1, 0.12, 0.05), (4.2, 0, 0.05), (4.46, 0.0, 0.1), (4.46, 8.0), (4.38, 8.0)]
    )
    turning.turn(body, _copper(body, "copper-body", 21), 72)
    inner = turning.rounding([(4.4, 7.7), (4.36, 8.4), (0, 8.4)])
    turning.turn(inner, materials.plain("tin", "#8d8782", metal=1.0, rough=0.35), 72)
    lid = np.vstack(
        [
            turning.rounding([(4.3, 8.06), (4.5, 8.06, 0.03), (4.5, 11.8, 0.16), (4.2, 11.96, 0.1)]),
            kit.curve([(4.1, 11.97), (2.4, 12.1), (0.0, 12.16)], 8),
        ]
    )
    turning.turn(lid, _copper(lid, "copper-lid", 27), 72)
    return Piece(
        turn=20, rise=16, margin=1.4, close_at=(0, -4.5, 8.3), close_width=7.5, close_turn=46, close_rise=14
    )


# --- Two cups -------------------------------------------------------------------------------------

CUP_FOOT = [(0, 0.35), (1.5, 0.35, 0.1), (1.62, 0.0, 0.06), (1.88, 0.0, 0.08), (1.84, 0.55, 0.2)]
CUP_OUT = [(1.84, 0.55), (2.5, 1.05), (3.2, 2.4), (3.5, 4.2), (3.62, 5.4)]
CUP_IN = [(3.44, 5.38), (3.3, 4.1), (2.95, 2.5), (2.2, 1.2), (0.9, 0.8), (0, 0.76)]


def _cup_profile() -> Any:
    lip = turning.rounding([(3.62, 5.4), (3.6, 5.52, 0.06), (3.46, 5.52, 0.06), (3.44, 5.38)])
    return np.vstack(
        [turning.rounding(CUP_FOOT)[:-1], kit.curve(CUP_OUT, 18), lip[1:-1], kit.curve(CUP_IN, 18)]
    )


def _cup_glaze(name: str, thick: str, thin: str, clay: str, seed: int) -> Any:
    """Dipped: the glaze breaks lighter at the lip and stops above the foot."""
    points, along = turning.cells(_cup_profile(), (256, 256))
    level = points[..., 2]
    cloud = glaze.noise(points * (1, 1, 0.5), 1.3, seed=seed)
    break_ = glaze.smooth(5.15, 5.5, level + 0.12 * cloud) + 0.28 * glaze.smooth(0, 1.1, cloud)
    colours = glaze.blend(glaze.rgb(thick), glaze.rgb(thin), np.clip(break_, 0, 1))
    inside = along > 0.56
    colours = np.where(
        inside[..., None], glaze.blend(glaze.rgb("#dcd8cd"), glaze.rgb(thin), break_ * 0.5), colours
    )
    bare = 1 - glaze.smooth(0.42, 0.5, level + 0.05 * cloud + 9 * inside)
    return glaze.fired(name, glaze.blend(colours, glaze.rgb(clay), bare), rough=0.12 + 0.6 * bare)


def _cup(material: Any, at: tuple[float, float], seed: float) -> None:
    def wobble(angle: Any, level: Any) -> Any:
        return 1 + 0.006 * np.sin(2 * angle + seed) * level / 5.5 + 0.003 * np.sin(level * 5 + angle)

    high = 0.9 + 0.35
    place(turning.turn(_cup_profile(), material, 48, wobble=wobble), (*at, high))
    tea = turning.rounding([(3.36, 4.2), (3.3, 4.12, 0.1), (0, 4.11)])
    drink = materials.plain("tea", "#7f7f33", rough=0.03, Coat_Weight=0.4)
    place(turning.turn(tea, drink, 40), (*at, high))


def _tray() -> None:
    profile = turning.rounding(
        [
            (0, 0),
            (9.0, 0, 0.1),
            (10.2, 0.5, 0.4),
            (10.9, 1.75, 0.08),
            (10.6, 1.8, 0.08),
            (9.7, 0.9, 0.5),
            (0, 0.9),
        ]
    )
    points, _ = turning.cells(profile, (512, 512))
    rings = 0.5 + 0.5 * np.sin(points[..., 0] * 5.2 + 2.6 * glaze.noise(points * (1, 0.12, 1), 2.4, seed=41))
    pores = glaze.noise(points * (1, 0.06, 1), 0.12, seed=43, layers=2)
    colours = glaze.ramp(
        np.clip(0.7 * rings + 0.3 * pores, 0, 1), [glaze.rgb(c) for c in ("#231812", "#35241a", "#4a3324")]
    )
    wood = glaze.fired("tray-wood", colours, rough=0.38, Coat_Weight=0.25, Coat_Roughness=0.25)
    turning.turn(profile, wood, 72)


def cups() -> Piece:
    _tray()
    _cup(_cup_glaze("indigo-glaze", "#1b2239", "#616d87", "#b3a58f", 31), (-3.9, -1.0), 0.4)
    _cup(_cup_glaze("white-glaze", "#d8d4ca", "#e4e0d6", "#b8ab97", 35), (4.0, 1.2), 2.1)
    return Piece(
        turn=10,
        rise=26,
        margin=1.04,
        close_at=(-3.6, -3.2, 5.6),
        close_width=9.0,
        close_turn=6,
        close_rise=30,
    )


PIECES = {"side-handle-teapot": teapot, "copper-caddy": caddy, "two-cups": cups}
