"""Answers in words and on the air, and taking a question away."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from events.enums import EventState, StaffRole
from livechat.domain import answers, log
from livechat.domain.answers import (
    answer_on_air,
    answer_question,
    answered_for_product,
    answered_in,
    can_answer,
    let_through,
    remove_question,
)
from livechat.domain.questions import ask_question, question_cards
from livechat.errors import NotAllowed, NothingVisible, NotOpen, QuestionGone, TooLong
from livechat.models import ModerationAct, Question
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_member, make_product
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
)
from tests.factories.livechat import make_guest, make_question, make_room

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def room():
    room = make_room()
    make_lineup_item(room.event)
    return room


@pytest.fixture
def host(room):
    user = make_user(display_name="elodie@home")
    make_event_host(room.event, host=make_host(user=user, name="Élodie"))
    return user


def ask(room, **over):
    product = room.event.lineup.select_related("product").first().product
    over = {"viewer": make_guest(), "text": "Is it lined?", "client_id": "q1", "now": NOW} | over
    return ask_question(room, product=product, **over)


def staff(room, role):
    user = make_user(display_name="Noor")
    make_event_staff(room.event, user=user, role=role)
    return user


def last(room):
    frame = room.frames.last()
    return frame.type, frame.body


# --- Answering ---------------------------------------------------------------------------------------------
def test_a_host_answers_in_words_under_the_name_the_show_announces(room, host):
    question = answer_question(ask(room), text=" Goat,\nall through. ", by=host, now=LATER)
    answer = {"text": "Goat, all through.", "name": "Élodie", "badge": "host"}
    assert last(room) == ("question.answered", {"id": question.public_id, "answer": answer, "on_air": None})
    assert (question.state, question.answered_at) == (Question.State.ANSWERED, LATER)


def test_on_the_air_stamps_the_moment_and_a_second_tap_does_not_move_it(room, host):
    question = answer_on_air(ask(room), by=host, now=LATER)
    again = answer_on_air(question, by=host, now=LATER + timedelta(seconds=9))
    assert (again.on_air_at, room.frames.count()) == (LATER, 2)
    assert last(room)[1]["on_air"] == log.milliseconds(LATER)
    assert last(room)[1]["answer"] is None


def test_both_are_possible_in_either_order(room, host):
    spoken = answer_on_air(ask(room), by=host, now=LATER)
    spoken = answer_question(spoken, text="Goat.", by=staff(room, StaffRole.AGENT), now=LATER)
    assert (last(room)[1]["on_air"], last(room)[1]["answer"]["badge"]) == (log.milliseconds(LATER), "care")
    written = ask(room, viewer=make_guest())
    written = answer_question(written, text="Goat.", by=staff(room, StaffRole.AGENT), now=LATER)
    written = answer_on_air(written, by=host, now=LATER)
    # The words keep the name of whoever wrote them.
    assert (written.answered_name, written.on_air_at) == ("Noor", LATER)


def test_an_answer_can_be_written_anew(room, host):
    question = answer_question(ask(room), text="Goat.", by=host, now=LATER)
    question = answer_question(question, text="Goat, and cotton.", by=host, now=LATER + timedelta(hours=1))
    assert [frame.body["answer"]["text"] for frame in room.frames.filter(type="question.answered")] == [
        "Goat.",
        "Goat, and cotton.",
    ]
    assert question.answered_at == LATER


@pytest.mark.parametrize(
    ("role", "badge"), [("agent", "care"), ("moderator", "moderator"), ("producer", "staff")]
)
def test_care_moderators_and_staff_answer(room, role, badge):
    user = make_user()
    make_member(user, room.event.brand, Role(role))
    question = answer_question(ask(room), text="Goat.", by=user, now=LATER)
    assert question.answered_badge == badge


def test_who_has_no_name_answers_in_the_name_of_the_brand(room):
    user = make_user(display_name="")
    make_event_staff(room.event, user=user, role=StaffRole.AGENT)
    assert answer_question(ask(room), text="Goat.", by=user, now=LATER).answered_name == room.event.brand.name


@pytest.mark.parametrize("act", [answer_on_air, lambda q, **how: answer_question(q, text="Goat.", **how)])
def test_viewers_and_shopkeepers_do_not_answer(room, act):
    question, shopkeeper = ask(room), make_user()
    make_member(shopkeeper, room.event.brand, Role.MERCHANDISER)
    for user in (make_user(), shopkeeper):
        with pytest.raises(NotAllowed):
            act(question, by=user, now=LATER)
    assert not can_answer(None, room.event)


@pytest.mark.parametrize(
    ("text", "error"), [("", NothingVisible), ("a" * 501, TooLong), ("👨‍👩‍👧" * 200, TooLong)]
)
def test_an_answer_is_something_and_not_a_book(room, host, text, error):
    with pytest.raises(error):
        answer_question(ask(room), text=text, by=host, now=LATER)


def test_words_come_after_the_show_too_but_the_air_is_closed(room, host):
    question = ask(room)
    room.event.state = EventState.ENDED
    room.event.save()
    with pytest.raises(NotOpen):
        answer_on_air(question, by=host, now=LATER)
    assert answer_question(question, text="Goat.", by=host, now=LATER).answer == "Goat."


# --- Taking away -------------------------------------------------------------------------------------------
def test_a_moderator_takes_a_question_away_words_and_answer_in_the_log_too(room, host):
    question = answer_question(ask(room), text="Goat.", by=host, now=LATER)
    moderator = staff(room, StaffRole.MODERATOR)
    assert remove_question(question, by=moderator, now=LATER, reason="spam")
    assert [(f.body.get("text"), f.body.get("answer")) for f in room.frames.all()] == [
        ("", None),
        (None, None),
        (None, None),
    ]
    card = question_cards(room)[0]
    assert (card["state"], card["text"], card["name"], card["answer"]) == ("removed", "", "", None)
    act = ModerationAct.objects.get()
    assert (act.verb, act.actor, act.reason, act.target_key) == (
        "question",
        moderator,
        "spam",
        question.author_key,
    )


def test_taking_away_twice_is_one_frame(room):
    question, admin = ask(room), make_superuser()
    assert [remove_question(question, by=admin, now=LATER) for _ in range(2)] == [True, False]
    assert (room.frames.filter(type="question.removed").count(), ModerationAct.objects.count()) == (1, 1)


def test_only_moderators_take_away(room, host):
    question = ask(room)
    for user in (host, staff(room, StaffRole.AGENT), make_user()):
        with pytest.raises(NotAllowed):
            remove_question(question, by=user, now=LATER)


def test_what_was_taken_away_is_not_answered(room, host):
    question = ask(room)
    remove_question(question, by=make_superuser(), now=LATER)
    # As whoever opened the panel before it was taken away.
    stale = Question(pk=question.pk, room=room, public_id=question.public_id)
    with pytest.raises(QuestionGone):
        answer_question(stale, text="Goat.", by=host, now=LATER)


def test_twin_without_the_state_in_the_update_it_would_come_back(room, host, monkeypatch):
    question = ask(room)
    remove_question(question, by=make_superuser(), now=LATER)
    monkeypatch.setattr(answers, "OPEN", Question.State.REMOVED)
    answer_question(Question.objects.get(), text="Goat.", by=host, now=LATER)
    assert question_cards(room)[0]["state"] == "answered"


# --- Waiting for a moderator -------------------------------------------------------------------------------
@pytest.fixture
def waiting(room):
    room.review = True
    room.save()
    return ask(room)


def test_a_question_that_waited_is_asked_when_it_is_let_through(room, waiting):
    ask(room, viewer=make_guest(), badge="host", now=NOW + timedelta(seconds=1))
    let_through(waiting, by=make_superuser(), now=LATER)
    # Screens have it after the other one, and so does a snapshot.
    assert [card["at"] for card in question_cards(room)] == [
        log.milliseconds(NOW + timedelta(seconds=1)),
        log.milliseconds(LATER),
    ]
    assert question_cards(room)[1]["id"] == waiting.public_id == last(room)[1]["id"]


def test_of_two_moderators_one_lets_it_through(room, waiting):
    let_through(waiting, by=make_superuser(), now=LATER)
    with pytest.raises(QuestionGone):
        let_through(Question.objects.get(), by=make_superuser(), now=LATER)
    assert room.frames.count() == 1


def test_a_refused_one_leaves_no_trace_in_the_room(room, waiting):
    assert remove_question(waiting, by=make_superuser(), now=LATER)
    assert (room.frames.count(), question_cards(room)) == (0, [])


def test_letting_through_is_for_moderators_while_the_room_is_open(room, waiting, host):
    with pytest.raises(NotAllowed):
        let_through(waiting, by=host, now=LATER)
    room.event.state = EventState.ENDED
    room.event.save()
    with pytest.raises(NotOpen):
        let_through(Question.objects.get(), by=make_superuser(), now=LATER)


# --- Under the product -------------------------------------------------------------------------------------
def answered(room, **over):
    over = {"state": Question.State.ANSWERED, "answer": "Goat.", "answered_at": NOW} | over
    return make_question(room, **over)


def test_the_last_answers_about_a_piece_come_from_all_its_shows():
    product = make_product()
    first, second, draft = (
        make_room(make_event(state=state, brand=product.brand))
        for state in (EventState.ENDED, EventState.LIVE, EventState.DRAFT)
    )
    old, new = answered(first, product=product), answered(second, product=product, answered_at=LATER)
    answered(draft, product=product)
    answered(first, product=make_product())
    answered(first, product=product, rehearsal=True)
    answered(first, product=product, hidden=True)
    make_question(first, product=product)
    assert answered_for_product(product, most=5) == [new, old]
    assert answered_for_product(product, most=1) == [new]


def test_answers_of_a_show_stand_in_the_order_of_its_line_up():
    room = make_room(make_event(state=EventState.ENDED))
    first, second = (make_lineup_item(room.event).product for _ in range(2))
    late = answered(room, product=second)
    early = answered(room, product=first, answered_at=LATER)
    assert answered_in(room.event) == [early, late]
