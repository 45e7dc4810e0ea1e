"""The faces pages are set in, cut down to what they say: `make fonts` writes static/fonts/ and fonts.css.

Sources are the packages in node_modules. The signs are those of the festivals' names and greetings; Chinese
has the signs of its headings, read from the templates and the catalogue. tests/look/test_tokens.py says when
to run it again.
"""
# ruff: noqa: T201, PLR2004 - says what it wrote; blocks of Unicode are their own names

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from textwrap import indent

from babel.messages.pofile import read_po
from fontTools import subset
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.otBase import ValueRecord
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, and the holidays' book is read from beside it

from events.holidays import load  # noqa: E402
from events.holidays.info import HolidayInfo  # noqa: E402

MODULES = ROOT / "node_modules"
FACES = ROOT / "static" / "fonts"
CSS = ROOT / "static" / "css" / "fonts.css"
MARK = ROOT / "templates" / "partials" / "wordmark.html"
VARIABLE = MODULES / "@fontsource-variable"
FEATURES = (
    *("kern", "liga", "rlig", "calt", "ccmp", "locl", "mark", "mkmk", "rvrn", "tnum", "lnum"),
    *("init", "medi", "fina", "isol", "nukt", "akhn", "rphf", "half", "pstf", "vatu", "pres", "abvs", "blws"),
    *("psts", "haln", "cjct", "rkrf", "blwf", "abvf", "abvm", "blwm", "dist"),
)
# Headings stand in the lighter half, festivals' names in 600 at the largest optical size.
# The wordmark is drawn, not set: "See" light, "Now" firm, closer than the face has them, in units of the em.
WORDMARK = (("See", 300), ("Now", 500))
WORDMARK_SIZE, WORDMARK_TRACKING = 36, -0.045
TEXT_WEIGHT, SIGN_WEIGHT, LARGEST = 350, 600, 144
# A phone has no title of 200 pixels; one optical size, still firm enough for 20 pixels, halves its files.
OPTICAL_SIZE = {"normal": 60, "italic": 40}
# The phone's stands behind the desk's: who turns a phone keeps the face that is there.
DESK = "(width >= 48rem)"
KERNED_AT, KERNED_BY = 500, 100
# So many Chinese and Japanese signs lie in one file: a page of two festivals does not fetch the year's.
SIGNS_PER_FILE, ORDINARY_YEAR = 24, 2026
# What pages in the languages of western Europe say; the rest of the alphabet is in the package's own file.
LATIN = (
    *range(0x20, 0x7F),
    *map(ord, "\u00a0£¥§©«°±·»¿ÀÂÄÅÆÇÈÉÊËÎÏÑÓÔÖØÙÛÜß"),
    *map(ord, "ÁÍÚàáâãäåæçèéêëìíîïñòóôõöøùúûüýŒœ\u2011–—‘’“”…\u202f€→−×"),
)
# Line ends and the like need no picture, but a browser looks for a face that has them.
UNSEEN = {
    *range(0x20),
    *range(0x7F, 0xA0),
    0xAD,
    *range(0x2000, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
}
WHOLE_LATIN = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
    "U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
EXTENDED_RANGE = (
    "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, "
    "U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"
)
PAIRS = 2  # OpenType's number of the lookup
SEWN = 3_850_070_400  # the first second of 2026, counted from 1904 as faces do
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
HEADING = re.compile(r"<(?:h[1-3]|summary|legend)\b[^>]*>.*?</(?:h[1-3]|summary|legend)>", re.S)
TRANSLATED = re.compile(r"\{% translate (?:\"([^\"]+)\"|'([^']+)')")
BLOCK = re.compile(r"\{% blocktranslate[^%]*%\}(.*?)(?:\{% plural %\}(.*?))?\{% endblocktranslate %\}", re.S)

# Mean advance of running English text over the em; those of the fallbacks are published (capsize metrics).
FREQUENCY = {" ": 18.7, "e": 10.2, "t": 7.5, "a": 6.5, "o": 6.2, "i": 5.7, "n": 5.7, "s": 5.3, "r": 4.97,
             "h": 4.97, "l": 3.3, "d": 3.28, "u": 2.2, "c": 2.2, "m": 2.0, "f": 1.98, "w": 1.7, "g": 1.6,
             "p": 1.5, "y": 1.4, "b": 1.25, "v": 0.8, "k": 0.6}  # fmt: skip
FALLBACKS = {
    "Fraunces Fallback": ("fraunces-phone.woff2", "Georgia", 913 / 2048),
    "Instrument Fallback": ("instrument.woff2", "Arial", 904 / 2048),
}


def cut(font: TTFont, letters: Iterable[int]) -> bytes:
    """A WOFF2 of the font with these letters only."""
    whole = BytesIO()
    font.flavor, font.recalcTimestamp = None, False
    font.save(whole)
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    small = TTFont(BytesIO(whole.getvalue()), lazy=False, recalcTimestamp=False)
    cutter.subset(small)
    small.flavor = "woff2"
    out = BytesIO()
    small.save(out, reorderTables=True)
    return out.getvalue()


def pinned(path: Path, **axes: float) -> TTFont:
    """A variable font with these axes fixed."""
    return instancer.instantiateVariableFont(TTFont(path), axes)


def kerned_once(path: Path) -> TTFont:
    """A variable font whose letters keep the distances of one weight: a fifth of the file less."""
    font = TTFont(path)
    font["GPOS"] = pinned(path, wght=KERNED_AT)["GPOS"]
    # What the other weights' distances were looked up in.
    font["GDEF"].table.VarStore, font["GDEF"].table.Version = None, 0x00010002
    return in_steps(font)


def in_steps(font: TTFont) -> TTFont:
    """Its letters at distances of a hundredth of the em: nobody sees it, and fewer are written down."""
    step = font["head"].unitsPerEm // KERNED_BY
    for pair in kerned_pairs(font):
        pair.XAdvance = round(pair.XAdvance / step) * step
    return font


def kerned_pairs(font: TTFont) -> Iterator[ValueRecord]:
    """How much nearer each pair of letters stands, in units of the face."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable if lookup.LookupType == PAIRS else ():
            first = getattr(table, "Class1Record", ())
            records = [second for one in first for second in one.Class2Record]
            records += [pair for one in getattr(table, "PairSet", ()) for pair in one.PairValueRecord]
            yield from (one.Value1 for one in records if hasattr(one.Value1, "XAdvance"))


def chinese(letters: Iterable[int], weight: int) -> Iterator[tuple[TTFont, list[int]]]:
    """The files of the package that hold these signs, with what each is wanted for."""
    wanted = set(letters)
    for path in sorted((MODULES / "@fontsource/noto-serif-sc/files").glob(f"*-[0-9]*-{weight}-normal.woff2")):
        font = TTFont(path)
        if here := sorted(wanted & set(font.getBestCmap())):
            wanted -= set(here)
            yield font, here
    if wanted:
        sys.exit(f"no file of Noto Serif SC has {''.join(map(chr, sorted(wanted)))}")


def sewn(parts: Iterable[tuple[TTFont, list[int]]]) -> bytes:
    """One file of the pieces: their outlines side by side under one family's tables."""
    from fontTools.merge import Merger  # noqa: PLC0415 - loads every table's rules; only signs need it

    files = []
    for font, letters in parts:
        piece = BytesIO(cut_plain(font, letters))
        files.append(piece)
    merged = Merger().merge(files)
    # Not the moment of sewing: the same signs make the same file.
    merged["head"].created = merged["head"].modified = SEWN
    return cut(set_upright(merged), merged.getBestCmap())


def set_upright(font: TTFont) -> TTFont:
    """The measures of a column, which the merger leaves out: signs of one em, from the em's upper edge down.

    Without them a browser takes the line's height for the sign's, and a poster's writing hangs too low.
    """
    em, top = font["head"].unitsPerEm, font["OS/2"].sTypoAscender
    head = font["vhea"] = newTable("vhea")
    head.tableVersion, head.ascent, head.descent, head.lineGap = 0x00011000, em // 2, -(em // 2), 0
    head.minTopSideBearing = head.minBottomSideBearing = head.yMaxExtent = 0
    head.caretSlopeRise, head.caretSlopeRun, head.caretOffset = 0, 1, 0
    head.reserved1 = head.reserved2 = head.reserved3 = head.reserved4 = head.metricDataFormat = 0
    head.advanceHeightMax, head.numberOfVMetrics = em, len(font.getGlyphOrder())
    glyphs = font["glyf"]
    heights = {name: (em, top - getattr(glyphs[name], "yMax", 0)) for name in font.getGlyphOrder()}
    font["vmtx"] = newTable("vmtx")
    font["vmtx"].metrics = heights
    return font


def cut_plain(font: TTFont, letters: Iterable[int]) -> bytes:
    """The outlines of these signs alone; what joins them is not needed one by one."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    font.flavor = None
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def signs() -> list[str]:
    """Every sign of the festivals' own names, in the order of the year, then those of their greetings."""
    year = sorted(load().values(), key=first_day)
    names = [own.name for info in year for own in info.writings]
    greetings = [own.greeting or "" for info in year for own in info.writings]
    return list(dict.fromkeys(sign for text in names + greetings for sign in text if not sign.isspace()))


def first_day(info: HolidayInfo) -> date:
    """Its day in an ordinary year; neighbours in the year stand side by side on pages."""
    days = (day for dates in info.dates for day in dates.starts(ORDINARY_YEAR))
    return min(days, default=date.max)


def heading_signs() -> set[str]:
    """What Chinese headings are written with."""
    catalogue = read_po((ROOT / "config/locale/zh_Hans/LC_MESSAGES/django.po").open("rb"))
    said = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string for message in catalogue
    }
    found: set[str] = set()
    for text in heading_texts():
        string = said.get(text) or ""
        for one in string if isinstance(string, tuple | list) else (string,):
            found |= {sign for sign in one if is_han(sign)}
    return found | set("年月日时分点零一二三四五六七八九十")


def heading_texts() -> Iterator[str]:
    """The English of every heading in the templates, as the catalogue knows it."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for heading in HEADING.findall(path.read_text()):
            for double, single in TRANSLATED.findall(heading):
                yield double or single
            for block in BLOCK.findall(heading):
                yield from (re.sub(r"\{\{ *(\w+) *\}\}", r"%(\1)s", part) for part in block if part)


def is_han(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"


def ranges(letters: Iterable[int]) -> str:
    """`U+41-5A, U+61`: neighbours are written as one."""
    runs: list[list[int]] = []
    for code in sorted(letters):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:04X}" if a == b else f"U+{a:04X}-{b:04X}" for a, b in runs)


def seldom() -> str:
    """What of the Latin alphabet is not in the cut files."""
    spans = (part.removeprefix("U+").split("-") for part in WHOLE_LATIN.split(", "))
    whole = {code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)}
    return ranges(whole - set(LATIN) - UNSEEN)


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


def wordmark() -> str:
    """The house's name as one path in the colour of its text; links that show it name themselves."""
    outline, at = "", 0.0
    for letters, weight in WORDMARK:
        source = VARIABLE / "fraunces/files/fraunces-latin-opsz-normal.woff2"
        font = pinned(source, wght=weight, opsz=WORDMARK_SIZE)
        em, glyphs, names = font["head"].unitsPerEm, font.getGlyphSet(), font.getBestCmap()
        for letter in letters:
            glyph = glyphs[names[ord(letter)]]
            pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
            scale = 1000 / em
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, at, 750)))
            outline += pen.getCommands()
            at += (glyph.width / em + WORDMARK_TRACKING) * 1000
    box = f"0 0 {at - WORDMARK_TRACKING * 1000:.0f} 780"
    return (
        "{# Written by deploy/fonts.py. #}"
        f'<svg viewBox="{box}" aria-hidden="true"><path fill="currentColor" d="{outline}"/></svg>\n'
    )


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


def several(codes: list[int], most: int) -> Iterator[list[int]]:
    """Neighbours together, at most so many."""
    yield from (codes[first : first + most] for first in range(0, len(codes), most))


def chinese_has(code: int) -> bool:
    """Korean writing is left to the reader's own machine."""
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF


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


def unchanged() -> Iterator[str]:
    """Whole scripts, for pages written in them: fetched only when a page has such letters."""
    wide = {"arabic": "Noto Naskh Arabic Variable", "devanagari": "Noto Serif Devanagari Variable",
            "hebrew": "Noto Serif Hebrew Variable", "thai": "Noto Serif Thai Variable"}  # fmt: skip
    for script, family in wide.items():
        _letters, source = SCRIPTS[script]
        known = ranges(code for code in TTFont(VARIABLE / source).getBestCmap() if code > 0x2FF)
        weight = "400 700" if script == "arabic" else "100 900"
        yield face(family, f"../vendor/{source}", weight=weight, display="swap", letters=known)


def main() -> None:
    FACES.mkdir(exist_ok=True)
    for old in FACES.glob("*.woff2"):
        old.unlink()

    def write(name: str, data: bytes) -> str:
        (FACES / name).write_bytes(data)
        print(f"{name:<24} {len(data) / 1000:6.1f} kB")
        return f"../fonts/{name}"

    heads = {ord(sign) for sign in heading_signs()}
    rules = [
        "/* Written by deploy/fonts.py (`make fonts`). Reasons stand in docs/design.md. */\n",
        *latin_faces(write),
        *sign_faces(write),
        face(
            "Noto Serif SC", write("headings-han.woff2", sewn(chinese(heads, 400))),
            weight="100 900", display="optional", letters=ranges(heads),
        ),
        *unchanged(),
        *fallbacks(),
    ]  # fmt: skip
    CSS.write_text("\n".join(rules))
    MARK.write_text(wordmark())


if __name__ == "__main__":
    main()
