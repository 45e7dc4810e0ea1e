"""Pins: up to three pieces on the stage. A pin carries ids only; price and stock come from the catalogue."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from events.domain import revealing
from events.models import Host, LineupItem
from events.rules import can_host
from livechat.domain import log
from livechat.errors import NotAllowed, NotHostOfEvent, NotInLineup, NotOpen
from livechat.models import MAX_PINS, Pin, Room
from livechat.wire.frames import PinPlaced, PinRemoved


def place_pin(room: Room, *, item: LineupItem, by: User, host: Host | None, now: datetime) -> Pin:
    """Lay the product of `item` on the stage. With three there, the one that lay longest makes room.

    A product that is showing already stays where it is: its pin is returned. Raises NotAllowed (`by` may not
    host the event), NotHostOfEvent, NotInLineup (also when the piece was taken out meanwhile), NotOpen (only
    rehearsal and live rooms have pins).
    """
    _check(room, item=item, by=by, host=host)
    with transaction.atomic():
        item = _hold(item)
        if not item.is_shown(now):
            # Every screen must know a piece before it lies on the stage.
            revealing.reveal(item, now=now)
        # The room's row is the lock of its stage: two hosts pinning at once take turns.
        locked = log.lock(room)
        if not locked.event.is_open:
            raise NotOpen
        showing = list(locked.pins.showing())
        if again := next((pin for pin in showing if pin.product_id == item.product_id), None):
            return again
        if len(showing) >= MAX_PINS:
            _take_off(locked, showing.pop(0), now=now)
        return _lay(locked, item=item, by=by, host=host, slot=_free_slot(showing), now=now)


@transaction.atomic
def remove_pin(pin: Pin, *, by: User, now: datetime) -> bool:
    """Take a pin off; False when it was off already. Raises NotAllowed, NotOpen."""
    if not can_host(by, pin.room.event):
        raise NotAllowed
    room = log.lock(pin.room)
    if not room.event.is_open:
        raise NotOpen
    return _take_off(room, pin, now=now)


@transaction.atomic
def clear_pins(room: Room, *, now: datetime) -> int:
    """Take everything off the stage, as when a show ends; the number taken off."""
    stage = log.lock(room)
    return sum(_take_off(stage, pin, now=now) for pin in stage.pins.showing())


def pin_card(pin: Pin) -> dict[str, object]:
    """A pin as snapshots carry it; expects `item`, `product` and `host` at hand."""
    return {**_body(pin), "at": log.milliseconds(pin.pinned_at)}


def _check(room: Room, *, item: LineupItem, by: User, host: Host | None) -> None:
    if not can_host(by, room.event):
        raise NotAllowed
    if item.event_id != room.event_id:
        raise NotInLineup
    if host is not None and not room.event.event_hosts.filter(host=host).exists():
        raise NotHostOfEvent
    if not room.event.is_open:
        raise NotOpen


def _hold(item: LineupItem) -> LineupItem:
    """The piece, kept in the line-up until the pin lies."""
    # Before the room, the order in which a piece is taken out too: neither waits for the other in a circle.
    # By number, because the usual order of pieces joins the event and would lock it as well.
    kept = LineupItem.objects.select_for_update().filter(pk=item.pk).order_by("pk").first()
    if kept is None:
        raise NotInLineup
    return kept


def _free_slot(showing: list[Pin]) -> int:
    taken = {pin.slot for pin in showing}
    return next(slot for slot in range(1, MAX_PINS + 1) if slot not in taken)


def _lay(room: Room, *, item: LineupItem, by: User, host: Host | None, slot: int, now: datetime) -> Pin:
    pin = Pin.objects.create(
        room=room, item=item, product=item.product, host=host, placed_by=by, slot=slot, pinned_at=now
    )
    log.append(room, PinPlaced.TYPE, _body(pin), now=now)
    return pin


def _take_off(room: Room, pin: Pin, *, now: datetime) -> bool:
    if not Pin.objects.showing().filter(pk=pin.pk).update(unpinned_at=now):
        return False
    pin.unpinned_at = now
    log.append(room, PinRemoved.TYPE, {"id": pin.public_id}, now=now)
    return True


def _body(pin: Pin) -> dict[str, object]:
    return {
        "id": pin.public_id,
        "item": pin.item.public_id,
        "product": pin.product.public_id,
        "host": pin.host.slug if pin.host else None,
        "slot": pin.slot,
    }
