"""This was not right: viewers report, the brand's staff decide, nobody in their own case."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from events.enums import StaffRole
from livechat.domain import claims
from livechat.domain.claims import decide, decided_by, report
from livechat.errors import (
    ClaimDecided,
    NotAllowed,
    NoteNeeded,
    NothingShown,
    NothingVisible,
    NotHostOfEvent,
    NotInLineup,
    TooLong,
    TooManyClaims,
)
from livechat.models import AccuracyReport, ModerationAct
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
)
from tests.factories.livechat import as_viewer, make_guest, make_pin, make_question, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    event = make_event(state="ended")
    make_event_host(event, host=make_host(user=make_user()))
    make_lineup_item(event)
    return make_room(event)


def host_of(room):
    return room.event.event_hosts.get().host


def piece_of(room):
    return room.event.lineup.first().product


def tell(room, *, viewer=None, text="It is not lined with silk.", now=NOW, **over):
    given = over if len(over) == 2 else {"host": host_of(room), "product": piece_of(room)} | over
    return report(room, viewer=viewer or make_guest(), text=text, now=now, **given)


def decider(room, role=Role.AGENT):
    user = make_user()
    make_member(user, room.event.brand, role)
    return user


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_one_report_per_viewer_and_piece_its_words_the_last_ones(room):
    viewer = make_guest()
    tell(room, viewer=viewer)
    tell(room, viewer=viewer, text="It is cotton.")
    assert [row.text for row in AccuracyReport.objects.all()] == ["It is cotton."]


def test_a_decided_report_keeps_the_words_it_was_decided_about(room):
    viewer = make_guest()
    given = tell(room, viewer=viewer)
    decide(given, upheld=True, note="The label says cotton.", by=decider(room), now=NOW)
    with pytest.raises(ClaimDecided):
        tell(room, viewer=viewer, text="Something else.")
    assert AccuracyReport.objects.get().text == "It is not lined with silk."


def test_what_is_refused_says_why(room):
    with pytest.raises(NothingVisible):
        tell(room, text="   ")
    with pytest.raises(TooLong):
        tell(room, text="x" * 501)
    with pytest.raises(NotHostOfEvent):
        tell(room, host=make_host())
    with pytest.raises(NotInLineup):
        tell(room, product=make_product())
    with pytest.raises(NothingShown):
        tell(make_room(make_event(state="scheduled")), host=host_of(room), product=piece_of(room))
    for viewer in (as_viewer(host_of(room).user), as_viewer(decider(room))):
        with pytest.raises(NotAllowed):
            tell(room, viewer=viewer)
    with pytest.raises(NotAllowed):
        tell(room, rehearsal=True)
    assert AccuracyReport.objects.count() == 0


def test_a_host_who_was_replaced_still_answers_for_what_they_showed(room):
    before = make_host()
    make_pin(room, item=room.event.lineup.first(), host=before)
    assert tell(room, host=before).host == before


def test_five_reports_within_the_hour_are_enough(room):
    viewer = make_guest()
    for _ in range(5):
        tell(room, viewer=viewer, product=make_lineup_item(room.event).product)
    with pytest.raises(TooManyClaims):
        tell(room, viewer=viewer)
    tell(room, viewer=viewer, now=NOW + timedelta(hours=1))


def test_twin_without_the_pace_one_person_fills_the_desk(room, monkeypatch):
    monkeypatch.setattr(claims, "_check_pace", lambda *args, **kwargs: None)
    viewer = make_guest()
    for _ in range(6):
        tell(room, viewer=viewer, product=make_lineup_item(room.event).product)
    assert AccuracyReport.objects.count() == 6


def test_a_decision_needs_a_note_and_stands_in_the_audit_each_time(room):
    given, staff = tell(room), decider(room)
    with pytest.raises(NoteNeeded):
        decide(given, upheld=True, note="  ", by=staff, now=NOW)
    with pytest.raises(TooLong):
        decide(given, upheld=True, note="x" * 301, by=staff, now=NOW)
    decide(given, upheld=True, note="The label says cotton.", by=staff, now=NOW)
    decide(given, upheld=False, note="It was another piece.", by=staff, now=NOW)
    acts = ModerationAct.objects.filter(verb="claim").order_by("pk")
    assert [(act.actor, act.reason, act.detail["before"], act.detail["after"]) for act in acts] == [
        (staff, "The label says cotton.", "open", "upheld"),
        (staff, "It was another piece.", "upheld", "dismissed"),
    ]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.PRODUCER, True),
        (Role.LEAD, True),
        (Role.MODERATOR, True),
        (Role.AGENT, True),
        (Role.MERCHANDISER, False),
        (Role.HOST, False),
    ],
)
def test_who_decides(room, role, may):
    given, user = tell(room), decider(room, role)
    assert list(decided_by(user)) == ([given] if may else [])
    assert client_of(user).get(reverse("studio-claims")).status_code == (200 if may else 403)


def test_the_staff_of_one_show_decides_about_that_show_only(room):
    other = make_room(make_event(state="ended", brand=room.event.brand))
    make_event_host(other.event)
    make_lineup_item(other.event)
    mine, _ = tell(room), tell(other)
    user = make_user()
    make_event_staff(room.event, user=user, role=StaffRole.AGENT)
    assert list(decided_by(user)) == [mine]


def test_nobody_is_judge_in_their_own_case(room):
    user = host_of(room).user
    make_member(user, room.event.brand, Role.PRODUCER)
    given = tell(room)
    assert list(decided_by(user)) == []
    with pytest.raises(NotAllowed):
        decide(given, upheld=False, note="I was right.", by=user, now=NOW)


def test_another_brand_finds_nothing(room):
    rival = make_user()
    make_member(rival, make_brand(), Role.PRODUCER)
    url = reverse("studio-claim", args=[tell(room).public_id])
    assert client_of(rival).post(url, {"do": "uphold", "note": "x"}).status_code == 404


def test_the_page_reports_and_shows_what_is_missing_beside_the_field(room, client):
    question = make_question(room, product=piece_of(room), state="answered", answer="Silk.", answered_at=NOW)
    url = reverse("room-claim", args=[room.event.slug])
    assert "Silk." in client.get(f"{url}?question={question.public_id}").content.decode()
    asked = {"host": host_of(room).slug, "product": piece_of(room).public_id, "question": question.public_id}
    refused = client.post(url, asked | {"text": " "})
    assert (refused.status_code, "Write something that can be read." in refused.content.decode()) == (
        422,
        True,
    )
    assert client.post(url, asked | {"text": "It is cotton."}).status_code == 302
    assert AccuracyReport.objects.get().question == question


def test_over_the_api(room, client):
    url = reverse("api-room-claims", args=[room.event.slug])
    body = {"host": host_of(room).slug, "product": piece_of(room).public_id, "text": "It is cotton."}
    answer = client.post(url, body, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (201, "open")
    refused = client.post(url, body | {"text": "x" * 501}, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "too_long")


def test_the_desk_decides_and_keeps_a_note_that_was_refused(room):
    given, client = tell(room), client_of(decider(room))
    url = reverse("studio-claim", args=[given.public_id])
    refused = client.post(url, {"do": "uphold", "note": " "})
    assert (refused.status_code, "Say in a few words" in refused.content.decode()) == (422, True)
    client.post(url, {"do": "uphold", "note": "The label says cotton."})
    assert AccuracyReport.objects.get().state == "upheld"
    page = client.get(f"{reverse('studio-claims')}?state=upheld").content.decode()
    assert "The label says cotton." in page
    assert client.post(url, {"do": "forget", "note": "x"}).status_code == 404


def test_the_desk_costs_the_same_for_one_and_for_many(room, django_assert_max_num_queries):
    client = client_of(decider(room))
    tell(room)
    with django_assert_max_num_queries(20) as few:
        client.get(reverse("studio-claims"))
    for _ in range(6):
        tell(room)
    with django_assert_max_num_queries(20) as many:
        client.get(reverse("studio-claims"))
    assert len(few) == len(many)
