"""A show's plan as plain values, and what differs between two of them. The ground of every undo."""

from collections.abc import Iterable
from typing import Any

from events.domain.looks import FIELDS, own
from events.models import Event

Values = dict[str, Any]
Plan = dict[str, dict[str, Values]]
# One difference: {"part", "id", "field", "before", "after"}; without a field the whole piece came or went.
Change = dict[str, Any]

DETAILS = ("title", "summary", "currency", "time_zone")
# Where a piece stands is not what it says: others may have moved it meanwhile.
PLACES = {"position", "planned_second"}


def snapshot(event: Event) -> Plan:
    """The whole plan of `event` as it stands in the database, by part and piece. Seven queries."""
    fresh = Event.objects.get(pk=event.pk)
    return {
        "details": {"": _details(fresh)},
        "look": {"": _look(fresh)},
        "hosts": {"": {"shares": [list(row) for row in fresh.event_hosts.values_list("host", "share")]}},
        "segments": {row.public_id: _segment(row) for row in fresh.segments.prefetch_related("hosts")},
        "lineup": {row.public_id: _item(row) for row in fresh.lineup.select_related("segment")},
        "checklist": {row.public_id: _task(row) for row in fresh.checklist.all()},
    }


def _details(event: Event) -> Values:
    return {field: getattr(event, field) for field in DETAILS} | {
        "holiday": event.holiday_id,
        "edition": event.edition_id,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
    }


def _look(event: Event) -> Values:
    mine = own(event)
    return {field: getattr(mine, field) for field in FIELDS}


def _segment(row: Any) -> Values:
    fields = ("title", "position", "planned_second", "planned_seconds", "cue")
    return {field: getattr(row, field) for field in fields} | {
        "brand": row.brand_id,
        "hosts": sorted(host.pk for host in row.hosts.all()),
    }


def _item(row: Any) -> Values:
    fields = ("position", "planned_second", "talking_points", "cue")
    return {field: getattr(row, field) for field in fields} | {
        "product": row.product_id,
        "segment": row.segment.public_id if row.segment else None,
        "reveal_at": row.reveal_at.isoformat() if row.reveal_at else None,
    }


def _task(row: Any) -> Values:
    return {
        "kind": row.kind,
        "text": row.text,
        "due_on": _iso(row.due_on),
        "planned_on": _iso(row.planned_on),
        "done_at": _iso(row.done_at),
        "done_by": row.done_by_id,
        "position": row.position,
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def differences(before: Plan, after: Plan) -> list[Change]:
    """What changed from `before` to `after`, field by field; pieces that came or went as a whole."""
    found: list[Change] = []
    for part in before:
        for key in [*before[part], *(key for key in after[part] if key not in before[part])]:
            found += _piece(part, key, before[part].get(key), after[part].get(key))
    return found


def _piece(part: str, key: str, before: Values | None, after: Values | None) -> Iterable[Change]:
    place = {"part": part, "id": key}
    if before is None or after is None:
        return [place | {"field": "", "before": before, "after": after}]
    return [
        place | {"field": field, "before": before[field], "after": after.get(field)}
        for field in before
        if before[field] != after.get(field)
    ]


def still_so(plan: Plan, change: Change) -> bool:
    """Whether what `change` led to still stands in `plan`."""
    piece = plan[change["part"]].get(change["id"])
    if change["field"]:
        return piece is not None and piece.get(change["field"]) == change["after"]
    if piece is None or change["after"] is None:
        return piece is None and change["after"] is None
    return _said(piece) == _said(change["after"])


def _said(piece: Values) -> Values:
    return {field: value for field, value in piece.items() if field not in PLACES}
