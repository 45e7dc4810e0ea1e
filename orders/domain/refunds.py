"""Giving money back: by pieces or all of it, once, and never more than was taken.

The same three steps as a payment: commit `refund(pending, key)` with the amount already taken off what may
still be refunded → call the provider with that key → commit what it said.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from accounts.models import User
from catalog.domain.stock import restock
from catalog.money import Money
from orders.domain.attribution import reverse
from orders.domain.editions import take_back
from orders.domain.letters import send_refund
from orders.domain.rows import alone
from orders.enums import OrderState, PaymentState, RefundState
from orders.errors import NothingToRefund, RefundTooMuch
from orders.models import Order, OrderLine, Payment, Refund, RefundLine
from orders.payments import registry
from orders.payments.base import RefundRequest, RefundStatus
from orders.payments.errors import ProviderUnavailable, RefundRefused

log = logging.getLogger(__name__)

RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces of one line to be refunded and what they cost."""

    line: OrderLine
    quantity: int
    amount: int


def refund_order(
    order: Order,
    *,
    pieces: Mapping[str, int] | None = None,
    delivery: bool = False,
    reason: str,
    by: User | None,
    key: str,
    now: datetime,
) -> Refund:
    """Refund `pieces` (line public id → how many), or with None all that is left, delivery included.

    The same `key` gives the same refund. A refund the provider did not answer stays pending and is finished
    by `refund_due`. NothingToRefund, RefundTooMuch.
    """
    refund = Refund.objects.filter(key=key, payment__order=order).first()
    if refund is None:
        refund = _book(order, pieces=pieces, delivery=delivery, reason=reason, by=by, key=key, now=now)
    return carry_out(refund, now=now)


def carry_out(refund: Refund, *, now: datetime) -> Refund:
    """Ask the provider to send a booked refund and write down its answer. Not inside a transaction."""
    if refund.state != RefundState.PENDING:
        return refund
    payment = refund.payment
    request = RefundRequest(refund.key, payment.reference, Money(refund.amount, payment.currency))
    try:
        status = registry.get(payment.provider).refund(request, now=now).status
    except ProviderUnavailable:
        status = RefundStatus.PENDING
    except RefundRefused:
        status = RefundStatus.FAILED
    apply_refund(refund, status, now=now)
    return refund


def apply_refund(refund: Refund, status: RefundStatus, *, now: datetime) -> bool:
    """Write down what the provider says of a refund; true when this call changed anything."""
    if status is RefundStatus.DONE:
        changed = _finish(refund, now=now)
    elif status is RefundStatus.FAILED and refund.payment.state != PaymentState.SURPLUS:
        changed = _give_up(refund)
    else:
        if status is RefundStatus.FAILED:
            # We owe it whatever the provider says, and nobody else would ever ask again.
            log.warning("surplus refund %s was refused and is tried again", refund.public_id)
        _try_later(refund, now=now)
        changed = False
    refund.refresh_from_db()
    return changed


def refund_due(*, now: datetime, limit: int = 100) -> int:
    """Carry out refunds that wait, with the key they were booked under; how many were tried."""
    waiting = Refund.objects.filter(state=RefundState.PENDING, check_at__lte=now)
    refunds = list(waiting.select_related("payment__order").order_by("check_at", "pk")[:limit])
    for refund in refunds:
        if alone(refund, partial(carry_out, refund, now=now)) is None:
            _try_later(refund, now=now)
    return len(refunds)


def refundable(order: Order) -> int:
    """Minor units that were paid and are neither refunded nor on their way back."""
    payment = order.payments.filter(state=PaymentState.CAPTURED).first()
    return payment.amount - payment.refunded if payment else 0


@transaction.atomic
def claim_refund(refund: Refund, state: RefundState, *, done_at: datetime | None = None) -> bool:
    """The conditional UPDATE every effect of a refund hangs on; true for one caller only."""
    pending = Refund.objects.filter(pk=refund.pk, state=RefundState.PENDING)
    return bool(pending.update(state=state, done_at=done_at, check_at=None))


def _book(
    order: Order,
    *,
    pieces: Mapping[str, int] | None,
    delivery: bool,
    reason: str,
    by: User | None,
    key: str,
    now: datetime,
) -> Refund:
    try:
        # Durable: the row must be committed before the provider hears of it.
        with transaction.atomic(durable=True):
            payment = captured_payment(order)
            parts = _parts(order, pieces)
            carriage = _delivery_left(order, payment) if delivery or pieces is None else 0
            amount = sum(part.amount for part in parts) + carriage
            take_from(payment, amount)
            refund = Refund.objects.create(
                payment=payment,
                key=key,
                amount=amount,
                delivery_amount=carriage,
                reason=reason,
                by=by,
                created_at=now,
                check_at=now + RETRY,
            )
            _write_lines(refund, parts)
            return refund
    except IntegrityError:
        # A twin with the same key booked it first.
        return Refund.objects.get(key=key, payment__order=order)


def captured_payment(order: Order) -> Payment:
    """The order's captured payment, its row locked where the database can. NothingToRefund."""
    captured = Payment.objects.select_for_update().filter(order=order, state=PaymentState.CAPTURED)
    payment = captured.first()
    if payment is None:
        raise NothingToRefund
    return payment


def take_from(payment: Payment, amount: int) -> None:
    """Reserve `amount` of what may still be refunded; the CHECK under it refuses what this would miss."""
    if amount < 1:
        raise NothingToRefund
    enough = Payment.objects.filter(pk=payment.pk, refunded__lte=F("amount") - amount)
    if not enough.update(refunded=F("refunded") + amount):
        raise RefundTooMuch


def given_back(line: OrderLine) -> int:
    """Minor units of the line already refunded or on their way back."""
    standing = line.refunds.exclude(refund__state=RefundState.FAILED)
    return standing.aggregate(amount=Sum("amount"))["amount"] or 0


def _parts(order: Order, pieces: Mapping[str, int] | None) -> list[Part]:
    lines = list(order.lines.order_by("pk"))
    known = {line.public_id for line in lines}
    if pieces is not None and set(pieces) - known:
        raise NothingToRefund
    asked = {line: line.kept if pieces is None else pieces.get(line.public_id, 0) for line in lines}
    return [_part(line, quantity) for line, quantity in asked.items() if quantity or pieces is None]


def _part(line: OrderLine, quantity: int) -> Part:
    if quantity < 0 or quantity > line.kept:
        raise RefundTooMuch
    left = line.amount - given_back(line)
    # The last pieces take what is left, so that earlier amounts without pieces are not paid twice.
    amount = left if quantity == line.kept else min(left, quantity * line.unit_amount)
    return Part(line, quantity, amount)


def _write_lines(refund: Refund, parts: list[Part]) -> None:
    for part in parts:
        if not part.quantity and not part.amount:
            continue
        room = OrderLine.objects.filter(pk=part.line.pk, quantity__gte=F("returned") + part.quantity)
        if not room.update(returned=F("returned") + part.quantity):
            raise RefundTooMuch
        RefundLine.objects.create(refund=refund, line=part.line, quantity=part.quantity, amount=part.amount)


def _delivery_left(order: Order, payment: Payment) -> int:
    standing = payment.refunds.exclude(state=RefundState.FAILED)
    back = standing.aggregate(amount=Sum("delivery_amount"))["amount"] or 0
    return max(0, order.delivery_amount - back)


@transaction.atomic
def _finish(refund: Refund, *, now: datetime) -> bool:
    if not claim_refund(refund, RefundState.DONE, done_at=now):
        return False
    parts = refund.lines.filter(quantity__gt=0).select_related("line__variant")
    for part in parts.order_by("line__variant_id"):
        restock(part.line.variant, quantity=part.quantity, now=now)
        take_back(part.line, quantity=part.quantity, now=now)
    reverse(refund, now=now)
    payment = Payment.objects.select_related("order").get(pk=refund.payment_id)
    if payment.state == PaymentState.CAPTURED:
        _close_if_all_is_back(payment, now=now)
        send_refund(refund, now=now)
    return True


def _try_later(refund: Refund, *, now: datetime) -> None:
    """Wait as long again as the refund is old, up to an hour."""
    wait = min(max(now - refund.created_at, RETRY), LONGEST_RETRY)
    Refund.objects.filter(pk=refund.pk, state=RefundState.PENDING).update(check_at=now + wait)


def _close_if_all_is_back(payment: Payment, *, now: datetime) -> None:
    done = payment.refunds.filter(state=RefundState.DONE).aggregate(amount=Sum("amount"))["amount"]
    if done == payment.amount:
        paid = Order.objects.filter(pk=payment.order_id, state=OrderState.PAID)
        paid.update(state=OrderState.REFUNDED, closed_at=now)


@transaction.atomic
def _give_up(refund: Refund) -> bool:
    if not claim_refund(refund, RefundState.FAILED):
        return False
    Payment.objects.filter(pk=refund.payment_id).update(refunded=F("refunded") - refund.amount)
    for part in refund.lines.all():
        OrderLine.objects.filter(pk=part.line_id).update(returned=F("returned") - part.quantity)
    return True
