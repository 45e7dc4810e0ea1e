"""Realistic chat: many languages, short and long, the same words for every server, drawn with a seed.

A line is a whole phrase, or a question about a piece; a few carry emoji, and one in forty is long. `MARK` is
where the load client writes the number of the line.
"""

import json
import random
import tomllib
from collections.abc import Callable
from pathlib import Path

MARK = "~00000~"
LINES = 4_000
LONG_ONES = 1 / 40
QUESTIONS = 1 / 3
BADGES = ["moderator", *[""] * 9]
EPOCH, FIRST = "h3kq8wmd2x5vnr7tcb4jpz96", 1_001
STARTS_AT, LASTS = 1_794_420_000_000, 7_200_000
WORDS = tomllib.loads((Path(__file__).parent / "chat.toml").read_text(encoding="utf-8"))
LANGUAGES = WORDS["languages"]
Line = dict[str, object]


def draw(count: int = LINES, *, seed: int = 20261111) -> list[Line]:
    """`count` lines as a room knows them, always the same ones for a seed."""
    dice = random.Random(seed)  # noqa: S311 - drawn anew alike, nothing is kept secret
    return [_line(dice, seq) for seq in range(FIRST, FIRST + count)]


def _line(dice: random.Random, seq: int) -> Line:
    shares = [language["share"] for language in LANGUAGES.values()]
    language = dice.choices(list(LANGUAGES), weights=shares)[0]
    return {
        "seq": seq,
        "id": _code(dice, 22),
        "name": dice.choice(WORDS["names"]) + dice.choice(["", "", str(dice.randrange(100))]),
        "badge": dice.choice(BADGES),
        "text": f"{_words(dice, LANGUAGES[language])} {MARK}",
        "author": _code(dice, 12),
        "lang": language,
        "at": STARTS_AT + dice.randrange(LASTS),
    }


def _words(dice: random.Random, language: dict[str, list[str]]) -> str:
    if "long" in language and dice.random() < LONG_ONES:
        return str(language["long"]).format(dice.choice(language["pieces"]))
    if "questions" in language and dice.random() < QUESTIONS:
        question = dice.choice(language["questions"]).format(dice.choice(language["pieces"]))
        return question + dice.choice(WORDS["tails"])
    return dice.choice(language["phrases"]) + dice.choice(WORDS["tails"])


def _code(dice: random.Random, length: int) -> str:
    return "".join(dice.choices("abcdefghijkmnpqrstuvwxyz23456789", k=length))


def write(path: Path, lines: list[Line], wrap: Callable[[Line], str]) -> Path:
    """Store the lines, one text each, as one server's publisher sends them."""
    path.write_text("".join(f"{wrap(line)}\n" for line in lines), encoding="utf-8")
    return path


def compact(value: object) -> str:
    """JSON without spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def told(line: Line) -> Line:
    """The frame as SeeNow sends it, for all the others too: who tells the same, can be compared."""
    place = {"type": "chat.posted", "epoch": EPOCH, "seq": line["seq"], "at": line["at"]}
    words = {name: line[name] for name in ("id", "name", "badge", "text")}
    about = {"reply": "", "mentions": [], "lang": line["lang"], "links": False}
    return {**place, **words, "rehearsal": False, "author": line["author"], **about}
