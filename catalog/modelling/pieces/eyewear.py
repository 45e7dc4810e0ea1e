"""Maison Aurèle's sunglasses."""

from typing import Any

import numpy as np

from catalog.modelling import materials, textures
from catalog.modelling.kit import ball, box, curve, rounded, sheet, stitches, superellipse, sweep
from catalog.modelling.mesh import mirror, place, thicken
from catalog.modelling.piece import Piece

LENS, RIM, LIFT = (
    3.42,
    0.42,
    2.62,
)  # the lens's middle across, half a rim's width, the lens's middle above the floor


def _tortoise() -> Any:
    name = "tortoise"
    made = materials.enamel("#4a2812", rough=0.12)
    if name not in made:
        made[name] = True
        made["tile"] = 5.0
        blots = 0.5 + 0.5 * np.tanh(textures.noise(31, 2, 6) * 1.4 + 0.2) * 0.9
        streaks = textures.noise(32, 6, 24) * 0.1
        materials.printed(made, name, textures.tinted(1 - blots + streaks, "#1d0d06", "#8a4a18"))
    return made


def _face(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Bend the front around the face."""
    return (x, y + 0.016 * x * x, z)


def _bent(points: Any) -> Any:
    return np.array([_face(*p) for p in points])


def _rim(shell: Any) -> None:
    outline = superellipse(5.5, 4.9, 2.55, 44)
    path = _bent([(LENS + x * (1 + 0.02 * z), 0.0, LIFT + z) for x, z in outline])
    mirror(sweep(path, rounded(0.5, 0.46, 0.17, 14), shell, closed=True, up=(0, 1, 0)))


def _lens(glass: Any) -> None:
    def surface(u: float, v: float) -> tuple[float, float, float]:
        a, reach = u * 2 * np.pi, max(v, 0.02)
        c, s = np.cos(a), np.sin(a)
        power = 2 / 2.55
        x, z = (np.sign(n) * abs(n) ** power * r for n, r in ((c, 2.68), (s, 2.38)))
        return _face(LENS + x * reach, -0.06 - 0.28 * (1 - reach**2), LIFT + z * reach)

    mirror(thicken(sheet(surface, 36, 5, glass), 0.14))


def _bridge(shell: Any) -> None:
    path = curve(
        [(-1.05, 0.02, 3.2), (-0.6, -0.08, 3.72), (0, -0.12, 3.9), (0.6, -0.08, 3.72), (1.05, 0.02, 3.2)], 18
    )
    sweep(path, rounded(0.72, 0.46, 0.18, 14), shell, up=(0, 1, 0))
    for side in (-1, 1):
        pad = ball(0.42, shell, count=12, flat=0.5)
        place(pad, (side * 0.98, 0.34, 2.5), (0, side * 62, side * 20))


def _end(shell: Any, brass: Any) -> list[Any]:
    path = curve([_face(5.75, 0.0, 3.95), _face(6.4, 0.02, 4.05), (6.95, 0.78, 4.05), (7.05, 1.1, 4.05)], 12)
    piece = sweep(path, rounded(0.42, 0.95, 0.16, 14), shell, up=(0, 0, 1))
    rivets = [
        place(ball(0.13, brass, count=10, flat=0.5), _face(x, -0.22, 4.02), (90, 0, 12)) for x in (5.98, 6.42)
    ]
    hinge = [box((0.3, 0.42, 0.62), brass, edge=0.05, at=(6.78, 1.2, 3.74))]
    return [piece, *rivets, *hinge]


def _temple(shell: Any, brass: Any) -> list[Any]:
    line = [
        (7.08, 1.18, 4.05),
        (7.12, 4.0, 4.0),
        (7.0, 8.0, 3.86),
        (6.86, 10.2, 3.5),
        (6.7, 12.2, 2.2),
        (6.6, 13.6, 0.42),
    ]
    path = curve(line, 30)
    arm = sweep(
        path, rounded(0.34, 0.78, 0.14, 12), shell, taper=lambda t: 1 - 0.25 * np.sin(np.pi * t * 0.9)
    )
    rivets = [place(ball(0.13, brass, count=10, flat=0.5), (7.28, y, 4.03), (0, 90, 0)) for y in (1.65, 2.15)]
    core = stitches(
        path[4:14] + np.array([-0.16, 0, 0]), brass, stitch=1.6, gap=0.4, thick=0.03, up=(-1, 0, 0)
    )
    return [arm, *rivets, core]


def midi() -> Piece:
    shell, brass = _tortoise(), materials.brass(0.18)
    _rim(shell)
    _lens(materials.glass("#4b5244"))
    _bridge(shell)
    for part in [*_end(shell, brass), *_temple(shell, brass)]:
        mirror(part)
    return Piece(turn=26, rise=15, margin=1.12, close_at=(6.3, 0, 3.6), close_width=4.6, close_turn=30)


PIECES = {"midi-sunglasses": midi}
