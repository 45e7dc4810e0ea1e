"""The run of show: which product comes when. Every write tells the room inside its transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from catalog.enums import ProductState
from catalog.models import Product
from events.enums import EventState
from events.errors import LineupConflict, NotEditable
from events.models import Event, LineupItem
from events.signals import lineup_changed

OVER = {EventState.ENDED, EventState.REPLAY}
USUAL_SECONDS = 300  # what one piece takes when nobody planned it


@transaction.atomic
def add_item(
    event: Event,
    product: Product,
    *,
    now: datetime,
    planned_second: int | None = None,
    talking_points: str = "",
) -> LineupItem:
    """Append `product`; without `planned_second` it follows the last piece by five minutes.

    Raises LineupConflict for a product of another brand, not on sale or already listed; NotEditable when
    the show is over.
    """
    _lock(event)
    if product.brand_id != event.brand_id:
        raise LineupConflict(_("This product belongs to another brand."))
    if product.state != ProductState.ACTIVE:
        raise LineupConflict(_("This product is not on sale. Put it on sale first."))
    items = list(event.lineup.all())
    if any(item.product_id == product.pk for item in items):
        raise LineupConflict(_("This product is already in the line-up."))
    if planned_second is None:
        planned_second = max((item.planned_second for item in items), default=-USUAL_SECONDS) + USUAL_SECONDS
    item = LineupItem.objects.create(
        event=event,
        product=product,
        position=len(items) + 1,
        planned_second=planned_second,
        talking_points=talking_points,
    )
    lineup_changed.send(sender=Event, event=event, now=now)
    return item


@transaction.atomic
def edit_item(item: LineupItem, *, planned_second: int, talking_points: str, now: datetime) -> LineupItem:
    """Change when a piece is planned (seconds after the start) and what the host wants to say."""
    _lock(item.event)
    item.planned_second, item.talking_points = planned_second, talking_points
    item.save(update_fields=["planned_second", "talking_points"])
    lineup_changed.send(sender=Event, event=item.event, now=now)
    return item


@transaction.atomic
def move_item(item: LineupItem, *, steps: int, now: datetime) -> None:
    """Move a piece `steps` places (negative: earlier), stopping at either end."""
    order = [other.public_id for other in item.event.lineup.all()]
    here = order.index(item.public_id)
    there = min(max(here + steps, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    reorder(item.event, order, now=now)


@transaction.atomic
def remove_item(item: LineupItem, *, now: datetime) -> None:
    """Take a piece out. One that was pinned stays, for its pins rest on it (LineupConflict)."""
    event = item.event
    _lock(event)
    # The piece before the room that hears of it, as pins do. A pin on its way lies or fails first.
    LineupItem.objects.select_for_update().filter(pk=item.pk).order_by("pk").first()
    try:
        item.delete()
    except ProtectedError as error:
        raise LineupConflict(_("This piece was pinned already. Move it to the end instead.")) from error
    _number([other.public_id for other in event.lineup.all()], event)
    lineup_changed.send(sender=Event, event=event, now=now)


@transaction.atomic
def reorder(event: Event, order: Sequence[str], *, now: datetime) -> None:
    """Put the line-up in the given order of item ids; planned seconds stay with the places, not the pieces.

    Raises LineupConflict unless `order` names every item exactly once.
    """
    _lock(event)
    items = list(event.lineup.all())
    if sorted(order) != sorted(item.public_id for item in items):
        raise LineupConflict(_("The line-up has changed meanwhile. Load it again."))
    seconds = sorted(item.planned_second for item in items)
    _number(order, event, seconds)
    lineup_changed.send(sender=Event, event=event, now=now)


def _lock(event: Event) -> None:
    """Serialise writers of one line-up on the event's row, and read its state as it is now."""
    fresh = Event.objects.select_for_update().get(pk=event.pk)
    if fresh.state in OVER:
        raise NotEditable(_("The show is over. Its line-up stays as it was shown."))
    event.state = fresh.state


def _number(order: Sequence[str], event: Event, seconds: Sequence[int] | None = None) -> None:
    items = {item.public_id: item for item in event.lineup.all()}
    for place, public_id in enumerate(order):
        items[public_id].position = place + 1
        if seconds is not None:
            items[public_id].planned_second = seconds[place]
    LineupItem.objects.bulk_update(items.values(), ["position", "planned_second"])
