"""The question lane over HTTP, with script and without, and where its answers stand afterwards."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from events.enums import EventState, StaffRole
from livechat.domain.rehearsal import rehearsal_header
from livechat.models import Question, QuestionVote
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member, make_product
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
)
from tests.factories.livechat import make_message, make_question, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = make_room()
    make_lineup_item(room.event)
    return room


def browser(user=None, *, name="Mina"):
    client = Client()
    if user:
        client.force_login(user)
    elif name:
        session = client.session
        session["guest_name"] = name
        session.save()
    return client


def call(client, method, name, room, *args, body=None, query="", **headers):
    return client.generic(
        method,
        reverse(name, args=[room.event.slug, *args]) + query,
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers=headers,
    )


def piece(room):
    return room.event.lineup.select_related("product").first().product


def ask(client, room, *, text="Is it lined?", id="q1", **over):  # noqa: A002 - the field's name
    body = {"id": id, "product": piece(room).public_id, "text": text} | over
    return call(client, "POST", "api-room-questions", room, body=body)


def staff(room, role):
    user = make_user(display_name="Noor")
    make_event_staff(room.event, user=user, role=role)
    return user


def code(response):
    return response.status_code, response.json()["error"]["code"]


def listed(client, room, query=""):
    return call(client, "GET", "api-room-questions", room, query=query).json()["results"]


# --- Asking and raising ------------------------------------------------------------------------------------
def test_a_guest_asks_and_asks_only_once(room):
    mina = browser()
    first, again = ask(mina, room), ask(mina, room)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert {name: first.json()[name] for name in ("text", "votes", "state", "mine", "raised")} == {
        "text": "Is it lined?",
        "votes": 1,
        "state": "open",
        "mine": True,
        "raised": True,
    }


def test_refusals_have_codes(room):
    mina = browser()
    assert code(ask(browser(name=""), room)) == (403, "name_needed")
    assert code(ask(mina, room, text="a" * 301)) == (400, "too_long")
    assert code(ask(mina, room, product=make_product().public_id)) == (404, "not_in_lineup")
    assert ask(mina, room, product="nothing").status_code == 404
    ask(mina, room)
    assert code(ask(mina, room, id="q2")) == (429, "too_fast")


def test_the_crowd_is_marked(room, settings):
    settings.DEMO = True
    body = {"id": "q1", "product": piece(room).public_id, "text": "Is it lined?"}
    marked = call(
        browser(), "POST", "api-room-questions", room, body=body, **{"x-rehearsal": rehearsal_header()}
    )
    assert marked.json()["rehearsal"] is True


def test_others_raise_it_and_see_that_they_have(room):
    id_ = ask(browser(), room).json()["id"]
    wei = browser(name="Wei")
    answers = [call(wei, "POST", "api-room-question-raise", room, id_).json() for _ in range(2)]
    assert answers == [{"id": id_, "votes": 2}] * 2
    assert [(one["raised"], one["mine"], one["votes"]) for one in listed(wei, room)] == [(True, False, 2)]


def test_a_closed_room_raises_nothing(room):
    question = make_question(room)
    room.event.state = EventState.ENDED
    room.event.save()
    assert code(call(browser(), "POST", "api-room-question-raise", room, question.public_id)) == (
        403,
        "forbidden",
    )


def test_the_list_has_the_most_wanted_first_and_can_be_narrowed(room):
    other = make_lineup_item(room.event).product
    low, high = make_question(room, votes=2), make_question(room, votes=9, product=other)
    done = make_question(room, votes=1, state=Question.State.ANSWERED, answer="Goat.")
    make_question(room, state=Question.State.REMOVED)
    assert [one["id"] for one in listed(browser(), room)] == [high.public_id, low.public_id, done.public_id]
    assert [one["id"] for one in listed(browser(), room, f"?product={other.public_id}")] == [high.public_id]
    assert [one["id"] for one in listed(browser(), room, "?state=answered")] == [done.public_id]
    assert len(listed(browser(), room, "?page_size=1")) == 1


def test_what_waits_is_seen_by_its_asker_and_moderators_only(room):
    room.review = True
    room.save()
    mina = browser()
    assert ask(mina, room).json()["state"] == "held"
    moderator = browser(staff(room, StaffRole.MODERATOR))
    seen = [len(listed(client, room)) for client in (mina, browser(name="Wei"), moderator)]
    assert seen == [1, 0, 1]
    id_ = Question.objects.get().public_id
    assert call(browser(name="Wei"), "POST", "api-room-question-raise", room, id_).status_code == 404
    approved = call(moderator, "PUT", "api-room-question", room, id_)
    assert (approved.json()["state"], len(listed(browser(), room))) == ("open", 1)


def test_a_rehearsal_shows_its_questions_to_those_who_rehearse():
    room = make_room(make_event(state=EventState.REHEARSAL))
    make_lineup_item(room.event)
    make_question(room)
    found = [len(listed(client, room)) for client in (browser(), browser(make_superuser()))]
    assert found == [0, 1]


# --- Answering ---------------------------------------------------------------------------------------------
def test_care_answers_in_words_and_the_host_on_the_air(room):
    question = make_question(room)
    host = make_user()
    make_event_host(room.event, host=make_host(user=host))
    said = call(browser(host), "POST", "api-room-question-on-air", room, question.public_id).json()
    care = browser(staff(room, StaffRole.AGENT))
    written = call(care, "POST", "api-room-question-answer", room, question.public_id, body={"text": "Goat."})
    assert written.json()["answer"] == {"text": "Goat.", "name": "Noor", "badge": "care"}
    assert written.json()["on_air"] == said["on_air"] > 0


def test_an_agent_of_this_show_is_at_home_though_staff_of_another_brand(room):
    agent = staff(room, StaffRole.AGENT)
    make_member(agent, make_brand(), Role.PRODUCER)
    question = make_question(room)
    answered = call(
        browser(agent), "POST", "api-room-question-answer", room, question.public_id, body={"text": "Goat."}
    )
    assert answered.status_code == 200


@pytest.mark.parametrize("name", ["api-room-question-answer", "api-room-question-on-air"])
def test_viewers_do_not_answer_and_foreign_staff_finds_nothing(room, name):
    question, foreigner = make_question(room), make_user()
    make_member(foreigner, make_brand(), Role.PRODUCER)
    body = {"text": "Goat."}
    answers = [
        call(browser(user), "POST", name, room, question.public_id, body=body).status_code
        for user in (make_user(), foreigner)
    ]
    assert answers == [403, 404]


def test_a_moderator_takes_it_away_with_a_reason(room):
    question = make_question(room)
    moderator = browser(staff(room, StaffRole.MODERATOR))
    gone = call(moderator, "DELETE", "api-room-question", room, question.public_id, body={"reason": "spam"})
    assert (gone.status_code, listed(browser(), room)) == (204, [])


# --- Talk --------------------------------------------------------------------------------------------------
def test_people_at_work_see_what_the_talk_is_about(room):

    make_message(room, at=timezone.now(), topic="product")
    make_message(room, at=timezone.now(), topic="fan", rehearsal=True)
    found = call(browser(staff(room, StaffRole.AGENT)), "GET", "api-room-talk", room).json()
    assert len(found["minutes"]) == 61
    assert [found[name] for name in ("product", "fan", "crowd_product", "crowd_fan")] == [1, 0, 0, 1]
    assert call(browser(make_user()), "GET", "api-room-talk", room).status_code == 403


# --- Without script ----------------------------------------------------------------------------------------
def form(client, room, **fields):
    return client.post(reverse("room-questions", args=[room.event.slug]), fields)


def words(response, client):
    return client.get(response["Location"]).content.decode() if response.status_code == 302 else ""


def test_a_form_asks_and_leads_back_to_the_questions(room):
    client = browser(name="")
    done = form(client, room, do="ask", product=piece(room).public_id, text="Is it lined?", name="Mina")
    assert done["Location"] == f"/events/{room.event.slug}/#panel-questions"
    assert Question.objects.get().author_name == "Mina"
    assert "Is it lined?" in words(done, client)


def test_a_form_is_refused_in_words(room):
    client = browser(name="")
    done = form(client, room, do="ask", product=piece(room).public_id, text="Is it lined?")
    assert "Choose a name before you write." in words(done, client)


def test_a_form_is_told_what_others_asked_and_raises_it_instead(room):
    other = make_question(room, text="Is the lining leather?", votes=4)
    client = browser()
    page = form(client, room, do="ask", product=piece(room).public_id, text="Is the lining leather too?")
    assert "Raise it, 4 people want to know" in page.content.decode()
    form(client, room, do="raise", question=other.public_id)
    assert QuestionVote.objects.filter(question=other).count() == 1
    anyway = {
        "do": "ask",
        "product": piece(room).public_id,
        "text": "Is the lining leather too?",
        "anyway": "1",
    }
    form(client, room, **anyway, id="form-1")
    form(client, room, **anyway, id="form-1")
    assert Question.objects.count() == 2


def test_forms_answer_approve_and_remove(room):
    question, client = make_question(room), browser(make_superuser(display_name="Ada"))
    waiting = make_question(room, state=Question.State.HELD, hidden=True)
    form(client, room, do="on-air", question=question.public_id)
    form(client, room, do="answer", question=question.public_id, text="Goat.")
    form(client, room, do="approve", question=waiting.public_id)
    form(client, room, do="remove", question=waiting.public_id)
    question.refresh_from_db()
    waiting.refresh_from_db()
    assert (question.answer, question.on_air_at is None, waiting.state) == ("Goat.", False, "removed")


def test_forms_of_people_without_the_role_are_refused(room):
    question, foreigner = make_question(room), make_user()
    make_member(foreigner, make_brand(), Role.PRODUCER)
    answers = [
        form(client, room, do="on-air", question=question.public_id).status_code
        for client in (browser(), browser(make_user()), browser(foreigner))
    ]
    assert answers == [403, 403, 404]
    assert form(browser(), room, do="dance").status_code == 404
    hidden = make_question(room, hidden=True)
    assert form(browser(), room, do="raise", question=hidden.public_id).status_code == 404


def test_a_form_raises_nothing_in_a_closed_room(room):
    question = make_question(room)
    room.event.state = EventState.ENDED
    room.event.save()
    assert form(browser(), room, do="raise", question=question.public_id).status_code == 403


def test_a_draft_does_not_exist_for_forms():
    room = make_room(make_event(state=EventState.DRAFT))
    assert form(browser(), room, do="ask").status_code == 404


# --- Afterwards --------------------------------------------------------------------------------------------
def test_answers_stand_under_the_product(room):
    product = piece(room)
    address = reverse("product-questions", args=[product.slug])
    assert Client().get(address).status_code == 404
    make_question(
        room,
        state=Question.State.ANSWERED,
        answer="Goat.",
        answered_name="Élodie",
        answered_at=NOW,
        on_air_at=NOW,
    )
    page = Client().get(address).content.decode()
    assert all(
        text in page for text in ("Is it lined?", "Goat.", "Élodie", room.event.title, "30 minutes into")
    )
    assert (
        f'data-fragment="{address}"' in Client().get(reverse("product", args=[product.slug])).content.decode()
    )


def test_the_page_after_the_show_tells_what_was_answered_and_when(room):
    answered = {"state": Question.State.ANSWERED, "answered_at": NOW}
    make_question(room, **answered, answer="Goat.", answered_name="Noor", answered_badge="care")
    make_question(room, **answered, on_air_at=NOW, text="How heavy?", answered_name="Élodie")
    make_question(room, text="Nobody answered")
    room.event.state = EventState.ENDED
    room.event.save()
    page = Client().get(reverse("event", args=[room.event.slug])).content.decode()
    moment = round(NOW.timestamp() * 1000)
    assert all(text in page for text in ("Goat.", "Care", "How heavy?", f'data-moment="{moment}"'))
    assert "Nobody answered" not in page


def test_the_room_lists_questions_and_staff_may_act(room):
    make_question(room)
    address = reverse("event", args=[room.event.slug])
    viewer, agent = (
        browser(user).get(address).content.decode() for user in (None, staff(room, StaffRole.AGENT))
    )
    assert "Is it lined?" in viewer
    assert ("On air now" in viewer, "On air now" in agent) == (False, True)
