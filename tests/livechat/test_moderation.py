"""Taking lines away and bringing them back: what screens, logs, replays and the audit say after it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from events.enums import StaffRole
from livechat.domain import acts, log, notices, review
from livechat.domain.authors import person_of
from livechat.domain.messages import post_message
from livechat.domain.moderation import clear_lines, delete_message
from livechat.domain.room_settings import change_settings
from livechat.domain.snapshot import snapshot
from livechat.domain.undoing import WAYS_BACK, undo
from livechat.errors import NotAllowed, NotOnStaff, NotUndoable, NotWaiting, TooLong
from livechat.models import ChatMessage, LineState, ModerationAct, Notice, Room
from livechat.wire import announce
from livechat.wire.fold import fold
from tests.factories.accounts import make_superuser, make_user
from tests.factories.events import NOW, make_event_host, make_event_staff, make_host
from tests.factories.livechat import as_viewer, make_act, make_guest, make_room

SECRET = "call me at the old number"


@pytest.fixture
def room(db):
    return make_room()


@pytest.fixture
def moderator(room):
    return staff(room, StaffRole.MODERATOR)


def staff(room, role):
    user = make_user()
    make_event_staff(room.event, user=user, role=role)
    return user


def say(room, viewer, text="Is it lined?", **over):
    options = {"client_id": text[:40], "badge": "", "now": NOW} | over
    line = post_message(room, viewer=viewer, text=text, **options)
    line.room = room
    return line


def everything_told(room):
    """History, replay and log: what anybody can still be told of this room."""
    rows = log.since(room, epoch=room.epoch, seq=0)
    replay = [log.to_message(frame, reader=frame.only_for) for frame in rows]
    return json.dumps([snapshot(room, now=NOW), replay, list(room.frames.values_list("body", flat=True))])


def screen(room):
    return [(line["text"], line["deleted"]) for line in snapshot(room, now=NOW)["chat"]]


# --- T24: nothing is left of what was taken away -----------------------------------------------------------
def test_of_a_removed_line_no_copy_is_left(room, moderator):
    line = say(room, make_guest(), SECRET)
    assert SECRET in everything_told(room)
    delete_message(line, by=moderator, now=NOW)
    assert SECRET not in everything_told(room)


def test_of_a_persons_lines_no_copy_is_left_and_others_stay(room, moderator):
    guest = make_guest()
    for number in range(3):
        say(room, guest, f"{SECRET} {number}")
    say(room, make_guest(), "Good evening")
    act = clear_lines(
        room, target=person_of(room, ChatMessage.objects.first().author_tag), by=moderator, now=NOW
    )
    assert SECRET not in everything_told(room)
    assert screen(room)[-1] == ("Good evening", False)
    assert act.detail["count"] == 3
    assert room.frames.filter(type="chat.cleared").count() == 1


def test_a_line_restored_and_removed_again_leaves_no_copy_either(room, moderator):
    line = say(room, make_guest(), SECRET)
    undo(delete_message(line, by=moderator, now=NOW), by=moderator, now=NOW)
    assert SECRET in everything_told(room)
    delete_message(line, by=moderator, now=NOW)
    assert SECRET not in everything_told(room)


def test_twin_without_redaction_the_log_still_has_the_words(room, moderator, monkeypatch):
    monkeypatch.setattr(log, "redact", lambda _room, _ids: None)
    delete_message(say(room, make_guest(), SECRET), by=moderator, now=NOW)
    assert SECRET in everything_told(room)


# --- Undoing -----------------------------------------------------------------------------------------------
def test_undoing_a_removal_heals_log_and_screens(room, moderator):
    guest = make_guest()
    first, second = say(room, guest, "One"), say(room, guest, "Two")
    before = snapshot(room, now=NOW)
    act = clear_lines(room, target=person_of(room, first.author_tag), by=moderator, now=NOW)
    undo(act, by=moderator, now=NOW)
    assert screen(room) == [("One", False), ("Two", False)]
    frames = [log.to_message(frame) for frame in log.since(room, epoch=room.epoch, seq=0)]
    assert fold(before, frames) == snapshot(room, now=NOW)
    assert [frame["text"] for frame in frames if frame["type"] == "chat.posted"] == ["One", "Two"]
    assert second.public_id in act.detail["lines"]


def test_what_was_removed_before_stays_removed(room, moderator):
    guest = make_guest()
    first = say(room, guest, "One")
    say(room, guest, "Two")
    delete_message(first, by=moderator, now=NOW)
    undo(
        clear_lines(room, target=person_of(room, first.author_tag), by=moderator, now=NOW),
        by=moderator,
        now=NOW,
    )
    assert screen(room) == [("", True), ("Two", False)]


def test_clearing_refuses_what_waits_and_undoing_lets_it_wait_again(room, moderator):
    guest = make_guest()
    shown = say(room, guest, "One")
    Room.objects.update(review=True)
    say(Room.objects.select_related("event__brand").get(), guest, "Two")
    act = clear_lines(room, target=person_of(room, shown.author_tag), by=moderator, now=NOW)
    assert review.queue(room, by=moderator) == []
    undo(act, by=moderator, now=NOW)
    assert [line["text"] for line in review.queue(room, by=moderator)] == ["Two"]


def test_what_a_rehearsal_said_does_not_come_back_into_the_show(room, moderator):
    act = delete_message(say(room, make_guest()), by=moderator, now=NOW)
    log.restart(Room.objects.get(pk=room.pk))
    with pytest.raises(NotUndoable):
        undo(act, by=moderator, now=NOW)
    assert ModerationAct.objects.get(pk=act.pk).undone_at is None


def test_an_approval_and_a_refusal_are_undone(room, moderator):
    Room.objects.update(review=True)
    room = Room.objects.select_related("event__brand").get()
    one, two = say(room, make_guest(), "One"), say(room, make_guest(), "Two")
    approved = review.decide(one, approve=True, by=moderator, now=NOW + timedelta(minutes=3))
    refused = review.decide(two, approve=False, by=moderator, now=NOW)
    assert screen(room) == [("One", False)]
    undo(approved, by=moderator, now=NOW)
    undo(refused, by=moderator, now=NOW)
    assert screen(room) == [("", True)]
    assert [line["text"] for line in review.queue(room, by=moderator)] == ["Two"]


def test_settings_changed_again_since_stay(room):
    lead = staff(room, StaffRole.LEAD)
    first = change_settings(room, by=lead, now=NOW, slow_seconds=30, review=True)
    change_settings(room, by=lead, now=NOW, slow_seconds=60)
    undo(first, by=lead, now=NOW)
    fresh = Room.objects.get(pk=room.pk)
    assert (fresh.slow_seconds, fresh.review) == (60, False)
    assert change_settings(room, by=lead, now=NOW) is None
    with pytest.raises(TypeError):
        change_settings(room, by=lead, now=NOW, head=7)


def test_an_announcement_another_one_replaced_is_not_undone(room, moderator):
    first = notices.place_notice(room, text="One", by=moderator, now=NOW)
    notices.place_notice(room, text="Two", by=moderator, now=NOW)
    with pytest.raises(NotUndoable):
        undo(first, by=moderator, now=NOW)
    assert Notice.objects.get(removed_at=None).text == "Two"


def test_undoing_the_only_announcement_takes_it_down(room, moderator):
    undo(notices.place_notice(room, text="One", by=moderator, now=NOW), by=moderator, now=NOW)
    assert snapshot(room, now=NOW)["notice"] is None
    with pytest.raises(TooLong):
        notices.place_notice(room, text="x" * 201, by=moderator, now=NOW)


def test_moderators_undo_their_own_acts_and_leads_all(room, moderator):
    act = delete_message(say(room, make_guest()), by=moderator, now=NOW)
    for stranger in (make_user(), staff(room, StaffRole.MODERATOR)):
        with pytest.raises(NotAllowed):
            undo(act, by=stranger, now=NOW)
    assert undo(act, by=staff(room, StaffRole.LEAD), now=NOW).verb == "undo"


def test_an_undoing_is_not_undone(room):
    with pytest.raises(NotUndoable):
        undo(make_act(room, verb="undo"), by=make_superuser(), now=NOW)


def test_every_verb_that_can_be_undone_has_its_way_back():
    assert set(WAYS_BACK) == acts.UNDOABLE


# --- Staff -------------------------------------------------------------------------------------------------
def test_lines_of_people_at_work_are_theirs_and_their_managers(room, moderator):
    host = make_user()
    make_event_host(room.event, host=make_host(user=host))
    line = say(room, as_viewer(host), badge="host")
    lead = staff(room, StaffRole.LEAD)
    for person in (moderator, lead):
        with pytest.raises(NotOnStaff):
            delete_message(line, by=person, now=NOW)
    with pytest.raises(NotOnStaff):
        clear_lines(room, target=person_of(room, line.author_tag), by=lead, now=NOW)
    assert delete_message(line, by=staff(room, StaffRole.PRODUCER), now=NOW).verb == "delete"


# --- The queue ---------------------------------------------------------------------------------------------
@pytest.fixture
def told(monkeypatch):
    heard = []
    monkeypatch.setattr(announce, "tell", lambda room, to, text: heard.append((to, json.loads(text))))
    return heard


def test_who_is_told_what_of_a_waiting_line(room, moderator, told, django_capture_on_commit_callbacks):
    Room.objects.update(review=True)
    room, guest = Room.objects.select_related("event__brand").get(), make_guest()
    with django_capture_on_commit_callbacks(execute=True):
        line = say(room, guest, "One")
    with django_capture_on_commit_callbacks(execute=True):
        review.decide(line, approve=False, by=moderator, now=NOW)
    assert [(to, frame["type"]) for to, frame in told] == [
        ("staff", "review.waiting"),
        (guest.key, "refused"),
        ("staff", "review.settled"),
    ]
    assert told[0][1]["reason"] == "review"
    assert room.frames.count() == 0


def test_a_line_let_through_takes_its_place_now(room, moderator):
    Room.objects.update(review=True)
    room = Room.objects.select_related("event__brand").get()
    waiting = say(room, make_guest(), "One")
    Room.objects.update(review=False)
    room = Room.objects.select_related("event__brand").get()
    say(room, make_guest(), "Two", now=NOW + timedelta(seconds=5))
    review.decide(waiting, approve=True, by=moderator, now=NOW + timedelta(seconds=9))
    lines = snapshot(room, now=NOW)["chat"]
    assert [line["text"] for line in lines] == ["Two", "One"]
    assert lines[1]["at"] == log.milliseconds(NOW + timedelta(seconds=9))


def test_a_line_is_decided_about_once(room, moderator):
    Room.objects.update(review=True)
    line = say(Room.objects.select_related("event__brand").get(), make_guest())
    review.decide(line, approve=True, by=moderator, now=NOW)
    for approve in (True, False):
        with pytest.raises(NotWaiting):
            review.decide(line, approve=approve, by=moderator, now=NOW)
    assert ModerationAct.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_moderators_at_once_one_decides():
    room = make_room(review=True)
    line = say(room, make_guest())
    people = [staff(room, StaffRole.MODERATOR) for _ in range(4)]

    def decide(person):
        try:
            return review.decide(line, approve=person.pk % 2 == 0, by=person, now=NOW).verb
        except NotWaiting:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = [verb for verb in pool.map(decide, people) if verb]
    assert len(done) == ModerationAct.objects.count() == 1
    assert ChatMessage.objects.get().state in {LineState.SHOWN, LineState.REFUSED}
