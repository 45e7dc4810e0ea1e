"""The rules of fonts.css, and the files they name."""
# ruff: noqa: PLR2004 - blocks of Unicode are their own names

from collections.abc import Callable, Iterator
from textwrap import indent

from fontTools.ttLib import TTFont

from deploy.fonts.cutting import chinese, cut, in_steps, kerned_once, pinned, sewn
from deploy.fonts.letters import (
    LATIN,
    MODULES,
    ROOT,
    UNSEEN,
    WHOLE_LATIN,
    chinese_has,
    ranges,
    seldom,
    several,
    signs,
)

FACES = ROOT / "static" / "fonts"
VARIABLE = MODULES / "@fontsource-variable"
# Headings stand in the lighter half, festivals' names in 600 at the largest optical size.
TEXT_WEIGHT, SIGN_WEIGHT, LARGEST = 350, 600, 144
# A phone has no title of 200 pixels; one optical size, still firm enough for 20 pixels, halves its files.
OPTICAL_SIZE = {"normal": 60, "italic": 40}
# The phone's stands behind the desk's: who turns a phone keeps the face that is there.
DESK = "(width >= 48rem)"
# So many Chinese and Japanese signs lie in one file: a page of two festivals does not fetch the year's.
SIGNS_PER_FILE = 24
EXTENDED_RANGE = (
    "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, "
    "U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"
)
# Scripts of festivals' names: where their letters lie, and the file they are cut from.
SCRIPTS = {
    "arabic": ((0x0600, 0x06FF), "noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2"),
    "devanagari": (
        (0x0900, 0x097F),
        "noto-serif-devanagari/files/noto-serif-devanagari-devanagari-wght-normal.woff2",
    ),
    "hebrew": ((0x0590, 0x05FF), "noto-serif-hebrew/files/noto-serif-hebrew-hebrew-wght-normal.woff2"),
    "thai": ((0x0E00, 0x0E7F), "noto-serif-thai/files/noto-serif-thai-thai-wght-normal.woff2"),
}

# Mean advance of running English text over the em; those of the fallbacks are published (capsize metrics).
FREQUENCY = {" ": 18.7, "e": 10.2, "t": 7.5, "a": 6.5, "o": 6.2, "i": 5.7, "n": 5.7, "s": 5.3, "r": 4.97,
             "h": 4.97, "l": 3.3, "d": 3.28, "u": 2.2, "c": 2.2, "m": 2.0, "f": 1.98, "w": 1.7, "g": 1.6,
             "p": 1.5, "y": 1.4, "b": 1.25, "v": 0.8, "k": 0.6}  # fmt: skip
FALLBACKS = {
    "Fraunces Fallback": ("fraunces-phone.woff2", "Georgia", 913 / 2048),
    "Instrument Fallback": ("instrument.woff2", "Arial", 904 / 2048),
}


def face(family: str, url: str, *, weight: str, display: str, letters: str, style: str = "normal") -> str:
    lines = (
        f'font-family: "{family}"', f"font-style: {style}",
        f"font-weight: {weight}", f"font-display: {display}",
        f'src: url("{url}") format("woff2")', f"unicode-range: {letters}",
    )  # fmt: skip
    return "@font-face {\n" + "".join(f"  {line};\n" for line in lines) + "}\n"


def latin_faces(write: Callable[[str, bytes], str]) -> Iterator[str]:
    """Fraunces and Instrument Sans: the cut file for nearly everything, the package's for the rest."""
    for style, name in (("normal", "fraunces"), ("italic", "fraunces-italic")):
        source = VARIABLE / f"fraunces/files/fraunces-latin-opsz-{style}.woff2"
        shared = {"style": style, "display": "optional"}
        letters = ranges({*LATIN, *UNSEEN})
        one = pinned(source, wght=TEXT_WEIGHT, opsz=OPTICAL_SIZE[style])
        url = write(f"{name}-phone.woff2", cut(in_steps(one), LATIN))
        yield face("Fraunces Phone", url, weight="100 450", letters=letters, **shared)
        url = write(f"{name}.woff2", cut(pinned(source, wght=TEXT_WEIGHT), LATIN))
        rule = face("Fraunces Variable", url, weight="100 450", letters=letters, **shared)
        yield f"@media {DESK} {{\n{indent(rule, '  ')}}}\n"
        vendor = f"../vendor/fraunces/files/fraunces-%s-opsz-{style}.woff2"
        yield face("Fraunces Variable", vendor % "latin", weight="100 450", letters=seldom(), **shared)
        yield face("Fraunces Variable", vendor % "latin", weight="451 900", letters=WHOLE_LATIN, **shared)
        # In the same spans of weight: a browser takes one span, and looks for letters in its files alone.
        for weight in ("100 450", "451 900"):
            yield face(
                "Fraunces Variable", vendor % "latin-ext", weight=weight, letters=EXTENDED_RANGE, **shared
            )
    folder = "instrument-sans/files/instrument-sans-%s-wght-normal.woff2"
    url = write("instrument.woff2", cut(kerned_once(VARIABLE / (folder % "latin")), LATIN))
    vendor = "../vendor/" + folder
    files = (
        (ranges({*LATIN, *UNSEEN}), url),
        (seldom(), vendor % "latin"),
        (EXTENDED_RANGE, vendor % "latin-ext"),
    )
    for letters, where in files:
        yield face("Instrument Sans Variable", where, weight="400 700", display="optional", letters=letters)


def sign_faces(write: Callable[[str, bytes], str]) -> Iterator[str]:
    """The festivals' names: they are the picture, so they come when they are there, and in no other face."""
    ordered = [ord(sign) for sign in signs()]
    left = set(ordered)
    files: dict[str, tuple[bytes, set[int]]] = {}
    for script, ((first, last), source) in SCRIPTS.items():
        if here := {code for code in left if first <= code <= last}:
            files[script] = cut(pinned(VARIABLE / source, wght=SIGN_WEIGHT), {*here, 0x20}), here
            left -= here
    left.add(0x20)
    latin = {code for code in left if code < 0x250 or 0x1E00 <= code < 0x2E80}
    extended = {code for code in latin if code >= 0x100 and not 0x2000 <= code < 0x2E80}
    for name, cut_of, here in (("latin", "latin", latin - extended), ("latin-ext", "latin-ext", extended)):
        source = VARIABLE / f"fraunces/files/fraunces-{cut_of}-opsz-normal.woff2"
        files[name] = cut(pinned(source, wght=SIGN_WEIGHT, opsz=LARGEST), here), here
    han = [code for code in ordered if code in left - latin and chinese_has(code)]
    for number, here in enumerate(several(han, SIGNS_PER_FILE), start=1):
        files[f"han-{number}"] = sewn(chinese(here, SIGN_WEIGHT)), set(here)
    for name, (data, here) in sorted(files.items()):
        url = write(f"signs-{name}.woff2", data)
        yield face("Festival Signs", url, weight="100 900", display="block", letters=ranges(here))


def unchanged() -> Iterator[str]:
    """Whole scripts, for pages written in them: fetched only when a page has such letters."""
    wide = {"arabic": "Noto Naskh Arabic Variable", "devanagari": "Noto Serif Devanagari Variable",
            "hebrew": "Noto Serif Hebrew Variable", "thai": "Noto Serif Thai Variable"}  # fmt: skip
    for script, family in wide.items():
        _letters, source = SCRIPTS[script]
        known = ranges(code for code in TTFont(VARIABLE / source).getBestCmap() if code > 0x2FF)
        weight = "400 700" if script == "arabic" else "100 900"
        yield face(family, f"../vendor/{source}", weight=weight, display="swap", letters=known)


def fallbacks() -> Iterator[str]:
    """A face of the reader's own machine, as wide and high as ours: nothing moves while ours is away."""
    for family, (name, local, theirs) in FALLBACKS.items():
        font = TTFont(FACES / name)
        em, names, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
        mean = sum(widths[names[ord(one)]][0] * often for one, often in FREQUENCY.items())
        adjust = mean / sum(FREQUENCY.values()) / em / theirs
        line = font["hhea"]
        measures = {
            "size-adjust": adjust,
            "ascent-override": line.ascent / em / adjust,
            "descent-override": -line.descent / em / adjust,
            "line-gap-override": line.lineGap / em / adjust,
        }
        said = "".join(f"  {key}: {value:.2%};\n" for key, value in measures.items())
        yield f'@font-face {{\n  font-family: "{family}";\n  src: local("{local}");\n{said}}}\n'
