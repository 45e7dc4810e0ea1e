"""Two brands with a live show and an order each, and people of every role at the first."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.test import Client

from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand, Product, Variant
from events.models import Assortment, Event, Host, LineupItem
from livechat.domain.rooms import room_of
from livechat.models import ChatMessage, Pin, Poll, Question
from orders.domain.checkout import Wanted
from orders.models import Order
from tests.factories.accounts import make_mail, make_superuser, make_user
from tests.factories.catalog import make_brand, make_image, make_member, make_product, make_stocked_variant
from tests.factories.events import NOW, make_assortment, make_event, make_event_host, make_host
from tests.factories.livechat import make_guest, make_message, make_poll, make_question
from tests.factories.orders import make_paid_order, make_shown, touch

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
ROLES = ("host", "producer", "merchandiser", "moderator", "agent")


@dataclass(frozen=True)
class Side:
    """What one brand has."""

    brand: Brand
    product: Product
    variant: Variant
    event: Event
    host: Host
    item: LineupItem
    pin: Pin
    message: ChatMessage
    question: Question
    poll: Poll
    order: Order
    edition: Assortment


@dataclass(frozen=True)
class World:
    own: Side
    other: Side
    people: dict[str, User | None]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """The browser of the person with that role; a stranger's is new each time."""
        person = self.people[role]
        if person is None:
            return Client()
        if role not in self.clients:
            self.clients[role] = Client()
            self.clients[role].force_login(person)
        return self.clients[role]


def make_side(name: str, *, host_user: User) -> Side:
    brand = make_brand(slug=name)
    product = make_product(brand=brand, slug=f"{name}-scarf")
    make_image(product)
    variant = make_stocked_variant(product=product, on_hand=100)
    event = make_event(slug=f"{name}-show", state="live", brand=brand)
    host = make_host(user=host_user, slug=f"{name}-host")
    make_event_host(event, host=host)
    _, pin = make_shown(variant, event=event)
    buyer = make_guest()
    seen = touch(event, variant, buyer)
    return Side(
        brand=brand,
        product=product,
        variant=variant,
        event=event,
        host=host,
        item=pin.item,
        pin=pin,
        message=make_message(room_of(event)),
        question=make_question(
            room_of(event), product=product, state="answered", answer="Goat.", answered_at=NOW
        ),
        poll=make_poll(room_of(event), counts=[0, 0], closed_at=NOW),
        order=make_paid_order(Wanted(variant, 1, touch_token=seen), viewer=buyer),
        edition=make_assortment(
            product,
            slug=f"{name}-edition",
            kind="new",
            opens_at=LONG_AGO,
            closes_at=FAR_OFF,
            published_at=LONG_AGO,
        ),
    )


def make_world() -> World:
    people: dict[str, User | None] = {"anonymous": None, "viewer": make_user(), "admin": make_superuser()}
    people |= {role: make_user() for role in ROLES}
    host = people["host"]
    assert host is not None
    own = make_side("own", host_user=host)
    other = make_side("other", host_user=make_user())
    for role in ROLES:
        make_member(people[role], own.brand, Role(role))
    make_mail(now=NOW)
    return World(own, other, people)
