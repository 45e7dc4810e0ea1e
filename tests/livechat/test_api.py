"""The room over HTTP: who may what, and what foreigners see."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from events.enums import EventState, StaffRole
from livechat.domain import rehearsal
from livechat.domain.touches import read_touch
from livechat.models import ChatMessage, Pin, RoomTicket
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import (
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
)
from tests.factories.livechat import make_message, make_pin, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = make_room()
    make_lineup_item(room.event)
    return room


@pytest.fixture
def host(room):
    user = make_user()
    make_event_host(room.event, host=make_host(user=user))
    return user


def call(method, name, room, *args, user=None, body=None, client=None, **headers):
    client = client or Client()
    if user:
        client.force_login(user)
    return client.generic(
        method,
        reverse(name, args=[room.event.slug, *args]),
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers=headers,
    )


def code(response):
    return response.status_code, response.json()["error"]["code"]


def moderator_of(room):
    user = make_user()
    make_event_staff(room.event, user=user, role=StaffRole.MODERATOR)
    return user


def foreign_staff():
    user = make_user()
    make_member(user, make_brand(), Role.PRODUCER)
    return user


# --- Snapshot and ticket -----------------------------------------------------------------------------------
def test_the_snapshot_is_public(room):
    found = call("GET", "api-room", room).json()
    assert (found["event"]["slug"], len(found["lineup"])) == (room.event.slug, 1)


@pytest.mark.parametrize("name", ["api-room", "api-room-ticket", "api-room-touches", "api-room-name"])
def test_a_draft_does_not_exist_for_others(name):
    room = make_room(make_event(state=EventState.DRAFT))
    method = "GET" if name == "api-room" else "POST"
    for user in (None, make_user(), foreign_staff()):
        assert call(method, name, room, user=user, body={}).status_code == 404


def test_an_unknown_show_looks_like_a_draft():
    draft = make_room(make_event(state=EventState.DRAFT))
    unknown = Client().get(reverse("api-room", args=["no-such-show"]))
    assert unknown.json() == call("GET", "api-room", draft).json()


def test_a_rehearsal_looks_like_a_show_to_come_to_the_public():
    room = make_room(make_event(state=EventState.REHEARSAL))
    make_message(room)
    public, staff = call("GET", "api-room", room), call("GET", "api-room", room, user=moderator_of(room))
    assert (public.json()["event"]["state"], public.json()["chat"]) == ("scheduled", [])
    assert staff.json()["event"]["state"] == "rehearsal"


def test_a_guest_gets_a_ticket_and_a_session(room):
    client = Client()
    answer = call("POST", "api-room-ticket", room, client=client)
    assert answer.status_code == 201
    assert answer.json()["expires_in"] == 30
    assert RoomTicket.objects.get().viewer_key == f"guest:{client.session['guest']}"


def test_a_ticket_is_asked_for_under_csrf(room):
    strict = Client(enforce_csrf_checks=True)
    assert call("POST", "api-room-ticket", room, client=strict).status_code == 403
    strict.get(reverse("event", args=[room.event.slug]))
    token = strict.cookies["csrftoken"].value
    assert call("POST", "api-room-ticket", room, client=strict, **{"X-CSRFToken": token}).status_code == 201


def test_an_audience_behind_one_address_may_come_back_all_at_once(room):
    assert {call("POST", "api-room-ticket", room).status_code for _ in range(150)} == {201}


@pytest.mark.parametrize("state", [EventState.SCHEDULED, EventState.REHEARSAL, EventState.ENDED])
def test_there_are_no_tickets_for_closed_rooms(state):
    room = make_room(make_event(state=state))
    assert code(call("POST", "api-room-ticket", room)) == (409, "room_closed")


def test_the_crowds_tickets_are_marked_in_a_demo_only(room, settings):
    for demo in (True, False):
        settings.DEMO = demo
        call("POST", "api-room-ticket", room, **{rehearsal.HEADER: rehearsal.rehearsal_header()})
    assert list(RoomTicket.objects.values_list("rehearsal", flat=True)) == [True, False]


# --- Pins --------------------------------------------------------------------------------------------------
def test_a_host_pins_and_unpins(room, host):
    item = room.event.lineup.get()
    placed = call("POST", "api-room-pins", room, user=host, body={"item": item.public_id})
    assert placed.status_code == 201
    assert (placed.json()["item"], placed.json()["slot"]) == (item.public_id, 1)
    assert Pin.objects.get().host.user == host
    removed = call("DELETE", "api-room-pin", room, placed.json()["id"], user=host)
    assert removed.status_code == 204
    assert Pin.objects.get().unpinned_at is not None


def test_staff_pins_for_the_first_host(room, host):
    producer = make_user()
    make_member(producer, room.event.brand, Role.PRODUCER)
    call("POST", "api-room-pins", room, user=producer, body={"item": room.event.lineup.get().public_id})
    assert (Pin.objects.get().host.user, Pin.objects.get().placed_by) == (host, producer)


def test_pieces_of_other_shows_are_not_found(room, host):
    other = make_lineup_item(make_event(brand=room.event.brand))
    answer = call("POST", "api-room-pins", room, user=host, body={"item": other.public_id})
    assert answer.status_code == 404


def agent_of(room):
    user = make_user()
    make_member(user, room.event.brand, Role.AGENT)
    return user


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda _room: None, 403),
        (lambda _room: make_user(), 403),
        (agent_of, 403),
        (lambda _room: foreign_staff(), 404),
    ],
    ids=["anonymous", "viewer", "care agent", "staff of another brand"],
)
def test_the_stage_belongs_to_those_who_work_on_it(room, who, status):
    pin, line = make_pin(room, item=room.event.lineup.get()), make_message(room)
    item = make_lineup_item(room.event)
    answers = [
        call("POST", "api-room-pins", room, user=who(room), body={"item": item.public_id}),
        call("DELETE", "api-room-pin", room, pin.public_id, user=who(room)),
        call("DELETE", "api-room-message", room, line.public_id, user=who(room)),
        call("PATCH", "api-room-settings", room, user=who(room), body={"slow_seconds": 5}),
    ]
    assert [answer.status_code for answer in answers] == [status] * 4
    assert (Pin.objects.showing().count(), ChatMessage.objects.filter(deleted_at=None).count()) == (1, 1)


# --- Touches ---------------------------------------------------------------------------------------------
def test_a_touch_is_answered_with_its_signed_token(room):
    product = room.event.lineup.get().product
    client = Client()
    answer = call("POST", "api-room-touches", room, client=client, body={"product": product.public_id})
    found = read_touch(answer.json()["touch"])
    assert (found.product, found.viewer_key) == (product, f"guest:{client.session['guest']}")


def test_a_touch_of_nothing_is_refused(room):
    assert call("POST", "api-room-touches", room, body={"product": "nothing"}).status_code == 404
    assert code(call("POST", "api-room-touches", room, body={})) == (400, "invalid")


# --- Names -------------------------------------------------------------------------------------------------
def test_a_guest_chooses_a_name_for_the_session(room):
    client = Client()
    assert call("POST", "api-room-name", room, client=client, body={"name": " Wei "}).json() == {
        "name": "Wei"
    }
    assert client.session["guest_name"] == "Wei"


def test_an_account_keeps_the_name_it_chose(room):
    user = make_user(display_name="")
    call("POST", "api-room-name", room, user=user, body={"name": "Wei"})
    user.refresh_from_db()
    assert user.display_name == "Wei"


def test_names_that_could_be_taken_for_staff_are_refused(room):
    answer = call("POST", "api-room-name", room, body={"name": "Support"})
    assert code(answer) == (400, "name_reserved")
