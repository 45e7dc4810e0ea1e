"""The hub among other processes, and announcing to it from anywhere."""

import asyncio
import threading

import pytest

from livechat.wire import announce, layer
from livechat.wire.hub import Hub
from tests.livechat.hub_doubles import ROOM, seated, settle, until


# --- The shared layer --------------------------------------------------------------------------------------
async def test_two_processes_hear_of_each_others_frames_over_one_subscription_each(wire, record):
    hubs = [Hub(record), Hub(record)]
    screens = [await seated(one, f"v{n}") for n, one in enumerate(hubs) for _ in range(3)]
    assert len(wire.groups[layer.group(ROOM)]) == 2
    announce.announce(record.write())
    await until(lambda: all(screen.numbers() == [1] for screen in screens))
    for one in hubs:
        for task in one._tasks:
            task.cancel()


@pytest.mark.parametrize("moment", ["from the start", "later"])
async def test_a_layer_that_is_down_is_polled_around_and_joined_again(wire, record, moment):
    wire.broken = moment == "from the start"
    one = Hub(record)
    screen = await seated(one)
    wire.broken = True
    for queue in wire.channels.values():
        queue.put_nowait({"type": "break"})
    announce.announce(record.write())
    await until(lambda: screen.numbers() == [1])
    wire.broken = False
    await until(lambda: not one._deaf)
    record.rows.append(record.rows.pop())
    announce.announce(record.write())
    await until(lambda: screen.numbers() == [1, 2])
    one.detach(ROOM, screen.seat)
    await until(lambda: not one._tasks)


# --- Announcing --------------------------------------------------------------------------------------------
async def test_announcing_from_another_thread_reaches_the_loop(one_hub, record):
    screen = await seated(one_hub)
    thread = threading.Thread(target=lambda: announce.announce(record.write()))
    thread.start()
    thread.join()
    await until(lambda: screen.numbers() == [1])


def test_announcing_where_no_hub_runs_uses_a_loop_of_its_own(record, monkeypatch):
    sent = threading.Event()

    async def publish(room, message):
        assert (room, message["seq"]) == (ROOM, 1)
        sent.set()

    monkeypatch.setattr(layer, "is_shared", lambda: True)
    monkeypatch.setattr(layer, "publish", publish)
    monkeypatch.setattr(announce, "_state", announce._Announcer())
    announce.announce(record.write())
    assert sent.wait(5)


def test_a_layer_that_throws_or_hangs_does_not_touch_the_write(record, monkeypatch, caplog):
    async def publish(room, message):
        raise ConnectionError

    monkeypatch.setattr(layer, "is_shared", lambda: True)
    monkeypatch.setattr(layer, "publish", publish)
    monkeypatch.setattr(announce, "_state", announce._Announcer())
    announce.announce(record.write())
    announce._state.under_way += announce.MOST_UNDER_WAY
    announce.announce(record.write())
    assert announce._state.under_way >= announce.MOST_UNDER_WAY


def test_a_hub_whose_loop_is_gone_is_forgotten(record, monkeypatch):
    loop = asyncio.new_event_loop()
    loop.close()
    state = announce._Announcer()
    state.listener = type("Gone", (), {"loop": loop, "accept": lambda *_: None})()
    monkeypatch.setattr(announce, "_state", state)
    monkeypatch.setattr(layer, "is_shared", lambda: False)
    announce.announce(record.write())
    assert state.listener is None


def test_a_fork_starts_with_nothing_of_its_parents(monkeypatch):
    state = announce._Announcer()
    state.pid = -1
    monkeypatch.setattr(announce, "_state", state)
    announce.listen(None)
    assert announce._state is not state


# --- Joining again -----------------------------------------------------------------------------------------
async def test_one_room_that_cannot_be_joined_keeps_no_other_from_being_heard(wire, monkeypatch):
    """As when one of several Redis is down."""
    ear = layer.Subscription()
    for room in (1, 2, 3):
        await ear.join(room)
    listening = asyncio.create_task(ear.receive())
    await settle()
    add = wire.group_add

    async def one_is_down(group, channel):
        if group == layer.group(2):
            raise ConnectionError
        await add(group, channel)

    monkeypatch.setattr(wire, "group_add", one_is_down)
    with pytest.raises(ConnectionError):
        await ear.rejoin()
    await layer.publish(3, {"seq": 7})
    assert (await asyncio.wait_for(listening, 5))["seq"] == 7


async def test_who_listens_moves_to_the_new_channel(wire):
    ear = layer.Subscription()
    await ear.join(1)
    listening = asyncio.create_task(ear.receive())
    await settle()
    await ear.rejoin()
    await layer.publish(1, {"seq": 4})
    assert (await asyncio.wait_for(listening, 5))["seq"] == 4


async def test_a_listener_that_is_ended_ends(wire):
    ear = layer.Subscription()
    await ear.join(1)
    listening = asyncio.create_task(ear.receive())
    await settle()
    listening.cancel()
    await settle()
    assert listening.cancelled()
