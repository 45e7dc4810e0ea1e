"""Canvas, shapes and paints that every drawing is made of.

A scene is 1000 units wide and 1250 high whatever the pixels. A shape is an anti-aliased mask with a place;
paint goes through it. Light comes from the upper left everywhere, so shades fall to the lower right.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from catalog.drawing.paint import SHADOW, WHITE, Colour, Point, field, mix, specked, tint

WIDTH, HEIGHT = 1000, 1250


# Masks are drawn this many times larger and reduced: smooth edges at a fraction of a large canvas's cost.
SMOOTH = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """A mask and the pixel of the canvas where its upper left corner lies."""

    mask: Image.Image
    at: tuple[int, int]
    scale: float

    @property
    def size(self) -> tuple[int, int]:
        return self.mask.size

    def moved(self, dx: float, dy: float) -> "Shape":
        """The same shape, shifted by units."""
        return Shape(
            self.mask, (self.at[0] + round(dx * self.scale), self.at[1] + round(dy * self.scale)), self.scale
        )

    def soft(self, radius: float) -> "Shape":
        """Blurred by `radius` units, with room to fade out."""
        pixels = radius * self.scale
        pad = math.ceil(pixels * 2.4) + 1
        # Wide blurs are made small and enlarged: nobody sees the difference, the clock does.
        shrink = max(1, min(8, int(pixels / 3)))
        wide, high = self.size[0] + 2 * pad, self.size[1] + 2 * pad
        room = Image.new("L", (wide, high))
        room.paste(self.mask, (pad, pad))
        small = room.reduce(shrink) if shrink > 1 else room
        blurred = small.filter(ImageFilter.GaussianBlur(pixels / shrink))
        grown = blurred.resize((wide, high), Image.Resampling.BICUBIC) if shrink > 1 else blurred
        return Shape(grown, (self.at[0] - pad, self.at[1] - pad), self.scale)

    def placed_in(self, other: "Shape") -> Image.Image:
        """My mask as seen through the frame of `other`."""
        frame = Image.new("L", other.size)
        frame.paste(self.mask, (self.at[0] - other.at[0], self.at[1] - other.at[1]))
        return frame

    def within(self, other: "Shape") -> "Shape":
        """What of me lies inside `other`."""
        return Shape(ImageChops.multiply(other.mask, self.placed_in(other)), other.at, self.scale)

    def minus(self, other: "Shape") -> "Shape":
        """What of me lies outside `other`."""
        return Shape(ImageChops.subtract(self.mask, other.placed_in(self)), self.at, self.scale)

    def plus(self, other: "Shape") -> "Shape":
        """Both together."""
        left, top = min(self.at[0], other.at[0]), min(self.at[1], other.at[1])
        right = max(self.at[0] + self.size[0], other.at[0] + other.size[0])
        bottom = max(self.at[1] + self.size[1], other.at[1] + other.size[1])
        frame = Shape(Image.new("L", (right - left, bottom - top)), (left, top), self.scale)
        return Shape(
            ImageChops.lighter(self.placed_in(frame), other.placed_in(frame)), (left, top), self.scale
        )

    def melted(self, radius: float) -> "Shape":
        """Corners rounded and joints grown together, as leather over fingers."""
        soft = self.soft(radius)
        hard = soft.mask.point([max(0, min(255, (v - 112) * 8)) for v in range(256)])
        return Shape(hard, soft.at, self.scale)


class Canvas:
    """The picture under work; `view` is the part of the scene it shows: left, top, width in units."""

    def __init__(self, size: tuple[int, int], view: tuple[float, float, float] = (0, 0, WIDTH)) -> None:
        self.size = size
        self.left, self.top, span = view
        self.scale = size[0] / span
        self.image = Image.new("RGB", size)

    def px(self, x: float, y: float) -> Point:
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def shape(self, points: Sequence[Point], draw: Callable[..., None], pad: float = 2) -> Shape:
        """A shape drawn by `draw(pen, to_pixels, factor)` in the box around `points`."""
        pixels = [self.px(*point) for point in points]
        left = math.floor(min(x for x, _y in pixels) - pad * self.scale) - 1
        top = math.floor(min(y for _x, y in pixels) - pad * self.scale) - 1
        right = math.ceil(max(x for x, _y in pixels) + pad * self.scale) + 1
        bottom = math.ceil(max(y for _x, y in pixels) + pad * self.scale) + 1
        large = Image.new("L", ((right - left) * SMOOTH, (bottom - top) * SMOOTH))

        def place(x: float, y: float) -> Point:
            across, down = self.px(x, y)
            return (across - left) * SMOOTH, (down - top) * SMOOTH

        draw(ImageDraw.Draw(large), place, self.scale * SMOOTH)
        return Shape(large.reduce(SMOOTH), (left, top), self.scale)

    def polygon(self, points: Sequence[Point]) -> Shape:
        return self.shape(points, lambda pen, at, _k: pen.polygon([at(*p) for p in points], fill=255))

    def ellipse(self, x: float, y: float, rx: float, ry: float) -> Shape:
        box = [(x - rx, y - ry), (x + rx, y + ry)]
        return self.shape(box, lambda pen, at, _k: pen.ellipse([at(*box[0]), at(*box[1])], fill=255))

    def rounded(self, x: float, y: float, wide: float, high: float, radius: float) -> Shape:
        box = [(x, y), (x + wide, y + high)]
        return self.shape(
            box, lambda pen, at, k: pen.rounded_rectangle([at(*box[0]), at(*box[1])], radius * k, fill=255)
        )

    def stroke(self, points: Sequence[Point], width: float, *, round_ends: bool = True) -> Shape:
        """A line of `width` units through the points."""

        def draw(pen: ImageDraw.ImageDraw, at: Callable[[float, float], Point], k: float) -> None:
            line = [at(*p) for p in points]
            pen.line(line, fill=255, width=max(1, round(width * k)), joint="curve")
            if round_ends:
                half = width * k / 2
                for x, y in (line[0], line[-1]):
                    pen.ellipse((x - half, y - half, x + half, y + half), fill=255)

        return self.shape(points, draw, pad=width / 2 + 2)

    def fill(self, shape: Shape, paint: Colour | Image.Image, opacity: float = 1) -> None:
        """Lay a colour, or a picture of the shape's size, through the shape."""
        mask = shape.mask if opacity >= 1 else shape.mask.point([round(v * opacity) for v in range(256)])
        if isinstance(paint, Image.Image):
            self.image.paste(paint, shape.at, mask)
        else:
            self.image.paste(paint, (*shape.at, shape.at[0] + mask.width, shape.at[1] + mask.height), mask)

    def shade(self, shape: Shape, amount: float, colour: Colour = SHADOW) -> None:
        self.fill(shape, colour, amount)

    def glint(self, shape: Shape, amount: float, colour: Colour = WHITE) -> None:
        self.fill(shape, colour, amount)

    def texture(self, shape: Shape, grey: Image.Image, amount: float) -> None:
        """Darken below and lighten above middle grey, through the shape."""
        dark = grey.point([max(0, 127 - v) * 2 for v in range(256)])
        light = grey.point([max(0, v - 128) * 2 for v in range(256)])
        self.shade(Shape(ImageChops.multiply(shape.mask, dark), shape.at, shape.scale), amount)
        self.glint(Shape(ImageChops.multiply(shape.mask, light), shape.at, shape.scale), amount)

    def hollow(
        self, shape: Shape, dx: float, dy: float, blur: float, amount: float, colour: Colour = SHADOW
    ) -> None:
        """Tone along the edges that lie against (dx, dy): the turn of a rounded body."""
        covering = shape.moved(dx, dy).soft(blur)
        self.fill(shape.minus(covering), colour, amount)

    def round_off(self, shape: Shape, depth: float, *, dark: float = 0.5, light: float = 0.35) -> None:
        """Make a flat shape look filled: light along the upper left edge, shade along the lower right."""
        self.hollow(shape, -depth, -depth * 1.2, depth * 1.3, dark)
        self.hollow(shape, depth * 0.7, depth * 0.9, depth * 0.9, light, WHITE)

    def drop(self, shape: Shape, depth: float, amount: float = 0.4) -> None:
        """The shadow of something lying on the paper, `depth` units above it."""
        self.shade(shape.moved(depth * 1.1, depth * 1.5).soft(depth * 1.9), amount * 0.55)
        self.shade(shape.moved(depth * 0.3, depth * 0.45).soft(depth * 0.45), amount)

    def stand(self, x: float, y: float, rx: float, *, amount: float = 0.5, flat: float = 0.16) -> None:
        """The shadow of something standing on the paper at (x, y), `rx` units wide to each side."""
        ry = rx * flat
        far = self.ellipse(x + rx * 0.75, y + ry * 0.5, rx * 1.5, ry * 1.35).soft(rx * 0.3)
        self.shade(far, amount * 0.62)
        self.shade(
            self.ellipse(x + rx * 0.2, y + ry * 0.16, rx * 1.02, ry * 1.05).soft(rx * 0.09), amount * 0.7
        )
        self.shade(self.ellipse(x, y, rx * 0.96, ry * 0.8).soft(5), amount)

    def backdrop(self, near: Colour, far: Colour, *, horizon: float | None = None) -> None:
        """Paper under a soft light from the upper left; with `horizon` a table that meets the wall softly."""
        aspect = self.size[1] / self.size[0]

        def glow(u: float, v: float) -> float:
            away = math.hypot(u - 0.26, (v - 0.2) * aspect * 0.8)
            tone = 1 - 0.72 * min(1.0, away / 1.15) ** 1.25
            if horizon is not None:
                step = 1 / (1 + math.exp(-(v - horizon) * 42))
                tone += step * 0.16 - 0.05
            return tone

        self.image = tint(
            field(self.size, glow, cells=72), [(0, far), (0.55, mix(far, near, 0.6)), (1, near)]
        )

    def finish(self, grain: float = 2.2) -> Image.Image:
        """A breath of grain: it hides the steps of eight-bit gradients."""
        specks = specked(self.size, grain)
        return ImageChops.add(self.image, Image.merge("RGB", [specks] * 3), scale=1, offset=-128)
