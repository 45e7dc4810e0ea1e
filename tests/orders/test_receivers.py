"""What the shop answers when a room asks who bought."""

import pytest

from livechat.domain.messages import post_message
from livechat.errors import BuyersOnly
from livechat.signals import buyer_asked
from orders.domain.checkout import Wanted
from orders.enums import OrderState
from orders.models import Order
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product, make_stocked_variant
from tests.factories.events import NOW, make_event
from tests.factories.livechat import as_viewer, make_guest, make_room
from tests.factories.orders import make_paid_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_room(writers="buyers")


def buy(brand, viewer):
    variant = make_stocked_variant(product=make_product(brand=brand), on_hand=5)
    return make_paid_order(Wanted(variant, 1), viewer=viewer)


def asked(brand, viewer):
    return any(answer for _, answer in buyer_asked.send(sender=None, brand=brand, viewer_key=viewer.key))


def say(room, viewer):
    return post_message(room, viewer=viewer, text="Hello", client_id="c1", badge="", now=NOW)


@pytest.mark.parametrize("who", [make_guest, lambda: as_viewer(make_user())], ids=["guest", "account"])
def test_who_paid_for_an_order_of_the_brand_writes_among_buyers(room, who):
    buyer = who()
    with pytest.raises(BuyersOnly):
        say(room, buyer)
    buy(room.event.brand, buyer)
    assert say(room, buyer).text == "Hello"


def test_orders_elsewhere_unpaid_or_given_back_are_none(room):
    buyer = make_guest()
    buy(make_event().brand, buyer)
    assert not asked(room.event.brand, buyer)
    buy(room.event.brand, buyer)
    assert asked(room.event.brand, buyer)
    for state in (OrderState.OPEN, OrderState.CANCELLED, OrderState.REFUNDED):
        Order.objects.update(state=state)
        assert not asked(room.event.brand, buyer)


def test_what_the_rehearsal_crowd_bought_is_no_purchase(room):
    buyer = make_guest()
    buy(room.event.brand, buyer)
    Order.objects.update(rehearsal=True)
    assert not asked(room.event.brand, buyer)
