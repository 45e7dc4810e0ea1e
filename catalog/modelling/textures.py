"""Small tileable images drawn by code: grain, weave, brushing, wood, cork. Seeds are fixed."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from PIL import Image, ImageFilter

SIZE = 256
_FOLDER = Path(tempfile.mkdtemp(prefix="pictures-"))


def noise(seed: int, low: float, high: float, size: int = SIZE, stretch: float = 1.0) -> Any:
    """Tileable noise between two spatial frequencies (waves per tile), mean 0 and deviation 1."""
    random = np.random.default_rng(seed).standard_normal((size, size))
    wave = np.fft.fftfreq(size) * size
    far = np.hypot(wave[None, :] * stretch, wave[:, None])
    kept = np.fft.ifft2(np.fft.fft2(random) * ((far >= low) & (far <= high))).real
    return (kept - kept.mean()) / kept.std()


@cache
def pebbles(seed: int, count: int, size: int = SIZE) -> Any:
    """Heights 0 to 1 of a skin of soft pebbles parted by furrows: the grain of leather."""
    spots = np.random.default_rng(seed).random((count, 2)).astype(np.float32) * size
    axis = np.arange(size, dtype=np.float32)
    first = np.full((size, size), 1e9, dtype=np.float32)
    second = first.copy()
    for x, y in spots:
        across, along = np.abs(axis - x), np.abs(axis - y)
        across, along = np.minimum(across, size - across), np.minimum(along, size - along)
        far = across[None, :] ** 2 + along[:, None] ** 2
        second = np.minimum(second, np.maximum(first, far))
        first = np.minimum(first, far)
    edge = np.sqrt(second) - np.sqrt(first)
    return np.clip(edge / (0.55 * size / np.sqrt(count)), 0, 1) ** 0.5


def normals(height: Any, strength: float) -> Any:
    """A normal map (OpenGL's green) of heights."""
    across = (np.roll(height, 1, 1) - np.roll(height, -1, 1)) * strength
    up = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * strength
    stack = np.dstack([across, up, np.ones_like(across)])
    stack /= np.linalg.norm(stack, axis=2, keepdims=True)
    return Image.fromarray(((stack * 0.5 + 0.5) * 255).round().astype(np.uint8), "RGB")


def tinted(value: Any, dark: str, light: str) -> Image.Image:
    """Values 0 to 1 between two colours."""
    a, b = (np.array([int(c[n : n + 2], 16) for n in (1, 3, 5)], dtype=float) for c in (dark, light))
    mixed = a + (b - a) * np.clip(value, 0, 1)[..., None]
    return Image.fromarray(mixed.round().astype(np.uint8), "RGB")


def image(name: str, picture: Image.Image, *, colour: bool = True, quality: int = 82) -> Any:
    """Blender's image of a picture, kept as a JPEG (or as a PNG when it is transparent)."""
    known = bpy.data.images.get(name)
    if known:
        return known
    kind = "png" if picture.mode == "RGBA" else "jpg"
    path = _FOLDER / f"{name}.{kind}"
    picture.save(path, quality=quality, subsampling=0)  # a PNG knows neither
    loaded = bpy.data.images.load(str(path))
    loaded.name = name
    loaded.colorspace_settings.name = "sRGB" if colour else "Non-Color"
    loaded.pack()
    return loaded


# --- Heights ----------------------------------------------------------------------------


def calf() -> Any:
    """Fine boxed calf: small pebbles, a little swollen."""
    return pebbles(3, 900) * 0.8 + noise(4, 2, 9) * 0.12


def grained() -> Any:
    """A bag's pebbled grain."""
    return pebbles(5, 420) + noise(6, 2, 6) * 0.1


def smooth_hide() -> Any:
    return noise(7, 20, 70) * 0.12 + noise(8, 3, 9) * 0.1


def nap() -> Any:
    """Suede."""
    return noise(9, 25, 120) * 0.5 + noise(10, 3, 12) * 0.5


def clay() -> Any:
    return noise(13, 10, 90) * 0.6 + noise(14, 3, 10) * 0.4


def herringbone(columns: int = 4, ribs: int = 12) -> Any:
    """Ribs that change their slope from column to column, 0 to 1."""
    x, y = np.meshgrid(np.arange(SIZE) / SIZE, np.arange(SIZE) / SIZE)
    turn = np.abs((x * columns) % 2 - 1) * columns
    return 0.5 + 0.5 * np.sin((turn / columns * 2 + y) * 2 * np.pi * ribs)


def rings() -> Any:
    """Wood cut along its grain, 0 to 1."""
    y = np.linspace(0, 1, SIZE, endpoint=False)[None, :] * np.ones((SIZE, 1))
    bent = y * 9 + noise(16, 1, 4, stretch=4) * 0.28
    return np.clip(0.5 + 0.35 * np.sin(2 * np.pi * bent) + noise(17, 10, 120, stretch=0.08) * 0.14, 0, 1)


def crumbs() -> Any:
    """Cork, 0 to 1."""
    return np.clip(pebbles(18, 240) * 0.7 + noise(19, 8, 60) * 0.16 + 0.1, 0, 1)


def soft(picture: Image.Image, radius: float) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(radius))
