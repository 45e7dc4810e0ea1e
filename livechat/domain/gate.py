"""Who may write in a room at this moment. People with a badge always may."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.domain.names import clean_name
from accounts.domain.viewers import Viewer
from accounts.errors import BadName
from livechat.domain.authors import Origin
from livechat.domain.standing import Standing, follows, has_bought, weigh
from livechat.errors import (
    AccountNeeded,
    Banned,
    BuyersOnly,
    FollowersOnly,
    Muted,
    NameNeeded,
    NameReserved,
    NotOpen,
    SignInFirst,
)
from livechat.models import Room, Sanction, SanctionKind, Writers

# Why a line waits, as staff read it.
EVASION = "evasion"
# Comparing a name with every host and brand is too much for every line.
VOUCHED_FOR = timedelta(minutes=1)
MOST_VOUCHED = 10_000
_vouched: dict[tuple[str, str, str], datetime] = {}


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody may write: `held_for` says why their lines wait for a moderator, `hidden` that nobody else
    reads them.
    """

    held_for: str = ""
    hidden: bool = False


FREELY = Passed()


def check(room: Room, *, viewer: Viewer, badge: str, origin: Origin, now: datetime) -> Passed:
    """Let a viewer write, or say why not.

    Raises NotOpen, NameNeeded, AccountNeeded, FollowersOnly, BuyersOnly, NameReserved, Banned, Muted,
    SignInFirst.
    """
    if not room.event.is_open:
        raise NotOpen
    if not viewer.name:
        raise NameNeeded
    if badge:
        return FREELY
    _check_circle(room, viewer)
    _check_name(room, viewer, now)
    return _check_sanctions(room, viewer, origin, now)


def _check_circle(room: Room, viewer: Viewer) -> None:
    if room.chat_needs_account and viewer.user is None:
        raise AccountNeeded
    if room.writers == Writers.FOLLOWERS and not follows(viewer.user, room):
        raise FollowersOnly
    if room.writers == Writers.BUYERS and not has_bought(room, viewer.key):
        raise BuyersOnly


def _check_name(room: Room, viewer: Viewer, now: datetime) -> None:
    """Again when writing, for a brand or a host may have come after the name was chosen; once a minute."""
    key = (room.epoch, viewer.key, viewer.name)
    if key in _vouched and abs(now - _vouched[key]) < VOUCHED_FOR:
        return
    try:
        clean_name(viewer.name, user=viewer.user)
    except BadName as bad:
        raise NameReserved from bad
    if len(_vouched) >= MOST_VOUCHED:
        _vouched.clear()
    _vouched[key] = now


def _check_sanctions(room: Room, viewer: Viewer, origin: Origin, now: datetime) -> Passed:
    same = Q(target_key=viewer.key)
    if origin.session_hash:
        same |= Q(session_hash=origin.session_hash, kind=SanctionKind.BAN)
    if origin.address_hash:
        same |= Q(address_hash=origin.address_hash, kind=SanctionKind.BAN)
    found = list(Sanction.objects.at_room(room).in_force(now).filter(same))
    own = weigh(one for one in found if one.target_key == viewer.key)
    _check_own(own)
    others = [one for one in found if one.target_key != viewer.key]
    return Passed(_evasion(others, viewer, origin), own.hidden)


def _check_own(standing: Standing) -> None:
    if standing.banned:
        raise Banned
    if standing.muted_until:
        raise Muted


def _evasion(bans: list[Sanction], viewer: Viewer, origin: Origin) -> str:
    """Somebody from where another was banned. Guests sign in; of accounts, those made since are looked at.

    An account made after the ban in the very browser session is the banned person; one that only shares the
    address may be a neighbour, so a moderator reads its lines first. Older accounts write freely.
    """
    if not bans:
        return ""
    if viewer.user is None:
        raise SignInFirst
    since = [ban for ban in bans if viewer.user.created_at >= ban.at]
    if any(ban.session_hash and ban.session_hash == origin.session_hash for ban in since):
        raise Banned
    return EVASION if since else ""
