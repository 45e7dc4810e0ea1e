"""Chat lines: the way of a line from its writer to the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.codes import new_public_id
from accounts.domain.viewers import Viewer
from livechat.domain import blocklist, flood, gate, log, tempo
from livechat.domain.authors import NOWHERE, Origin, author_tag
from livechat.domain.lang import guess_language
from livechat.domain.links import contains_link
from livechat.domain.mentions import mentioned
from livechat.domain.replies import replied_line
from livechat.domain.review import announce_waiting
from livechat.domain.talk import topic_of
from livechat.domain.text import clean_text
from livechat.errors import NoLinks, RoomError
from livechat.models import ChatMessage, LineState, Room
from livechat.wire.frames import ChatPosted

MAX_CLIENT_ID = 40
# Why a line waits when the room has all of them read first.
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Draft:
    """A line that is about to be said; `text` is clean."""

    viewer: Viewer
    text: str
    client_id: str
    badge: str
    origin: Origin
    rehearsal: bool
    now: datetime
    reply_to: ChatMessage | None
    mentions: list[str]


def post_message(
    room: Room,
    *,
    viewer: Viewer,
    text: str,
    client_id: str,
    badge: str,
    now: datetime,
    rehearsal: bool = False,
    origin: Origin = NOWHERE,
    reply: str = "",
) -> ChatMessage:
    """Say a line. The same `client_id` of the same viewer is the same line, however often it is sent.

    The line comes back SHOWN, HELD (a moderator decides) or HIDDEN (only its writer reads it, and may not
    learn so). People with a badge are never slowed, held or filtered.
    `reply` is the id of the line it answers; an id of no line here is none. Raises what `gate.check` and
    `tempo.check` raise, NothingVisible, TooLong, NoLinks, BlockedWords.
    """
    if said := _said(room, viewer, client_id):
        return said
    passed = gate.check(room, viewer=viewer, badge=badge, origin=origin, now=now)
    draft = Draft(
        viewer=viewer,
        text=_checked(text, badge=badge),
        client_id=client_id,
        badge=badge,
        origin=origin,
        rehearsal=rehearsal,
        now=now,
        reply_to=replied_line(room, reply),
        mentions=mentioned(room, text, by=author_tag(room.pk, viewer.key)),
    )
    held_for = "" if badge else passed.held_for or blocklist.judge(room, draft.text)
    try:
        with transaction.atomic():
            return _write(room, draft, held_for=held_for, hidden=passed.hidden)
    except (IntegrityError, RoomError):
        # The same line arrived twice at once: one was let in, and for the other it was said before.
        if said := _said(room, viewer, client_id):
            return said
        raise


def line_card(message: ChatMessage) -> dict[str, object]:
    """A line as snapshots carry it. A deleted line keeps its place without its words."""
    gone = message.deleted_at is not None
    return {
        "id": message.public_id,
        "name": "" if gone else message.author_name,
        "badge": "" if gone else message.badge,
        "text": "" if gone else message.text,
        "at": log.milliseconds(message.at),
        "rehearsal": message.rehearsal,
        "author": message.author_tag,
        "reply": message.reply_to.public_id if message.reply_to and not gone else "",
        "mentions": [] if gone else message.mentions,
        "lang": message.lang,
        "links": message.links and not gone,
        "deleted": gone,
    }


def _checked(text: str, *, badge: str) -> str:
    cleaned = clean_text(text)
    if not badge and contains_link(cleaned):
        raise NoLinks
    return cleaned


def _said(room: Room, viewer: Viewer, client_id: str) -> ChatMessage | None:
    return ChatMessage.objects.filter(room=room, author_key=viewer.key, client_id=client_id).first()


def _write(room: Room, draft: Draft, *, held_for: str, hidden: bool) -> ChatMessage:
    """Judge what needs the other lines, and write, with the room's log locked from the first look on.

    Counted under the lock, so that a hundred parallel lines pass exactly as many as one by one.
    """
    locked = log.lock(room)
    locked.event = room.event
    tempo.check(
        locked,
        viewer=draft.viewer,
        text=draft.text,
        badge=draft.badge,
        origin=draft.origin,
        now=draft.now,
    )
    if not draft.badge:
        held_for = held_for or (REVIEW if locked.review else "") or _flood(locked, draft, hidden=hidden)
    state = LineState.HELD if held_for else LineState.HIDDEN if hidden else LineState.SHOWN
    line = _line(room, draft, state=state, held_for=held_for)
    if state == LineState.HELD:
        line.save()
        announce_waiting(room, line)
        return line
    only_for = draft.viewer.key if hidden else ""
    frame = log.append(locked, ChatPosted.TYPE, _body(line), now=draft.now, only_for=only_for)
    room.epoch, room.head = locked.epoch, locked.head
    line.seq = frame.seq
    line.save()
    return line


def _flood(room: Room, draft: Draft, *, hidden: bool) -> str:
    # The rehearsal crowd says the same few lines all evening, and says that it does.
    if draft.rehearsal:
        return ""
    viewer = draft.viewer
    return flood.judge(room, flood.Said(viewer.key, viewer.user, draft.text, draft.now, unseen=hidden))


def _line(room: Room, draft: Draft, *, state: LineState, held_for: str) -> ChatMessage:
    return ChatMessage(
        public_id=new_public_id(),
        room=room,
        author=draft.viewer.user,
        author_key=draft.viewer.key,
        author_name=draft.viewer.name,
        author_tag=author_tag(room.pk, draft.viewer.key),
        badge=draft.badge,
        text=draft.text,
        reply_to=draft.reply_to,
        mentions=draft.mentions,
        lang=guess_language(draft.text),
        topic=topic_of(draft.text, event=room.event),
        client_id=draft.client_id,
        links=bool(draft.badge),
        state=state,
        held_for=held_for,
        fingerprint="" if draft.badge else flood.fingerprint(draft.text),
        session_hash=draft.origin.session_hash,
        address_hash=draft.origin.address_hash,
        rehearsal=draft.rehearsal,
        at=draft.now,
    )


def _body(line: ChatMessage) -> dict[str, Any]:
    return {
        "id": line.public_id,
        "name": line.author_name,
        "badge": line.badge,
        "text": line.text,
        "rehearsal": line.rehearsal,
        "author": line.author_tag,
        "reply": line.reply_to.public_id if line.reply_to else "",
        "mentions": line.mentions,
        "lang": line.lang,
        "links": line.links,
    }
