"""Maison Aurèle's printed square, hung over a brass rail."""

import math
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from catalog.modelling import materials
from catalog.modelling.kit import circle, curve, sheet, sweep, tube
from catalog.modelling.mesh import is_fine
from catalog.modelling.piece import Piece

OXBLOOD, NIGHT, CREAM, GOLD, ROSE = "#6b2023", "#1c2743", "#f1e4cb", "#c99a4b", "#b9624b"
FRONT, BACK, RAIL = 73.0, 17.0, 76.0  # centimetres before and behind the rail, and its height


class Print:
    """The square's drawing, in units of 1000 from edge to edge."""

    def __init__(self, size: int) -> None:
        self.scale = size * 2 / 1000
        self.picture = Image.new("RGB", (size * 2, size * 2), OXBLOOD)
        self.pen = ImageDraw.Draw(self.picture)

    def box(self, reach: float, fill: str) -> None:
        self.pen.rectangle([(500 - reach) * self.scale] * 2 + [(500 + reach) * self.scale] * 2, fill=fill)

    def disc(self, x: float, y: float, r: float, fill: str) -> None:
        s = self.scale
        self.pen.ellipse([(x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s], fill=fill)

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        self.pen.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def star(self, x: float, y: float, r: float, fill: str, rays: int = 8) -> None:
        """A star of narrow rays, every second one shorter."""
        points = []
        for n in range(rays * 2):
            reach = r * (0.26 if n % 2 else (1.0 if n % 4 == 0 else 0.6))
            points.append(
                (x + reach * math.sin(n * math.pi / rays), y - reach * math.cos(n * math.pi / rays))
            )
        self.shape(points, fill)

    def moon(self, x: float, y: float, r: float, age: float) -> None:
        """A moon at this age, 0 new to 1 new again."""
        self.disc(x, y, r + 4, GOLD)
        self.disc(x, y, r, "#2b3a5e")
        bulge = math.cos(2 * math.pi * age)
        side = 1 if age < 0.5 else -1
        turns = np.linspace(-math.pi / 2, math.pi / 2, 24)
        outer = [(x + side * r * math.cos(a), y + r * math.sin(a)) for a in turns]
        inner = [(x + side * bulge * r * math.cos(a), y + r * math.sin(a)) for a in turns[::-1]]
        self.shape(outer + inner, CREAM)


def _sun(ink: Print) -> None:
    for rays, reach, fill, shift in ((32, 176, ROSE, 0.5), (32, 158, GOLD, 0.0), (16, 186, CREAM, 0.0)):
        for n in range(rays):
            a, wide = (n + shift) * 2 * math.pi / rays, math.pi / rays * 0.62
            ink.shape(
                [
                    (500 + 98 * math.sin(a - wide), 500 - 98 * math.cos(a - wide)),
                    (500 + reach * math.sin(a), 500 - reach * math.cos(a)),
                    (500 + 98 * math.sin(a + wide), 500 - 98 * math.cos(a + wide)),
                ],
                fill,
            )
    for r, fill in ((104, OXBLOOD), (98, GOLD), (90, CREAM), (80, OXBLOOD), (76, "#d9ae62")):
        ink.disc(500, 500, r, fill)
    for n in range(24):
        a = n * math.pi / 12
        ink.disc(500 + 62 * math.sin(a), 500 + 62 * math.cos(a), 4, OXBLOOD)
    ink.star(500, 500, 52, OXBLOOD, 16)
    ink.disc(500, 500, 14, CREAM)


def _corners(ink: Print) -> None:
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = 500 + sx * 322, 500 + sy * 322
            ink.star(x, y, 46, CREAM, 12)
            ink.disc(x, y, 9, OXBLOOD)
            for dx, dy, r in ((-78, 8, 15), (8, -78, 15), (-44, -44, 9)):
                ink.star(x + sx * dx, y + sy * dy, r, GOLD, 8)


def _border(ink: Print) -> None:
    for reach, fill in (
        (44.56, GOLD),
        (44.53, OXBLOOD),
        (424, CREAM),
        (420, ROSE),
        (408, CREAM),
        (404, NIGHT),
    ):
        ink.box(reach, fill)
    for n in range(-8, 9):
        for a, b in ((n * 52, -449), (n * 52, 449), (-449, n * 52), (449, n * 52)):
            ink.star(500 + a, 500 + b, 15, CREAM if n % 2 else GOLD, 4)


def almanac_print(size: int) -> Image.Image:
    """A sun ringed by sixteen moons on night blue, in an oxblood border."""
    ink = Print(size)
    _border(ink)
    for r, fill in ((342, GOLD), (339, NIGHT), (216, GOLD), (213, "#26345a")):
        ink.disc(500, 500, r, fill)
    for n in range(64):
        a = n * math.pi / 32
        ink.disc(500 + 228 * math.sin(a), 500 + 228 * math.cos(a), 3 if n % 4 else 6, CREAM)
    for n in range(16):
        a = n * math.pi / 8
        ink.moon(500 + 282 * math.sin(a), 500 - 282 * math.cos(a), 38, (n + 8.0) / 16 % 1)
    _sun(ink)
    _corners(ink)
    return ink.picture.resize((size, size), Image.Resampling.LANCZOS)


def _fall(u: float, v: float) -> tuple[float, float, float]:
    """Where the cloth hangs: v is 0 at the front's hem and 1 at the back's."""
    walked = v * (FRONT + BACK) - FRONT  # below zero in front of the rail, above behind
    down = max(0.0, abs(walked) - 1.6)
    side = -1 if walked < 0 else 1
    loose = min(1.0, down / 60) ** 0.8
    a = (u - 0.5) * 2
    wave = 4.6 * math.sin(8.4 * a + 0.7 * math.sin(3 * a + 1)) + 2.0 * math.sin(3.7 * a + 1.2)
    over = math.pi / 2 * max(-1.0, min(1.0, walked / 1.6))
    # Front and back billow together, the back less, so that one never comes through the other.
    y = 0.95 * math.sin(over) + loose * (side * 1.4 + wave * (1.0 if side < 0 else 0.7)) + side * 0.02 * down
    x = a * (41.0 - 9.0 * loose) + loose * 1.7 * math.cos(8.4 * a)
    z = RAIL + 0.95 * math.cos(over) - down + loose * 1.2 * a * a
    return (x, y, z)


def _hem(ink: Any) -> None:
    around = [(t, 0.0) for t in np.linspace(0, 1, 40)] + [(1.0, t) for t in np.linspace(0.02, 1, 30)]
    around += [(1 - u, 1 - v) for u, v in around]
    sweep(curve([_fall(u, v) for u, v in around[:-1]], 150, closed=True), circle(0.3, 5), ink, closed=True)


def _stand(brass: Any, stone: Any) -> None:
    tube([(-46.5, 0, RAIL), (0, 0, RAIL), (46.5, 0, RAIL)], 0.8, brass, count=4, sides=10)
    for side in (-1, 1):
        tube(
            [(side * 44.5, 0, RAIL), (side * 44.5, 0, 30), (side * 44.5, 0, 1.2)],
            0.6,
            brass,
            count=4,
            sides=10,
        )
    tube([(-44.5, 0, 1.4), (0, 0, 1.4), (44.5, 0, 1.4)], 0.6, brass, count=4, sides=10)
    for side in (-1, 1):
        tube(
            [(side * 44.5, -13, 0.6), (side * 44.5, 0, 0.6), (side * 44.5, 13, 0.6)],
            0.6,
            stone,
            count=4,
            sides=10,
        )


def almanac() -> Piece:
    cloth = materials.silk("almanac", almanac_print(1024 if is_fine() else 512))
    sheet(_fall, 34, 24, cloth, printed=True)
    _hem(materials.plain("hem", OXBLOOD, rough=0.45, Sheen_Weight=0.2))
    brass = materials.brass(0.25)
    _stand(brass, brass)
    return Piece(
        turn=14, rise=7, margin=1.12, close_at=(-4, -4, 42), close_width=44, close_turn=14, close_rise=8
    )


PIECES = {"almanac-square": almanac}
