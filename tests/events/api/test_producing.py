from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.enums import Role
from events.models import Event
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product
from tests.factories.events import make_event, make_host, make_lineup_item, make_ready_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_ready_event(slug="show")


@pytest.fixture
def api(event: Event) -> APIClient:
    client = APIClient()
    producer = make_user()
    make_member(producer, event.brand)
    client.force_login(producer)
    return client


def plan(own: str, **over: Any) -> dict[str, Any]:
    return {
        "brand": own, "title": "Qixi", "time_zone": "Asia/Shanghai", "currency": "CNY",
        "holiday": {"key": "qixi", "market": "CN", "starts_on": "2027-08-08"},
        "starts_at": "2027-08-05T20:00:00+08:00", "ends_at": "2027-08-05T21:00:00+08:00",
    } | over  # fmt: skip


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_producer_makes_a_draft(api: APIClient, event: Event) -> None:
    answer = api.post("/api/v1/events/", plan(event.brand.slug), format="json")
    made = answer.json()
    assert (answer.status_code, made["slug"], made["state"], made["starts_at"]) == (
        201, "qixi", "draft", "2027-08-05T12:00:00Z",
    )  # fmt: skip
    assert made["holiday"]["native"] == "七夕"


@pytest.mark.parametrize(
    "wrong",
    [
        {"holiday": {"key": "qixi", "market": "CN", "starts_on": "2027-08-09"}},
        {"currency": "XQX"}, {"brand": "none"}, {"title": ""}, {"ends_at": "soon"},
    ],
)  # fmt: skip
def test_a_wrong_plan_is_refused_beside_its_field(
    api: APIClient, event: Event, wrong: dict[str, Any]
) -> None:
    answer = api.post("/api/v1/events/", plan(event.brand.slug, **wrong), format="json")
    assert (code(answer), list(answer.json()["error"]["fields"])) == ((400, "invalid"), list(wrong))


def test_an_impossible_time_is_refused(api: APIClient, event: Event) -> None:
    body = plan(event.brand.slug, ends_at="2027-08-05T20:00:00+08:00")
    assert code(api.post("/api/v1/events/", body, format="json")) == (400, "bad_time")


def test_brands_are_kept_apart_when_making_events(api: APIClient) -> None:
    foreign, mine_as_host = make_brand(), make_brand()
    user = make_user()
    make_member(user, mine_as_host, Role.HOST)
    assert api.post("/api/v1/events/", plan(foreign.slug), format="json").status_code == 400
    api.force_login(user)
    assert code(api.post("/api/v1/events/", plan(mine_as_host.slug), format="json")) == (403, "forbidden")


WRITES = [
    ("patch", "", {"title": "New"}),
    ("post", "advance/", {"to": "scheduled"}),
    ("put", "hosts/", {"hosts": []}),
    ("post", "lineup/", {}),
    ("put", "lineup/order/", {"items": []}),
    ("patch", "lineup/x/", {}),
    ("delete", "lineup/x/", {}),
]


@pytest.mark.parametrize(("verb", "path", "body"), WRITES)
def test_writing_is_for_producers_of_the_brand(
    event: Event, verb: str, path: str, body: dict[str, Any]
) -> None:
    moderator, stranger = make_user(), make_user()
    make_member(moderator, event.brand, Role.MODERATOR)
    statuses = []
    for person in (None, stranger, moderator):
        client = APIClient()
        if person:
            client.force_login(person)
        statuses.append(getattr(client, verb)(f"/api/v1/events/show/{path}", body, format="json").status_code)
    assert statuses == [403, 404, 403]


def test_a_change_counts_the_version_and_a_stale_one_is_told(api: APIClient) -> None:
    first = api.patch("/api/v1/events/show/", {"title": "First", "version": 1}, format="json").json()
    assert (first["title"], first["version"]) == ("First", 2)
    assert code(api.patch("/api/v1/events/show/", {"title": "x", "version": 1}, format="json")) == (
        409,
        "edit_conflict",
    )
    assert api.patch("/api/v1/events/show/", {"holiday": None}, format="json").json()["holiday"] is None


def test_advancing_walks_the_table(api: APIClient) -> None:
    event = Event.objects.get()
    assert code(api.post("/api/v1/events/show/advance/", {"to": "live"}, format="json")) == (
        409,
        "state_not_allowed",
    )
    assert code(api.post("/api/v1/events/show/advance/", {"to": "gone"}, format="json")) == (400, "invalid")
    event.lineup.all().delete()
    answer = api.post("/api/v1/events/show/advance/", {"to": "scheduled"}, format="json")
    assert code(answer) == (409, "not_ready")


def test_hosts_are_replaced_with_exact_shares(api: APIClient) -> None:
    one, two = make_host(slug="one"), make_host(slug="two")
    body = {"hosts": [{"host": "one", "share": 7_500}, {"host": "two", "share": 2_500}]}
    answer = api.put("/api/v1/events/show/hosts/", body, format="json").json()
    assert [(row["slug"], row["share"]) for row in answer["hosts"]] == [(one.slug, 7_500), (two.slug, 2_500)]
    wrong = {"hosts": [{"host": "one", "share": 7_500}]}
    assert code(api.put("/api/v1/events/show/hosts/", wrong, format="json")) == (400, "bad_shares")


def test_the_line_up_is_edited_piece_by_piece(api: APIClient, event: Event) -> None:
    product = make_product(brand=event.brand)
    added = api.post(
        "/api/v1/events/show/lineup/",
        {"product": product.public_id, "talking_points": "By hand."},
        format="json",
    )
    item = added.json()
    assert (added.status_code, item["position"], item["planned_second"]) == (201, 3, 600)
    assert code(api.post("/api/v1/events/show/lineup/", {"product": product.public_id}, format="json")) == (
        409,
        "lineup_conflict",
    )
    url = f"/api/v1/events/show/lineup/{item['id']}/"
    changed = api.patch(url, {"planned_second": 42}, format="json").json()
    assert (changed["planned_second"], changed["talking_points"]) == (42, "By hand.")
    order = [row.public_id for row in event.lineup.all()][::-1]
    listed = api.put("/api/v1/events/show/lineup/order/", {"items": order}, format="json").json()["lineup"]
    assert [row["id"] for row in listed] == order
    assert (api.delete(url).status_code, api.delete(url).status_code) == (204, 404)


def test_a_piece_of_another_show_is_not_there(api: APIClient) -> None:
    foreign = make_lineup_item(make_event())
    assert api.delete(f"/api/v1/events/show/lineup/{foreign.public_id}/").status_code == 404
