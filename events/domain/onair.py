"""Segments on the air: one at a time, begun in their order, each start and end written once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.enums import EventState
from events.errors import SegmentConflict
from events.models import Event, Segment
from events.signals import programme_changed


@transaction.atomic
def start_segment(segment: Segment, *, now: datetime) -> Segment:
    """Begin `segment` and end the one that runs, in one step. The caller checks who may.

    Raises SegmentConflict when the show is not open, or when the segment or a later one has begun: of two
    people pressing at once one is turned away.
    """
    event = _open(segment.event_id)
    if event.segments.filter(position__gt=segment.position, started_at__isnull=False).exists():
        raise SegmentConflict(_("A later segment has begun already."))
    event.segments.filter(started_at__isnull=False, ended_at=None).exclude(pk=segment.pk).update(ended_at=now)
    if not event.segments.filter(pk=segment.pk, started_at=None).update(started_at=now):
        raise SegmentConflict(_("This segment has begun already, or was taken out."))
    segment.started_at = now
    programme_changed.send(sender=Event, event=event, now=now)
    return segment


@transaction.atomic
def finish(event: Event, *, now: datetime) -> bool:
    """End the segment that runs, for a break before the next; False when none runs."""
    opened = _open(event.pk)
    ended = opened.segments.filter(started_at__isnull=False, ended_at=None).update(ended_at=now)
    if ended:
        programme_changed.send(sender=Event, event=opened, now=now)
    return bool(ended)


def running(event: Event) -> Segment | None:
    """The segment on the air."""
    return event.segments.filter(started_at__isnull=False, ended_at=None).first()


def next_segment(event: Event) -> Segment | None:
    """The first that is still to come: after the last that began."""
    last = event.segments.filter(started_at__isnull=False).last()
    return event.segments.filter(position__gt=last.position if last else 0).first()


@transaction.atomic
def follow_state(event: Event, *, before: str, after: str, now: datetime) -> None:
    """What was rehearsed did not happen; what runs when the show ends has ended with it."""
    if before == EventState.REHEARSAL:
        changed = event.segments.exclude(started_at=None).update(started_at=None, ended_at=None)
    else:
        changed = event.segments.filter(started_at__isnull=False, ended_at=None).update(ended_at=now)
    if changed:
        programme_changed.send(sender=Event, event=event, now=now)


def _open(pk: int) -> Event:
    event = Event.objects.select_for_update().get(pk=pk)
    if not event.is_open:
        raise SegmentConflict(_("Segments begin while the show is on. Open the room first."))
    return event
