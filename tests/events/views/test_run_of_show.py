"""The run of show in the studio: forms that lose no text, buttons without script, the order by API."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Brand
from events.domain import lineup, onair
from events.enums import EventState
from events.models import Event, LineupItem, Segment
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_lineup_item, make_segment

pytestmark = pytest.mark.django_db
URL = "/studio/events/marathon/"
RUN = f"{URL}?part=run"


@pytest.fixture
def brand() -> Brand:
    return make_brand(name="Maison")


@pytest.fixture
def event(client: Client, brand: Brand) -> Event:
    user = make_user()
    make_member(user, brand)
    client.force_login(user)
    return make_event(brand=brand, slug="marathon")


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def segment_data(segment: Segment | None = None, **over: str) -> dict[str, str]:
    prefix = segment.public_id if segment else "segment"
    known = {"title": "Bowls", "brand": "guest", "minutes": "40", "planned_second": "", "cue": "Water on."}
    return {f"{prefix}-{name}": value for name, value in (known | over).items()}


def piece_data(item: LineupItem, **over: str) -> dict[str, str]:
    known = {"planned_second": "2:00", "talking_points": "By hand.", "cue": "Camera two."}
    return {"do": "save"} | {f"{item.public_id}-{name}": value for name, value in (known | over).items()}


def test_a_segment_is_added_and_changed_without_script(client: Client, event: Event) -> None:
    guest, host = make_brand(slug="guest"), make_host()
    make_event_host(event, host=host)
    answer = client.post(f"{URL}segments/", segment_data() | {"segment-hosts": host.slug})
    part = event.segments.get()
    assert (answer.status_code, part.title, part.brand, part.planned_seconds, part.cue) == (
        302, "Bowls", guest, 2400, "Water on.",
    )  # fmt: skip
    assert [one.slug for one in part.hosts.all()] == [host.slug]
    data = segment_data(part, planned_second="10:00", minutes="30", title="Tea bowls")
    assert client.post(f"{URL}segments/{part.public_id}/", data).status_code == 302
    part.refresh_from_db()
    assert (part.title, part.planned_second, part.planned_seconds, part.hosts.count()) == (
        "Tea bowls",
        600,
        1800,
        0,
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("minutes", "0", "Ensure this value is greater than or equal to 1."),
        ("minutes", "481", "Ensure this value is less than or equal to 480."),
        ("minutes", "soon", "Enter a whole number."),
        ("brand", "nobody", "Select a valid choice. nobody is not one of the available choices."),
        ("planned_second", "noon", "Write minutes, or minutes:seconds, like 12:30."),
        ("title", "", "This field is required."),
    ],
)
def test_bad_input_is_told_beside_its_field(
    client: Client, event: Event, field: str, value: str, words: str
) -> None:
    make_brand(slug="guest")
    answer = client.post(f"{URL}segments/", segment_data(**{field: value}))
    assert (answer.status_code, answer.context["add_segment"].errors) == (422, {field: [words]})
    assert event.segments.count() == 0


def test_a_refusal_of_the_plan_stands_beside_its_field(client: Client, event: Event) -> None:
    make_brand(slug="guest")
    first = make_segment(event, minutes=480)
    answer = client.post(f"{URL}segments/", segment_data(minutes="30"))
    assert answer.context["add_segment"].errors == {
        "minutes": ["The segments would take 8.5 hours. Eight are the most."]
    }
    item = lineup.add_item(event, make_product(brand=event.brand), segment=first, now=NOW)
    answer = client.post(f"{URL}lineup/{item.public_id}/", piece_data(item, planned_second="500"))
    assert answer.context["run"][0].pieces[0].form.errors == {
        "planned_second": ["The segment runs from minute 0 to 480. Choose a time in between."]
    }


def test_two_people_editing_one_piece_both_keep_their_text(client: Client, event: Event) -> None:
    item = make_lineup_item(event)
    seen = str(event.version)
    lineup.edit_item(item, talking_points="Theirs, saved first.", now=NOW)
    url = f"{URL}lineup/{item.public_id}/"
    answer = client.post(url, piece_data(item, talking_points="Mine, still here.", version=seen))
    page = answer.content.decode()
    assert (answer.status_code, "Theirs, saved first." in page, "Mine, still here." in page) == (
        422,
        True,
        True,
    )
    form = answer.context["run"][-1].pieces[0].form
    fresh = Event.objects.get().version
    assert (form["version"].value(), fresh) == (str(fresh), 2)
    again = client.post(url, piece_data(item, talking_points="Mine, still here.", version=str(fresh)))
    item.refresh_from_db()
    assert (again.status_code, item.talking_points) == (302, "Mine, still here.")


def test_two_people_editing_one_segment_both_keep_their_text(client: Client, event: Event) -> None:
    make_brand(slug="guest")
    part = make_segment(event, cue="Theirs.")
    data = segment_data(part, cue="Mine.", planned_second="0", version="1")
    page = client.post(f"{URL}segments/{part.public_id}/", data)
    assert (page.status_code, "Theirs." in page.content.decode(), "Mine." in page.content.decode()) == (
        422,
        True,
        True,
    )


def test_twin_without_a_version_the_second_text_replaces_the_first(client: Client, event: Event) -> None:
    item = make_lineup_item(event)
    lineup.edit_item(item, talking_points="Theirs.", now=NOW)
    client.post(f"{URL}lineup/{item.public_id}/", piece_data(item, talking_points="Mine."))
    item.refresh_from_db()
    assert item.talking_points == "Mine."


def test_a_new_piece_keeps_its_text_through_a_conflict(client: Client, event: Event) -> None:
    product = make_product(brand=event.brand)
    make_lineup_item(event)
    lineup.edit_item(event.lineup.get(), cue="x", now=NOW)
    data = {"add-product": product.public_id, "add-talking_points": "Not lost.", "add-version": "1"}
    answer = client.post(f"{URL}lineup/", data)
    assert (answer.status_code, "Not lost." in answer.content.decode(), event.lineup.count()) == (
        422,
        True,
        1,
    )


def test_a_piece_is_kept_back_until_a_moment_of_the_shows_own_clock(client: Client, event: Event) -> None:
    item = make_lineup_item(event)
    url = f"{URL}lineup/{item.public_id}/"
    client.post(url, piece_data(item, reveal_at="2026-11-12T19:30"))
    item.refresh_from_db()
    assert item.reveal_at == datetime(2026, 11, 12, 18, 30, tzinfo=UTC)
    opened = client.get(f"{RUN}&edit={item.public_id}").content.decode()
    assert 'value="2026-11-12T19:30"' in opened
    skipped = client.post(url, piece_data(item, reveal_at="2027-03-28T02:30"))
    assert skipped.context["run"][-1].pieces[0].form.errors == {
        "reveal_at": ["Clocks go forward then. Choose another time."]
    }
    client.post(url, piece_data(item, reveal_at=""))
    item.refresh_from_db()
    assert item.reveal_at is None


def test_buttons_move_segments_and_pieces_and_refusals_are_told(client: Client, event: Event) -> None:
    guest = make_brand(name="Guest")
    one, two = make_segment(event, title="one"), make_segment(event, title="two", brand=guest)
    lineup.add_item(event, make_product(brand=guest), segment=two, now=NOW)
    client.post(f"{URL}segments/{two.public_id}/", {"do": "up"})
    assert [part.title for part in event.segments.all()] == ["two", "one"]
    answer = client.post(f"{URL}segments/{two.public_id}/", {"do": "remove"})
    assert told(answer) == [
        "Guest still has pieces in this show (1). Take them out, or give it another segment."
    ]
    stale = client.post(f"{URL}segments/{one.public_id}/", {"do": "up", "version": "1"})
    assert told(stale)[-1:] == [
        "Somebody else has changed this show meanwhile. Compare what stands here, then save again."
    ]
    client.post(f"{URL}segments/{one.public_id}/", {"do": "remove"})
    assert event.segments.get() == two


def test_a_piece_chooses_among_the_segments_of_its_brand(client: Client, event: Event) -> None:
    own, _theirs = make_segment(event, title="Ours"), make_segment(event, brand=make_brand())
    item = make_lineup_item(event)
    opened = client.get(f"{RUN}&edit={item.public_id}").context["run"][-1].pieces[0].form
    assert [value for value, _name in opened.fields["segment"].choices] == ["", own.public_id]
    client.post(f"{URL}lineup/{item.public_id}/", piece_data(item, segment=own.public_id))
    item.refresh_from_db()
    assert (item.segment, item.planned_second) == (own, 120)


def test_the_plan_is_set_against_the_length_of_the_show(client: Client, event: Event) -> None:
    make_segment(event, minutes=130)
    found = client.get(RUN).context
    assert (found["planned_minutes"], found["show_minutes"], found["beyond"]) == (130, 120, 10)


def test_an_open_form_is_the_only_one(client: Client, event: Event) -> None:
    part, item = make_segment(event), make_lineup_item(event)
    closed = client.get(RUN).content.decode()
    assert (closed.count('name="do" value="save"'), part.public_id in closed) == (0, True)
    assert client.get(f"{RUN}&edit={item.public_id}").content.decode().count('name="do" value="save"') == 1
    assert client.get(f"{RUN}&edit={part.public_id}").content.decode().count('name="do" value="save"') == 1
    assert client.get(f"{RUN}&edit=nobody").status_code == 200


def test_a_past_run_of_show_has_no_controls(client: Client, event: Event) -> None:
    make_segment(event)
    make_lineup_item(event)
    Event.objects.update(state=EventState.REPLAY)
    page = client.get(RUN).content.decode()
    assert ("data-moves" in page, "data-grip" in page, "data-over" in page) == (False, False, True)


def test_the_page_costs_the_same_for_a_long_show(
    client: Client, event: Event, django_assert_num_queries: Any
) -> None:
    def fill(n: int) -> None:
        for _ in range(n):
            part = make_segment(event, minutes=5, brand=make_brand(), hosts=[make_host()])
            lineup.add_item(event, make_product(brand=part.brand), segment=part, now=NOW)

    fill(2)
    with CaptureQueriesContext(connection) as short:
        client.get(RUN)
    fill(6)
    with django_assert_num_queries(len(short)):
        client.get(RUN)


# --- The order by API ---
ORDER = "/api/v1/events/marathon/lineup/order/"


def put(client: Client, body: dict[str, Any]) -> Any:
    return client.put(ORDER, body, content_type="application/json")


def test_the_editor_saves_segments_and_pieces_in_one_go(client: Client, event: Event) -> None:
    one, two = make_segment(event, title="one"), make_segment(event, title="two")
    item = lineup.add_item(event, make_product(brand=event.brand), segment=one, now=NOW)
    version = Event.objects.get().version
    plan = [
        {"segment": two.public_id, "items": [item.public_id]}, {"segment": one.public_id, "items": []},
        {"segment": "", "items": []},
    ]  # fmt: skip
    answer = put(client, {"version": version, "plan": plan}).json()
    assert [(row["id"], row["planned_second"]) for row in answer["segments"]] == [
        (two.public_id, 0), (one.public_id, 1800),
    ]  # fmt: skip
    assert [(row["segment"], row["planned_second"]) for row in answer["lineup"]] == [(two.public_id, 0)]
    assert answer["version"] == version + 1
    stale = put(client, {"version": version, "plan": plan})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "edit_conflict")
    assert put(client, {"version": version}).status_code == 400
    assert put(client, {"plan": plan, "items": []}).status_code == 400


def test_what_began_keeps_its_place_over_the_api(client: Client, event: Event) -> None:
    one, two = make_segment(event), make_segment(event)
    Event.objects.update(state=EventState.LIVE)
    onair.start_segment(Segment.objects.select_related("event").get(pk=one.pk), now=NOW)
    plan = [{"segment": two.public_id, "items": []}, {"segment": one.public_id, "items": []}]
    refused = put(client, {"plan": plan})
    assert (refused.status_code, refused.json()["error"]["message"]) == (
        409, "A segment that has begun keeps its place.",
    )  # fmt: skip
