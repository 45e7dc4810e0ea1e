"""Lines that wait for a moderator: the queue, letting through, turning down."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from livechat.domain import acts, log
from livechat.domain.moderation import turn_down, words_of
from livechat.domain.personal import STAFF, tell
from livechat.domain.standing import standing_of
from livechat.errors import NotWaiting
from livechat.models import ChatMessage, LineState, ModerationAct, Room
from livechat.wire.frames import ChatPosted, ReviewSettled, ReviewWaiting

JSON = dict[str, object]
# A moderator works from the oldest on; more than this is a flood to be cleared, not to be read.
MOST = 200


def announce_waiting(room: Room, line: ChatMessage) -> None:
    """Tell those at work, on commit, that a line waits."""
    tell(room, STAFF, ReviewWaiting(**waiting_card(line)))


def waiting_card(line: ChatMessage) -> dict[str, Any]:
    """A waiting line as moderators see it, over the socket and over HTTP."""
    return {
        "id": line.public_id,
        "name": line.author_name,
        "author": line.author_tag,
        "text": line.text,
        "reason": line.held_for,
        "at": log.milliseconds(line.at),
    }


def queue(room: Room, *, by: User) -> list[JSON]:
    """The lines that wait here, the oldest first. Raises NotAllowed."""
    acts.need_moderator(by, room)
    waiting = ChatMessage.objects.filter(room=room, state=LineState.HELD, deleted_at=None).order_by("pk")
    return [waiting_card(line) for line in waiting[:MOST]]


@transaction.atomic
def decide(
    message: ChatMessage, *, approve: bool, by: User, now: datetime, reason: str = ""
) -> ModerationAct:
    """Let a waiting line through, as of now, or turn it down. Raises NotAllowed, NotWaiting."""
    room = message.room
    acts.need_moderator(by, room)
    room = log.lock(room)
    done = let_through(room, message, now=now) if approve else bool(turn_down(room, [message]))
    if not done:
        raise NotWaiting
    verb = acts.Verb.APPROVE if approve else acts.Verb.REFUSE
    return acts.record(
        room, verb, by=by, now=now, target=acts.writer(message), message=message, reason=reason
    )


def let_through(room: Room, message: ChatMessage, *, now: datetime) -> bool:
    """Put a waiting line into the room as the next one; False when it no longer waits. In a transaction."""
    # Hidden people's lines are let through to themselves: they must not learn it from the queue either.
    hidden = standing_of(room, message.author_key, now=now).hidden
    state = LineState.HIDDEN if hidden else LineState.SHOWN
    # The guard: of two moderators deciding at once, one changes the row.
    if not ChatMessage.objects.filter(pk=message.pk, state=LineState.HELD).update(state=state):
        return False
    body = {"id": message.public_id, "rehearsal": message.rehearsal, **words_of(message)}
    only_for = message.author_key if hidden else ""
    frame = log.append(room, ChatPosted.TYPE, body, now=now, only_for=only_for)
    ChatMessage.objects.filter(pk=message.pk).update(at=now, seq=frame.seq)
    message.state, message.at, message.seq = state, now, frame.seq
    tell(room, STAFF, ReviewSettled(message.public_id, approved=True))
    return True


def wait_again(room: Room, message: ChatMessage) -> bool:
    """A line that was turned down waits once more; False when it was not. Within a transaction."""
    again = ChatMessage.objects.filter(pk=message.pk, state=LineState.REFUSED).update(state=LineState.HELD)
    if again:
        announce_waiting(room, message)
    return bool(again)
