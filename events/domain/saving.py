"""The shows a person keeps in their own calendar."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from events.models import Event, SavedEvent


def save_event(event: Event, *, user: User, now: datetime) -> SavedEvent:
    """Keep a show; doing it twice is doing it once."""
    row, _made = SavedEvent.objects.get_or_create(event=event, user=user, defaults={"at": now})
    return row


def drop_event(event: Event, *, user: User) -> None:
    """Keep it no more; nothing when it was not kept."""
    SavedEvent.objects.filter(event=event, user=user).delete()


def saved_of(events: Iterable[Event], user: User | None) -> set[int]:
    """Which of `events` the person keeps, by row number."""
    if user is None:
        return set()
    kept = SavedEvent.objects.filter(user=user, event__in=list(events))
    return set(kept.order_by().values_list("event", flat=True))


def kept_by(user: User) -> QuerySet:
    """The row numbers of the shows a person keeps, for a further question."""
    return SavedEvent.objects.filter(user=user).values("event")
