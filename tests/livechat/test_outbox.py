"""Readers who are slow: what they get, what they are told they did not get, and when they are cut.

Every test runs for the queue that works on any server and for the frames that go to uvicorn's transport.
"""

import asyncio
import json

import pytest

from livechat.wire import hub, outbox, pace
from livechat.wire.codes import Close
from livechat.wire.fold import fold
from livechat.wire.outbox import LineOutbox, QueueOutbox
from livechat.wire.parcel import Parcel
from tests.livechat.hub_doubles import ROOM, Screen, seated, settle, until

pytestmark = pytest.mark.usefixtures("all_lines")
LONG = "x" * 4_000


@pytest.fixture(params=["queue", "ready"])
def ready(request):
    return request.param == "ready"


@pytest.fixture
def all_lines(monkeypatch):
    """Nothing waits for the tick and nothing is sampled: only slowness is asked about."""
    monkeypatch.setattr(pace, "TICK", 0)
    monkeypatch.setattr(pace, "LINES_PER_SECOND", 0)


async def flood(one_hub, record, lines):
    """So many long lines, one frame each."""
    for number in range(lines):
        one_hub.accept(record.say(len(record.rows) + number, text=LONG))
        await settle()


def shape(screen):
    """What came after the hello: `5` for a frame of that place, `(6, 9)` for places that were left out."""
    found = [frame for frame in screen.frames() if "seq" in frame]
    return [(f["seq"], f["through"]) if f["type"] == "skipped" else f["seq"] for f in found]


# --- Behind ------------------------------------------------------------------------------------------------
async def test_a_reader_who_is_behind_gets_state_and_is_told_which_lines_were_left_out(
    one_hub, record, ready
):
    slow, quick = await seated(one_hub, "slow", ready=ready), await seated(one_hub, "quick", ready=ready)
    slow.stall()
    await flood(one_hub, record, 30)
    one_hub.accept(record.write("pin.removed", id="p"))
    await flood(one_hub, record, 5)
    await slow.read_on()
    came = shape(slow)
    gap = next(one for one in came if isinstance(one, tuple))
    assert 15 <= gap[0] <= 20
    assert came == [*range(1, gap[0]), (gap[0], 30), 31, (32, 36)]
    assert shape(quick) == list(range(1, 37))


async def test_who_caught_up_gets_everything_again(one_hub, record, ready):
    slow = await seated(one_hub, "slow", ready=ready)
    slow.stall()
    await flood(one_hub, record, 30)
    await slow.read_on()
    await flood(one_hub, record, 3)
    assert shape(slow)[-3:] == [31, 32, 33]
    assert slow.state()["head"] == 33


async def test_a_reader_who_is_behind_hears_the_heartbeat_and_no_burst(one_hub, record, ready):
    slow = await seated(one_hub, "slow", ready=ready)
    slow.stall()
    await flood(one_hub, record, 30)
    one_hub.burst(ROOM, '{"type":"reactions"}')
    feed = one_hub._feeds[ROOM]
    feed.tell_all(feed.heartbeat())
    await slow.read_on()
    types = [frame["type"] for frame in slow.frames()]
    assert types[-2:] == ["skipped", "heartbeat"]
    assert "reactions" not in types
    assert slow.state()["head"] == slow.frames()[-1]["head"] == 30


async def test_asking_since_while_behind_makes_the_left_out_lines_no_matter(one_hub, record, ready):
    slow = await seated(one_hub, "slow", ready=ready)
    slow.stall()
    await flood(one_hub, record, 30)
    await one_hub.resume(ROOM, slow.seat, epoch="e1", seq=10)
    await slow.read_on()
    assert [type(one) for one in shape(slow)] == [int] * len(shape(slow))
    assert slow.state() == record.state() | {"presence": slow.state()["presence"], "now": slow.state()["now"]}


async def test_what_is_ones_own_is_never_left_out(one_hub, record, ready):
    slow = await seated(one_hub, "slow", ready=ready)
    slow.stall()
    await flood(one_hub, record, 30)
    one_hub.deliver(ROOM, "guest:slow", '{"type":"ack"}')
    await slow.read_on()
    assert {"type": "ack"} in slow.frames()


# --- Too far behind ----------------------------------------------------------------------------------------
async def test_stalled_readers_are_cut_and_cost_nobody_else(one_hub, record, ready):
    healthy = [await seated(one_hub, f"h{n}", ready=ready) for n in range(10)]
    stalled = [await seated(one_hub, f"s{n}", ready=ready) for n in range(5)]
    for screen in stalled:
        screen.stall()
    for _ in range(600):
        one_hub.accept(record.write("lineup.changed", lineup=[LONG], products={}, hosts=[]))
        await asyncio.sleep(0)
    await settle()
    assert [screen.code for screen in stalled] == [Close.SLOW_READER] * 5
    assert [len(screen.numbers()) for screen in healthy] == [600] * 10
    assert [screen.code for screen in healthy] == [None] * 10


async def test_twin_without_the_bound_a_stalled_reader_fills_memory(one_hub, record, ready, monkeypatch):
    monkeypatch.setattr(outbox, "FAR_BEHIND", 1e9)
    monkeypatch.setattr(outbox, "MAX_FRAMES", 1e9)
    stalled = await seated(one_hub, ready=ready)
    stalled.stall()
    for _ in range(600):
        one_hub.accept(record.write("lineup.changed", lineup=[LONG], products={}, hosts=[]))
        await asyncio.sleep(0)
    await settle()
    assert stalled.code is None
    assert stalled.seat.outbox._waiting_bytes() > 600 * len(LONG) * 0.9


async def test_who_is_behind_for_too_long_is_cut(one_hub, record, ready, monkeypatch):
    monkeypatch.setattr(hub, "POLL_ALONE", 0.01)
    monkeypatch.setattr(hub, "MAX_STALL", 0.02)
    screen = await seated(one_hub, ready=ready)
    screen.stall()
    await flood(one_hub, record, 30)
    await until(lambda: screen.code == Close.SLOW_READER)


async def test_a_large_text_gets_the_time_a_slow_line_needs(ready):
    screen = Screen(ready=ready)
    screen.stall()
    screen.seat.outbox.welcome("x" * outbox.SLOW_LINE * 20)
    await settle()
    begun = asyncio.get_running_loop().time()
    assert screen.seat.outbox.stalled_for(begun + 19) == 0
    assert 3.5 < screen.seat.outbox.stalled_for(begun + 24) < 4.5


async def test_one_text_above_the_bound_reaches_a_reader_who_is_not_behind(ready):
    screen, giant = Screen(ready=ready), "x" * (outbox.FAR_BEHIND * 4)
    screen.seat.outbox.welcome(giant)
    await settle()
    assert (screen.texts == [giant], screen.code) == (True, None)


async def test_one_text_above_the_bound_cuts_a_reader_who_is_behind(ready):
    screen = Screen(ready=ready)
    screen.stall()
    for size in (100, outbox.BEHIND + 1, outbox.FAR_BEHIND):
        screen.seat.outbox.push("x" * size)
        await settle()
        screen.seat.outbox.push("x" * 100)
    assert screen.code == Close.SLOW_READER


async def test_many_small_frames_are_too_many_for_the_queue():
    screen = Screen()
    screen.stall()
    for _ in range(outbox.MAX_FRAMES + 5):
        screen.seat.outbox.push("{}")
        await asyncio.sleep(0)
    await settle()
    assert screen.code == Close.SLOW_READER


async def test_a_cut_reader_comes_back_to_exactly_the_rooms_state(one_hub, record, ready):
    screen = await seated(one_hub, ready=ready)
    await flood(one_hub, record, 1)
    known = screen.state()["head"]
    screen.seat.outbox.cut(Close.SLOW_READER)
    await flood(one_hub, record, 7)
    back = await seated(one_hub, "mina", epoch="e1", seq=known, ready=ready)
    assert fold(screen.state(), back.frames()[0]["frames"])["chat"] == record.state()["chat"]


# --- The end of a socket -----------------------------------------------------------------------------------
async def test_a_socket_that_is_gone_is_written_to_no_more(ready):
    screen = Screen(ready=ready)
    screen.seat.outbox.stop()
    screen.seat.outbox.push("a")
    screen.seat.outbox.offer(Parcel("b"))
    screen.seat.outbox.cut(Close.SLOW_READER)
    await settle()
    assert (screen.texts, screen.code, screen.line.is_let_go) == ([], None, ready)


async def test_a_socket_that_throws_is_left_alone():
    async def broken(_argument: str | int) -> None:
        raise RuntimeError("gone")

    box = QueueOutbox(send=broken, close=broken)
    box.push("a")
    await settle()
    assert box.is_cut
    other = QueueOutbox(send=broken, close=broken)
    other.cut(Close.SLOW_READER)
    await settle()
    assert other.is_cut


async def test_cutting_twice_says_goodbye_once(ready):
    screen = Screen(ready=ready)
    screen.seat.outbox.cut(Close.SLOW_READER)
    screen.seat.outbox.cut(Close.TOO_OLD)
    await settle()
    assert screen.code == Close.SLOW_READER


# --- Frames made once --------------------------------------------------------------------------------------
async def test_readers_share_the_bytes_of_a_frame():
    screens = [Screen(f"v{n}", ready=True, compresses=n % 2 == 0) for n in range(6)]
    parcel = Parcel(json.dumps({"type": "batch", "frames": ["line"] * 100}))
    for screen in screens:
        assert isinstance(screen.seat.outbox, LineOutbox)
        screen.seat.outbox.offer(parcel)
    assert len({id(screen.line.frames[0]) for screen in screens}) == 2
    assert [screen.texts for screen in screens] == [[parcel.text]] * 6
    assert len(parcel.compressed) < len(parcel.plain) / 4


async def test_what_is_ones_own_is_never_compressed():
    own = Parcel("secret " * 100, is_shared=False)
    assert own.compressed is own.plain
    screen = Screen(ready=True, compresses=True)
    screen.seat.outbox.push("secret " * 100)
    assert len(screen.line.frames[0]) > 700
