"""The room follows its event: state, picture and line-up become frames where they change."""

from datetime import datetime

from django.db import transaction

from events.domain.disclosure import disclosures
from events.enums import PAST, EventState
from events.models import Event
from livechat.domain import log, polls, questions, reactions
from livechat.domain.pins import clear_pins
from livechat.domain.programme import programme_card
from livechat.domain.rooms import OPEN_STATES, room_of
from livechat.domain.snapshot import host_cards, lineup_card, stream_card
from livechat.models import ChatMessage, Room
from livechat.wire.frames import EventStateChanged, LineupChanged, ProgrammeChanged, StreamStateChanged


@transaction.atomic
def follow_state(event: Event, *, before: str, after: str, now: datetime) -> None:
    """Tell the room. Going live wipes what was rehearsed, leaving the open states clears the stage."""
    room = log.lock(room_of(event))
    if before == EventState.REHEARSAL and after == EventState.LIVE:
        _wipe_rehearsal(room, now=now)
    elif after not in OPEN_STATES:
        clear_pins(room, now=now)
        polls.close_open(room, now=now)
    log.append(room, EventStateChanged.TYPE, {"state": after}, now=now)


@transaction.atomic
def follow_stream(event: Event, *, now: datetime) -> None:
    """Tell the room what the picture does; screens show the slate while it is lost."""
    room = log.lock(room_of(event))
    log.append(room, StreamStateChanged.TYPE, stream_card(room.event), now=now)


@transaction.atomic
def follow_lineup(event: Event, *, now: datetime) -> None:
    """Tell an open room its new run of show; nobody watches a closed one."""
    room = log.lock(room_of(event))
    if room.event.is_open:
        body = {**lineup_card(room.event, now=now), "hosts": host_cards(disclosures(room.event))}
        log.append(room, LineupChanged.TYPE, body, now=now)


@transaction.atomic
def follow_programme(event: Event, *, now: datetime) -> None:
    """Tell the room its programme, also when the show ended and the last segment with it."""
    room = log.lock(room_of(event))
    if room.event.is_open or room.event.state in PAST:
        log.append(room, ProgrammeChanged.TYPE, {"programme": programme_card(room.event)}, now=now)


def _wipe_rehearsal(room: Room, *, now: datetime) -> None:
    """The audience starts on an empty stage; a new epoch keeps the rehearsal out of every replay."""
    room.pins.showing().update(unpinned_at=now)
    ChatMessage.objects.filter(room=room, deleted_at=None).update(deleted_at=now)
    # Numbers begin anew, and lines are shown in the order of their numbers.
    ChatMessage.objects.filter(room=room).update(seq=0)
    questions.wipe(room)
    polls.forget_rehearsed(room)
    reactions.forget_rehearsed(room)
    log.restart(room)
