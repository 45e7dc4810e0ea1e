"""What a browser reports by a tap or by itself: reactions, votes, and how far behind its picture is."""

import re
from time import time
from typing import Protocol

from django.utils import timezone

from livechat.consumers.door import Entry
from livechat.consumers.hubs import hub_here
from livechat.consumers.threads import in_database
from livechat.domain.log import milliseconds
from livechat.domain.polls import cast_vote
from livechat.errors import AlreadyVoted, RoomError
from livechat.models import Room
from livechat.wire import announce, frames
from livechat.wire.codes import ErrorCode
from livechat.wire.feed import Feed
from livechat.wire.responses import KINDS
from livechat.wire.seats import Seat
from livechat.wire.throttle import Bucket

# As fast as a thumb can; what is beyond goes unheard and costs its sender nothing.
TAPS_RATE = TAPS_BURST = 8.0
TAP = re.compile(r'\s*\{\s*"type"\s*:\s*"react"\s*,')
LONGEST_TAP = 200


class Speaker(Protocol):
    """The consumer as the handlers here see it."""

    entry: Entry | None
    seat: Seat | None
    taps: Bucket | None

    def tell(self, frame: frames.Frame) -> None:
        """Answer this viewer alone."""


def is_tap(text: str) -> bool:
    """Whether this is a reaction, told without parsing: taps have a bucket of their own."""
    return len(text) < LONGEST_TAP and TAP.match(text) is not None


def may_tap(speaker: Speaker, *, now: float) -> bool:
    """Whether one more tap is heard; `now` is monotonic seconds."""
    if speaker.taps is None:
        speaker.taps = Bucket(now=now, rate=TAPS_RATE, burst=TAPS_BURST)
    return speaker.taps.take(now)


async def react(speaker: Speaker, frame: frames.React) -> None:
    """Count a reaction; it leaves with the next burst."""
    seat, feed = _here(speaker)
    if frame.kind not in KINDS:
        speaker.tell(frames.Error(ErrorCode.BAD_FIELD, None))
    elif feed is not None:
        feed.responses.give(frame.kind, crowd=seat.crowd, audience=seat.counted)


async def vote(speaker: Speaker, frame: frames.Vote) -> None:
    """Cast a vote and say what came of it. People at work do not vote."""
    seat, feed = _here(speaker)
    if not seat.counted or feed is None:
        speaker.tell(frames.Error(ErrorCode.FORBIDDEN, frame.id))
        return
    answer, option = await in_database(_vote, feed.room, seat, frame)
    if option is not None:
        _remember(seat, feed, {"poll": frame.poll, "option": option})
    if isinstance(answer, frames.Ack):
        feed.responses.has_news = True
        announce.note(feed.room, {"votes": True})
    speaker.tell(answer)


async def lag(speaker: Speaker, frame: frames.Lag) -> None:
    """Note how far behind the picture is; never answered, and never written down one by one."""
    seat, feed = _here(speaker)
    if feed is not None:
        feed.audience.picture(seat, frame.behind, now=time())


def _here(speaker: Speaker) -> tuple[Seat, Feed | None]:
    assert speaker.entry is not None and speaker.seat is not None  # noqa: S101, PT018 - there is a seat
    return speaker.seat, hub_here().feed(speaker.entry.room)


def _vote(room: int, seat: Seat, frame: frames.Vote) -> tuple[frames.Ack | frames.Error, int | None]:
    """The answer, and the option that counts for this viewer as far as it is known now."""
    try:
        given = cast_vote(
            Room(pk=room),
            poll=frame.poll,
            viewer_key=seat.viewer_key,
            option=frame.option,
            now=timezone.now(),
            rehearsal=seat.crowd,
        )
    except AlreadyVoted as refused:
        return frames.Error(refused.code, frame.id), refused.option
    except RoomError as refused:
        return frames.Error(refused.code, frame.id), None
    return frames.Ack(frame.id, frame.poll, 0, milliseconds(given.at)), given.option


def _remember(seat: Seat, feed: Feed, choice: dict[str, object]) -> None:
    """Every window of this person knows the choice, the one that voted too."""
    for other in feed.seats.of(seat.viewer_key):
        if other.you.get("vote") != choice:
            other.you = {**other.you, "vote": choice}
            other.outbox.push(frames.dump(frames.unsequenced(frames.You(other.you))))
