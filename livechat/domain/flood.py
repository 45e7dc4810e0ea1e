"""Floods and raids: the same words from many people within seconds.

What a crowd says out of joy is short, or is said by people who have been here for a while; a raid says long
things alike, and its people are new. So only lines of some length are compared (by the runs of letters they
share), three newcomers are enough for the third to wait, and of whomever, the fifth makes it a wave: what was
shown of it leaves the screens, the rest waits, and for ten minutes so does all that resembles it. Nothing is
lost: a moderator lets it through, or undoes the whole.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from accounts.models import User
from livechat.domain import acts
from livechat.domain.folding import UNSPACED, gist
from livechat.domain.moderation import take_away
from livechat.models import ChatMessage, LineState, ModerationAct, Room

# Why a line waits.
FLOOD = "flood"
WINDOW = timedelta(seconds=10)
NEWCOMERS, ANYBODY = 3, 5
REMEMBERED = timedelta(minutes=10)
# Who has been shown in this room this long ago, or has an account this old, is no newcomer.
KNOWN_AFTER = timedelta(minutes=10)
GROWN_UP = timedelta(days=1)
# In letters of a spaced script; a sign of an unspaced one says as much as two and a half.
LEAST_SHARED = 24.0
LEAST_PART = 0.6
SIGN = 2.5
SAMPLES = 5
JUDGED = (LineState.SHOWN, LineState.HELD)


@dataclass(frozen=True, slots=True)
class Said:
    """A line to be judged: whose, what, when; `unseen` when nobody else will read it anyway."""

    key: str
    user: User | None
    text: str
    at: datetime
    unseen: bool = False


def fingerprint(text: str) -> str:
    """The same for lines that read alike; empty for lines too short to be part of a flood."""
    read = gist(text)
    if sum(_weight(gram) for gram in _grams(text)) < LEAST_SHARED:
        return ""
    return hashlib.blake2b(read.encode(), digest_size=16).hexdigest()


def is_alike(one: str, other: str) -> bool:
    """Whether two lines are one with variations."""
    mine, theirs = _grams(one), _grams(other)
    shared = sum(map(_weight, mine & theirs))
    least = min(sum(map(_weight, mine)), sum(map(_weight, theirs)))
    return shared >= LEAST_SHARED and shared >= LEAST_PART * least


def judge(room: Room, said: Said) -> str:
    """FLOOD when the line is to wait, else empty; within the transaction that writes it, `room` locked.

    The line that completes a wave also takes what was shown of it off the screens, as an act of the room.
    """
    if not fingerprint(said.text):
        return ""
    if _continues_a_wave(room, said):
        return FLOOD
    alike = _alike(room, said)
    others = {line.author_key for line in alike}
    if len(others) >= ANYBODY - 1:
        if not said.unseen:
            _stop(room, said, alike)
        return FLOOD
    if len(others) < NEWCOMERS - 1:
        return ""
    newcomers = _newcomers(room, said, alike)
    return FLOOD if said.key in newcomers and len(newcomers) >= NEWCOMERS else ""


def _alike(room: Room, said: Said) -> list[ChatMessage]:
    """What other people said alike in the last seconds, shown, waiting or taken away since."""
    recent = ChatMessage.objects.filter(
        room=room, at__gt=said.at - WINDOW, at__lte=said.at, state__in=JUDGED, badge="", rehearsal=False
    )
    compared = recent.exclude(author_key=said.key).exclude(fingerprint="").select_related("author")
    return [line for line in compared if is_alike(line.text, said.text)]


def _newcomers(room: Room, said: Said, alike: list[ChatMessage]) -> set[str]:
    people = {line.author_key: line.author for line in alike} | {said.key: said.user}
    young = {key for key, user in people.items() if user is None or user.created_at > said.at - GROWN_UP}
    known = ChatMessage.objects.filter(
        room=room, author_key__in=young, at__lt=said.at - KNOWN_AFTER, state=LineState.SHOWN, deleted_at=None
    )
    return young - set(known.values_list("author_key", flat=True))


def _continues_a_wave(room: Room, said: Said) -> bool:
    waves = ModerationAct.objects.filter(
        room=room, verb=acts.Verb.HOLD, at__gt=said.at - REMEMBERED, undone_at=None
    )
    samples = [text for wave in waves for text in wave.detail["samples"]]
    return any(is_alike(text, said.text) for text in samples)


def _stop(room: Room, said: Said, alike: list[ChatMessage]) -> None:
    shown = [line for line in alike if line.state == LineState.SHOWN]
    taken = take_away(room, shown, now=said.at)
    detail = {
        "lines": [line.public_id for line in taken],
        "count": len(alike) + 1,
        "epoch": room.epoch,
        "samples": [said.text, *(line.text for line in alike)][:SAMPLES],
        "text": said.text,
    }
    acts.record(room, acts.Verb.HOLD, by=None, now=said.at, detail=detail)


@lru_cache(4_096)
def _grams(text: str) -> frozenset[str]:
    """Runs of three letters, or of two signs of an unspaced script."""
    read = gist(text)
    lengths = (2 if UNSPACED.match(char) else 3 for char in read)
    grams = (read[start : start + length] for start, length in enumerate(lengths))
    return frozenset(gram for gram in grams if len(gram) > 1)


def _weight(gram: str) -> float:
    return SIGN if len(gram) == 2 else 1.0  # noqa: PLR2004 - two signs, see above
