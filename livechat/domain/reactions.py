"""Reactions: a closed list of gestures, kept as counts per minute."""

from datetime import datetime
from typing import Any

from django.db import connection

from livechat.domain.log import milliseconds
from livechat.models import ReactionMinute, Room
from livechat.wire.responses import KINDS

JSON = dict[str, Any]
# Added in the database, for several processes write the same minute.
ADD = """
INSERT INTO {table} (room_id, minute, kind, count) VALUES {rows}
ON CONFLICT (room_id, minute, kind) DO UPDATE SET count = {table}.count + excluded.count
"""


def add(counts: dict[int, dict[str, int]], *, now: datetime) -> None:
    """Add what was given: `{room id: {kind: times}}`, one statement for all rooms."""
    # In one order everywhere, so that two processes never wait for each other in a circle.
    given = sorted((room, kind, times) for room, kinds in counts.items() for kind, times in kinds.items())
    if not given:
        return
    minute = connection.ops.adapt_datetimefield_value(now.replace(second=0, microsecond=0))
    values: list[Any] = [value for room, kind, times in given for value in (room, minute, kind, times)]
    table = connection.ops.quote_name(ReactionMinute._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(table=table, rows=", ".join(["(%s, %s, %s, %s)"] * len(given))), values)


def per_minute(room: Room) -> list[JSON]:
    """`[{minute, counts}]` in the order of time; `minute` in milliseconds UTC, every kind counted."""
    minutes: dict[datetime, dict[str, int]] = {}
    for row in ReactionMinute.objects.filter(room=room):
        minutes.setdefault(row.minute, dict.fromkeys(KINDS, 0))[row.kind] = row.count
    return [{"minute": milliseconds(minute), "counts": counts} for minute, counts in minutes.items()]


def forget_rehearsed(room: Room) -> None:
    """The rehearsal's reactions are no audience's."""
    ReactionMinute.objects.filter(room=room).delete()
