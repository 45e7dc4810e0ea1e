"""The pace of a room: the tick, what does not wait for it, and how many lines one person is shown."""

import json

import pytest

from livechat.wire import pace
from livechat.wire.codes import Close
from livechat.wire.feed import Feed
from livechat.wire.pace import Desk
from tests.livechat.hub_doubles import ROOM, MemoryLog, Screen, seated, settle, until

MINA = "guest:mina"


def cleared(desk, now=0.0, *people):
    """What leaves: the places for everybody, and for each of these people."""
    whole, own = desk.clear(now=now, is_here=lambda key: key in people)
    return places(whole), {key: places(parcel) for key, parcel in own.items()}


def places(parcel):
    """`5` for a frame of that place, `(6, 9)` for places left out."""
    frame = json.loads(parcel.text)
    found = frame["frames"] if frame["type"] == "batch" else [frame]
    return [(f["seq"], f["through"]) if f["type"] == "skipped" else f["seq"] for f in found]


@pytest.fixture
def few(monkeypatch):
    """Three lines a second are shown."""
    monkeypatch.setattr(pace, "LINES_PER_SECOND", 3)


@pytest.fixture
def log():
    return MemoryLog()


# --- Sampling ----------------------------------------------------------------------------------------------
def test_lines_beyond_what_one_can_read_are_left_out_and_said_to_be(few, log):
    desk = Desk(now=0)
    for number in range(10):
        desk.add(log.say(number))
    assert cleared(desk) == ([1, 2, 3, (4, 10)], {})
    for number in range(10, 14):
        desk.add(log.say(number))
    assert cleared(desk, 0.5) == ([11, (12, 14)], {})


def test_twin_without_the_limit_every_line_is_shown(monkeypatch, log):
    monkeypatch.setattr(pace, "LINES_PER_SECOND", 0)
    desk = Desk(now=0)
    for number in range(100):
        desk.add(log.say(number))
    assert cleared(desk) == (list(range(1, 101)), {})


def test_state_and_lines_with_a_badge_are_never_left_out(few, log):
    desk = Desk(now=0)
    for number in range(5):
        desk.add(log.say(number))
    desk.add(log.say(6, badge="host"))
    desk.add(log.write("pin.removed", id="p"))
    desk.add(log.say(8))
    assert cleared(desk) == ([1, 2, 3, (4, 5), 6, 7, (8, 8)], {})


def test_authors_see_their_lines_and_answers_to_them(few, log):
    desk = Desk(now=0)
    for number in range(4):
        desk.add(log.say(number))
    mine = log.say(4)
    desk.add(mine)
    desk.add(log.say(5))
    desk.add(log.say(6, reply="l4"))
    desk.note_author("l4", MINA)
    shown, own = cleared(desk, 0.0, MINA)
    assert (shown, own) == ([1, 2, 3, (4, 7)], {MINA: [1, 2, 3, (4, 4), 5, (6, 6), 7]})


def test_who_is_not_here_costs_no_batch_of_their_own(few, log):
    desk = Desk(now=0)
    for number in range(5):
        desk.note_author(f"l{number}", MINA)
        desk.add(log.say(number))
    assert cleared(desk) == ([1, 2, 3, (4, 5)], {})


def test_authors_are_remembered_within_a_bound(monkeypatch):
    monkeypatch.setattr(pace, "AUTHORS", 3)
    desk = Desk(now=0)
    for number in range(10):
        desk.note_author(f"l{number}", MINA)
    assert list(desk._authors) == ["l7", "l8", "l9"]


def test_a_hidden_line_is_its_authors_however_busy_the_chat(few, log):
    desk = Desk(now=0)
    for number in range(4):
        desk.add(log.say(number))
    desk.add(log.hide(4, MINA))
    whole, own = desk.clear(now=0.0, is_here=lambda key: True)
    assert [frame["type"] for frame in json.loads(whole.text)["frames"]][-1] == "skip"
    assert [frame["type"] for frame in json.loads(own[MINA].text)["frames"]][-1] == "chat.posted"
    assert (whole.is_shared, own[MINA].is_shared) == (True, False)


async def test_a_sampled_room_leaves_no_hole_and_its_log_has_every_line(few, one_hub, record):
    screen = await seated(one_hub)
    for number in range(40):
        one_hub.accept(record.say(number))
    one_hub._feeds[ROOM].flush()
    await settle()
    assert screen.state()["head"] == 40
    assert len(screen.state()["chat"]) < 40
    back = await seated(one_hub, "wei", epoch="e1", seq=0)
    assert [frame["seq"] for frame in back.frames()[0]["frames"]] == list(range(1, 41))


async def test_the_hub_notes_whose_line_it_is(few, one_hub, record):
    mina, wei = await seated(one_hub, "mina"), await seated(one_hub, "wei")
    for number in range(8):
        one_hub.accept(record.say(number))
    one_hub.note_author(ROOM, "l7", MINA)
    one_hub.note_author(99, "l7", MINA)
    one_hub._feeds[ROOM].flush()
    await settle()
    assert [screen.frames()[-1]["type"] for screen in (mina, wei)] == ["chat.posted", "skipped"]


# --- The tick ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("viewers", "seconds"), [(0, 0.1), (50_000, 0.1), (50_001, 0.25)])
def test_the_tick_is_longer_in_a_crowd(viewers, seconds):
    assert pace.tick(viewers) == seconds


async def test_the_tick_counts_the_viewers_of_all_processes(one_hub, record):
    await seated(one_hub)
    feed = one_hub._feeds[ROOM]
    feed._flushed_at = 10.0
    feed.presence = feed.presence | {"viewers": 60_000}
    assert feed._next_tick() == 10.25


async def test_urgent_frames_of_one_moment_leave_together_with_what_waits(one_hub, record):
    screen = await seated(one_hub)
    for number in range(3):
        one_hub.accept(record.say(number))
    for _ in range(2):
        one_hub.accept(record.write())
    await settle()
    assert [len(json.loads(text).get("frames", [])) for text in screen.texts[1:]] == [5]


async def test_lines_after_an_urgent_frame_wait_for_their_tick_again(one_hub, record, monkeypatch):
    monkeypatch.setattr(pace, "TICK", 0.05)
    screen = await seated(one_hub)
    one_hub.accept(record.write())
    await settle()
    for number in range(5):
        one_hub.accept(record.say(number))
    await settle()
    assert screen.numbers() == [1]
    await until(lambda: screen.numbers() == [1, 2, 3, 4, 5, 6])
    assert len(screen.texts) == 3


async def test_a_tick_of_zero_sends_everything_at_once(one_hub, record, monkeypatch):
    monkeypatch.setattr(pace, "TICK", 0)
    screen = await seated(one_hub)
    for number in range(5):
        one_hub.accept(record.say(number))
        await settle()
    assert len(screen.texts) == 6


async def test_an_unsequenced_frame_comes_after_all_that_waited(one_hub, record):
    screen = await seated(one_hub)
    for number in range(3):
        one_hub.accept(record.say(number))
    feed: Feed = one_hub._feeds[ROOM]
    feed.tell_all(feed.heartbeat())
    await settle()
    assert [frame["type"] for frame in screen.frames()][1:] == ["chat.posted"] * 3 + ["heartbeat"]


async def test_a_burst_leaves_the_tick_alone(one_hub, record):
    screen = await seated(one_hub)
    for number in range(3):
        one_hub.accept(record.say(number))
    one_hub.burst(ROOM, '{"type":"reactions"}')
    assert [frame["type"] for frame in screen.frames()] == ["hello"]
    await settle()
    assert [frame["type"] for frame in screen.frames()][1:] == ["reactions"] + ["chat.posted"] * 3


async def test_a_cut_screen_is_offered_nothing(one_hub, record):
    screen: Screen = await seated(one_hub)
    screen.seat.outbox.cut(Close.TOO_OLD)
    one_hub.accept(record.write())
    await settle()
    assert screen.numbers() == []
