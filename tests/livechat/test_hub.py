"""The hub: every viewer gets every frame once and in order, whatever the layer does."""

import asyncio
import json
import random
import time

import pytest

from livechat.wire import feed, hub, layer, pace
from livechat.wire.codes import Close
from livechat.wire.feed import Feed
from livechat.wire.fold import fold
from livechat.wire.hub import Hub
from tests.livechat.hub_doubles import ROOM, Screen, same, seated, settle, until


# --- Order and holes ---------------------------------------------------------------------------------------
async def test_frames_leave_once_and_in_order(one_hub, record):
    screen = await seated(one_hub)
    for _ in range(5):
        one_hub.accept(record.write())
    await settle()
    assert screen.numbers() == [1, 2, 3, 4, 5]


async def test_a_layer_that_drops_doubles_and_shuffles_shows_nowhere(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    monkeypatch.setattr(pace, "LINES_PER_SECOND", 0)
    rng = random.Random(11)
    screens = [await seated(one_hub, f"v{n}") for n in range(5)]
    for _ in range(40):
        burst = [record.say(len(record.rows)) for _ in range(50)]
        heard = [logged for logged in burst if rng.random() > 0.1]
        heard += [logged for logged in heard if rng.random() < 0.05]
        for logged in sorted(heard, key=lambda row: row.seq + rng.random() * 3):
            one_hub.accept(logged)
        await settle()
    await until(lambda: all(len(screen.numbers()) >= 2000 for screen in screens))
    for screen in screens:
        assert screen.numbers() == list(range(1, 2001))
        assert same(screen, record)


async def test_twin_without_mending_a_dropped_frame_stays_lost(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)

    async def nothing(_self):
        return None

    monkeypatch.setattr(Feed, "mend", nothing)
    screen = await seated(one_hub)
    record.write()
    one_hub.accept(record.write())
    await until(lambda: record.polls > 3)
    assert screen.numbers() == []


async def test_frames_nobody_announced_are_found_by_the_clock(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    screen = await seated(one_hub)
    record.write()
    await until(lambda: screen.numbers() == [1])


async def test_a_database_that_is_down_closes_nobody_and_is_caught_up_with(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    screen = await seated(one_hub)
    record.down = True
    record.write()
    await until(lambda: record.polls > 3)
    assert (screen.numbers(), screen.code) == ([], None)
    record.down = False
    await until(lambda: screen.numbers() == [1])


# --- Newcomers ---------------------------------------------------------------------------------------------
async def test_newcomers_share_one_snapshot_kept_fresh_by_the_frames(one_hub, record):
    first = await seated(one_hub)
    for number in range(5):
        one_hub.accept(record.say(number))
    later = await seated(one_hub, "wei")
    assert record.snapshots == 1
    assert later.state()["chat"] == record.state()["chat"]
    assert first.state()["chat"] == record.state()["chat"]


async def test_who_was_away_shortly_is_served_from_memory(one_hub, record):
    await seated(one_hub, "stays")
    for number in range(5):
        one_hub.accept(record.say(number))
    back = await seated(one_hub, "back", epoch="e1", seq=2)
    hello = back.frames()[0]
    assert (hello["recovered"], [frame["seq"] for frame in hello["frames"]]) == (True, [3, 4, 5])
    assert record.sinces == 0


async def test_who_was_away_longer_is_served_from_the_log(one_hub, record):
    for number in range(5):
        record.say(number)
    back = await seated(one_hub, "back", epoch="e1", seq=2)
    assert [frame["seq"] for frame in back.frames()[0]["frames"]] == [3, 4, 5]


async def test_who_was_away_beyond_the_window_gets_a_snapshot(one_hub, record):
    for number in range(5):
        record.say(number)
    record.trimmed = 4
    back = await seated(one_hub, "back", epoch="e1", seq=2)
    assert back.frames()[0]["recovered"] is False
    assert back.state() == record.state() | {"now": back.state()["now"]}


@pytest.mark.parametrize(("spare", "recovered"), [(0, True), (-1, False)])
@pytest.mark.parametrize("kept_in", ["memory", "log"])
async def test_much_missed_is_told_by_a_snapshot(one_hub, record, monkeypatch, kept_in, spare, recovered):
    if kept_in == "memory":
        await seated(one_hub, "stays")
    rows = [record.say(number) for number in range(5)]
    for row in rows if kept_in == "memory" else ():
        one_hub.accept(row)
    monkeypatch.setattr(feed, "MAX_MISSED", sum(len(row.text) for row in rows) + spare)
    back = await seated(one_hub, "back", epoch="e1", seq=0)
    assert back.frames()[0]["recovered"] is recovered
    assert recovered or same(back, record)


async def test_a_seated_viewer_is_served_from_memory_or_by_the_shared_snapshot(one_hub, record):
    for number in range(5):
        record.say(number)
    screen = await seated(one_hub)
    one_hub.accept(record.say(5))
    for seq in (5, 2):
        await one_hub.resume(ROOM, screen.seat, epoch="e1", seq=seq)
    await settle()
    hellos = [frame for frame in screen.frames() if frame["type"] == "hello"]
    assert [hello["recovered"] for hello in hellos] == [False, True, False]
    assert (record.sinces, record.snapshots) == (0, 1)


async def test_a_deletion_makes_memory_forget(one_hub, record):
    await seated(one_hub)
    one_hub.accept(record.say(1))
    one_hub.accept(record.write("chat.deleted", id="l1"))
    record.rows[0] = record.rows[0].__class__(
        ROOM, "e1", 1, "skip", '{"type":"skip","epoch":"e1","seq":1,"at":1}'
    )
    back = await seated(one_hub, "back", epoch="e1", seq=0)
    assert [frame["type"] for frame in back.frames()[0]["frames"]] == ["skip", "chat.deleted"]


async def test_a_new_epoch_gives_everybody_a_snapshot(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    screens = [await seated(one_hub, f"v{n}") for n in range(3)]
    one_hub.accept(record.say(1))
    record.restart()
    record.say(2)
    await until(lambda: all(screen.state().get("epoch") == "e2" for screen in screens))
    assert all(same(screen, record) for screen in screens)


async def test_recovery_is_never_wrong_in_random_histories(record, monkeypatch):
    monkeypatch.setattr(layer, "is_shared", lambda: False)
    rng = random.Random(11)
    room = Feed(ROOM, record, epoch="e1", head=0)
    for _case in range(1500):
        if rng.random() < 0.02:
            record.restart()
            record.epoch = f"e{_case}"
            record.trimmed = 0
        for number in range(rng.randrange(4)):
            logged = record.say(_case * 10 + number)
            if rng.random() < 0.9:
                room.accept(logged)
        if rng.random() < 0.1:
            record.trimmed = rng.randrange(len(record.rows) + 1)
        if rng.random() < 0.3:
            await room.mend()
        screen = Screen()
        epoch = rng.choice([record.epoch, room.epoch, "e1", "nonsense", ""])
        seq = rng.randrange(-1, len(record.rows) + 2)
        await room.welcome(screen.seat, epoch=epoch, seq=seq)
        await settle()
        hello = screen.frames()[0]
        if hello["recovered"]:
            assert epoch in {record.epoch, room.epoch}
            numbers = [frame["seq"] for frame in hello["frames"]]
            assert numbers == list(range(seq + 1, seq + 1 + len(numbers)))
            assert seq + len(numbers) >= hello["head"]
        else:
            assert hello["snapshot"]["head"] >= 0
        room.seats.clear()


# --- Slow readers: what one of them gets is asked in test_outbox.py -----------------------------------------
async def test_a_reader_who_is_too_long_at_one_frame_is_cut(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    monkeypatch.setattr(hub, "MAX_STALL", 0.02)
    screen = await seated(one_hub)
    screen.reading.clear()
    one_hub.accept(record.write())
    await until(lambda: screen.code == Close.SLOW_READER)


async def test_a_cut_reader_comes_back_to_exactly_the_rooms_state(one_hub, record):
    screen = await seated(one_hub)
    one_hub.accept(record.say(1))
    await settle()
    known = screen.state()["head"]
    screen.seat.outbox.cut(Close.SLOW_READER)
    for number in range(2, 9):
        one_hub.accept(record.say(number))
    back = await seated(one_hub, "mina", epoch="e1", seq=known)
    assert fold(screen.state(), back.frames()[0]["frames"])["chat"] == record.state()["chat"]


# --- The tick and the crowd --------------------------------------------------------------------------------
async def test_quiet_chat_leaves_at_once_and_busy_chat_by_the_tick(one_hub, record):
    screen = await seated(one_hub)
    one_hub.accept(record.say(1))
    await settle()
    assert len(screen.texts) == 2
    for number in range(2, 12):
        one_hub.accept(record.say(number))
    await settle()
    assert len(screen.texts) == 2
    await until(lambda: len(screen.texts) == 3)
    assert json.loads(screen.texts[-1])["type"] == "batch"


async def test_a_pin_does_not_wait_for_the_tick(one_hub, record):
    screen = await seated(one_hub)
    for number in range(3):
        one_hub.accept(record.say(number))
    one_hub.accept(record.write("pin.removed", id="p"))
    await settle()
    assert screen.numbers() == [1, 2, 3, 4]


async def test_a_large_room_is_served_in_slices_and_in_order(one_hub, record, monkeypatch):
    monkeypatch.setattr(feed, "SLICE", 3)
    screens = [await seated(one_hub, f"v{n}") for n in range(10)]
    for _ in range(4):
        one_hub.accept(record.write())
    late = await seated(one_hub, "late")
    await settle()
    assert [screen.numbers() for screen in screens] == [[1, 2, 3, 4]] * 10
    assert late.state()["head"] == 4


async def test_a_loop_that_was_held_up_is_noticed(one_hub, record, monkeypatch, caplog):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    monkeypatch.setattr(hub, "MAX_LAG", 0.1)
    await seated(one_hub)
    await until(lambda: record.polls > 1)
    assert (one_hub.lag < 0.1, "held up" in caplog.text) == (True, False)
    end = time.perf_counter() + 0.3
    while time.perf_counter() < end:
        pass
    await until(lambda: "held up" in caplog.text)


# --- Life of a hub -----------------------------------------------------------------------------------------
async def test_an_empty_room_is_closed_and_the_clock_stops(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    screen = await seated(one_hub)
    one_hub.detach(ROOM, screen.seat)
    await until(lambda: not one_hub._tasks)
    assert list(one_hub.seats()) == []
    again = await seated(one_hub, "wei")
    assert again.frames()[0]["type"] == "hello"


async def test_a_room_that_opens_while_the_last_one_closes_hears_of_everything(wire, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_SHARED", 0.01)
    one, heads = Hub(record), record.heads
    last = await seated(one)
    opened, going_on = asyncio.Event(), asyncio.Event()

    async def slow_heads(rooms):
        if rooms == [2]:
            opened.set()
            await going_on.wait()
            return {2: ("e1", 0)}
        return await heads(rooms)

    monkeypatch.setattr(record, "heads", slow_heads)
    arriving = asyncio.create_task(one.attach(2, Screen("wei").seat, epoch="", seq=0))
    await opened.wait()
    one.detach(ROOM, last.seat)
    turns = record.polls
    await until(lambda: record.polls > turns)
    await settle()
    going_on.set()
    await arriving
    assert (one._subscription is not None, len(one._tasks)) == (True, 2)
    for task in one._tasks:
        task.cancel()


async def test_a_room_that_cannot_be_mended_holds_up_no_other(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)

    async def heads(rooms):
        return {99: ("e1", polled), ROOM: (record.epoch, len(record.rows))}

    async def broken():
        raise ConnectionError

    polled = 0
    monkeypatch.setattr(record, "heads", heads)
    ill = Screen("ill")
    await one_hub.attach(99, ill.seat, epoch="", seq=0)
    one_hub._feeds[99].mend = broken
    screen = await seated(one_hub)
    polled = 1
    record.write()
    await until(lambda: screen.numbers() == [1])


async def test_a_room_that_is_not_there_seats_nobody(one_hub):
    with pytest.raises(LookupError):
        await one_hub.attach(99, Screen().seat, epoch="", seq=0)


async def test_heartbeats_carry_the_head_of_the_record(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    monkeypatch.setattr(hub, "HEARTBEAT", 0.01)
    screen = await seated(one_hub)
    record.write()
    await until(lambda: {"type": "heartbeat", "head": 1}.items() <= (screen.frames()[-1]).items())


async def test_old_sockets_come_back_anew(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    monkeypatch.setattr(hub, "CHECK_RIGHTS", 0.01)
    screen = await seated(one_hub)
    screen.seat.since -= hub.MAX_AGE
    await until(lambda: screen.code == Close.TOO_OLD)


async def test_people_are_counted_once(one_hub):
    screens = [await seated(one_hub, name) for name in ("mina", "mina", "wei")]
    screens[2].seat.audience = False
    crowd = await seated(one_hub, "crowd")
    crowd.seat.crowd = True
    assert one_hub._feeds[ROOM].seats.counts() == (1, 1)
