"""What is done to one face: fixed, kerned in steps, sewn together, cut down to some letters."""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.otBase import ValueRecord
from fontTools.varLib import instancer

from deploy.fonts.letters import MODULES

FEATURES = (
    *("kern", "liga", "rlig", "calt", "ccmp", "locl", "mark", "mkmk", "rvrn", "tnum", "lnum"),
    *("init", "medi", "fina", "isol", "nukt", "akhn", "rphf", "half", "pstf", "vatu", "pres", "abvs", "blws"),
    *("psts", "haln", "cjct", "rkrf", "blwf", "abvf", "abvm", "blwm", "dist"),
)
KERNED_AT, KERNED_BY = 500, 100
PAIRS = 2  # OpenType's number of the lookup
SEWN = 3_850_070_400  # the first second of 2026, counted from 1904 as faces do


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
