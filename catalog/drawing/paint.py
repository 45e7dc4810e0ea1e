"""Colours, gradients, noise and outlines: what is laid through the shapes of the kit."""

import math
from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image

Point = tuple[float, float]


Colour = tuple[int, int, int]


Stops = Sequence[tuple[float, Colour]]


# Gradients are reckoned on a grid this wide and enlarged; noise is made in tiles this wide and laid out.
GRID, TILE = 64, 512
SHADOW: Colour = (38, 27, 20)


WHITE: Colour = (255, 252, 246)


def rgb(code: str) -> Colour:
    """`#RRGGBB` as a colour."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


# The papers of the three brands: (near the lamp, far from it).
CHAMOIS = (rgb("#F4EDE2"), rgb("#CDBFAB"))
WASHI = (rgb("#F3F1EA"), rgb("#C6C5B8"))
CLAY = (rgb("#F5ECE6"), rgb("#CFBBB0"))


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float) -> Colour:
    return mix(colour, SHADOW, share)


def lighter(colour: Colour, share: float) -> Colour:
    return mix(colour, WHITE, share)


def ramp(stops: Stops) -> list[list[int]]:
    """Three tables of 256 entries that turn a grey of 0..255 into a colour between the stops (0..1)."""
    tables: list[list[int]] = [[], [], []]
    for value in range(256):
        colour = _between(stops, value / 255)
        for table, part in zip(tables, colour, strict=True):
            table.append(part)
    return tables


def _between(stops: Stops, at: float) -> Colour:
    before = stops[0]
    for stop in stops:
        if at <= stop[0]:
            span = stop[0] - before[0]
            return mix(before[1], stop[1], (at - before[0]) / span if span else 0)
        before = stop
    return before[1]


def tint(grey: Image.Image, stops: Stops) -> Image.Image:
    """A grey map in the colours of `stops`."""
    return Image.merge("RGB", [grey.point(table) for table in ramp(stops)])


def field(size: tuple[int, int], value: Callable[[float, float], float], cells: int = 56) -> Image.Image:
    """A smooth grey map from `value(u, v)` in 0..1, reckoned on a coarse grid and enlarged."""
    wide, high = (cells, max(2, round(cells * size[1] / max(1, size[0]))))
    high = min(high, cells * 2)
    steps = [
        max(0, min(255, round(255 * value((x + 0.5) / wide, (y + 0.5) / high))))
        for y in range(high)
        for x in range(wide)
    ]
    coarse = Image.frombytes("L", (wide, high), bytes(steps))
    return coarse.resize(size, Image.Resampling.BICUBIC)


def linear(size: tuple[int, int], stops: Stops, angle: float = 90) -> Image.Image:
    """A straight gradient; 0 runs left to right, 90 top to bottom."""
    dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    reach = (abs(dx) + abs(dy)) * GRID / 255
    # Each cell of a small grid looks up its place on a ready-made ramp of 256 rows.
    start = 127.5 - (dx + dy) * GRID / 2 / reach
    lookup = (0, 0, 128, dx / reach, dy / reach, start)
    grid = Image.linear_gradient("L").transform((GRID, GRID), Image.Transform.AFFINE, lookup)
    return tint(grid.resize(size, Image.Resampling.BICUBIC), stops)


def noise(size: tuple[int, int], *, scale: float, strength: float = 60) -> Image.Image:
    """Grey noise around 128 whose specks are `scale` pixels wide."""
    small = (max(2, round(size[0] / scale)), max(2, round(size[1] / scale)))
    specks = specked(small, strength)
    return specks if small == size else specks.resize(size, Image.Resampling.BICUBIC)


def specked(size: tuple[int, int], strength: float) -> Image.Image:
    """Noise of one pixel's grain, laid out of one tile: making it anew is what would take longest."""
    tile = _tile(strength)
    if size[0] <= TILE and size[1] <= TILE:
        return tile.crop((0, 0, *size))
    sheet = Image.new("L", size)
    for left in range(0, size[0], TILE):
        for top in range(0, size[1], TILE):
            sheet.paste(tile, (left, top))
    return sheet


@cache
def _tile(strength: float) -> Image.Image:
    return Image.effect_noise((TILE, TILE), strength)


def curve(points: Sequence[Point], *, closed: bool = False, steps: int = 14) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    ring = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    line: list[Point] = []
    for before, start, end, after in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        line.extend(_spline(before, start, end, after, step / steps) for step in range(steps))
    if not closed:
        line.append(points[-1])
    return line


def _spline(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - 3 * c + d - a) * t**3
        )

    return along(before[0], start[0], end[0], after[0]), along(before[1], start[1], end[1], after[1])


def turned(points: Sequence[Point], angle: float, about: Point) -> list[Point]:
    """The points turned by `angle` degrees, clockwise, about a point."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x0, y0 = about
    return [(x0 + (x - x0) * cos - (y - y0) * sin, y0 + (x - x0) * sin + (y - y0) * cos) for x, y in points]


def box(x: float, y: float, wide: float, high: float, radius: float = 0) -> list[Point]:
    """The outline of a rectangle with round corners, clockwise from the upper left."""
    if not radius:
        return [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
    centres = [
        (x + radius, y + radius, 180),
        (x + wide - radius, y + radius, 270),
        (x + wide - radius, y + high - radius, 0),
        (x + radius, y + high - radius, 90),
    ]
    return [
        (cx + radius * math.cos(math.radians(a)), cy + radius * math.sin(math.radians(a)))
        for cx, cy, start in centres
        for a in range(start, start + 91, 9)
    ]
