"""What a captured payment does to its order, all at once: paid, pieces sold and numbered, credited, told."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from catalog.domain.stock import commit, hold, release
from catalog.errors import HoldExpired, SoldOut
from catalog.models import Hold
from orders.domain.attribution import credit
from orders.domain.checkout import holder_of
from orders.domain.editions import give_numbers
from orders.domain.letters import send_confirmation
from orders.enums import CloseReason, OrderState
from orders.errors import NotFulfillable
from orders.models import Order, OrderLine

# An order that only ran out of time may still be honoured, if its pieces are there.
PAYABLE = Q(state=OrderState.OPEN) | Q(state=OrderState.CANCELLED, closed_reason=CloseReason.EXPIRED)


def fulfil(order: Order, *, now: datetime) -> None:
    """Give the order its pieces, inside a savepoint of the capture which NotFulfillable undoes."""
    if not claim(order, now=now):
        raise NotFulfillable
    try:
        for line in order.lines.select_related("variant", "hold").order_by("variant_id"):
            _sell(line, order, now=now)
    except SoldOut:
        raise NotFulfillable from None
    give_numbers(order, now=now)
    credit(order, now=now)
    send_confirmation(order, now=now)


def claim(order: Order, *, now: datetime) -> bool:
    """Move the order to paid; true for one caller only, and never for a cancelled or paid order."""
    changed = Order.objects.filter(PAYABLE, pk=order.pk).update(
        state=OrderState.PAID, paid_at=now, closed_at=None, closed_reason=""
    )
    if changed:
        order.refresh_from_db()
    return bool(changed)


@transaction.atomic
def close(order: Order, *, reason: CloseReason, now: datetime) -> bool:
    """Move an open order to cancelled and give its pieces back; false when it was not open any more."""
    changed = Order.objects.filter(pk=order.pk, state=OrderState.OPEN).update(
        state=OrderState.CANCELLED, closed_at=now, closed_reason=reason
    )
    if not changed:
        return False
    # By key, as the checkout takes them: two transactions in different orders would wait for each other.
    mine = Hold.objects.live().filter(holder=holder_of(order.public_id))
    for held in mine.order_by("variant_id"):
        release(held, now=now)
    order.refresh_from_db()
    return True


def _sell(line: OrderLine, order: Order, *, now: datetime) -> None:
    try:
        commit(_hold_of(line), now=now)
    except HoldExpired:
        # Paid too late: the pieces are taken anew if they are still there.
        fresh = hold(line.variant, holder=holder_of(order.public_id), quantity=line.quantity, now=now)
        commit(fresh, now=now)
        OrderLine.objects.filter(pk=line.pk).update(hold=fresh)


def _hold_of(line: OrderLine) -> Hold:
    if line.hold is None:
        raise HoldExpired
    return line.hold
