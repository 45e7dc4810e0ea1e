"""Rows name themselves, and money rows know what they are worth."""

import pytest

from catalog.money import Money
from orders.domain.bags import add_to_bag
from orders.domain.idempotency import Answer, once
from orders.domain.refunds import refund_order
from orders.models import (
    Attribution,
    IdempotencyKey,
    ProviderEvent,
    Refund,
    SandboxCharge,
    SandboxRefund,
    SandboxWebhook,
)
from tests.factories.catalog import make_stocked_variant
from tests.factories.orders import make_paid_order

pytestmark = pytest.mark.django_db


def test_every_row_has_a_name_for_the_admin(now):
    order = make_paid_order()
    refund_order(order, reason="Torn", by=None, key="r", now=now)
    line = add_to_bag(make_stocked_variant(), holder="guest:a", quantity=1, currency="EUR", now=now)
    once("s", "k", body=1, work=lambda: Answer(200, {}), now=now)
    event = ProviderEvent.objects.create(
        provider="sandbox", event_id="e", kind="payment.captured", body={}, received_at=now
    )
    refund = Refund.objects.get()
    rows = [
        order, order.lines.get(), order.payments.get(), refund, refund.lines.get(), line, line.bag, event,
        IdempotencyKey.objects.get(), Attribution.objects.first(), SandboxCharge.objects.get(),
        SandboxRefund.objects.get(), SandboxWebhook.objects.first(),
    ]  # fmt: skip
    assert all(str(row) for row in rows)


def test_an_order_and_its_lines_know_their_money():
    order = make_paid_order()
    line = order.lines.get()
    assert (order.goods, order.carriage, order.total) == tuple(Money(a, "EUR") for a in (12_500, 900, 13_400))
    assert (line.unit, line.sum, line.kept) == (Money(12_500, "EUR"), Money(12_500, "EUR"), 1)
    assert not order.payments.get().is_open
