"""Refunds that began at the provider, e.g. in its own back office: heard of by webhook, written down here."""

from datetime import datetime

from django.db import transaction

from catalog.money import split
from orders.domain.refunds import apply_refund, captured_payment, given_back, take_from
from orders.enums import PaymentState
from orders.errors import OutcomeMismatch
from orders.models import Payment, Refund, RefundLine
from orders.payments.base import RefundNotice, RefundStatus


@transaction.atomic
def hear_refund(payment: Payment, notice: RefundNotice, *, now: datetime) -> bool:
    """Act on a refund webhook of a captured payment; true when it changed anything.

    One of ours is finished or given up. One that began at the provider is spread over the lines by what is
    left of each, so that the ledger still adds up; it returns no pieces. OutcomeMismatch, RefundTooMuch.
    """
    known = Refund.objects.filter(key=notice.key or notice.reference, payment=payment).first()
    if known is None:
        known = _write(payment, notice, now=now)
    if known.amount != notice.amount.amount or payment.currency != notice.amount.currency:
        raise OutcomeMismatch
    return apply_refund(known, notice.status, now=now)


def _write(payment: Payment, notice: RefundNotice, *, now: datetime) -> Refund:
    if payment.state != PaymentState.CAPTURED or notice.status is not RefundStatus.DONE:
        raise OutcomeMismatch
    payment = captured_payment(payment.order)
    take_from(payment, notice.amount.amount)
    lines = list(payment.order.lines.order_by("pk"))
    left = [line.amount - given_back(line) for line in lines]
    carriage = payment.amount - payment.refunded - sum(left)
    shares = split(notice.amount.amount, [*left, max(0, carriage)])
    refund = Refund.objects.create(
        payment=payment,
        key=notice.key or notice.reference,
        amount=notice.amount.amount,
        delivery_amount=shares[-1],
        reason="Refunded at the provider",
        created_at=now,
    )
    for line, share in zip(lines, shares[:-1], strict=True):
        if share:
            RefundLine.objects.create(refund=refund, line=line, quantity=0, amount=share)
    return refund
