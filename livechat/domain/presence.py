"""Who is here: one row per room and server process, so that a crowd costs as few writes as a couple."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F

from accounts.models import User
from catalog.rules import has_role
from events.enums import EventState
from events.models import Event
from events.rules import can_care
from livechat.domain.rooms import works_here
from livechat.models import Room, RoomPresence, Touch
from livechat.wire.audience import merged, shown

JSON = dict[str, Any]
# Three missed reports: the process is gone, its viewers with it.
FRESH = timedelta(seconds=15)
FORGET = timedelta(hours=1)
# Nobody sees a piece, decides and taps within this time, least of all at three pieces of one show.
FASTER_THAN_HANDS = timedelta(milliseconds=300)
SCRIPTED_PINS = 3


def is_viewer(user: User | None, event: Event) -> bool:
    """Whether this person counts: nobody who works on the event or for its brand, in whatever role."""
    if user is None:
        return True
    return not (works_here(user, event) or can_care(user, event) or has_role(user, event.brand))


def report(process: str, reports: dict[int, JSON], *, now: datetime) -> None:
    """Write what `process` holds: `{room id: wire.audience's report}`; rooms it left are taken out."""
    rows = [
        RoomPresence(
            room_id=room,
            process=process,
            viewers=told["viewers"],
            rehearsal_crowd=told["crowd"],
            report=told,
            seen_at=now,
        )
        for room, told in reports.items()
    ]
    RoomPresence.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["room", "process"],
        update_fields=["viewers", "rehearsal_crowd", "report", "seen_at"],
    )
    RoomPresence.objects.filter(process=process).exclude(room_id__in=reports).delete()
    RoomPresence.objects.filter(seen_at__lt=now - FORGET).delete()


def totals(rooms: list[int], *, now: datetime) -> dict[int, JSON]:
    """`{room id: wire.audience.merged}` over all living processes, in one query."""
    told: dict[int, list[JSON]] = defaultdict(list)
    fresh = RoomPresence.objects.filter(room__in=rooms, seen_at__gt=now - FRESH)
    for room, said in fresh.order_by("pk").values_list("room", "report"):
        told[room].append(said)
    return {room: merged(told[room]) for room in rooms}


def keep_peaks(totals: Mapping[int, JSON]) -> None:
    """Remember the most viewers each live room had at once: one read, and a write where there are more."""
    live = Room.objects.filter(pk__in=totals, event__state=EventState.LIVE)
    for room, peak in live.order_by("pk").values_list("pk", "peak_viewers"):
        if (viewers := totals[room]["viewers"]) > peak:
            # The guard: another process may have counted more meanwhile.
            Room.objects.filter(pk=room, peak_viewers__lt=viewers).update(peak_viewers=viewers)


def count(room: Room, *, now: datetime) -> dict[str, int]:
    """How many are in one room, as everybody may see it."""
    return dict(shown(totals([room.pk], now=now)[room.pk]))


def scripted(rooms: list[int]) -> dict[int, set[str]]:
    """Viewer keys by room that took up pieces faster than hands are, at three pins or more; one query."""
    fast = Touch.objects.filter(room__in=rooms, at__lt=F("pin__pinned_at") + FASTER_THAN_HANDS)
    rows = fast.order_by().values_list("room", "viewer_key").annotate(pins=Count("pin", distinct=True))
    found: dict[int, set[str]] = {room: set() for room in rooms}
    for room, viewer_key, _pins in rows.filter(pins__gte=SCRIPTED_PINS):
        found[room].add(viewer_key)
    return found
