"""The process dies between two steps of a checkout or a refund: whatever was begun is paid or undone."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from orders.domain import payments, refunds
from orders.domain.checkout import Wanted
from orders.domain.refunds import refund_order
from orders.domain.sandbox import DatabaseStore
from orders.domain.sweep import sweep_orders
from orders.enums import OrderState, PaymentState, RefundState
from orders.models import Attribution, Order, Payment, Refund, SandboxCharge, SandboxRefund, SandboxWebhook
from orders.payments import registry
from tests.factories.catalog import make_stocked_variant, stock_of
from tests.factories.orders import make_order, make_paid_order, pay

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours catches it."""


def kill_before(monkeypatch, target, name):
    def dies(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(target, name, dies)


def kill_after(monkeypatch, target, name):
    genuine = getattr(target, name)

    def dies(*args, **kwargs):
        genuine(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(target, name, dies)


POINTS = [
    ("row committed, provider not called", kill_before, lambda: (registry.get("sandbox"), "start")),
    ("charged, answer not heard", kill_after, lambda: (registry.get("sandbox"), "start")),
    ("answer heard, not committed", kill_before, lambda: (payments, "apply_outcome")),
    ("answer committed, not returned", kill_after, lambda: (payments, "apply_outcome")),
    ("inside the capture, before the pieces", kill_before, lambda: (payments, "fulfil")),
    ("inside the capture, after the pieces", kill_after, lambda: (payments, "fulfil")),
    ("the provider dies while charging", kill_before, lambda: (DatabaseStore, "open")),
]


@pytest.mark.parametrize(("point", "kill", "where"), POINTS, ids=[p[0] for p in POINTS])
@pytest.mark.parametrize("webhooks", ["arrive", "get lost"])
def test_every_crash_of_a_payment_ends_paid_or_released_within_two_minutes_of_the_sweep(
    point, kill, where, webhooks, now, monkeypatch
):
    variant = make_stocked_variant(on_hand=5)
    order = make_order(Wanted(variant, 2))
    kill(monkeypatch, *where())
    with pytest.raises(Killed):
        pay(order)
    monkeypatch.undo()
    if webhooks == "get lost":
        SandboxWebhook.objects.all().delete()
    for seconds in range(0, 121, 5):
        sweep_orders(now=now + timedelta(seconds=seconds))
    order.refresh_from_db()
    charged = SandboxCharge.objects.filter(state="captured").count()
    assert order.state == (OrderState.PAID if charged else OrderState.OPEN)
    sweep_orders(now=order.pay_until)
    assert_nothing_lost(order, variant, charged=charged)


@pytest.mark.parametrize(("point", "kill", "where"), POINTS, ids=[p[0] for p in POINTS])
def test_the_buyer_who_tries_again_with_the_same_key_is_charged_once(point, kill, where, now, monkeypatch):
    variant = make_stocked_variant(on_hand=5)
    order = make_order(Wanted(variant, 2))
    kill(monkeypatch, *where())
    with pytest.raises(Killed):
        pay(order, key="k1")
    monkeypatch.undo()
    pay(order, key="k1")
    assert_nothing_lost(order, variant, charged=1)


REFUND_POINTS = [
    ("booked, provider not called", kill_before, lambda: (registry.get("sandbox"), "refund")),
    ("refunded, answer not heard", kill_after, lambda: (registry.get("sandbox"), "refund")),
    ("answer heard, not committed", kill_before, lambda: (refunds, "apply_refund")),
    ("inside the commit", kill_before, lambda: (refunds, "reverse")),
]


@pytest.mark.parametrize(("point", "kill", "where"), REFUND_POINTS, ids=[p[0] for p in REFUND_POINTS])
def test_every_crash_of_a_refund_ends_refunded_once(point, kill, where, now, monkeypatch):
    variant = make_stocked_variant(on_hand=5)
    order = make_paid_order(Wanted(variant, 2))
    kill(monkeypatch, *where())
    with pytest.raises(Killed):
        refund_order(order, reason="Torn", by=None, key="r1", now=now)
    monkeypatch.undo()
    sweep_orders(now=now + timedelta(seconds=60))
    order.refresh_from_db()
    assert (order.state, Refund.objects.get().state) == (OrderState.REFUNDED, RefundState.DONE)
    assert (SandboxRefund.objects.count(), stock_of(variant)) == (1, (5, 0, 0))
    assert Attribution.objects.aggregate(n=Sum("amount"))["n"] == 0


def test_a_crash_before_the_order_is_committed_leaves_nothing(now, monkeypatch):
    variant = make_stocked_variant(on_hand=5)
    monkeypatch.setattr("orders.domain.checkout.take_out", _die)
    with pytest.raises(Killed):
        make_order(Wanted(variant, 2))
    assert (Order.objects.count(), stock_of(variant)) == (0, (5, 0, 0))


def assert_nothing_lost(order, variant, *, charged):
    """Paid, sold, credited and one charge; or cancelled, released and none."""
    order.refresh_from_db()
    captured = Payment.objects.filter(order=order, state=PaymentState.CAPTURED).count()
    charges = SandboxCharge.objects.filter(state="captured").count()
    found = (order.state, stock_of(variant), captured, charges, Attribution.objects.count())
    if charged:
        assert found == (OrderState.PAID, (5, 0, 2), 1, 1, 1)
    else:
        assert found == (OrderState.CANCELLED, (5, 0, 0), 0, 0, 0)


def _die(*args, **kwargs):
    raise Killed
