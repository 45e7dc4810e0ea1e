"""How a line reads to the eye, for comparing words: one text, several readings.

Compatibility forms, case, look-alike letters, invisible characters, accents, figures for letters, letters set
apart, doubled letters, traditional characters, the two kana: all that spells one word in many ways is folded
to one. Words in Latin and other spaced scripts keep their ends, so that a word inside another is not found
(nobody in Scunthorpe is to be silenced); in scripts without blanks words are found anywhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

from accounts.domain.confusables import full_table, plain_table

# Latin, Greek and Cyrillic accents, Arabic vowel signs and the stretcher, the dot below that Hindi borrows.
ACCENTS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670\u093c"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
ACCENT = re.compile(f"[{ACCENTS}]")
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# Syllables and voiced kana stay whole when accents are taken apart.
WHOLE = re.compile("[\u1100-\u11ff]+|.[\u3099\u309a]")
# Written without blanks: Thai, Lao, Myanmar, Khmer, kana, Han, Hangul.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
HANGUL = re.compile("[\uac00-\ud7a3\u3131-\u318e]")
FIGURES = str.maketrans("013456789@$!|+€£¢§", "oleasgtbgaslltelcs")
LEET = re.compile("[0-9@$!|+€£¢§]")
# What stands for a letter nobody wants to write out.
MASK = re.compile("[*#_·•◦✱✲＊]")
# One letter for each pair of strokes that read alike.
STROKES = str.maketrans("iuj", "lvl")
ARABIC = str.maketrans("أإآٱىةؤئکیگ", "اااايهويكيك")
KANA_GAP = 0x60


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `letters` without accents, `accented` with them, `guesses` what figures may stand for,
    `masked` with `*` for every letter that is hidden.
    """

    letters: str
    accented: str
    guesses: tuple[str, ...]
    masked: str


def words(text: str) -> list[Word]:
    """The words of a line as they read."""
    return [word for token in _base(text).split() for word in _words(token)]


def unspaced(text: str) -> str:
    """The letters of a line without anything between them, as scripts without blanks are compared."""
    folded = _base(text)
    if not UNSPACED.search(folded):
        return ""
    # Korean sets words apart; only single syllables with a gap after each are one spread-out word.
    chunks = [_letters(chunk) for chunk in folded.split()]
    return _simplified("".join(_joined(chunks)))


def gist(text: str) -> str:
    """The letters of a line in one run, figures, marks, blanks and doublings left out: what is alike stays
    alike.
    """
    read = "".join(_letters(token.translate(full_table())) for token in ACCENT.sub("", _base(text)).split())
    return squeezed(stroke(_simplified(read)))[0]


def squeezed(word: str) -> tuple[str, tuple[int, ...]]:
    """A word with each run of a letter as one, and the lengths of the runs."""
    runs = [(letter, len(list(run))) for letter, run in groupby(word)]
    return "".join(letter for letter, _ in runs), tuple(length for _, length in runs)


def stroke(word: str) -> str:
    """A word with the letters that share a stroke made one."""
    return word.translate(STROKES)


def _base(text: str) -> str:
    """Folded, decomposed, look-alikes made plain; accents still there."""
    folded = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold()
    apart = unicodedata.normalize("NFD", folded)
    whole = WHOLE.sub(lambda found: unicodedata.normalize("NFC", found[0]), apart)
    return whole.translate(ARABIC).translate(_plain())


@cache
def _plain() -> dict[int, str]:
    # A d with a stroke is a letter of its own where accents count, so the stroke stays as one.
    return {**plain_table(), ord("đ"): "d\u0335"}


# People say the same words all evening.
@lru_cache(8_192)
def _words(token: str) -> tuple[Word, ...]:
    return tuple(_read(token))


def _read(token: str) -> Iterator[Word]:
    if UNSPACED.search(token) and not re.search("[a-z]", token):
        return
    yield _word(token)
    # Words held together by a hyphen, a full stop without a blank, a slash.
    parts = [part for part in re.split(r"[^\w@$!|+€£¢§*#]+", ACCENT.sub("", token)) if part]
    if len(parts) > 1:
        yield from (_word(part) for part in parts)


def _word(token: str) -> Word:
    accented = unicodedata.normalize("NFC", "".join(c for c in token if c.isalpha() or ACCENT.match(c)))
    bare = ACCENT.sub("", token)
    if re.search("[a-z]", bare):
        bare = bare.translate(full_table())
    letters = _letters(bare)
    return Word(letters, accented, tuple(_guesses(bare, letters)), _masked(bare))


def _guesses(token: str, letters: str) -> Iterator[str]:
    """What a word with figures in it may mean; a number with a letter or two is no word."""
    figures = LEET.findall(token)
    if not figures or not letters or len(letters) < sum(1 for c in token if c.isdigit()):
        return
    inner = token.rstrip("!|+.,?:;)\"'")
    for reading in {token, inner, inner.lstrip("@$")}:
        yield _letters(reading.translate(FIGURES))


def _masked(token: str) -> str:
    inner = token.strip("*#_·•.,!?")
    if not MASK.search(inner):
        return ""
    return "".join(c for c in MASK.sub("*", inner) if c.isalpha() or c == "*")


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha() or unicodedata.category(char)[0] == "M")


def _joined(chunks: list[str]) -> Iterator[str]:
    """Chunks put together, with a blank kept where Korean has one."""
    before = ""
    for chunk in chunks:
        apart = HANGUL.search(before) and HANGUL.search(chunk) and (len(before) > 1 or len(chunk) > 1)
        yield f" {chunk}" if apart else chunk
        before = chunk


def _simplified(text: str) -> str:
    return text.translate(_han_and_kana())


@cache
def _han_and_kana() -> dict[int, str]:
    """Traditional characters to simplified ones (OpenCC's list), katakana to hiragana."""
    rows = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    han = {ord(old): new.split()[0] for old, new in pairs if len(old) == 1}
    return han | {point: chr(point - KANA_GAP) for point in range(0x30A1, 0x30F7)}
