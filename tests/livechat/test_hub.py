"""The hub: every viewer gets every frame once and in order, whatever the layer does."""

import asyncio
import json
import random
import threading
from typing import Any

import pytest

from livechat.wire import announce, feed, frames, hub, layer, outbox
from livechat.wire.announce import Logged
from livechat.wire.codes import Close
from livechat.wire.feed import Feed, Pass, Seat
from livechat.wire.fold import fold
from livechat.wire.hub import Hub
from livechat.wire.outbox import Outbox

ROOM = 1
EMPTY: dict[str, Any] = {
    "epoch": "e1",
    "head": 0,
    "chat": [],
    "presence": {"viewers": 0, "rehearsal": 0},
    "settings": {"chat_needs_account": False},
}


class MemoryLog:
    """A record without a database."""

    def __init__(self) -> None:
        self.epoch, self.rows = "e1", []
        self.trimmed = 0
        self.down = False
        self.snapshots = self.sinces = self.polls = 0
        self.lost: set[Pass] = set()
        self.unwelcome: dict[int, set[Pass]] = {}

    def write(self, type_: str = "room.settings", **body: Any) -> Logged:
        body = body or {"chat_needs_account": False}
        seq = len(self.rows) + 1
        text = frames.dump(frames.sequenced(type_, body, epoch=self.epoch, seq=seq, at=seq))
        self.rows.append(Logged(ROOM, self.epoch, seq, type_, text))
        return self.rows[-1]

    def say(self, number: int) -> Logged:
        return self.write("chat.posted", id=f"l{number}", name="Mina", badge="", text="Hi", rehearsal=False)

    def state(self) -> dict[str, Any]:
        return fold(EMPTY | {"epoch": self.epoch}, (json.loads(row.text) for row in self.rows))

    def restart(self) -> None:
        self.epoch, self.rows = "e2", []

    async def heads(self, rooms: list[int]) -> dict[int, tuple[str, int]]:
        self.polls += 1
        if self.down:
            raise ConnectionError
        return {ROOM: (self.epoch, len(self.rows))} if ROOM in rooms else {}

    async def since(self, room: int, epoch: str, seq: int) -> list[Logged] | None:
        self.sinces += 1
        if epoch != self.epoch or not self.trimmed <= seq <= len(self.rows):
            return None
        return self.rows[seq:]

    async def snapshot(self, room: int) -> dict[str, Any]:
        self.snapshots += 1
        return self.state()

    async def report(self, counts: dict[int, tuple[int, int]]) -> dict[int, dict[str, int]]:
        return {room: {"viewers": people, "rehearsal": crowd} for room, (people, crowd) in counts.items()}

    async def revoked(self, passes: set[Pass]) -> set[Pass]:
        return passes & self.lost

    async def shut_out(self, rooms: dict[int, set[Pass]]) -> dict[int, set[Pass]]:
        return {room: passes & self.unwelcome.get(room, set()) for room, passes in rooms.items()}

    async def sweep(self) -> None:
        return None


class Screen:
    """A viewer's browser: what it was sent, folded."""

    def __init__(self, name: str = "mina") -> None:
        self.texts: list[str] = []
        self.code: int | None = None
        self.reading = asyncio.Event()
        self.reading.set()
        box = Outbox(send=self._take, close=self._closed)
        self.seat = Seat(box, f"guest:{name}", Pass(name, None, ""), {"name": name})

    async def _take(self, text: str) -> None:
        await self.reading.wait()
        self.texts.append(text)

    async def _closed(self, code: int) -> None:
        self.code = code

    def frames(self) -> list[dict[str, Any]]:
        found = []
        for text in self.texts:
            frame = json.loads(text)
            found += frame["frames"] if frame["type"] == "batch" else [frame]
        return found

    def numbers(self) -> list[int]:
        return [frame["seq"] for frame in self.frames() if "seq" in frame]

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = {}
        for frame in self.frames():
            if frame["type"] == "hello":
                state = frame["snapshot"] or fold(state, frame["frames"])
            elif "seq" in frame:
                state = fold(state, [frame])
        return state


async def settle() -> None:
    """Let everything that is ready run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def until(condition) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the hub's clock has no event to wait for
            await asyncio.sleep(0.01)


@pytest.fixture
def record() -> MemoryLog:
    return MemoryLog()


@pytest.fixture
async def one_hub(record, monkeypatch):
    monkeypatch.setattr(layer, "is_shared", lambda: False)
    found = Hub(record)
    yield found
    for task in found._tasks:
        task.cancel()
    announce.listen(None)


async def seated(one_hub: Hub, name: str = "mina", *, epoch: str = "", seq: int = 0) -> Screen:
    screen = Screen(name)
    await one_hub.attach(ROOM, screen.seat, epoch=epoch, seq=seq)
    await settle()
    return screen


def same(screen: Screen, record: MemoryLog) -> bool:
    ours, theirs = screen.state(), record.state()
    return (ours["head"], ours["chat"]) == (theirs["head"], theirs["chat"])


# --- Order and holes ---------------------------------------------------------------------------------------
async def test_frames_leave_once_and_in_order(one_hub, record):
    screen = await seated(one_hub)
    for _ in range(5):
        one_hub.accept(record.write())
    await settle()
    assert screen.numbers() == [1, 2, 3, 4, 5]


async def test_a_layer_that_drops_doubles_and_shuffles_shows_nowhere(one_hub, record, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
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


# --- Slow readers ------------------------------------------------------------------------------------------
async def test_stalled_readers_are_cut_and_cost_nobody_else(one_hub, record):
    healthy = [await seated(one_hub, f"h{n}") for n in range(10)]
    stalled = [await seated(one_hub, f"s{n}") for n in range(5)]
    for screen in stalled:
        screen.reading.clear()
    for _ in range(outbox.MAX_FRAMES + 5):
        one_hub.accept(record.write())
        await asyncio.sleep(0)
    await settle()
    assert [screen.code for screen in stalled] == [Close.SLOW_READER] * 5
    assert [len(screen.numbers()) for screen in healthy] == [outbox.MAX_FRAMES + 5] * 10


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


async def test_a_box_is_bounded_in_characters_too():
    screen = Screen()
    screen.reading.clear()
    for _ in range(5):
        screen.seat.outbox.push("x" * 300_000)
    await settle()
    assert screen.code == Close.SLOW_READER


async def test_one_text_above_the_bound_reaches_a_reader_who_is_not_behind():
    screen, giant = Screen(), "x" * (outbox.MAX_CHARACTERS + 1)
    screen.seat.outbox.push(giant)
    await settle()
    assert (screen.texts == [giant], screen.code) == (True, None)


async def test_one_text_above_the_bound_cuts_a_reader_who_is_behind():
    screen = Screen()
    screen.reading.clear()
    for text in ("under way", "waiting", "x" * outbox.MAX_CHARACTERS):
        screen.seat.outbox.push(text)
        await settle()
    assert screen.code == Close.SLOW_READER


async def test_a_socket_that_is_gone_is_written_to_no_more():
    async def broken(_text: str) -> None:
        raise RuntimeError("gone")

    async def close(_code: int) -> None:
        raise RuntimeError("gone")

    box = Outbox(send=broken, close=close)
    box.push("a")
    await settle()
    assert box.is_cut
    box.push("b")
    box.cut(Close.SLOW_READER)
    other = Outbox(send=broken, close=close)
    other.cut(Close.SLOW_READER)
    await settle()
    assert other.is_cut


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
    await asyncio.sleep(0.1)
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
    assert one_hub._feeds[ROOM].counts() == (1, 1)


# --- The shared layer --------------------------------------------------------------------------------------
class Wire:
    """A layer between hubs of one loop. `broken` makes it throw."""

    def __init__(self) -> None:
        self.groups: dict[str, set[asyncio.Queue]] = {}
        self.channels: dict[str, asyncio.Queue] = {}
        self.broken = False

    def _check(self) -> None:
        if self.broken:
            raise ConnectionError("redis is down")

    async def new_channel(self, prefix: str) -> str:
        self._check()
        name = f"{prefix}{len(self.channels)}"
        self.channels[name] = asyncio.Queue()
        return name

    async def group_add(self, group: str, channel: str) -> None:
        self._check()
        self.groups.setdefault(group, set()).add(self.channels[channel])

    async def group_discard(self, group: str, channel: str) -> None:
        self.groups.get(group, set()).discard(self.channels[channel])

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self._check()
        for queue in self.groups.get(group, ()):
            queue.put_nowait(message)

    async def receive(self, channel: str) -> dict[str, Any]:
        message = await self.channels[channel].get()
        if message.get("type") == "break":
            raise ConnectionError("redis is down")
        return message


@pytest.fixture
async def wire(monkeypatch):
    found = Wire()
    monkeypatch.setattr(layer, "is_shared", lambda: True)
    monkeypatch.setattr(layer, "get_channel_layer", lambda: found)
    monkeypatch.setattr(hub, "POLL_SHARED", 0.05)
    yield found
    announce.listen(None)


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
