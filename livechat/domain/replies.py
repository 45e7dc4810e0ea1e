"""Answering a line: which line it is, or none."""

from livechat.models import ChatMessage, LineState, Room


def replied_line(room: Room, line_id: str) -> ChatMessage | None:
    """The line with this id, when it stands in this very room; anything else is no reply and no error."""
    if not line_id:
        return None
    shown = ChatMessage.objects.filter(room=room, state=LineState.SHOWN, deleted_at=None)
    return shown.filter(public_id=line_id[:32]).first()
