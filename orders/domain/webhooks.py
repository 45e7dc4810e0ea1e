"""What providers tell us: verified on the raw bytes, stored first, acknowledged, acted on after, once."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction

from orders.domain.foreign_refunds import hear_refund
from orders.domain.payments import apply_outcome, ask
from orders.domain.rows import alone
from orders.enums import PaymentState
from orders.errors import OrderError
from orders.models import Payment, ProviderEvent
from orders.payments import registry
from orders.payments.base import WebhookMessage
from orders.payments.errors import BadMessage

log = logging.getLogger(__name__)

LARGEST = 1_048_576
# The first try is made at once by the intake itself; the sweep takes what it could not finish.
GRACE = timedelta(seconds=10)
# What fails for longer is set aside; the payment itself is still asked after.
GIVE_UP = timedelta(minutes=10)


def receive(provider: str, raw: bytes, headers: Mapping[str, str], *, now: datetime) -> ProviderEvent:
    """Verify, store, then act. Returning means that the message is kept and need not be sent again.

    UnknownProvider, BadSignature, BadMessage: nothing was stored.
    """
    message = registry.get(provider).read_webhook(raw, headers, now=now)
    event = _store(provider, message, now=now)
    if event.processed_at is None:
        # Kept is acknowledged: what fails now is for the sweep, not for the provider to send again.
        alone(event, partial(_act, event, message, now=now))
    return event


def process_due(*, now: datetime, limit: int = 200) -> int:
    """Act on stored messages whose first try did not end, e.g. by a crash; how many were taken."""
    waiting = ProviderEvent.objects.filter(processed_at=None, received_at__lte=now - GRACE)
    taken = 0
    # All are looked at: messages which cannot be acted on must not use up the limit of those behind them.
    for pk in list(waiting.order_by("received_at", "pk").values_list("pk", flat=True)):
        event = ProviderEvent.objects.get(pk=pk)
        taken += bool(alone(event, partial(_take_up, event, now=now)))
        if event.processed_at is None and now >= event.received_at + GIVE_UP:
            _finish(event, "quarantine: not understood", now=now)
        if taken == limit:
            break
    return taken


def _store(provider: str, message: WebhookMessage, *, now: datetime) -> ProviderEvent:
    try:
        with transaction.atomic():
            return ProviderEvent.objects.create(
                provider=provider,
                event_id=message.event_id,
                kind=message.kind[:40],
                body=message.body,
                received_at=now,
            )
    except IntegrityError:
        return ProviderEvent.objects.get(provider=provider, event_id=message.event_id)


def _take_up(event: ProviderEvent, *, now: datetime) -> bool:
    try:
        message = registry.get(event.provider).parse_webhook(event.body)
    except BadMessage as wrong:
        _finish(event, f"quarantine: {wrong.code}", now=now)
    else:
        _act(event, message, now=now)
    return True


def _act(event: ProviderEvent, message: WebhookMessage, *, now: datetime) -> None:
    payment = _payment_of(event.provider, message)
    if payment is None:
        _finish(event, "orphan: no such payment", now=now)
        return
    try:
        if message.outcome:
            apply_outcome(payment, message.outcome, now=now)
        if message.refund:
            _hear_refund(payment, message, now=now)
    except OrderError as wrong:
        _finish(event, f"quarantine: {wrong.code}", now=now)
        return
    except IntegrityError:
        _finish(event, "quarantine: contradicts what is known", now=now)
        return
    _finish(event, "", now=now)


def _hear_refund(payment: Payment, message: WebhookMessage, *, now: datetime) -> None:
    if message.refund is None:
        return
    if payment.state not in {PaymentState.CAPTURED, PaymentState.SURPLUS}:
        # A refund before its capture: the provider is asked, since only it knows the order of things.
        ask(payment, now=now)
    hear_refund(payment, message.refund, now=now)


def _payment_of(provider: str, message: WebhookMessage) -> Payment | None:
    ours = Payment.objects.filter(provider=provider).select_related("order")
    return ours.filter(key=message.key).first()


def _finish(event: ProviderEvent, problem: str, *, now: datetime) -> None:
    if problem:
        log.warning("webhook %s of %s: %s", event.event_id, event.provider, problem)
    event.processed_at, event.problem = now, problem
    event.save(update_fields=["processed_at", "problem"])
