"""A row that cannot be handled is put off; the good row behind it has its turn in the same sweep."""

from datetime import timedelta

import pytest

from orders.domain import payments
from orders.domain.closing import PATIENCE, expire_unpaid
from orders.domain.fulfilment import close
from orders.domain.payments import settle_due, settle_if_due
from orders.domain.refunds import refund_due, refund_order
from orders.domain.sandbox import sandbox
from orders.domain.webhooks import GIVE_UP, process_due
from orders.enums import OrderState, PaymentState, RefundState
from orders.models import Payment, ProviderEvent, Refund, SandboxCharge, SandboxWebhook
from orders.payments import registry
from orders.payments.errors import ProviderUnavailable, RefundRefused
from tests.factories.orders import make_order, make_paid_order, pay

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def charged_wrongly(payment):
    """The provider comes to speak of another amount."""
    SandboxCharge.objects.filter(key=payment.key).update(amount=1)


def two_waiting(now):
    """A payment due first and one due after it, both approved at the provider."""
    first, second = (pay(make_order(now=now), method="qr") for _ in range(2))
    for payment in (first, second):
        sandbox().approve(payment.reference, now=now)
    SandboxWebhook.objects.all().delete()
    Payment.objects.filter(pk=first.pk).update(check_at=now)
    return first, second


def test_a_payment_that_contradicts_itself_does_not_stop_the_next(now, caplog):
    bad, good = two_waiting(now)
    charged_wrongly(bad)
    at = now + MINUTE
    assert settle_due(now=at) == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (PaymentState.ACTION, PaymentState.CAPTURED)
    assert bad.check_at > at
    assert "is put off" in caplog.text


def test_with_room_for_one_the_good_payment_is_next(now):
    bad, good = two_waiting(now)
    charged_wrongly(bad)
    for _ in range(2):
        settle_due(now=now + MINUTE, limit=1)
    good.refresh_from_db()
    assert good.state == PaymentState.CAPTURED


def test_a_buyer_reading_the_order_is_not_shown_the_contradiction(now):
    bad, _ = two_waiting(now)
    charged_wrongly(bad)
    settle_if_due(bad.order, now=now + MINUTE)
    bad.refresh_from_db()
    assert bad.check_at > now + MINUTE


def test_a_payment_of_a_provider_that_is_gone_is_looked_at_again_later(now):
    bad, good = two_waiting(now)
    Payment.objects.filter(pk=bad.pk).update(provider="gone")
    assert settle_due(now=now + MINUTE) == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.check_at > now + MINUTE, good.state) == (True, PaymentState.CAPTURED)


@pytest.mark.parametrize("fault", ["gone", "wrong"])
def test_an_order_whose_payment_cannot_be_ended_does_not_keep_the_next_from_expiring(fault, now):
    bad, good = make_order(now=now), make_order(now=now + timedelta(seconds=1))
    payment = pay(bad, method="qr")
    if fault == "gone":
        Payment.objects.filter(pk=payment.pk).update(provider="gone")
    else:
        charged_wrongly(payment)
    assert expire_unpaid(now=good.pay_until, limit=1) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (OrderState.OPEN, OrderState.CANCELLED)
    assert expire_unpaid(now=bad.pay_until + PATIENCE) == 1
    bad.refresh_from_db()
    assert bad.state == OrderState.CANCELLED


def test_an_order_that_cannot_be_closed_does_not_keep_the_next_from_expiring(now, monkeypatch):
    bad, good = make_order(now=now), make_order(now=now + timedelta(seconds=1))
    monkeypatch.setattr("orders.domain.closing.close", _fails_for(bad))
    assert expire_unpaid(now=good.pay_until) == 1
    bad.refresh_from_db()
    assert bad.state == OrderState.OPEN


def test_a_refund_of_a_provider_that_is_gone_does_not_stop_the_next(now, monkeypatch):
    bad, good = (_pending_refund(now, monkeypatch, key) for key in ("r1", "r2"))
    Payment.objects.filter(pk=bad.payment_id).update(provider="gone")
    at = now + MINUTE
    assert refund_due(now=at) == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (RefundState.PENDING, RefundState.DONE)
    assert bad.check_at > at
    assert refund_due(now=at) == 0


def test_a_message_that_cannot_be_read_is_set_aside_and_the_next_is_acted_on(now):
    payment = pay(make_order(now=now), method="qr")
    bad = _stored("e1", {}, now=now)
    _stored("e2", _captured(payment), now=now)
    assert process_due(now=now + MINUTE) == 2
    bad.refresh_from_db()
    payment.refresh_from_db()
    assert (bad.problem, payment.state) == ("quarantine: bad_message", PaymentState.CAPTURED)


def test_a_message_of_a_provider_that_is_gone_waits_behind_the_good_ones_and_is_given_up(now):
    payment = pay(make_order(now=now), method="qr")
    bad = _stored("e1", {}, provider="gone", now=now)
    _stored("e2", _captured(payment), now=now)
    assert process_due(now=now + MINUTE, limit=1) == 1
    bad.refresh_from_db()
    payment.refresh_from_db()
    assert (bad.processed_at, payment.state) == (None, PaymentState.CAPTURED)
    process_due(now=now + GIVE_UP)
    bad.refresh_from_db()
    assert bad.problem == "quarantine: not understood"


def test_a_message_that_contradicts_the_database_is_quarantined(now, caplog):
    first, second = (pay(make_order(now=now), method="qr") for _ in range(2))
    body = _captured(second)
    body["data"]["reference"] = first.reference
    bad = _stored("e1", body, now=now)
    _stored("e2", _captured(first), now=now)
    assert process_due(now=now + MINUTE) == 2
    bad.refresh_from_db()
    first.refresh_from_db()
    assert (bad.problem, first.state) == ("quarantine: contradicts what is known", PaymentState.CAPTURED)


def test_a_message_whose_order_refuses_it_is_quarantined(now):
    order = make_paid_order(now=now)
    payment = order.payments.get()
    body = _captured(payment)
    body["data"]["refund"] = {"key": "", "reference": "sr", "amount": 10**9, "status": "done"}
    bad = _stored("e1", {**body, "type": "refund.done"}, now=now)
    assert process_due(now=now + MINUTE) == 1
    bad.refresh_from_db()
    assert bad.problem == "quarantine: refund_too_much"


def test_a_refused_return_of_surplus_money_is_asked_for_again_until_it_is_sent(now, monkeypatch, caplog):
    order = make_order(now=now)
    payment = pay(order, method="qr")
    sandbox().approve(payment.reference, now=now)
    order.refresh_from_db()
    type(order).objects.update(state=OrderState.CANCELLED, closed_reason="customer")
    payments.settle(payment, now=now)
    monkeypatch.setattr(registry.get("sandbox"), "refund", _refuse, raising=False)
    waits = []
    for minutes in (1, 10, 1_000):
        at = now + minutes * MINUTE
        refund_due(now=at)
        waits.append(Refund.objects.get().check_at - at)
    payment.refresh_from_db()
    assert waits == [MINUTE, 10 * MINUTE, 60 * MINUTE]
    assert (Refund.objects.get().state, payment.refunded) == (RefundState.PENDING, payment.amount)
    assert "was refused and is tried again" in caplog.text
    monkeypatch.undo()
    refund_due(now=now + 2_000 * MINUTE)
    assert Refund.objects.get().state == RefundState.DONE


def _pending_refund(now, monkeypatch, key):
    with monkeypatch.context() as down:
        down.setattr(registry.get("sandbox"), "refund", _silent, raising=False)
        return refund_order(make_paid_order(now=now), reason="Torn", by=None, key=key, now=now)


def _captured(payment):
    data = {
        "key": payment.key,
        "reference": payment.reference,
        "status": "captured",
        "amount": payment.amount,
        "currency": payment.currency,
        "decline_code": "",
        "refund": None,
    }
    return {"id": "e", "type": "payment.captured", "created": 0, "data": data}


def _stored(event_id, body, *, provider="sandbox", now):
    return ProviderEvent.objects.create(
        provider=provider, event_id=event_id, kind="x", body=body, received_at=now
    )


def _fails_for(bad):
    def closes(order, **more):
        if order.pk == bad.pk:
            raise ValueError(order)
        return close(order, **more)

    return closes


def _silent(*args, **kwargs):
    raise ProviderUnavailable


def _refuse(*args, **kwargs):
    raise RefundRefused
