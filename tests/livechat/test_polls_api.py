"""Polls and reactions over HTTP: who may what, and what everybody sees."""

import pytest
from django.test import Client

from accounts.enums import Role
from events.enums import EventState
from livechat.domain import log, reactions
from livechat.models import Poll
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import NOW, make_event, make_event_host, make_host
from tests.factories.livechat import make_poll, make_room, make_vote
from tests.livechat.test_api import call, code

pytestmark = pytest.mark.django_db
ASK = {"question": "Which one next?", "options": ["The blue", "The ivory"]}


@pytest.fixture
def room():
    return make_room()


@pytest.fixture
def host(room):
    user = make_user()
    make_event_host(room.event, host=make_host(user=user))
    return user


def ask(room, user=None, **over):
    return call("POST", "api-room-polls", room, user=user, body=ASK | over)


def test_a_host_asks_and_closes(room, host):
    asked = ask(room, host)
    assert (asked.status_code, asked.json()["counts"], asked.json()["open"]) == (201, [0, 0], True)
    make_vote(Poll.objects.get(), option=1)
    closed = call("POST", "api-room-poll-close", room, asked.json()["id"], user=host)
    assert (closed.status_code, closed.json()["counts"], closed.json()["open"]) == (200, [0, 1], False)
    again = call("POST", "api-room-poll-close", room, asked.json()["id"], user=host)
    assert again.json() == closed.json()


def test_refusals_say_why(room, host):
    assert code(ask(room)) == (403, "not_authenticated")
    assert code(ask(room, make_user())) == (403, "forbidden")
    assert code(ask(room, host, options=["One"]))[0] == 400
    assert code(ask(room, host, options=["One", "one"])) == (400, "bad_poll")
    assert code(ask(room, host, question="w" * 141))[0] == 400
    ask(room, host)
    assert code(ask(room, host)) == (409, "poll_open")


def test_to_staff_of_other_brands_the_poll_does_not_exist(room):
    stranger = make_user()
    make_member(stranger, make_brand(), Role.PRODUCER)
    poll = make_poll(room)
    assert ask(room, stranger).status_code == 404
    assert call("POST", "api-room-poll-close", room, poll.public_id, user=stranger).status_code == 404
    assert Poll.objects.get().closed_at is None


def test_a_poll_of_another_room_is_not_closed_here(room, host):
    poll = make_poll(make_room())
    assert call("POST", "api-room-poll-close", room, poll.public_id, user=host).status_code == 404


def test_everybody_sees_the_polls_and_what_they_chose_themselves(room):
    poll = make_poll(room)
    viewer = make_user()
    make_vote(poll, viewer_key=f"user:{viewer.pk}", option=1)
    mine = call("GET", "api-room-polls", room, user=viewer).json()
    theirs = call("GET", "api-room-polls", room).json()
    assert [(card["counts"], card["yours"]) for card in mine + theirs] == [([0, 1], 1), ([0, 1], None)]


def test_a_rehearsals_polls_are_for_those_who_rehearse():
    event, host = make_event(state=EventState.REHEARSAL), make_user()
    make_event_host(event, host=make_host(user=host))
    room = make_room(event)
    make_poll(room)
    assert call("GET", "api-room-polls", room).json() == []
    assert len(call("GET", "api-room-polls", room, user=host).json()) == 1


def test_reactions_by_minute_are_for_people_at_work(room, host):
    reactions.add({room.pk: {"heart": 3}}, now=NOW)
    minute = log.milliseconds(NOW.replace(second=0, microsecond=0))
    found = call("GET", "api-room-reactions", room, user=host).json()
    assert found == [{"minute": minute, "counts": {"heart": 3, "applause": 0, "spark": 0, "flower": 0}}]
    assert code(call("GET", "api-room-reactions", room, user=make_user())) == (403, "forbidden")
    assert call("GET", "api-room-reactions", room, client=Client()).status_code == 403
