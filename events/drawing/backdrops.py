"""Patterns a show may lie on: fine white drawings on nothing; pages use them as masks and fill in a colour.

Each is one picture of SIZE units square, drawn the same every time; pages cut it to their own shape.
"""

import math
import random
from collections.abc import Callable, Iterator
from functools import cache

from events.enums import Backdrop

SIZE = 1200
SEED = 20261122
FINE = 1.25  # units of the drawing; it is shown at about two thirds of its size
CRYSTAL = 20  # smaller ones are dots


@cache
def svg(backdrop: Backdrop) -> str:
    """The drawing as an SVG document; one without marks for `Backdrop.NONE`."""
    marks = "".join(DRAWN[backdrop]()) if backdrop in DRAWN else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" '
        f'preserveAspectRatio="xMidYMid slice" fill="none" stroke="#fff" stroke-width="{FINE}" '
        f'stroke-linecap="round">{marks}</svg>'
    )


def _snow() -> Iterator[str]:
    """Six-armed crystals, few and large among many that are dots."""
    for x, y, radius in _strewn(74, 9, 62):
        yield _crystal(x, y, radius) if radius > CRYSTAL else _dot(x, y, radius / 5)


def _crystal(x: float, y: float, radius: float) -> str:
    arms = []
    for arm in range(6):
        angle = math.tau * arm / 6 + radius
        end = _polar(x, y, angle, radius)
        arms.append(f"M{_p(x, y)}L{_p(*end)}")
        for at, length in ((0.45, 0.3), (0.72, 0.2)):
            foot = _polar(x, y, angle, radius * at)
            tips = (_polar(*foot, angle + side * math.pi / 3, radius * length) for side in (-1, 1))
            arms += [f"M{_p(*foot)}L{_p(*tip)}" for tip in tips]
    return f'<path d="{"".join(arms)}"/>'


def _stars() -> Iterator[str]:
    """A river of dots from corner to corner, and single stars beside it."""
    dice = _dice()
    for _ in range(520):
        along, off = dice.random(), dice.gauss(0, 0.085)
        x, y = SIZE * (along + off), SIZE * (1 - along + off)
        yield _dot(x, y, 0.6 + dice.random() ** 4 * 3.4)
    for x, y, radius in _strewn(26, 6, 34):
        yield _spark(x, y, radius)


def _spark(x: float, y: float, radius: float) -> str:
    waist = radius * 0.08
    tips = [_polar(x, y, math.tau * step / 8, radius if step % 2 == 0 else waist) for step in range(8)]
    return f'<path fill="#fff" stroke="none" d="M{"L".join(_p(*tip) for tip in tips)}Z"/>'


def _lattice() -> Iterator[str]:
    """A window of the south: frames within frames, held to each other at their middles."""
    step, far, near = 100, 18, 36
    cell = (
        f"h{step - 2 * far}v{step - 2 * far}h-{step - 2 * far}z"
        f"m{near - far} {near - far}h{step - 2 * near}v{step - 2 * near}h-{step - 2 * near}z"
    )
    half, gap = step / 2, near - far
    arms: list[tuple[float, float, float, float]]
    arms = [(half, -far, 0, 2 * far), (half, far, 0, gap), (half, step - near, 0, gap)]
    arms += [(top, left, down, right) for left, top, right, down in arms]
    paths = []
    for y in range(0, SIZE, step):
        for x in range(0, SIZE, step):
            paths.append(f"M{x + far} {y + far}{cell}")
            paths += [f"M{_p(x + left, y + top)}l{_p(right, down)}" for left, top, right, down in arms]
    yield f'<path stroke-linecap="square" d="{"".join(paths)}"/>'


def _waves() -> Iterator[str]:
    """Blue-sea waves: arcs within arcs, each row half behind the one before."""
    radius = 100
    for row in range(-1, 2 * SIZE // radius + 3):
        shift = radius if row % 2 else 0
        for column in range(-1, SIZE // (2 * radius) + 2):
            x, y = column * 2 * radius + shift, row * radius / 2
            yield from _wave(x, y, radius)


def _wave(x: float, y: float, radius: float) -> Iterator[str]:
    # Only the upper part of each ring shows above the row before it.
    for share, span in ((0.97, 60), (0.74, 52), (0.51, 44), (0.28, 90)):
        ring = radius * share
        left = _polar(x, y, math.radians(-90 - span), ring)
        right = _polar(x, y, math.radians(-90 + span), ring)
        yield f'<path d="M{_p(*left)}A{ring:.0f} {ring:.0f} 0 0 1 {_p(*right)}"/>'


def _lamps() -> Iterator[str]:
    """Garlands with flames hanging from them."""
    dice = _dice()
    for row in range(7):
        top, sag = 40 + row * 170, 70 + dice.random() * 40
        width = 300 + dice.random() * 90
        start = -dice.random() * width
        while start < SIZE:
            lowest, end = _p(start + width / 2, top + 2 * sag), _p(start + width, top)
            yield f'<path d="M{_p(start, top)}Q{lowest} {end}"/>'
            for step in range(1, 6):
                at = step / 6
                yield _flame(start + width * at, top + 4 * sag * at * (1 - at), 13 + 5 * dice.random())
            start += width


def _flame(x: float, y: float, size: float) -> str:
    foot = y + size * 0.5
    tip = foot + size * 2.1
    return (
        f'<path d="M{_p(x, y)}V{foot:.0f}"/><path fill="#fff" stroke="none" d="M{_p(x, foot)}'
        f"C{_p(x + size * 0.9, foot + size)} {_p(x + size * 0.5, tip)} {_p(x, tip)}"
        f'C{_p(x - size * 0.5, tip)} {_p(x - size * 0.9, foot + size)} {_p(x, foot)}"/>'
    )


def _lines() -> Iterator[str]:
    """Upright strokes, broad and fine, as a row of ones."""
    x, place = 0.0, 0
    while x < SIZE:
        width = (2, 2, 14, 2, 6, 2, 30, 2)[place % 8]
        yield f'<path fill="#fff" stroke="none" d="M{x:.0f} 0h{width}v{SIZE}h-{width}z"/>'
        x += width + (18, 18, 26, 34)[place % 4]
        place += 1


def _petals() -> Iterator[str]:
    """Petals on their way down."""
    dice = _dice()
    for x, y, size in _strewn(70, 12, 46):
        turn = dice.random() * 360
        yield (
            f'<path transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f}) scale({size / 40:.2f})" '
            'fill="#fff" stroke="none" d="M0-40C22-24 22 14 0 40C-22 14-22-24 0-40M0-28V20"/>'
        )


def _strewn(count: int, least: float, most: float) -> Iterator[tuple[float, float, float]]:
    """Places that keep their distance, each with a size; small ones are common."""
    dice = _dice()
    kept: list[tuple[float, float, float]] = []
    while len(kept) < count:
        size = least + (most - least) * dice.random() ** 3
        x, y = dice.random() * SIZE, dice.random() * SIZE
        if all(math.hypot(x - a, y - b) > size + other + 12 for a, b, other in kept):
            kept.append((x, y, size))
    yield from kept


def _dice() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - the same drawing every time is wanted


def _polar(x: float, y: float, angle: float, radius: float) -> tuple[float, float]:
    return x + math.cos(angle) * radius, y + math.sin(angle) * radius


def _p(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"


def _dot(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#fff" stroke="none"/>'


DRAWN: dict[Backdrop, Callable[[], Iterator[str]]] = {
    Backdrop.SNOW: _snow,
    Backdrop.STARS: _stars,
    Backdrop.LATTICE: _lattice,
    Backdrop.WAVES: _waves,
    Backdrop.LAMPS: _lamps,
    Backdrop.LINES: _lines,
    Backdrop.PETALS: _petals,
}
