"""Share cards: one picture of 1200 × 630 per show, piece and language, drawn from what the page says.

A card's version is a hash of everything drawn on it, so an address never changes its picture.
"""

import hashlib
import io
from dataclasses import astuple, dataclass, field
from threading import Lock
from typing import Any

from django.core.cache import caches
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageOps

from config.discovery.lettering import SANS, SERIF, Type

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
PORTRAIT, PLATE = 420, 504
PAPER, INK, QUIET, LINE = "#f6f2ea", "#17130f", "#5d574f", "#dcd7ce"
# Counts the changes of how cards are drawn: old addresses then lead to new pictures.
DRAWN = 2
KEEP_S = 7 * 86_400
QUALITY = 86
FOOT_OF_WRITING = 336
LONG = 40  # letters of a title that is set smaller
# FreeType's faces are not for two threads at once.
_pen = Lock()


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. `picture` is a path in the media storage; `writing` the festival's own name."""

    kind: str
    over: str
    title: str
    under: str
    picture: str = ""
    writing: str = ""
    ground: str = PAPER
    ink: str = INK
    language: str = field(default="en", kw_only=True)

    @property
    def version(self) -> str:
        said = "\0".join(str(value) for value in (DRAWN, *astuple(self)))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def jpeg(card: Card) -> bytes:
    """The card as JPEG; drawn once, then kept for a week."""
    cache, key = caches["between_processes"], f"share-card:{card.version}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        with _pen:
            kept = _encoded(draw(card))
        cache.set(key, kept, KEEP_S)
    return kept


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def draw(card: Card) -> Image.Image:
    """The card as an RGB picture."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), card.ground)
    photo = _photo(card.picture)
    if card.kind == "product":
        _product(sheet, card, photo)
    else:
        _event(sheet, card, photo)
    return sheet


def _photo(path: str) -> Image.Image | None:
    """The picture of the card; a file that is gone leaves the card without one."""
    if not path:
        return None
    try:
        with default_storage.open(path) as file:
            return Image.open(file).convert("RGB")
    except OSError:
        return None


def _event(sheet: Image.Image, card: Card, photo: Image.Image | None) -> None:
    """The festival's writing as large as the sheet allows, cut by its edge; the host at the end."""
    width = WIDTH if photo is None else WIDTH - PORTRAIT
    if card.writing:
        _writing(sheet, card, width)
    _words(sheet, card, MARGIN, width - 2 * MARGIN)
    if photo is not None:  # last, so that the writing ends where the portrait begins
        sheet.paste(_fitted(photo, PORTRAIT), (width, 0))


def _fitted(photo: Image.Image, width: int) -> Image.Image:
    """Full height, cut to `width`; heads stand in the upper third."""
    return ImageOps.fit(photo, (width, HEIGHT), Image.Resampling.LANCZOS, centering=(0.5, 0.3))


def _writing(sheet: Image.Image, card: Card, width: int) -> None:
    """As large as its letters all stay on the sheet; only the upper edge cuts it."""
    sizes = (Type(SERIF, size, 360) for size in range(420, 150, -10))
    fitting = (kind for kind in sizes if kind.length(card.writing) <= width - 1.5 * MARGIN)
    kind = next(fitting, Type(SERIF, 150, 360))
    baseline = min(300, FOOT_OF_WRITING - kind.depth(card.writing))
    kind.draw(sheet, (MARGIN - kind.size * 0.05, baseline), card.writing, card.ink)


def _words(sheet: Image.Image, card: Card, x: int, width: int) -> None:
    """Brand, title and date, set from the foot upwards."""
    foot = HEIGHT - MARGIN
    small = Type(SANS, 31, 500)
    title = Type(SERIF, 52 if len(card.title) > LONG else 64, 420)
    small.draw(sheet, (x, foot), small.lines(card.under, width, 1)[0], card.ink)
    lines = title.lines(card.title, width, 2)
    step = title.size * title.leading
    top = foot - 62 - step * (len(lines) - 1)
    for number, line in enumerate(lines):
        title.draw(sheet, (x, top + number * step), line, card.ink)
    if card.over:
        small.draw(sheet, (x, top - title.size - 16), card.over, card.ink)


def _product(sheet: Image.Image, card: Card, photo: Image.Image | None) -> None:
    """The piece on the left, its name and price on paper."""
    x = MARGIN
    if photo is not None:
        sheet.paste(_fitted(photo, PLATE), (0, 0))
        x += PLATE
    width = WIDTH - MARGIN - x
    name, small = Type(SERIF, 72, 400, 1.08), Type(SANS, 31, 500)
    small.draw(sheet, (x, MARGIN + 31), card.over, QUIET)
    lines = name.lines(card.title, width, 4)
    top = HEIGHT / 2 - (len(lines) - 2) * name.size * name.leading / 2
    for number, line in enumerate(lines):
        name.draw(sheet, (x, top + number * name.size * name.leading), line, INK)
    ImageDraw.Draw(sheet).line((x, HEIGHT - 126, WIDTH - MARGIN, HEIGHT - 126), fill=LINE, width=2)
    Type(SANS, 40, 500).draw(sheet, (x, HEIGHT - MARGIN), card.under, INK)
    mark = Type(SERIF, 40, 500)
    mark.draw(sheet, (WIDTH - MARGIN - mark.length("SeeNow"), HEIGHT - MARGIN), "SeeNow", INK)


def plain(renditions: list[dict[str, Any]], wide: int) -> str:
    """The path of the JPEG nearest above `wide` pixels, else the widest; empty without any."""
    jpegs = sorted((r for r in renditions if r["format"] == "jpeg"), key=lambda r: r["width"])
    found = next((r for r in jpegs if r["width"] >= wide), jpegs[-1] if jpegs else None)
    return str(found["path"]) if found else ""
