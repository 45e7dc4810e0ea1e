"""Rooms: one per event, made when first needed, and who may enter, host and moderate."""

from django.db.models import QuerySet

from accounts.models import User
from events.enums import EventState
from events.models import Event
from events.rules import can_host, can_manage, can_moderate
from livechat.models import Room

HOST, STAFF, MODERATOR = "host", "staff", "moderator"
OPEN_STATES = (EventState.REHEARSAL, EventState.LIVE)


def room_of(event: Event) -> Room:
    """The room of an event, with `room.event` being this very object."""
    room, _created = Room.objects.get_or_create(event=event)
    room.event = event
    return room


def open_rooms() -> QuerySet[Room]:
    """Rooms where things happen now: their screens must be told of every change."""
    return Room.objects.filter(event__state__in=OPEN_STATES)


def badge_of(user: User | None, event: Event) -> str:
    """The mark beside a person's lines: from their role at this event, never from what they say."""
    if user is None:
        return ""
    if event.event_hosts.filter(host__user=user).exists():
        return HOST
    if can_manage(user, event):
        return STAFF
    return MODERATOR if can_moderate(user, event) else ""


def works_here(user: User | None, event: Event) -> bool:
    """Hosts, moderators and staff of the event: they see rehearsals and are no audience."""
    return user is not None and (can_host(user, event) or can_moderate(user, event))


def is_open_to(user: User | None, event: Event) -> bool:
    """Live rooms are open to everybody, rehearsals to those who work on the event."""
    if event.state == EventState.LIVE:
        return True
    return event.state == EventState.REHEARSAL and works_here(user, event)


def may_know_of(user: User | None, event: Event) -> bool:
    """Drafts do not exist for people who do not work on them."""
    return event.state != EventState.DRAFT or works_here(user, event)


def settings_card(room: Room) -> dict[str, object]:
    """Who may write and how, as snapshots carry it; `slow_seconds` in seconds."""
    return {
        "chat_needs_account": room.chat_needs_account,
        "writers": str(room.writers),
        "slow_seconds": room.slow_seconds,
        "review": room.review,
    }
