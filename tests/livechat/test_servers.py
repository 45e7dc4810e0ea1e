"""Real processes: two that share a room, one that is killed, viewers that are cut off."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from events.enums import EventState
from livechat.domain import log
from livechat.domain.snapshot import snapshot
from livechat.models import ChatMessage, Pin, Room
from livechat.wire import feed
from tests.factories.accounts import make_user
from tests.factories.catalog import make_stocked_variant
from tests.factories.events import make_event, make_event_host, make_host, make_lineup_item
from tests.factories.livechat import make_room, settings_body
from tests.livechat.servers import Server, Visitor, session_of

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WITHOUT_A_CLOCK = ("now", "presence")

StartServer = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[StartServer]:
    servers: list[Server] = []

    def one(**environment: str) -> Server:
        servers.append(Server(tmp_path, environment).start())
        return servers[-1]

    yield one
    for server in servers:
        server.kill()


@pytest.fixture
def room():
    """A live room with a host's account and two pieces."""
    event = make_event(state=EventState.LIVE, now=datetime.now(UTC))
    user = make_user()
    make_event_host(event, host=make_host(user=user))
    for _ in range(2):
        variant = make_stocked_variant()
        make_lineup_item(event, product=variant.product)
    room = make_room(event)
    room.host_session = session_of(user)
    return room


@pytest.fixture
def visitor() -> Iterator[Callable[..., Visitor]]:
    visitors: list[Visitor] = []

    def one(server: Server, room: Room, *, session: str = "", name: str = "Mina") -> Visitor:
        found = Visitor(server, room.event.slug, session)
        visitors.append(found)
        if not session:
            found.call("POST", "name/", {"name": name})
        return found

    yield one
    for found in visitors:
        found.leave()


def items(room: Room) -> list[str]:
    return [item.public_id for item in room.event.lineup.all()]


def fresh(room: Room) -> dict:
    found = snapshot(room, now=datetime.now(UTC))
    return {key: value for key, value in found.items() if key not in WITHOUT_A_CLOCK}


def seen(one: Visitor) -> dict:
    return {key: value for key, value in one.state.items() if key not in WITHOUT_A_CLOCK}


def test_viewers_cut_off_end_with_exactly_the_rooms_state(start, visitor, room, monkeypatch):
    server = start()
    host = visitor(server, room, session=room.host_session)
    away, long_away = visitor(server, room, name="Away"), visitor(server, room, name="Long away")
    host.enter()
    for one in (away, long_away):
        one.enter()
        one.leave()
    host.call("POST", "pins/", {"item": items(room)[0]})
    host.send({"type": "chat.send", "id": "c1", "text": "Here it is"})
    host.until("ack")
    assert away.enter()["recovered"] is True
    assert seen(away) == fresh(room)

    monkeypatch.setattr(log, "KEEP_FRAMES", 5)
    with transaction.atomic():
        for _ in range(feed.RING + 5):
            log.append(room, "room.settings", settings_body(), now=datetime.now(UTC))
    log.trim(Room.objects.get(pk=room.pk), now=datetime.now(UTC))
    host.call("DELETE", f"pins/{Pin.objects.get().public_id}/")
    assert long_away.enter()["recovered"] is False
    assert seen(long_away) == fresh(room)


def test_kill_9_loses_no_accepted_line_and_no_accepted_pin(start, visitor, room):
    server = start()
    host = visitor(server, room, session=room.host_session)
    host.enter()
    accepted = []
    for number in range(12):
        host.send({"type": "chat.send", "id": f"c{number}", "text": f"line {number}"})
        accepted.append(host.until("ack")["id"])
    pins = [host.call("POST", "pins/", {"item": item})["id"] for item in items(room)]
    server.kill()
    assert set(accepted) == set(ChatMessage.objects.values_list("public_id", flat=True))
    assert set(pins) == set(Pin.objects.showing().values_list("public_id", flat=True))
    server.start()
    assert host.enter()["recovered"] is True
    assert seen(host) == fresh(room)


def test_a_price_and_a_line_up_written_by_another_process_arrive_without_a_layer(start, visitor, room):
    viewer = visitor(start(), room)
    viewer.enter()
    with transaction.atomic():
        log.append(room, "room.settings", settings_body(chat_needs_account=True), now=datetime.now(UTC))
    written = time.monotonic()
    viewer.until("room.settings")
    assert time.monotonic() - written < 1.0


@pytest.mark.services
def test_a_pin_placed_through_one_process_is_seen_through_the_other(start, visitor, room):
    url = os.environ["REDIS_URL"]
    here, there = start(REDIS_URL=url), start(REDIS_URL=url)
    host, viewer = visitor(here, room, session=room.host_session), visitor(there, room)
    host.enter()
    viewer.enter()
    for item in items(room):
        placed = host.call("POST", "pins/", {"item": item})
        answered = time.monotonic()
        assert viewer.until("pin.placed")["id"] == placed["id"]
        assert time.monotonic() - answered < 1.0
    viewer.send({"type": "chat.send", "id": "c1", "text": "Lovely"})
    assert [one.until("chat.posted")["text"] for one in (host, viewer)] == ["Lovely"] * 2
    assert seen(host) == seen(viewer) == fresh(room)
