"""Reactions: summed per room and second, written per minute, the crowd's apart."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from livechat.domain import log, reactions
from livechat.models import ReactionMinute
from livechat.wire.responses import KINDS, Responses
from tests.factories.events import NOW
from tests.factories.livechat import make_room

MINUTE = NOW.replace(second=0, microsecond=0)


# --- Sums --------------------------------------------------------------------------------------------------
def test_a_burst_is_what_came_since_the_last_one():
    room = Responses()
    for _ in range(3):
        room.give("heart", crowd=False, audience=True)
    room.give("spark", crowd=False, audience=True)
    assert room.take().shown == {"heart": 3, "spark": 1}
    assert room.take().shown == {}


def test_people_at_work_are_shown_and_not_written_the_crowd_is_neither():
    room = Responses()
    room.give("heart", crowd=False, audience=True)
    room.give("heart", crowd=False, audience=False)
    room.give("flower", crowd=True, audience=True)
    burst = room.take()
    assert (burst.shown, burst.shown_crowd, burst.people) == ({"heart": 2}, {"flower": 1}, {"heart": 1})


def test_what_other_processes_tell_is_shown_here_and_not_told_again():
    room = Responses()
    room.give("heart", crowd=False, audience=True)
    room.hear({"heart": 4}, {"spark": 2})
    burst = room.take()
    assert (burst.shown, burst.ours, burst.people) == ({"heart": 5}, {"heart": 1}, {"heart": 1})
    assert (burst.shown_crowd, burst.ours_crowd) == ({"spark": 2}, {})


# --- Minutes -----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_flushes_of_several_processes_add_up_within_the_minute(django_assert_num_queries):
    room, other = make_room(), make_room()
    with django_assert_num_queries(1):
        reactions.add({room.pk: {"heart": 3, "spark": 1}, other.pk: {"heart": 7}}, now=NOW)
    reactions.add({room.pk: {"heart": 2}}, now=NOW + timedelta(milliseconds=1))
    reactions.add({room.pk: {"heart": 5}}, now=MINUTE + timedelta(minutes=1))
    nothing = dict.fromkeys(KINDS, 0)
    assert reactions.per_minute(room) == [
        {"minute": log.milliseconds(MINUTE), "counts": nothing | {"heart": 5, "spark": 1}},
        {"minute": log.milliseconds(MINUTE + timedelta(minutes=1)), "counts": nothing | {"heart": 5}},
    ]
    assert ReactionMinute.objects.get(room=other).count == 7


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_the_same_minute_at_once_lose_nothing():
    room = make_room()

    def flush():
        for _ in range(5):
            reactions.add({room.pk: {"spark": 1, "heart": 2}}, now=NOW)
        connection.close()

    threads = [threading.Thread(target=flush) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reactions.per_minute(room)[0]["counts"] == {"heart": 30, "applause": 0, "spark": 15, "flower": 0}


@pytest.mark.django_db
def test_nothing_given_is_nothing_written(django_assert_num_queries):
    with django_assert_num_queries(0):
        reactions.add({}, now=NOW)


@pytest.mark.django_db
def test_the_rehearsals_reactions_are_forgotten():
    room, other = make_room(), make_room()
    reactions.add({room.pk: {"heart": 3}, other.pk: {"heart": 1}}, now=NOW)
    reactions.forget_rehearsed(room)
    assert (reactions.per_minute(room), len(reactions.per_minute(other))) == ([], 1)


@pytest.mark.django_db
def test_a_minute_has_a_name():
    reactions.add({make_room().pk: {"heart": 3}}, now=NOW)
    assert str(ReactionMinute.objects.get()) == "heart 3"
