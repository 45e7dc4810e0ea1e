"""Lines only their writers see: what a snapshot for one of them has beside everybody's lines."""

from typing import Any

from django.db.models import QuerySet

from livechat.domain.messages import line_card
from livechat.models import ChatMessage, LineState, Room
from livechat.wire.fold import CHAT_LINES


def people(room_id: int) -> set[str]:
    """The viewer keys of those who have lines only they see."""
    return set(_hidden(room_id).order_by().values_list("author_key", flat=True).distinct())


def lines_of(room_id: int, viewer_key: str) -> list[dict[str, Any]]:
    """The last of them of one person, as snapshots tell lines, oldest first."""
    mine = _hidden(room_id).filter(author_key=viewer_key).select_related("reply_to")
    return [line_card(line) for line in reversed(mine.order_by("-seq", "-pk")[:CHAT_LINES])]


def merged(card: dict[str, Any], room: Room, viewer_key: str) -> dict[str, Any]:
    """A snapshot as this viewer may see it, for pages and the API; the hub does the same for sockets."""
    own = lines_of(room.pk, viewer_key)
    if not own:
        return card
    lines = sorted([*card["chat"], *own], key=lambda line: line["at"])
    return {**card, "chat": lines[-CHAT_LINES:]}


def _hidden(room_id: int) -> QuerySet[ChatMessage]:
    # A rehearsal's lines lost their numbers when the show went live.
    return ChatMessage.objects.filter(room=room_id, state=LineState.HIDDEN, seq__gt=0)
