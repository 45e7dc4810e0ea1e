"""What this app hears from the apps below it; connected in apps.ready()."""

from datetime import datetime
from typing import Any

from accounts.models import User
from events.domain import onair, reminders, wishes
from events.enums import EventState
from events.models import Event, Host


def on_names_claimed(*, user: User | None, **_signal: Any) -> list[str]:
    """Hosts' names, which nobody else may carry in a room."""
    others = Host.objects.exclude(user=user) if user else Host.objects.all()
    return list(others.values_list("name", flat=True))


def on_event_state(*, event: Event, before: str, after: str, now: datetime, **_signal: Any) -> None:
    onair.follow_state(event, before=before, after=after, now=now)
    if (before, after) == (EventState.DRAFT, EventState.SCHEDULED):
        # While it was a draft its times changed in silence.
        reminders.follow_times(event, now=now)


def on_event_moved(*, event: Event, now: datetime, **_signal: Any) -> None:
    reminders.follow_times(event, now=now)


def on_guest_signed_in(*, guest_key: str, user: User, **_signal: Any) -> None:
    reminders.take_along(guest=guest_key, user=user)
    wishes.take_along(guest=guest_key, user=user)
