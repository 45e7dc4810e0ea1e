"""Scent by Sorrel & Vane: thick glass, liquid, paper labels, brass collars."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from catalog.modelling import glaze, kit, materials, turning
from catalog.modelling.lettering import SORREL, Label, sans, serif
from catalog.modelling.mesh import Point, is_fine, place
from catalog.modelling.piece import Piece

BLACK = "#161413"


def inside(colour: str) -> Any:
    """A liquid: clear in pictures, opaque in the file (viewers draw nothing clear behind glass)."""
    if is_fine():
        return materials.liquid(colour)
    return materials.plain(f"liquid-file-{colour}", colour, rough=0.08)


def bog_oak() -> Any:
    """Black wood with an open grain, oiled."""
    points, _ = turning.cells(np.array([(2.0, 0.0), (2.0, 5.0)]), (256, 256))
    grain = glaze.noise(points * (1, 1, 0.07), 0.14, seed=101, layers=3)
    colours = glaze.ramp(
        np.clip(0.5 + 0.5 * grain, 0, 1), [glaze.rgb(c) for c in ("#0e0c0b", "#1a1715", "#2a2420")]
    )
    raised = glaze.relief(0.004 * np.minimum(grain, 0), 12.6, 5.0)
    return glaze.fired("bog-oak", colours, rough=0.42, raised=raised, Coat_Weight=0.15, Coat_Roughness=0.3)


def slab(size: tuple[float, float], corner: float, profile: Sequence[Sequence[float]], material: Any) -> Any:
    """An upright block with round corners; its profile is of (inset, height, rounding)."""
    levels = turning.rounding(profile, 5)
    outlines = [
        (kit.rounded(size[0] - 2 * i, size[1] - 2 * i, max(0.05, corner - i), 36), z) for i, z in levels
    ]
    return kit.loft(outlines, material, sharp=50)


def stuck(name: str, picture: Image.Image, width: float, height: float, at: Point) -> None:
    """A flat paper label on the front, its lower middle at `at`, with the thickness of card."""
    back = materials.paper("#e4dac8")
    place(kit.box((width, 0.05, height), back, edge=0.015), at)

    def spot(u: float, v: float) -> Point:
        return (at[0] + (u - 0.5) * (width - 0.02), at[1] - 0.0265, at[2] + 0.01 + v * (height - 0.02))

    kit.sheet(spot, 1, 1, materials.label(name, picture), printed=True)


# --- No. 4 Vetiver, Rain --------------------------------------------------------------------------


def _vetiver() -> Image.Image:
    sheet = Label(360, 400, "#f3ecdd")
    sheet.frame(13, 1.4, "#9a8a6a")
    sheet.leaf(180, 78, 34, ground="#f3ecdd")
    sheet.write(180, 148, "SORREL & VANE", sans(19), spread=4.2)
    sheet.rule(150, 178, 210, 178, 1.4)
    sheet.write(180, 226, "No. 4", serif(58, weight=340))
    sheet.write(180, 290, "Vetiver, Rain", serif(33, weight=360, italic=True))
    sheet.write(180, 350, "EAU DE PARFUM  50 ML", sans(13), spread=2.6)
    return sheet.done()


def perfume() -> Piece:
    size, corner = (7.2, 4.2), 0.7
    glass = materials.glass("#fdfcf8")
    slab(size, corner, [(0.5, 0.0), (0, 0.0, 0.35), (0, 7.9, 0.6), (2.0, 7.9)], glass)
    if is_fine():
        hollow = slab(size, corner, [(1.2, 1.35), (0.62, 1.35, 0.3), (0.62, 7.1, 0.45), (1.2, 7.1)], glass)
        hollow.data.flip_normals()
    slab(size, corner, [(1.2, 1.37), (0.635, 1.37, 0.3), (0.635, 6.2, 0.02), (1.2, 6.2)], inside("#e0ab5c"))
    tube = materials.plain("dip-tube", "#e9e2d2", rough=0.2) if is_fine() else inside("#e0ab5c")
    kit.tube([(0, 0.2, 1.7), (0, 0.15, 4.5), (0, 0.1, 7.1)], 0.11, tube, count=6)
    collar = turning.rounding([(1.2, 7.86), (1.5, 7.86, 0.04), (1.5, 8.2, 0.06), (1.3, 8.26), (1.3, 8.4)])
    turning.turn(collar, materials.brass(0.2), 48)
    stopper = turning.rounding(
        [
            (0, 8.36),
            (1.6, 8.36, 0.06),
            (1.72, 8.5, 0.06),
            (1.72, 8.95, 0.03),
            (1.66, 9.0),
            (1.72, 9.05, 0.03),
            (1.72, 11.3, 0.2),
            (0, 11.36),
        ]
    )
    turning.turn(stopper, bog_oak(), 48)
    stuck("vetiver", _vetiver(), 3.5, 3.9, (0, -2.115, 2.35))
    return Piece(
        turn=20, rise=9, margin=1.3, close_at=(0.6, -2.0, 5.2), close_width=6.4, close_turn=20, close_rise=9
    )


# --- Quiet Room -----------------------------------------------------------------------------------

FLASK = [
    (0, 0.0),
    (3.9, 0.0, 0.1),
    (4.5, 0.35, 0.3),
    (4.5, 4.5, 1.2),
    (3.6, 5.9, 1.2),
    (1.35, 6.6, 0.8),
    (1.25, 8.0, 0.1),
    (1.45, 8.15, 0.1),
]
FLASK_IN = [
    (1.45, 8.4, 0.1),
    (1.05, 8.4, 0.1),
    (1.0, 6.6, 0.5),
    (3.4, 5.6, 1.0),
    (4.2, 4.4, 1.0),
    (4.2, 1.0, 0.3),
    (0, 0.9),
]


def _quiet() -> Image.Image:
    sheet = Label(400, 250, "#f3ecdd")
    sheet.frame(11, 1.3, "#9a8a6a")
    sheet.write(200, 54, "SORREL & VANE", sans(17), spread=4)
    sheet.write(200, 122, "Quiet Room", serif(50, weight=350))
    sheet.rule(176, 166, 224, 166, 1.3)
    sheet.write(200, 204, "CEDAR, INK, DRIED ROSE   200 ML", sans(12.5), spread=2.2)
    return sheet.done()


def _reeds() -> None:
    reed = materials.plain("rattan", "#b8976a", rough=0.75)
    leans = [
        (-6.2, 1.2, 25.2),
        (-3.9, -2.2, 26.0),
        (-1.6, 2.4, 26.6),
        (0.4, -1.8, 25.4),
        (2.4, 1.6, 26.8),
        (4.4, -1.4, 25.6),
        (6.4, 0.8, 24.6),
    ]
    for x, y, z in leans:
        share = (z - 8.3) / z
        neck = np.array([x, y]) * 0.11
        foot = neck - (np.array([x, y]) - neck) * (1 - share) / share * 0.9
        kit.tube(
            [(*foot, 1.05), ((foot[0] + x) / 2, (foot[1] + y) / 2, z / 2 + 0.5), (x, y, z)],
            0.15,
            reed,
            count=4,
            sides=7,
        )


def diffuser() -> Piece:
    glass = materials.glass("#7d3450")
    turning.turn(turning.rounding([*FLASK, *FLASK_IN]), glass, 56)
    level = turning.rounding([(0, 0.93), (4.16, 0.99, 0.3), (4.17, 3.6), (0, 3.6)])
    turning.turn(
        level, inside("#a4566e") if is_fine() else materials.plain("plum-file", "#3b1423", rough=0.1), 48
    )
    ring = turning.rounding([(1.27, 6.85), (1.6, 6.85, 0.05), (1.62, 7.9, 0.08), (1.3, 7.95)])
    turning.turn(ring, materials.brass(0.22), 40)
    _reeds()
    turning.wrapped(4.515, 1.15, 4.15, 34, materials.label("quiet", _quiet()))
    return Piece(
        turn=14, rise=9, margin=1.12, close_at=(0, -1, 8.2), close_width=9.0, close_turn=14, close_rise=14
    )


# --- Fig Leaf, Salt -------------------------------------------------------------------------------

OIL = [(0, 0.0), (2.0, 0.0, 0.1), (2.35, 0.3, 0.25), (2.35, 7.0, 0.9), (1.05, 8.5, 0.5), (0.95, 9.3, 0.05)]
OIL_IN = [(0.72, 9.3, 0.05), (0.75, 8.3, 0.4), (2.1, 6.9, 0.8), (2.1, 0.6, 0.3), (0, 0.55)]


def _fig() -> Image.Image:
    sheet = Label(460, 400, "#f3ecdd")
    sheet.leaf(230, 76, 34, ink=SORREL, ground="#f3ecdd")
    sheet.write(230, 146, "SORREL & VANE", sans(18), spread=4.2)
    sheet.rule(200, 176, 260, 176, 1.4)
    sheet.write(230, 226, "Fig Leaf, Salt", serif(44, weight=350))
    sheet.write(230, 284, "Bath oil", serif(27, weight=360, italic=True))
    sheet.write(230, 346, "APRICOT  BORAGE  FIG LEAF   100 ML", sans(12.5), spread=2)
    return sheet.done()


def _dropper() -> None:
    collar = turning.rounding(
        [(0.7, 8.86), (1.16, 8.86, 0.05), (1.18, 10.1, 0.1), (0.85, 10.2, 0.05), (0.8, 10.3)]
    )
    turning.turn(collar, materials.brass(0.2), 48)
    rubber = materials.plain("rubber", BLACK, rough=0.5, Specular_IOR_Level=0.4)
    bulb = turning.rounding(
        [
            (0.84, 10.16),
            (0.88, 10.35, 0.06),
            (0.88, 10.6, 0.1),
            (0.78, 10.75, 0.1),
            (0.76, 12.2, 0.5),
            (0.6, 12.95, 0.35),
            (0, 13.05),
        ],
        5,
    )
    turning.turn(bulb, rubber, 40)
    if is_fine():
        pipe = turning.rounding([(0.001, 1.2), (0.1, 1.2), (0.13, 1.6), (0.32, 2.6, 0.2), (0.32, 9.0)])
        turning.turn(pipe, materials.glass("#ffffff"), 20)


def bath_oil() -> Piece:
    turning.turn(turning.rounding([*OIL, *OIL_IN]), materials.glass("#a3541a"), 56)
    level = turning.rounding([(0, 0.57), (2.08, 0.62, 0.3), (2.08, 6.6), (0, 6.6)])
    turning.turn(
        level, inside("#d99a4a") if is_fine() else materials.plain("oil-file", "#5a280b", rough=0.1), 48
    )
    _dropper()
    turning.wrapped(2.362, 1.6, 5.6, 48, materials.label("fig", _fig()), 20)
    return Piece(
        turn=16, rise=10, margin=1.22, close_at=(0, -0.5, 8.4), close_width=6.5, close_turn=16, close_rise=14
    )


PIECES = {
    "no-4-vetiver-rain": perfume,
    "quiet-room": diffuser,
    "fig-leaf-bath-oil": bath_oil,
}
