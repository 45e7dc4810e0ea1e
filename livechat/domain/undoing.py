"""Undoing: every act of moderation has its way back, and the way back is an act of its own."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from livechat.domain import acts, flood, log
from livechat.domain.blocklist import undo_change
from livechat.domain.moderation import put_back, take_away
from livechat.domain.notices import undo_notice
from livechat.domain.review import let_through, wait_again
from livechat.domain.room_settings import restore_settings
from livechat.domain.sanctions import act_of, lift, need_right_to_lift
from livechat.errors import NotAllowed, NotUndoable
from livechat.models import ChatMessage, LineState, ModerationAct, Room, Sanction

Way = Callable[[Room, ModerationAct, datetime], bool]


@transaction.atomic
def undo(act: ModerationAct, *, by: User, now: datetime, reason: str = "") -> ModerationAct:
    """Take an act back. Moderators undo their own acts, leads everybody's.

    Raises NotAllowed, NotUndoable (undone already, or the room went on so that there is no way back).
    """
    room = act.room
    if not acts.may_undo(act, by):
        raise NotAllowed
    way = WAYS_BACK.get(ModerationAct.Verb(act.verb))
    # The guard: of two people undoing at once, one changes the row.
    fresh = ModerationAct.objects.filter(pk=act.pk, undone_at=None)
    if way is None or not fresh.update(undone_at=now, undone_by=by) or not way(room, act, now):
        raise NotUndoable
    return acts.record(
        room,
        acts.Verb.UNDO,
        by=by,
        now=now,
        message=act.message,
        sanction=act.sanction,
        reason=reason,
        target=acts.target_of(act),
        detail={"act": act.public_id, "verb": str(act.verb)},
    )


@transaction.atomic
def lift_sanction(sanction: Sanction, room: Room, *, by: User, now: datetime) -> ModerationAct:
    """End a sanction before its time. Raises NotAllowed, NotUndoable when it was ended before."""
    acts.need_moderator(by, room)
    need_right_to_lift(sanction, room, by)
    if imposed := act_of(sanction):
        # Of the room where it was imposed; whoever may lift here may lift what reaches here.
        ModerationAct.objects.filter(pk=imposed.pk).update(undone_at=now, undone_by=by)
    if not lift(sanction, now=now):
        raise NotUndoable
    return acts.record(
        room,
        acts.Verb.UNDO,
        by=by,
        now=now,
        sanction=sanction,
        target=acts.target_of(sanction),
        detail={"act": imposed.public_id if imposed else None, "verb": str(sanction.kind)},
    )


def _lines_back(room: Room, act: ModerationAct, now: datetime) -> bool:
    put_back(room, act, now=now)
    for line in ChatMessage.objects.filter(room=room, public_id__in=act.detail.get("waiting", [])):
        wait_again(room, line)
    return True


def _sanction_off(_room: Room, act: ModerationAct, now: datetime) -> bool:
    return act.sanction is not None and lift(act.sanction, now=now)


def _approval_off(room: Room, act: ModerationAct, now: datetime) -> bool:
    """The line leaves the room again; screens know it, so it cannot wait a second time."""
    return act.message is not None and bool(take_away(log.lock(room), [act.message], now=now))


def _refusal_off(room: Room, act: ModerationAct, _now: datetime) -> bool:
    return act.message is not None and wait_again(room, act.message)


def _flood_off(room: Room, act: ModerationAct, now: datetime) -> bool:
    """It was no flood: what was taken away comes back, what waits is let through."""
    put_back(room, act, now=now)
    locked = log.lock(room)
    since = act.at - flood.REMEMBERED
    waiting = ChatMessage.objects.filter(
        room=room, state=LineState.HELD, held_for=flood.FLOOD, deleted_at=None, at__gt=since
    )
    for line in waiting.select_related("reply_to").order_by("pk"):
        if any(flood.is_alike(line.text, sample) for sample in act.detail["samples"]):
            let_through(locked, line, now=now)
    return True


def _notice_back(room: Room, act: ModerationAct, now: datetime) -> bool:
    return undo_notice(room, act, now=now)


def _words_back(room: Room, act: ModerationAct, now: datetime) -> bool:
    return undo_change(room, act, by=act.actor, now=now)


def _settings_back(room: Room, act: ModerationAct, now: datetime) -> bool:
    return restore_settings(room, act, now=now)


WAYS_BACK: dict[ModerationAct.Verb, Way] = {
    acts.Verb.DELETE: _lines_back,
    acts.Verb.CLEAR: _lines_back,
    acts.Verb.TIMEOUT: _sanction_off,
    acts.Verb.BAN: _sanction_off,
    acts.Verb.HIDE: _sanction_off,
    acts.Verb.APPROVE: _approval_off,
    acts.Verb.REFUSE: _refusal_off,
    acts.Verb.HOLD: _flood_off,
    acts.Verb.NOTICE: _notice_back,
    acts.Verb.SETTINGS: _settings_back,
    acts.Verb.BLOCK: _words_back,
}
