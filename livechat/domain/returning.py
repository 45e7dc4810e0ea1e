"""Coming back: a pass for whoever lost the line, so that a thousand may return at once without asking anew.

It names room, viewer and browser session and is signed; it is good once, for as long as a socket may live,
and only with the session it was given to. What may have changed meanwhile, account, password and rights, is
asked at the door as ever.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.codes import new_public_id
from accounts.domain.viewers import GUEST, GUEST_NAME, Viewer, guest_key, user_key
from accounts.models import User
from livechat.domain.tickets import hash_of
from livechat.models import Poll, Room, RoomTicket, Sanction

# As long as a socket may live, and the moment it takes to come back.
LIFE = timedelta(hours=4, minutes=5)
PREFIX = "r."
SALT = "livechat.return"
# What a whole wave of people asks alike is read once in this time (seconds).
FRESH = 1.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody at the door whose ticket or pass is good."""

    room: Room
    viewer: Viewer
    crowd: bool
    facts: "Facts | None" = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for everybody in a room, so that nobody's own rows need be looked for in vain."""

    room: Room
    any_sanction: bool
    any_poll: bool


_facts: dict[str, tuple[float, Facts]] = {}


def is_pass(token: str) -> bool:
    """Whether this is a pass and no ticket."""
    return token.startswith(PREFIX)


def return_pass(room: Room, *, viewer_key: str, session_key: str, crowd: bool) -> str:
    """A fresh pass; nothing is written before it is used."""
    told = [room.pk, viewer_key, _bound(session_key), int(crowd), new_public_id()]
    return PREFIX + signing.dumps(told, salt=SALT)


def redeem_pass(token: str, *, slug: str, session_key: str, now: datetime) -> Arrival | None:
    """Use a pass up; None when it is forged, late, used, or another room's, session's or person's."""
    try:
        room_id, viewer_key, bound, crowd, _nonce = signing.loads(
            token.removeprefix(PREFIX), salt=SALT, max_age=LIFE
        )
    except signing.BadSignature:
        return None
    facts = facts_of(slug)
    if facts is None or facts.room.pk != room_id or not constant_time_compare(bound, _bound(session_key)):
        return None
    session = _session(session_key)
    user = _account(session)
    if viewer_key != _viewer_key(session, user) or not _use_up(token, facts.room, session_key, now=now):
        return None
    name = (user.display_name if user else "") or str(session.get(GUEST_NAME, ""))
    return Arrival(facts.room, Viewer(viewer_key, user, name), bool(crowd), facts)


def facts_of(slug: str) -> Facts | None:
    """The room of an event and what holds in it, at most a second old."""
    known = _facts.get(slug)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    room = Room.objects.select_related("event__brand").filter(event__slug=slug).first()
    if room is None:
        return None
    sanctioned = Sanction.objects.at_room(room).filter(lifted_at=None).exists()
    facts = Facts(room, sanctioned, Poll.objects.filter(room=room).exists())
    _facts[slug] = (time.monotonic() + FRESH, facts)
    return facts


def _session(session_key: str) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(session_key)


def _account(session: Any) -> User | None:
    """The open account of a session whose password is still the same."""
    if SESSION_KEY not in session:
        return None
    user = User.objects.filter(pk=session[SESSION_KEY], is_active=True).first()
    if user is None:
        return None
    known = session.get(HASH_SESSION_KEY, "")
    return user if constant_time_compare(known, user.get_session_auth_hash()) else None


def _viewer_key(session: Any, user: User | None) -> str | None:
    if user is not None:
        return user_key(user)
    # An account that is closed or changed its password is not a guest now.
    return guest_key(session[GUEST]) if GUEST in session and SESSION_KEY not in session else None


def _use_up(token: str, room: Room, session_key: str, *, now: datetime) -> bool:
    """The guard: of any number of uses at once the unique key lets one in."""
    try:
        with transaction.atomic():
            RoomTicket.objects.create(
                token_hash=hash_of(token),
                room=room,
                viewer_key="",
                session_hash=hash_of(session_key),
                expires_at=now + LIFE,
                used_at=now,
            )
    except IntegrityError:
        return False
    return True


def _bound(session_key: str) -> str:
    return salted_hmac(SALT, session_key, algorithm="sha256").hexdigest()[:32]
