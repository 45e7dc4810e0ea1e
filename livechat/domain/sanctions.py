"""Timeouts, bans and hiding: imposed by moderators, never on people who work here."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.domain.viewers import Viewer
from accounts.models import User
from events.rules import works_for
from livechat.domain import acts, log
from livechat.domain.authors import Person, author_tag, user_of
from livechat.domain.rooms import open_rooms
from livechat.domain.standing import tell_you
from livechat.errors import NotAllowed, NotOnStaff
from livechat.models import ChatMessage, ModerationAct, Room, Sanction, SanctionKind

# Seconds a timeout may last: from a breath to a day.
TIMEOUTS = (10, 60, 300, 1_800, 86_400)
EVENT, BRAND = "event", "brand"
VERBS = {
    SanctionKind.TIMEOUT: acts.Verb.TIMEOUT,
    SanctionKind.BAN: acts.Verb.BAN,
    SanctionKind.HIDE: acts.Verb.HIDE,
}
JSON = dict[str, object]


@transaction.atomic
def impose(
    room: Room,
    *,
    kind: SanctionKind,
    target: Person,
    by: User,
    now: datetime,
    seconds: int | None = None,
    brand_wide: bool = False,
    reason: str = "",
) -> ModerationAct:
    """Keep somebody from writing (timeout, ban) or from being read (hide); `seconds` for timeouts only.

    Moderators time out in their room; everything else is for leads. The person is told at once, but not of
    being hidden. Raises NotAllowed, NotOnStaff, ValueError for a length that is not on the list.
    """
    _check(room, kind=kind, target=target, by=by, brand_wide=brand_wide)
    if (seconds in TIMEOUTS) is not (kind == SanctionKind.TIMEOUT):
        raise ValueError(seconds)
    until = now + timedelta(seconds=seconds) if seconds else None
    sanction = _write(
        room, target, kind=kind, brand_wide=brand_wide, by=by, at=now, until=until, reason=reason
    )
    detail: JSON = {"scope": BRAND if brand_wide else EVENT} | ({"seconds": seconds} if seconds else {})
    act = acts.record(
        room, VERBS[kind], by=by, now=now, target=target, sanction=sanction, reason=reason, detail=detail
    )
    tell_target(sanction, now=now)
    return act


def _check(room: Room, *, kind: SanctionKind, target: Person, by: User, brand_wide: bool) -> None:
    acts.need_moderator(by, room)
    if kind != SanctionKind.TIMEOUT or brand_wide:
        acts.need_lead(by, room)
    if works_for(target.user, room.event):
        raise NotOnStaff


def _write(
    room: Room,
    target: Person,
    *,
    kind: SanctionKind,
    brand_wide: bool,
    by: User,
    at: datetime,
    until: datetime | None,
    reason: str,
) -> Sanction:
    # The last line that says where it came from: by it a banned person is known again under another key.
    said = ChatMessage.objects.filter(room=room, author_key=target.key).exclude(session_hash="").last()
    return Sanction.objects.create(
        kind=kind,
        brand=room.event.brand,
        room=None if brand_wide else room,
        target_key=target.key,
        target_name=target.name,
        target_tag=target.tag,
        session_hash=said.session_hash if said else "",
        address_hash=said.address_hash if said else "",
        reason=reason,
        by=by,
        at=at,
        until=until,
    )


def lift(sanction: Sanction, *, now: datetime) -> bool:
    """End a sanction inside the transaction of the act that says so; False when it was ended before."""
    lifted = Sanction.objects.filter(pk=sanction.pk, lifted_at=None).update(lifted_at=now)
    if lifted:
        tell_target(sanction, now=now)
    return bool(lifted)


def may_lift(sanction: Sanction, room: Room, by: User) -> bool:
    """Leads lift everybody's sanctions, moderators the timeouts they gave."""
    if acts.grade_of(by, room) == acts.LEAD:
        return True
    return sanction.kind == SanctionKind.TIMEOUT and sanction.by_id == by.pk


def tell_target(sanction: Sanction, *, now: datetime) -> None:
    """Tell the person how they stand now, in every open room the sanction reaches. Hiding is not told."""
    if sanction.kind == SanctionKind.HIDE:
        return
    user = user_of(sanction.target_key)
    name = (user.display_name if user else "") or sanction.target_name
    for room in _reached(sanction):
        tell_you(room, Viewer(sanction.target_key, user, name), now=now)


def _reached(sanction: Sanction) -> list[Room]:
    if sanction.room is not None:
        return [sanction.room]
    return list(open_rooms().filter(event__brand=sanction.brand_id).select_related("event__brand"))


def follow_into_account(guest_key: str, user: User, *, now: datetime) -> int:
    """A guest signed in: what was imposed on the guest holds for the account, for as long; their number.

    People at work are left alone where they work.
    """
    given = Sanction.objects.in_force(now).filter(target_key=guest_key).select_related("room__event", "brand")
    key = f"user:{user.pk}"
    copies = [
        Sanction(
            kind=one.kind,
            brand=one.brand,
            room=one.room,
            target_key=key,
            target_name=user.display_name or one.target_name,
            target_tag=author_tag(one.room_id, key) if one.room_id else one.target_tag,
            session_hash=one.session_hash,
            address_hash=one.address_hash,
            reason=one.reason,
            by=one.by,
            at=one.at,
            until=one.until,
        )
        for one in given
        if not (one.room and works_for(user, one.room.event))
    ]
    return len(Sanction.objects.bulk_create(copies))


def sanction_card(sanction: Sanction, room: Room) -> JSON:
    """A sanction as the API tells it; times in milliseconds UTC, `until` null for no end."""
    return {
        "id": sanction.public_id,
        "kind": str(sanction.kind),
        "label": str(sanction.get_kind_display()),
        "scope": EVENT if sanction.room_id else BRAND,
        "author": author_tag(room.pk, sanction.target_key),
        "name": sanction.target_name,
        "reason": sanction.reason,
        "by": sanction.by.display_name if sanction.by else "",
        "at": log.milliseconds(sanction.at),
        "until": log.milliseconds(sanction.until) if sanction.until else None,
    }


def in_force_here(room: Room, *, by: User, now: datetime, target_key: str = "") -> list[Sanction]:
    """The sanctions that hold in this room now, the last first; of one person if asked. For moderators."""
    acts.need_moderator(by, room)
    found = Sanction.objects.at_room(room).in_force(now).select_related("by").order_by("-pk")
    return list(found.filter(target_key=target_key) if target_key else found)


def act_of(sanction: Sanction) -> ModerationAct | None:
    """The act that imposed it and was not undone; None for one that followed a guest into an account."""
    return ModerationAct.objects.filter(sanction=sanction, verb__in=VERBS.values(), undone_at=None).last()


def need_right_to_lift(sanction: Sanction, room: Room, by: User) -> None:
    """Raise NotAllowed unless `by` may lift this one here."""
    if not may_lift(sanction, room, by):
        raise NotAllowed
