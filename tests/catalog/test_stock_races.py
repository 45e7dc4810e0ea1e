"""Many requests for few pieces, on real commits. Each race has a twin that runs it without its guard.

The twins read, meet at a barrier, and write: what any unlucky schedule can do, made certain.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import F

from catalog.domain import stock
from catalog.enums import HoldState
from catalog.models import Hold, Stock, Variant
from tests.catalog.racing import PATIENCE, all_at_once, kinds
from tests.factories.catalog import make_stocked_variant, states_of, stock_of

NOW = datetime(2026, 8, 19, 18, 0, tzinfo=UTC)
END = NOW + timedelta(seconds=600)

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unchecked_stock() -> Iterator[None]:
    """The stock table without the constraint below the guard."""
    check = next(c for c in Stock._meta.constraints if c.name == "stock_never_oversold")
    # SQLite makes the table anew from the model, so the model has to forget the constraint too.
    Stock._meta.constraints.remove(check)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Stock, check)
    yield
    Hold.objects.all().delete()
    Stock.objects.all().delete()
    Stock._meta.constraints.append(check)
    with connection.schema_editor() as editor:
        editor.add_constraint(Stock, check)


def hold_one(variant: Variant, holder: str) -> Hold:
    return stock.hold(variant, holder=holder, quantity=1, now=NOW)


def buyers(variant: Variant, count: int) -> list[Callable[[], Hold]]:
    return [partial(hold_one, variant, f"guest:{n}") for n in range(count)]


def test_two_hundred_buyers_of_fifty_pieces_are_fifty_holds_and_150_clear_refusals() -> None:
    variant = make_stocked_variant(on_hand=50)
    results = all_at_once(buyers(variant, 200))
    assert kinds(results) == {"Hold": 50, "SoldOut": 150}
    assert stock_of(variant) == (50, 50, 0)
    assert Hold.objects.live().filter(variant=variant).count() == 50


def naive_hold(variant: Variant, holder: str, *, meet: Barrier, write: Callable[[Stock], object]) -> Hold:
    """Reads the free pieces, then writes: the guard taken out."""
    row = Stock.objects.get(variant=variant)
    meet.wait(PATIENCE)
    if row.free < 1:
        raise stock.SoldOut
    write(row)
    return Hold.objects.create(variant=variant, holder=holder, quantity=1, created_at=NOW, expires_at=END)


def write_what_was_read(row: Stock) -> None:
    row.held += 1
    row.save(update_fields=["held"])


def add_one(row: Stock) -> None:
    Stock.objects.filter(pk=row.pk).update(held=F("held") + 1)


def naive_buyers(variant: Variant, count: int, write: Callable[[Stock], object]) -> list[Callable[[], Hold]]:
    meet = Barrier(count)
    return [partial(naive_hold, variant, f"guest:{n}", meet=meet, write=write) for n in range(count)]


def test_without_the_guard_twelve_buyers_get_five_pieces() -> None:
    variant = make_stocked_variant(on_hand=5)
    assert kinds(all_at_once(naive_buyers(variant, 12, write_what_was_read))) == {"Hold": 12}


def test_without_the_guard_the_constraint_still_refuses() -> None:
    variant = make_stocked_variant(on_hand=5)
    results = all_at_once(naive_buyers(variant, 12, add_one))
    assert kinds(results) == {"Hold": 5, "IntegrityError": 7}
    assert stock_of(variant) == (5, 5, 0)


@pytest.mark.usefixtures("unchecked_stock")
def test_without_the_guard_and_the_constraint_stock_is_oversold() -> None:
    variant = make_stocked_variant(on_hand=5)
    assert kinds(all_at_once(naive_buyers(variant, 12, add_one))) == {"Hold": 12}
    assert stock_of(variant) == (5, 12, 0)


@pytest.mark.usefixtures("unchecked_stock")
def test_the_guard_alone_is_enough() -> None:
    variant = make_stocked_variant(on_hand=5)
    assert kinds(all_at_once(buyers(variant, 12))) == {"Hold": 5, "SoldOut": 7}
    assert stock_of(variant) == (5, 5, 0)


def test_one_holder_in_many_tabs_has_one_hold() -> None:
    variant = make_stocked_variant(on_hand=20)
    asks = [partial(stock.hold, variant, holder="guest:a", quantity=1 + n % 2, now=NOW) for n in range(10)]
    results = all_at_once(asks)
    held = Hold.objects.get(variant=variant)
    assert {result.pk for result in results} == {held.pk}
    assert stock_of(variant) == (20, held.quantity, 0)


def test_an_expired_piece_goes_to_exactly_one_of_many() -> None:
    variant = make_stocked_variant(on_hand=1)
    stock.hold(variant, holder="guest:gone", quantity=1, now=NOW)
    asks = [partial(stock.hold, variant, holder=f"guest:{n}", quantity=1, now=END) for n in range(12)]
    assert kinds(all_at_once(asks)) == {"Hold": 1, "SoldOut": 11}
    assert (states_of(variant), stock_of(variant)) == (["expired", "live"], (1, 1, 0))


def naive_end(held: Hold, state: HoldState, *, meet: Barrier) -> bool:
    """Ends a hold by what was read of it: the condition on the state taken out."""
    row = Hold.objects.get(pk=held.pk)
    meet.wait(PATIENCE)
    if row.state != HoldState.LIVE:
        return False
    Hold.objects.filter(pk=held.pk).update(state=state)
    sold = row.quantity if state == HoldState.COMMITTED else 0
    Stock.objects.filter(variant=row.variant).update(held=F("held") - row.quantity, sold=F("sold") + sold)
    return True


def test_a_hold_committed_by_many_workers_is_sold_once() -> None:
    variant = make_stocked_variant(on_hand=10)
    hold_one(variant, "guest:other")
    held = hold_one(variant, "guest:a")
    results = all_at_once([partial(stock.commit, held, now=NOW)] * 8)
    assert kinds(results) == {"HoldExpired": 7, "NoneType": 1}
    assert stock_of(variant) == (10, 1, 1)


def test_without_the_condition_a_double_commit_sells_the_piece_of_another() -> None:
    variant = make_stocked_variant(on_hand=10)
    hold_one(variant, "guest:other")
    held = hold_one(variant, "guest:a")
    meet = Barrier(2)
    assert all_at_once([partial(naive_end, held, HoldState.COMMITTED, meet=meet)] * 2) == [True, True]
    assert stock_of(variant) == (10, 0, 2)


def released_and_committed(held: Hold) -> list[Callable[[], object]]:
    return [partial(stock.release, held, now=NOW), partial(stock.commit, held, now=NOW)]


def expired_and_committed(held: Hold) -> list[Callable[[], object]]:
    last_moment = END - timedelta(microseconds=1)
    return [partial(stock.expire_holds, now=END), partial(stock.commit, held, now=last_moment)]


@pytest.mark.parametrize("rivals", [released_and_committed, expired_and_committed])
def test_a_hold_is_sold_or_given_back_and_never_both(
    rivals: Callable[[Hold], list[Callable[[], object]]],
) -> None:
    variant = make_stocked_variant(on_hand=100)
    for n in range(15):
        held = hold_one(variant, f"guest:{n}")
        given_back, sold = all_at_once(rivals(held))
        assert bool(given_back) == isinstance(sold, stock.HoldExpired)
    sold_holds = states_of(variant).count("committed")
    assert stock_of(variant) == (100, 0, sold_holds)


@pytest.mark.parametrize("state", [HoldState.RELEASED, HoldState.EXPIRED])
def test_without_the_condition_a_hold_is_sold_and_given_back(state: HoldState) -> None:
    variant = make_stocked_variant(on_hand=10)
    hold_one(variant, "guest:other")
    held = hold_one(variant, "guest:a")
    meet = Barrier(2)
    ends = [partial(naive_end, held, end, meet=meet) for end in (state, HoldState.COMMITTED)]
    assert all_at_once(ends) == [True, True]
    assert stock_of(variant) == (10, 0, 1)
