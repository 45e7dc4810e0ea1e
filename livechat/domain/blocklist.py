"""Words a brand does not want in its rooms, by language: kept by lead moderators, found in every line.

A brand starts with nothing; each language has a modest starter list to switch on and edit
(docs/moderation.md). Lists are prepared once per process and change; the change is seen by the number of
terms and the last of them, which every write moves.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from accounts.models import User
from catalog.models import Brand
from livechat.domain import acts
from livechat.domain.terms import Entry, Finder, prepared, skeleton_of
from livechat.errors import BlockedWords, NothingVisible
from livechat.models import BlockedTerm, ModerationAct, Room

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "fr", "de", "es", "it", "pt", "ja", "ko", "ar", "hi", "th", "vi")
# Why a line waits.
BLOCKED = "blocked_words"
STARTERS = Path(__file__).with_name("starters")
MOST_BRANDS = 256
Effect = BlockedTerm.Effect
Term = dict[str, str]
_ready: dict[int, tuple[tuple[Any, ...], Finder]] = {}


def judge(room: Room, text: str) -> str:
    """Empty when nothing speaks against a line, BLOCKED when it is to wait. Raises BlockedWords."""
    found = finder_of(room.event.brand_id).find(text)
    if found:
        raise BlockedWords
    return "" if found is None else BLOCKED


def finder_of(brand_id: int) -> Finder:
    """The brand's words as of now, prepared; one small query tells whether they changed."""
    terms = BlockedTerm.objects.filter(brand=brand_id)
    stamp = tuple(terms.order_by().aggregate(Count("pk"), Max("pk"), Max("public_id")).values())
    known = _ready.get(brand_id)
    if known is not None and known[0] == stamp:
        return known[1]
    rows = terms.values_list("skeleton", "effect")
    finder = prepared(Entry(skeleton, effect == Effect.REFUSE) for skeleton, effect in rows)
    if len(_ready) >= MOST_BRANDS:
        _ready.clear()
    _ready[brand_id] = (stamp, finder)
    return finder


def terms_of(room: Room, *, by: User) -> list[BlockedTerm]:
    """The brand's list. Raises NotAllowed to all but lead moderators."""
    acts.need_lead(by, room)
    return list(BlockedTerm.objects.filter(brand=room.event.brand_id))


@transaction.atomic
def add_term(
    room: Room, *, language: str, term: str, by: User, now: datetime, effect: str = Effect.REFUSE
) -> tuple[BlockedTerm, ModerationAct]:
    """Put a word or phrase on the brand's list; one that is there changes its effect.

    Raises NotAllowed, NothingVisible when there is nothing to compare in it.
    """
    acts.need_lead(by, room)
    if not skeleton_of(term, language):
        raise NothingVisible
    wanted = {"language": language, "term": term.strip(), "effect": str(effect)}
    removed = _take_off(room, skeletons=[skeleton_of(term, language)], language=language)
    (added,) = _put_on(room.event.brand, [wanted], by=by, now=now)
    return added, _record(room, added=[wanted], removed=removed, by=by, now=now)


@transaction.atomic
def remove_term(room: Room, term: BlockedTerm, *, by: User, now: datetime) -> ModerationAct:
    """Take a word off the brand's list. Raises NotAllowed."""
    acts.need_lead(by, room)
    removed = _take_off(room, skeletons=[term.skeleton], language=term.language)
    return _record(room, added=[], removed=removed, by=by, now=now)


@transaction.atomic
def add_starter(room: Room, *, language: str, by: User, now: datetime) -> tuple[int, ModerationAct | None]:
    """Put a language's starter list onto the brand's; how many were new. Raises NotAllowed."""
    acts.need_lead(by, room)
    known = set(
        BlockedTerm.objects.filter(brand=room.event.brand_id, language=language).values_list(
            "skeleton", flat=True
        )
    )
    wanted = [term for term in starter(language) if skeleton_of(term["term"], language) not in known]
    if not wanted:
        return 0, None
    _put_on(room.event.brand, wanted, by=by, now=now)
    return len(wanted), _record(room, added=wanted, removed=[], by=by, now=now)


@transaction.atomic
def begin_with(brand: Brand, languages: Iterable[str], *, now: datetime) -> None:
    """Give a brand without a list the starters of these languages, as its founding and no act of anybody."""
    if not BlockedTerm.objects.filter(brand=brand).exists():
        _put_on(brand, [term for language in languages for term in starter(language)], by=None, now=now)


def undo_change(room: Room, act: ModerationAct, *, by: User | None, now: datetime) -> bool:
    """Take off what an act put on and put back what it took off, within a transaction."""
    for term in act.detail["added"]:
        skeleton = skeleton_of(term["term"], term["language"])
        _take_off(room, skeletons=[skeleton], language=term["language"])
    _put_on(room.event.brand, act.detail["removed"], by=by, now=now)
    return True


@cache
def starter(language: str) -> tuple[Term, ...]:
    """The shipped list of a language; a tilde in its file marks words that only make a line wait."""
    lines = (STARTERS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    given = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    found = {}
    for line in given:
        term = line.removeprefix("~").strip()
        effect = Effect.HOLD if line.startswith("~") else Effect.REFUSE
        found[skeleton_of(term, language)] = {"language": language, "term": term, "effect": str(effect)}
    return tuple(found.values())


def term_card(term: BlockedTerm) -> Term:
    """A word of the list as the API tells it."""
    return {
        "id": term.public_id,
        "language": term.language,
        "term": term.term,
        "effect": str(term.effect),
    }


def _put_on(brand: Brand, wanted: Iterable[Term], *, by: User | None, now: datetime) -> list[BlockedTerm]:
    return BlockedTerm.objects.bulk_create(
        BlockedTerm(
            brand=brand,
            skeleton=skeleton_of(term["term"], term["language"]),
            added_by=by,
            at=now,
            **term,
        )
        for term in wanted
    )


def _take_off(room: Room, *, skeletons: list[str], language: str) -> list[Term]:
    there = BlockedTerm.objects.filter(brand=room.event.brand_id, language=language, skeleton__in=skeletons)
    gone = [{"language": row.language, "term": row.term, "effect": str(row.effect)} for row in there]
    there.delete()
    return gone


def _record(room: Room, *, added: list[Term], removed: list[Term], by: User, now: datetime) -> ModerationAct:
    changed: dict[str, Any] = {"added": added, "removed": removed, "count": len(added) or len(removed)}
    if len(added) + len(removed) == 1:
        one = (added or removed)[0]
        changed |= {"term": one["term"], "language": one["language"]}
    return acts.record(room, acts.Verb.BLOCK, by=by, now=now, detail=changed)
