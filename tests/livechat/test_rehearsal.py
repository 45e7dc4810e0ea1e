"""The crowd that is sent into a rehearsal: by whom, for how long, and that its word is good nowhere else."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import caches
from django.test import Client

from accounts.enums import Role
from events.models import Event
from livechat.consumers.door import admit
from livechat.domain import rehearsal
from livechat.domain.rehearsal import (
    HEADER,
    SALT,
    call_back,
    finished,
    is_rehearsal,
    lets_in,
    may_go_on,
    rehearsal_header,
    running,
    send_crowd,
)
from livechat.errors import BadCrowd, CrowdBusy, NotAllowed, NotInRehearsal
from livechat.models import Attendance, RoomTicket
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member
from tests.factories.events import NOW, make_event, make_event_host, make_host
from tests.factories.livechat import make_room

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:1"


@pytest.fixture
def event():
    return make_event(state="rehearsal", slug="bridge")


@pytest.fixture
def producer(event):
    user = make_user()
    make_member(user, event.brand, Role.PRODUCER)
    return user


def send(event, by, *, people=5, minutes=2):
    return send_crowd(event, people=people, minutes=minutes, site=SITE, by=by, now=NOW)


def test_a_producer_sends_it_for_a_few_minutes(event, producer):
    crowd = send(event, producer)
    assert (crowd.slug, crowd.people, crowd.until) == ("bridge", 5, NOW + timedelta(minutes=2))
    assert (running(), may_go_on(crowd.run)) == (crowd, True)


@pytest.mark.parametrize(("people", "minutes"), [(0, 5), (61, 5), (5, 0), (5, 16), (-1, 5)])
def test_never_more_than_sixty_or_longer_than_a_quarter_of_an_hour(event, producer, people, minutes):
    with pytest.raises(BadCrowd):
        send(event, producer, people=people, minutes=minutes)
    assert running() is None


def test_neither_hosts_nor_moderators_send_it_and_only_into_rehearsals(event, producer):
    host, moderator = make_user(), make_user()
    make_event_host(event, host=make_host(user=host))
    make_member(moderator, event.brand, Role.MODERATOR)
    for who in (host, moderator):
        with pytest.raises(NotAllowed):
            send(event, who)
        with pytest.raises(NotAllowed):
            call_back(event, by=who)
    Event.objects.update(state="live")
    event.refresh_from_db()
    with pytest.raises(NotInRehearsal):
        send(event, producer)


def test_there_is_one_crowd_at_a_time(event, producer):
    first = send(event, producer)
    with pytest.raises(CrowdBusy):
        send(event, producer)
    assert running() == first
    assert call_back(event, by=producer) is True
    assert call_back(event, by=producer) is False
    send(event, producer)


def test_twin_without_the_guard_two_crowds_would_come(event, producer, monkeypatch):
    cache = caches["between_processes"]
    monkeypatch.setattr(type(cache), "add", lambda self, *args, **kwargs: True)
    send(event, producer)
    send(event, producer)


def test_a_crowd_that_was_called_back_or_lost_its_rehearsal_stops(event, producer):
    first = send(event, producer)
    call_back(event, by=producer)
    second = send(event, producer)
    assert (may_go_on(first.run), may_go_on(second.run)) == (False, True)
    # The first one leaving late does not take the second along.
    finished(first.run)
    assert running() == second
    Event.objects.update(state="live")
    assert may_go_on(second.run) is False
    finished(second.run)
    assert running() is None


def test_its_header_opens_that_rehearsal_only_and_only_while_it_is_there(event, producer):
    header = rehearsal_header("bridge")
    assert lets_in(header, event) is False
    send(event, producer)
    assert lets_in(header, event) is True
    assert lets_in(rehearsal_header("other"), event) is False
    assert lets_in(rehearsal_header(), event) is False
    assert lets_in(signing.dumps("show:bridge", salt="another"), event) is False
    event.state = "live"
    assert lets_in(header, event) is False


def test_what_it_does_is_marked_with_and_without_a_demo(settings):
    for demo in (True, False):
        settings.DEMO = demo
        assert is_rehearsal(rehearsal_header("bridge")) is True
        assert is_rehearsal(rehearsal_header()) is demo
    for forged in ("", "x", signing.dumps("bridge", salt=SALT), signing.dumps(["show:"], salt=SALT)):
        assert is_rehearsal(forged) is False


def test_it_comes_in_at_the_door_and_strangers_do_not(event, producer):
    make_room(event)
    url = "/api/v1/rooms/bridge/ticket/"
    assert Client().post(url).status_code == 409
    send(event, producer)
    assert Client().post(url).status_code == 409
    guest = Client(headers={HEADER: rehearsal_header("bridge")})
    ticket = guest.post(url).json()["ticket"]
    assert RoomTicket.objects.get().rehearsal is True
    entry = admit("bridge", ticket=ticket, session=guest.session.session_key)
    assert (entry.crowd, Attendance.objects.count()) == (True, 0)


def test_a_ticket_of_the_crowd_is_worth_nothing_once_the_rehearsal_is_over(event, producer):
    make_room(event)
    send(event, producer)
    guest = Client(headers={HEADER: rehearsal_header("bridge")})
    ticket = guest.post("/api/v1/rooms/bridge/ticket/").json()["ticket"]
    Event.objects.update(state="scheduled")
    assert admit("bridge", ticket=ticket, session=guest.session.session_key) is None
    assert rehearsal.running() is not None
