"""Ending orders that are not paid: by their buyer, or by the clock."""

import logging
from datetime import datetime, timedelta
from functools import partial

from orders.domain.fulfilment import close
from orders.domain.payments import clear_the_way
from orders.domain.rows import alone
from orders.enums import CloseReason, OrderState
from orders.errors import NotCancellable, OrderClosed, PaymentUnsettled
from orders.models import Order

log = logging.getLogger(__name__)

# A provider that does not answer keeps an order open no longer than this; a capture after it is returned.
PATIENCE = timedelta(minutes=5)


def cancel_order(order: Order, *, now: datetime) -> Order:
    """Cancel an order that is not paid. NotCancellable when it is paid or closed, or being paid right now."""
    try:
        clear_the_way(order, now=now)
    except (OrderClosed, PaymentUnsettled):
        raise NotCancellable from None
    if not close(order, reason=CloseReason.CUSTOMER, now=now):
        raise NotCancellable
    return order


def expire_unpaid(*, now: datetime, limit: int = 100) -> int:
    """Close open orders whose time to pay is over and give their pieces back; how many were closed."""
    due = Order.objects.filter(state=OrderState.OPEN, pay_until__lte=now).order_by("pay_until", "pk")
    closed = 0
    # All are looked at: orders which cannot be closed yet must not use up the limit of those behind them.
    for pk in list(due.values_list("pk", flat=True)):
        order = Order.objects.get(pk=pk)
        closed += bool(alone(order, partial(_expire, order, now=now)))
        if closed == limit:
            break
    return closed


def _expire(order: Order, *, now: datetime) -> bool:
    try:
        clear_the_way(order, now=now)
    except OrderClosed:
        return False
    except Exception as stuck:
        # No provider, however wrong, keeps the pieces for ever.
        if not isinstance(stuck, PaymentUnsettled):
            log.warning("payments of order %s cannot be ended", order.public_id, exc_info=True)
        if now < order.pay_until + PATIENCE:
            return False
    return close(order, reason=CloseReason.EXPIRED, now=now)
