"""What providers tell us: signed, stored once, acted on once, in whatever order it comes."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.db import IntegrityError, transaction

from catalog.money import Money
from orders.domain import webhooks
from orders.domain.checkout import Wanted
from orders.domain.payments import settle_due
from orders.domain.sandbox import build_sandbox, deliver_due, sandbox
from orders.domain.sweep import STEPS, sweep_orders
from orders.domain.webhooks import LARGEST, process_due, receive
from orders.enums import OrderState, PaymentState
from orders.models import Attribution, Order, Payment, ProviderEvent, Refund, SandboxCharge, SandboxWebhook
from orders.payments import registry
from orders.payments.base import RefundRequest
from orders.payments.errors import BadMessage, BadSignature, UnknownProvider
from orders.payments.providers.sandbox import SIGNATURE_HEADER
from orders.payments.signing import sign
from orders.views.webhooks import payments as endpoint
from tests.factories.catalog import make_stocked_variant, stock_of
from tests.factories.orders import make_order, make_paid_order, pay

pytestmark = pytest.mark.django_db
SECRET = "sandbox-webhook-secret"
SECOND = timedelta(seconds=1)


def body_of(payment, kind="payment.captured", *, event_id="se_1", **over):
    data = {
        "key": payment.key,
        "reference": payment.reference,
        "status": kind.split(".")[1],
        "amount": payment.amount,
        "currency": payment.currency,
        "decline_code": "",
        "refund": None,
    }
    return {"id": event_id, "type": kind, "created": 0, "data": data | over}


def deliver(body, *, now, raw=None, header=None):
    raw = raw if raw is not None else json.dumps(body).encode()
    return receive("sandbox", raw, {SIGNATURE_HEADER: header or sign(raw, secret=SECRET, at=now)}, now=now)


def test_a_capture_by_webhook_pays_the_order(now):
    payment = pay(make_order(), method="qr")
    event = deliver(body_of(payment), now=now)
    payment.refresh_from_db()
    assert (payment.state, event.processed_at, event.problem) == (PaymentState.CAPTURED, now, "")


def test_one_event_a_hundred_times_has_one_effect(now):
    variant = make_stocked_variant(on_hand=5)
    payment = pay(make_order(Wanted(variant, 1)), method="qr")
    for _ in range(100):
        deliver(body_of(payment), now=now)
    assert (ProviderEvent.objects.count(), Attribution.objects.count()) == (1, 1)
    assert stock_of(variant) == (5, 0, 1)


def test_without_the_unique_key_an_event_would_be_stored_twice(now):
    payment = pay(make_order(), method="qr")
    deliver(body_of(payment), now=now)
    with pytest.raises(IntegrityError):
        ProviderEvent.objects.create(provider="sandbox", event_id="se_1", kind="x", body={}, received_at=now)


def test_an_altered_body_or_a_missing_signature_stores_nothing(now):
    payment = pay(make_order(), method="qr")
    raw = json.dumps(body_of(payment)).encode()
    header = sign(raw, secret=SECRET, at=now)
    for wrong in (raw[:-1] + b" ", raw + b" ", json.dumps(body_of(payment), indent=1).encode()):
        with pytest.raises(BadSignature):
            deliver(None, now=now, raw=wrong, header=header)
    with pytest.raises(BadSignature):
        receive("sandbox", raw, {}, now=now)
    assert ProviderEvent.objects.count() == 0


def test_a_body_that_is_no_message_is_refused(now):
    for raw in (b"", b"{", b"[]", b"{}", b'{"id":"x","type":"y","data":[]}', b'"\xff"'):
        with pytest.raises(BadMessage):
            deliver(None, now=now, raw=raw)


def test_an_unknown_provider_is_refused(now):
    with pytest.raises(UnknownProvider):
        receive("nobody", b"{}", {}, now=now)


def test_an_unknown_payment_is_an_orphan_and_creates_nothing(now, caplog):
    payment = pay(make_order(), method="qr")
    event = deliver(body_of(payment, key="somebody-elses"), now=now)
    assert event.problem == "orphan: no such payment"
    assert "orphan" in caplog.text
    assert Order.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"amount": 13_399}, {"currency": "USD"}])
def test_another_amount_or_currency_is_quarantined(now, caplog, wrong):
    payment = pay(make_order(), method="qr")
    event = deliver(body_of(payment, **wrong), now=now)
    payment.refresh_from_db()
    assert (event.problem, payment.state) == ("quarantine: outcome_mismatch", PaymentState.ACTION)
    assert "quarantine" in caplog.text


def test_an_unknown_kind_is_kept_and_changes_nothing(now):
    payment = pay(make_order(), method="qr")
    event = deliver(body_of(payment, "payment.sneezed", status="sneezed"), now=now)
    assert (event.problem, event.processed_at) == ("", now)


def test_a_message_stored_before_a_crash_is_acted_on_by_the_sweep(now, monkeypatch):
    payment = pay(make_order(), method="qr")
    monkeypatch.setattr(webhooks, "_act", _die)
    with pytest.raises(KeyboardInterrupt):
        deliver(body_of(payment), now=now)
    monkeypatch.undo()
    assert process_due(now=now + 9 * SECOND) == 0
    assert process_due(now=now + 10 * SECOND) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED


def test_a_lost_webhook_is_made_up_for_by_asking(now):
    payment = pay(make_order(), method="qr")
    sandbox().approve(payment.reference, now=now + 2 * SECOND)
    SandboxWebhook.objects.all().delete()
    assert settle_due(now=now + 120 * SECOND) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED


def test_duplicates_in_the_wrong_order_end_the_same(now):
    variant = make_stocked_variant(on_hand=5)
    payment = pay(make_order(Wanted(variant, 1)), method="wallet")
    sandbox().approve(payment.reference, now=now + 2 * SECOND)
    registry.register(build_sandbox(copies=3, newest_first=True))
    try:
        assert deliver_due(now=now + 5 * SECOND) == 9
    finally:
        registry.register(build_sandbox())
    payment.refresh_from_db()
    assert (payment.state, stock_of(variant)) == (PaymentState.CAPTURED, (5, 0, 1))
    assert deliver_due(now=now + 6 * SECOND) == 0


def six_events(payment):
    """The life of a wallet payment with two refunds made in the provider's back office."""
    back = [
        {"key": "", "reference": f"sr_{n}", "amount": amount, "status": "done"}
        for n, amount in enumerate([3_000, 1_234])
    ]
    return [
        body_of(payment, "payment.created", event_id="e1", status="pending"),
        body_of(payment, "payment.action", event_id="e2", status="action"),
        body_of(payment, "payment.declined", event_id="e3"),
        body_of(payment, "payment.captured", event_id="e4"),
        body_of(payment, "refund.done", event_id="e5", status="captured", refund=back[0]),
        body_of(payment, "refund.done", event_id="e6", status="captured", refund=back[1]),
    ]


@pytest.mark.long_walk
@pytest.mark.parametrize("first", range(6))
def test_all_720_orders_of_six_events_end_in_the_same_state(first, now):
    """120 of them each, so that several processes can share the work."""
    order = make_order(now=now)
    payment = pay(order, method="wallet")
    sandbox().approve(payment.reference, now=now + 2 * SECOND)
    events = six_events(payment)
    ends = []
    arrive(events[first], [e for e in events if e != events[first]], order, ends, now=now + 3 * SECOND)
    assert ends == [("paid", "captured", 4_234, 2, 13_400 - 4_234 - (900 - 284))] * 120


def arrive(event, later, order, ends, *, now):
    """Let it come, then the others in every order; what came before is shared by all of those, and undone."""
    with transaction.atomic():
        deliver(event, now=now)
        for following in later:
            arrive(following, [e for e in later if e != following], order, ends, now=now)
        if not later:
            ends.append(end_of(order))
        transaction.set_rollback(True)


def end_of(order):
    order.refresh_from_db()
    payment = order.payments.get()
    refunds = list(payment.refunds.all())
    ledger = sum(r.amount for r in Attribution.objects.filter(line__order=order))
    carriage_kept = order.delivery_amount - sum(r.delivery_amount for r in refunds)
    assert ledger + carriage_kept == payment.amount - payment.refunded
    return (order.state, payment.state, payment.refunded, len(refunds), ledger)


def test_our_own_refund_told_by_webhook_is_not_a_second_one(now):
    order = make_paid_order()
    payment = order.payments.get()
    request = RefundRequest("surprise", payment.reference, Money(500, "EUR"))
    sandbox().refund(request, now=now)
    assert sandbox().refund(request, now=now).reference == SandboxCharge.objects.get().refunds.get().reference
    assert deliver_due(now=now + 5 * SECOND) == 3
    assert Refund.objects.get().amount == 500


def test_the_endpoint_keeps_acknowledges_and_refuses(client, now):
    from django.utils import timezone

    payment = pay(make_order(now=timezone.now()), method="qr", now=timezone.now())
    raw = json.dumps(body_of(payment)).encode()
    url = "/webhooks/payments/sandbox/"

    def post(raw, header, to=url):
        return client.post(to, raw, content_type="application/json", headers={SIGNATURE_HEADER: header})

    good = sign(raw, secret=SECRET, at=timezone.now())
    assert post(raw, good).json() == {"received": "se_1"}
    assert post(raw, good).status_code == 200
    assert post(raw + b" ", good).status_code == 400
    assert post(raw, "t=1,v1=aa").status_code == 400
    assert post(raw, good, "/webhooks/payments/nobody/").status_code == 404
    assert post(b" " * (1_048_577), good).status_code == 413
    assert client.get(url).status_code == 405
    payment.refresh_from_db()
    assert payment.state == PaymentState.CAPTURED


def test_the_sweep_does_all_that_is_due(now):
    paid, left = make_order(now=now), make_order(now=now)
    pay(paid, scenario="timeout")
    pay(left, scenario="decline")
    sweep_orders(now=left.pay_until)
    paid.refresh_from_db()
    left.refresh_from_db()
    assert (paid.state, left.state) == (OrderState.PAID, OrderState.CANCELLED)


def test_a_failing_step_of_the_sweep_stops_no_other(now, monkeypatch):
    order = make_order(now=now)
    monkeypatch.setattr("orders.domain.sweep.STEPS", (_fail, *STEPS))
    with pytest.raises(ExceptionGroup):
        sweep_orders(now=order.pay_until)
    order.refresh_from_db()
    assert order.state == OrderState.CANCELLED


def test_payments_of_the_shop_and_the_provider_agree(now):
    for scenario in ("approve", "decline", "timeout", "slow", "insufficient_funds"):
        pay(make_order(now=now), scenario=scenario)
    for minutes in (1, 2, 20):
        sweep_orders(now=now + timedelta(minutes=minutes))
    ours = set(Payment.objects.values_list("key", "state", "amount", "refunded"))
    theirs = set(SandboxCharge.objects.values_list("key", "state", "amount", "refunded"))
    assert ours == theirs


def _die(*args, **kwargs):
    raise KeyboardInterrupt


def _fail(*, now):
    raise ValueError(now)


def test_a_body_that_announces_no_length_is_bounded_too():
    scope = {"type": "http", "method": "POST", "path": "/webhooks/payments/sandbox/", "headers": []}
    body = BytesIO(b" " * (3 * LARGEST))
    answer = endpoint(ASGIRequest(scope, body), "sandbox")
    assert (answer.status_code, body.tell()) == (413, LARGEST + 1)
