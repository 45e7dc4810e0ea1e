"""What browsers report over the real socket: reactions, votes, how far behind the picture is."""

import json
from datetime import UTC, datetime

import pytest

from livechat.consumers import reports
from livechat.consumers.hubs import hub_here
from livechat.consumers.threads import in_database
from livechat.domain import polls
from livechat.models import PollVote
from livechat.wire import pulse
from tests.factories.accounts import make_superuser, make_user
from tests.factories.events import make_event_host, make_host
from tests.factories.livechat import make_poll, make_room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(pulse, "BEAT", 0.0)


def a_poll():
    return make_poll(make_room(), options=["The blue", "The ivory", "The marigold"])


async def enter(arrive, room=None, *, rehearsal=False, **who):
    browser = await arrive(room, **who)
    assert await browser.open(rehearsal=rehearsal)
    browser.hello = await browser.next("hello")
    return browser


async def vote(browser, poll, option, *, id_="v1"):
    await browser.send({"type": "vote", "id": id_, "poll": poll.public_id, "option": option})
    return await browser.next("ack", "error")


def answer(frame):
    return frame["type"], frame.get("code") or frame["id"]


# --- Votes -------------------------------------------------------------------------------------------------
async def test_a_vote_is_acknowledged_and_the_bars_move(arrive):
    poll = await in_database(a_poll)
    mina, wei = await enter(arrive, poll.room), await enter(arrive, poll.room, guest_name="Wei")
    assert answer(await vote(mina, poll, 1)) == ("ack", poll.public_id)
    tally = {"type": "poll.tally", "id": poll.public_id, "counts": [0, 1, 0], "rehearsal": 0}
    while await wei.next("poll.tally") != tally:
        pass


async def test_a_second_thought_is_refused_and_the_first_choice_told(arrive):
    poll = await in_database(a_poll)
    mina = await enter(arrive, poll.room)
    await vote(mina, poll, 1)
    assert answer(await vote(mina, poll, 2, id_="v2")) == ("error", "already_voted")
    you = [frame for frame in mina.frames if frame["type"] == "you"]
    assert you[-1]["you"]["vote"] == {"poll": poll.public_id, "option": 1}
    assert answer(await vote(mina, poll, 1, id_="v3")) == ("ack", poll.public_id)


async def test_refusals_have_codes(arrive):
    poll = await in_database(a_poll)
    mina = await enter(arrive, poll.room)
    assert answer(await vote(mina, poll, 3)) == ("error", "bad_option")
    await in_database(polls.close_poll, poll, by=await in_database(make_superuser), now=datetime.now(UTC))
    assert answer(await vote(mina, poll, 0)) == ("error", "poll_closed")
    assert await in_database(PollVote.objects.count) == 0


async def test_ones_own_choice_is_known_after_a_reload_and_in_every_window(arrive):
    poll = await in_database(a_poll)
    mina = await enter(arrive, poll.room)
    second = await arrive(poll.room)
    second.session, second.viewer = mina.session, mina.viewer
    assert await second.open()
    assert (await second.next("hello"))["you"]["vote"] is None
    await vote(mina, poll, 2)
    choice = {"poll": poll.public_id, "option": 2}
    assert (await second.next("you"))["you"]["vote"] == choice
    await second.send({"type": "since", "epoch": second.frames[0]["epoch"], "seq": 0})
    assert (await second.next("hello"))["you"]["vote"] == choice
    await second.leave()
    assert await second.open()
    assert (await second.next("hello"))["you"]["vote"] == choice


async def test_people_at_work_do_not_vote(arrive):
    poll, host = await in_database(a_poll), await in_database(make_user)
    await in_database(lambda: make_event_host(poll.room.event, host=make_host(user=host)))
    console = await enter(arrive, poll.room, user=host)
    assert answer(await vote(console, poll, 0)) == ("error", "forbidden")


async def test_the_crowds_votes_stand_apart(arrive):
    poll = await in_database(a_poll)
    crowd = await enter(arrive, poll.room, rehearsal=True)
    await vote(crowd, poll, 0)
    tally = await crowd.next("poll.tally")
    while tally["rehearsal"] == 0:
        tally = await crowd.next("poll.tally")
    assert (tally["counts"], tally["rehearsal"]) == ([0, 0, 0], 1)


# --- Reactions ---------------------------------------------------------------------------------------------
def given(frames_):
    return sum(frame["counts"].get("heart", 0) for frame in frames_ if frame["type"] == "reactions")


async def test_a_storm_of_taps_is_throttled_silently_and_never_punished(arrive):
    mina = await enter(arrive)
    for _ in range(300):
        await mina.send({"type": "react", "kind": "heart"})
    await mina.send({"type": "ping"})
    await mina.next("heartbeat")
    await mina.next("reactions")
    await mina.send({"type": "ping"})
    await mina.next("heartbeat")
    assert [frame for frame in mina.frames if frame["type"] == "error"] == []
    assert reports.TAPS_BURST <= given(mina.frames) <= 2 * reports.TAPS_BURST


async def test_twin_without_a_bucket_of_their_own_taps_would_cost_the_socket(arrive, monkeypatch):
    monkeypatch.setattr(reports, "is_tap", lambda _text: False)
    mina = await enter(arrive)
    for _ in range(300):
        await mina.send({"type": "react", "kind": "heart"})
    assert await mina.closed() == 1008


async def test_reactions_outside_the_list_are_refused(arrive):
    mina = await enter(arrive)
    await mina.send({"type": "react", "kind": "confetti"})
    assert (await mina.next("error"))["code"] == "bad_field"


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_taps_are_known_without_parsing(separators):
    assert reports.is_tap(json.dumps({"type": "react", "kind": "heart"}, separators=separators))


def test_what_is_no_tap_or_too_long_for_one_is_parsed():
    for frame in ({"type": "vote"}, {"type": "react", "kind": "h" * 300}, {"kind": "heart", "type": "react"}):
        assert not reports.is_tap(json.dumps(frame))


# --- The picture and the address ---------------------------------------------------------------------------
def seats(room):
    return list(hub_here().feed(room.pk).seats)


async def test_a_lag_is_kept_with_the_seat_and_answered_with_nothing(arrive):
    mina = await enter(arrive)
    for behind in (4_200, -1, 120_001):
        await mina.send({"type": "lag", "behind": behind})
    await mina.send({"type": "ping"})
    await mina.next("heartbeat")
    assert [seat.lag for seat in seats(mina.room)] == [4_200]
    assert [frame["type"] for frame in mina.frames if frame["type"] in {"ack", "error"}] == []


async def test_a_seat_knows_whether_it_asked_spoke_and_counts(arrive):
    room = await in_database(make_room)
    mina, crowd = await enter(arrive, room), await enter(arrive, room, guest_name="C", rehearsal=True)
    await mina.send({"type": "chat.send", "id": "c1", "text": "Hello"})
    await mina.next("ack")
    await crowd.send({"type": "ping"})
    await crowd.next("heartbeat")
    found = {seat.viewer_key: (seat.spoke, seat.asked, seat.counted) for seat in seats(room)}
    assert found == {mina.viewer.key: (True, False, True), crowd.viewer.key: (False, True, True)}


async def test_staff_hear_of_the_audience(arrive, monkeypatch):
    room, boss = await in_database(make_room), await in_database(make_superuser)
    mina, console = await enter(arrive, room), await enter(arrive, room, user=boss)
    await mina.send({"type": "lag", "behind": 6_200})
    told = await console.next("audience")
    while told["lag"] is None:
        hub_here()._census._told_at = hub_here()._census._taken_at = 0.0
        told = await console.next("audience")
    assert (told["viewers"], told["lag"], told["slowest"], told["suspected"]) == (1, 6_200, 6_200, {})
