"""Who is here: one row per room and server process, so that a crowd costs as few writes as a couple."""

from datetime import datetime, timedelta

from django.db.models import Sum

from livechat.models import Room, RoomPresence

# Three missed reports: the process is gone, its viewers with it.
FRESH = timedelta(seconds=15)
FORGET = timedelta(hours=1)


def report(process: str, counts: dict[int, tuple[int, int]], *, now: datetime) -> None:
    """Write what `process` holds: `{room id: (people, rehearsal crowd)}`; rooms it left are taken out."""
    rows = [
        RoomPresence(room_id=room, process=process, viewers=people, rehearsal_crowd=crowd, seen_at=now)
        for room, (people, crowd) in counts.items()
    ]
    RoomPresence.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["room", "process"],
        update_fields=["viewers", "rehearsal_crowd", "seen_at"],
    )
    RoomPresence.objects.filter(process=process).exclude(room_id__in=counts).delete()
    RoomPresence.objects.filter(seen_at__lt=now - FORGET).delete()


def totals(rooms: list[int], *, now: datetime) -> dict[int, dict[str, int]]:
    """`{room id: {"viewers": …, "rehearsal": …}}` over all living processes, in one query."""
    rows = (
        RoomPresence.objects.filter(room__in=rooms, seen_at__gt=now - FRESH)
        .order_by()
        .values("room")
        .annotate(people=Sum("viewers"), crowd=Sum("rehearsal_crowd"))
    )
    found = {row["room"]: {"viewers": row["people"], "rehearsal": row["crowd"]} for row in rows}
    return {room: found.get(room, {"viewers": 0, "rehearsal": 0}) for room in rooms}


def count(room: Room, *, now: datetime) -> dict[str, int]:
    """How many are in one room."""
    return totals([room.pk], now=now)[room.pk]
