"""Drawn pictures as files, kept by content: what stands in until a piece has its still."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from catalog import drawing
from catalog.domain.renditions import dominant_colour, encode
from catalog.domain.stills import Developed, Order, developed, fetched, keep


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to draw: its key, how close the camera stands, how wide, and where finished ones are kept."""

    key: str
    view: drawing.View | None
    width: int
    keep: Path


def taken(order: Order | Drawing) -> Developed:
    """The picture of either kind of order."""
    return developed(order) if isinstance(order, Order) else drawn(order)


def drawn(order: Drawing) -> Developed:
    """Draw and encode a picture, or fetch it if the same one was made before."""
    folder = order.keep / _name(order)
    with suppress(OSError, ValueError, KeyError):
        return fetched(folder)
    picture = drawing.draw(order.key, (order.width, order.width * 5 // 4), view=order.view)
    made = Developed(picture.width, picture.height, dominant_colour(picture), list(encode(picture)))
    with suppress(OSError):
        keep(folder, made)
    return made


def _name(order: Drawing) -> str:
    """Changes with the order and with every line of the code that draws and encodes it."""
    asked = hashlib.sha256(repr((order.key, order.view, order.width)).encode())
    here = Path(__file__).parent
    for source in sorted([*Path(drawing.__file__).parent.glob("*.py"), *here.glob("renditions.py")]):
        asked.update(source.read_bytes())
    return asked.hexdigest()[:32]
