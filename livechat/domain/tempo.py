"""How often somebody may write: exact, because it is counted under the lock of the room's log."""

from datetime import datetime, timedelta

from django.db.models import Q

from accounts.domain.viewers import Viewer
from livechat.domain.authors import Origin
from livechat.errors import Repeated, SlowMode, TooFast
from livechat.models import ChatMessage, Room

# As the large chats do: 20 lines in 30 seconds, 100 for people at work.
WINDOW = timedelta(seconds=30)
LINES_PER_WINDOW = 20
LINES_AT_WORK = 100
# A family, an office or a phone network share one address.
LINES_PER_ADDRESS = 60
Row = tuple[str, str, str, str]


def check(room: Room, *, viewer: Viewer, text: str, badge: str, origin: Origin, now: datetime) -> None:
    """Raise TooFast, SlowMode or Repeated; `room` is locked. People at work have the first bound only."""
    recent = _recent(room, viewer, origin, now)
    own = [row for row in recent if row[0] == viewer.key]
    if len(own) >= (LINES_AT_WORK if badge else LINES_PER_WINDOW):
        raise TooFast
    if badge:
        return
    _check_company(recent, origin)
    if any(row[3] == text for row in own):
        raise Repeated
    if room.slow_seconds and _wrote_since(room, viewer, now - timedelta(seconds=room.slow_seconds)):
        raise SlowMode


def _recent(room: Room, viewer: Viewer, origin: Origin, now: datetime) -> list[Row]:
    """(author, session, address, text) of what this person, session or address said in the window."""
    same = Q(author_key=viewer.key)
    if origin.session_hash:
        same |= Q(session_hash=origin.session_hash)
    if origin.address_hash:
        same |= Q(address_hash=origin.address_hash)
    said = ChatMessage.objects.filter(same, room=room, at__gt=now - WINDOW).order_by()
    return list(said.values_list("author_key", "session_hash", "address_hash", "text"))


def _check_company(recent: list[Row], origin: Origin) -> None:
    """Many made-up people from one browser or one address are one sender."""
    session = sum(1 for row in recent if row[1] and row[1] == origin.session_hash)
    address = sum(1 for row in recent if row[2] and row[2] == origin.address_hash)
    if session >= LINES_PER_WINDOW or address >= LINES_PER_ADDRESS:
        raise TooFast


def _wrote_since(room: Room, viewer: Viewer, moment: datetime) -> bool:
    return ChatMessage.objects.filter(room=room, author_key=viewer.key, at__gt=moment).exists()
