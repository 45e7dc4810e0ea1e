"""Everything of this app that is due. It reads the database alone and may run in any number of processes."""

from datetime import datetime

from orders.domain.closing import expire_unpaid
from orders.domain.idempotency import forget_old_keys
from orders.domain.payments import settle_due
from orders.domain.refunds import refund_due
from orders.domain.sandbox import deliver_due
from orders.domain.webhooks import process_due


def sweep_orders(*, now: datetime) -> int:
    """Bring and act on webhooks, settle payments, close what was not paid, refund; how much was due."""
    return (
        deliver_due(now=now)
        + process_due(now=now)
        + settle_due(now=now)
        + expire_unpaid(now=now)
        + refund_due(now=now)
        + forget_old_keys(now=now)
    )
