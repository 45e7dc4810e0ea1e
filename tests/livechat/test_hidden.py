"""Hidden people: they see their own lines everywhere, nobody else sees or feels anything of them."""

import json
from dataclasses import fields
from datetime import timedelta
from statistics import median
from time import process_time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.viewers import GUEST, GUEST_NAME, Viewer
from events.enums import StaffRole
from livechat.consumers import speech
from livechat.consumers.door import Entry
from livechat.consumers.record import Record
from livechat.consumers.threads import in_database
from livechat.domain import hidden, log, review
from livechat.domain.authors import NOWHERE, person_of
from livechat.domain.messages import post_message
from livechat.domain.moderation import clear_lines, delete_message
from livechat.domain.sanctions import impose
from livechat.domain.snapshot import snapshot
from livechat.domain.undoing import undo
from livechat.models import ChatMessage, LineState, RoomFrame, SanctionKind
from livechat.wire import frames
from livechat.wire.fold import fold
from livechat.wire.seats import Pass
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event_staff
from tests.factories.livechat import make_guest, make_room, make_sanction

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_room()


@pytest.fixture
def lead(room):
    user = make_user()
    make_event_staff(room.event, user=user, role=StaffRole.LEAD)
    return user


@pytest.fixture
def troll(room):
    """A guest who was hidden before the first word of this test."""
    viewer = make_guest("Eve")
    make_sanction(room, key=viewer.key, kind=SanctionKind.HIDE)
    return viewer


def say(room, viewer, text="Look at me", **over):
    options = {"client_id": text[:40], "badge": "", "now": NOW} | over
    return post_message(room, viewer=viewer, text=text, **options)


def replay(room, reader=""):
    return [log.to_message(frame, reader=reader) for frame in log.since(room, epoch=room.epoch, seq=0)]


def test_a_hidden_line_is_a_place_without_content_to_all_but_its_writer(room, troll):
    say(room, make_guest(), "Good evening")
    line = say(room, troll)
    say(room, make_guest(), "Is it lined?")
    assert line.state == LineState.HIDDEN
    assert [frame["type"] for frame in replay(room)] == ["chat.posted", "skip", "chat.posted"]
    assert [frame["seq"] for frame in replay(room)] == [1, 2, 3]
    mine = replay(room, troll.key)[1]
    assert (mine["type"], mine["seq"], mine["text"]) == ("chat.posted", 2, "Look at me")
    assert "Look at me" not in json.dumps(replay(room, make_guest().key))


def test_on_the_wire_one_person_gets_the_line_and_the_others_a_skip(room, troll):
    say(room, troll)
    logged = log.to_logged(RoomFrame.objects.get())
    assert logged.type == "skip"
    assert json.loads(logged.text)["type"] == "skip"
    assert json.loads(logged.text_for(troll.key))["text"] == "Look at me"
    assert logged.text_for(make_guest().key) == logged.text


def test_twin_without_only_for_everybody_reads_the_line(room, troll):
    say(room, troll)
    RoomFrame.objects.update(only_for="")
    assert replay(room)[0]["text"] == "Look at me"


def test_snapshots_count_and_show_it_to_nobody_else(room, troll):
    say(room, make_guest(), "Good evening")
    say(room, troll)
    card = snapshot(room, now=NOW)
    assert [line["text"] for line in card["chat"]] == ["Good evening"]
    merged = hidden.merged(card, room, troll.key)
    assert [line["text"] for line in merged["chat"]] == ["Good evening", "Look at me"]
    assert hidden.merged(card, room, make_guest().key) == card


def test_snapshot_plus_frames_is_the_next_snapshot_for_others(room, troll):
    before = snapshot(room, now=NOW)
    say(room, troll)
    say(room, make_guest(), "Good evening")
    assert fold(before, replay(room)) == snapshot(room, now=NOW)


def test_the_writer_sees_it_again_after_a_reload(room, troll):
    client = Client()
    session = client.session
    session[GUEST], session[GUEST_NAME] = troll.key.removeprefix("guest:"), "Eve"
    session.save()
    say(room, troll)
    for reader, seen in ((client, True), (Client(), False)):
        for name in ("api-room", "event"):
            page = reader.get(reverse(name, args=[room.event.slug])).content.decode()
            assert ("Look at me" in page) is seen


@pytest.mark.django_db(transaction=True)
async def test_the_hub_knows_whose_snapshots_have_more():
    def prepare():
        room = make_room()
        viewer = make_guest("Eve")
        make_sanction(room, key=viewer.key, kind=SanctionKind.HIDE)
        say(room, viewer)
        return room, viewer

    room, viewer = await in_database(prepare)
    record = Record()
    assert await record.hidden_people(room.pk) == {viewer.key}
    assert [line["text"] for line in await record.hidden(room.pk, viewer.key)] == ["Look at me"]
    assert await record.hidden(room.pk, "guest:other") == []


def test_others_may_say_the_same_and_are_no_flood_because_of_it(room, lead):
    trolls = [make_guest() for _ in range(6)]
    text = "Everything here is a copy, buy at the corner shop instead"
    for viewer in trolls:
        make_sanction(room, key=viewer.key, kind=SanctionKind.HIDE)
        assert say(room, viewer, text).state in (LineState.HIDDEN, LineState.HELD)
    assert say(room, make_guest(), text).state == LineState.SHOWN


def test_a_hidden_persons_wave_takes_nothing_off_the_screens(room, troll):
    text = "What a wonderful evening this is, thank you all for coming here"
    for number in range(4):
        old = make_user(created_at=NOW - timedelta(days=9))
        say(room, Viewer(f"user:{old.pk}", old, f"Guest {number}"), text)
    say(room, troll, text)
    assert ChatMessage.objects.filter(state=LineState.SHOWN, deleted_at=None).count() == 4


def test_in_a_room_under_review_they_wait_like_all_and_are_let_through_to_themselves(room, troll, lead):
    room.review = True
    room.save()
    line = say(room, troll)
    assert (line.state, line.held_for) == (LineState.HELD, "review")
    line.room = room
    review.decide(line, approve=True, by=lead, now=NOW)
    assert [frame["type"] for frame in replay(room)] == ["skip"]
    assert replay(room, troll.key)[0]["text"] == "Look at me"


def test_removing_their_lines_shows_in_nobody_elses_log(room, troll, lead):
    first = say(room, troll)
    first.room = room
    act = delete_message(first, by=lead, now=NOW)
    assert [frame["type"] for frame in replay(room)] == ["skip", "skip"]
    assert [frame["type"] for frame in replay(room, troll.key)] == ["chat.posted", "chat.deleted"]
    assert "Look at me" not in json.dumps(replay(room, troll.key))
    undo(act, by=lead, now=NOW)
    assert replay(room, troll.key)[0]["text"] == replay(room, troll.key)[2]["text"] == "Look at me"
    clear_lines(room, target=person_of(room, first.author_tag), by=lead, now=NOW)
    assert [frame["type"] for frame in replay(room)] == ["skip"] * 4


def test_hiding_somebody_leaves_what_they_said_before(room, lead):
    viewer = make_guest()
    before = say(room, viewer, "Good evening")
    target = person_of(room, before.author_tag)
    act = impose(room, kind=SanctionKind.HIDE, target=target, by=lead, now=NOW)
    assert say(room, viewer, "Anybody there?").state == LineState.HIDDEN
    undo(act, by=lead, now=NOW)
    assert say(room, viewer, "Hello again").state == LineState.SHOWN


# --- Answers -----------------------------------------------------------------------------------------------
def entry_for(room, viewer):
    """A socket's entry, as far as speaking asks for it."""
    known = {"room": room.pk, "viewer_key": viewer.key, "right": Pass("", None, ""), "origin": NOWHERE}
    return Entry(**{field.name: False for field in fields(Entry)} | known)


@pytest.fixture
def named(monkeypatch):
    monkeypatch.setattr(speech, "name_of", lambda *_args, **_kwargs: "Mina")


def answer(room, viewer, number):
    frame = frames.ChatSend(id=f"c{number}", text=f"Line number {number} of mine")
    start = process_time()
    found = speech.say(entry_for(room, viewer), frame)
    return found, (process_time() - start) * 1000


def test_the_answer_has_the_same_shape_for_everybody(room, troll, named):
    for viewer in (troll, make_guest()):
        found, _took = answer(room, viewer, 1)
        assert isinstance(found, frames.Ack)
        assert (found.ref, found.seq > 0) == ("c1", True)


def test_the_answer_takes_as_much_work_for_everybody(room, troll, named):
    other = make_guest()
    took = {viewer.key: [] for viewer in (troll, other)}
    # By turns, so that whatever else this machine does falls on both alike; nineteen are what may be said.
    for number in range(19):
        for viewer in (troll, other) if number % 2 else (other, troll):
            took[viewer.key].append(answer(room, viewer, number)[1])
    mine, theirs = (median(took[viewer.key]) for viewer in (troll, other))
    # What the processor takes; on a busy machine half of it is noise.
    assert abs(mine - theirs) < max(5.0, theirs / 2), f"{mine:.2f} ms against {theirs:.2f} ms"


def test_both_ways_cost_the_same_queries(room, troll, named):
    counts = []
    for viewer in (make_guest(), troll, make_guest()):
        answer(room, viewer, 100)
        with CaptureQueriesContext(connection) as captured:
            answer(room, viewer, 101)
        counts.append(len(captured))
    assert len(set(counts)) == 1
