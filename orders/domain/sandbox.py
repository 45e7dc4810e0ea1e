"""The sandbox provider's books in our database, and the postman that brings its webhooks."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.money import Money
from orders.domain.webhooks import receive
from orders.models import SandboxCharge, SandboxRefund, SandboxWebhook
from orders.payments import registry
from orders.payments.base import RefundRequest, Status
from orders.payments.errors import RefundRefused
from orders.payments.providers.sandbox import OPEN, Charge, Message, SandboxProvider


class DatabaseStore:
    """Keeps `orders.payments.providers.sandbox.Store` in tables, shared by all processes."""

    @transaction.atomic
    def open(self, charge: Charge, messages: list[Message]) -> tuple[Charge, bool]:
        try:
            with transaction.atomic():
                SandboxCharge.objects.create(**_columns(charge))
        except IntegrityError:
            return _charge(SandboxCharge.objects.get(key=charge.key)), False
        self._owe(messages)
        return charge, True

    def by_key(self, key: str) -> Charge | None:
        row = SandboxCharge.objects.filter(key=key).first()
        return _charge(row) if row else None

    def by_reference(self, reference: str) -> Charge | None:
        row = SandboxCharge.objects.filter(reference=reference).first()
        return _charge(row) if row else None

    @transaction.atomic
    def move(self, charge: Charge, messages: list[Message]) -> bool:
        still_open = SandboxCharge.objects.filter(reference=charge.reference, state__in=OPEN)
        changed = still_open.update(
            state=charge.state, decline_code=charge.decline_code, settles_at=charge.settles_at
        )
        if changed:
            self._owe(messages)
        return bool(changed)

    def settling(self, *, now: datetime) -> list[Charge]:
        rows = SandboxCharge.objects.filter(settles_at__lte=now, state__in=OPEN)
        return [_charge(row) for row in rows.order_by("settles_at", "pk")]

    @transaction.atomic
    def refund(self, request: RefundRequest, *, reference: str, now: datetime, message: Message) -> str:
        charge = SandboxCharge.objects.get(reference=request.reference)
        try:
            with transaction.atomic():
                charge.refunds.create(
                    reference=reference, key=request.key, amount=request.amount.amount, created_at=now
                )
        except IntegrityError:
            return SandboxRefund.objects.get(key=request.key).reference
        room = SandboxCharge.objects.filter(
            pk=charge.pk,
            state=Status.CAPTURED,
            currency=request.amount.currency,
            refunded__lte=F("amount") - request.amount.amount,
        )
        if not room.update(refunded=F("refunded") + request.amount.amount):
            raise RefundRefused(request.key)
        self._owe([message])
        return reference

    def due(self, *, now: datetime) -> list[tuple[int, Message]]:
        rows = SandboxWebhook.objects.filter(delivered_at=None, due_at__lte=now)[:200]
        return [(row.pk, Message(row.event_id, row.body, row.due_at)) for row in rows]

    def delivered(self, row: int, *, now: datetime) -> None:
        webhook = SandboxWebhook.objects.filter(pk=row)
        webhook.update(delivered_at=now, attempts=F("attempts") + 1)

    def _owe(self, messages: list[Message]) -> None:
        SandboxWebhook.objects.bulk_create(
            SandboxWebhook(event_id=m.event_id, body=m.body, due_at=m.due_at) for m in messages
        )


def build_sandbox(*, copies: int = 1, newest_first: bool = False) -> SandboxProvider:
    """The provider with our tables as its books."""
    secrets = [settings.SANDBOX_WEBHOOK_SECRET]
    return SandboxProvider(store=DatabaseStore(), secrets=secrets, copies=copies, newest_first=newest_first)


def sandbox() -> SandboxProvider:
    """The registered sandbox; UnknownProvider where there is none."""
    provider = registry.get(SandboxProvider.name)
    assert isinstance(provider, SandboxProvider)  # noqa: S101 - narrows the port's type
    return provider


def deliver_due(*, now: datetime) -> int:
    """Bring due webhooks to the same intake the HTTP endpoint uses, signed and raw; how many were brought."""
    if SandboxProvider.name not in registry.names():
        return 0
    provider, brought = sandbox(), 0
    for delivery in provider.deliveries(now=now):
        receive(provider.name, delivery.raw, delivery.headers, now=now)
        provider.store.delivered(delivery.row, now=now)
        brought += 1
    return brought


def _columns(charge: Charge) -> dict[str, object]:
    return {
        "reference": charge.reference,
        "key": charge.key,
        "fingerprint": charge.fingerprint,
        "method": charge.method,
        "scenario": charge.scenario,
        "state": charge.state,
        "decline_code": charge.decline_code,
        "amount": charge.amount.amount,
        "currency": charge.amount.currency,
        "title": charge.title,
        "return_url": charge.return_url,
        "settles_at": charge.settles_at,
        "created_at": charge.created_at,
    }


def _charge(row: SandboxCharge) -> Charge:
    return Charge(
        reference=row.reference,
        key=row.key,
        fingerprint=row.fingerprint,
        method=row.method,
        scenario=row.scenario,
        state=Status(row.state),
        amount=Money(row.amount, row.currency),
        title=row.title,
        return_url=row.return_url,
        created_at=row.created_at,
        decline_code=row.decline_code,
        settles_at=row.settles_at,
        refunded=row.refunded,
    )
