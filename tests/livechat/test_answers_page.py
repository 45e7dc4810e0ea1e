"""After the show its page tells what the room said."""

import pytest
from django.test import Client
from django.urls import reverse

from events.enums import EventState
from livechat.templatetags.answers import Answer, Result, poll_results
from tests.factories.events import NOW, make_event
from tests.factories.livechat import make_poll, make_room

pytestmark = pytest.mark.django_db


def closed(room, counts, **over):
    return make_poll(room, counts=counts, closed_at=NOW, **over)


def test_results_are_shares_and_votes_of_polls_that_are_over():
    room = make_room()
    closed(room, [2, 1])
    closed(room, [0, 0], question="Nobody answered")
    make_poll(room, question="Still open")
    expected = [Answer("The blue", 2, 67), Answer("The ivory", 1, 33)]
    assert poll_results(room.event) == [Result("Which one next?", expected, 3)]


def test_the_page_of_an_ended_show_has_them_and_a_show_without_polls_says_nothing():
    asked, silent = (make_room(make_event(state=EventState.ENDED)) for _ in range(2))
    closed(asked, [2, 1], question="Which <one> next?")
    pages = [
        Client().get(reverse("event", args=[room.event.slug])).content.decode() for room in (asked, silent)
    ]
    assert ["What the room said" in page for page in pages] == [True, False]
    assert "Which &lt;one&gt; next?" in pages[0]
