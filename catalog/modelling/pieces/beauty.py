"""Colour by Sorrel & Vane: a lipstick and a powder compact."""

import math
from typing import Any

import numpy as np

from catalog.modelling import glaze, kit, materials, turning
from catalog.modelling.lettering import Label
from catalog.modelling.mesh import mesh, place, steps
from catalog.modelling.piece import Piece

# --- Damson ---------------------------------------------------------------------------------------


def _lacquer() -> Any:
    return materials.plain("lacquer", "#0f0d0d", rough=0.16, Coat_Weight=0.8, Coat_Roughness=0.04)


def _bullet(material: Any) -> Any:
    """A cylinder with a domed tip, cut at a slant: its rings follow the cut."""
    radius, foot, low, high = 0.6, 4.6, 6.0, 7.7
    angle = np.linspace(0, 2 * math.pi, steps(40), endpoint=False)
    x, y = radius * np.cos(angle), radius * np.sin(angle)

    def top(across: Any, along: Any) -> Any:
        far = np.minimum(1.0, np.hypot(across, along) / radius)
        slant = low + 0.25 + (along + radius) / (2 * radius) * (high - low)
        dome = high - 0.28 + 0.4 * (1 - far**3)
        soft = 0.05
        return -soft * np.logaddexp(-slant / soft, -dome / soft)

    rings = [np.column_stack([x, y, np.full_like(x, foot)])]
    shares = [1.0, 0.99, 0.965, 0.92, 0.85, 0.75, 0.6, 0.45, 0.3, 0.15, 0.001]
    for share in shares:
        sag = 0.04 if share == 1.0 else 0.0
        rings.append(np.column_stack([x * share, y * share, top(x * share, y * share) - sag]))
    return kit.skin(rings, material, sharp=60)


def _case() -> None:
    black, gold = _lacquer(), materials.gold(0.18)
    turning.turn(
        turning.rounding([(0, 0), (1.05, 0, 0.05), (1.1, 0.08), (1.1, 2.9, 0.06), (0.9, 2.92)]), black, 48
    )
    turning.turn(turning.rounding([(1.1, 0.42), (1.112, 0.43), (1.112, 0.56), (1.1, 0.57)]), gold, 48)
    turning.turn(turning.rounding([(0.8, 2.9), (0.93, 2.9, 0.02), (0.93, 4.1, 0.05), (0.82, 4.12)]), gold, 48)
    turning.turn(
        turning.rounding([(0.7, 4.0), (0.76, 4.0), (0.76, 4.95, 0.04), (0.66, 4.96, 0.03), (0.64, 4.5)]),
        materials.gold(0.26),
        48,
    )


def _cap() -> None:
    """Black, weighted, the leaf raised in gold on its head."""
    face = Label(128, 128, "#0f0d0d")
    face.leaf(64, 64, 42, ink="#d9b46a", ground="#0f0d0d")
    parts = [
        turning.turn(
            turning.rounding(
                [
                    (0, 0.3),
                    (0.95, 0.3),
                    (0.95, 0.0),
                    (1.12, 0.0, 0.04),
                    (1.14, 0.06),
                    (1.14, 4.75, 0.12),
                    (0, 4.78),
                ]
            ),
            _lacquer(),
            48,
        ),
        turning.turn(
            turning.rounding([(1.14, 0.34), (1.152, 0.35), (1.152, 0.62), (1.14, 0.63)]),
            materials.gold(0.18),
            48,
        ),
    ]
    mark = materials.plain("cap-mark", "#ffffff", rough=0.18, Coat_Weight=0.8, Coat_Roughness=0.04)
    materials.printed(mark, "cap-print", face.done(), quality=88)
    parts.append(_disc(0.7, 4.786, mark))
    for part in parts:
        place(part, (2.75, -0.75, 0))


def lipstick() -> Piece:
    _case()
    plum = materials.plain("damson", "#5f1b33", rough=0.34, Coat_Weight=0.25, Coat_Roughness=0.22)
    place(_bullet(plum), (0, 0, 0), (0, 0, -28))
    _cap()
    return Piece(
        turn=8, rise=14, margin=1.3, close_at=(0, 0, 6.1), close_width=4.0, close_turn=-10, close_rise=14
    )


# --- Sun Compact ----------------------------------------------------------------------------------

RAYS = 72
PART = 12  # one texture covers this share of the turn


def _engraved(radius: float) -> Any:
    """Rose-engine work: waved rays and a braided rim, one twelfth of the turn as a picture."""
    rows, columns = 512, 256
    far = (1 - (np.arange(rows) + 0.5) / rows)[:, None] * radius
    turn = ((np.arange(columns) + 0.5) / columns)[None, :]
    phase = turn * RAYS / PART + 0.16 * np.sin(far * 2 * math.pi / 0.42)
    rays = np.abs(np.sin(math.pi * phase)) ** 0.7
    braid = np.abs(np.sin(math.pi * (far / 0.09 + 0.5 * np.sin(2 * math.pi * turn * 6))))
    plain = (far < 0.92) | (far > radius - 0.16)
    ring = (np.abs(far - 0.96) < 0.03) | (np.abs(far - (radius - 0.62)) < 0.03)
    height = np.where(far > radius - 0.6, 0.011 * braid, 0.022 * rays * np.clip((far + 0.6) / 2.4, 0.35, 1))
    height = np.where(plain, 0.012, height) - 0.014 * ring
    across = np.gradient(height, axis=1) * columns / (2 * math.pi / PART * np.maximum(far, 0.4))
    out = -np.gradient(height, axis=0) * rows / radius
    normal = np.dstack([-across, -out, np.ones_like(height)])
    return normal / np.linalg.norm(normal, axis=2, keepdims=True) * 0.5 + 0.5


def _lid() -> list[Any]:
    brass = materials.plain("brass-lid", "#cdab70", metal=1.0, rough=0.2)
    radius = 3.45
    rim = [(radius, 0.66), (3.6, 0.6, 0.1), (3.6, 0.04, 0.04), (3.42, 0.0, 0.03), (3.3, 0.3), (0, 0.3)]
    shell = turning.turn(turning.rounding(rim), brass, 72)
    work = glaze.fired("engraved", "#d3b27a", rough=0.2, raised=_engraved(radius), Metallic=1.0)
    crown = np.column_stack([np.linspace(0, radius, 12), 0.66 + 0.12 * (1 - np.linspace(0, 1, 12) ** 2)])
    face = turning.turn(crown, work, 72)
    layer = face.data.uv_layers[0].data
    flat = np.empty(len(layer) * 2, dtype=np.float32)
    layer.foreach_get("uv", flat)
    flat[0::2] *= PART
    layer.foreach_set("uv", flat)
    mark = Label(256, 256, "#d3b27a")
    mark.leaf(128, 128, 100, ink="#7a5520", ground="#d3b27a")
    stamp = materials.plain("stamp", "#ffffff", metal=1.0, rough=0.26)
    materials.printed(stamp, "stamp-print", mark.done(), quality=86)
    return [shell, face, _disc(0.86, 0.786, stamp)]


def _pressed() -> Any:
    """Powder with the house's leaf and rays pressed into it, as heights on a square."""
    size = 384
    sheet = Label(size, size, "#000000")
    sheet.leaf(size / 2, size / 2, size * 0.2, ink="#ffffff", ground="#000000")
    for n in range(48):
        a = 2 * math.pi * n / 48
        near, far = (0.27, 0.44) if n % 2 else (0.27, 0.4)
        x, y = math.cos(a) * size, math.sin(a) * size
        sheet.rule(
            size / 2 + near * x,
            size / 2 + near * y,
            size / 2 + far * x,
            size / 2 + far * y,
            2.4,
            ink="#ffffff",
        )
    height = np.asarray(sheet.done().convert("L"), dtype=float) / 255
    x, y = np.meshgrid(np.linspace(-3, 3, size), np.linspace(3, -3, size))
    points = np.dstack([x, y, 0 * x])
    grain = glaze.noise(points, 0.05, seed=121, layers=2) * 0.0016
    raised = glaze.relief(-0.02 * height + grain, 6.0, 6.0)
    colours = glaze.blend(
        glaze.rgb("#e0b296"),
        glaze.rgb("#d3a186"),
        0.35 * height + 0.2 * glaze.noise(points, 0.5, seed=122) ** 2,
    )
    return glaze.fired("powder", colours, rough=0.92, raised=raised, Specular_IOR_Level=0.2)


def _pan() -> None:
    brass = materials.plain("brass-pan", "#cdab70", metal=1.0, rough=0.22)
    profile = [
        (0, 0),
        (3.3, 0, 0.1),
        (3.6, 0.14, 0.12),
        (3.6, 0.78, 0.08),
        (3.34, 0.84, 0.05),
        (3.3, 0.62),
        (3.02, 0.6, 0.02),
        (3.0, 0.45),
    ]
    turning.turn(turning.rounding(profile), brass, 72)
    _disc(3.02, 0.56, _pressed())


def _disc(radius: float, level: float, material: Any) -> Any:
    """A flat round face that bears its picture once."""
    turns = np.linspace(0, 2 * math.pi, steps(40), endpoint=False)
    points = [(radius * math.cos(a), radius * math.sin(a), level) for a in turns]
    uv = [(0.5 + 0.49 * math.cos(a), 0.5 + 0.49 * math.sin(a)) for a in turns]
    return mesh(points, [tuple(range(len(points)))], material, uv=uv)


def compact() -> Piece:
    for part in _lid():
        place(part, (0, 0, 0), (0, 0, 14))
        place(part, (-3.5, 2.5, 1.06), (0, 0, 0))
        _lean(part)
    _pan()
    return Piece(
        turn=0, rise=46, margin=1.02, close_at=(-3.7, 2.2, 1.6), close_width=6.2, close_turn=0, close_rise=44
    )


def _lean(part: Any) -> None:
    """Rest the lid on the pan's edge: tip it about the corner that lies on the table, away from the pan."""
    away = np.array([-3.5, 2.5]) / math.hypot(3.5, 2.5)
    corner = np.array([-3.5, 2.5]) + away * 3.6
    place(part, (-corner[0], -corner[1], -1.06))
    azimuth = math.degrees(math.atan2(away[1], away[0]))
    place(part, turn=(0, 0, -azimuth))
    place(part, turn=(0, 13.5, 0))
    place(part, turn=(0, 0, azimuth))
    place(part, (corner[0], corner[1], 0.01))


PIECES = {"damson-lipstick": lipstick, "sun-compact": compact}
