"""Saying a line, from the socket's words to the log. Runs in a database thread."""

from django.utils import timezone

from accounts.domain.viewers import Viewer
from livechat.consumers.door import Entry, active_user, name_of
from livechat.domain.log import milliseconds
from livechat.domain.messages import post_message
from livechat.domain.rooms import badge_of
from livechat.errors import NotAllowed, RoomError
from livechat.models import Room
from livechat.wire.frames import Ack, ChatSend, Error


def say(entry: Entry, frame: ChatSend) -> Ack | Error:
    """Post the line as who the sender is at this moment: name, role and rights are read again each time."""
    try:
        return _say(entry, frame)
    except RoomError as refused:
        return Error(refused.code, frame.id)


def _say(entry: Entry, frame: ChatSend) -> Ack:
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
    )
    return Ack(frame.id, message.public_id, message.seq, milliseconds(message.at))
