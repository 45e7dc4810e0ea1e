"""The room log: the record. A frame is written in the transaction of the fact it tells, or not at all.

Numbers are gapless per room and epoch because the row lock of `Room.head` is held from the bump to the
commit: commit order is number order on every database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from accounts.codes import new_public_id
from livechat.models import Room, RoomFrame
from livechat.wire import frames
from livechat.wire.announce import Logged, announce

# Whoever was away for longer than either gets a fresh snapshot.
KEEP_FRAMES = 2_000
KEEP_FOR = timedelta(hours=2)
TRIM_EVERY = 256
# What is left of a line that was taken away.
WITH_WORDS = (frames.ChatPosted.TYPE, frames.ChatRestored.TYPE)
REMOVALS = (frames.ChatDeleted.TYPE, frames.ChatCleared.TYPE)
WORDLESS: dict[str, Any] = {"name": "", "badge": "", "text": "", "reply": "", "mentions": [], "links": False}


class OutsideTransaction(RuntimeError):
    """A frame without the fact it tells: `append` was called outside the fact's transaction."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What was missed cannot be told frame by frame: another epoch, too long ago, a number from nowhere."""

    epoch: str
    head: int


def milliseconds(at: datetime) -> int:
    """UTC milliseconds, as all times on the wire."""
    return round(at.timestamp() * 1000)


def append(
    room: Room,
    type: str,  # noqa: A002 - the wire's word
    body: dict[str, Any],
    *,
    now: datetime,
    only_for: str = "",
) -> RoomFrame:
    """Write the next frame of the room and announce it on commit.

    With `only_for` (a viewer key) one person reads it; to all others the place is a `skip`.

    Must be called inside the transaction of the fact; from here to the commit the room's log is locked, so
    call it late. `room.head` and `room.epoch` are brought up to date. Raises UnknownFrame, BadField.
    """
    frames.build(frames.SEQUENCED, type, body)
    _take_number(room)
    frame = RoomFrame.objects.create(
        room=room, epoch=room.epoch, seq=room.head, type=type, body=body, only_for=only_for, at=now
    )
    if frame.seq % TRIM_EVERY == 0:
        trim(room, now=now)
    ready = to_logged(frame)
    transaction.on_commit(lambda: announce(ready))
    return frame


def _take_number(room: Room) -> None:
    """The guard of the numbering: one conditional bump, whose row lock is kept until the commit."""
    if not connection.in_atomic_block:
        raise OutsideTransaction
    Room.objects.filter(pk=room.pk).update(head=F("head") + 1)
    room.epoch, room.head = Room.objects.values_list("epoch", "head").get(pk=room.pk)


def lock(room: Room) -> Room:
    """The room with its log locked until the end of this transaction, read afresh, its event too."""
    return Room.objects.select_for_update().get(pk=room.pk)


def since(room: Room, *, epoch: str, seq: int) -> list[RoomFrame] | Gap:
    """The frames after `seq`, complete and in order, or Gap. Never another room's, never a guess."""
    now_epoch, head = Room.objects.values_list("epoch", "head").get(pk=room.pk)
    missed = head - seq
    if epoch != now_epoch or seq < 0 or missed < 0 or missed > KEEP_FRAMES:
        return Gap(now_epoch, head)
    found = list(RoomFrame.objects.filter(room=room, epoch=epoch, seq__gt=seq, seq__lte=head).order_by("seq"))
    return found if len(found) == missed else Gap(now_epoch, head)


def heads(room_ids: list[int]) -> dict[int, tuple[str, int]]:
    """Where the logs of these rooms stand, in one query: `{room id: (epoch, head)}`."""
    rows = Room.objects.filter(pk__in=room_ids).values_list("pk", "epoch", "head")
    return {pk: (epoch, head) for pk, epoch, head in rows}


def trim(room: Room, *, now: datetime) -> int:
    """Drop frames beyond the window; the number dropped. Screens that far behind take a snapshot."""
    old = RoomFrame.objects.filter(room=room)
    dropped = old.filter(seq__lte=room.head - KEEP_FRAMES).delete()[0]
    return dropped + old.filter(at__lt=now - KEEP_FOR).delete()[0]


def restart(room: Room) -> None:
    """Begin a new epoch: every screen starts over from a snapshot and nothing older is ever replayed."""
    room.epoch, room.head = new_public_id(), 0
    Room.objects.filter(pk=room.pk).update(epoch=room.epoch, head=0)
    RoomFrame.objects.filter(room=room).delete()


def redact(room: Room, line_ids: Iterable[str]) -> None:
    """Take the words out of the frames of chat lines but leave their places, for readers who come later."""
    for frame in _frames_of(room, line_ids):
        frame.body = {**frame.body, **WORDLESS}
        frame.save(update_fields=["body"])


def heal(room: Room, words: dict[str, dict[str, Any]]) -> None:
    """Put the words back into the frames of lines that were taken away by mistake: `{line id: fields}`."""
    for frame in _frames_of(room, words):
        frame.body = {**frame.body, **words[frame.body["id"]]}
        frame.save(update_fields=["body"])


def _frames_of(room: Room, line_ids: Iterable[str]) -> QuerySet[RoomFrame]:
    # By id, because a number may belong to another frame since the log was restarted.
    return RoomFrame.objects.filter(room=room, type__in=WITH_WORDS, body__id__in=list(line_ids))


def to_message(frame: RoomFrame, *, reader: str = "") -> dict[str, Any]:
    """A row of the log as it is sent to `reader` (a viewer key; nobody in particular when left out)."""
    hidden = frame.only_for and frame.only_for != reader
    type_, body = (frames.Skip.TYPE, {}) if hidden else (frame.type, frame.body)
    return frames.sequenced(type_, body, epoch=frame.epoch, seq=frame.seq, at=milliseconds(frame.at))


def to_logged(frame: RoomFrame) -> Logged:
    """A row of the log, serialised once for everybody, and once more for the one person it is for."""
    text = frames.dump(to_message(frame))
    own = (frame.only_for, frames.dump(to_message(frame, reader=frame.only_for))) if frame.only_for else None
    # A removal says so even when one person sees it: hubs forget the words by it.
    type_ = frames.Skip.TYPE if own and frame.type not in REMOVALS else frame.type
    return Logged(room=frame.room_id, epoch=frame.epoch, seq=frame.seq, type=type_, text=text, own=own)
