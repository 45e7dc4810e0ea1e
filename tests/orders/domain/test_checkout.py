"""Placing orders: what is held, what is charged, what is refused."""

from datetime import timedelta

import pytest

from accounts.domain.viewers import Viewer
from catalog.domain.pricing import set_price
from catalog.enums import ProductState
from catalog.errors import NoPrice, SoldOut
from catalog.models import Hold
from orders.domain.bags import add_to_bag, count_pieces
from orders.domain.checkout import Wanted, hold_piece, last_contact, place_order
from orders.enums import OrderState
from orders.errors import (
    BadQuantity,
    LimitReached,
    MixedBrands,
    NoDelivery,
    NotForSale,
    NothingToBuy,
    PriceChanged,
)
from orders.models import Order
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product, make_stocked_variant, states_of, stock_of
from tests.factories.livechat import as_viewer, make_guest
from tests.factories.orders import make_contact, make_order, make_request

pytestmark = pytest.mark.django_db


def test_an_order_is_open_and_holds_its_pieces_until_it_must_be_paid(now):
    variant = make_stocked_variant(on_hand=5, price=12_500)
    order = make_order(Wanted(variant, 2))
    assert (order.state, order.lines_amount, order.delivery_amount, order.total_amount) == (
        OrderState.OPEN,
        25_000,
        900,
        25_900,
    )
    assert order.pay_until == now + timedelta(seconds=600)
    assert stock_of(variant) == (5, 2, 0)
    assert order.lines.get().hold.expires_at == order.pay_until


def test_the_pieces_of_all_lines_are_held_or_none(now):
    brand = make_product().brand
    there = make_stocked_variant(on_hand=5, product=make_product(brand=brand))
    gone = make_stocked_variant(on_hand=0, product=make_product(brand=brand))
    with pytest.raises(SoldOut):
        make_order(Wanted(there, 1), Wanted(gone, 1))
    assert stock_of(there) == (5, 0, 0)
    assert Order.objects.count() == 0


def test_a_viewers_hold_becomes_the_orders_own(now):
    variant, viewer = make_stocked_variant(on_hand=1), make_guest()
    hold_piece(variant, holder=viewer.key, quantity=1, now=now)
    order = place_order(make_request(Wanted(variant, 1)), viewer=viewer, now=now + timedelta(minutes=2))
    assert states_of(variant) == ["released", "live"]
    assert order.pay_until == now + timedelta(minutes=10)


def test_a_late_order_has_five_minutes_to_be_paid(now):
    variant, viewer = make_stocked_variant(), make_guest()
    hold_piece(variant, holder=viewer.key, quantity=1, now=now)
    placed = now + timedelta(minutes=9)
    order = place_order(make_request(Wanted(variant, 1)), viewer=viewer, now=placed)
    assert order.pay_until == placed + timedelta(minutes=5)


def test_two_open_orders_never_lean_on_one_hold(now):
    variant, viewer = make_stocked_variant(on_hand=5), make_guest()
    first, second = (
        make_order(Wanted(variant, 1), viewer=viewer),
        make_order(Wanted(variant, 1), viewer=viewer),
    )
    assert first.lines.get().hold_id != second.lines.get().hold_id
    assert stock_of(variant) == (5, 2, 0)


def test_the_same_key_gives_the_same_order(now):
    variant, viewer = make_stocked_variant(on_hand=5), make_guest()
    request = make_request(Wanted(variant, 1))
    assert place_order(request, viewer=viewer, now=now) == place_order(request, viewer=viewer, now=now)
    assert stock_of(variant) == (5, 1, 0)


def test_a_twin_that_placed_the_order_first_is_answered_with_it(now, monkeypatch):
    variant, viewer = make_stocked_variant(on_hand=5), make_guest()
    request = make_request(Wanted(variant, 1))
    first = place_order(request, viewer=viewer, now=now)
    seen = iter([Order.objects.none(), Order.objects.filter(pk=first.pk)])
    monkeypatch.setattr(Order.objects, "filter", lambda **kwargs: next(seen))
    assert place_order(request, viewer=viewer, now=now) == first
    assert stock_of(variant) == (5, 1, 0)


def test_a_changed_price_is_told_before_anything_is_ordered(now):
    variant = make_stocked_variant(price=12_500)
    request = make_request(Wanted(variant, 1))
    set_price(variant, amount=13_000, currency="EUR", now=now)
    with pytest.raises(PriceChanged) as refused:
        place_order(request, viewer=make_guest(), now=now)
    assert refused.value.fields == {"amount": 13_900, "currency": "EUR"}
    assert stock_of(variant) == (10, 0, 0)


def test_pieces_of_two_brands_are_two_orders(now):
    with pytest.raises(MixedBrands):
        make_order(Wanted(make_stocked_variant(), 1), Wanted(make_stocked_variant(), 1))


def test_an_empty_or_doubled_wish_is_nothing_to_buy(now):
    variant = make_stocked_variant()
    with pytest.raises(NothingToBuy):
        place_order(make_request(), viewer=make_guest(), now=now)
    with pytest.raises(NothingToBuy):
        make_order(Wanted(variant, 1), Wanted(variant, 1))


@pytest.mark.parametrize("quantity", [0, -1, 2**31])
def test_a_quantity_out_of_bounds_is_refused(quantity, now):
    with pytest.raises((BadQuantity, LimitReached)):
        hold_piece(make_stocked_variant(), holder="guest:a", quantity=quantity, now=now)


@pytest.mark.parametrize("quantity", [1.5, "1", True])
def test_a_quantity_that_is_no_whole_number_is_refused(quantity, now):
    with pytest.raises(BadQuantity):
        hold_piece(make_stocked_variant(), holder="guest:a", quantity=quantity, now=now)


def test_open_orders_count_towards_the_limit_of_a_product(now):
    product, viewer = make_product(max_per_order=2), make_guest()
    variant = make_stocked_variant(product=product)
    other = make_stocked_variant(product=product)
    make_order(Wanted(variant, 2), viewer=viewer)
    with pytest.raises(LimitReached) as refused:
        make_order(Wanted(other, 1), viewer=viewer)
    assert refused.value.fields == {"most": 2}


def test_variants_of_one_product_share_its_limit(now):
    product = make_product(max_per_order=2)
    a, b = make_stocked_variant(product=product), make_stocked_variant(product=product)
    with pytest.raises(LimitReached):
        make_order(Wanted(a, 1), Wanted(b, 2))


def test_a_piece_off_sale_cannot_be_ordered(now):
    with pytest.raises(NotForSale):
        make_order(Wanted(make_stocked_variant(product=make_product(state=ProductState.DRAFT)), 1))
    with pytest.raises(NotForSale):
        make_order(Wanted(make_stocked_variant(active=False), 1))


def test_a_piece_without_a_price_or_delivery_in_the_currency_cannot_be_ordered(now):
    variant = make_stocked_variant(currency="EUR")
    request = make_request(Wanted(variant, 1))
    with pytest.raises(NoPrice):
        place_order(_in(request, currency="USD"), viewer=make_guest(), now=now)
    with pytest.raises(NoDelivery):
        place_order(_in(request, delivery="balloon"), viewer=make_guest(), now=now)


def test_what_was_ordered_leaves_the_bag(now):
    variant, viewer = make_stocked_variant(), make_guest()
    add_to_bag(variant, holder=viewer.key, quantity=1, currency="EUR", now=now)
    make_order(Wanted(variant, 1), viewer=viewer)
    assert count_pieces(viewer.key) == 0


def test_a_returning_buyer_finds_what_they_entered_last(now):
    viewer = as_viewer(make_user())
    assert last_contact(viewer) is None
    make_order(viewer=viewer, contact=make_contact(city="Kyoto", country="JP"))
    assert last_contact(viewer) == make_contact(city="Kyoto", country="JP")
    assert last_contact(Viewer("guest:x", None, "")) is None


def test_an_orders_holds_are_its_own(now):
    order = make_order()
    assert Hold.objects.get().holder == f"order:{order.public_id}"


def _in(request, **over):
    return type(request)(**{name: getattr(request, name) for name in request.__slots__} | over)
