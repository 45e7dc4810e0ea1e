"""Chat lines: what may be said, by whom and how often, and taking a line away."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.codes import new_public_id
from accounts.domain.viewers import Viewer
from accounts.models import User
from events.rules import can_moderate
from livechat.domain import log
from livechat.domain.authors import author_tag
from livechat.domain.text import clean_text
from livechat.errors import AccountNeeded, NameNeeded, NotAllowed, NotOpen, TooFast
from livechat.models import ChatMessage, Room
from livechat.wire.frames import ChatDeleted, ChatPosted

# As the large chats do: 20 lines in 30 seconds, 100 for people at work.
WINDOW = timedelta(seconds=30)
LINES_PER_WINDOW = 20
LINES_AT_WORK = 100
MAX_CLIENT_ID = 40


def post_message(
    room: Room,
    *,
    viewer: Viewer,
    text: str,
    client_id: str,
    badge: str,
    now: datetime,
    rehearsal: bool = False,
) -> ChatMessage:
    """Say a line. The same `client_id` of the same viewer is the same line, however often it is sent.

    Raises NotOpen, NameNeeded, AccountNeeded, NothingVisible, TooLong, TooFast.
    """
    if said := _said(room, viewer, client_id):
        return said
    _check(room, viewer=viewer)
    text = clean_text(text)
    try:
        with transaction.atomic():
            return _write(
                room,
                viewer=viewer,
                text=text,
                client_id=client_id,
                badge=badge,
                now=now,
                rehearsal=rehearsal,
            )
    except IntegrityError:
        # The same line arrived twice at once; the unique key let one in.
        return ChatMessage.objects.get(room=room, author_key=viewer.key, client_id=client_id)


@transaction.atomic
def delete_message(message: ChatMessage, *, by: User, now: datetime) -> bool:
    """Take a line away for good: from screens, snapshots and replays. False when it was gone already.

    Raises NotAllowed to people who may not moderate the event.
    """
    room = message.room
    if not can_moderate(by, room.event):
        raise NotAllowed
    gone = ChatMessage.objects.filter(pk=message.pk, deleted_at=None).update(deleted_at=now)
    if not gone:
        return False
    log.append(room, ChatDeleted.TYPE, {"id": message.public_id}, now=now)
    log.redact_line(room, line_id=message.public_id, seq=message.seq)
    return True


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


def _said(room: Room, viewer: Viewer, client_id: str) -> ChatMessage | None:
    return ChatMessage.objects.filter(room=room, author_key=viewer.key, client_id=client_id).first()


def _check(room: Room, *, viewer: Viewer) -> None:
    if not room.event.is_open:
        raise NotOpen
    if room.chat_needs_account and viewer.user is None:
        raise AccountNeeded
    if not viewer.name:
        raise NameNeeded


def _write(
    room: Room, *, viewer: Viewer, text: str, client_id: str, badge: str, now: datetime, rehearsal: bool
) -> ChatMessage:
    id_, tag = new_public_id(), author_tag(room.pk, viewer.key)
    said = {"id": id_, "name": viewer.name, "badge": badge, "text": text, "rehearsal": rehearsal}
    body = said | {"author": tag, "reply": "", "mentions": [], "lang": "", "links": bool(badge)}
    frame = log.append(room, ChatPosted.TYPE, body, now=now)
    # Counted under the room's lock, so that a hundred parallel lines pass exactly as many as one by one.
    recent = ChatMessage.objects.filter(room=room, author_key=viewer.key, at__gt=now - WINDOW).count()
    if recent >= (LINES_AT_WORK if badge else LINES_PER_WINDOW):
        raise TooFast
    return ChatMessage.objects.create(
        public_id=id_,
        room=room,
        author=viewer.user,
        author_key=viewer.key,
        author_name=viewer.name,
        author_tag=tag,
        links=bool(badge),
        badge=badge,
        text=text,
        client_id=client_id,
        rehearsal=rehearsal,
        seq=frame.seq,
        at=now,
    )
