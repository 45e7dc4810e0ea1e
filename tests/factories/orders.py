"""Orders, payments and attribution for tests, made by the domain's own functions."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from accounts.codes import new_public_id
from accounts.domain.viewers import Viewer
from catalog.domain.pricing import price_of
from catalog.models import Variant
from events.models import Event
from livechat.domain.rooms import room_of
from livechat.domain.touches import record_touch
from livechat.models import Pin
from orders.domain.checkout import Contact, Request, Wanted, place_order
from orders.domain.delivery import delivery_amount
from orders.domain.payments import start_payment
from orders.models import Order, Payment
from tests.factories.catalog import make_stocked_variant
from tests.factories.events import NOW, make_event, make_lineup_item
from tests.factories.livechat import make_guest

_number = count(1)
RETURN_URL = "https://shop.test/orders/x/"


def make_contact(**over: Any) -> Contact:
    fields = {
        "name": "Mina Bell",
        "email": "mina@test.example",
        "street": "4 Rue du Fil",
        "city": "Paris",
        "country": "FR",
        "postcode": "75003",
    }
    return Contact(**fields | over)


def make_request(*wanted: Wanted, currency: str = "EUR", delivery: str = "standard", **over: Any) -> Request:
    """A checkout of `wanted` that agrees to what the catalogue asks now."""
    goods = sum(price_of(each.variant, currency).amount * each.quantity for each in wanted)
    fields: dict[str, Any] = {
        "contact": make_contact(),
        "agreed": goods + delivery_amount(delivery, currency).amount,
        "key": new_public_id(),
        "origin": "https://shop.test",
    }
    return Request(wanted=list(wanted), currency=currency, delivery=delivery, **fields | over)


def make_order(*wanted: Wanted, viewer: Viewer | None = None, now: datetime = NOW, **over: Any) -> Order:
    """An open order, of one piece of a new variant unless `wanted` is given."""
    wanted = wanted or (Wanted(make_stocked_variant(), 1),)
    return place_order(make_request(*wanted, **over), viewer=viewer or make_guest(), now=now)


def pay(
    order: Order,
    *,
    method: str = "card",
    scenario: str = "approve",
    key: str = "",
    now: datetime | None = None,
) -> Payment:
    """One attempt to pay at the sandbox, a second after the order was placed unless `now` is given."""
    return start_payment(
        order,
        method=method,
        scenario=scenario,
        return_url=RETURN_URL,
        key=key or new_public_id(),
        now=now or order.placed_at + timedelta(seconds=1),
    )


def make_paid_order(*wanted: Wanted, **over: Any) -> Order:
    """An order whose card payment was captured."""
    order = make_order(*wanted, **over)
    pay(order)
    order.refresh_from_db()
    return order


def make_shown(
    variant: Variant, *, event: Event | None = None, pinned_at: datetime = NOW, **over: Any
) -> tuple[Event, Pin]:
    """`variant` in the line-up of a live event and pinned by its first host."""
    event = event or make_event(state="live", brand=variant.product.brand, **over)
    item = make_lineup_item(event, product=variant.product)
    first = event.event_hosts.first()
    host = first.host if first else None
    room = room_of(event)
    slot = room.pins.showing().count() + 1
    pin = Pin.objects.create(
        room=room, item=item, product=variant.product, host=host, slot=slot, pinned_at=pinned_at
    )
    return event, pin


def touch(event: Event, variant: Variant, viewer: Viewer, *, now: datetime = NOW) -> str:
    """The signed token of the viewer's touch of the piece in the event's room."""
    return record_touch(room_of(event), product=variant.product, viewer_key=viewer.key, now=now)
