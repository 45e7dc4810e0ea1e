"""Who may do what, asked over HTTP: every route × role × brand has its answer in `authorization.txt`.

A route or method the table does not list fails, and so does a row whose route is gone.
"""

import functools
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from livechat.domain.rooms import room_of
from tests.config.world import ROLES, Side, World, make_world
from tests.factories.events import (
    make_engagement,
    make_evidence,
    make_own_day,
    make_revision,
    make_segment,
    make_series,
    make_task,
)
from tests.factories.livechat import make_act, make_blocked_term, make_message, make_report, make_sanction

TABLE = Path(__file__).with_name("authorization.txt")
# Other people's code, tested by other people; that only staff enters the admin is tested below.
FOREIGN_MODULES = ("allauth.", "django.contrib.", "unfold.")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NO_SUCH_METHOD = "-"

# What the words in a route stand for; `slug` depends on the route and is an event unless told.
WORDS: dict[str, Callable[[Side], object]] = {
    "slug": lambda side: side.event.slug,
    "public_id": lambda side: side.order.public_id,
    "item": lambda side: side.item.public_id,
    "segment": lambda side: make_segment(side.event).public_id,
    "pin": lambda side: side.pin.public_id,
    "message": lambda side: side.message.public_id,
    "question": lambda side: side.question.public_id,
    "engagement": lambda side: make_engagement(side.event, host=side.host).public_id,
    "tag": lambda side: make_message(room_of(side.event), author_tag="a-person").author_tag,
    "sanction": lambda side: make_sanction(room_of(side.event)).public_id,
    "act": lambda side: make_act(room_of(side.event)).public_id,
    "term": lambda side: make_blocked_term(side.brand).public_id,
    "poll": lambda side: side.poll.public_id,
    "task": lambda side: make_task(side.event).public_id,
    "revision": lambda side: make_revision(side.event).pk,
    "series": lambda side: make_series(side.brand).public_id,
    "product": lambda side: side.product.slug,
    "variant": lambda side: side.variant.public_id,
    "brand": lambda side: side.brand.slug,
    "picture": lambda side: side.product.images.get().public_id,
    "niche": lambda side: make_evidence(side.host).niche.slug,
    "report": lambda side: make_report(side.question, side.host).public_id,
    "reference": lambda side: side.order.payments.get().reference,
    "provider": lambda side: "sandbox",
    "role": lambda side: "producer",
    "pk": lambda side: 1,
    # Nobody's: whoever has a true one needs no account.
    "token": lambda side: "nobodys",
    "key": lambda side: make_own_day(side.brand).key,
    "market": lambda side: "FR",
    "on": lambda side: "2030-03-05",
    "path": lambda side: "scarf.avif",
    "name": lambda side: "icon-192",
    "language": lambda side: "en",
    "backdrop": lambda side: "snow",
    "version": lambda side: "an-old-one",
}
SLUGS: dict[str, Callable[[Side], str]] = {
    "host-profile": lambda side: side.host.slug,
    "host-credibility": lambda side: side.host.slug,
    "host-shows": lambda side: side.host.slug,
    "host-follow": lambda side: side.host.slug,
    "host-answers": lambda side: side.host.slug,
    "studio-host": lambda side: side.host.slug,
    "api-host": lambda side: side.host.slug,
    "api-host-follow": lambda side: side.host.slug,
    "product": lambda side: side.product.slug,
    "api-product": lambda side: side.product.slug,
    "brand": lambda side: side.brand.slug,
    "product-shows": lambda side: side.product.slug,
    "product-questions": lambda side: side.product.slug,
    "brand-shows": lambda side: side.brand.slug,
    "product-closer": lambda side: side.product.slug,
    "product-edition": lambda side: side.product.slug,
    "edition": lambda side: side.edition.slug,
    "api-edition": lambda side: side.edition.slug,
    "api-edition-published": lambda side: side.edition.slug,
    "api-edition-picture": lambda side: side.edition.slug,
    "api-edition-pieces": lambda side: side.edition.slug,
    "api-edition-piece": lambda side: side.edition.slug,
    "studio-edition": lambda side: side.edition.slug,
    "studio-edition-state": lambda side: side.edition.slug,
    "studio-edition-picture": lambda side: side.edition.slug,
    "studio-edition-pieces": lambda side: side.edition.slug,
    "studio-edition-piece": lambda side: side.edition.slug,
    "api-brand": lambda side: side.brand.slug,
    "share-product": lambda side: side.product.slug,
    "share-site": lambda side: "almanac",
}
# A body that would do, where an empty one is refused before the question of who is asked.
BODIES: dict[str, Callable[[Side], dict[str, object]]] = {
    "api-room-polls": lambda side: {"question": "Which one next?", "options": ["The blue", "The ivory"]},
    "api-room-pins": lambda side: {"item": side.item.public_id},
    "api-room-settings": lambda side: {"chat_needs_account": True},
    "api-room-decide": lambda side: {"approve": True},
    "api-room-sanction-new": lambda side: {"kind": "timeout", "seconds": 60},
    "api-room-notice": lambda side: {"text": "Doors close at nine"},
    "api-room-blocklist": lambda side: {"language": "en", "term": "nonsense"},
    "api-room-starter": lambda side: {"language": "en"},
    "api-room-touches": lambda side: {"product": side.product.public_id},
    "api-room-questions": lambda side: {
        "id": "q1",
        "product": side.product.public_id,
        "text": "Is it lined?",
    },
    "api-room-question-verdict": lambda side: {"helpful": True},
    "api-room-claims": lambda side: {
        "host": side.host.slug,
        "product": side.product.public_id,
        "text": "It is cotton.",
    },
    "api-room-question-answer": lambda side: {"text": "Goat."},
    "api-event-advance": lambda side: {"to": "ended"},
    "api-engagements": lambda side: {"host": side.host.slug},
    "api-engagement-answer": lambda side: {"accept": False},
    "api-host-replace": lambda side: {"old": side.host.slug, "host": side.host.slug},
    "api-event-hosts": lambda side: {"hosts": [{"host": side.host.slug, "share": 10_000}]},
    "api-event-staff": lambda side: {"email": side.host.user.email, "role": "agent"},
    "api-event-lineup": lambda side: {"product": side.product.public_id},
    "api-event-lineup-order": lambda side: {"items": [side.item.public_id]},
    "api-event-lineup-item": lambda side: {"planned_second": 60},
    "api-products": lambda side: {
        "brand": side.brand.slug,
        "name": "A new scarf",
        "category": "silk",
    },
    "api-products-import": lambda side: {"brand": side.brand.slug, "text": "sku\nA-1"},
    "api-event": lambda side: {"title": "Another title"},
    "api-edition": lambda side: {"title": "Another title"},
    "api-edition-pieces": lambda side: {"products": [side.product.slug]},
    "api-editions": lambda side: {
        "brand": side.brand.slug,
        "kind": "new",
        "title": "Spring",
        "season": "SS27",
        "opens_at": "2027-02-14T19:00:00Z",
        "closes_at": "2027-03-14T19:00:00Z",
    },
    "api-order-refund": lambda side: {"reason": "It was torn."},
    "api-events": lambda side: {
        "brand": side.brand.slug,
        "title": "A new show",
        "starts_at": "2027-02-14T19:00",
        "ends_at": "2027-02-14T20:00",
        "time_zone": "Europe/Paris",
        "currency": "EUR",
    },
}

FORMS: dict[str, Callable[[Side], str]] = {
    "host-engagement": lambda side: "do=decline",
    "host-own-profile": lambda side: "do=back&away=1",
    "host-console": lambda side: f"do=pin&item={side.item.public_id}",
    "answer-verdict": lambda side: "helpful=yes",
    "room-claim": lambda side: f"host={side.host.slug}&product={side.product.public_id}&text=Cotton",
    "studio-claim": lambda side: "do=uphold&note=Seen",
    "event-control": lambda side: f"do=pin&item={side.item.public_id}",
    "room-questions": lambda side: f"do=answer&text=Goat&question={side.question.public_id}",
    "event-wishes": lambda side: f"product={side.product.public_id}",
    "room-want": lambda side: f"variant={side.variant.public_id}",
}
QUERIES: dict[str, Callable[[Side], str]] = {
    "healthz": lambda side: "?need=database",
    "studio-conflicts": lambda side: f"?event={side.event.slug}",
    "api-event-staff": lambda side: f"?user={side.host.user.public_id}&role=agent",
    "api-holidays": lambda side: "?year=2027&market=CN",
    "studio-day-move": lambda side: f"?brand={side.brand.slug}",
    "api-checkout-offer": lambda side: f"?product={side.product.public_id}&event={side.event.slug}",
}

Key = tuple[str, str]


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif not pattern.lookup_str.startswith(FOREIGN_MODULES):
            yield pattern


def our_routes() -> dict[str, URLPattern]:
    inner = [p for p in get_resolver().url_patterns if str(p.pattern) != "admin/"]
    return {pattern.name or pattern.lookup_str: pattern for pattern in routes(inner)}


@functools.cache
def table() -> dict[Key, list[str]]:
    """(route, method) -> one answer per column."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {(name, method): answers for name, method, *answers in lines}


def address(name: str, pattern: URLPattern, side: Side) -> str:
    words = {word: WORDS[word](side) for word in pattern.pattern.converters}
    if "slug" in words:
        words["slug"] = SLUGS.get(name, WORDS["slug"])(side)
    return reverse(name, kwargs=words) + QUERIES.get(name, lambda _: "")(side)


def answer_of(response: HttpResponse) -> str:
    """`+` let in, `?` sent to sign in, `x` refused, `.` nothing there for them, `!` not with this body."""
    if response.status_code in {301, 302} and re.match(r"/account/login/", response["Location"]):
        return "?"
    return {400: "!", 405: NO_SUCH_METHOD, 401: "x", 403: "x", 404: "."}.get(response.status_code, "+")


@contextmanager
def undone() -> Iterator[None]:
    """A transaction rolled back in the end; the code under test may take it for none, as in a TestCase."""
    atomic = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, name: str, pattern: URLPattern, side: Side) -> HttpResponse:
    """One request whose effects are undone."""
    if name.startswith("api-"):
        kind, body = "application/json", json.dumps(BODIES.get(name, lambda _: {})(side))
    else:
        kind, body = "application/x-www-form-urlencoded", FORMS.get(name, lambda _: "")(side)
    cache.clear()  # thousands of calls within a minute are not what is tested here
    with undone():
        return client.generic(
            method,
            address(name, pattern, side),
            data="" if method == "GET" else body,
            content_type=kind,
            headers={"idempotency-key": f"{method}-{name}"},
        )


def sides(world: World, role: str) -> list[Side]:
    """Own and other brand; for people without a brand any will do."""
    return [world.own, world.other] if role in ROLES else [world.own]


def answers_to(role: str, method: str, name: str, pattern: URLPattern, world: World) -> str:
    client = world.client(role)
    return "".join(answer_of(ask(client, method, name, pattern, side)) for side in sides(world, role))


COLUMNS = ("anonymous", "viewer", *ROLES, "admin")


def line(name: str, method: str, pattern: URLPattern, world: World) -> list[str]:
    return [answers_to(role, method, name, pattern, world) for role in COLUMNS]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def methods_of(name: str, pattern: URLPattern, world: World) -> list[str]:
    """What the route answers to at all; where even the admin finds nothing, one row will do."""
    admin = world.client("admin")
    asked = {method: answer_of(ask(admin, method, name, pattern, world.own)) for method in METHODS}
    if set(asked.values()) == {"."}:
        return ["GET"]
    return [method for method, answer in asked.items() if answer != NO_SUCH_METHOD]


def home_of(pattern: URLPattern) -> str:
    """The top-level package a route's view lives in."""
    return str(pattern.lookup_str).partition(".")[0]


HOMES = sorted({home_of(pattern) for pattern in our_routes().values()})


@pytest.mark.long_walk
@pytest.mark.parametrize("home", HOMES)
def test_every_role_gets_the_answer_of_the_table(home: str, world: World) -> None:
    mine = {name: pattern for name, pattern in our_routes().items() if home_of(pattern) == home}
    found = {
        (name, method): line(name, method, pattern, world)
        for name, pattern in mine.items()
        for method in methods_of(name, pattern, world)
    }
    expected = {key: answers for key, answers in table().items() if key[0] in mine}
    wrong = {key: answers for key, answers in found.items() if expected.get(key) != answers}
    if wrong:
        pytest.fail(
            f"{TABLE.name} says otherwise; if this is right, change it there:{as_text(wrong)}", pytrace=False
        )
    assert sorted(set(expected) - set(found)) == []


def as_text(found: dict[Key, list[str]]) -> str:
    """Ready to be put into the table, once it is what it should be."""
    return "".join(
        f"\n{name:<26} {method:<7}" + "".join(f"{answer:>10}" for answer in answers)
        for (name, method), answers in found.items()
    )


def test_every_row_has_a_route() -> None:
    assert {name for name, _ in table()} - set(our_routes()) == set()


def test_every_row_is_complete() -> None:
    wrong = [key for key, answers in table().items() if [len(a) for a in answers] != [1, 1, 2, 2, 2, 2, 2, 1]]
    assert wrong == []


@pytest.mark.ignore_template_errors  # unfold's own templates
@pytest.mark.parametrize(("role", "status"), [("viewer", 302), ("producer", 302), ("admin", 200)])
def test_only_staff_enters_the_admin(role: str, status: int, world: World) -> None:
    client = world.client(role)
    assert client.get("/admin/").status_code == status
