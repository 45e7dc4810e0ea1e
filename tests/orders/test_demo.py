"""The demo's orders: made by the domain, so they add up like all others."""

from datetime import timedelta

import pytest

from orders import demo
from orders.models import Attribution, Order, Payment, Refund
from orders.tasks import sweep
from tests.factories.catalog import make_product, make_stocked_variant, stock_of
from tests.factories.events import NOW, make_event, make_event_host, make_lineup_item
from tests.factories.livechat import make_pin, make_room

pytestmark = pytest.mark.django_db


def past_show():
    """A show of yesterday with three pieces pinned, each with plenty on the shelf."""
    event = make_event(state="replay")
    make_event_host(event)
    room, variants = make_room(event), []
    for number in range(3):
        variant = make_stocked_variant(on_hand=40, product=make_product(brand=event.brand))
        item = make_lineup_item(event, product=variant.product)
        begun = event.starts_at + timedelta(minutes=5 * number)
        make_pin(room, item=item, pinned_at=begun, unpinned_at=begun + timedelta(minutes=15), slot=number + 1)
        variants.append(variant)
    return event, variants


def test_past_shows_have_orders_of_every_kind_and_the_stock_agrees():
    shows = [past_show() for _ in range(4)]
    demo.seed(NOW)
    paid = Order.objects.filter(state__in=["paid", "refunded"]).count()
    assert paid == Order.objects.count() >= 4 * 7
    assert Refund.objects.exists()
    assert set(Attribution.objects.values_list("reason", flat=True)) == {"pin", "no_touch"}
    kept = sum(line.kept for order in Order.objects.all() for line in order.lines.all())
    assert sum(stock_of(v)[2] for _, variants in shows for v in variants) == kept


def test_seeding_twice_adds_nothing():
    past_show()
    demo.seed(NOW)
    before = Order.objects.count(), Payment.objects.count(), Refund.objects.count()
    demo.seed(NOW)
    assert (Order.objects.count(), Payment.objects.count(), Refund.objects.count()) == before


def test_a_show_without_pins_or_pieces_sells_nothing():
    make_event(state="ended")
    demo.seed(NOW)
    assert Order.objects.count() == 0


def test_the_task_is_the_sweep():
    assert sweep() == 0
