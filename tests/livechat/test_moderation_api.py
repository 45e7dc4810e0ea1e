"""Moderation over HTTP: the two grades, and what each answer says."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from events.enums import StaffRole
from livechat.domain.authors import author_tag
from livechat.domain.messages import post_message
from livechat.models import ChatMessage, LineState, ModerationAct, Notice, Sanction
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import make_event_host, make_event_staff, make_host
from tests.factories.livechat import as_viewer, make_blocked_term, make_guest, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_room()


def staff(room, role=StaffRole.MODERATOR):
    user = make_user()
    make_event_staff(room.event, user=user, role=role)
    return user


def call(method, name, room, *args, user, body=None):
    client = Client()
    if user:
        client.force_login(user)
    address = reverse(name, args=[room.event.slug, *args])
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, address, data, content_type="application/json")


def say(room, viewer=None, text="Is it lined?", **over):
    viewer = viewer or make_guest()
    options = {"client_id": text[:40], "badge": "", "now": timezone.now()} | over
    return post_message(room, viewer=viewer, text=text, **options)


def code(response):
    return response.status_code, response.json()["error"]["code"]


# --- Lines -------------------------------------------------------------------------------------------------
def test_a_line_is_removed_with_a_reason_and_the_answer_names_the_act(room):
    moderator, line = staff(room), say(room)
    answer = call("DELETE", "api-room-message", room, line.public_id, user=moderator, body={"reason": "Spam"})
    act = ModerationAct.objects.get()
    assert answer.status_code == 200
    assert answer.json()["act"] | {"at": 0} == {
        "id": act.public_id,
        "verb": "delete",
        "label": "Removed a line",
        "actor": moderator.display_name,
        "by_room": False,
        "name": line.author_name,
        "reason": "Spam",
        "message": line.public_id,
        "text": "Is it lined?",
        "sanction": None,
        "detail": {"count": 1},
        "at": 0,
        "undone_at": None,
        "undone_by": "",
        "may_undo": True,
    }


def test_removing_what_is_gone_is_no_act(room):
    moderator, line = staff(room), say(room)
    answers = [call("DELETE", "api-room-message", room, line.public_id, user=moderator) for _ in range(2)]
    assert [bool(answer.json()["act"]) for answer in answers] == [True, False]


def test_a_line_of_another_room_is_not_found(room):
    line = say(make_room())
    assert call("DELETE", "api-room-message", room, line.public_id, user=staff(room)).status_code == 404


def test_a_waiting_line_is_read_in_the_queue_and_decided_about(room):
    room.review = True
    room.save()
    moderator, line = staff(room), say(room)
    queue = call("GET", "api-room-review", room, user=moderator).json()["results"]
    assert [(one["id"], one["text"], one["reason"]) for one in queue] == [
        (line.public_id, "Is it lined?", "review")
    ]
    body = {"approve": True}
    answer = call("POST", "api-room-decide", room, line.public_id, user=moderator, body=body)
    assert answer.json()["act"]["verb"] == "approve"
    assert code(call("POST", "api-room-decide", room, line.public_id, user=moderator, body=body)) == (
        409,
        "not_waiting",
    )
    assert call("GET", "api-room-review", room, user=moderator).json()["results"] == []


# --- People ------------------------------------------------------------------------------------------------
def test_a_person_is_known_by_tag_with_lines_sanctions_and_acts(room):
    moderator, guest = staff(room), make_guest("Mina")
    first, second = say(room, guest, "One"), say(room, guest, "Two")
    tag = author_tag(room.pk, guest.key)
    call("DELETE", "api-room-message", room, first.public_id, user=moderator)
    timeout = {"kind": "timeout", "seconds": 300, "scope": "event", "reason": "Enough"}
    assert call("POST", "api-room-sanction-new", room, tag, user=moderator, body=timeout).status_code == 201
    found = call("GET", "api-room-author", room, tag, user=moderator).json()
    assert (found["author"], found["name"], found["signed_in"], found["staff"]) == (tag, "Mina", False, False)
    assert [(line["id"], line["deleted"]) for line in found["lines"]] == [
        (second.public_id, False),
        (first.public_id, True),
    ]
    assert [(one["kind"], one["scope"], one["reason"]) for one in found["sanctions"]] == [
        ("timeout", "event", "Enough")
    ]
    assert [act["verb"] for act in found["acts"]] == ["timeout", "delete"]


def test_a_person_nobody_heard_is_not_found(room):
    for name, method in (("api-room-author", "GET"), ("api-room-clear", "POST")):
        assert call(method, name, room, "nobody", user=staff(room)).status_code == 404


def test_all_lines_of_a_person_go_with_one_request_and_come_back_with_another(room):
    moderator, guest = staff(room), make_guest()
    for text in ("One", "Two"):
        say(room, guest, text)
    act = call("POST", "api-room-clear", room, author_tag(room.pk, guest.key), user=moderator, body={}).json()
    assert ChatMessage.objects.filter(deleted_at=None).count() == 0
    undone = call("POST", "api-room-undo", room, act["act"]["id"], user=moderator)
    assert undone.json()["act"]["verb"] == "undo"
    assert ChatMessage.objects.filter(deleted_at=None).count() == 2
    again = call("POST", "api-room-undo", room, act["act"]["id"], user=moderator)
    assert code(again) == (409, "not_undoable")


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "timeout", "scope": "event"},
        {"kind": "timeout", "seconds": 11},
        {"kind": "ban", "seconds": 60},
        {"kind": "silence"},
    ],
)
def test_a_timeout_has_one_of_five_lengths_and_nothing_else_has_one(room, body):
    line = say(room)
    answer = call("POST", "api-room-sanction-new", room, line.author_tag, user=staff(room), body=body)
    assert code(answer) == (400, "invalid")


def test_bans_and_hiding_are_for_leads_and_reach_the_whole_brand_if_asked(room):
    guest = say(room).author_tag
    for body in ({"kind": "ban"}, {"kind": "hide"}, {"kind": "timeout", "seconds": 60, "scope": "brand"}):
        assert code(call("POST", "api-room-sanction-new", room, guest, user=staff(room), body=body)) == (
            403,
            "forbidden",
        )
    lead = staff(room, StaffRole.LEAD)
    body = {"kind": "ban", "scope": "brand", "reason": "Threats"}
    assert call("POST", "api-room-sanction-new", room, guest, user=lead, body=body).status_code == 201
    assert Sanction.objects.get().room is None
    listed = call("GET", "api-room-sanctions", room, user=staff(room)).json()["results"]
    assert [(one["kind"], one["scope"], one["may_lift"]) for one in listed] == [("ban", "brand", False)]


def test_sanctions_are_lifted_by_leads_and_by_whoever_gave_the_timeout(room):
    giver, other, lead = staff(room), staff(room), staff(room, StaffRole.LEAD)
    tag = say(room).author_tag
    for _ in range(2):
        body = {"kind": "timeout", "seconds": 60}
        call("POST", "api-room-sanction-new", room, tag, user=giver, body=body)
    first, second = Sanction.objects.order_by("pk")
    assert code(call("DELETE", "api-room-sanction", room, first.public_id, user=other)) == (403, "forbidden")
    assert call("DELETE", "api-room-sanction", room, first.public_id, user=giver).status_code == 200
    assert call("DELETE", "api-room-sanction", room, second.public_id, user=lead).status_code == 200
    assert Sanction.objects.in_force(timezone.now()).count() == 0


def test_staff_is_not_moderated(room):
    host, lead = make_user(), staff(room, StaffRole.LEAD)
    make_event_host(room.event, host=make_host(user=host))
    line = say(room, as_viewer(host), badge="host")
    answers = [
        call("DELETE", "api-room-message", room, line.public_id, user=lead),
        call("POST", "api-room-clear", room, line.author_tag, user=lead, body={}),
        call("POST", "api-room-sanction-new", room, line.author_tag, user=lead, body={"kind": "ban"}),
    ]
    assert [code(answer) for answer in answers] == [(403, "not_on_staff")] * 3
    assert ModerationAct.objects.count() == 0


# --- The audit ---------------------------------------------------------------------------------------------
def test_leads_read_the_whole_audit_and_moderators_their_own_acts(room):
    first, second, lead = staff(room), staff(room), staff(room, StaffRole.LEAD)
    for moderator in (first, second):
        line = say(room, text=f"For {moderator.pk}")
        call("DELETE", "api-room-message", room, line.public_id, user=moderator)
    counts = [call("GET", "api-room-acts", room, user=user).json()["count"] for user in (first, second, lead)]
    assert counts == [1, 1, 2]
    act = ModerationAct.objects.get(actor=first)
    assert code(call("POST", "api-room-undo", room, act.public_id, user=second)) == (403, "forbidden")
    assert call("POST", "api-room-undo", room, act.public_id, user=lead).status_code == 200
    page = call("GET", "api-room-acts", room, user=lead).json()["results"]
    assert [(one["verb"], one["may_undo"]) for one in page] == [
        ("undo", False),
        ("delete", True),
        ("delete", False),
    ]


# --- The room ----------------------------------------------------------------------------------------------
def test_settings_take_any_subset_and_answer_with_all_of_it(room):
    lead = staff(room, StaffRole.LEAD)
    answer = call("PATCH", "api-room-settings", room, user=lead, body={"slow_seconds": 30, "review": True})
    expected = {"chat_needs_account": False, "writers": "everyone", "slow_seconds": 30, "review": True}
    assert {name: answer.json()[name] for name in expected} == expected
    assert room.frames.filter(type="room.settings").count() == 1
    unchanged = call("PATCH", "api-room-settings", room, user=lead, body={"review": True})
    assert unchanged.json()["act"] is None
    undone = call("POST", "api-room-undo", room, answer.json()["act"]["id"], user=lead)
    assert undone.status_code == 200
    room.refresh_from_db()
    assert (room.slow_seconds, room.review) == (0, False)


def test_settings_are_for_leads_and_bounded(room):
    body = {"slow_seconds": 30}
    assert code(call("PATCH", "api-room-settings", room, user=staff(room), body=body))[0] == 403
    lead = staff(room, StaffRole.LEAD)
    for wrong in ({"slow_seconds": 601}, {"slow_seconds": -1}, {"writers": "friends"}):
        assert code(call("PATCH", "api-room-settings", room, user=lead, body=wrong)) == (400, "invalid")


def test_an_announcement_takes_the_place_of_the_one_before_and_undoing_brings_it_back(room):
    moderator = staff(room)
    for text in ("Doors close at nine", "Ten minutes more"):
        answer = call("PUT", "api-room-notice", room, user=moderator, body={"text": text})
    assert Notice.objects.get(removed_at=None).text == "Ten minutes more"
    call("POST", "api-room-undo", room, answer.json()["act"]["id"], user=moderator)
    assert Notice.objects.get(removed_at=None).text == "Doors close at nine"
    removed = call("DELETE", "api-room-notice", room, user=moderator)
    assert removed.json()["act"]["verb"] == "notice"
    assert call("DELETE", "api-room-notice", room, user=moderator).json() == {"act": None}
    call("POST", "api-room-undo", room, removed.json()["act"]["id"], user=moderator)
    assert Notice.objects.get(removed_at=None).text == "Doors close at nine"


def test_the_blocklist_is_read_added_to_and_taken_from(room):
    lead = staff(room, StaffRole.LEAD)
    body = {"language": "en", "term": "humbug", "effect": "hold"}
    added = call("POST", "api-room-blocklist", room, user=lead, body=body)
    assert added.status_code == 201
    term = added.json()["term"]
    assert {name: term[name] for name in body} == body
    listed = call("GET", "api-room-blocklist", room, user=lead).json()["results"]
    assert listed == [term]
    undone = call("POST", "api-room-undo", room, added.json()["act"]["id"], user=lead)
    assert undone.status_code == 200
    assert call("GET", "api-room-blocklist", room, user=lead).json()["results"] == []
    starter = call("POST", "api-room-starter", room, user=lead, body={"language": "fr"}).json()
    listed = call("GET", "api-room-blocklist", room, user=lead).json()["results"]
    assert len(listed) == starter["added"] > 30
    gone = call("DELETE", "api-room-blocked-term", room, listed[0]["id"], user=lead)
    assert gone.json()["act"]["verb"] == "block"
    again = call("DELETE", "api-room-blocked-term", room, listed[0]["id"], user=lead)
    assert again.status_code == 404


def test_another_brands_words_are_not_found(room):
    foreign = make_blocked_term(make_brand())
    lead = staff(room, StaffRole.LEAD)
    assert call("DELETE", "api-room-blocked-term", room, foreign.public_id, user=lead).status_code == 404
    body = {"language": "xx", "term": "humbug"}
    assert code(call("POST", "api-room-blocklist", room, user=lead, body=body)) == (400, "invalid")


# --- Who may -----------------------------------------------------------------------------------------------
def routes(room, line):
    tag = line.author_tag
    return [
        ("DELETE", "api-room-message", (line.public_id,), None),
        ("POST", "api-room-decide", (line.public_id,), {"approve": True}),
        ("GET", "api-room-review", (), None),
        ("GET", "api-room-author", (tag,), None),
        ("POST", "api-room-clear", (tag,), {}),
        ("POST", "api-room-sanction-new", (tag,), {"kind": "timeout", "seconds": 60}),
        ("GET", "api-room-sanctions", (), None),
        ("GET", "api-room-acts", (), None),
        ("PATCH", "api-room-settings", (), {"slow_seconds": 5}),
        ("PUT", "api-room-notice", (), {"text": "Hello"}),
        ("DELETE", "api-room-notice", (), None),
    ]


def foreign():
    user = make_user()
    make_member(user, make_brand(), Role.LEAD)
    return user


def colleague(room):
    user = make_user()
    make_member(user, room.event.brand, Role.AGENT)
    return user


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda _room: None, 403),
        (lambda _room: make_user(), 403),
        (colleague, 403),
        (lambda _room: foreign(), 404),
    ],
    ids=["anonymous", "viewer", "care agent", "lead of another brand"],
)
def test_moderation_is_for_moderators(room, who, status):
    line = say(room)
    person = who(room)
    answers = [
        call(method, name, room, *args, user=person, body=body)
        for method, name, args, body in routes(room, line)
    ]
    assert [answer.status_code for answer in answers] == [status] * len(answers)
    assert ChatMessage.objects.get().state == LineState.SHOWN
    assert (ModerationAct.objects.count(), Sanction.objects.count(), Notice.objects.count()) == (0, 0, 0)
