"""Drawn pictures as files, kept by content. Free of Django, so that worker processes start quickly."""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from catalog import drawing
from catalog.domain.renditions import Encoded, dominant_colour, encode


@dataclass(frozen=True, slots=True)
class Order:
    """A picture to draw: its key, how close the camera stands, how wide, and where finished ones are kept."""

    key: str
    view: drawing.View | None
    width: int
    keep: Path


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished picture of `width` by `height` pixels, its mean colour and its files."""

    width: int
    height: int
    colour: str
    files: list[Encoded]


def drawn(order: Order) -> Drawn:
    """Draw and encode a picture, or fetch it if the same one was made before."""
    folder = order.keep / _name(order)
    with suppress(OSError, ValueError, KeyError):
        return _fetch(folder)
    picture = drawing.draw(order.key, (order.width, order.width * 5 // 4), view=order.view)
    made = Drawn(picture.width, picture.height, dominant_colour(picture), list(encode(picture)))
    with suppress(OSError):
        _keep(folder, made)
    return made


def _name(order: Order) -> str:
    """Changes with the order and with every line of the code that draws and encodes it."""
    asked = hashlib.sha256(repr((order.key, order.view, order.width)).encode())
    here = Path(__file__).parent
    for source in sorted([*Path(drawing.__file__).parent.glob("*.py"), *here.glob("renditions.py")]):
        asked.update(source.read_bytes())
    return asked.hexdigest()[:32]


def _fetch(folder: Path) -> Drawn:
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    files = [
        Encoded(kind, width, height, (folder / f"{width}.{kind}").read_bytes())
        for kind, width, height in about["files"]
    ]
    return Drawn(about["width"], about["height"], about["colour"], files)


def _keep(folder: Path, made: Drawn) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in made.files:
        (folder / f"{file.width}.{file.format}").write_bytes(file.data)
    about = {
        "width": made.width,
        "height": made.height,
        "colour": made.colour,
        "files": [(file.format, file.width, file.height) for file in made.files],
    }
    # Last and in one step: a folder with this file is complete.
    unfinished = folder / "about.tmp"
    unfinished.write_text(json.dumps(about), encoding="utf-8")
    unfinished.replace(folder / "about.json")
