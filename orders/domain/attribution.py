"""The verdict on every order line: which event and host earned it, and on what evidence.

Rule 2026-1. A touch counts when its signature verifies, it is of this buyer and this product, and it was made
at most `ATTRIBUTION_WINDOW_SECONDS` before the order was placed (both ends included). The last such touch
wins. The line is credited to the event of its room and the host of its pin. A token that does not verify, or
is somebody else's, or of another product, earns nothing and says so; a host's own purchase earns nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from livechat.domain.touches import read_touch
from livechat.models import Touch
from orders.enums import AttributionKind, AttributionReason
from orders.models import Attribution, Order, OrderLine, Refund, RefundLine

RULE = "2026-1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line is credited or not; only `pin` and `lineup` name an event."""

    reason: AttributionReason
    touch: Touch | None = None

    @property
    def earns(self) -> bool:
        return self.reason in {AttributionReason.PIN, AttributionReason.LINEUP}


def judge(line: OrderLine, order: Order) -> Verdict:
    """Apply rule 2026-1 to one line. Reads only."""
    if not line.touch_token:
        return _weigh(_last_touch(line, order), order)
    told = read_touch(line.touch_token)
    if (
        told is None
        or told.viewer_key not in touchers(line, order)
        or told.product_id != line.variant.product_id
    ):
        return Verdict(AttributionReason.BAD_TOUCH)
    newest = max(filter(None, [told, _last_touch(line, order)]), key=lambda touch: (touch.at, touch.pk))
    return _weigh(newest, order)


def touchers(line: OrderLine, order: Order) -> set[str]:
    """The viewer keys a line's touch may be of: the buyer's, and the guest's they were before signing in."""
    return {order.holder, line.touched_as} - {""}


@transaction.atomic
def credit(order: Order, *, now: datetime) -> list[Attribution]:
    """Write one credit row per line of a paid order. Runs in the capture's transaction, once."""
    lines = order.lines.select_related("variant").order_by("pk")
    return Attribution.objects.bulk_create([_credit(line, order, now=now) for line in lines])


@transaction.atomic
def reverse(refund: Refund, *, now: datetime) -> list[Attribution]:
    """Write one reversal per refunded line, with the negative of what was given back for it."""
    given_back = refund.lines.filter(amount__gt=0).select_related("line")
    return Attribution.objects.bulk_create([_reversal(each, refund, now=now) for each in given_back])


def _last_touch(line: OrderLine, order: Order) -> Touch | None:
    """The buyer's newest recorded touch of the piece within the window; a fact the room itself wrote."""
    window = (order.placed_at - timedelta(seconds=settings.ATTRIBUTION_WINDOW_SECONDS), order.placed_at)
    touches = Touch.objects.filter(
        viewer_key__in=touchers(line, order), product=line.variant.product_id, at__range=window
    )
    return touches.select_related("room__event", "host__user", "pin__host").order_by("at", "pk").last()


def _weigh(touch: Touch | None, order: Order) -> Verdict:
    window = timedelta(seconds=settings.ATTRIBUTION_WINDOW_SECONDS)
    if touch is None or not timedelta(0) <= order.placed_at - touch.at <= window:
        return Verdict(AttributionReason.NO_TOUCH)
    if _is_own(touch, order):
        return Verdict(AttributionReason.SELF, touch)
    return Verdict(AttributionReason.PIN if touch.pin_id else AttributionReason.LINEUP, touch)


def _is_own(touch: Touch, order: Order) -> bool:
    host = touch.host
    if host is None or host.user is None:
        return False
    # A host who buys as a guest under the address of their account buys for themselves too.
    return host.user_id == order.user_id or host.user.email.lower() == order.email.lower()


def _credit(line: OrderLine, order: Order, *, now: datetime) -> Attribution:
    verdict = judge(line, order)
    row = Attribution(
        line=line,
        kind=AttributionKind.CREDIT,
        reason=verdict.reason,
        touch=verdict.touch,
        touch_token=line.touch_token,
        rule=RULE,
        amount=line.amount,
        currency=order.currency,
        at=now,
    )
    if verdict.touch and verdict.earns:
        _name(row, verdict.touch, order)
    return row


def _name(row: Attribution, touch: Touch, order: Order) -> None:
    row.event, row.host, row.pin = touch.room.event, touch.host, touch.pin
    if touch.pin:
        row.seconds_since_pin = max(0, int((order.placed_at - touch.pin.pinned_at).total_seconds()))


def _reversal(given_back: RefundLine, refund: Refund, *, now: datetime) -> Attribution:
    credited = Attribution.objects.get(line=given_back.line, kind=AttributionKind.CREDIT)
    return Attribution(
        line=given_back.line,
        kind=AttributionKind.REVERSAL,
        reason=credited.reason,
        event_id=credited.event_id,
        host_id=credited.host_id,
        pin_id=credited.pin_id,
        seconds_since_pin=credited.seconds_since_pin,
        touch_id=credited.touch_id,
        touch_token=credited.touch_token,
        rule=credited.rule,
        amount=-given_back.amount,
        currency=credited.currency,
        reverses=credited,
        refund=refund,
        at=now,
    )
