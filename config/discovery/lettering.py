"""Text drawn into a picture in the house's faces, whatever script it is written in.

Only faces we serve are used, so that a card looks the same on every machine. What no face has, such as
an emoji, is left out.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

# Package, cut and, where only one script of it is wanted, its part.
SERIF = (
    "@fontsource-variable/fraunces:opsz",
    "@fontsource-variable/noto-naskh-arabic:wght:arabic",
    "@fontsource-variable/noto-serif-devanagari:wght:devanagari",
    "@fontsource-variable/noto-serif-hebrew:wght:hebrew",
    "@fontsource-variable/noto-serif-thai:wght:thai",
    "@fontsource/noto-serif-sc:400",
)
# From here on scripts are written without spaces.
FIRST_CJK = 0x2E80
SANS = ("@fontsource-variable/instrument-sans:wght", *SERIF)

Span = tuple[int, int]
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a family and the letters it has."""

    path: Path
    spans: tuple[Span, ...]

    def has(self, letter: str) -> bool:
        return any(first <= ord(letter) <= last for first, last in self.spans)


@cache
def faces(family: str) -> tuple[Face, ...]:
    """The files of a family of fontsource's, as its `unicode.json` divides it; none when it is not there."""
    package, cut, *only = family.split(":")
    folder = settings.NODE_MODULES / package
    if not (folder / "unicode.json").is_file():
        return ()
    ranges = json.loads((folder / "unicode.json").read_text())
    name = package.split("/")[1]
    style = f"{cut}-normal"
    files = {part: folder / "files" / f"{name}-{part.strip('[]')}-{style}.woff2" for part in only or ranges}
    return tuple(Face(files[part], _spans(ranges[part])) for part in files if files[part].is_file())


def _spans(written: str) -> tuple[Span, ...]:
    """`U+0-FF,U+131` as pairs of first and last."""
    pairs = (part.removeprefix("U+").split("-") for part in written.split(","))
    return tuple((int(pair[0], 16), int(pair[-1], 16)) for pair in pairs)


@cache
def _path_of(letter: str, families: tuple[str, ...]) -> Path | None:
    return next((face.path for family in families for face in faces(family) if face.has(letter)), None)


@cache
def _font(path: Path, size: int, weight: int) -> Font:
    font = ImageFont.truetype(str(path), size)
    values = {b"Weight": float(weight), b"Optical Size": float(min(size, 144))}
    try:
        axes = font.get_variation_axes()
    except OSError:
        return font  # not a variable font
    font.set_variation_by_axes(
        [values.get(axis["name"] or b"", float(axis["default"] or 0)) for axis in axes]
    )
    return font


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size in pixels; the families are tried in their order, letter by letter."""

    families: tuple[str, ...]
    size: int
    weight: int = 400
    leading: float = 1.14

    def runs(self, text: str) -> list[tuple[str, Font]]:
        """`text` cut where the face changes; letters without one are dropped, a space stays with its word."""
        known: list[tuple[str, Path]] = []
        for letter in text:
            before = known[-1][1] if known else None
            path = before if letter == " " and before else _path_of(letter, self.families)
            if path is not None:
                known.append((letter, path))
        return [
            ("".join(letter for letter, _ in run), _font(path, self.size, self.weight))
            for path, run in groupby(known, key=lambda pair: pair[1])
        ]

    def length(self, text: str) -> float:
        return sum(font.getlength(part) for part, font in self.runs(text))

    def depth(self, text: str) -> float:
        """How far `text` reaches below its baseline."""
        return max((font.getbbox(part, anchor="ls")[3] for part, font in self.runs(text)), default=0)

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """`text` in at most `most` lines no wider than `width`; what does not fit ends in an ellipsis."""
        lines: list[str] = [""]
        for word in _words(text):
            if not lines[-1] or self.length((lines[-1] + word).rstrip()) <= width:
                lines[-1] += word
            else:
                lines.append(word)
        shown = [line.strip() for line in lines[:most]]
        if len(lines) > most or self.length(shown[-1]) > width:
            shown[-1] = self._cut(shown[-1], width)
        return shown

    def _cut(self, line: str, width: float) -> str:
        while line and self.length(f"{line}…") > width:
            line = line[:-1]
        return f"{line.rstrip()}…"

    def draw(self, picture: Image.Image, at: tuple[float, float], text: str, ink: str) -> None:
        """Write one line whose baseline begins at `at`."""
        pen, x = ImageDraw.Draw(picture), at[0]
        for part, font in self.runs(text):
            pen.text((x, at[1]), part, font=font, fill=ink, anchor="ls")
            x += font.getlength(part)


def _words(text: str) -> list[str]:
    """Where a line may end: after a space, and after every sign of a script that writes without them."""
    words: list[str] = [""]
    for letter in text:
        words[-1] += letter
        if letter == " " or ord(letter) >= FIRST_CJK:
            words.append("")
    return [word for word in words if word]
