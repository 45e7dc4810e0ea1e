"""Holding, selling and giving back pieces, one request at a time."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.domain import stock
from catalog.errors import BadQuantity, CatalogError, HoldExpired, SoldOut, StockPromised
from catalog.models import Hold, Stock, Variant
from catalog.signals import stock_changed
from catalog.tasks import expire_due_holds
from tests.factories.catalog import make_stocked_variant, make_variant, states_of, stock_of

NOW = datetime(2026, 8, 19, 18, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=601)

pytestmark = pytest.mark.django_db


def test_a_hold_keeps_pieces_for_ten_minutes() -> None:
    variant = make_stocked_variant(on_hand=5)
    held = stock.hold(variant, holder="guest:a", quantity=2, now=NOW)
    assert (held.quantity, held.expires_at, held.created_at) == (2, NOW + timedelta(seconds=600), NOW)
    assert stock_of(variant) == (5, 2, 0)


def test_more_than_is_free_is_refused_and_leaves_no_trace() -> None:
    variant = make_stocked_variant(on_hand=5, sold=3)
    with pytest.raises(SoldOut):
        stock.hold(variant, holder="guest:a", quantity=3, now=NOW)
    assert (stock_of(variant), states_of(variant)) == ((5, 0, 3), [])


def test_an_uncounted_variant_is_sold_out() -> None:
    with pytest.raises(SoldOut):
        stock.hold(make_variant(), holder="guest:a", quantity=1, now=NOW)


@pytest.mark.parametrize("quantity", [0, -1, 2**31, 1.5, True, "2", None])
def test_quantities_nobody_can_hold_are_refused(quantity: Any) -> None:
    variant = make_stocked_variant()
    with pytest.raises(BadQuantity):
        stock.hold(variant, holder="guest:a", quantity=quantity, now=NOW)
    assert stock_of(variant) == (10, 0, 0)


def test_asking_again_changes_the_same_hold_and_not_its_end() -> None:
    variant = make_stocked_variant(on_hand=5)
    first = stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
    again = stock.hold(variant, holder="guest:a", quantity=4, now=NOW + timedelta(seconds=60))
    assert (again.pk, again.expires_at, stock_of(variant)) == (first.pk, first.expires_at, (5, 4, 0))
    fewer = stock.hold(variant, holder="guest:a", quantity=2, now=NOW)
    assert (fewer.pk, fewer.quantity, stock_of(variant)) == (first.pk, 2, (5, 2, 0))


def test_asking_for_more_than_is_left_keeps_the_old_quantity() -> None:
    variant = make_stocked_variant(on_hand=3)
    held = stock.hold(variant, holder="guest:a", quantity=2, now=NOW)
    with pytest.raises(SoldOut):
        stock.hold(variant, holder="guest:a", quantity=4, now=NOW)
    held.refresh_from_db()
    assert (held.quantity, stock_of(variant)) == (2, (3, 2, 0))


def test_asking_after_the_end_starts_a_new_hold() -> None:
    variant = make_stocked_variant(on_hand=1)
    first = stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
    second = stock.hold(variant, holder="guest:a", quantity=1, now=LATER)
    assert second.pk != first.pk
    assert (states_of(variant), stock_of(variant)) == (["expired", "live"], (1, 1, 0))


def test_an_expired_hold_never_refuses_a_buyer() -> None:
    variant = make_stocked_variant(on_hand=1)
    stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
    with pytest.raises(SoldOut):
        stock.hold(variant, holder="guest:b", quantity=1, now=LATER - timedelta(seconds=2))
    stock.hold(variant, holder="guest:b", quantity=1, now=LATER)
    assert (states_of(variant), stock_of(variant)) == (["expired", "live"], (1, 1, 0))


def test_releasing_gives_back_once() -> None:
    variant = make_stocked_variant(on_hand=2)
    held = stock.hold(variant, holder="guest:a", quantity=2, now=NOW)
    assert stock.release(held, now=NOW) is True
    assert stock.release(held, now=NOW) is False
    assert (held.state, stock_of(variant)) == ("released", (2, 0, 0))


def test_releasing_gives_back_what_is_held_now_not_what_the_caller_remembers() -> None:
    variant = make_stocked_variant(on_hand=5)
    remembered = stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
    stock.hold(variant, holder="guest:a", quantity=4, now=NOW)
    stock.release(remembered, now=NOW)
    assert (remembered.quantity, stock_of(variant)) == (4, (5, 0, 0))


def test_committing_sells_once() -> None:
    variant = make_stocked_variant(on_hand=3)
    held = stock.hold(variant, holder="guest:a", quantity=2, now=NOW)
    stock.commit(held, now=NOW)
    with pytest.raises(HoldExpired):
        stock.commit(held, now=NOW)
    assert stock.release(held, now=NOW) is False
    assert (held.state, stock_of(variant)) == ("committed", (3, 0, 2))


def test_a_hold_ends_at_its_time_to_the_microsecond_whether_swept_or_not() -> None:
    variant = make_stocked_variant(on_hand=2)
    in_time = stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
    late = stock.hold(variant, holder="guest:b", quantity=1, now=NOW)
    stock.commit(in_time, now=in_time.expires_at - timedelta(microseconds=1))
    with pytest.raises(HoldExpired):
        stock.commit(late, now=late.expires_at)
    assert stock_of(variant) == (2, 1, 1)


def test_a_hold_can_be_extended_while_it_lives() -> None:
    variant = make_stocked_variant(on_hand=1)
    held = stock.hold(variant, holder="guest:a", quantity=1, now=NOW, seconds=60)
    until = NOW + timedelta(seconds=900)
    assert stock.extend(held, until=until, now=NOW) is True
    assert stock.extend(held, until=LATER, now=until) is False
    assert (held.expires_at, Hold.objects.get().expires_at) == (until, until)


def test_the_sweep_gives_back_the_oldest_first_and_only_the_expired() -> None:
    variant = make_stocked_variant(on_hand=9)
    for n, seconds in enumerate([30, 10, 20, 900]):
        stock.hold(variant, holder=f"guest:{n}", quantity=1, now=NOW, seconds=seconds)
    assert stock.expire_holds(now=LATER, limit=2) == 2
    assert states_of(variant) == ["live", "expired", "expired", "live"]
    assert stock.expire_holds(now=LATER) == 1
    assert stock.expire_holds(now=LATER) == 0
    assert stock_of(variant) == (9, 1, 0)


def test_the_task_sweeps_at_the_present_time() -> None:
    variant = make_stocked_variant(on_hand=1)
    stock.hold(variant, holder="guest:a", quantity=1, now=datetime(2020, 1, 1, tzinfo=UTC))
    assert (expire_due_holds(), stock_of(variant)) == (1, (1, 0, 0))


def test_restocking_puts_sold_pieces_back_and_no_more_than_were_sold() -> None:
    variant = make_stocked_variant(on_hand=5, sold=2)
    stock.restock(variant, quantity=2, now=NOW)
    with pytest.raises(StockPromised):
        stock.restock(variant, quantity=1, now=NOW)
    assert stock_of(variant) == (5, 0, 0)


def test_counting_anew_never_goes_below_what_is_promised() -> None:
    variant = make_stocked_variant(on_hand=5, sold=2, held=1)
    stock.set_on_hand(variant, on_hand=3, now=NOW)
    with pytest.raises(StockPromised):
        stock.set_on_hand(variant, on_hand=2, now=NOW)
    assert stock_of(variant) == (3, 1, 2)


def test_counting_a_new_variant_makes_its_stock_row() -> None:
    variant = make_variant()
    stock.set_on_hand(variant, on_hand=7, now=NOW)
    assert stock_of(variant) == (7, 0, 0)
    with pytest.raises(BadQuantity):
        stock.set_on_hand(variant, on_hand=-1, now=NOW)


def test_every_change_is_announced_inside_its_transaction() -> None:
    variant = make_stocked_variant(on_hand=4)
    heard: list[tuple[int, int, int, bool]] = []

    def listen(*, variant_id: int, product_id: int, free: int, **_rest: Any) -> None:
        heard.append((variant_id, product_id, free, connection.in_atomic_block))

    stock_changed.connect(listen)
    try:
        held = stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
        stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
        stock.commit(held, now=NOW)
        stock.restock(variant, quantity=1, now=NOW)
        stock.set_on_hand(variant, on_hand=9, now=NOW)
    finally:
        stock_changed.disconnect(listen)
    assert heard == [(variant.pk, variant.product_id, free, True) for free in (3, 3, 4, 9)]


def test_the_guard_is_one_update_that_reads_only_its_own_row() -> None:
    # With a sub-select PostgreSQL would judge a row by what it was before it waited for the lock.
    variant = make_stocked_variant(on_hand=4)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        stock.hold(variant, holder="guest:a", quantity=1, now=NOW)
        stock.set_on_hand(variant, on_hand=9, now=NOW)
    updates = [q["sql"] for q in queries if q["sql"].startswith("UPDATE")]
    assert (len(updates), [sql for sql in updates if "SELECT" in sql]) == (2, [])


def test_the_database_refuses_what_the_guard_would_have_missed() -> None:
    variant = make_stocked_variant(on_hand=1, held=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.filter(variant=variant).update(held=F("held") + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.filter(variant=variant).update(held=F("held") - 2)
    assert stock_of(variant) == (1, 1, 0)


steps = st.lists(
    st.tuples(
        st.sampled_from(["hold", "release", "commit", "expire", "restock", "count", "extend"]),
        st.integers(0, 3),
        st.integers(0, 6),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, on_hand=st.integers(0, 8))
def test_pieces_always_add_up(steps: list[tuple[str, int, int]], on_hand: int) -> None:
    variant = make_stocked_variant(on_hand=on_hand)
    now = NOW
    for verb, who, quantity in steps:
        now += timedelta(seconds=97)
        with suppress(CatalogError):
            _act(variant, verb, f"guest:{who}", quantity, now)
        _assert_adds_up(variant)


def _act(variant: Variant, verb: str, holder: str, quantity: int, now: datetime) -> None:
    held = Hold.objects.filter(variant=variant, holder=holder).last()
    match verb:
        case "hold":
            stock.hold(variant, holder=holder, quantity=quantity, now=now)
        case "release" if held:
            stock.release(held, now=now)
        case "commit" if held:
            stock.commit(held, now=now)
        case "extend" if held:
            stock.extend(held, until=now + timedelta(seconds=300), now=now)
        case "expire":
            stock.expire_holds(now=now)
        case "restock":
            stock.restock(variant, quantity=quantity, now=now)
        case "count":
            stock.set_on_hand(variant, on_hand=quantity, now=now)


def _assert_adds_up(variant: Variant) -> None:
    row = Stock.objects.get(variant=variant)
    live = Hold.objects.live().filter(variant=variant).values_list("quantity", flat=True)
    assert row.on_hand == row.free + row.held + row.sold
    assert row.held == sum(live)
    assert min(row.on_hand, row.free, row.held, row.sold) >= 0
