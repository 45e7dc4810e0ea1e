"""Which letters and signs pages are set in, and how style sheets write them down."""
# ruff: noqa: PLR2004 - blocks of Unicode are their own names

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from babel.messages.pofile import read_po

from events.holidays import load
from events.holidays.info import HolidayInfo

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
CATALOGUES = ROOT / "config" / "locale" / "zh_Hans" / "LC_MESSAGES"
ORDINARY_YEAR = 2026
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
# Headings, what is set like one, and what is handed to a part that sets it like one.
HEADING = re.compile(
    r"<(?:h[1-3]|summary|legend)\b[^>]*>.*?</(?:h[1-3]|summary|legend)>"
    r"|<p class=\"[^\"]*\b(?:lead|entrance__text|edition__wait)\b[^>]*>.*?</p>"
    r"|<div class=\"[^\"]*\bletter__body\b[^>]*>.*?</div>"
    r"|\{% translate [^%]* as \w+ %\}",
    re.S,
)
# What is said over the picture, by script.
SLATES = ROOT / "static" / "js" / "room" / "player.js"
SLATE = re.compile(r"\[t\(\"([^\"]+)\"\)")
TRANSLATED = re.compile(r"\{% translate (?:\"([^\"]+)\"|'([^']+)')")
BLOCK = re.compile(r"\{% blocktranslate[^%]*%\}(.*?)(?:\{% plural %\}(.*?))?\{% endblocktranslate %\}", re.S)


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
    said = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for domain in ("djangojs", "django")
        for message in read_po((CATALOGUES / f"{domain}.po").open("rb"))
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
    yield from SLATE.findall(SLATES.read_text())


def is_han(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"


def several(codes: list[int], most: int) -> Iterator[list[int]]:
    """Neighbours together, at most so many."""
    yield from (codes[first : first + most] for first in range(0, len(codes), most))


def chinese_has(code: int) -> bool:
    """Korean writing is left to the reader's own machine."""
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF


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
