"""The moderators' page: who gets in, and what it shows before any script runs."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand
from events.enums import EventState, StaffRole
from events.models import Event
from livechat.domain.standing import you_card
from livechat.models import LineState, ModerationAct, Notice, Room, Sanction, SanctionKind
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import NOW, make_event, make_event_host, make_event_staff, make_host
from tests.factories.livechat import make_guest, make_message, make_room

pytestmark = pytest.mark.django_db
FAR = timedelta(days=36_500)


@pytest.fixture
def event() -> Event:
    return make_event(state=EventState.LIVE, title="The Silk Hour")


@pytest.fixture
def room(event: Event) -> Room:
    return make_room(event)


@pytest.fixture
def moderator(event: Event) -> User:
    user = make_user(display_name="Ada")
    make_event_staff(event, user=user, role=StaffRole.MODERATOR)
    return user


def member(brand: Brand, role: Role) -> User:
    """Somebody with one role at the brand."""
    user = make_user(display_name="Lea")
    make_member(user, brand, role)
    return user


def status(client: Client, user: User | None, event: Event) -> int:
    if user is not None:
        client.force_login(user)
    return client.get(f"/moderate/{event.slug}/").status_code


def page(client: Client, user: User, room: Room, query: str = "") -> str:
    client.force_login(user)
    answer = client.get(f"/moderate/{room.event.slug}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def data(html: str, name: str) -> Any:
    found = re.search(rf'id="{name}" type="application/json">(.*?)</script>', html)
    assert found is not None
    return json.loads(found[1])


def waiting_in(html: str) -> list[str]:
    return re.findall(r'waiting__text" dir="auto">([^<]+)', html)


def sanctioned(room: Room, **over: Any) -> Sanction:
    fields = {"kind": SanctionKind.BAN, "brand": room.event.brand, "room": room, "target_key": "guest:9"}
    said = {"target_name": "Wave Rider", "target_tag": "t9", "reason": "Advertising", "at": NOW}
    return Sanction.objects.create(**fields | said | over)


@pytest.mark.parametrize("role", [StaffRole.MODERATOR, StaffRole.LEAD, StaffRole.PRODUCER])
def test_people_who_moderate_the_event_come_in(client: Client, event: Event, role: StaffRole) -> None:
    user = make_user()
    make_event_staff(event, user=user, role=role)
    assert status(client, user, event) == 200


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.LEAD, Role.PRODUCER])
def test_people_who_moderate_for_the_brand_come_in(client: Client, event: Event, role: Role) -> None:
    assert status(client, member(event.brand, role), event) == 200


def test_strangers_are_sent_to_sign_in(client: Client, event: Event) -> None:
    answer = client.get(f"/moderate/{event.slug}/")
    assert (answer.status_code, answer["Location"].startswith("/account/login/")) == (302, True)


def test_viewers_and_colleagues_without_the_role_are_refused(client: Client, event: Event) -> None:
    host = make_user()
    make_event_host(event, host=make_host(user=host))
    people = [make_user(), host, member(event.brand, Role.AGENT)]
    assert [status(client, user, event) for user in people] == [403, 403, 403]


def test_for_people_of_other_brands_the_room_is_not_there(client: Client, event: Event) -> None:
    assert status(client, member(make_brand(), Role.MODERATOR), event) == 404


def test_nobody_learns_of_a_draft(client: Client) -> None:
    assert status(client, make_user(), make_event(state=EventState.DRAFT)) == 404


def test_the_page_takes_nothing_but_reading(client: Client, event: Event, moderator: User) -> None:
    client.force_login(moderator)
    assert client.post(f"/moderate/{event.slug}/").status_code == 405


def test_without_script_the_lines_that_wait_stand_there_oldest_first(
    client: Client, room: Room, moderator: User
) -> None:
    for text in ("First", "Second"):
        make_message(room, text=text, state=LineState.HELD, held_for="review")
    make_message(room, text="In the room already")
    make_message(room, text="Refused", state=LineState.REFUSED)
    assert waiting_in(page(client, moderator, room)) == ["First", "Second"]


def test_without_script_the_page_says_what_needs_one(client: Client, room: Room, moderator: User) -> None:
    html = page(client, moderator, room)
    assert "Acting on lines needs JavaScript." in html
    offered = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html.split("data-notice-form")[1])
    assert [field for field in offered if "disabled" not in field] == []


def test_what_holds_and_what_was_done_stands_there(client: Client, room: Room) -> None:
    lead = member(room.event.brand, Role.LEAD)
    sanctioned(room)
    sanctioned(room, target_name="Long Ago", until=NOW - FAR)
    acts = ModerationAct.objects
    acts.create(room=room, actor=lead, actor_name="Ada", verb="ban", target_name="Wave Rider", at=NOW)
    acts.create(room=room, verb="hold", at=NOW)
    html = page(client, lead, room)
    force, log = html.split("data-force>")[1].split("</ul>")[0], html.split("data-log>")[1].split("</ol>")[0]
    assert re.findall(r'person-name">([^<]+)', force) == ["Wave Rider"]
    assert re.findall(r"<p>([^<]+) <bdi", log) == ["Held lines of a flood", "Banned"]
    assert re.findall(r'entry__more">([^<]+)', log) == ["The room itself", "Ada"]


def test_the_record_shows_moderators_their_own_acts_only(client: Client, room: Room, moderator: User) -> None:
    for actor in (moderator, make_user()):
        ModerationAct.objects.create(room=room, actor=actor, verb="delete", target_name="Mina", at=NOW)
    assert page(client, moderator, room).count('<li class="entry">') == 1


def test_the_page_knows_who_looks_at_it(client: Client, room: Room, moderator: User) -> None:
    you = data(page(client, moderator, room), "room-you")
    assert (you["name"], you["grade"], you["badge"]) == ("Ada", "moderator", "moderator")
    assert data(page(client, member(room.event.brand, Role.PRODUCER), room), "room-you")["grade"] == "lead"


def test_rules_stand_as_the_room_has_them(client: Client, event: Event, moderator: User) -> None:
    room = make_room(event, slow_seconds=30, writers="followers", review=True)
    html = page(client, moderator, room)
    assert re.findall(r'<option value="([^"]+)" selected>', html) == ["followers", "30"]
    assert re.findall(r'name="(\w+)" disabled checked', html) == ["review"]
    assert html.count("Lead moderators and producers change this.") == 2


def test_the_announcement_that_stands_is_shown(client: Client, room: Room, moderator: User) -> None:
    Notice.objects.create(room=room, text="Encore at nine", name="Ada", badge="moderator", placed_at=NOW)
    assert "data-notice-shown>Encore at nine</p>" in page(client, moderator, room)


def test_lines_and_names_are_text_and_never_markup(client: Client, room: Room, moderator: User) -> None:
    make_message(room, text="<img src=x>", author_name="<b>", state=LineState.HELD)
    html = page(client, moderator, room)
    assert ("<img src=x>" in html, "&lt;img src=x&gt;" in html) == (False, True)


@pytest.mark.parametrize(
    ("query", "view"), [("", "waiting"), ("?view=log", "log"), ("?view=nothing", "waiting")]
)
def test_the_address_may_name_a_view(
    client: Client, room: Room, moderator: User, query: str, view: str
) -> None:
    assert f'data-desk data-view="{view}"' in page(client, moderator, room, query)


def test_the_page_asks_no_more_of_the_database_for_a_full_queue(
    client: Client, room: Room, moderator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        make_message(room, text=f"Line {number}", state=LineState.HELD)
        sanctioned(room, target_key=f"guest:{number}")
    client.force_login(moderator)
    with django_assert_max_num_queries(60):
        client.get(f"/moderate/{room.event.slug}/")


def test_somebody_timed_out_is_told_why_and_somebody_hidden_is_told_nothing(
    room: Room, moderator: User
) -> None:
    guest = make_guest()
    for kind, until, reason in (
        (SanctionKind.TIMEOUT, NOW + timedelta(seconds=60), "Advertising"),
        (SanctionKind.TIMEOUT, NOW + timedelta(seconds=10), "Shouting"),
        (SanctionKind.HIDE, None, "A troll"),
    ):
        sanctioned(room, kind=kind, until=until, reason=reason, target_key=guest.key)
    you = you_card(room, guest, now=NOW)
    assert (you["muted_for"], "troll" in str(you)) == ("Advertising", False)
    assert you_card(room, guest, now=NOW + timedelta(seconds=60))["muted_for"] == ""
