"""Saying a line, from the socket's words to the log. Runs in a database thread."""

from django.utils import timezone

from accounts.domain.viewers import Viewer
from livechat.consumers.door import Entry, active_user, name_of
from livechat.domain.log import milliseconds
from livechat.domain.messages import post_message
from livechat.domain.rooms import badge_of
from livechat.errors import NotAllowed, RoomError
from livechat.models import ChatMessage, LineState, Room
from livechat.wire.frames import Ack, ChatSend, Error, Held, Refused

Answer = Ack | Held | Refused | Error


def say(entry: Entry, frame: ChatSend) -> Answer:
    """Post the line as who the sender is at this moment: name, role and rights are read again each time."""
    try:
        return _say(entry, frame)
    except RoomError as refused:
        return Error(refused.code, frame.id)


def _say(entry: Entry, frame: ChatSend) -> Answer:
    room = Room.objects.select_related("event__brand").get(pk=entry.room)
    user = active_user(entry.right.user_id)
    if entry.right.user_id and user is None:
        raise NotAllowed
    viewer = Viewer(entry.viewer_key, user, name_of(user, session=entry.right.session_key))
    message = post_message(
        room,
        viewer=viewer,
        text=frame.text,
        client_id=frame.id,
        badge=badge_of(user, room.event),
        now=timezone.now(),
        rehearsal=entry.crowd,
        origin=entry.origin,
        reply=frame.reply,
    )
    return _answer(message, frame.id)


def _answer(message: ChatMessage, ref: str) -> Answer:
    if message.state == LineState.HELD:
        return Held(ref, message.public_id)
    if message.state == LineState.REFUSED:
        return Refused(message.public_id)
    # A line only its writer sees is answered like any other.
    return Ack(ref, message.public_id, message.seq, milliseconds(message.at))
