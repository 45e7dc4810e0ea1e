"""Pictures of the demo's products, drawn by code: no photograph, no model, no font file."""

from collections.abc import Callable

from PIL import Image

from catalog.drawing import beauty, handbags, leather, porcelain, scent, silk, tea, watch
from catalog.drawing.kit import Canvas

View = tuple[float, float, float]
_DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    **silk.DRAWINGS,
    **handbags.DRAWINGS,
    **leather.DRAWINGS,
    **watch.DRAWINGS,
    **porcelain.DRAWINGS,
    **tea.DRAWINGS,
    **scent.DRAWINGS,
    **beauty.DRAWINGS,
}
KEYS = tuple(_DRAWINGS)
# How close the camera stands: left, top and width of what it sees, in units of the scene.
WHOLE = (0.0, 0.0, 1000.0)
_FRAMES: dict[str, View] = {
    "tea-bowl": (110, 220, 780),
    "teapot": (90, 190, 880),
    "tea-caddy": (175, 220, 670),
    "incense-holder": (130, 90, 740),
    "moon-vase": (70, 60, 860),
    "cups": (130, 285, 730),
    "furoshiki": (120, 200, 760),
    "plate": (40, 65, 920),
    "carre": (20, 10, 960),
    "stole": (40, 42, 930),
    "wallet": (90, 130, 830),
    "card-holder": (150, 160, 700),
    "belt": (60, 90, 880),
    "gloves": (120, 140, 800),
    "half-moon": (50, 20, 900),
    "perfume": (130, 150, 780),
    "candle": (160, 200, 690),
    "bath-oil": (105, 115, 790),
    "lipstick": (150, 260, 720),
    "soap": (120, 120, 790),
    "compact": (60, 80, 880),
    "hand-cream": (90, 110, 830),
}


def draw(key: str, size: tuple[int, int], *, view: View | None = None) -> Image.Image:
    """The product `key` as an RGB picture of `size` pixels (best 4:5).

    `view` is the part of the scene seen: left, top and width, the whole scene being 1000 wide and 1250 high.
    KeyError for an unknown key; `KEYS` lists them.
    """
    canvas = Canvas(size, view or _FRAMES.get(key, WHOLE))
    _DRAWINGS[key](canvas)
    return canvas.finish()
