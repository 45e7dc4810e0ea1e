"""Giving money back: never more than was taken, never twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Mail
from catalog.domain.stock import restock
from catalog.money import Money
from orders.domain import refunds
from orders.domain.checkout import Wanted
from orders.domain.foreign_refunds import hear_refund
from orders.domain.refunds import apply_refund, refund_due, refund_order, refundable
from orders.enums import OrderState, RefundState
from orders.errors import NothingToRefund, OutcomeMismatch, RefundTooMuch
from orders.models import Attribution, OrderLine, Payment, Refund, SandboxCharge, SandboxRefund
from orders.payments import registry
from orders.payments.base import RefundNotice, RefundStatus
from orders.payments.errors import ProviderUnavailable, RefundRefused
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product, make_stocked_variant, stock_of
from tests.factories.orders import make_order, make_paid_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought(now):
    """Three pieces at 125.00 and a delivery at 9.00, paid."""
    variant = make_stocked_variant(on_hand=5)
    return make_paid_order(Wanted(variant, 3)), variant


def refund(order, pieces=None, *, key="r1", now, **over):
    given = {"pieces": pieces, "reason": "Torn", "by": None, "key": key, "now": now}
    return refund_order(order, **given | over)


def line_of(order):
    return order.lines.get()


def test_a_piece_goes_back_to_stock_and_its_money_to_the_buyer(bought, now):
    order, variant = bought
    by = make_user()
    done = refund(order, {line_of(order).public_id: 1}, now=now, by=by)
    assert (done.state, done.amount, done.by, done.done_at) == (RefundState.DONE, 12_500, by, now)
    assert stock_of(variant) == (5, 0, 2)
    assert refundable(order) == 38_400 - 12_500
    assert Mail.objects.filter(key=f"refund-done:{done.public_id}").count() == 1
    order.refresh_from_db()
    assert order.state == OrderState.PAID


def test_all_of_it_closes_the_order(bought, now):
    order, variant = bought
    assert refund(order, now=now).amount == 38_400
    order.refresh_from_db()
    assert (order.state, stock_of(variant), refundable(order)) == (OrderState.REFUNDED, (5, 0, 0), 0)


def test_piece_by_piece_then_the_rest_is_exactly_what_was_paid(bought, now):
    order, _ = bought
    line = line_of(order).public_id
    amounts = [
        refund(order, {line: 1}, key="a", now=now).amount,
        refund(order, {line: 1}, key="b", delivery=True, now=now).amount,
        refund(order, key="c", now=now).amount,
    ]
    assert amounts == [12_500, 13_400, 12_500]
    order.refresh_from_db()
    assert order.state == OrderState.REFUNDED


def test_the_same_key_is_the_same_refund(bought, now):
    order, _ = bought
    pieces = {line_of(order).public_id: 1}
    assert refund(order, pieces, now=now) == refund(order, pieces, now=now)
    assert SandboxRefund.objects.count() == 1


def test_more_pieces_than_bought_or_left_are_refused(bought, now):
    order, _ = bought
    line = line_of(order).public_id
    with pytest.raises(RefundTooMuch):
        refund(order, {line: 4}, now=now)
    refund(order, {line: 2}, key="a", now=now)
    with pytest.raises(RefundTooMuch):
        refund(order, {line: 2}, key="b", now=now)
    with pytest.raises(RefundTooMuch):
        refund(order, {line: -1}, key="c", now=now)


def test_nothing_chosen_unknown_lines_and_unpaid_orders_are_refused(bought, now):
    order, _ = bought
    with pytest.raises(NothingToRefund):
        refund(order, {}, now=now)
    with pytest.raises(NothingToRefund):
        refund(order, {"x": 1}, now=now)
    with pytest.raises(NothingToRefund):
        refund(make_order(), now=now)


def test_the_database_itself_refuses_more_than_was_paid(bought, now):
    order, _ = bought
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(order=order).update(refunded=38_401)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(order=order).update(returned=4)


def test_without_the_conditional_update_the_check_constraint_still_refuses(bought, now, monkeypatch):
    order, _ = bought
    refund(order, now=now)

    def unguarded(payment, amount):
        payment.refunded += amount
        payment.save()

    monkeypatch.setattr(refunds, "take_from", unguarded)
    monkeypatch.setattr(refunds, "_parts", lambda order, pieces: [])
    monkeypatch.setattr(refunds, "_delivery_left", lambda order, payment: 900)
    with pytest.raises(Refund.DoesNotExist):
        refund(order, {}, key="again", delivery=True, now=now)


def test_a_provider_that_does_not_answer_is_asked_again_with_the_same_key(bought, now, monkeypatch):
    order, variant = bought
    provider = registry.get("sandbox")
    monkeypatch.setattr(provider, "refund", _raise(ProviderUnavailable()), raising=False)
    waiting = refund(order, now=now)
    assert (waiting.state, stock_of(variant)) == (RefundState.PENDING, (5, 0, 3))
    assert refundable(order) == 0
    monkeypatch.undo()
    assert refund_due(now=now + timedelta(seconds=14)) == 0
    assert refund_due(now=now + timedelta(seconds=15)) == 1
    waiting.refresh_from_db()
    assert (waiting.state, stock_of(variant)) == (RefundState.DONE, (5, 0, 0))


def test_a_refused_refund_frees_what_it_had_reserved(bought, now, monkeypatch):
    order, variant = bought
    monkeypatch.setattr(registry.get("sandbox"), "refund", _raise(RefundRefused()), raising=False)
    assert refund(order, now=now).state == RefundState.FAILED
    monkeypatch.undo()
    assert (refundable(order), line_of(order).returned, stock_of(variant)) == (38_400, 0, (5, 0, 3))
    assert refund(order, key="r2", now=now).state == RefundState.DONE


def test_an_answer_told_twice_has_one_effect(bought, now):
    order, variant = bought
    done = refund(order, now=now)
    assert not apply_refund(done, RefundStatus.DONE, now=now)
    assert not apply_refund(done, RefundStatus.FAILED, now=now)
    assert stock_of(variant) == (5, 0, 0)


def test_without_the_claim_an_answer_told_twice_would_restock_twice(bought, now, monkeypatch):
    order, variant = bought
    done = refund(order, {line_of(order).public_id: 1}, now=now)
    monkeypatch.setattr(refunds, "claim_refund", lambda refund, state, done_at=None: True)
    with pytest.raises(IntegrityError), transaction.atomic():
        apply_refund(done, RefundStatus.DONE, now=now)
    restock(variant, quantity=1, now=now)
    assert stock_of(variant) == (5, 0, 1)


def test_a_refund_made_at_the_provider_is_spread_over_the_lines(now):
    brand = make_product().brand
    a = make_stocked_variant(price=10_000, product=make_product(brand=brand))
    b = make_stocked_variant(price=20_100, product=make_product(brand=brand))
    order = make_paid_order(Wanted(a, 1), Wanted(b, 1))
    payment = order.payments.get()
    notice = RefundNotice("", "sr_back_office", Money(3_100, "EUR"), RefundStatus.DONE)
    assert hear_refund(payment, notice, now=now)
    assert not hear_refund(payment, notice, now=now)
    reversed_amounts = [-r.amount for r in Attribution.objects.filter(kind="reversal").order_by("line")]
    refund_row = Refund.objects.get()
    assert reversed_amounts == [1_000, 2_010]
    assert (refund_row.delivery_amount, sum(reversed_amounts) + refund_row.delivery_amount) == (90, 3_100)
    assert stock_of(a) == (10, 0, 1)
    assert refund(order, key="rest", now=now).amount == 31_000 - 3_100
    order.refresh_from_db()
    assert order.state == OrderState.REFUNDED


def test_a_refund_heard_of_with_another_amount_or_too_much_is_refused(bought, now):
    order, _ = bought
    payment = order.payments.get()
    ours = refund(order, {line_of(order).public_id: 1}, now=now)
    wrong = RefundNotice(ours.key, "sr_x", Money(1, "EUR"), RefundStatus.DONE)
    with pytest.raises(OutcomeMismatch):
        hear_refund(payment, wrong, now=now)
    too_much = RefundNotice("", "sr_y", Money(38_400, "EUR"), RefundStatus.DONE)
    with pytest.raises(RefundTooMuch):
        hear_refund(payment, too_much, now=now)
    failed = RefundNotice("", "sr_z", Money(1, "EUR"), RefundStatus.FAILED)
    with pytest.raises(OutcomeMismatch):
        hear_refund(payment, failed, now=now)


def test_the_sandbox_refuses_more_than_was_charged_and_unknown_charges(bought, now):
    order, _ = bought
    SandboxCharge.objects.update(refunded=1)
    assert refund(order, now=now).state == RefundState.FAILED


def test_a_twin_that_booked_the_refund_first_is_answered_with_it(bought, now, monkeypatch):
    order, _ = bought
    first = refund(order, {line_of(order).public_id: 1}, now=now)
    seen = iter([Refund.objects.none()])
    genuine = Refund.objects.filter
    monkeypatch.setattr(Refund.objects, "filter", lambda **kw: next(seen, None) or genuine(**kw))
    assert refund(order, {line_of(order).public_id: 1}, now=now) == first


def _raise(error):
    def refuse(*args, **kwargs):
        raise error

    return refuse
