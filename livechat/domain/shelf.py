"""From shelf notes to frames: what open rooms show of stock and price is brought up to date.

The latest value wins, and it is read after the room's log is locked: of two writers the later one in the
log has read at least what the earlier one read, so the last frame is never an old value.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import Price, Stock, Variant
from events.models import LineupItem
from livechat.domain import log, rooms
from livechat.models import Room, ShelfNote
from livechat.wire.frames import PriceChanged, StockChanged

MOST_NOTES = 200
STOCK, PRICE = ShelfNote.Kind.STOCK, ShelfNote.Kind.PRICE
Changed = set[tuple[str, int]]


def note(
    kind: ShelfNote.Kind, *, variant_id: int, product_id: int, now: datetime, currency: str = ""
) -> None:
    """Leave a note in the transaction of the change, if a room is open that shows the product.

    A price is news only where the show is priced in its `currency`.
    """
    showing = _rooms_showing([product_id])
    if not (showing.filter(event__currency=currency) if currency else showing).exists():
        return
    ShelfNote.objects.create(kind=kind, variant_id=variant_id, at=now)
    transaction.on_commit(_tell_now, robust=True)


def tell_rooms(*, now: datetime) -> int:
    """Turn waiting notes into frames, one per variant and room; the number of notes done.

    Any process may call it at any time: after a commit, or a poll when the one that left the note died.
    """
    # Looking costs no write lock, and there is nearly always nothing.
    if not ShelfNote.objects.exists():
        return 0
    with transaction.atomic():
        notes = list(ShelfNote.objects.select_for_update(skip_locked=True).order_by("pk")[:MOST_NOTES])
        if notes:
            _tell({(row.kind, row.variant_id) for row in notes}, now=now)
            ShelfNote.objects.filter(pk__in=[row.pk for row in notes]).delete()
    return len(notes)


def _tell_now() -> None:
    tell_rooms(now=timezone.now())


def _rooms_showing(products: Iterable[int]) -> QuerySet[Room]:
    showing = LineupItem.objects.filter(product__in=products).values("event")
    return rooms.open_rooms().filter(event__in=showing)


def _tell(changed: Changed, *, now: datetime) -> None:
    variants = {
        v.pk: v
        for v in Variant.objects.filter(pk__in={pk for _kind, pk in changed}).select_related("product")
    }
    shown = {variant.product_id for variant in variants.values()}
    # One order for all writers, so that none waits for another in a circle.
    for room in _rooms_showing(shown).order_by("pk"):
        stage = log.lock(room)
        lineup = set(stage.event.lineup.shown(now).values_list("product", flat=True))
        here = {pk: v for pk, v in variants.items() if v.product_id in lineup}
        for type_, body in [*_stock(changed, here), *_prices(changed, here, stage.event.currency)]:
            log.append(stage, type_, body, now=now)


def _stock(changed: Changed, here: dict[int, Variant]) -> Iterator[tuple[str, dict[str, object]]]:
    wanted = sorted(pk for kind, pk in changed if kind == STOCK and pk in here)
    for stock in Stock.objects.filter(variant__in=wanted).order_by("variant"):
        yield StockChanged.TYPE, {**_ids(here[stock.variant_id]), "free": stock.free}


def _prices(
    changed: Changed, here: dict[int, Variant], currency: str
) -> Iterator[tuple[str, dict[str, object]]]:
    wanted = sorted(pk for kind, pk in changed if kind == PRICE and pk in here)
    for price in Price.objects.filter(variant__in=wanted, currency=currency).order_by("variant"):
        body = {**_ids(here[price.variant_id]), "amount": price.amount, "currency": currency}
        yield PriceChanged.TYPE, body


def _ids(variant: Variant) -> dict[str, object]:
    return {"product": variant.product.public_id, "variant": variant.public_id}
