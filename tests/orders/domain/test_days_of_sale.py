"""The days a piece is sold in, asked wherever it is put in a bag, held or ordered."""

from datetime import datetime, timedelta

import pytest

from accounts.domain.viewers import Viewer
from catalog.models import Hold, Variant
from orders.domain import bags
from orders.domain.bags import add_to_bag, set_quantity
from orders.domain.checkout import Wanted, hold_piece, place_order
from orders.enums import OrderState
from orders.errors import NotForSale, NotOpenYet, SaleClosed
from orders.models import BagLine, Order
from tests.factories.catalog import make_product, make_stocked_variant
from tests.factories.livechat import make_guest
from tests.factories.orders import make_order, make_request, pay

pytestmark = pytest.mark.django_db
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def variant(now: datetime) -> Variant:
    """A piece sold for one hour from now."""
    return make_stocked_variant(product=make_product(available_from=now, available_until=now + HOUR))


@pytest.fixture
def viewer() -> Viewer:
    return make_guest()


def put_in_bag(variant: Variant, viewer: Viewer, now: datetime) -> object:
    return add_to_bag(variant, holder=viewer.key, quantity=1, currency="EUR", now=now)


def hold_it(variant: Variant, viewer: Viewer, now: datetime) -> object:
    return hold_piece(variant, holder=viewer.key, quantity=1, now=now)


def order_it(variant: Variant, viewer: Viewer, now: datetime) -> object:
    return place_order(make_request(Wanted(variant, 1)), viewer=viewer, now=now)


WAYS = pytest.mark.parametrize("take", [put_in_bag, hold_it, order_it], ids=["bag", "hold", "order"])


@WAYS
def test_nothing_is_taken_before_the_sale_begins(take, variant, viewer, now) -> None:
    with pytest.raises(NotOpenYet) as early:
        take(variant, viewer, now - SECOND)
    assert (early.value.code, early.value.fields) == ("not_open_yet", {"opens_at": now.isoformat()})
    assert isinstance(early.value, NotForSale)
    assert (BagLine.objects.count(), Hold.objects.count(), Order.objects.count()) == (0, 0, 0)


@WAYS
@pytest.mark.parametrize("after", [timedelta(0), HOUR - SECOND], ids=["first moment", "last moment"])
def test_it_is_taken_from_the_first_moment_to_the_last(take, after, variant, viewer, now) -> None:
    assert take(variant, viewer, now + after)


@WAYS
def test_nothing_is_taken_once_the_sale_is_closed(take, variant, viewer, now) -> None:
    with pytest.raises(SaleClosed) as late:
        take(variant, viewer, now + HOUR)
    assert (late.value.code, late.value.fields) == ("sale_closed", {"closed_at": (now + HOUR).isoformat()})
    assert (BagLine.objects.count(), Hold.objects.count(), Order.objects.count()) == (0, 0, 0)


@WAYS
def test_without_the_guard_the_piece_would_be_taken_at_any_time(
    take, variant, viewer, now, monkeypatch
) -> None:
    monkeypatch.setattr(bags, "check_window", lambda product, now: None)
    assert take(variant, viewer, now + HOUR)
    assert take(variant, make_guest(), now - HOUR)


def test_the_refusal_names_the_moment_on_the_readers_clock(now) -> None:
    assert str(NotOpenYet(now)) == "This piece is sold from 11 November 2026, 18:00 (UTC)."
    assert str(SaleClosed(now)) == "The sale of this piece ended on 11 November 2026, 18:00 (UTC)."


def test_a_piece_without_days_is_sold_always(viewer, now) -> None:
    assert hold_it(make_stocked_variant(), viewer, now)


def test_what_lies_in_the_bag_when_the_sale_closes_may_only_be_taken_out(variant, viewer, now) -> None:
    put_in_bag(variant, viewer, now)
    given = {"holder": viewer.key, "currency": "EUR", "now": now + HOUR}
    with pytest.raises(SaleClosed):
        set_quantity(variant, quantity=2, **given)
    set_quantity(variant, quantity=0, **given)
    assert not BagLine.objects.exists()


def test_a_piece_held_in_time_may_be_ordered_until_the_hold_ends(variant, viewer, now) -> None:
    held = hold_it(variant, viewer, now + HOUR - MINUTE)
    assert held.expires_at > now + HOUR
    assert order_it(variant, viewer, now + HOUR + MINUTE).state == OrderState.OPEN


def test_a_hold_covers_no_more_pieces_than_it_keeps(variant, viewer, now) -> None:
    hold_it(variant, viewer, now + HOUR - MINUTE)
    with pytest.raises(SaleClosed):
        place_order(make_request(Wanted(variant, 2)), viewer=viewer, now=now + HOUR)


def test_somebody_elses_hold_and_one_that_ended_open_nothing(variant, viewer, now) -> None:
    held = hold_it(variant, viewer, now + HOUR - MINUTE)
    with pytest.raises(SaleClosed):
        order_it(variant, make_guest(), now + HOUR)
    with pytest.raises(SaleClosed):
        order_it(variant, viewer, held.expires_at)


def test_an_order_placed_before_the_close_is_paid_after_it(variant, now) -> None:
    order = make_order(Wanted(variant, 1), now=now + HOUR - SECOND)
    pay(order, now=now + HOUR + MINUTE)
    order.refresh_from_db()
    assert order.state == OrderState.PAID
