"""Ending orders that are not paid: by their buyer, or by the clock."""

from datetime import datetime, timedelta

from orders.domain.fulfilment import close
from orders.domain.payments import clear_the_way
from orders.enums import CloseReason, OrderState
from orders.errors import NotCancellable, OrderClosed, PaymentUnsettled
from orders.models import Order

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
    return sum(_expire(order, now=now) for order in list(due[:limit]))


def _expire(order: Order, *, now: datetime) -> bool:
    try:
        clear_the_way(order, now=now)
    except OrderClosed:
        return False
    except PaymentUnsettled:
        if now < order.pay_until + PATIENCE:
            return False
    return close(order, reason=CloseReason.EXPIRED, now=now)
