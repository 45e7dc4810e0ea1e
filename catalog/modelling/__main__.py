"""python -m catalog.modelling [slug ...]: build the files of these pieces, or of all."""

import argparse
import sys
from pathlib import Path

from PIL import Image

from catalog.modelling.export import glb
from catalog.modelling.mesh import FINE, LEAN, clear, fineness
from catalog.modelling.pieces import PIECES
from catalog.modelling.studio import Studio

MEDIA = Path(__file__).resolve().parents[1] / "demo" / "media"
KINDS = ("glb", "still", "close", "turn")
PAUSE = 130  # milliseconds between two pictures of a turn


def _tell(path: Path) -> None:
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1000} kB\n")
    sys.stdout.flush()


def _model(slug: str) -> None:
    clear()
    with fineness(LEAN):
        PIECES[slug]()
    glb(MEDIA / f"{slug}.glb")
    _tell(MEDIA / f"{slug}.glb")


def _save(pictures: list[Image.Image], path: Path, limit: int, quality: int) -> None:
    """As AVIF, at the best quality that keeps the limit of bytes; whole or not at all."""
    begun = path.with_suffix(".part")
    while True:
        pictures[0].save(
            begun,
            "AVIF",
            quality=quality,
            speed=4,
            save_all=True,
            append_images=pictures[1:],
            duration=PAUSE,
        )
        if begun.stat().st_size <= limit or quality <= 30:
            break
        quality -= 5
    _tell(begun.replace(path))


def _photograph(slug: str, kinds: list[str], samples: int) -> None:
    clear()
    with fineness(FINE):
        piece = PIECES[slug]()
    studio = Studio(samples=samples)
    if "still" in kinds:
        _save([studio.still(piece)], MEDIA / f"{slug}.avif", 90_000, 65)
    if "close" in kinds:
        _save([studio.close(piece)], MEDIA / f"{slug}-close.avif", 80_000, 65)
    if "turn" in kinds:
        studio.samples(samples // 2)
        _save(studio.turntable(piece), MEDIA / f"{slug}-turn.avif", 250_000, 60)


def _draft(slug: str, kinds: list[str], folder: Path) -> None:
    """Small and rough, as PNG, to look at while modelling."""
    clear()
    with fineness(FINE):
        piece = PIECES[slug]()
    studio = Studio(samples=8)
    pictures = [studio.still(piece, 336, 420)] if "still" in kinds else []
    pictures += [studio.close(piece, 336, 420)] if "close" in kinds else []
    sheet = Image.new("RGB", (336 * max(1, len(pictures)), 420))
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (336 * number, 0))
    sheet.save(folder / f"{slug}.png")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m catalog.modelling", description=__doc__)
    parser.add_argument("slugs", nargs="*", metavar="slug", help="pieces to build; all without")
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--samples", type=int, default=16, help="of the still; a turn takes half")
    parser.add_argument("--draft", type=Path, help="a folder for small rough PNGs instead")
    asked = parser.parse_args()
    MEDIA.mkdir(parents=True, exist_ok=True)
    for slug in asked.slugs or sorted(PIECES):
        if asked.draft:
            _draft(slug, asked.only, asked.draft)
            continue
        if "glb" in asked.only:
            _model(slug)
        if set(asked.only) - {"glb"}:
            _photograph(slug, asked.only, asked.samples)


if __name__ == "__main__":
    main()
