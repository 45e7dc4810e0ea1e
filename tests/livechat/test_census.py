"""The hub's own work on people, reactions and polls: what leaves, to whom and how often."""

import json

import pytest

from livechat.wire import announce, audience, census, pulse
from livechat.wire.hub import Hub
from tests.livechat.hub_doubles import ROOM, MemoryLog, seated, settle, until


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Every turn of the clock is the time for everything."""
    monkeypatch.setattr(census, "AT_LEAST", 0.0)
    monkeypatch.setattr(census, "AT_MOST", 0.0)
    monkeypatch.setattr(census, "CHECK_HANDS", 0.0)
    monkeypatch.setattr(pulse, "BEAT", 0.0)


async def told(screen, type_):
    await settle()
    return [frame for frame in screen.frames() if frame["type"] == type_]


async def at_work(one_hub, name="host"):
    screen = await seated(one_hub, name)
    screen.seat.audience = screen.seat.counted = False
    return screen


def feeds(one_hub):
    return dict(one_hub._feeds)


# --- People ------------------------------------------------------------------------------------------------
async def test_a_change_is_told_once(one_hub, record):
    screen = await seated(one_hub)
    for _ in range(3):
        await one_hub._presence()
    assert await told(screen, "presence") == [{"type": "presence", "viewers": 1, "rehearsal": 0}]


async def test_who_comes_back_without_a_snapshot_is_told_how_many_are_here(one_hub, record):
    await seated(one_hub)
    await one_hub._presence()
    back = await seated(one_hub, "wei", epoch=record.epoch, seq=0)
    assert [frame["type"] for frame in back.frames()] == ["hello", "presence"]
    assert await told(back, "presence") == [{"type": "presence", "viewers": 1, "rehearsal": 0}]


async def test_other_processes_people_are_counted_in(one_hub, record):
    screen = await seated(one_hub)
    record.elsewhere = [{"people": [["t1", "", "", 0], ["t2", "", "", 0]], "crowd": 4, "lags": {}}]
    await one_hub._presence()
    assert await told(screen, "presence") == [{"type": "presence", "viewers": 3, "rehearsal": 4}]


async def test_a_large_crowd_is_told_coarsely_and_therefore_seldom(one_hub, record):
    screen = await seated(one_hub)
    for viewers in (1_250, 1_260, 1_299, 1_301):
        record.elsewhere = [{"viewers": viewers - 1, "crowd": 0, "lags": {}}]
        await one_hub._presence()
    assert [frame["viewers"] for frame in await told(screen, "presence")] == [1_200, 1_300]


async def test_people_at_work_hear_how_the_room_is_doing_and_viewers_do_not(one_hub, record):
    viewer, host = await seated(one_hub), await at_work(one_hub)
    feed = one_hub.feed(ROOM)
    feed.audience.picture(viewer.seat, 4_200, now=viewer.seat.since)
    record.fast_hands = {"guest:wei"}
    await seated(one_hub, "wei")
    await one_hub._presence()
    assert await told(host, "audience") == [
        {
            "type": "audience",
            "viewers": 1,
            "rehearsal": 0,
            "suspected": {"scripted": 1},
            "lag": 4_200,
            "slowest": 4_200,
            "product_lines": 3,
            "fan_lines": 2,
        }
    ]
    assert await told(viewer, "audience") == []


async def test_nobody_asks_what_the_talk_is_about_where_nobody_works(one_hub, record):
    await seated(one_hub)

    async def talk(rooms):
        raise AssertionError("asked")

    record.talk = talk
    await one_hub._presence()


async def test_large_rooms_are_not_counted_at_every_arrival(one_hub, record, monkeypatch):
    monkeypatch.setattr(census, "AT_LEAST", 1_000.0)
    monkeypatch.setattr(census, "NAMED_AT_MOST", 1)
    await seated(one_hub)
    await one_hub._presence()
    before = len(record.reports)
    for name in ("wei", "omar"):
        await seated(one_hub, name)
        await one_hub._presence()
    assert len(record.reports) == before + 1
    monkeypatch.setattr(census, "NAMED_AT_MOST", audience.NAMED_AT_MOST)
    await seated(one_hub, "lea")
    await one_hub._presence()
    assert len(record.reports) == before + 2


async def test_a_room_that_is_not_held_here_is_passed_over(one_hub, record):
    screen = await seated(one_hub)

    async def report(reports):
        return {ROOM: audience.merged(reports.values()), 99: audience.merged([])}

    record.report = report
    await one_hub._census.report(feeds(one_hub))
    one_hub._feeds.clear()
    assert await told(screen, "presence") == [{"type": "presence", "viewers": 1, "rehearsal": 0}]


# --- Reactions ---------------------------------------------------------------------------------------------
def give(one_hub, kind="heart", times=1, **who):
    for _ in range(times):
        one_hub.feed(ROOM).responses.give(kind, **{"crowd": False, "audience": True} | who)


async def test_taps_leave_as_one_burst_and_are_written_in_one_go(one_hub, record):
    screens = [await seated(one_hub, name) for name in ("mina", "wei")]
    give(one_hub, times=500)
    give(one_hub, "spark", crowd=True)
    await one_hub._answers()
    await one_hub._answers()
    await settle()
    burst = {"type": "reactions", "counts": {"heart": 500}, "rehearsal": {"spark": 1}}
    assert [await told(screen, "reactions") for screen in screens] == [[burst], [burst]]
    assert record.reactions == [{ROOM: {"heart": 500}}]


async def test_bursts_keep_a_second_between_them(one_hub, record, monkeypatch):
    screen = await seated(one_hub)
    give(one_hub)
    await one_hub._answers()
    monkeypatch.setattr(pulse, "BEAT", 1_000.0)
    give(one_hub)
    await one_hub._answers()
    assert len(await told(screen, "reactions")) == 1


async def test_what_could_not_be_written_is_written_later(one_hub, record):
    await seated(one_hub)
    give(one_hub, times=2)
    record.down = True
    with pytest.raises(ConnectionError):
        await one_hub._answers()
    record.down = False
    give(one_hub)
    await one_hub._answers()
    assert record.reactions == [{ROOM: {"heart": 3}}]


async def test_the_last_viewers_taps_are_not_lost(one_hub, record, monkeypatch):
    screen = await seated(one_hub)
    await one_hub._answers()
    monkeypatch.setattr(pulse, "BEAT", 1_000.0)
    give(one_hub)
    one_hub.detach(ROOM, screen.seat)
    await one_hub._answers()
    assert record.reactions == [{ROOM: {"heart": 1}}]


async def test_two_processes_show_the_same_burst_and_write_each_its_own(wire, monkeypatch):
    records = [MemoryLog(), MemoryLog()]
    hubs = [Hub(one) for one in records]
    screens = [await seated(one, "mina") for one in hubs]
    give(hubs[0], times=2)
    # As another process: what this one publishes is heard, not taken for its own.
    monkeypatch.setattr(announce, "is_own", lambda _message: False)
    announce.listen(hubs[0])
    await hubs[0]._answers()
    await until(lambda: hubs[1].feed(ROOM).responses._heard)
    await hubs[1]._answers()
    assert (await told(screens[1], "reactions"))[-1]["counts"] == {"heart": 2}
    assert (records[0].reactions, records[1].reactions) == ([{ROOM: {"heart": 2}}], [])
    for one in hubs:
        for task in one._tasks:
            task.cancel()


# --- Polls -------------------------------------------------------------------------------------------------
TALLY = {"id": "p1", "counts": [2, 1], "rehearsal": 0}


async def test_new_votes_are_counted_once_a_second_for_the_whole_room(one_hub, record):
    screens = [await seated(one_hub, name) for name in ("mina", "wei")]
    record.tally = TALLY
    for _ in range(40):
        pulse.hear(one_hub.feed(ROOM), {"votes": True})
    await one_hub._answers()
    assert [await told(screen, "poll.tally") for screen in screens] == [[{"type": "poll.tally", **TALLY}]] * 2
    assert record.counted == 1
    await one_hub._answers()
    assert record.counted == 1


async def test_votes_nobody_told_us_of_are_found_by_looking_again(one_hub, record, monkeypatch):
    screen = await seated(one_hub)
    await one_hub._answers()
    record.tally = TALLY
    monkeypatch.setattr(pulse, "LOOK_AGAIN", 0.0)
    await one_hub._answers()
    await one_hub._answers()
    assert len(await told(screen, "poll.tally")) == 1


async def test_newcomers_see_where_the_poll_stands(one_hub, record):
    await seated(one_hub)
    record.tally = TALLY
    pulse.hear(one_hub.feed(ROOM), {"votes": True})
    await one_hub._answers()
    late = await seated(one_hub, "wei")
    assert [frame["type"] for frame in late.frames()] == ["hello", "poll.tally"]


async def test_a_poll_that_closed_leaves_no_tally_behind(one_hub, record):
    await seated(one_hub)
    record.tally = TALLY
    pulse.hear(one_hub.feed(ROOM), {"votes": True})
    await one_hub._answers()
    one_hub.accept(record.write("poll.closed", id="p1", counts=[2, 1]))
    late = await seated(one_hub, "wei")
    assert await told(late, "poll.tally") == []
    record.tally = {}
    await one_hub._answers()
    assert one_hub.feed(ROOM).responses.tally == ""


async def test_an_opened_poll_is_counted_at_once(one_hub, record):
    screen = await seated(one_hub)
    await one_hub._answers()
    record.tally = TALLY | {"counts": [0, 0]}
    one_hub.accept(record.write("poll.opened", id="p1", question="Which?", options=["A", "B"]))
    await one_hub._answers()
    assert [json.dumps(frame["counts"]) for frame in await told(screen, "poll.tally")] == ["[0, 0]"]
