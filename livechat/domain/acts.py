"""The audit: every act of a moderator, or of the room itself, with what it takes to undo it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from events.rules import can_lead, can_moderate
from livechat.domain import log
from livechat.domain.authors import Person
from livechat.errors import NotAllowed
from livechat.models import ChatMessage, ModerationAct, Room, Sanction

Verb = ModerationAct.Verb
LEAD, MODERATOR = "lead", "moderator"
JSON = dict[str, object]
# What has a way back (`undoing`); questions have their own.
UNDOABLE = frozenset(Verb) - {Verb.UNDO, Verb.QUESTION, Verb.CLAIM}


def grade_of(user: User | None, room: Room) -> str:
    """`lead`, `moderator` or nothing: what a person may do about other people's lines here."""
    if can_lead(user, room.event):
        return LEAD
    return MODERATOR if can_moderate(user, room.event) else ""


def need_moderator(user: User | None, room: Room) -> None:
    """Raise NotAllowed unless `user` moderates here, in either grade."""
    if not can_moderate(user, room.event):
        raise NotAllowed


def need_lead(user: User | None, room: Room) -> None:
    """Raise NotAllowed unless `user` is a lead moderator here, or manages the show."""
    if not can_lead(user, room.event):
        raise NotAllowed


def record(
    room: Room,
    verb: ModerationAct.Verb,
    *,
    by: User | None,
    now: datetime,
    target: Person | None = None,
    message: ChatMessage | None = None,
    sanction: Sanction | None = None,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> ModerationAct:
    """Write one act into the audit, in the transaction of what was done. `by` None is the room itself."""
    return ModerationAct.objects.create(
        room=room,
        actor=by,
        actor_name=by.display_name if by else "",
        verb=verb,
        target_key=target.key if target else "",
        target_name=target.name if target else "",
        message=message,
        sanction=sanction,
        reason=reason,
        detail=dict(detail or {}),
        at=now,
    )


def writer(message: ChatMessage) -> Person:
    """Who wrote a line."""
    return Person(message.author_key, message.author_name, message.author_tag, message.author)


def target_of(row: ModerationAct | Sanction) -> Person | None:
    """Whom an act or a sanction was about."""
    return Person(row.target_key, row.target_name, "", None) if row.target_key else None


def visible_to(user: User, room: Room) -> QuerySet[ModerationAct]:
    """The audit of the room, the last act first: all of it for leads, their own for moderators."""
    need_moderator(user, room)
    found = ModerationAct.objects.filter(room=room).select_related(
        "actor", "undone_by", "message", "sanction"
    )
    return found if can_lead(user, room.event) else found.filter(actor=user)


def may_undo(act: ModerationAct, user: User) -> bool:
    """Leads undo everybody's acts, moderators their own."""
    return can_lead(user, act.room.event) or (act.actor_id == user.pk and can_moderate(user, act.room.event))


def act_card(act: ModerationAct) -> JSON:
    """An act as the API tells it; times in milliseconds UTC."""
    return {
        "id": act.public_id,
        "verb": str(act.verb),
        "label": str(act.get_verb_display()),
        "actor": act.actor_name,
        "by_room": not act.actor_name and act.actor_id is None,
        "name": act.target_name,
        "reason": act.reason,
        "message": act.message.public_id if act.message else None,
        "text": act.message.text if act.message else "",
        "sanction": act.sanction.public_id if act.sanction else None,
        "detail": {name: value for name, value in act.detail.items() if name in SHOWN},
        "at": log.milliseconds(act.at),
        "undone_at": log.milliseconds(act.undone_at) if act.undone_at else None,
        "undone_by": act.undone_by.display_name if act.undone_by else "",
    }


# Of the detail, what tells a reader something; the rest is for undoing.
SHOWN = ("seconds", "scope", "count", "before", "after", "text", "term", "language", "verb")
