"""Which piece of N a buyer has: given with the payment, given back with the refund, never twice."""

from datetime import datetime
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Mail
from catalog.domain.products import resize_edition
from catalog.errors import EditionFull
from catalog.models import Product, Variant
from orders.domain import editions
from orders.domain.checkout import Wanted
from orders.domain.editions import lowest_free, numbered, numbers_of_lines
from orders.domain.refunds import refund_order
from orders.enums import OrderState
from orders.errors import NotFulfillable
from orders.models import EditionNumber, Order, Payment
from orders.serializers import LineOut, lines_with_numbers
from tests.catalog.racing import all_at_once, kinds
from tests.factories.catalog import make_product, make_stocked_variant, stock_of
from tests.factories.orders import make_order, make_paid_order, pay

pytestmark = pytest.mark.django_db


def edition_of(size: int, **over: object) -> Variant:
    """A variant of a numbered product with all of its pieces on the shelf."""
    return make_stocked_variant(
        product=make_product(edition_size=size, max_per_order=9), on_hand=size, **over
    )


def numbers_of(order: Order) -> list[int]:
    """The numbers the buyer has."""
    held = EditionNumber.objects.filter(line__order=order, given_back_at=None)
    return sorted(held.values_list("number", flat=True))


def labels_of(order: Order) -> list[str]:
    [line] = order.lines.prefetch_related(numbers_of_lines())
    return [str(each) for each in numbered(line)]


def refund(order: Order, quantity: int | None, *, key: str, now: datetime) -> None:
    pieces = None if quantity is None else {order.lines.get().public_id: quantity}
    refund_order(order, pieces=pieces, reason="Torn", by=None, key=key, now=now)


def test_paid_pieces_are_numbered_from_one_on() -> None:
    variant = edition_of(50)
    orders = [make_paid_order(Wanted(variant, quantity)) for quantity in (1, 3, 2)]
    assert [numbers_of(order) for order in orders] == [[1], [2, 3, 4], [5, 6]]
    assert labels_of(orders[2]) == ["No. 5 of 50", "No. 6 of 50"]


def test_an_open_order_has_no_number_yet() -> None:
    make_order(Wanted(edition_of(5), 1))
    assert not EditionNumber.objects.exists()


def test_pieces_that_are_no_edition_have_none() -> None:
    assert numbers_of(make_paid_order()) == []


def test_all_variants_of_a_product_are_one_edition() -> None:
    product = make_product(edition_size=6)
    one, other = (make_stocked_variant(product=product, on_hand=3) for _ in range(2))
    assert [numbers_of(make_paid_order(Wanted(variant, 1))) for variant in (one, other, one)] == [
        [1],
        [2],
        [3],
    ]


def test_what_the_rehearsal_crowd_buys_is_not_numbered() -> None:
    variant = edition_of(5)
    assert numbers_of(make_paid_order(Wanted(variant, 1), rehearsal=True)) == []
    assert numbers_of(make_paid_order(Wanted(variant, 1))) == [1]


def test_a_number_comes_back_with_its_piece_and_goes_to_the_next_buyer(now: datetime) -> None:
    variant = edition_of(5)
    first, _second = make_paid_order(Wanted(variant, 1)), make_paid_order(Wanted(variant, 1))
    refund(first, None, key="back", now=now)
    assert numbers_of(first) == []
    assert numbers_of(make_paid_order(Wanted(variant, 2))) == [1, 3]
    assert EditionNumber.objects.filter(number=1).count() == 2


def test_of_a_line_the_highest_numbers_come_back_first(now: datetime) -> None:
    order = make_paid_order(Wanted(edition_of(9), 4))
    refund(order, 1, key="one", now=now)
    assert numbers_of(order) == [1, 2, 3]
    refund(order, 2, key="two", now=now)
    assert numbers_of(order) == [1]


def test_money_given_back_without_a_piece_leaves_the_number(now: datetime) -> None:
    order = make_paid_order(Wanted(edition_of(9), 1))
    refund_order(order, pieces={}, delivery=True, reason="Late", by=None, key="k", now=now)
    assert numbers_of(order) == [1]


def test_the_last_pieces_have_the_last_numbers_and_then_there_is_none() -> None:
    variant = edition_of(3)
    assert numbers_of(make_paid_order(Wanted(variant, 3))) == [1, 2, 3]
    with pytest.raises(NotFulfillable):
        lowest_free(variant.product, 1)


def test_an_order_without_a_number_left_gets_its_money_back() -> None:
    # More pieces than numbers cannot be counted any more, but rows from before may be there.
    variant = make_stocked_variant(product=make_product(edition_size=1), on_hand=2)
    make_paid_order(Wanted(variant, 1))
    late = make_paid_order(Wanted(variant, 1))
    assert (late.state, late.payments.get().state) == (OrderState.CANCELLED, "surplus")
    assert (stock_of(variant), numbers_of(late)) == ((2, 0, 1), [])


def test_a_payment_told_twice_numbers_once() -> None:
    order = make_order(Wanted(edition_of(5), 1))
    pay(order, key="once")
    pay(order, key="once")
    assert EditionNumber.objects.count() == 1


def test_the_database_gives_no_number_to_two_buyers() -> None:
    order = make_paid_order(Wanted(edition_of(5), 1))
    held = EditionNumber.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionNumber.objects.create(product=held.product, number=1, line=order.lines.get(), at=held.at)


def stale_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look at the numbers is one from before the last buyer."""
    look, looked = editions.lowest_free, []

    def stale(product: Product, count: int) -> list[int]:
        looked.append(product)
        return [1] if len(looked) == 1 else look(product, count)

    monkeypatch.setattr(editions, "lowest_free", stale)


def test_a_number_taken_meanwhile_is_looked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    variant = edition_of(5)
    make_paid_order(Wanted(variant, 1))
    stale_first(monkeypatch)
    assert numbers_of(make_paid_order(Wanted(variant, 1))) == [2]


def test_without_looking_anew_the_buyer_would_lose_the_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    variant = edition_of(5)
    make_paid_order(Wanted(variant, 1))
    stale_first(monkeypatch)
    monkeypatch.setattr(editions, "GIVE_ATTEMPTS", 1)
    assert make_paid_order(Wanted(variant, 1)).state == OrderState.CANCELLED


def test_an_edition_keeps_its_size_while_a_number_is_with_a_buyer(now: datetime) -> None:
    variant = edition_of(5)
    order = make_paid_order(Wanted(variant, 1))
    for size in (4, 6, None):
        with pytest.raises(EditionFull):
            resize_edition(variant.product, size=size)
    refund(order, None, key="back", now=now)
    assert resize_edition(variant.product, size=6).edition_size == 6


def test_the_letter_says_the_number() -> None:
    order = make_paid_order(Wanted(edition_of(50), 2))
    letter = Mail.objects.get(key=f"order-paid:{order.public_id}")
    assert ("No. 1 of 50, No. 2 of 50" in letter.text, "No. 1 of 50, No. 2 of 50" in letter.html) == (
        True,
        True,
    )


@pytest.mark.parametrize("count", [1, 4])
def test_the_numbers_of_many_orders_take_one_query_more(
    count: int, django_assert_num_queries: object
) -> None:
    variant = edition_of(9)
    for _ in range(count):
        make_paid_order(Wanted(variant, 1))
    with django_assert_num_queries(3):
        orders = list(Order.objects.prefetch_related(lines_with_numbers()).order_by("pk"))
        bodies = [LineOut(order.lines.all(), many=True).data for order in orders]
    labels = [piece["text"] for [line] in bodies for piece in line["numbers"]]
    assert labels == [f"No. {number} of 9" for number in range(1, count + 1)]


def _pay(pk: int) -> Payment:
    return pay(Order.objects.get(pk=pk))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_buyers_who_pay_at_the_same_moment_have_different_numbers_without_a_gap() -> None:
    product = make_product(edition_size=12)
    variants = [make_stocked_variant(product=product, on_hand=6) for _ in range(2)]
    orders = [make_order(Wanted(variants[n % 2], 1)) for n in range(8)]
    assert kinds(all_at_once([partial(_pay, order.pk) for order in orders])) == {"Payment": 8}
    assert sorted(EditionNumber.objects.values_list("number", flat=True)) == list(range(1, 9))
