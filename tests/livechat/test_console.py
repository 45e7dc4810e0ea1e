"""The host console: who gets in, what its forms do, and that scripts are answered in JSON."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from events.domain import streams
from events.enums import EventState, StaffRole
from events.errors import BadStreamKey
from events.models import Event
from livechat.domain.rooms import room_of
from livechat.models import Pin
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_stocked_variant
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
)
from tests.factories.livechat import make_message, make_pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> User:
    return make_user(display_name="Camille")


@pytest.fixture
def event(host: User) -> Event:
    event = make_event(state=EventState.LIVE, title="The Silk Hour")
    make_event_host(event, host=make_host(user=host))
    for _ in range(2):
        item = make_lineup_item(event)
        make_stocked_variant(product=item.product, on_hand=7)
    return event


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def address(event: Event) -> str:
    return f"/host/{event.slug}/"


def post(client: Client, event: Event, **fields: Any) -> Any:
    return client.post(address(event), fields)


def send(client: Client, event: Event, fields: Any) -> Any:
    body = fields if isinstance(fields, str) else json.dumps(fields)
    return client.post(address(event), body, content_type="application/json")


def showing(event: Event) -> list[str]:
    pins = Pin.objects.showing().filter(room=room_of(event)).select_related("item")
    return [pin.item.public_id for pin in pins]


def test_a_host_sees_their_shows_by_what_they_are_now(client: Client, host: User, event: Event) -> None:
    coming = make_event(state=EventState.SCHEDULED, title="Qixi at Night")
    make_event_host(coming, host=event.hosts.get())
    make_event(state=EventState.LIVE, title="Somebody Else's")
    page = signed_in(client, host).get("/host/").content.decode()
    headings = re.findall(r'my-shows__head">([^<]+)', page)
    titles = re.findall(r'my-show__title"><a href="[^"]+">([^<]+)', page)
    assert (headings, titles) == (["On now", "Coming"], ["The Silk Hour", "Qixi at Night"])


def test_without_a_show_the_page_says_what_to_expect(client: Client) -> None:
    page = signed_in(client, make_user()).get("/host/").content.decode()
    assert "No show yet" in page


def test_producers_find_the_shows_they_manage(client: Client, event: Event) -> None:
    producer = make_user()
    make_member(producer, event.brand, Role.PRODUCER)
    page = signed_in(client, producer).get("/host/").content.decode()
    assert address(event) in page


@pytest.mark.parametrize("path", ["/host/", "/host/show/"])
def test_strangers_are_asked_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"].startswith("/account/login/")) == (302, True)


def test_who_gets_into_the_console(client: Client, event: Event) -> None:
    people = {name: make_user() for name in ("viewer", "moderator", "merchandiser", "producer", "foreign")}
    make_event_staff(event, user=people["moderator"], role=StaffRole.MODERATOR)
    make_member(people["merchandiser"], event.brand, Role.MERCHANDISER)
    make_member(people["producer"], event.brand, Role.PRODUCER)
    make_member(people["foreign"], make_brand(), Role.PRODUCER)
    answers = {name: signed_in(client, user).get(address(event)).status_code for name, user in people.items()}
    assert answers == {"viewer": 403, "moderator": 403, "merchandiser": 403, "producer": 200, "foreign": 404}


def test_a_draft_does_not_exist_for_others(client: Client) -> None:
    draft = make_event(state=EventState.DRAFT)
    assert signed_in(client, make_user()).get(address(draft)).status_code == 404


def test_a_host_taken_off_the_show_is_out_at_once(client: Client, host: User, event: Event) -> None:
    signed_in(client, host)
    assert client.get(address(event)).status_code == 200
    event.event_hosts.all().delete()
    assert client.get(address(event)).status_code == 403
    assert post(client, event, do="key").status_code == 403


def test_the_console_shows_pieces_what_is_left_and_what_is_pinned(
    client: Client, host: User, event: Event
) -> None:
    first, second = event.lineup.all()
    pin = make_pin(room_of(event), item=second)
    make_message(room_of(event), text="How heavy is it?")
    page = signed_in(client, host).get(address(event)).content.decode()
    assert re.findall(r'data-item="(\w+)" data-product="\w+" data-pin="(\w*)"', page) == [
        (first.public_id, ""),
        (second.public_id, pin.public_id),
    ]
    assert re.findall(r"data-left>([^<]+)", page) == ["7 left", "7 left"]
    assert re.findall(r'name="to" value="(\w+)"', page) == ["ended"]
    assert page.count("How heavy is it?") == 2  # once to read, once for the script


def test_no_key_is_ever_in_a_page(client: Client, host: User, event: Event) -> None:
    key = streams.issue_key(event, now=NOW)
    page = signed_in(client, host).get(address(event)).content.decode()
    assert key not in page
    assert streams.stream_of(event).key_hash not in page


def test_a_pin_is_laid_and_taken_off_without_javascript(client: Client, host: User, event: Event) -> None:
    item = event.lineup.first()
    assert item is not None
    signed_in(client, host)
    assert post(client, event, do="pin", item=item.public_id).status_code == 302
    assert showing(event) == [item.public_id]
    pin = Pin.objects.get()
    assert (pin.host, pin.placed_by) == (event.hosts.get(), host)
    assert post(client, event, do="unpin", pin=pin.public_id).status_code == 302
    assert showing(event) == []


def test_staff_pin_in_the_first_hosts_name(client: Client, event: Event) -> None:
    producer = make_user()
    make_member(producer, event.brand, Role.PRODUCER)
    item = event.lineup.first()
    assert item is not None
    post(signed_in(client, producer), event, do="pin", item=item.public_id)
    assert Pin.objects.get().host == event.hosts.get()


def test_pieces_and_pins_of_other_shows_cannot_be_touched(client: Client, host: User, event: Event) -> None:
    other = make_event(state=EventState.LIVE)
    item = make_lineup_item(other)
    pin = make_pin(room_of(other), item=item)
    signed_in(client, host)
    assert send(client, event, {"do": "pin", "item": item.public_id}).status_code == 404
    assert send(client, event, {"do": "unpin", "pin": pin.public_id}).status_code == 404
    assert showing(other) == [item.public_id]


def test_a_host_rehearses_goes_live_and_ends(client: Client, host: User, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state=EventState.SCHEDULED, ends_at=NOW.replace(year=2099))
    signed_in(client, host)
    states = [
        send(client, event, {"do": "advance", "to": to}).json() for to in ("rehearsal", "live", "ended")
    ]
    assert states == [{"state": "rehearsal"}, {"state": "live"}, {"state": "ended"}]


def test_what_is_refused_is_said_in_json_to_scripts(client: Client, host: User, event: Event) -> None:
    answer = send(signed_in(client, host), event, {"do": "advance", "to": "live"})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "state_not_allowed"


def test_what_is_refused_is_said_on_the_page_to_people(client: Client, host: User, event: Event) -> None:
    page = signed_in(client, host).post(address(event), {"do": "advance", "to": "live"}, follow=True)
    assert page.redirect_chain == [(address(event), 302)]
    assert "toast--error" in page.content.decode()


@pytest.mark.parametrize("fields", [{"do": "advance", "to": "draft"}, {"do": "sell"}, {}, [], "{bad"])
def test_a_host_cannot_ask_for_anything_else(client: Client, host: User, event: Event, fields: Any) -> None:
    assert send(signed_in(client, host), event, fields).status_code == 404


def test_going_on_air_needs_a_fresh_key_and_gets_one(client: Client, host: User, event: Event) -> None:
    signed_in(client, host)
    first, second = (send(client, event, {"do": "key"}).json() for _ in range(2))
    stream = streams.stream_of(event)
    assert second["ingest"] == f"/ingest/{stream.public_id}/"
    assert streams.authorize(stream.public_id, second["key"], now=NOW) == stream
    with pytest.raises(BadStreamKey):
        streams.authorize(stream.public_id, first["key"], now=NOW)


def test_before_the_rehearsal_there_is_no_key(client: Client, host: User, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state=EventState.SCHEDULED)
    answer = send(signed_in(client, host), event, {"do": "key"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_ready")


def test_a_key_cannot_be_fetched_from_another_site(host: User, event: Event) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(signed_in(strict, host), event, {"do": "key"}).status_code == 403


def test_who_may_write_is_set_on_the_console_by_those_who_moderate(
    client: Client, host: User, event: Event
) -> None:
    producer = make_user()
    make_member(producer, event.brand, Role.PRODUCER)
    assert "data-settings" in signed_in(client, producer).get(address(event)).content.decode()
    post(client, event, do="settings", chat_needs_account="on")
    assert room_of(event).chat_needs_account is True
    assert send(client, event, {"do": "settings", "chat_needs_account": False}).json() == {
        "chat_needs_account": False
    }
    assert "data-settings" not in signed_in(client, host).get(address(event)).content.decode()
    refused = send(client, event, {"do": "settings", "chat_needs_account": True})
    assert (refused.status_code, room_of(event).chat_needs_account) == (403, False)
