"""Pieces kept back from viewers: shown when their moment has come, or when a host lays them on the stage."""

from datetime import datetime

from django.db import transaction

from events.domain import streams
from events.models import Event, LineupItem
from events.signals import lineup_changed


@transaction.atomic
def reveal(item: LineupItem, *, now: datetime) -> None:
    """Show viewers a piece that was kept back."""
    if LineupItem.objects.filter(pk=item.pk, reveal_at__isnull=False).update(reveal_at=None):
        lineup_changed.send(sender=Event, event=item.event, now=now)
    item.reveal_at = None


def reveal_due(*, now: datetime) -> int:
    """Show open rooms the pieces whose moment has come; how many.

    Pages ask for the time themselves; only screens that are watching must be told.
    """
    due = LineupItem.objects.filter(event__state__in=streams.OPEN, reveal_at__lte=now)
    told = 0
    for item in due.select_related("event"):
        with transaction.atomic():
            if LineupItem.objects.filter(pk=item.pk, reveal_at__lte=now).update(reveal_at=None):
                lineup_changed.send(sender=Event, event=item.event, now=now)
                told += 1
    return told
