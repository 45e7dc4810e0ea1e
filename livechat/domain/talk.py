"""Product talk and fan talk: what a line is about, by rules anybody can read, and how much of each there is.

A line scores three for every product word and for the name of a piece or the brand, one for asking and one
for pointing at something, and loses one for every word of greeting, thanks or praise. Two points are product
talk. docs/questions.md says how well that does.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.db.models import Count, Q
from django.db.models.functions import TruncMinute

from events.models import Event
from livechat.models import ChatMessage, LineState, Room, Topic

ENOUGH = 2
WORD, ASKING, POINT, FAN_WORD = 3, 1, 1, 1
MINUTES = 60
# The numbers of a `Minute`, in its order.
COUNTED = ("product", "fan", "crowd_product", "crowd_fan")
# Names shorter than this are words of the language more often than names.
SHORT_NAME = 4
LISTS = Path(__file__).with_name("talk_words.txt")
# Where a word cannot go on: Python takes the vowel signs of Devanagari for no part of a word.
INSIDE = r"[\w\u0900-\u097f]"
# Written without spaces, or with particles at the end: looked for anywhere.
ANYWHERE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
ARABIC = re.compile(r"[\u0600-\u06ff]")
ARABIC_PARTICLES = "(?:و|ف)?(?:ب|ل|ك)?(?:ال|ل)?"
QUESTION_MARK = re.compile(r"[?？؟]|[吗呢嘛么][!！。.]?$|ですか|ますか|나요|까요|인가요|क्या")
WORDS = re.compile(r"[\w'-]+")


@dataclass(frozen=True, slots=True)
class Minute:
    """Lines of the audience in one minute, and, apart from them, those of the rehearsal crowd."""

    at: datetime
    product: int = 0
    fan: int = 0
    crowd_product: int = 0
    crowd_fan: int = 0


def topic_of(text: str, *, event: Event | None = None) -> Topic:
    """What a line is about; with `event`, names of its pieces and its brand count, too."""
    text = _normal(text)
    score = _score(text)
    # The names cost a query, so they are asked for only where they decide.
    if event is not None and ENOUGH - WORD <= score < ENOUGH:
        score += WORD * _names_something(text, event)
    return Topic.PRODUCT if score >= ENOUGH else Topic.FAN


def per_minute(room: Room, *, now: datetime, minutes: int = MINUTES) -> list[Minute]:
    """The last `minutes` full minutes and the one that runs, oldest first, in one query.

    Lines of people at work and lines the room does not see are left out.
    """
    first = now.replace(second=0, microsecond=0) - timedelta(minutes=minutes)
    lines = ChatMessage.objects.filter(room=room, at__gte=first, at__lte=now, badge="", state=LineState.SHOWN)
    counted = (
        lines.order_by()
        .annotate(minute=TruncMinute("at"))
        .values("minute")
        .annotate(
            product=Count("pk", filter=Q(topic=Topic.PRODUCT, rehearsal=False)),
            fan=Count("pk", filter=Q(topic=Topic.FAN, rehearsal=False)),
            crowd_product=Count("pk", filter=Q(topic=Topic.PRODUCT, rehearsal=True)),
            crowd_fan=Count("pk", filter=Q(topic=Topic.FAN, rehearsal=True)),
        )
        .values_list("minute", *COUNTED)
    )
    found = {row[0]: Minute(*row) for row in counted}
    every = (first + timedelta(minutes=n) for n in range(minutes + 1))
    return [found.get(at, Minute(at)) for at in every]


def last_minute(rooms: list[int], *, now: datetime) -> dict[int, tuple[int, int]]:
    """(product lines, fan lines) of the last full minute by room, counted as `per_minute` does; one query."""
    minute = now.replace(second=0, microsecond=0)
    lines = ChatMessage.objects.filter(
        room__in=rooms,
        badge="",
        state=LineState.SHOWN,
        rehearsal=False,
        at__gte=minute - timedelta(minutes=1),
        at__lt=minute,
    )
    counts = {
        "product": Count("pk", filter=Q(topic=Topic.PRODUCT)),
        "fan": Count("pk", filter=Q(topic=Topic.FAN)),
    }
    found = dict.fromkeys(rooms, (0, 0))
    for room, product, fan in lines.order_by().values_list("room").annotate(**counts):
        found[room] = (product, fan)
    return found


def _score(text: str) -> int:
    points = WORD * len(_pattern("product").findall(text)) - FAN_WORD * len(_pattern("fan").findall(text))
    if QUESTION_MARK.search(text) or _pattern("asking").match(text.lstrip("¿ ")):
        points += ASKING + POINT * bool(_pattern("pointing").search(text))
    return points


def _names_something(text: str, event: Event) -> bool:
    names = [event.brand.name, *event.lineup.values_list("product__name", flat=True)]
    said = set(WORDS.findall(text))
    return any(_is_said(_normal(name), text, said) for name in names)


def _is_said(name: str, text: str, said: set[str]) -> bool:
    """The whole name, or one telling word of it."""
    if name and name in text:
        return True
    telling = (word for word in WORDS.findall(name) if len(word) >= SHORT_NAME)
    return any(word in said for word in telling)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """The entries of all languages of one kind as one expression, longest first."""
    entries = sorted({_normal(entry) for entry in _entries(kind)}, key=len, reverse=True)
    anywhere = [entry for entry in entries if ANYWHERE.search(entry)]
    whole = [_word(entry) for entry in entries if not ANYWHERE.search(entry)]
    parts = [f"(?<!{INSIDE})(?:{'|'.join(whole)})(?!{INSIDE})", *map(re.escape, anywhere)]
    return re.compile("|".join(parts))


def _entries(kind: str) -> Iterator[str]:
    mine = False
    for line in LISTS.read_text("utf-8").splitlines():
        if line.startswith("["):
            mine = line.startswith(f"[{kind} ")
        elif mine:
            yield from line.split()


def _word(entry: str) -> str:
    if entry.endswith("-"):
        return re.escape(entry[:-1]) + f"{INSIDE}*"
    # A possessive or a plural may hang on to it.
    return f"{ARABIC_PARTICLES}{re.escape(entry)}\\w{{0,2}}" if ARABIC.search(entry) else re.escape(entry)
