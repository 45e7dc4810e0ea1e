"""People of a room as moderators see them, and acts as one particular reader may use them."""

from datetime import datetime

from accounts.models import User
from events.rules import works_for
from livechat.domain import acts, log, sanctions
from livechat.domain.authors import Person
from livechat.models import ChatMessage, ModerationAct, Room, Sanction

JSON = dict[str, object]
LAST_LINES = 20
LAST_ACTS = 10


def person_card(room: Room, person: Person, *, by: User, now: datetime) -> JSON:
    """One person: the last lines, removed ones among them, what holds for them and what was done.

    Raises NotAllowed to people who do not moderate here.
    """
    given = sanctions.in_force_here(room, by=by, now=now, target_key=person.key)
    lines = ChatMessage.objects.filter(room=room, author_key=person.key).order_by("-pk")[:LAST_LINES]
    about = ModerationAct.objects.filter(room=room, target_key=person.key)
    recent = about.select_related("actor", "undone_by", "message", "sanction")[:LAST_ACTS]
    return {
        "author": person.tag,
        "name": person.name,
        "signed_in": person.user is not None,
        "staff": works_for(person.user, room.event),
        "lines": [_line(line) for line in lines],
        "sanctions": [sanction_for(one, room, by) for one in given],
        "acts": [act_for(act, by) for act in recent],
    }


def act_for(act: ModerationAct, reader: User) -> JSON:
    """An act, and whether this reader may still undo it."""
    usable = act.undone_at is None and act.verb != acts.Verb.UNDO and act.verb in acts.UNDOABLE
    return {**acts.act_card(act), "may_undo": usable and acts.may_undo(act, reader)}


def sanction_for(sanction: Sanction, room: Room, reader: User) -> JSON:
    """A sanction, and whether this reader may lift it."""
    may_lift = sanctions.may_lift(sanction, room, reader)
    return {**sanctions.sanction_card(sanction, room), "may_lift": may_lift}


def _line(line: ChatMessage) -> JSON:
    return {
        "id": line.public_id,
        "text": line.text,
        "at": log.milliseconds(line.at),
        "state": str(line.state),
        "deleted": line.deleted_at is not None,
    }
