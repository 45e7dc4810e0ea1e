"""Chat text: what may stand in a line, and how long it is to a reader's eye."""

import unicodedata
from collections.abc import Iterator

from livechat.errors import NothingVisible, TooLong

MAX_GRAPHEMES = 500
MAX_BYTES = 2048
# Scripts need at most three or four marks on one letter; more is drawn over the neighbours.
MAX_MARKS = 4
ZWJ = "\u200d"
JOINERS = "\u200c\u200d"
# Characters that take room but show nothing.
BLANK_LOOKING = frozenset("\u115f\u1160\u2800\u3164\uffa0\u00ad\u034f\u061c\u180e")
BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
ISOLATE_OPEN, ISOLATE_CLOSE = "\u2066\u2067\u2068", "\u2069"


def clean_text(text: str) -> str:
    """Return `text` as it may be stored: NFC, one line, no controls or overrides, isolates closed.

    Raises NothingVisible, TooLong (more than 500 graphemes or 2 KiB of UTF-8).
    """
    # A line can only shrink below, so what is absurdly long is not worth normalising.
    if len(text) > MAX_BYTES:
        raise TooLong
    cleaned = " ".join("".join(_allowed(unicodedata.normalize("NFC", text))).split())
    cleaned = _close_isolates(cleaned)
    if not any(_is_visible(char) for char in cleaned):
        raise NothingVisible
    if len(cleaned.encode()) > MAX_BYTES or graphemes(cleaned) > MAX_GRAPHEMES:
        raise TooLong
    return cleaned


def graphemes(text: str) -> int:
    """How many characters a reader sees: marks, joined emoji, flags and jamo count with their base."""
    count, before, flags = 0, "", 0
    for char in text:
        flags = flags + 1 if _is_flag_letter(char) else 0
        if not _extends(char, before, flags):
            count += 1
        before = char
    return count


def _extends(char: str, before: str, flags: int) -> bool:
    if not before:
        return False
    if before == ZWJ or unicodedata.category(char)[0] == "M" or char in JOINERS:
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    # Flags are pairs of letters; Hangul syllables may be spelled in parts.
    return (flags > 0 and flags % 2 == 0) or _is_later_jamo(char)


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_later_jamo(char: str) -> bool:
    return "\u1160" <= char <= "\u11ff"


def _allowed(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind[0] == "M" else 0
        if kind in {"Cc", "Zl", "Zp"}:
            yield " "
        elif kind not in {"Cs", "Co"} and char not in BIDI_OVERRIDES and marks <= MAX_MARKS:
            yield char


def _close_isolates(text: str) -> str:
    """A right-to-left isolate left open would turn the rest of the line around."""
    depth, kept = 0, []
    for char in text:
        if char == ISOLATE_CLOSE and depth == 0:
            continue
        depth += (char in ISOLATE_OPEN) - (char == ISOLATE_CLOSE)
        kept.append(char)
    return "".join(kept) + ISOLATE_CLOSE * depth


def _is_visible(char: str) -> bool:
    # Unassigned here may be an emoji younger than this Python.
    readable = unicodedata.category(char)[0] in "LNPS" or unicodedata.category(char) == "Cn"
    return readable and char not in BLANK_LOOKING
