"""What a kiln, a comb and a hand leave on a surface: noise, colour and relief as pictures."""

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np
from PIL import Image

from catalog.modelling import materials, textures

Colour = tuple[float, float, float]


def rgb(text: str) -> Colour:
    """#RRGGBB as three numbers from 0 to 1, as a picture holds them."""
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255)


def noise(points: Any, size: float, seed: int = 0, layers: int = 4) -> Any:
    """Cloudy noise in space, about -1 to 1: `points` (..., 3) and `size` of a cloud in centimetres."""
    whole, weight, total = 0.0, 1.0, 0.0
    for layer in range(layers):
        whole = whole + weight * _lattice(np.asarray(points) * (2**layer / size), seed + 101 * layer)
        total, weight = total + weight, weight * 0.5
    return whole / total * 1.6


def _lattice(at: Any, seed: int) -> Any:
    corner = np.floor(at).astype(np.int64)
    part = at - corner
    part = part * part * (3 - 2 * part)
    value = 0.0
    for n in range(8):
        step = np.array([n & 1, n >> 1 & 1, n >> 2 & 1])
        share = np.prod(np.where(step == 1, part, 1 - part), axis=-1)
        value = value + share * _dice(corner + step, seed)
    return value


def _dice(cell: Any, seed: int) -> Any:
    """The same number from -1 to 1 for the same cell, always."""
    mixed = (
        cell[..., 0] * 374761393 + cell[..., 1] * 668265263 + cell[..., 2] * 2147483647 + seed * 1274126177
    )
    mixed = (mixed ^ (mixed >> 13)) * 1274126177
    mixed = mixed ^ (mixed >> 16)
    return (mixed & 0xFFFF) / 32767.5 - 1


def specks(points: Any, apart: float, share: float, seed: int = 0) -> Any:
    """Small round grains, 0 to 1: one in each cell `apart` centimetres wide with the chance `share`."""
    at = np.asarray(points) / apart
    cell = np.floor(at).astype(np.int64)
    middle = cell + 0.5 + 0.28 * np.stack([_dice(cell, seed + n) for n in range(3)], axis=-1)
    reach = 0.1 + 0.11 * (_dice(cell, seed + 7) + 1)
    near = 1 - np.linalg.norm(at - middle, axis=-1) / reach
    return np.clip(near * 3, 0, 1) * (_dice(cell, seed + 9) < 2 * share - 1)


def smooth(low: float, high: float, value: Any) -> Any:
    """0 below `low`, 1 above `high`, soft between."""
    part = np.clip((np.asarray(value, dtype=float) - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)


def blend(one: Any, other: Any, share: Any) -> Any:
    """Colours (or whole pictures), mixed by a picture of shares."""
    amount = np.asarray(share, dtype=float)[..., None]
    return np.asarray(one, dtype=float) * (1 - amount) + np.asarray(other, dtype=float) * amount


def ramp(value: Any, colours: Sequence[Colour]) -> Any:
    """Colours along 0 to 1."""
    at = np.linspace(0, 1, len(colours))
    return np.stack([np.interp(value, at, [c[n] for c in colours]) for n in range(3)], axis=-1)


def relief(height: Any, wide: float, high: float, strength: float = 1.0) -> Any:
    """A normal picture of a height picture that covers `wide` by `high`, all in centimetres; goes round."""
    rows, columns = height.shape
    across = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) * columns / (2 * wide)
    up = -np.gradient(height, axis=0) * rows / high
    normal = np.dstack([-across * strength, -up * strength, np.ones_like(height)])
    return normal / np.linalg.norm(normal, axis=2, keepdims=True) * 0.5 + 0.5


def picture(values: Any) -> Image.Image:
    """Numbers from 0 to 1, one or three per cell, as an image."""
    stack = np.clip(np.asarray(values, dtype=float), 0, 1)
    stack = np.repeat(stack[..., None], 3, axis=2) if stack.ndim == 2 else stack
    return Image.fromarray((stack * 255).round().astype(np.uint8), "RGB")


def fired(
    name: str, colours: Any = None, *, rough: Any = 0.5, raised: Any = None, quality: int = 82, **inputs: Any
) -> Any:
    """A material with pictures of its own, for a body turned once around.

    colours: (h, w, 3) or #RRGGBB; rough: a number or (h, w); raised: a normal picture of `relief`.
    """
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    even = rough if isinstance(rough, float) else 0.5
    made = materials.plain(name, colours if isinstance(colours, str) else "#ffffff", rough=even, **inputs)
    if not isinstance(colours, str):
        materials.printed(made, f"{name}-colour", picture(colours), quality=quality)
    nodes, links = made.node_tree.nodes, made.node_tree.links
    shader = nodes["Principled BSDF"]
    if not isinstance(rough, float):
        part = nodes.new("ShaderNodeSeparateColor")
        links.new(_data(made, f"{name}-rough", picture(rough), 80).outputs["Color"], part.inputs[0])
        links.new(part.outputs["Green"], shader.inputs["Roughness"])
    if raised is not None:
        bend = nodes.new("ShaderNodeNormalMap")
        links.new(_data(made, f"{name}-raised", picture(raised), 88).outputs["Color"], bend.inputs["Color"])
        links.new(bend.outputs["Normal"], shader.inputs["Normal"])
    return made


def _data(material: Any, name: str, image: Image.Image, quality: int) -> Any:
    node = material.node_tree.nodes.new("ShaderNodeTexImage")
    node.image = textures.image(name, image, colour=False, quality=quality)
    return node
