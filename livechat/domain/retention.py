"""How long is known where a line came from."""

from datetime import datetime, timedelta

from django.db.models import Q

from livechat.models import ChatMessage, Sanction

# Long enough to recognise who comes back to the next shows, no longer.
KEEP = timedelta(days=30)
UNKNOWN = {"session_hash": "", "address_hash": ""}


def forget_origins(*, now: datetime) -> int:
    """Drop the hashes of lines older than 30 days and of sanctions as long over; how many rows.

    A ban without an end keeps its hashes until it is lifted: they are what it works by.
    """
    before = now - KEEP
    lines = ChatMessage.objects.filter(at__lt=before).exclude(session_hash="")
    over = Sanction.objects.filter(Q(lifted_at__lt=before) | Q(until__lt=before)).exclude(session_hash="")
    return lines.update(**UNKNOWN) + over.update(**UNKNOWN)
