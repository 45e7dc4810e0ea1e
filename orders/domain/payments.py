"""Taking money. No provider is called inside a transaction; every step can be repeated after a crash.

commit `payment(pending, key)` → call the provider with that key → commit what it said. Whatever dies
between, `settle_due` asks the provider with the same key and ends in the same state. Each effect hangs on a
conditional UPDATE of a state that only moves forward, so it happens exactly once, however often and in
whatever order the provider says the same thing.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction

from catalog.money import Money
from orders.domain.checkout import require_open
from orders.domain.fulfilment import close, fulfil
from orders.domain.letters import send_surplus
from orders.domain.rows import alone
from orders.enums import CloseReason, OrderState, PaymentState
from orders.errors import NotFulfillable, OrderClosed, OutcomeMismatch, PaymentUnsettled
from orders.models import Order, Payment, Refund
from orders.payments import registry
from orders.payments.base import Intent, Outcome, Provider, Status
from orders.payments.errors import ProviderUnavailable, UnknownProvider

OPEN_STATES = (PaymentState.PENDING, PaymentState.ACTION)
# A capture is never lost: it also overtakes a decline or a cancel that was heard first.
BEFORE = {
    PaymentState.ACTION: (PaymentState.PENDING,),
    PaymentState.DECLINED: OPEN_STATES,
    PaymentState.CANCELLED: OPEN_STATES,
    PaymentState.CAPTURED: (*OPEN_STATES, PaymentState.DECLINED, PaymentState.CANCELLED),
    PaymentState.SURPLUS: (*OPEN_STATES, PaymentState.DECLINED, PaymentState.CANCELLED),
}
FIRST_CHECK = timedelta(seconds=5)
LONGEST_WAIT = timedelta(seconds=60)
# A provider that was taken out of the settings answers as little as one that is down.
SILENT = (ProviderUnavailable, UnknownProvider)
# Longer than any call to a provider takes; a charge it has not seen by then was never sent.
NEVER_SENT_AFTER = timedelta(seconds=60)


def start_payment(
    order: Order, *, method: str, return_url: str, key: str, scenario: str = "", now: datetime
) -> Payment:
    """Try to pay the order once; the returned payment tells what the provider said.

    `pending` means that the provider did not answer: it is asked again, never charged again. The same `key`
    gives the same payment. OrderClosed, PaymentUnsettled, UnknownMethod.
    """
    payment = Payment.objects.filter(key=key, order=order).first()
    if payment is None:
        provider = registry.provider_for(method)
        clear_the_way(order, now=now)
        payment = _open(order, provider=provider, method=method, key=key, now=now)
    if payment.state != PaymentState.PENDING:
        return payment
    intent = _intent(payment, order, return_url=return_url, scenario=scenario)
    try:
        outcome = registry.get(payment.provider).start(intent, now=now)
    except ProviderUnavailable:
        return payment
    apply_outcome(payment, outcome, now=now)
    return payment


def clear_the_way(order: Order, *, now: datetime) -> None:
    """End every unfinished attempt of the order at its provider.

    OrderClosed when one turns out to be paid, PaymentUnsettled while one may still take money.
    """
    for payment in order.payments.filter(state__in=OPEN_STATES):
        try:
            outcome = registry.get(payment.provider).cancel(payment.key, now=now)
        except SILENT:
            raise PaymentUnsettled from None
        if outcome is None and now < payment.created_at + NEVER_SENT_AFTER:
            raise PaymentUnsettled
        apply_outcome(payment, outcome or _never_sent(payment), now=now)
        if payment.state in {PaymentState.CAPTURED, PaymentState.SURPLUS}:
            raise OrderClosed


def settle(payment: Payment, *, now: datetime) -> Payment:
    """Ask the provider what became of the payment and act on it; unchanged when there is no answer."""
    return ask(payment, now=now) if payment.is_open else payment


def ask(payment: Payment, *, now: datetime) -> Payment:
    """The same for a payment in any state, e.g. when a later message contradicts an earlier decline."""
    try:
        outcome = registry.get(payment.provider).fetch(payment.key, now=now)
    except SILENT:
        outcome = None
    else:
        if outcome is None and now >= payment.created_at + NEVER_SENT_AFTER:
            outcome = _never_sent(payment)
    if outcome is None or not apply_outcome(payment, outcome, now=now):
        _look_again(payment, now=now)
    return payment


def settle_due(*, now: datetime, limit: int = 100) -> int:
    """Settle payments whose time to be looked at has come; how many were looked at."""
    due = Payment.objects.filter(state__in=OPEN_STATES, check_at__lte=now).select_related("order")
    payments = list(due.order_by("check_at", "pk")[:limit])
    for payment in payments:
        _settle_alone(payment, now=now)
    return len(payments)


def settle_if_due(order: Order, *, now: datetime) -> None:
    """Settle the order's own unfinished payments, at most as often as their check time allows."""
    for payment in order.payments.filter(state__in=OPEN_STATES, check_at__lte=now):
        _settle_alone(payment, now=now)


def apply_outcome(payment: Payment, outcome: Outcome, *, now: datetime) -> bool:
    """Move the payment to what the provider says, with all its effects, in one transaction.

    True when this call changed anything. OutcomeMismatch for another amount or currency.
    """
    if outcome.amount != Money(payment.amount, payment.currency):
        raise OutcomeMismatch
    match outcome.status:
        case Status.CAPTURED:
            changed = _capture(payment, outcome, now=now)
        case Status.PENDING:
            changed = False
        case _:
            changed = claim(payment, PaymentState(str(outcome.status)), outcome)
    payment.refresh_from_db()
    return changed


@transaction.atomic
def claim(payment: Payment, state: PaymentState, outcome: Outcome) -> bool:
    """The conditional UPDATE every effect of a payment hangs on; true for one caller only."""
    action = outcome.action.as_json() if outcome.action else {}
    changed = Payment.objects.filter(pk=payment.pk, state__in=BEFORE[state]).update(
        state=state,
        reference=outcome.reference or payment.reference,
        action=action,
        decline_code=outcome.decline_code,
    )
    return bool(changed)


def _capture(payment: Payment, outcome: Outcome, *, now: datetime) -> bool:
    with transaction.atomic():
        try:
            with transaction.atomic():
                if not _claim_capture(payment, outcome):
                    return False
                fulfil(payment.order, now=now)
        except NotFulfillable:
            # Too late, or a second capture of one order: the money goes back, the stock is never oversold.
            return _return_surplus(payment, outcome, now=now)
    return True


def _claim_capture(payment: Payment, outcome: Outcome) -> bool:
    try:
        with transaction.atomic():
            return claim(payment, PaymentState.CAPTURED, outcome)
    except IntegrityError:
        # The database knows another captured payment of this order.
        raise NotFulfillable from None


def _return_surplus(payment: Payment, outcome: Outcome, *, now: datetime) -> bool:
    if not claim(payment, PaymentState.SURPLUS, outcome):
        return False
    Payment.objects.filter(pk=payment.pk).update(refunded=payment.amount)
    Refund.objects.create(
        payment=payment,
        key=f"surplus:{payment.public_id}",
        amount=payment.amount,
        reason=str(PaymentState.SURPLUS.label),
        created_at=now,
        check_at=now,
    )
    close(payment.order, reason=CloseReason.SOLD_OUT, now=now)
    send_surplus(payment.order, payment=payment, now=now)
    return True


def _open(order: Order, *, provider: Provider, method: str, key: str, now: datetime) -> Payment:
    # Durable: the row must be committed before the provider hears of it.
    try:
        with transaction.atomic(durable=True):
            # The touch takes the order's row, so that a cancel waits for us or we see it.
            Order.objects.filter(pk=order.pk, state=OrderState.OPEN).update(state=OrderState.OPEN)
            order.refresh_from_db()
            require_open(order, now=now)
            return Payment.objects.create(
                order=order,
                key=key,
                provider=provider.name,
                method=method,
                amount=order.total_amount,
                currency=order.currency,
                created_at=now,
                check_at=now + FIRST_CHECK,
            )
    except IntegrityError:
        raise PaymentUnsettled from None


def _intent(payment: Payment, order: Order, *, return_url: str, scenario: str) -> Intent:
    title = f"{order.brand.name} · {order.public_id[:8]}"
    amount = Money(payment.amount, payment.currency)
    return Intent(payment.key, amount, payment.method, title, return_url, scenario)


def _never_sent(payment: Payment) -> Outcome:
    amount = Money(payment.amount, payment.currency)
    return Outcome(Status.CANCELLED, payment.reference, amount, decline_code="never_sent")


def _settle_alone(payment: Payment, *, now: datetime) -> None:
    if alone(payment, partial(settle, payment, now=now)) is None:
        _look_again(payment, now=now)


def _look_again(payment: Payment, *, now: datetime) -> None:
    """Wait as long again as the payment is old, up to a minute."""
    wait = min(max(now - payment.created_at, FIRST_CHECK), LONGEST_WAIT)
    Payment.objects.filter(pk=payment.pk).update(check_at=now + wait)
