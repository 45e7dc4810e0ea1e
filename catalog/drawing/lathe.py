"""Bodies turned on a wheel: bowls, vases, bottles. One profile gives outline, light and highlights."""

import itertools
import math
from collections.abc import Sequence

from PIL import Image

from catalog.drawing.kit import Canvas, Shape
from catalog.drawing.paint import WHITE, Point, Stops, field, tint

# Towards the lamp: left, up, and at the viewer.
LAMP = (-0.52, -0.55, 0.65)


class Lathe:
    """A body of revolution about x = `axis`; `profile` lists (y, radius) from top to bottom.

    `tilt` is how much of its circles we see from above: the height of an ellipse over its width.
    """

    def __init__(self, canvas: Canvas, axis: float, profile: Sequence[Point], *, tilt: float = 0.16) -> None:
        self.canvas, self.axis, self.tilt = canvas, axis, tilt
        self.line = _smooth(profile)
        self.top, self.bottom = self.line[0][0], self.line[-1][0]
        self.shape = canvas.polygon(self._outline())

    def radius(self, y: float) -> float:
        """The radius at height `y`."""
        before = self.line[0]
        for point in self.line:
            if point[0] >= y:
                span = point[0] - before[0]
                share = (y - before[0]) / span if span > 0 else 0
                return before[1] + (point[1] - before[1]) * share
            before = point
        return before[1]

    def _outline(self) -> list[Point]:
        right = [(self.axis + r, y) for y, r in self.line]
        left = [(self.axis - r, y) for y, r in reversed(self.line)]
        return [*right, *self._arc(self.bottom, 0, 180), *left, *self._arc(self.top, 180, 360)]

    def _arc(self, y: float, start: int, end: int) -> list[Point]:
        r = self.radius(y)
        return [
            (self.axis + r * math.cos(math.radians(a)), y + r * self.tilt * math.sin(math.radians(a)))
            for a in range(start, end + 1, 4)
        ]

    def light(self, *, hard: float = 1.0) -> Image.Image:
        """How much light each point of the body gets, as a grey map of the shape's size."""
        k, (left, top), (wide, high) = self.shape.scale, self.shape.at, self.shape.size

        def lit(u: float, v: float) -> float:
            x = (u * wide + left) / k + self.canvas.left - self.axis
            y = (v * high + top) / k + self.canvas.top
            y = min(max(y, self.top), self.bottom)
            r = max(1.0, self.radius(y))
            slope = (self.radius(min(y + 6, self.bottom)) - self.radius(max(y - 6, self.top))) / 12
            across = max(-0.999, min(0.999, x / r))
            lean = math.hypot(1, slope)
            normal = (across / lean, -slope / lean, math.sqrt(1 - across * across) / lean)
            facing = sum(a * b for a, b in zip(normal, LAMP, strict=True))
            # Light bounced by the paper lifts the shaded edge a little.
            bounce = max(0.0, across - 0.72) * 0.28
            return 0.44 + 0.56 * facing * hard + bounce

        return field(self.shape.size, lit, cells=72)

    def paint(self, stops: Stops, *, hard: float = 1.0) -> None:
        """Fill the body with its light, in the colours of the stops (dark first)."""
        self.canvas.fill(self.shape, tint(self.light(hard=hard), stops))

    def strip(self, u1: float, u2: float, top: float, bottom: float, steps: int = 24) -> Shape:
        """The part of the surface between two meridians (-1..1) and two heights: a window's reflection."""
        ys = [top + (bottom - top) * n / steps for n in range(steps + 1)]
        near = [(self.axis + u1 * self.radius(y), y + self.dip(u1, y)) for y in ys]
        far = [(self.axis + u2 * self.radius(y), y + self.dip(u2, y)) for y in reversed(ys)]
        return self.canvas.polygon([*near, *far]).within(self.shape)

    def dip(self, u: float, y: float) -> float:
        """How much lower a circle of the body appears at `u` than at its sides."""
        return self.radius(y) * self.tilt * math.sqrt(max(0.0, 1 - u * u))

    def band(self, top: float, bottom: float) -> Shape:
        """The surface between two heights, as the eye sees it."""
        steps = [n / 20 for n in range(-20, 21)]
        upper = [(self.axis + u * self.radius(top), top + self.dip(u, top)) for u in steps]
        lower = [(self.axis + u * self.radius(bottom), bottom + self.dip(u, bottom)) for u in reversed(steps)]
        return self.canvas.polygon([*upper, *lower]).within(self.shape)

    def mouth(self, y: float | None = None, *, inset: float = 0) -> Shape:
        """The ellipse of an opening or a lid at height `y` (default: the top)."""
        at = self.top if y is None else y
        r = self.radius(at) - inset
        return self.canvas.ellipse(self.axis, at, r, r * self.tilt)

    def shine(self, u1: float, u2: float, top: float, bottom: float, amount: float, blur: float = 3) -> None:
        """A highlight along the body."""
        lit = self.strip(u1, u2, top, bottom).soft(blur).within(self.shape)
        self.canvas.fill(lit, WHITE, amount)


def _smooth(profile: Sequence[Point], steps: int = 10) -> list[Point]:
    """The profile with steps between its points, curved but never beyond them (Fritsch and Carlson)."""
    rises = [(r1 - r0) / (y1 - y0) for (y0, r0), (y1, r1) in itertools.pairwise(profile)]
    inner = [
        0.0 if before * after <= 0 else 2 * before * after / (before + after)
        for before, after in itertools.pairwise(rises)
    ]
    slopes = [rises[0], *inner, rises[-1]]
    line: list[Point] = []
    for n, ((y0, r0), (y1, r1)) in enumerate(itertools.pairwise(profile)):
        high = y1 - y0
        for step in range(steps):
            t = step / steps
            start, end = (1 + 2 * t) * (1 - t) ** 2 * r0, t * t * (3 - 2 * t) * r1
            lean = high * (t * (1 - t) ** 2 * slopes[n] + t * t * (t - 1) * slopes[n + 1])
            line.append((y0 + high * t, start + end + lean))
    return [*line, profile[-1]]
