"""Buyers, clicks and messages at the same moment, on real commits. Each race has a twin without its guard.

The twins read, meet at a barrier, and write: what any unlucky schedule can do, made certain.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from accounts.domain.viewers import Viewer
from catalog.models import Variant
from catalog.money import Money
from orders.domain import checkout, fulfilment, idempotency, payments, refunds
from orders.domain.checkout import Request, Wanted, place_order
from orders.domain.closing import cancel_order
from orders.domain.idempotency import Answer, once
from orders.domain.payments import apply_outcome
from orders.domain.refunds import refund_order
from orders.domain.sandbox import sandbox
from orders.domain.webhooks import receive
from orders.enums import OrderState
from orders.errors import KeyInFlight
from orders.models import (
    Attribution,
    IdempotencyKey,
    Order,
    Payment,
    ProviderEvent,
    Refund,
    SandboxCharge,
    SandboxRefund,
    SandboxWebhook,
)
from orders.payments.base import Outcome, Status
from orders.payments.providers.sandbox import SIGNATURE_HEADER
from orders.payments.signing import sign
from tests.catalog.racing import PATIENCE, all_at_once, kinds
from tests.factories.catalog import make_product, make_stocked_variant, stock_of
from tests.factories.events import NOW
from tests.factories.livechat import make_guest
from tests.factories.orders import make_order, make_paid_order, make_request, pay

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
LATER = NOW + timedelta(seconds=30)


def buy(variant: Variant) -> Order:
    """What one request of the buy sheet does: place and pay."""
    order = place_order(make_request(Wanted(variant, 1)), viewer=make_guest(), now=NOW)
    pay(order)
    order.refresh_from_db()
    assert order.state == OrderState.PAID
    return order


def test_two_hundred_buyers_of_fifty_pieces_are_fifty_orders_and_150_clear_refusals() -> None:
    variant = make_stocked_variant(on_hand=50)
    results = all_at_once([partial(buy, variant) for _ in range(200)])
    assert kinds(results) == {"Order": 50, "SoldOut": 150}
    assert stock_of(variant) == (50, 0, 50)
    assert Order.objects.filter(state="paid").count() == Attribution.objects.count() == 50
    assert SandboxCharge.objects.filter(state="captured").count() == 50


def test_a_nervous_thumb_with_one_key_is_one_order_and_one_charge() -> None:
    variant, viewer = make_stocked_variant(on_hand=20), make_guest()
    request = make_request(Wanted(variant, 1), key="one")
    charges: list[str] = []

    def work() -> Answer:
        order = place_order(request, viewer=viewer, now=NOW)
        charges.append(pay(order, key="one").reference)
        return Answer(201, {"id": order.public_id})

    results = all_at_once([lambda: once("room", "one", body={}, work=work, now=NOW)] * 20)
    assert set(kinds(results)) <= {"Answer", "KeyInFlight"}
    assert once("room", "one", body={}, work=work, now=NOW).replayed
    assert (Order.objects.count(), len(charges)) == (1, 1)
    assert stock_of(variant) == (20, 0, 1)


def test_without_the_remembered_key_each_thumb_would_work(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    meet = Barrier(6)

    def unguarded(scope: str, key: str, printed: str, *, now: object) -> tuple[object, None]:
        meet.wait(PATIENCE)
        return IdempotencyKey.objects.none(), None

    monkeypatch.setattr(idempotency, "_claim", unguarded)
    work = partial(_worked, done)
    all_at_once([lambda: once("room", "one", body={}, work=work, now=NOW)] * 6)
    assert len(done) == 6


@pytest.fixture
def keys_may_repeat() -> Iterator[None]:
    """The order table without the constraint below the look for a known order."""
    unique = Order._meta.get_field("key")
    free = unique.clone()
    free._unique = False
    free.set_attributes_from_name("key")
    free.model = Order
    with connection.schema_editor() as editor:
        editor.alter_field(Order, unique, free)
    yield
    Order.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.alter_field(Order, free, unique)


def same_checkout_eight_times() -> list[Callable[[], Order]]:
    variant, viewer = make_stocked_variant(on_hand=20, product=make_product(max_per_order=20)), make_guest()
    same = make_request(Wanted(variant, 1), key="one")
    return [partial(place_order, same, viewer=viewer, now=NOW)] * 8


def nothing_known(request: object, viewer: object) -> None:
    """The look for a known order, taken out."""


def test_one_checkout_sent_eight_times_is_one_order() -> None:
    results = all_at_once(same_checkout_eight_times())
    assert len({order.pk for order in results}) == Order.objects.count() == 1


def test_without_the_look_the_constraint_still_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "known_order", nothing_known)
    results = all_at_once(same_checkout_eight_times())
    assert kinds(results) == {"IntegrityError": 7, "Order": 1}
    assert Order.objects.count() == 1


@pytest.mark.usefixtures("keys_may_repeat")
def test_without_the_key_on_the_row_one_checkout_would_place_eight_orders(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checkout, "known_order", nothing_known)
    assert kinds(all_at_once(same_checkout_eight_times())) == {"Order": 8}
    assert Order.objects.filter(key="one").count() == 8


def checkouts_of_one_viewer(place: Callable[..., Order]) -> list[Callable[[], Order]]:
    """Six checkouts of a product of which one viewer may have two, of two variants of it."""
    product, viewer = make_product(max_per_order=2), make_guest()
    variants = [make_stocked_variant(product=product) for _ in range(2)]
    wishes = [make_request(Wanted(variants[n % 2], 1)) for n in range(6)]
    return [partial(place, wish, viewer=viewer, now=NOW) for wish in wishes]


def test_parallel_checkouts_of_one_viewer_share_the_limit() -> None:
    results = all_at_once(checkouts_of_one_viewer(place_order))
    assert kinds(results) == {"LimitReached": 4, "Order": 2}


def test_with_the_limit_read_before_the_turn_all_checkouts_would_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check, meet = checkout.check_limits, Barrier(6)
    monkeypatch.setattr(checkout, "check_limits", lambda request, viewer, now: None)

    def early(request: Request, *, viewer: Viewer, now: datetime) -> Order:
        check(request, viewer=viewer, now=now)
        meet.wait(PATIENCE)
        return place_order(request, viewer=viewer, now=now)

    assert kinds(all_at_once(checkouts_of_one_viewer(early))) == {"Order": 6}


def test_a_capture_told_by_twenty_at_once_has_one_effect() -> None:
    variant = make_stocked_variant(on_hand=5)
    payment = pay(make_order(Wanted(variant, 2)), method="qr")
    results = all_at_once([partial(_capture, payment.pk)] * 20)
    assert sorted(results) == [False] * 19 + [True]
    assert (stock_of(variant), Attribution.objects.count(), Refund.objects.count()) == ((5, 0, 2), 1, 0)


def test_without_the_conditional_update_a_capture_would_have_two_effects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    payment = pay(make_order(), method="qr")
    meet = Barrier(2)

    def unguarded(payment: Payment, state: str, outcome: Outcome) -> bool:
        if state == "captured":
            meet.wait(PATIENCE)
        Payment.objects.filter(pk=payment.pk).update(state=state)
        return True

    monkeypatch.setattr(payments, "_claim_capture", lambda p, o: bool(meet.wait(PATIENCE)) or True)
    monkeypatch.setattr(payments, "claim", unguarded)
    monkeypatch.setattr(payments.transaction, "atomic", NoTransaction)
    results = all_at_once([partial(_capture, payment.pk)] * 2)
    assert True in results
    # The second telling went on to give the money of a paid order back.
    assert Refund.objects.count() == 1


def test_a_webhook_a_hundred_times_in_parallel_is_one_effect_and_a_hundred_acknowledgements() -> None:
    variant = make_stocked_variant(on_hand=5)
    payment = pay(make_order(Wanted(variant, 1)), method="qr")
    sandbox().approve(payment.reference, now=NOW)
    raw = SandboxWebhook.objects.get(body__contains='"payment.captured"').body.encode()
    headers = {SIGNATURE_HEADER: sign(raw, secret="sandbox-webhook-secret", at=LATER)}
    results = all_at_once([partial(receive, "sandbox", raw, headers, now=LATER)] * 100)
    assert kinds(results) == {"ProviderEvent": 100}
    assert (ProviderEvent.objects.count(), Attribution.objects.count()) == (1, 1)
    assert stock_of(variant) == (5, 0, 1)


def test_cancel_races_capture_and_the_money_matches_the_winner() -> None:
    for _ in range(20):
        order = make_order()
        payment = pay(order, method="qr")
        SandboxCharge.objects.filter(reference=payment.reference).update(state="captured")
        all_at_once([partial(_capture, payment.pk), partial(_cancel, order.pk)])
        order.refresh_from_db()
        payment.refresh_from_db()
        assert (order.state, payment.state) in {("paid", "captured"), ("cancelled", "surplus")}
        assert payment.refunded == (payment.amount if payment.state == "surplus" else 0)


def test_without_the_claim_a_cancelled_order_would_be_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    order = make_order()
    payment = pay(order, method="qr")
    fulfilment.close(order, reason="customer", now=NOW)
    monkeypatch.setattr(fulfilment, "claim", lambda order, now: True)
    _capture(payment.pk)
    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.state, payment.state) == ("cancelled", "captured")


def test_two_agents_refund_the_same_piece_once() -> None:
    variant = make_stocked_variant(on_hand=5)
    order = make_paid_order(Wanted(variant, 1))
    results = all_at_once([partial(_refund, order.pk, f"agent-{n}") for n in range(8)])
    assert kinds(results)["Refund"] == 1
    assert SandboxRefund.objects.count() == Refund.objects.count() == 1
    assert stock_of(variant) == (5, 0, 0)


def test_without_the_reservation_a_second_refund_would_be_booked_and_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = make_paid_order(Wanted(make_stocked_variant(), 1))
    monkeypatch.setattr(refunds, "take_from", lambda payment, amount: None)
    monkeypatch.setattr(refunds, "_write_lines", lambda refund, parts: None)
    _refund(order.pk, "agent-1")
    # The provider refuses it, and giving back what was never reserved meets the CHECK below.
    with pytest.raises(IntegrityError):
        _refund(order.pk, "agent-2")
    assert Refund.objects.count() == 2


def test_a_claim_left_by_a_dead_process_is_taken_over_by_one() -> None:
    done: list[int] = []
    work = partial(_worked, done)
    IdempotencyKey.objects.create(
        scope=idempotency.digest("room"),
        key="one",
        fingerprint=idempotency.fingerprint({}),
        created_at=NOW,
        claimed_at=NOW,
    )
    with pytest.raises(KeyInFlight):
        once("room", "one", body={}, work=work, now=NOW + timedelta(seconds=59))
    late = NOW + timedelta(seconds=60)
    results = all_at_once([lambda: once("room", "one", body={}, work=work, now=late)] * 8)
    assert len(done) == 1
    assert set(kinds(results)) <= {"Answer", "KeyInFlight"}


def _worked(done: list[int]) -> Answer:
    done.append(1)
    return Answer(200, {})


def _capture(payment_pk: int) -> bool:
    payment = Payment.objects.select_related("order").get(pk=payment_pk)
    amount = Money(payment.amount, payment.currency)
    return apply_outcome(payment, Outcome(Status.CAPTURED, payment.reference, amount), now=LATER)


def _cancel(order_pk: int) -> Order:
    return cancel_order(Order.objects.get(pk=order_pk), now=LATER)


def _refund(order_pk: int, key: str) -> Refund:
    return refund_order(Order.objects.get(pk=order_pk), reason="Torn", by=None, key=key, now=LATER)


class NoTransaction:
    """Takes the place of `atomic`: nothing is held together."""

    def __init__(self, using: Callable[..., object] | None = None, **kwargs: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *args: object) -> None: ...
