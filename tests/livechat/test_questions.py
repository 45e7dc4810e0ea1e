"""The question lane: who may ask, how often, and what a thousand raised hands cost."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from events.enums import EventState
from livechat.domain import alike, lane, log, questions
from livechat.domain.questions import ask_question, question_cards, raise_question, tell_votes
from livechat.domain.snapshot import snapshot
from livechat.errors import (
    AccountNeeded,
    AlreadyAnswered,
    Banned,
    NameNeeded,
    NoLinks,
    NothingVisible,
    NotInLineup,
    NotOpen,
    QuestionGone,
    QuestionTooLong,
    TooFast,
    TooManyQuestions,
)
from livechat.models import Question, QuestionVote, Sanction, SanctionKind
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product
from tests.factories.events import NOW, make_event, make_lineup_item
from tests.factories.livechat import as_viewer, make_guest, make_question, make_room

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def room():
    room = make_room()
    make_lineup_item(room.event)
    return room


def piece(room):
    return room.event.lineup.select_related("product").first().product


def ask(room, *, viewer=None, text="Is it lined?", client_id="q1", now=NOW, **over):
    over.setdefault("product", piece(room))
    return ask_question(room, viewer=viewer or make_guest(), text=text, client_id=client_id, now=now, **over)


def frames(room):
    return [(frame.type, frame.body) for frame in room.frames.all()]


def told(room):
    return [frame.body["votes"] for frame in room.frames.filter(type="question.raised")]


def sanction(room, viewer, kind):
    return Sanction.objects.create(
        kind=kind, brand=room.event.brand, room=room, target_key=viewer.key, target_name=viewer.name,
        target_tag="t", at=NOW,
    )  # fmt: skip


# --- Asking ------------------------------------------------------------------------------------------------
def test_a_question_is_in_the_room_and_its_asker_wants_the_answer(room):
    viewer = make_guest("Wei")
    question = ask(room, viewer=viewer, text="  Is it\nlined? ")
    assert frames(room) == [
        (
            "question.asked",
            {
                "id": question.public_id,
                "product": piece(room).public_id,
                "name": "Wei",
                "author": question.author_tag,
                "text": "Is it lined?",
                "rehearsal": False,
            },
        )
    ]
    assert (question.votes, question.raised.get().viewer_key, question.seq) == (1, viewer.key, 1)


def test_the_same_question_sent_again_is_the_same_question(room):
    viewer = make_guest()
    first = ask(room, viewer=viewer)
    assert ask(room, viewer=viewer, now=NOW + SECOND) == first
    assert (Question.objects.count(), len(frames(room))) == (1, 1)


def test_of_two_arrivals_at_once_the_unique_key_lets_one_in(room, monkeypatch):
    viewer = make_guest()
    first = ask(room, viewer=viewer)
    hidden = iter([None])
    before = Question.objects.filter

    def blind_once(*args, **kwargs):
        return Question.objects.none() if next(hidden, 1) is None else before(*args, **kwargs)

    monkeypatch.setattr(questions, "_check_pace", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(Question.objects, "filter", blind_once)
    with pytest.raises(Question.DoesNotExist):
        # Nobody looks for it first: the insert meets the key, and the answer is looked up by it.
        ask(room, viewer=viewer)
    assert (before().count(), room.frames.count()) == (1, 1)
    assert first.pk == before().get().pk


@pytest.mark.parametrize("text", ["", " \n ", "\u2800\u200b"])
def test_a_question_says_something(room, text):
    with pytest.raises(NothingVisible):
        ask(room, text=text)


def test_a_question_is_at_most_three_hundred_characters(room):
    assert ask(room, text="é" * 300).text == "é" * 300
    for text in ("é" * 301, "é" * 501, "👨‍👩‍👧" * 61):
        with pytest.raises(QuestionTooLong):
            ask(room, text=text)


def test_links_are_not_asked(room):
    with pytest.raises(NoLinks):
        ask(room, text="is it like the one at https://example.com/cheap")


def test_only_pieces_of_the_show_are_asked_about(room):
    with pytest.raises(NotInLineup):
        ask(room, product=make_product())


@pytest.mark.parametrize("state", [EventState.SCHEDULED, EventState.ENDED, EventState.REPLAY])
def test_a_closed_room_takes_no_questions(state):
    room = make_room(make_event(state=state))
    make_lineup_item(room.event)
    with pytest.raises(NotOpen):
        ask(room)


def test_who_may_not_write_may_not_ask(room):
    with pytest.raises(NameNeeded):
        ask(room, viewer=make_guest(""))
    room.chat_needs_account = True
    with pytest.raises(AccountNeeded):
        ask(room)
    assert ask(room, viewer=as_viewer(make_user(display_name="Ines"))).author_name == "Ines"


def test_a_banned_person_does_not_ask(room):
    viewer = make_guest()
    sanction(room, viewer, SanctionKind.BAN)
    with pytest.raises(Banned):
        ask(room, viewer=viewer)


def test_a_hidden_person_asks_into_the_void_and_cannot_tell(room):
    viewer = make_guest()
    sanction(room, viewer, SanctionKind.HIDE)
    question = ask(room, viewer=viewer)
    assert question.state == Question.State.OPEN
    assert question_cards(room) == []
    frame = room.frames.get()
    assert log.to_message(frame)["type"] == "skip"
    assert log.to_message(frame, reader=viewer.key)["text"] == "Is it lined?"


def test_twin_without_the_mark_everybody_would_read_it(room):
    viewer = make_guest()
    sanction(room, viewer, SanctionKind.HIDE)
    ask(room, viewer=viewer)
    Question.objects.update(hidden=False)
    assert [card["text"] for card in question_cards(room)] == ["Is it lined?"]


def test_in_a_room_under_review_a_question_waits_unseen(room):
    room.review = True
    room.save()
    question = ask(room)
    assert (question.state, frames(room), question_cards(room)) == (Question.State.HELD, [], [])


def test_people_at_work_never_wait(room):
    room.review = True
    room.save()
    assert ask(room, badge="host").state == Question.State.OPEN


# --- How often ---------------------------------------------------------------------------------------------
def test_one_question_in_twenty_seconds(room):
    viewer = make_guest()
    ask(room, viewer=viewer)
    with pytest.raises(TooFast):
        ask(room, viewer=viewer, client_id="q2", now=NOW + 19 * SECOND)
    assert ask(room, viewer=viewer, client_id="q2", now=NOW + 20 * SECOND)


def test_slow_mode_slows_questions_too(room):
    room.slow_seconds = 60
    room.save()
    viewer = make_guest()
    ask(room, viewer=viewer)
    with pytest.raises(TooFast):
        ask(room, viewer=viewer, client_id="q2", now=NOW + 59 * SECOND)


def test_three_open_questions_at_once_and_an_answer_makes_room(room):
    viewer = make_guest()
    for number in range(3):
        ask(room, viewer=viewer, client_id=f"q{number}", now=NOW + number * 20 * SECOND)
    with pytest.raises(TooManyQuestions):
        ask(room, viewer=viewer, client_id="q3", now=NOW + 60 * SECOND)
    Question.objects.filter(client_id="q0").update(state=Question.State.ANSWERED)
    assert ask(room, viewer=viewer, client_id="q3", now=NOW + 60 * SECOND)


def test_a_refused_question_leaves_no_frame(room):
    viewer = make_guest()
    ask(room, viewer=viewer)
    with pytest.raises(TooFast):
        ask(room, viewer=viewer, client_id="q2")
    assert len(frames(room)) == 1


def test_twin_without_the_pace_ten_at_once_would_pass(room, monkeypatch):
    monkeypatch.setattr(questions, "_check_pace", lambda *_args, **_kwargs: None)
    viewer = make_guest()
    for number in range(10):
        ask(room, viewer=viewer, client_id=f"q{number}")
    assert Question.objects.count() == 10


# --- Raising -----------------------------------------------------------------------------------------------
def test_a_viewer_raises_once_and_the_asker_has_by_asking(room):
    viewer = make_guest()
    question = ask(room, viewer=viewer)
    assert raise_question(question, viewer_key=viewer.key, now=NOW) == 1
    assert raise_question(question, viewer_key="guest:a", now=NOW) == 2
    assert raise_question(question, viewer_key="guest:a", now=NOW) == 2
    assert QuestionVote.objects.count() == 2


def test_twin_without_the_unique_vote_one_thumb_would_raise_it_twice(room):
    question = ask(room)
    for _ in range(2):
        QuestionVote.objects.filter(viewer_key="guest:a").delete()
        raise_question(question, viewer_key="guest:a", now=NOW)
    assert Question.objects.get().votes == 3


@pytest.mark.long_walk
def test_a_thousand_hands_in_one_second_are_one_frame_and_none_is_lost(room):
    question = ask(room)
    for number in range(1_000):
        raise_question(question, viewer_key=f"hand:{number}", now=NOW + timedelta(milliseconds=number))
    assert told(room) == [2]
    assert tell_votes(now=NOW + timedelta(milliseconds=999)) == 0
    assert tell_votes(now=NOW + SECOND) == 1
    assert told(room) == [2, 1_001]
    assert tell_votes(now=NOW + 2 * SECOND) == 0


def test_over_ten_seconds_there_are_ten_frames(room):
    question = ask(room)
    for number in range(100):
        raise_question(question, viewer_key=f"hand:{number}", now=NOW + timedelta(milliseconds=100 * number))
    assert told(room) == [2, *range(12, 101, 10)]


def test_twin_without_the_pause_every_hand_would_be_a_frame(room, monkeypatch):
    monkeypatch.setattr(questions, "TELL_EVERY", timedelta(0))
    question = ask(room)
    for number in range(50):
        raise_question(question, viewer_key=f"hand:{number}", now=NOW + timedelta(milliseconds=number))
    assert len(told(room)) == 50


def test_of_two_tellers_one_writes_the_frame(room):
    question = ask(room)
    Question.objects.update(votes=5)
    found = questions._untold(NOW).filter(pk=question.pk)
    assert found.exists()
    assert [tell_votes(now=NOW), tell_votes(now=NOW)] == [1, 0]


def test_closed_rooms_are_told_nothing(room):
    make_question(make_room(make_event(state=EventState.ENDED)), votes=9)
    assert tell_votes(now=NOW) == 0


def test_an_answered_question_is_not_raised_any_more(room):
    question = ask(room)
    Question.objects.update(state=Question.State.ANSWERED)
    with pytest.raises(AlreadyAnswered):
        raise_question(question, viewer_key="guest:a", now=NOW)
    Question.objects.update(state=Question.State.REMOVED)
    with pytest.raises(QuestionGone):
        raise_question(question, viewer_key="guest:a", now=NOW)
    assert QuestionVote.objects.filter(viewer_key="guest:a").count() == 0


def test_twin_without_the_state_in_the_update_an_answered_question_would_still_be_raised(room, monkeypatch):
    monkeypatch.setattr(questions, "_still_open", lambda question: Question.objects.filter(pk=question.pk))
    question = ask(room)
    Question.objects.update(state=Question.State.ANSWERED)
    assert raise_question(question, viewer_key="guest:a", now=NOW) == 2


def test_a_raised_hand_costs_the_same_however_many_there_are(room, django_assert_max_num_queries):
    question = ask(room)
    raise_question(question, viewer_key="guest:first", now=NOW)
    with django_assert_max_num_queries(9):
        raise_question(question, viewer_key="guest:next", now=NOW)


# --- Snapshots ---------------------------------------------------------------------------------------------
def test_a_snapshot_has_the_votes_the_room_was_told_of(room):
    question = ask(room)
    for number in range(5):
        raise_question(question, viewer_key=f"hand:{number}", now=NOW)
    assert [card["votes"] for card in snapshot(room, now=NOW)["questions"]] == [2]
    assert lane.own_card(Question.objects.get(), raised=True)["votes"] == 6


def test_a_snapshot_has_the_last_hundred_in_their_order(room):
    for _ in range(102):
        make_question(room)
    cards = question_cards(room)
    assert [card["id"] for card in cards] == list(
        Question.objects.order_by("pk").values_list("public_id", flat=True)[2:]
    )


def test_what_was_rehearsed_is_wiped(room):
    ask(room)
    questions.wipe(room)
    assert (question_cards(room), Question.objects.get().state) == ([], Question.State.REMOVED)


# --- Questions that ask the same ----------------------------------------------------------------------------
GOLDEN = json.loads((Path(__file__).parents[1] / "wire" / "alike.json").read_text())


def test_questions_that_ask_the_same_are_found_and_others_are_not():
    same = [alike.similarity(*pair) >= alike.ALIKE for pair in GOLDEN["same"]]
    different = [alike.similarity(*pair) >= alike.ALIKE for pair in GOLDEN["different"]]
    sys.stdout.write(
        f"alike: {sum(same)} of {len(same)} found, {sum(different)} of {len(different)} falsely\n"
    )
    assert (sum(same), len(same)) == (24, 24)
    assert (sum(different), len(different)) == (2, 24)


def test_nothing_is_like_nothing():
    assert [alike.similarity("", "a?"), alike.similarity("?!", "?!"), alike.similarity("abc", "ABC")] == [
        0,
        0,
        1,
    ]


def test_the_browser_leaves_out_the_same_words():
    script = Path(__file__).parents[2] / "static" / "js" / "room" / "questions_alike.js"
    listed = script.read_text("utf-8").split("`")[1]
    assert set(listed.split()) == alike.FILLERS
