"""A metal tube of hand cream by Sorrel & Vane, standing on its cap."""

import math

import numpy as np
from PIL import Image

from catalog.modelling import glaze, kit, materials, turning
from catalog.modelling.lettering import CREAM, SORREL, Label, sans, serif
from catalog.modelling.mesh import mesh, place, steps
from catalog.modelling.piece import Piece


def _garden() -> Image.Image:
    """The tube's print, unrolled: the front is the middle."""
    green, dark = "#a9b392", "#2f3820"
    sheet = Label(512, 512, green)
    for x in (256, 0, 512):
        sheet.leaf(x, 158, 30, ink=dark, ground=green)
    sheet.write(256, 212, "SORREL & VANE", sans(10.5), spread=2, ink=dark)
    sheet.write(256, 254, "After", serif(31, weight=360), ink=dark)
    sheet.write(256, 288, "the Garden", serif(31, weight=360), ink=dark)
    sheet.rule(236, 324, 276, 324, 1.3, ink=dark)
    sheet.write(256, 350, "Hand cream", serif(17, weight=360, italic=True), ink=dark)
    sheet.pen.rectangle((0, 424 * 4, 2048, 452 * 4), fill=SORREL)
    sheet.write(256, 438.5, "SHEA  OAT  MARIGOLD   75 ML", sans(8, weight=520), spread=1, ink=CREAM)
    return sheet.done()


def _tube() -> None:
    """From a round shoulder to a flat crimped end, pressed here and there."""
    low, high, radius = 2.35, 12.6, 1.85
    rows, columns = steps(26), steps(44)
    turns = math.pi / 2 + 2 * math.pi * np.linspace(0, 1, columns + 1)
    points, uv = [], []
    for v in np.linspace(0, 1, rows + 1):
        flat = float(glaze.smooth(-0.1, 1.05, v))
        wide, deep = radius + (radius * math.pi / 2 - radius) * flat, radius * (1 - flat) ** 0.85 + 0.06
        x, y, z = wide * np.cos(turns), deep * np.sin(turns), np.full_like(turns, low + (high - low) * v)
        place_ = np.column_stack([x, y, z])
        dent = (
            glaze.noise(place_ * (1, 1, 0.55), 2.6, seed=131, layers=2) * 0.13 * math.sin(math.pi * v) ** 1.3
        )
        points += list(np.column_stack([x, y * (1 - dent), z]))
        uv += [(n / columns, v) for n in range(columns + 1)]
    faces = [
        (
            r * (columns + 1) + c,
            r * (columns + 1) + c + 1,
            (r + 1) * (columns + 1) + c + 1,
            (r + 1) * (columns + 1) + c,
        )
        for r in range(rows)
        for c in range(columns)
    ]
    paint = materials.plain("tube", "#ffffff", rough=0.34, metal=0.25, Coat_Weight=0.2, Coat_Roughness=0.25)
    mesh(points, faces, materials.printed(paint, "tube-print", _garden(), quality=88), uv=uv, sharp=60)


def _crimp() -> None:
    metal = materials.plain("aluminium", "#cfd0cb", metal=1.0, rough=0.32)
    half = 2.96
    place(kit.box((2 * half, 0.2, 0.85), metal, edge=0.05), (0, 0, 12.5))
    for level in (12.72, 12.92, 13.12):
        place(kit.box((2 * half + 0.01, 0.25, 0.09), metal, edge=0.04), (0, 0, level))
    shoulder = turning.rounding(
        [(0.8, 1.9), (1.2, 1.95, 0.1), (1.86, 2.3, 0.12), (1.87, 2.44, 0.02), (1.8, 2.46)]
    )
    turning.turn(shoulder, metal, 48)


def _foot() -> None:
    """The black cap it stands on, eight-sided like an old tap."""
    black = materials.plain("cap", "#141211", rough=0.36, Coat_Weight=0.2)
    turns = np.linspace(0, 2 * math.pi, 8, endpoint=False) + math.pi / 8
    levels = turning.rounding([(0.0, 0.0), (1.45, 0.0, 0.08), (1.45, 1.85, 0.08), (0.0, 1.9)])
    sides = [(r * math.cos(a), r * math.sin(a)) for r in (1.0,) for a in turns]
    outlines = [
        (
            kit.even(
                [
                    *[(max(r, 0.01) * x, max(r, 0.01) * y) for x, y in sides],
                    (max(r, 0.01) * sides[0][0], max(r, 0.01) * sides[0][1]),
                ],
                64,
                closed=True,
            ),
            z,
        )
        for r, z in levels
    ]
    kit.loft(outlines, black, caps=False, sharp=25)


def cream() -> Piece:
    _foot()
    _tube()
    _crimp()
    return Piece(
        turn=16, rise=9, margin=1.22, close_at=(0, 0, 11.2), close_width=7.0, close_turn=20, close_rise=14
    )


PIECES = {"garden-hand-cream": cream}
