"""The record behind the hub: the room log and what stands beside it, asked in database threads."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.codes import new_public_id
from accounts.models import User
from events.enums import EventState
from livechat.consumers.threads import in_database
from livechat.domain import hidden, log, polls, presence, questions, reactions, shelf, talk
from livechat.domain.rooms import is_open_to
from livechat.domain.snapshot import snapshot
from livechat.models import Room
from livechat.wire.announce import Logged
from livechat.wire.seats import Pass

# One name per process, for its presence rows.
PROCESS = new_public_id()
# Where only those who work on the event may be, and may cease to work on it.
BEHIND_THE_CURTAIN = (EventState.DRAFT, EventState.REHEARSAL)
SESSION_ROWS = ("django.contrib.sessions.backends.db", "django.contrib.sessions.backends.cached_db")


class Record:
    """`wire.source.Source` on the database."""

    async def heads(self, rooms: list[int]) -> dict[int, tuple[str, int]]:
        return await in_database(log.heads, rooms)

    async def since(self, room: int, epoch: str, seq: int) -> list[Logged] | None:
        return await in_database(_since, room, epoch, seq)

    async def snapshot(self, room: int) -> dict[str, Any]:
        return await in_database(_snapshot, room)

    async def hidden_people(self, room: int) -> set[str]:
        return await in_database(hidden.people, room)

    async def hidden(self, room: int, viewer_key: str) -> list[dict[str, Any]]:
        return await in_database(hidden.lines_of, room, viewer_key)

    async def report(self, reports: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
        return await in_database(_report, reports)

    async def scripted(self, rooms: list[int]) -> dict[int, set[str]]:
        return await in_database(presence.scripted, rooms)

    async def talk(self, rooms: list[int]) -> dict[int, tuple[int, int]]:
        return await in_database(talk.last_minute, rooms, now=timezone.now())

    async def tallies(self, rooms: list[int]) -> dict[int, dict[str, Any]]:
        return await in_database(polls.tallies, rooms)

    async def react(self, counts: dict[int, dict[str, int]]) -> None:
        await in_database(reactions.add, counts, now=timezone.now())

    async def revoked(self, passes: set[Pass]) -> set[Pass]:
        return await in_database(_revoked, passes)

    async def shut_out(self, rooms: dict[int, set[Pass]]) -> dict[int, set[Pass]]:
        return await in_database(_shut_out, rooms)

    async def sweep(self) -> None:
        await in_database(_sweep)


def _sweep() -> None:
    now = timezone.now()
    shelf.tell_rooms(now=now)
    questions.tell_votes(now=now)


def _since(room: int, epoch: str, seq: int) -> list[Logged] | None:
    try:
        rows = log.since(Room(pk=room), epoch=epoch, seq=seq)
    except Room.DoesNotExist:
        return None
    return None if isinstance(rows, log.Gap) else [log.to_logged(row) for row in rows]


def _snapshot(room: int) -> dict[str, Any]:
    return snapshot(Room.objects.get(pk=room), now=timezone.now())


def _report(reports: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    now = timezone.now()
    presence.report(PROCESS, reports, now=now)
    totals = presence.totals(list(reports), now=now)
    presence.keep_peaks(totals)
    return totals


def _revoked(passes: set[Pass]) -> set[Pass]:
    """Two queries for everybody: sessions that ended, accounts closed or with another password."""
    sessions = _living_sessions({right.session_key for right in passes})
    hashes = _auth_hashes({right.user_id for right in passes if right.user_id is not None})
    return {
        right
        for right in passes
        if right.session_key not in sessions
        or (right.user_id is not None and hashes.get(right.user_id) != right.auth_hash)
    }


def _shut_out(rooms: dict[int, set[Pass]]) -> dict[int, set[Pass]]:
    """One query when no room is behind the curtain; there, few people sit and each is asked about."""
    hidden = Room.objects.filter(pk__in=rooms, event__state__in=BEHIND_THE_CURTAIN)
    found = list(hidden.select_related("event__brand"))
    inside = {right.user_id for room in found for right in rooms[room.pk] if right.user_id is not None}
    users = User.objects.in_bulk(inside)
    return {
        room.pk: {
            right for right in rooms[room.pk] if not is_open_to(users.get(right.user_id or 0), room.event)
        }
        for room in found
    }


def _living_sessions(keys: set[str]) -> set[str]:
    if settings.SESSION_ENGINE not in SESSION_ROWS:
        return keys
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(alive.values_list("session_key", flat=True))


def _auth_hashes(users: Iterable[int]) -> dict[int, str]:
    active = User.objects.filter(pk__in=list(users), is_active=True)
    return {user.pk: user.get_session_auth_hash() for user in active}
