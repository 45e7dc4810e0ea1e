"""Taking money: every answer a provider gives, and the ones it does not give."""

from datetime import timedelta

import pytest

from accounts.models import Mail
from catalog.domain.stock import hold
from catalog.money import Money
from orders.domain import payments
from orders.domain.checkout import Wanted
from orders.domain.closing import cancel_order, expire_unpaid
from orders.domain.payments import apply_outcome, settle, settle_due, start_payment
from orders.domain.refunds import refund_due
from orders.domain.sandbox import deliver_due, sandbox
from orders.enums import CloseReason, OrderState, PaymentState, RefundState
from orders.errors import NotCancellable, OrderClosed, OutcomeMismatch, PaymentUnsettled
from orders.models import Attribution, Payment, Refund, SandboxCharge
from orders.payments.base import Outcome, Status
from orders.payments.errors import UnknownMethod
from tests.factories.catalog import make_stocked_variant, stock_of
from tests.factories.orders import make_order, pay

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_an_approved_card_pays_the_order_sells_the_pieces_and_writes_the_letter(now):
    variant = make_stocked_variant(on_hand=3)
    order = make_order(Wanted(variant, 2))
    payment = pay(order)
    order.refresh_from_db()
    assert (payment.state, order.state, order.paid_at) == (
        PaymentState.CAPTURED,
        OrderState.PAID,
        now + SECOND,
    )
    assert stock_of(variant) == (3, 0, 2)
    assert Attribution.objects.count() == 1
    mail = Mail.objects.get()
    assert (mail.key, mail.to) == (f"order-paid:{order.public_id}", "mina@test.example")


@pytest.mark.parametrize(
    ("scenario", "code"), [("decline", "card_declined"), ("insufficient_funds", "insufficient_funds")]
)
def test_a_declined_card_leaves_the_order_open_for_another_try(scenario, code, now):
    order = make_order()
    declined = pay(order, scenario=scenario)
    assert (declined.state, declined.decline_code) == (PaymentState.DECLINED, code)
    assert pay(order).state == PaymentState.CAPTURED


def test_a_wallet_sends_the_customer_to_the_provider_and_back(now):
    order = make_order()
    payment = pay(order, method="wallet")
    assert payment.state == PaymentState.ACTION
    assert payment.action["kind"] == "redirect"
    assert payment.action["url"] == f"https://shop.test/sandbox/pay/{payment.reference}/"
    sandbox().approve(payment.reference, now=now + 2 * SECOND)
    assert settle(payment, now=now + 2 * SECOND).state == PaymentState.CAPTURED


def test_a_qr_code_is_paid_by_webhook_while_the_shop_waits(now):
    order = make_order()
    payment = pay(order, method="qr")
    assert payment.action["image"].startswith("data:image/svg+xml")
    sandbox().approve(payment.reference, now=now + 2 * SECOND)
    assert deliver_due(now=now + 5 * SECOND) == 3
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED


def test_a_customer_who_says_no_is_a_decline(now):
    payment = pay(make_order(), method="wallet")
    sandbox().decline(payment.reference, now=now + 2 * SECOND)
    assert settle(payment, now=now + 3 * SECOND).decline_code == "refused_by_customer"


def test_a_slow_card_settles_later(now):
    order = make_order()
    payment = pay(order, scenario="slow")
    assert payment.state == PaymentState.PENDING
    assert settle_due(now=now + 7 * SECOND) == 1
    assert settle_due(now=now + 8 * SECOND) == 0
    assert settle_due(now=now + 13 * SECOND) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED


def test_a_timeout_after_the_charge_is_settled_by_asking_and_never_charged_again(now):
    order = make_order()
    payment = pay(order, scenario="timeout")
    assert payment.state == PaymentState.PENDING
    with pytest.raises(OrderClosed):
        pay(order)
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED
    assert SandboxCharge.objects.count() == 1


def test_the_same_key_after_a_timeout_asks_instead_of_charging(now):
    order = make_order()
    pay(order, scenario="timeout", key="k1")
    assert pay(order, scenario="timeout", key="k1").state == PaymentState.CAPTURED
    assert SandboxCharge.objects.count() == 1


def test_without_the_key_a_retry_after_a_timeout_would_charge_twice(now, monkeypatch):
    order = make_order()
    pay(order, scenario="timeout")
    monkeypatch.setattr(payments, "clear_the_way", lambda order, *, now: None)
    Payment.objects.update(state=PaymentState.DECLINED)
    pay(order)
    assert SandboxCharge.objects.filter(state="captured").count() == 2


def test_a_provider_that_is_down_charges_nothing_and_the_order_can_be_paid_later(now):
    order = make_order()
    payment = pay(order, scenario="unavailable")
    assert payment.state == PaymentState.PENDING
    with pytest.raises(PaymentUnsettled):
        pay(order)
    later = now + timedelta(minutes=2)
    settle_due(now=later)
    payment.refresh_from_db()
    assert (payment.state, payment.decline_code) == (PaymentState.CANCELLED, "never_sent")
    assert pay(order, now=later).state == PaymentState.CAPTURED


def test_only_one_attempt_is_open_at_a_time(now, monkeypatch):
    order = make_order()
    pay(order, method="qr")
    monkeypatch.setattr(payments, "clear_the_way", lambda order, *, now: None)
    with pytest.raises(PaymentUnsettled):
        pay(order)


def test_a_second_attempt_ends_the_first_at_the_provider(now):
    order = make_order()
    first = pay(order, method="qr")
    assert pay(order).state == PaymentState.CAPTURED
    first.refresh_from_db()
    assert first.state == PaymentState.CANCELLED
    assert SandboxCharge.objects.get(reference=first.reference).state == "cancelled"


def test_a_closed_order_takes_no_payment(now):
    order = make_order()
    with pytest.raises(OrderClosed):
        pay(order, now=order.pay_until)
    cancel_order(order, now=now)
    with pytest.raises(OrderClosed):
        pay(order)


def test_an_unknown_method_is_refused(now):
    with pytest.raises(UnknownMethod):
        pay(make_order(), method="shells")


def test_another_amount_or_currency_is_a_mismatch(now):
    payment = pay(make_order(), method="qr")
    for wrong in (Money(payment.amount - 1, "EUR"), Money(payment.amount, "USD")):
        with pytest.raises(OutcomeMismatch):
            apply_outcome(payment, Outcome(Status.CAPTURED, payment.reference, wrong), now=now)
    payment.refresh_from_db()
    assert payment.state == PaymentState.ACTION


def test_an_unpaid_order_expires_and_gives_its_pieces_back(now):
    variant = make_stocked_variant(on_hand=3)
    order = make_order(Wanted(variant, 2))
    assert expire_unpaid(now=order.pay_until - SECOND) == 0
    assert expire_unpaid(now=order.pay_until) == 1
    order.refresh_from_db()
    assert (order.state, order.closed_reason) == (OrderState.CANCELLED, CloseReason.EXPIRED)
    assert stock_of(variant) == (3, 0, 0)


def test_an_order_that_turns_out_paid_does_not_expire(now):
    order = make_order()
    pay(order, scenario="timeout")
    assert expire_unpaid(now=order.pay_until) == 0
    order.refresh_from_db()
    assert order.state == OrderState.PAID


def test_paid_after_expiry_is_honoured_while_pieces_are_left(now):
    variant = make_stocked_variant(on_hand=1)
    order = make_order(Wanted(variant, 1))
    payment = pay(order, method="qr")
    captured = _captured(payment)
    expire_unpaid(now=order.pay_until)
    assert apply_outcome(payment, captured, now=order.pay_until + SECOND)
    order.refresh_from_db()
    assert (order.state, stock_of(variant)) == (OrderState.PAID, (1, 0, 1))


def test_paid_after_expiry_with_the_stock_gone_is_returned_and_never_oversold(now):
    variant = make_stocked_variant(on_hand=1)
    order = make_order(Wanted(variant, 1))
    payment = pay(order, method="qr")
    late = order.pay_until + SECOND
    SandboxCharge.objects.update(state="captured")
    hold(variant, holder="guest:other", quantity=1, now=late)
    assert settle(payment, now=late).state == PaymentState.SURPLUS
    order.refresh_from_db()
    assert (order.state, order.closed_reason) == (OrderState.CANCELLED, CloseReason.SOLD_OUT)
    assert refund_due(now=late) == 1
    refund = Refund.objects.get()
    assert (refund.state, refund.amount) == (RefundState.DONE, order.total_amount)
    assert stock_of(variant) == (1, 1, 0)
    assert SandboxCharge.objects.get().refunded == order.total_amount
    assert Mail.objects.get().key == f"surplus:{payment.public_id}"
    assert Attribution.objects.count() == 0


def test_a_cancelled_orders_late_money_goes_back_even_if_pieces_are_left(now):
    order = make_order()
    payment = pay(order, method="qr")
    captured = _captured(payment)
    cancel_order(order, now=now)
    assert apply_outcome(payment, captured, now=now + SECOND)
    payment.refresh_from_db()
    assert payment.state == PaymentState.SURPLUS


def test_a_second_capture_of_one_order_goes_back(now):
    order = make_order()
    first = pay(order, method="qr")
    captured = _captured(first)
    pay(order)
    apply_outcome(first, captured, now=now + SECOND)
    assert [p.state for p in order.payments.order_by("pk")] == [PaymentState.SURPLUS, PaymentState.CAPTURED]
    order.refresh_from_db()
    assert order.state == OrderState.PAID


def test_a_capture_told_twice_has_one_effect(now):
    variant = make_stocked_variant(on_hand=3)
    payment = pay(make_order(Wanted(variant, 1)))
    assert not apply_outcome(payment, _captured(payment), now=now)
    assert stock_of(variant) == (3, 0, 1)
    assert Attribution.objects.count() == 1


def test_without_the_claim_a_second_telling_would_send_the_money_back(now, monkeypatch):
    payment = pay(make_order())
    monkeypatch.setattr(payments, "claim", lambda payment, state, outcome: True)
    apply_outcome(payment, _captured(payment), now=now)
    assert Refund.objects.count() == 1


def test_a_decline_heard_after_the_capture_changes_nothing(now):
    payment = pay(make_order())
    declined = Outcome(Status.DECLINED, payment.reference, Money(payment.amount, "EUR"))
    assert not apply_outcome(payment, declined, now=now)
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED


def test_a_paid_order_cannot_be_cancelled(now):
    order = make_order()
    pay(order)
    with pytest.raises(NotCancellable):
        cancel_order(order, now=now)


def test_cancelling_an_order_with_a_charge_in_doubt_finds_it_paid(now):
    order = make_order()
    pay(order, scenario="timeout")
    with pytest.raises(NotCancellable):
        cancel_order(order, now=now)
    order.refresh_from_db()
    assert order.state == OrderState.PAID


def test_a_capture_between_the_provider_and_the_close_wins(now, monkeypatch):
    order = make_order()
    payment = pay(order, method="qr")
    captured = _captured(payment)

    def rival(order, *, now):
        apply_outcome(payment, captured, now=now)

    monkeypatch.setattr("orders.domain.closing.clear_the_way", rival)
    with pytest.raises(NotCancellable):
        cancel_order(order, now=now)
    order.refresh_from_db()
    assert order.state == OrderState.PAID


def test_the_same_key_gives_the_same_payment(now):
    order = make_order()
    assert pay(order, key="k1") == pay(order, key="k1")
    assert start_payment(order, method="card", return_url="https://shop.test/", key="k1", now=now).state == (
        PaymentState.CAPTURED
    )


def _captured(payment):
    return Outcome(Status.CAPTURED, payment.reference, Money(payment.amount, payment.currency))
