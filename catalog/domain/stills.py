"""Stills from files as every rendition a browser may choose, kept by content.

Free of Django, so that worker processes start quickly.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from catalog.domain import renditions
from catalog.domain.renditions import Encoded, dominant_colour, encode


@dataclass(frozen=True, slots=True)
class Order:
    """A still to develop: its file, how wide at most, and where finished ones are kept."""

    source: Path
    width: int
    keep: Path


@dataclass(frozen=True, slots=True)
class Developed:
    """A finished picture of `width` by `height` pixels, its mean colour and its files."""

    width: int
    height: int
    colour: str
    files: list[Encoded]


def developed(order: Order) -> Developed:
    """Encode a still, or fetch it if the same one was made before. OSError when it cannot be read."""
    folder = order.keep / _name(order)
    with suppress(OSError, ValueError, KeyError):
        return fetched(folder)
    with Image.open(order.source) as still:
        picture = still.convert("RGB")
    if picture.width > order.width:
        size = (order.width, round(picture.height * order.width / picture.width))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    made = Developed(picture.width, picture.height, dominant_colour(picture), list(encode(picture)))
    with suppress(OSError):
        keep(folder, made)
    return made


def _name(order: Order) -> str:
    """Changes with the still, the width and every line of the code that encodes it."""
    asked = hashlib.sha256(str(order.width).encode())
    for source in (order.source, Path(renditions.__file__)):
        asked.update(source.read_bytes())
    return asked.hexdigest()[:32]


def fetched(folder: Path) -> Developed:
    """A picture kept before. OSError, ValueError or KeyError when it is not there whole."""
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    files = [
        Encoded(kind, width, height, (folder / f"{width}.{kind}").read_bytes())
        for kind, width, height in about["files"]
    ]
    return Developed(about["width"], about["height"], about["colour"], files)


def keep(folder: Path, made: Developed) -> None:
    """Write a finished picture where `fetched` finds it. OSError when nothing can be written there."""
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
