"""Everything of this app that is due. It reads the database alone and may run in any number of processes."""

from collections.abc import Callable
from datetime import datetime

from orders.domain.closing import expire_unpaid
from orders.domain.idempotency import forget_old_keys
from orders.domain.payments import settle_due
from orders.domain.refunds import refund_due
from orders.domain.sandbox import deliver_due
from orders.domain.webhooks import process_due

STEPS: tuple[Callable[..., int], ...] = (
    deliver_due,
    process_due,
    settle_due,
    expire_unpaid,
    refund_due,
    forget_old_keys,
)


def sweep_orders(*, now: datetime) -> int:
    """Bring and act on webhooks, settle payments, close what was not paid, refund; how much was due.

    A step that fails does not keep the others from running; what failed is raised at the end.
    """
    done, failed = 0, []
    for step in STEPS:
        try:
            done += step(now=now)
        except Exception as error:  # noqa: BLE001 - raised below, after the other steps
            failed.append(error)
    if failed:
        raise ExceptionGroup("some of the orders' due work failed", failed)
    return done
