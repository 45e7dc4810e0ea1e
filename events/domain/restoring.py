"""Puts earlier values of a plan back, through the same doors as new ones; says what cannot come back."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from catalog.models import Brand, Product
from events.domain import looks, scheduling
from events.domain.snapshot import Change, Values
from events.enums import EngagementState
from events.errors import CannotTakeBack, EventError
from events.models import (
    Assortment,
    ChecklistItem,
    Engagement,
    Event,
    EventHost,
    HolidayOccurrence,
    Host,
    LineupItem,
    Segment,
)
from events.signals import lineup_changed, programme_changed

TIMES = {"starts_at", "ends_at", "reveal_at", "done_at"}
DAYS = {"due_on", "planned_on"}
ROWS: dict[str, Any] = {
    "holiday": HolidayOccurrence,
    "edition": Assortment,
    "product": Product,
    "brand": Brand,
}


def restore(event: Event, changes: list[Change], *, now: datetime) -> None:
    """Set everything in `changes` to the value before; inside a transaction that holds the event's row.

    Raises CannotTakeBack with the reason.
    """
    of = {
        part: [c for c in changes if c["part"] == part]
        for part in ("details", "look", "hosts", "segments", "lineup", "checklist")
    }
    if of["look"]:
        _restore_look(event, of["look"])
    if of["details"]:
        _restore_details(event, of["details"], now=now)
    elif of["segments"] or of["lineup"] or of["hosts"]:
        # Whoever has the older plan open is told so when saving.
        Event.objects.filter(pk=event.pk).update(version=F("version") + 1)
    try:
        with transaction.atomic():
            _restore_segments(event, of["segments"])
            _restore_lineup(event, of["lineup"])
            _restore_tasks(event, of["checklist"])
    except ProtectedError as error:
        raise CannotTakeBack(_("A piece was pinned already and stays in the line-up.")) from error
    except IntegrityError as error:
        raise CannotTakeBack(_("A piece of it is in the line-up again or is gone from the shop.")) from error
    for change in of["hosts"]:
        _restore_hosts(event, change["before"], now=now)
    if of["lineup"]:
        lineup_changed.send(sender=Event, event=event, now=now)
    if of["segments"]:
        programme_changed.send(sender=Event, event=event, now=now)


def _restore_details(event: Event, changes: list[Change], *, now: datetime) -> None:
    values = {change["field"]: _value(change["field"], change["before"]) for change in changes}
    event.refresh_from_db()
    try:
        scheduling.edit_event(event, version=event.version, now=now, **values)
    except EventError as error:
        raise CannotTakeBack(str(error)) from error


def _restore_look(event: Event, changes: list[Change]) -> None:
    try:
        looks.set_look(event, **{change["field"]: change["before"] for change in changes})
    except EventError as error:
        raise CannotTakeBack(str(error)) from error


def _value(field: str, stored: Any) -> Any:
    """A stored value as the models take it."""
    if stored is None:
        return None
    if field in TIMES:
        return datetime.fromisoformat(stored)
    if field in DAYS:
        return date.fromisoformat(stored)
    if field in ROWS:
        row = ROWS[field].objects.filter(pk=stored).first()
        if row is None:
            raise CannotTakeBack(_("What stood there before is gone from the shop."))
        return row
    return stored


def _restore_hosts(event: Event, shares: list[list[int]], *, now: datetime) -> None:
    kept = {host for host, _share in shares}
    leaving = EventHost.objects.filter(event=event).exclude(host__in=kept).values("host")
    agreed = Engagement.objects.filter(event=event, host__in=leaving, state=EngagementState.ACCEPTED)
    if row := agreed.select_related("host").first():
        raise CannotTakeBack(
            _("%(host)s has accepted meanwhile. Replace or release them under Hosts.")
            % {"host": row.host.name}
        )
    hosts = Host.objects.in_bulk(kept)
    if not shares:
        EventHost.objects.filter(event=event).delete()
        lineup_changed.send(sender=Event, event=event, now=now)
        return
    try:
        scheduling.set_hosts(event, [(hosts[pk], share) for pk, share in shares], now=now)
    except EventError as error:
        raise CannotTakeBack(str(error)) from error


def _restore_segments(event: Event, changes: list[Change]) -> None:
    for change in changes:
        row = Segment.objects.filter(event=event, public_id=change["id"]).first()
        if row is not None and row.started_at is not None:
            raise CannotTakeBack(_("“%(segment)s” has begun already.") % {"segment": row.title})
        if change["field"]:
            _set_segment(row or Segment(), {change["field"]: change["before"]})
        elif change["before"] is None and row is not None:
            row.delete()
        else:
            _set_segment(Segment(event=event, public_id=change["id"]), change["before"])
    if changes:
        _number(Segment.objects.filter(event=event))


def _set_segment(row: Segment, values: Values) -> None:
    hosts = values.get("hosts")
    for field, stored in values.items():
        if field != "hosts":
            setattr(row, field, _value(field, stored))
    row.save()
    if hosts is not None:
        row.hosts.set(Host.objects.filter(pk__in=hosts))


def _restore_lineup(event: Event, changes: list[Change]) -> None:
    segments = {row.public_id: row for row in Segment.objects.filter(event=event)}
    # What came goes first: a product stands in a line-up once.
    for change in sorted(changes, key=lambda change: change["before"] is not None):
        if change["field"]:
            row = LineupItem.objects.get(event=event, public_id=change["id"])
            _set_item(row, {change["field"]: change["before"]}, segments)
        elif change["before"] is None:
            LineupItem.objects.filter(event=event, public_id=change["id"]).delete()
        else:
            _set_item(LineupItem(event=event, public_id=change["id"]), change["before"], segments)
    if changes:
        _number(LineupItem.objects.filter(event=event))


def _set_item(row: LineupItem, values: Values, segments: dict[str, Segment]) -> None:
    for field, stored in values.items():
        value = segments.get(stored) if field == "segment" else _value(field, stored)
        setattr(row, field, value)
    row.save()


def _number(rows: Any) -> None:
    """Places from one on, without gaps or doubles."""
    ordered = list(rows.order_by("position", "pk"))
    for place, row in enumerate(ordered, start=1):
        row.position = place
    rows.model.objects.bulk_update(ordered, ["position"])


def _restore_tasks(event: Event, changes: list[Change]) -> None:
    for change in changes:
        row = ChecklistItem.objects.filter(event=event, public_id=change["id"]).first()
        if change["before"] is None and not change["field"]:
            ChecklistItem.objects.filter(event=event, public_id=change["id"]).delete()
            continue
        row = row or ChecklistItem(event=event, public_id=change["id"])
        values = {change["field"]: change["before"]} if change["field"] else change["before"]
        for field, stored in values.items():
            setattr(row, "done_by_id" if field == "done_by" else field, _value(field, stored))
        row.save()
