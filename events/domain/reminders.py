"""Reminders people choose: which, until when, and what becomes of them when the show moves.

A reminder is one row per show, person, channel and lead. Nothing is sent here: see `reminding`.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain import push
from accounts.domain.viewers import Viewer, user_key
from accounts.models import User
from events.enums import Channel, EventState, ReminderLead
from events.errors import ReminderNeedsAddress, ReminderTooLate
from events.models import Event, Reminder

COMING = (EventState.SCHEDULED, EventState.REHEARSAL)
Choice = tuple[Channel, ReminderLead]


def every_choice() -> list[Choice]:
    """All there is to choose, by channel, the earliest first."""
    return [(channel, lead) for channel in Channel for lead in ReminderLead]


def due_at(starts_at: datetime, lead: int) -> datetime:
    """When a reminder `lead` minutes before the start is due."""
    return starts_at - timedelta(minutes=lead)


def can_choose(event: Event, lead: int, *, now: datetime) -> bool:
    """Whether there is still time for this reminder."""
    return event.state in COMING and due_at(event.starts_at, lead) > now


def chosen(event: Event, viewer_key: str) -> set[Choice]:
    """What this viewer has chosen for `event` and not stopped."""
    return chosen_of([event], viewer_key).get(event.pk, set())


def chosen_of(events: Iterable[Event], viewer_key: str) -> dict[int, set[Choice]]:
    """The same for many shows, by their row number, in one query."""
    rows = Reminder.objects.filter(event__in=list(events), viewer_key=viewer_key, stopped_at=None)
    found: dict[int, set[Choice]] = {}
    for event, channel, lead in rows.order_by().values_list("event", "channel", "lead"):
        found.setdefault(event, set()).add((Channel(channel), ReminderLead(lead)))
    return found


@transaction.atomic
def choose(
    event: Event, *, viewer: Viewer, choices: Collection[Choice], language: str, zone: str, now: datetime
) -> None:
    """Make `choices` all the reminders of this viewer for `event`; what was chosen before and is not is off.

    One whose moment has passed stays as it is when it was chosen before. Raises ReminderTooLate and
    ReminderNeedsAddress, changing nothing.
    """
    before = chosen(event, viewer.key)
    wanted = set(choices)
    for choice in sorted(wanted - before):
        _begin(event, viewer, choice, language=language, zone=zone, now=now)
    mine = Reminder.objects.filter(event=event, viewer_key=viewer.key, stopped_at=None)
    for channel, lead in before - wanted:
        mine.filter(channel=channel, lead=lead).update(stopped_at=now)


def _begin(event: Event, viewer: Viewer, choice: Choice, *, language: str, zone: str, now: datetime) -> None:
    channel, lead = choice
    if not can_choose(event, lead, now=now):
        raise ReminderTooLate(_("It is too late for “%(lead)s”.") % {"lead": lead.label})
    if channel == Channel.EMAIL and viewer.user is None:
        raise ReminderNeedsAddress(_("Sign in to be reminded by e-mail."))
    if channel == Channel.PUSH and not push.listens(viewer.key):
        raise ReminderNeedsAddress(_("Allow notifications in this browser first."))
    due = due_at(event.starts_at, lead)
    Reminder.objects.update_or_create(
        event=event,
        viewer_key=viewer.key,
        channel=channel,
        lead=lead,
        defaults={
            "user": viewer.user,
            "due_at": due,
            "stopped_at": None,
            "sent_at": None,
            "language": language,
            "time_zone": zone,
        },
        create_defaults={
            "user": viewer.user,
            "due_at": due,
            "created_at": now,
            "language": language,
            "time_zone": zone,
        },
    )


def stop(reminder: Reminder, *, now: datetime) -> int:
    """Send this person nothing more about this show; how many reminders that stopped."""
    mine = Reminder.objects.filter(event=reminder.event_id, viewer_key=reminder.viewer_key)
    return mine.filter(stopped_at=None).update(stopped_at=now)


def stop_show(event: Event, *, viewer_key: str, now: datetime) -> int:
    """The same for the viewer's own list."""
    mine = Reminder.objects.filter(event=event, viewer_key=viewer_key, stopped_at=None)
    return mine.update(stopped_at=now)


@transaction.atomic
def follow_times(event: Event, *, now: datetime) -> None:
    """Bring what is due in line with the show's start.

    One that was sent for the old start is due again when there is time; one that the new start has left no
    time for is due at once, so that nobody who asked is told nothing.
    """
    rows = Reminder.objects.filter(event=event, stopped_at=None)
    for lead in ReminderLead:
        due = due_at(event.starts_at, lead)
        ours = rows.filter(lead=lead)
        if due > now:
            ours.exclude(sent_at__isnull=False, due_at=due).update(due_at=due, sent_at=None)
        else:
            ours.filter(sent_at=None).exclude(due_at=due).update(due_at=now)


@transaction.atomic
def take_along(*, guest: str, user: User) -> None:
    """The reminders of a guest who signed in are the account's; what both chose is there once."""
    key = user_key(user)
    for row in Reminder.objects.filter(viewer_key=guest):
        twin = Reminder.objects.filter(event=row.event_id, viewer_key=key, channel=row.channel, lead=row.lead)
        if twin.exists():
            row.delete()
        else:
            Reminder.objects.filter(pk=row.pk).update(viewer_key=key, user=user)
