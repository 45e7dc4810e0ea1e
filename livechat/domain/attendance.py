"""Who came: one row per viewer and room, written at the door and never again for the same room."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.domain.viewers import user_key
from accounts.models import User
from catalog.rules import brands_of
from livechat.models import AccuracyReport, AnswerVerdict, Attendance, Room


def note(room: Room, *, viewer_key: str, now: datetime) -> None:
    """This viewer is in the room. One statement; the second time it changes nothing.

    The caller knows that it is a viewer: nobody at work here, nobody of the rehearsal crowd.
    """
    seen = Attendance(room=room, viewer_key=viewer_key, at=now)
    Attendance.objects.bulk_create([seen], ignore_conflicts=True)


@transaction.atomic
def follow_into_account(guest_key: str, user: User) -> None:
    """A guest signed in: what they attended, judged and reported is the account's from now on.

    What the account did already stands, and people at work leave no traces where they work.
    """
    key = user_key(user)
    _follow(Attendance.objects.filter(viewer_key=guest_key), key, user, "room", same=("room",))
    _follow(
        AnswerVerdict.objects.filter(viewer_key=guest_key), key, user, "question__room", same=("question",)
    )
    reports = AccuracyReport.objects.filter(viewer_key=guest_key)
    _follow(reports, key, user, "room", same=("room", "host", "product"))


def _follow(rows: QuerySet, key: str, user: User, room: str, *, same: tuple[str, ...]) -> None:
    if not rows.exists():
        return
    at_work = Q(**{f"{room}__event__brand__in": brands_of(user)})
    at_work |= Q(**{f"{room}__event__event_hosts__host__user": user})
    at_work |= Q(**{f"{room}__event__staff__user": user})
    rows.model._default_manager.filter(
        pk__in=list(rows.filter(at_work).values_list("pk", flat=True))
    ).delete()
    mine = set(rows.model._default_manager.filter(viewer_key=key).values_list(*same))
    places = rows.values_list("pk", *same)
    twice = [pk for pk, *place in places if tuple(place) in mine]
    rows.filter(pk__in=twice).delete()
    rows.update(viewer_key=key)
