"""Polls: the host asks, the room answers by a tap, the result is final."""

from livechat.models import Poll, Room


def poll_card(room: Room) -> dict[str, object] | None:
    """The last poll, open (`counts` None) or with its result, as snapshots carry it."""
    last = Poll.objects.filter(room=room).last()
    if last is None:
        return None
    return {
        "id": last.public_id,
        "question": last.question,
        "options": last.options,
        "counts": last.counts,
    }
