"""Polls: one open at a time, one vote each, a result that is written once."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from events.enums import EventState
from events.models import Event
from events.signals import event_state_changed
from livechat.domain import log, polls
from livechat.domain.following import follow_state
from livechat.domain.snapshot import snapshot
from livechat.errors import (
    AlreadyVoted,
    BadOption,
    BadPoll,
    NotAllowed,
    NothingVisible,
    NotOpen,
    PollClosed,
    PollOpen,
    RoomError,
    TooLong,
)
from livechat.models import Poll, PollVote
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event, make_event_host, make_host
from tests.factories.livechat import make_poll, make_room, make_vote

pytestmark = pytest.mark.django_db
OPTIONS = ["The blue", "The ivory", "The marigold"]


@pytest.fixture
def host():
    return make_user()


@pytest.fixture
def room(host):
    found = make_room()
    make_event_host(found.event, host=make_host(user=host))
    return found


def ask(room, host, **over):
    wanted = {"question": "Which one next?", "options": OPTIONS, "by": host, "now": NOW} | over
    return polls.open_poll(room, **wanted)


def vote(poll, option=0, *, viewer_key="guest:1", now=NOW, **over):
    return polls.cast_vote(
        poll.room, poll=poll.public_id, viewer_key=viewer_key, option=option, now=now, **over
    )


def in_threads(count, act):
    """What each thread got, the code where it was refused."""
    heard = []

    def run(number):
        try:
            heard.append(act(number))
        except RoomError as refused:
            heard.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def frames(room):
    return [(frame.type, frame.body) for frame in room.frames.all()]


# --- Asking ------------------------------------------------------------------------------------------------
def test_a_host_asks_and_the_room_is_told(room, host):
    poll = ask(room, host)
    body = {"id": poll.public_id, "question": "Which one next?", "options": OPTIONS}
    assert frames(room) == [("poll.opened", body)]
    assert snapshot(room, now=NOW)["poll"] == {**body, "counts": None}


def test_only_hosts_ask(room):
    with pytest.raises(NotAllowed):
        ask(room, make_user())
    assert Poll.objects.count() == 0


@pytest.mark.parametrize(
    "options",
    [["Yes"], ["Yes", "yes "], [str(number) for number in range(7)], ["Yes", "N" + "o" * 60]],
    ids=["one", "twice the same", "seven", "too long"],
)
def test_two_to_six_different_answers(room, host, options):
    with pytest.raises(BadPoll):
        ask(room, host, options=options)


def test_questions_are_short_and_can_be_read(room, host):
    with pytest.raises(BadPoll):
        ask(room, host, question="w" * 141)
    with pytest.raises(NothingVisible):
        ask(room, host, question="\u200b")
    with pytest.raises(TooLong):
        ask(room, host, question="w" * 3_000)
    assert ask(room, host, question=" Which\none? ").question == "Which one?"


def test_a_room_that_is_not_open_is_not_asked(host):
    event = make_event(state=EventState.SCHEDULED)
    make_event_host(event, host=make_host(user=host))
    with pytest.raises(NotOpen):
        ask(make_room(event), host)


def test_one_poll_is_open_at_a_time(room, host):
    first = ask(room, host)
    with pytest.raises(PollOpen):
        ask(room, host, question="And now?")
    polls.close_poll(first, by=host, now=NOW)
    assert ask(room, host, question="And now?").pk != first.pk


def test_twin_the_constraint_is_what_refuses_the_second(room):
    make_poll(room)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_poll(room)
    assert make_poll(make_room()).pk


# --- Voting ------------------------------------------------------------------------------------------------
def test_votes_are_counted_and_the_crowds_stand_apart(room):
    poll = make_poll(room, options=OPTIONS)
    vote(poll, 1)
    vote(poll, 1, viewer_key="guest:2")
    vote(poll, 0, viewer_key="guest:crowd", rehearsal=True)
    assert polls.tallies([room.pk]) == {room.pk: {"id": poll.public_id, "counts": [0, 2, 0], "rehearsal": 1}}


def test_the_same_choice_again_is_the_same_vote_and_another_is_refused(room):
    poll = make_poll(room)
    assert vote(poll, 1).pk == vote(poll, 1, now=NOW + timedelta(seconds=5)).pk
    with pytest.raises(AlreadyVoted) as refused:
        vote(poll, 0)
    assert refused.value.option == 1
    assert [given.option for given in PollVote.objects.all()] == [1]


def test_twin_the_unique_key_is_what_refuses_the_second_vote(room):
    poll = make_poll(room)
    make_vote(poll, viewer_key="guest:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_vote(poll, viewer_key="guest:1", option=1)


@pytest.mark.django_db(transaction=True)
def test_of_many_taps_at_once_one_counts(room):
    poll = make_poll(room)
    heard = in_threads(6, lambda number: vote(poll, number % 2).option)
    given = PollVote.objects.get().option
    assert {answer for answer in heard if answer != "already_voted"} == {given}


def test_options_that_are_not_there_and_polls_of_other_rooms(room):
    poll, foreign = make_poll(room), make_poll(make_room())
    for option in (-1, 2, 99):
        with pytest.raises(BadOption):
            vote(poll, option)
    with pytest.raises(PollClosed):
        polls.cast_vote(room, poll=foreign.public_id, viewer_key="guest:1", option=0, now=NOW)
    assert PollVote.objects.count() == 0


def test_what_a_viewer_chose_is_known_again_after_a_reload(room):
    poll = make_poll(room)
    assert polls.vote_of(room, "guest:1") is None
    vote(poll, 1)
    assert polls.vote_of(room, "guest:1") == {"poll": poll.public_id, "option": 1}
    assert polls.vote_of(room, "guest:2") is None
    assert polls.vote_of(make_room(), "guest:1") is None


# --- Closing -----------------------------------------------------------------------------------------------
def test_the_result_is_written_once_and_told_once(room, host):
    poll = ask(room, host)
    vote(poll, 2)
    make_vote(poll, viewer_key="guest:crowd", option=0, rehearsal=True)
    assert polls.close_poll(poll, by=host, now=NOW) is True
    assert polls.close_poll(poll, by=host, now=NOW + timedelta(minutes=1)) is False
    poll.refresh_from_db()
    assert (poll.counts, poll.closed_at) == ([0, 0, 1], NOW)
    assert frames(room)[1:] == [("poll.closed", {"id": poll.public_id, "counts": [0, 0, 1]})]


def test_twin_without_the_condition_a_second_close_would_write_another_result(room, host):
    poll = ask(room, host)
    polls.close_poll(poll, by=host, now=NOW)
    make_vote(poll, viewer_key="guest:late", option=0)
    polls.close_poll(poll, by=host, now=NOW)
    poll.refresh_from_db()
    assert poll.counts == [0, 0, 0]
    Poll.objects.update(closed_at=None)
    polls.close_poll(poll, by=host, now=NOW)
    poll.refresh_from_db()
    assert poll.counts == [1, 0, 0]


def test_only_hosts_close(room):
    poll = make_poll(room)
    with pytest.raises(NotAllowed):
        polls.close_poll(poll, by=make_user(), now=NOW)
    assert Poll.objects.get().closed_at is None


def test_after_the_result_nobody_votes_but_an_old_vote_is_still_acknowledged(room, host):
    poll = ask(room, host)
    vote(poll, 1)
    polls.close_poll(poll, by=host, now=NOW)
    with pytest.raises(PollClosed):
        vote(poll, 0, viewer_key="guest:2")
    assert vote(poll, 1).option == 1
    assert polls.tallies([room.pk]) == {}


def test_the_end_of_a_show_closes_its_poll(room, host):
    poll = ask(room, host)
    vote(poll, 0)
    Event.objects.filter(pk=room.event_id).update(state=EventState.ENDED)
    event_state_changed.send(Event, event=room.event, before="live", after="ended", now=NOW)
    assert Poll.objects.get().counts == [1, 0, 0]
    assert [type_ for type_, _body in frames(room)] == ["poll.opened", "poll.closed", "event.state"]


def test_a_rehearsed_poll_never_meets_the_audience(host):
    event = make_event(state=EventState.REHEARSAL)
    make_event_host(event, host=make_host(user=host))
    room = make_room(event)
    ask(room, host)
    Event.objects.filter(pk=event.pk).update(state=EventState.LIVE)
    follow_state(event, before="rehearsal", after="live", now=NOW)
    assert snapshot(room, now=NOW)["poll"] is None
    assert ask(make_room(Event.objects.get(pk=event.pk)), host).pk


@pytest.mark.django_db(transaction=True)
def test_votes_that_race_the_closing_are_in_the_result_or_refused(room, host):
    poll = ask(room, host)

    def act(number):
        if number == 3:
            return polls.close_poll(poll, by=host, now=NOW)
        return vote(poll, 0, viewer_key=f"guest:{number}").option

    heard = in_threads(7, act)
    poll.refresh_from_db()
    assert poll.counts == [PollVote.objects.count(), 0, 0] == [6 - heard.count("poll_closed"), 0, 0]


# --- Results -----------------------------------------------------------------------------------------------
def test_results_are_final_counts_or_votes_so_far(room, host):
    done = ask(room, host)
    vote(done, 1)
    polls.close_poll(done, by=host, now=NOW)
    still = ask(room, host, question="And now?", options=["Yes", "No"])
    vote(still, 0)
    found = polls.results(room, viewer_key="guest:1")
    assert [(card["counts"], card["open"], card["yours"], card["closed_at"]) for card in found] == [
        ([0, 1, 0], False, 1, log.milliseconds(NOW)),
        ([1, 0], True, 0, None),
    ]
    assert [card["yours"] for card in polls.results(room)] == [None, None]


def test_tallies_cost_two_queries_for_any_number_of_rooms(room, django_assert_num_queries):
    rooms = [room, make_room(), make_room()]
    for one in rooms:
        make_vote(make_poll(one), viewer_key="guest:1")
    with django_assert_num_queries(2):
        assert set(polls.tallies([one.pk for one in rooms])) == {one.pk for one in rooms}


def test_polls_and_votes_have_names(room):
    poll = make_poll(room)
    assert (str(poll), str(make_vote(poll))) == ("Which one next?", f"{poll.pk} 0")
