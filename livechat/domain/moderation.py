"""Taking lines away, one or all of a person's, and putting them back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from events.rules import can_manage, works_for
from livechat.domain import acts, log
from livechat.domain.authors import Person
from livechat.domain.personal import STAFF, tell
from livechat.errors import NotOnStaff, NotUndoable
from livechat.models import ChatMessage, LineState, ModerationAct, Room
from livechat.wire.frames import ChatCleared, ChatDeleted, ChatRestored, Refused, ReviewSettled

WORDS = ("name", "badge", "text", "author", "reply", "mentions", "lang", "links")
PLACED = (LineState.SHOWN, LineState.HIDDEN)


@transaction.atomic
def delete_message(
    message: ChatMessage, *, by: User, now: datetime, reason: str = ""
) -> ModerationAct | None:
    """Take a line away: from screens, snapshots and replays. None when it was gone already.

    Raises NotAllowed to people who may not moderate the event, NotOnStaff for lines of people at work.
    """
    room = message.room
    acts.need_moderator(by, room)
    if message.badge or works_for(message.author, room.event):
        _need_own_or_manager(message, by=by, room=room)
    taken = take_away(log.lock(room), [message], now=now)
    if not taken:
        return None
    return acts.record(
        room,
        acts.Verb.DELETE,
        by=by,
        now=now,
        target=acts.writer(message),
        message=message,
        reason=reason,
        detail=_detail(room, taken),
    )


@transaction.atomic
def clear_lines(
    room: Room, *, target: Person, by: User, now: datetime, reason: str = ""
) -> ModerationAct | None:
    """Take all lines of one person away with one frame, waiting ones too. None when there were none.

    Raises NotAllowed, NotOnStaff.
    """
    acts.need_moderator(by, room)
    if works_for(target.user, room.event):
        raise NotOnStaff
    room = log.lock(room)
    lines = list(
        ChatMessage.objects.filter(room=room, author_key=target.key, deleted_at=None).exclude(
            state=LineState.REFUSED
        )
    )
    placed = [line for line in lines if line.state in PLACED]
    waiting = [line for line in lines if line.state == LineState.HELD]
    taken = _mark(placed, now=now)
    if not taken and not waiting:
        return None
    if taken:
        shown = any(line.state == LineState.SHOWN for line in taken)
        only_for = "" if shown else target.key
        log.append(room, ChatCleared.TYPE, {"author": target.tag}, now=now, only_for=only_for)
        log.redact(room, [line.public_id for line in taken])
    detail = _detail(room, taken) | {"waiting": turn_down(room, waiting)}
    return acts.record(room, acts.Verb.CLEAR, by=by, now=now, target=target, reason=reason, detail=detail)


def take_away(room: Room, lines: Iterable[ChatMessage], *, now: datetime) -> list[ChatMessage]:
    """Remove lines one by one, each with its frame; those that were still there. Within a transaction."""
    taken = _mark(lines, now=now)
    for line in taken:
        only_for = line.author_key if line.state == LineState.HIDDEN else ""
        log.append(room, ChatDeleted.TYPE, {"id": line.public_id}, now=now, only_for=only_for)
    log.redact(room, [line.public_id for line in taken])
    return taken


def put_back(room: Room, act: ModerationAct, *, now: datetime) -> None:
    """Restore the lines an act took away. Raises NotUndoable when the room began anew since."""
    room = log.lock(room)
    if act.detail.get("epoch") != room.epoch:
        raise NotUndoable
    gone = ChatMessage.objects.filter(room=room, public_id__in=act.detail["lines"]).exclude(deleted_at=None)
    lines = list(gone.select_related("reply_to").order_by("seq"))
    ChatMessage.objects.filter(pk__in=[line.pk for line in lines]).update(deleted_at=None)
    log.heal(room, {line.public_id: words_of(line) for line in lines})
    for line in lines:
        only_for = line.author_key if line.state == LineState.HIDDEN else ""
        body = {"id": line.public_id, **words_of(line)}
        log.append(room, ChatRestored.TYPE, body, now=now, only_for=only_for)


def words_of(line: ChatMessage) -> dict[str, Any]:
    """What a removal takes from a line's frames and a restoration gives back."""
    reply = line.reply_to.public_id if line.reply_to else ""
    found = (line.author_name, line.badge, line.text, line.author_tag, reply)
    return dict(zip(WORDS, (*found, line.mentions, line.lang, line.links), strict=True))


def turn_down(room: Room, lines: Iterable[ChatMessage]) -> list[str]:
    """Refuse waiting lines, telling author and staff; the ids of those that still waited."""
    return [line.public_id for line in lines if _turn_down(room, line)]


def _turn_down(room: Room, line: ChatMessage) -> bool:
    # The guard: of two moderators deciding at once, one changes the row.
    if not ChatMessage.objects.filter(pk=line.pk, state=LineState.HELD).update(state=LineState.REFUSED):
        return False
    line.state = LineState.REFUSED
    tell(room, line.author_key, Refused(line.public_id))
    tell(room, STAFF, ReviewSettled(line.public_id, approved=False))
    return True


def _need_own_or_manager(message: ChatMessage, *, by: User, room: Room) -> None:
    """Lines of people at work are theirs, and their manager's."""
    if message.author_id != by.pk and not can_manage(by, room.event):
        raise NotOnStaff


def _mark(lines: Iterable[ChatMessage], *, now: datetime) -> list[ChatMessage]:
    # The guard, line by line: of two removals at once, one changes the row and belongs to one act.
    return [
        line
        for line in lines
        if ChatMessage.objects.filter(pk=line.pk, deleted_at=None).update(deleted_at=now)
    ]


def _detail(room: Room, taken: list[ChatMessage]) -> dict[str, Any]:
    return {"lines": [line.public_id for line in taken], "count": len(taken), "epoch": room.epoch}
