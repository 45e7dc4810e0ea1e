"""Several stock rows are always taken by the keys of their variants, or two transactions would deadlock."""

from collections.abc import Iterator

import pytest

from catalog.models import Stock
from catalog.signals import stock_changed
from orders.domain.checkout import Wanted
from orders.domain.closing import cancel_order
from orders.domain.refunds import refund_order
from tests.factories.catalog import make_brand, make_product, make_stocked_variant
from tests.factories.orders import make_order, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken() -> Iterator[list[int]]:
    """The variants whose stock was changed, in the order of the changes."""
    seen: list[int] = []

    def hear(sender: object, *, variant_id: int, **kwargs: object) -> None:
        seen.append(variant_id)

    stock_changed.connect(hear, sender=Stock)
    yield seen
    stock_changed.disconnect(hear, sender=Stock)


@pytest.fixture
def pieces():
    """Three variants of one brand whose names sort against their keys, wanted in no order at all."""
    brand = make_brand()
    found = [make_stocked_variant(product=make_product(brand=brand, name=name)) for name in "CBA"]
    return [found[1], found[2], found[0]]


def by_key(pieces):
    return sorted(piece.pk for piece in pieces)


def test_an_order_takes_and_sells_its_pieces_by_key(pieces, taken):
    order = make_order(*(Wanted(piece, 1) for piece in pieces))
    assert taken == by_key(pieces)
    taken.clear()
    pay(order)
    assert taken == by_key(pieces)


def test_a_closed_order_gives_its_pieces_back_by_key(pieces, taken, now):
    order = make_order(*(Wanted(piece, 1) for piece in pieces))
    taken.clear()
    cancel_order(order, now=now)
    assert taken == by_key(pieces)


def test_a_refund_puts_the_pieces_back_by_key(pieces, taken, now):
    order = make_order(*(Wanted(piece, 1) for piece in pieces))
    pay(order)
    taken.clear()
    refund_order(order, reason="Torn", by=None, key="r1", now=now)
    assert taken == by_key(pieces)
