"""One-time passes into a room: half a minute, one use, good only in the browser session that asked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.domain.viewers import Viewer
from livechat.models import Room, RoomTicket

LIFE = timedelta(seconds=30)
KEEP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Admission:
    """Who was let in, and where."""

    room: Room
    viewer_key: str
    user_id: int | None
    rehearsal: bool


def issue_ticket(room: Room, *, viewer: Viewer, session_key: str, rehearsal: bool, now: datetime) -> str:
    """Return a fresh ticket; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    RoomTicket.objects.create(
        token_hash=hash_of(token),
        room=room,
        user=viewer.user,
        viewer_key=viewer.key,
        session_hash=hash_of(session_key),
        rehearsal=rehearsal,
        expires_at=now + LIFE,
    )
    return token


def redeem_ticket(token: str, *, slug: str, session_key: str, now: datetime) -> Admission | None:
    """Use a ticket up; None when it is unknown, used, late, or another room's or session's."""
    mine = RoomTicket.objects.filter(
        token_hash=hash_of(token), room__event__slug=slug, session_hash=hash_of(session_key)
    )
    # The guard: of any number of uses at once, one changes the row.
    if not mine.filter(used_at=None, expires_at__gt=now).update(used_at=now):
        return None
    # With all the door asks about, for a thousand viewers may come back at once.
    ticket = mine.select_related("room__event__brand").get()
    return Admission(ticket.room, ticket.viewer_key, ticket.user_id, ticket.rehearsal)


def forget_tickets(*, now: datetime) -> int:
    """Drop tickets nobody can use any more; how many."""
    return RoomTicket.objects.filter(expires_at__lt=now - KEEP).delete()[0]


def hash_of(text: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
