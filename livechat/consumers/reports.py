"""What a browser reports by a tap or by itself: reactions, votes, and how far behind its picture is."""

import re
from datetime import datetime
from time import time
from typing import Protocol

from django.utils import timezone

from accounts.domain.viewers import Viewer
from livechat.consumers.door import Entry, active_user, name_of
from livechat.consumers.hubs import hub_here
from livechat.consumers.threads import in_database
from livechat.domain.log import milliseconds
from livechat.domain.polls import cast_vote
from livechat.domain.standing import tell_you
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
    if not seat.counted or feed is None or speaker.entry is None:
        speaker.tell(frames.Error(ErrorCode.FORBIDDEN, frame.id))
        return
    windows = feed.seats.of(seat.viewer_key)
    answer, option = await in_database(_vote, speaker.entry, frame, has_others=len(windows) > 1)
    if option is not None:
        # For a `hello` that comes later; what is open now is told by the answer.
        for one in windows:
            one.you = {**one.you, "vote": {"poll": frame.poll, "option": option}}
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


def _vote(
    entry: Entry, frame: frames.Vote, *, has_others: bool
) -> tuple[frames.Ack | frames.Error, int | None]:
    """The answer, and the option that counts for this viewer as far as it is known now.

    Other windows of the same person are told, and so is a window that did not know it had voted.
    """
    now, room = timezone.now(), Room.objects.select_related("event__brand").get(pk=entry.room)
    try:
        given = cast_vote(
            room,
            poll=frame.poll,
            viewer_key=entry.viewer_key,
            option=frame.option,
            now=now,
            rehearsal=entry.crowd,
        )
    except AlreadyVoted as refused:
        _tell_you(entry, room, now=now)
        return frames.Error(refused.code, frame.id), refused.option
    except RoomError as refused:
        return frames.Error(refused.code, frame.id), None
    if has_others:
        _tell_you(entry, room, now=now)
    return frames.Ack(frame.id, frame.poll, 0, milliseconds(given.at)), given.option


def _tell_you(entry: Entry, room: Room, *, now: datetime) -> None:
    user = active_user(entry.right.user_id)
    name = name_of(user, session=entry.right.session_key)
    tell_you(room, Viewer(entry.viewer_key, user, name), now=now)
