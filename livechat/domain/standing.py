"""How a person stands in a room: may they write, until when not, who do others see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.domain.viewers import Viewer
from accounts.models import User
from events.models import HostFollow
from livechat.domain import log
from livechat.domain.acts import grade_of
from livechat.domain.authors import author_tag
from livechat.domain.personal import tell
from livechat.domain.polls import vote_of
from livechat.domain.rooms import badge_of
from livechat.models import Room, Sanction, SanctionKind, Writers
from livechat.signals import buyer_asked
from livechat.wire.frames import You

JSON = dict[str, object]


@dataclass(frozen=True, slots=True)
class Standing:
    """What was imposed on one person here and is in force."""

    muted_until: datetime | None = None
    banned: bool = False
    hidden: bool = False
    muted_for: str = ""


def standing_of(room: Room, viewer_key: str, *, now: datetime) -> Standing:
    """What holds for one person in this room, in one query."""
    return weigh(Sanction.objects.at_room(room).in_force(now).filter(target_key=viewer_key))


def weigh(sanctions: Iterable[Sanction]) -> Standing:
    """Several sanctions of one person as one standing: the longest timeout counts."""
    given = list(sanctions)
    timeouts = [(one.until, one.reason) for one in given if one.kind == SanctionKind.TIMEOUT and one.until]
    until, reason = max(timeouts, default=(None, ""))
    kinds = {one.kind for one in given}
    return Standing(until, SanctionKind.BAN in kinds, SanctionKind.HIDE in kinds, reason)


def follows(user: User | None, room: Room) -> bool:
    """Whether this person follows a host of the show."""
    if user is None:
        return False
    return HostFollow.objects.filter(user=user, host__event_hosts__event=room.event_id).exists()


def has_bought(room: Room, viewer_key: str) -> bool:
    """Whether this viewer has a paid order of the brand."""
    answers = buyer_asked.send(sender=Room, brand=room.event.brand, viewer_key=viewer_key)
    return any(answer for _receiver, answer in answers)


def is_among_writers(room: Room, viewer: Viewer) -> bool:
    """Whether the room's circle of writers has this viewer in it."""
    if room.writers == Writers.FOLLOWERS:
        return follows(viewer.user, room)
    return room.writers != Writers.BUYERS or has_bought(room, viewer.key)


def you_card(
    room: Room, viewer: Viewer, *, now: datetime, any_sanction: bool = True, any_poll: bool = True
) -> JSON:
    """What viewers are told about themselves; that somebody is hidden is not in it.

    `any_sanction`, `any_poll`: False where the caller knows that the room has none, and nothing is asked.
    """
    badge, grade = badge_of(viewer.user, room.event), grade_of(viewer.user, room)
    standing = Standing() if badge or not any_sanction else standing_of(room, viewer.key, now=now)
    circle = bool(badge) or (
        (viewer.user is not None or not room.chat_needs_account) and is_among_writers(room, viewer)
    )
    return {
        "name": viewer.name,
        "badge": badge,
        "signed_in": viewer.user is not None,
        "moderates": bool(grade),
        "may_write": circle and not standing.banned,
        "author": author_tag(room.pk, viewer.key),
        "grade": grade,
        "muted_until": log.milliseconds(standing.muted_until) if standing.muted_until else None,
        "muted_for": standing.muted_for,
        "banned": standing.banned,
        "follows": follows(viewer.user, room),
        "vote": vote_of(room, viewer.key) if any_poll else None,
    }


def tell_you(room: Room, viewer: Viewer, *, now: datetime) -> None:
    """Tell a person at once what changed for them."""
    tell(room, viewer.key, You(you_card(room, viewer, now=now)))
