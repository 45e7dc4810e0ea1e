"""A list of words made ready to be found in lines, however they are spelled. See `folding`."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from livechat.domain.folding import ACCENT, UNSPACED, Word, squeezed, stroke, unspaced, words

# In these languages an accent makes another word.
ACCENTED = ("vi", "es", "pt")
VOWELS = "aeiouyl v"
# Shorter words are too often the middle or the mask of a harmless one.
LONG, MASKABLE, ANYWHERE = 4, 4, 7
FEW_LETTERS = 3
MOST_PIECES = 12
MOST_KNOWN = 8_192
# Words of one or two letters; pieces of a spread-out word are none.
_SMALL = (
    "a i an as at am be by do go he hi if in is it me my no of oh ok on or so to up us we un une le la de du "
    "des et en es el al lo su mi si tu te se ne da di il im um zu ab ja er"
)
SMALL = frozenset(_SMALL.split())
# What people write onto a word without a blank.
# Not "the": a therapist is none.
BEFORE = ("you", "ur", "go", "my")
AFTER = (
    "s", "es", "ed", "er", "ers", "ing", "in", "you", "u", "this", "that", "the", "off", "all", "it", "face",
    "head", "bag", "boy", "girl", "man", "me", "my", "ya", "yall", "them", "him", "her", "everyone", "now",
    "show", "host", "n", "en", "e",
)  # fmt: skip
DRAWN_OUT = re.compile(r"(.)\1{2,}")
Runs = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase to find; `strict` refuses a line, otherwise it waits for a moderator."""

    skeleton: str
    strict: bool


@dataclass(slots=True)
class Finder:
    """The words of one brand, ready to be found."""

    plain: dict[str, list[tuple[Runs, bool]]] = field(default_factory=lambda: defaultdict(list))
    accented: dict[str, list[tuple[tuple[str, ...], bool]]] = field(default_factory=lambda: defaultdict(list))
    masked: dict[str, bool] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = field(default_factory=lambda: defaultdict(list))
    anywhere: list[tuple[str, bool]] = field(default_factory=list)
    known: dict[str, tuple[bool, ...]] = field(default_factory=dict)

    def find(self, text: str) -> bool | None:
        """True when a line is to be refused, False when it is to wait, None when nothing was found."""
        found = list(self._found(text))
        return None if not found else any(found)

    def _found(self, text: str) -> Iterator[bool]:
        if self.plain or self.accented or self.phrases:
            read = words(text)
            yield from self._in_words(read)
            yield from self._in_pieces([word.letters for word in read])
            yield from _in_order(self.phrases, [stroke(word.letters) for word in read if word.letters])
            yield from _in_order(self.accented, [_evened(word.accented) for word in read if word.accented])
        if self.anywhere and (run := unspaced(text)):
            yield from (strict for term, strict in self.anywhere if term in run)

    def _in_words(self, read: Iterable[Word]) -> Iterator[bool]:
        for word in read:
            for form in (word.letters, *word.guesses):
                yield from self._of(form)
            if word.masked and (strict := self.masked.get(stroke(word.masked))) is not None:
                yield strict

    def _of(self, form: str) -> tuple[bool, ...]:
        if form not in self.known:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[form] = tuple(self._look_up(stroke(form))) if form else ()
        return self.known[form]

    def _look_up(self, form: str) -> Iterator[bool]:
        yield from self._exact(form)
        for rest in _without_glue(form):
            if len(rest) >= LONG:
                yield from self._exact(rest)
        for bare in _without_prefix(form):
            yield from self._exact(bare)

    def _exact(self, form: str) -> Iterator[bool]:
        key, runs = squeezed(form)
        for wanted, strict in self.plain.get(key, ()):
            if _as_long(runs, wanted):
                yield strict

    def _in_pieces(self, pieces: list[str]) -> Iterator[bool]:
        """Words with blanks between their letters: `f u c k`, `sh it`."""
        for start, piece in enumerate(pieces):
            if len(piece) > FEW_LETTERS or not piece:
                continue
            joined, taken = piece, [piece]
            for other in pieces[start + 1 : start + MOST_PIECES]:
                if not other or len(other) > FEW_LETTERS:
                    break
                joined, taken = joined + other, [*taken, other]
                if len(joined) >= LONG - 1 and _is_spread(taken):
                    yield from self._exact(stroke(joined))


def skeleton_of(term: str, language: str) -> str:
    """What is kept and compared of a term; empty when nothing in it can be compared."""
    if UNSPACED.search(term):
        return unspaced(term).strip()
    read = [word for word in words(term) if word.letters]
    if language in ACCENTED and any(ACCENT.search(_apart(word.accented)) for word in read):
        return " ".join(word.accented for word in read)
    return " ".join(word.letters for word in read)


def prepared(entries: Iterable[Entry]) -> Finder:
    """A finder for these entries."""
    finder = Finder()
    for entry in entries:
        _add(finder, entry)
    return finder


def _add(finder: Finder, entry: Entry) -> None:
    term, strict = entry.skeleton, entry.strict
    if UNSPACED.search(term):
        finder.anywhere.append((term, strict))
        return
    if ACCENT.search(_apart(term)):
        accented = tuple(term.split())
        finder.accented[accented[0]].append((accented, strict))
        return
    parts = tuple(stroke(part) for part in term.split())
    whole = "".join(parts)
    if len(parts) > 1:
        finder.phrases[parts[0]].append((parts, strict))
    if len(parts) == 1 or len(whole) >= ANYWHERE:
        key, runs = squeezed(whole)
        finder.plain[key].append((runs, strict))
    if len(parts) == 1 and len(whole) >= MASKABLE:
        finder.masked.update(dict.fromkeys(_masks(whole), strict))


def _in_order(phrases: dict[str, list[tuple[tuple[str, ...], bool]]], read: list[str]) -> Iterator[bool]:
    """What stands there word after word."""
    for start, first in enumerate(read):
        for phrase, strict in phrases.get(first, ()):
            if tuple(read[start : start + len(phrase)]) == phrase:
                yield strict


def _evened(word: str) -> str:
    """An accented word with drawn-out letters as one: no word of these languages has three in a row."""
    return DRAWN_OUT.sub(r"\1", word)


def _masks(term: str) -> Iterator[str]:
    """How the word is written by those who hide letters of it: one, the vowels, or all but the ends."""
    for place in range(1, len(term) - 1):
        yield term[:place] + "*" + term[place + 1 :]
    inner = "".join("*" if letter in VOWELS else letter for letter in term[1:-1])
    yield term[0] + inner + term[-1]
    yield term[0] + "*" * (len(term) - 2) + term[-1]
    yield from (f"{start}*{rest}" for start, rest in ((term[:1], term[3:]), (term[:2], term[4:])) if rest)


def _as_long(runs: Runs, wanted: Runs) -> bool:
    """Whether each letter stands there at least as often: `asss` is `ass`, `as` is not.

    In short words one letter more makes another word, so only a drawn-out one counts: `coon` is not `con`.
    """
    if sum(wanted) >= LONG:
        return all(have >= want for have, want in zip(runs, wanted, strict=True))
    return all(have == want or have >= max(3, want) for have, want in zip(runs, wanted, strict=True))


def _is_spread(pieces: list[str]) -> bool:
    """Whether pieces look like one word torn apart: none longer than two letters, or single letters among
    them, and not all of them small words.
    """
    if all(piece in SMALL for piece in pieces):
        return False
    single = sum(1 for piece in pieces if len(piece) == 1)
    return all(len(piece) <= 2 for piece in pieces) or single >= len(pieces) - 1  # noqa: PLR2004 - as said above


def _without_glue(form: str) -> Iterator[str]:
    for glue in _GLUE_AFTER:
        if form.endswith(glue):
            yield form.removesuffix(glue)
    for glue in _GLUE_BEFORE:
        if form.startswith(glue):
            yield form.removeprefix(glue)


def _without_prefix(form: str) -> Iterator[str]:
    """Arabic writes and, with, to and the article onto the word."""
    if not "\u0620" <= form[0] <= "\u064a":
        return
    for prefix in ("ال", "وال", "بال", "لل", "فال", "كال", "يا", "و", "ف", "ب", "ل", "ك"):
        if form.startswith(prefix) and len(form) - len(prefix) >= 3:  # noqa: PLR2004 - a root has three letters
            yield form.removeprefix(prefix)


def _apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


_GLUE_AFTER = tuple(stroke(glue) for glue in AFTER)
_GLUE_BEFORE = tuple(stroke(glue) for glue in BEFORE)
