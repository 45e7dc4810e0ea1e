"""What is not public stays out of maps, cards and structured data; each guard has a twin without it."""

import json
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from catalog.models.product import ProductQuerySet
from config.discovery import pages, views
from events.models.event import EventQuerySet
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_stocked_variant
from tests.factories.events import make_event, make_event_host

pytestmark = pytest.mark.django_db
PRICE = 987_600
SITE = settings.SITE_URL


@pytest.fixture
def producer() -> User:
    """Who works for a house with drafts (`secret`, `hidden`) and what anybody sees (`shown`, `offered`)."""
    house, user = make_brand(slug="house"), make_user()
    make_member(user, house, Role.PRODUCER)
    make_event_host(make_event(slug="secret", brand=house))
    make_event_host(make_event(slug="shown", brand=house, state="scheduled"))
    for slug, state in (("hidden", "draft"), ("offered", "active")):
        make_stocked_variant(
            product=make_product(slug=slug, brand=house, state=state), on_hand=2, price=PRICE
        )
    return user


def anybody_sees_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EventQuerySet, "public", lambda self: self)


def anybody_sees_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProductQuerySet, "on_sale", lambda self: self)


# --- The map --------------------------------------------------------------------------------------------


def mapped(part: str) -> list[str]:
    xml = Client().get(f"/sitemap-{part}.xml").content.decode()
    return sorted(re.findall(rf"<loc>{SITE}/{part}/([\w-]+)/</loc>", xml))


def test_the_map_lists_what_anybody_may_see(producer: User) -> None:
    assert (mapped("events"), mapped("products")) == (["shown"], ["offered"])


def test_twin_a_map_of_everything_lists_drafts(producer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    anybody_sees_events(monkeypatch)
    anybody_sees_pieces(monkeypatch)
    assert (mapped("events"), mapped("products")) == (["secret", "shown"], ["hidden", "offered"])


# --- Robots ---------------------------------------------------------------------------------------------


def open_to_robots(*paths: str) -> list[str]:
    lines = Client().get("/robots.txt").content.decode().splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    return [path for path in paths if not path.startswith(tuple(closed) or "-")]


OWN = (
    "/studio/orders/",
    "/account/profile/",
    "/bag/",
    "/orders/x/",
    "/host/silk/",
    "/moderate/silk/",
    "/api/v1/",
)


def test_robots_stay_out_of_what_is_somebodys_own() -> None:
    assert open_to_robots(*OWN, "/events/silk/", "/hosts/mei/") == ["/events/silk/", "/hosts/mei/"]


def test_twin_without_the_list_robots_go_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CLOSED", ())
    assert open_to_robots(*OWN) == list(OWN)


# --- Structured data ------------------------------------------------------------------------------------


def told(client: Client, path: str) -> list[str]:
    """The kinds of things a page tells search engines of, its way there apart."""
    html = client.get(path).content.decode()
    graphs = re.findall(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', html, re.S)
    things = [thing["@type"] for graph in graphs for thing in json.loads(graph)["@graph"]]
    return [kind for kind in things if kind != "BreadcrumbList"]


def prices(path: str, client: Client) -> list[str]:
    return re.findall(r'"price": ?"([\d.]+)"', client.get(path).content.decode())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_draft_tells_search_engines_nothing_even_where_its_producer_looks(producer: User) -> None:
    client = signed_in(producer)
    assert client.get("/events/secret/").status_code == 200
    assert (told(client, "/events/secret/"), told(client, "/events/shown/")) == (
        [],
        ["Event", "BroadcastEvent"],
    )


def test_twin_without_the_look_at_its_state_a_draft_tells_of_itself(
    producer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "EventState", SimpleNamespace(DRAFT=None))
    assert told(signed_in(producer), "/events/secret/") == ["Event", "BroadcastEvent"]


def test_no_offer_shows_the_price_of_a_draft(producer: User) -> None:
    everybody = (Client(), signed_in(producer))
    assert [prices("/products/hidden/", client) for client in everybody] == [[], []]
    assert [prices("/products/offered/", client) for client in everybody] == [["9876.00"]] * 2


def test_twin_a_page_for_every_piece_would_offer_a_draft(
    producer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    anybody_sees_pieces(monkeypatch)
    assert prices("/products/hidden/", Client()) == ["9876.00"]


# --- Share cards ----------------------------------------------------------------------------------------


def cards(*paths: str) -> list[int]:
    return [Client().get(f"/share/en/{path}/x.jpg").status_code for path in paths]


def test_cards_are_drawn_of_what_anybody_may_see(producer: User) -> None:
    assert cards("events/shown", "products/offered", "events/secret", "products/hidden") == [
        302,
        302,
        404,
        404,
    ]


def test_twin_without_the_question_a_card_is_drawn_of_a_draft(
    producer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    anybody_sees_events(monkeypatch)
    anybody_sees_pieces(monkeypatch)
    assert cards("events/secret", "products/hidden") == [302, 302]
