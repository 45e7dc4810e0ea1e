"""The programme: what viewers see of segments, and that the notes of the crew stay with the crew."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.domain import lineup, onair
from events.enums import EventState
from events.models import Event, Segment, Wish
from livechat.domain.actuals import comparison, cues
from livechat.domain.pins import place_pin, remove_pin
from livechat.domain.programme import host_for, programme_card, programme_of, wished_brand
from livechat.domain.rooms import room_of
from livechat.domain.snapshot import behind_the_curtain, snapshot
from livechat.models import RoomFrame
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_stocked_variant
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_lineup_item, make_segment
from tests.factories.livechat import make_pin

pytestmark = pytest.mark.django_db
SECRET = "Nobody outside reads this"


def marathon(*, state=EventState.LIVE, now=NOW, **over) -> Event:
    """Thirty minutes of the house, then thirty of a guest; every note is a secret."""
    event = make_event(
        state=state, now=now, slug="marathon", starts_at=now, ends_at=now + timedelta(hours=2), **over
    )
    guest = make_brand(name="Guest House", slug="guest")
    own = make_segment(event, title="Squares", cue=SECRET, hosts=[make_host(name="Camille")])
    theirs = make_segment(event, title="Bowls", brand=guest, cue=SECRET, hosts=[make_host(name="Hana")])
    for part in (own, theirs):
        variant = make_stocked_variant(product=make_product(brand=part.brand, name=f"{part.title} one"))
        lineup.add_item(event, variant.product, segment=part, cue=SECRET, talking_points=SECRET, now=NOW)
    return event


def parts(event):
    return list(event.segments.select_related("event", "brand"))


def told(event, *, now, brand=""):
    shown = programme_of(event, programme_card(event), now=now, brand=brand)
    return [(line.stand, round((line.starts_at - NOW) / timedelta(minutes=1))) for line in shown.lines]


# --- What viewers see ---
def test_an_overrun_moves_the_next_segment_and_the_brand_one_waits_for():
    event = marathon()
    onair.start_segment(parts(event)[0], now=NOW)
    assert told(event, now=NOW + timedelta(minutes=12)) == [("now", 0), ("next", 30)]
    assert told(event, now=NOW + timedelta(minutes=41)) == [("now", 0), ("next", 41)]
    shown = programme_of(event, programme_card(event), now=NOW + timedelta(minutes=41), brand="guest")
    assert (shown.yours, shown.yours.late) == (shown.lines[1], 11)
    assert programme_of(event, programme_card(event), now=NOW, brand="no-such").brand == ""


def test_a_wish_names_the_brand_one_waits_for():
    event = marathon()
    product = event.lineup.last().product
    Wish.objects.create(event=event, product=product, viewer_key="g:me", at=NOW)
    assert (wished_brand(event, "g:me"), wished_brand(event, "g:other"), wished_brand(event, "")) == (
        "guest", "", "",
    )  # fmt: skip


def test_the_page_before_tells_the_programme_in_two_zones_without_script(client: Client):
    now = timezone.now().replace(microsecond=0) + timedelta(days=2)
    event = marathon(state=EventState.SCHEDULED, now=now, time_zone="Asia/Tokyo")
    page = client.get(f"/events/{event.slug}/?brand=guest").content.decode()
    yours = page.split("data-programme-yours")[1].split("</p>")[0]
    assert ("Guest House" in yours, "your time" in yours, "in Tokyo" in yours) == (True, True, True)
    assert page.count('data-segment="') == 2
    assert "data-programme-yours hidden" in client.get(f"/events/{event.slug}/").content.decode()


def test_a_show_without_segments_has_no_programme(client: Client):
    event = make_event(
        state=EventState.SCHEDULED,
        starts_at=timezone.now() + timedelta(days=1),
        ends_at=timezone.now() + timedelta(days=1, hours=1),
    )
    assert "data-programme" not in client.get(f"/events/{event.slug}/").content.decode()


def test_others_learn_nothing_of_a_rehearsed_programme(client: Client):
    event = marathon(state=EventState.REHEARSAL)
    onair.start_segment(parts(event)[0], now=NOW)
    seen = behind_the_curtain(snapshot(room_of(event), now=NOW))
    assert [row["started_at"] for row in seen["programme"]] == [None, None]
    api = client.get("/api/v1/events/marathon/").json()
    assert [row["started_at"] for row in api["segments"]] == [None, None]


# --- The crew's notes stay with the crew ---
PUBLIC = [
    "/events/marathon/",
    "/api/v1/rooms/marathon/",
    "/api/v1/events/marathon/",
    "/api/v1/events/",
    "/events/marathon.ics",
]


@pytest.mark.parametrize("state", ["scheduled", "live", "ended", "replay"])
@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "account"])
def test_no_public_page_or_answer_holds_a_note(client: Client, state, signed_in):
    marathon()
    Event.objects.update(state=state)
    if signed_in:
        client.force_login(make_user())
    answers = [client.get(path) for path in PUBLIC]
    assert [answer.status_code for answer in answers] == [200] * len(PUBLIC)
    assert [
        path for path, answer in zip(PUBLIC, answers, strict=True) if SECRET in answer.content.decode()
    ] == []


def test_no_frame_of_the_log_holds_a_note():
    event = marathon()
    onair.start_segment(parts(event)[0], now=NOW)
    make_pin(room_of(event), item=event.lineup.first())
    frames = list(RoomFrame.objects.all())
    assert {"programme.changed", "lineup.changed"} <= {frame.type for frame in frames}
    assert [frame.type for frame in frames if SECRET in json.dumps(frame.body)] == []
    assert SECRET not in json.dumps(snapshot(room_of(event), now=NOW))


def test_twin_the_notes_are_there_for_the_crew(client: Client):
    event = marathon()
    client.force_login(make_superuser())
    assert client.get("/host/marathon/notes/").content.decode().count(SECRET) > 0
    found = cues(room_of(event), now=NOW)
    assert (found.segment, found.following.title, found.coming.cue, bool(found)) == (
        None,
        "Squares",
        SECRET,
        True,
    )


@pytest.mark.parametrize("path", ["/host/marathon/notes/", "/studio/run/marathon/"])
def test_only_hosts_and_managers_read_notes_and_the_comparison(client: Client, path):
    event = marathon()
    assert client.get(path).status_code == 302
    client.force_login(make_user())
    assert client.get(path).status_code == 403
    guest_staff = make_user()
    make_member(guest_staff, parts(event)[1].brand)
    client.force_login(guest_staff)
    assert client.get(path).status_code == 404
    host = make_user()
    make_event_host(event, host=make_host(user=host), share=0)
    client.force_login(host)
    assert client.get(path).status_code == 200


# --- The console ---
@pytest.fixture
def host(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def test_the_host_starts_the_next_segment_by_form_and_by_script(client: Client, host: User):
    event = marathon()
    make_event_host(event, host=make_host(user=host), share=0)
    first, second = parts(event)
    assert "Start “Squares”" in client.get("/host/marathon/").content.decode()
    assert client.post("/host/marathon/", {"do": "segment", "segment": first.public_id}).status_code == 302
    body = {"do": "segment", "segment": second.public_id}
    answer = client.post("/host/marathon/", body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"segment": second.public_id})
    again = client.post("/host/marathon/", body, content_type="application/json")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "segment_conflict")
    ended = client.post("/host/marathon/", {"do": "segment", "segment": ""}, content_type="application/json")
    assert (ended.json(), Segment.objects.filter(ended_at=None).count()) == ({"ended": True}, 0)
    assert client.post("/host/marathon/", {"do": "segment", "segment": "nobody"}).status_code == 404


# --- Pieces of guests ---
def test_staff_pin_a_piece_in_the_name_of_its_segments_host():
    event, staff = marathon(), make_superuser()
    first, second = event.lineup.select_related("segment", "product")
    assert [host_for(item, staff).name for item in (first, second)] == ["Camille", "Hana"]
    own = make_event_host(event, host=make_host(user=staff), share=0, position=9).host
    assert host_for(second, staff) == own
    pin = place_pin(room_of(event), item=second, by=staff, host=host_for(second, staff), now=NOW)
    assert (pin.product.brand.slug, pin.host) == ("guest", own)


# --- Planned against actual ---
def test_plan_and_what_happened_stand_side_by_side():
    event = marathon()
    staff, room = make_superuser(), room_of(event)
    first, second = parts(event)
    item = event.lineup.select_related("product").first()
    onair.start_segment(first, now=NOW + timedelta(minutes=4))
    early = NOW + timedelta(minutes=6)
    pin = place_pin(room, item=item, by=staff, host=None, now=early)
    remove_pin(pin, by=staff, now=early + timedelta(minutes=5))
    place_pin(room, item=item, by=staff, host=None, now=NOW + timedelta(minutes=30))
    onair.start_segment(second, now=NOW + timedelta(minutes=40))
    rows = comparison(room, now=NOW + timedelta(minutes=41))
    assert [(row.began, row.late, row.minutes, row.planned_minutes, row.over) for row in rows] == [
        (True, 4, 36, 30, 6), (True, 10, 30, 30, 0),
    ]  # fmt: skip
    (piece,) = rows[0].pieces
    assert (piece.first_at, piece.late, piece.minutes) == (early, 6, 16)
    assert [(one.first_at, one.late) for one in rows[1].pieces] == [(None, None)]


def test_a_rehearsed_pin_is_no_first_pin():
    event = marathon()
    item = event.lineup.select_related("product").first()
    make_pin(
        room_of(event), item=item, pinned_at=NOW - timedelta(hours=1), unpinned_at=NOW - timedelta(minutes=50)
    )
    Event.objects.update(went_live_at=NOW)
    event.refresh_from_db()
    assert comparison(room_of(event), now=NOW)[0].pieces[0].first_at is None


def test_the_comparison_costs_the_same_for_a_long_show(django_assert_num_queries):
    event = marathon()
    room = room_of(event)
    for _ in range(2):
        with django_assert_num_queries(4):
            comparison(room, now=NOW)
        for _more in range(5):
            item = make_lineup_item(event)
            make_segment(event, minutes=5)
            make_pin(room, item=item, unpinned_at=NOW)


def test_the_comparison_is_a_fragment_for_scripts_and_a_page_without(client: Client):
    event = marathon()
    onair.start_segment(parts(event)[0], now=NOW)
    client.force_login(make_superuser())
    page = client.get("/studio/run/marathon/").content.decode()
    fragment = client.get("/studio/run/marathon/", headers={"X-Requested-With": "fetch"}).content.decode()
    assert ("<html" in page, "<html" in fragment, "Squares" in fragment) == (True, False, True)
