"""Pictures of pages beside the approved ones: `python -m tests.e2e.approving sheets` or `… approve`.

Approved pictures are small, a third of the page's width and lossy; so is what is compared. Two pictures
differ when their heights do, or when more than a few blocks of 8 by 8 of their pixels (24 by 24 of the
page) do.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from tests.e2e.stack import ROOT

SHOTS = ROOT / "var" / "screenshots"
APPROVED = ROOT / "tests" / "e2e" / "approved"
DIFFERS = SHOTS / "differs"
LANGUAGES = ("en", "zh")

SMALLER, QUALITY = 3, 42
BLOCK = 8
# A block's mean distance, of 255, from which somebody would see it.
VISIBLE = 16
# So many blocks of ten thousand may be visibly others: a caret, the edge of a letter.
TOLERATED = 8
# Heights of small pictures may round differently.
ROUNDING = 1
SHEET_COLUMNS, SHEET_HEIGHT, SHEET_WIDTHS = 8, 480, {390: 150, 768: 240, 1440: 360}
LINE, GAP = 16, 10


def small(path: Path) -> Image.Image:
    """The picture as it is compared and kept."""
    with Image.open(path) as shot:
        size = (round(shot.width / SMALLER), max(1, round(shot.height / SMALLER)))
        shot.draft("RGB", size)
        return shot.convert("RGB").resize(size, Image.Resampling.BOX)


def saved(picture: Image.Image) -> BytesIO:
    """As approved pictures are saved: what saving loses is lost on both sides."""
    file = BytesIO()
    picture.save(file, "webp", quality=QUALITY, method=4)
    file.seek(0)
    return file


def strayed(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far apart the blocks are, 0 to 255, one pixel for each."""
    apart = ImageChops.difference(one, other)
    red, green, blue = apart.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    blocks = (max(1, -(-one.width // BLOCK)), max(1, -(-one.height // BLOCK)))
    return most.resize(blocks, Image.Resampling.BOX)


def difference(name: str) -> str:
    """What is wrong with `en/home-390`, in words; empty when it looks as approved.

    Leaves before, after and difference side by side under `var/screenshots/differs/`.
    """
    approved = APPROVED / f"{name}.webp"
    if not approved.exists():
        return "not approved yet: make screenshots, look at it, make approve"
    with Image.open(approved) as kept:
        before = kept.convert("RGB")
    after = Image.open(saved(small(SHOTS / f"{name}.jpg"))).convert("RGB")
    if before.width != after.width or abs(before.height - after.height) > ROUNDING:
        beside(name, before, after)
        return f"was {before.size}, is {after.size}, of a third of the page"
    after = after.crop((0, 0, *before.size))
    blocks = strayed(before, after)
    visible = sum(blocks.histogram()[VISIBLE:])
    if visible * 10_000 <= TOLERATED * blocks.width * blocks.height or visible <= 1:
        return ""
    beside(name, before, after)
    return f"{visible} of {blocks.width * blocks.height} blocks look different"


def beside(name: str, before: Image.Image, after: Image.Image) -> None:
    """Before, after, and where they differ in signal red."""
    size = (max(before.width, after.width), max(before.height, after.height))
    whole = [Image.new("RGB", size, "white") for _ in range(2)]
    whole[0].paste(before)
    whole[1].paste(after)
    where = strayed(*whole).point(lambda far: 255 if far >= VISIBLE else 0).resize(size)
    marked = Image.composite(Image.new("RGB", size, "#c3341f"), whole[1].convert("L").convert("RGB"), where)
    canvas = Image.new("RGB", (3 * size[0] + 20, size[1]), "#17130f")
    for place, picture in enumerate([*whole, marked]):
        canvas.paste(picture, (place * (size[0] + 10), 0))
    file = DIFFERS / f"{name.replace('/', '-')}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    canvas.save(file)


def taken() -> list[str]:
    """Every picture there is, as `en/home-390`."""
    return sorted(
        str(p.relative_to(SHOTS).with_suffix("")) for code in LANGUAGES for p in SHOTS.glob(f"{code}/*.jpg")
    )


def approve() -> None:
    """Take over what was taken last. Pictures that look as approved stay as they are, to the byte."""
    names = taken()
    for name in names:
        if difference(name):
            file = APPROVED / f"{name}.webp"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(saved(small(SHOTS / f"{name}.jpg")).read())
    for gone in set(APPROVED.glob("*/*.webp")) - {APPROVED / f"{name}.webp" for name in names}:
        gone.unlink()
    shutil.rmtree(DIFFERS, ignore_errors=True)


def sheets() -> Iterator[Path]:
    """Contact sheets: all pictures of one language and width, the tops of their pages."""
    for code in LANGUAGES:
        for width, shown in SHEET_WIDTHS.items():
            names = [name for name in taken() if name.startswith(code) and name.endswith(f"-{width}")]
            per_sheet = SHEET_COLUMNS * 2
            for number, first in enumerate(range(0, len(names), per_sheet), start=1):
                file = SHOTS / "sheets" / f"{code}-{width}-{number}.jpg"
                sheet(names[first : first + per_sheet], shown).save(file, quality=80)
                yield file


def sheet(names: Iterable[str], width: int) -> Image.Image:
    """Two rows of pictures with their names."""
    tall = SHEET_HEIGHT + LINE + GAP
    canvas = Image.new("RGB", (SHEET_COLUMNS * (width + GAP), 2 * tall), "#8a8a8a")
    pen = ImageDraw.Draw(canvas)
    for place, name in enumerate(names):
        x, y = place % SHEET_COLUMNS * (width + GAP), place // SHEET_COLUMNS * tall
        pen.text((x, y), name.partition("/")[2], fill="black")
        with Image.open(SHOTS / f"{name}.jpg") as shot:
            size = (width, round(shot.height * width / shot.width))
            shot.draft("RGB", size)
            top = shot.resize(size).crop((0, 0, width, min(size[1], SHEET_HEIGHT)))
        canvas.paste(top, (x, y + LINE))
    return canvas


def index(drawn: Iterable[Path]) -> None:
    """`var/screenshots/index.html`: the sheets, then every page with its three widths in both languages."""
    said = ["<!doctype html><title>Screenshots</title>"]
    said += ["<style>body{background:#777;font:14px sans-serif}img{vertical-align:top;margin:4px}</style>"]
    said += [picture(f"sheets/{file.name}", 600) for file in drawn]
    for page in sorted({name.partition("/")[2].rpartition("-")[0] for name in taken()}):
        said.append(f'<h2 id="{escape(page)}">{escape(page)}</h2>')
        shown = [name.rpartition("-") for name in taken() if name[3:].rpartition("-")[0] == page]
        said += [
            picture(f"{name}-{width}.jpg", SHEET_WIDTHS.get(int(width), 240)) for name, _, width in shown
        ]
    (SHOTS / "index.html").write_text("\n".join(said))


def picture(address: str, width: int) -> str:
    return f'<a href="{address}"><img loading="lazy" src="{address}" width="{width}"></a>'


def main(wish: str) -> None:
    if wish == "approve":
        approve()
    else:
        (SHOTS / "sheets").mkdir(parents=True, exist_ok=True)
        index(list(sheets()))
    sys.stdout.write(f"{len(taken())} pictures: {SHOTS / 'index.html'}\n")


if __name__ == "__main__":
    main(sys.argv[1])
