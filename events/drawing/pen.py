"""A pen for flat shapes: smooth outlines through a few points, clipped shades, lines with round ends."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]
SCALE = 2  # drawn larger, then made small: Pillow's own edges are hard
STEPS = 14  # points per segment of a curve


def path(text: str) -> list[Point]:
    """Points written shortly: `path("500,232 432,240")`."""
    pairs = [pair.split(",") for pair in text.split()]
    return [(float(x), float(y)) for x, y in pairs]


def smooth(points: Sequence[Point], *, closed: bool = True) -> list[Point]:
    """A Catmull-Rom curve through `points`."""
    count = len(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        before, here, there, after = (_at(points, index + step, closed) for step in (-1, 0, 1, 2))
        for step in range(STEPS):
            t = step / STEPS
            curve.append(
                (
                    _spline(before[0], here[0], there[0], after[0], t),
                    _spline(before[1], here[1], there[1], after[1], t),
                )
            )
    return curve if closed else [*curve, points[-1]]


def _at(points: Sequence[Point], index: int, closed: bool) -> Point:
    return points[index % len(points)] if closed else points[min(max(index, 0), len(points) - 1)]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def mirrored(points: Sequence[Point], *, about: float = 500) -> list[Point]:
    """A left half, top to bottom, closed into a symmetric outline; points on the axis stand once."""
    return [*points, *((2 * about - x, y) for x, y in reversed(points) if x != about)]


class Pen:
    """Draws in a space 1000 wide and 1250 high."""

    width, height = 1000, 1250

    def __init__(self, ground: str) -> None:
        self.picture = Image.new("RGB", (self.width * SCALE, self.height * SCALE), ground)

    def shape(
        self, points: Sequence[Point], fill: str, *, curved: bool = True, within: Sequence[Point] = ()
    ) -> None:
        """Fill the outline through `points`; `within` is an outline it may not leave."""
        outline = smooth(points) if curved else points
        box = self._box(outline)
        mask = self._mask(outline, box)
        if within:
            mask = ImageChops.multiply(mask, self._mask(smooth(within), box))
        self.picture.paste(fill, box, mask)

    def disc(self, centre: Point, radius: float, fill: str, *, flat: float = 1) -> None:
        """A circle, or an ellipse `flat` times as high as wide."""
        (x, y), high = centre, radius * flat
        box = [value * SCALE for value in (x - radius, y - high, x + radius, y + high)]
        ImageDraw.Draw(self.picture).ellipse(box, fill=fill)

    def ring(self, centre: Point, radius: float, fill: str, *, width: float) -> None:
        box = [
            value * SCALE
            for value in (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        ]
        ImageDraw.Draw(self.picture).ellipse(box, outline=fill, width=round(width * SCALE))

    def line(self, points: Sequence[Point], fill: str, *, width: float, curved: bool = True) -> None:
        """A stroke with round ends."""
        path = smooth(points, closed=False) if curved else list(points)
        draw = ImageDraw.Draw(self.picture)
        draw.line(
            [(x * SCALE, y * SCALE) for x, y in path], fill=fill, width=round(width * SCALE), joint="curve"
        )
        for x, y in (path[0], path[-1]):
            self.disc((x, y), width / 2, fill)

    def png(self) -> bytes:
        """The finished picture."""
        small = self.picture.resize((self.width, self.height), Image.Resampling.LANCZOS)
        file = BytesIO()
        small.save(file, "PNG")
        return file.getvalue()

    def _box(self, outline: Sequence[Point]) -> tuple[int, int, int, int]:
        """The pixels an outline touches, inside the picture."""
        xs, ys = [x * SCALE for x, _y in outline], [y * SCALE for _x, y in outline]
        wide, high = self.picture.size
        return (
            max(int(min(xs)), 0),
            max(int(min(ys)), 0),
            min(int(max(xs)) + 1, wide),
            min(int(max(ys)) + 1, high),
        )

    def _mask(self, outline: Sequence[Point], box: tuple[int, int, int, int]) -> Image.Image:
        left, top, right, bottom = box
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x * SCALE - left, y * SCALE - top) for x, y in outline], fill=255)
        return mask
