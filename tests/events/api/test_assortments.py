"""Editions over HTTP: what everybody reads, what those who fill the shelf write."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from events.domain import pieces
from events.models import Assortment
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_stocked_variant, make_variant
from tests.factories.events import make_assortment

pytestmark = pytest.mark.django_db

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
OPEN = {"opens_at": LONG_AGO, "closes_at": FAR_OFF, "published_at": LONG_AGO}


@pytest.fixture
def edition() -> Assortment:
    """One numbered piece, 12 of 50 left, 15 % above what it was made from."""
    brand = make_brand(slug="maison")
    standing = make_variant(product=make_product(brand=brand, slug="square"), price=10_000).product
    product = make_product(brand=brand, slug="magpie", edition_size=50)
    make_stocked_variant(product=product, on_hand=50, sold=38, price=11_500)
    made = make_assortment(brand=brand, slug="bridge", title="The Magpie Bridge", **OPEN)
    pieces.add_piece(made, product, based_on=standing, now=LONG_AGO)
    return made


@pytest.fixture
def maker(client: Client, edition: Assortment) -> Client:
    """The browser of somebody who fills the brand's shelf."""
    user = make_user()
    make_member(user, edition.brand, Role.MERCHANDISER)
    client.force_login(user)
    return client


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    answer = client.generic(
        method, f"/api/v1/editions/{path}", content_type="application/json", data=json.dumps(body)
    )
    return answer.status_code, answer.json() if answer.content else None


def slugs(client: Client, **asked: str) -> list[str]:
    return [row["slug"] for row in client.get("/api/v1/editions/", asked).json()["results"]]


def test_everybody_reads_what_is_left_and_how_prices_compare(client: Client, edition: Assortment) -> None:
    status, body = send(client, "GET", "bridge/")
    [item] = body["items"]
    assert (status, body["stage"], body["kind"], body["holiday"]["key"]) == (200, "open", "edition", "qixi")
    assert item["left"] == {"free": 12, "of": 50, "text": "12 of 50 left"}
    assert item["compared"] == {"product": "square", "percent": 15, "text": "15 % above the standing piece"}
    assert (item["product"]["opens_at"], item["product"]["closes_at"]) == (
        "2020-01-01T00:00:00Z",
        "2090-01-01T00:00:00Z",
    )


def test_drafts_are_listed_for_those_who_make_them_only(client: Client, edition: Assortment) -> None:
    make_assortment(brand=edition.brand, slug="draft", kind="off", **OPEN | {"published_at": None})
    assert slugs(client) == ["bridge"]
    assert send(client, "GET", "draft/")[0] == 404
    user = make_user()
    make_member(user, edition.brand, Role.PRODUCER)
    client.force_login(user)
    assert sorted(slugs(client)) == ["bridge", "draft"]


def test_the_list_is_narrowed_and_nonsense_is_refused(client: Client, edition: Assortment) -> None:
    make_assortment(slug="season", kind="new", **OPEN)
    found = [slugs(client, **asked) for asked in ({"kind": "new"}, {"brand": "maison"}, {"holiday": "qixi"})]
    assert found == [["season"], ["bridge"], ["bridge"]]
    assert client.get("/api/v1/editions/", {"kind": "sale"}).status_code == 400


NEW = {
    "brand": "maison",
    "kind": "edition",
    "title": "Two Rivers",
    "holiday": {"key": "qixi", "market": "CN", "starts_on": "2027-08-08"},
    "opens_at": "2027-07-20T02:00:00Z",
    "closes_at": "2027-08-08T16:00:00Z",
}


def test_one_is_made_filled_published_and_withdrawn(maker: Client, edition: Assortment) -> None:
    status, body = send(maker, "POST", "", NEW)
    assert (status, body["slug"], body["published_at"]) == (201, "two-rivers", None)
    make_product(brand=edition.brand, slug="pair")
    added = send(maker, "POST", "two-rivers/pieces/", {"product": "pair", "size": 77, "based_on": "square"})
    assert (added[0], added[1]["items"][0]["product"]["edition"]) == (201, 77)
    assert send(maker, "POST", "two-rivers/published/")[1]["published_at"] is not None
    assert send(maker, "DELETE", "two-rivers/published/")[1]["published_at"] is None
    assert (
        send(maker, "PATCH", "two-rivers/pieces/pair/", {"size": 70})[1]["items"][0]["product"]["edition"]
        == 70
    )
    assert send(maker, "DELETE", "two-rivers/pieces/pair/") == (204, None)


@pytest.mark.parametrize(
    ("over", "status", "field"),
    [
        ({"holiday": None}, 400, "holiday"),
        ({"holiday": {"key": "qixi", "market": "CN", "starts_on": "2027-08-09"}}, 400, "holiday"),
        ({"closes_at": "2027-07-20T02:00:00Z"}, 400, "closes_at"),
        ({"ground": "#111111", "ink": "#222222"}, 400, "ink"),
        ({"kind": "sale"}, 400, "kind"),
        ({"price": 1}, 400, "price"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else str(value),
)
def test_what_is_wrong_is_named(maker: Client, over: dict[str, Any], status: int, field: str) -> None:
    answered, body = send(maker, "POST", "", NEW | over)
    assert (answered, list(body["error"]["fields"])) == (status, [field])


def test_of_two_editors_the_second_hears_of_the_first(maker: Client) -> None:
    assert send(maker, "PATCH", "bridge/", {"title": "Ours", "version": 1})[1]["version"] == 2
    status, body = send(maker, "PATCH", "bridge/", {"title": "Theirs", "version": 1})
    assert (status, body["error"]["code"]) == (409, "edit_conflict")


def test_pieces_are_put_in_order_by_naming_them_all(maker: Client, edition: Assortment) -> None:
    pieces.add_piece(edition, make_product(brand=edition.brand, slug="second"), now=LONG_AGO)
    status, body = send(maker, "PUT", "bridge/pieces/", {"products": ["second", "magpie"]})
    assert (status, [item["product"]["slug"] for item in body["items"]]) == (200, ["second", "magpie"])
    status, body = send(maker, "PUT", "bridge/pieces/", {"products": ["second"]})
    assert (status, body["error"]["code"]) == (400, "bad_assortment")


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_the_same_queries_for_one_and_for_many(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        make_assortment(make_stocked_variant().product, **OPEN)
    with django_assert_max_num_queries(8):
        assert len(slugs(client)) == count
