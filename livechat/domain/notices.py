"""The announcement above the chat: one at a time."""

from livechat.domain import log
from livechat.models import Notice, Room


def notice_card(room: Room) -> dict[str, object] | None:
    """What stands above the chat, as snapshots carry it."""
    shown = Notice.objects.filter(room=room, removed_at=None).first()
    if shown is None:
        return None
    return {
        "id": shown.public_id,
        "text": shown.text,
        "name": shown.name,
        "badge": shown.badge,
        "at": log.milliseconds(shown.placed_at),
    }
