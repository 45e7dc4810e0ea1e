"""Stock: holding, selling and giving back pieces.

Every change is one conditional UPDATE which the database either makes or refuses; nothing is read first
and written after. Rows are locked in one order, hold before stock, and the contended stock row comes last,
so that it stays locked for the shortest time. Each function is one transaction of its own, or a savepoint
of yours; if you hold several variants in one transaction, take them in order of their keys.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from catalog.enums import HoldState
from catalog.errors import BadQuantity, EditionFull, HoldExpired, SoldOut, StockPromised
from catalog.models import Hold, Product, Stock, Variant
from catalog.models.stock import HoldQuerySet
from catalog.signals import stock_changed

MOST_PIECES = 1_000_000
# A hold of the same holder can end between our failed insert and our read; then look again.
TAKE_ATTEMPTS = 5


class _Raced(Exception):
    """Another request of the same holder was first; look again."""


def hold(variant: Variant, *, holder: str, quantity: int, now: datetime, seconds: int | None = None) -> Hold:
    """Keep `quantity` pieces for `holder` until `now` + `seconds` (default `HOLD_SECONDS`).

    A holder has one live hold per variant: asking again sets its quantity and leaves its end where it was,
    so nobody keeps a piece for ever by asking. Expired holds of the variant are given back before SoldOut.
    """
    _check(quantity, least=1)
    until = now + timedelta(seconds=settings.HOLD_SECONDS if seconds is None else seconds)
    try:
        return _take(variant, holder=holder, quantity=quantity, now=now, until=until)
    except SoldOut:
        if not _give_back_expired(Hold.objects.expired(now).filter(variant=variant), now=now):
            raise
    return _take(variant, holder=holder, quantity=quantity, now=now, until=until)


def extend(held: Hold, *, until: datetime, now: datetime) -> bool:
    """Move the end of a live hold to `until`; False if it has ended. The caller decides how often."""
    changed = Hold.objects.live().filter(pk=held.pk, expires_at__gt=now).update(expires_at=until)
    if changed:
        held.expires_at = until
    return bool(changed)


@transaction.atomic
def release(held: Hold, *, now: datetime) -> bool:
    """Give the pieces back; False when the hold had already ended, in whatever way."""
    return _end(held.pk, Hold.objects.live(), HoldState.RELEASED, now=now, mirror=held)


@transaction.atomic
def commit(held: Hold, *, now: datetime) -> None:
    """Turn held pieces into sold ones, exactly once.

    HoldExpired when the hold has ended or its time is over, swept or not. Who was paid too late may hold anew
    and commit that; SoldOut then means the money goes back.
    """
    in_time = Hold.objects.live().filter(expires_at__gt=now)
    if not _end(held.pk, in_time, HoldState.COMMITTED, now=now, mirror=held):
        raise HoldExpired


def expire_holds(*, now: datetime, limit: int = 200) -> int:
    """Give back the pieces of up to `limit` expired holds, oldest first; the number given back."""
    return _give_back_expired(Hold.objects.expired(now).order_by("expires_at", "pk")[:limit], now=now)


@transaction.atomic
def restock(variant: Variant, *, quantity: int, now: datetime) -> None:
    """Put sold pieces back on the shelf after a cancel or a refund. StockPromised if fewer were sold."""
    _check(quantity, least=1)
    if not Stock.objects.filter(variant=variant, sold__gte=quantity).update(sold=F("sold") - quantity):
        raise StockPromised
    _announce(variant.pk, now=now)


@transaction.atomic
def set_on_hand(variant: Variant, *, on_hand: int, now: datetime) -> None:
    """Count the pieces anew, those held and sold included.

    StockPromised if the count is below those, EditionFull if a numbered edition would have more than its N.
    """
    _check(on_hand, least=0)
    _check_edition(variant, on_hand=on_hand)
    Stock.objects.get_or_create(variant=variant)
    covered = Q(held__lte=on_hand - F("sold"))
    if not Stock.objects.filter(covered, variant=variant).update(on_hand=on_hand):
        raise StockPromised
    _announce(variant.pk, now=now)


def lock_edition(product_id: int) -> Product:
    """The product as it is now, its row locked: counts and size of one edition change one after the other."""
    # No key: rows that only point at the product are written meanwhile.
    return Product.objects.select_for_update(no_key=True).get(pk=product_id)


def counted(product: Product) -> int:
    """The pieces of all variants, those held and sold included."""
    rows = Stock.objects.filter(variant__product=product)
    return rows.aggregate(pieces=Sum("on_hand"))["pieces"] or 0


def _check_edition(variant: Variant, *, on_hand: int) -> None:
    product = lock_edition(variant.product_id)
    if product.edition_size is None:
        return
    before = Stock.objects.filter(variant=variant).values_list("on_hand", flat=True).first() or 0
    # An edition that was counted too high before may still be counted down.
    if on_hand > before and (pieces := counted(product) - before + on_hand) > product.edition_size:
        raise EditionFull(
            _("This edition has %(size)s pieces in all, sold ones included; that would make %(pieces)s.")
            % {"size": product.edition_size, "pieces": pieces}
        )


def _check(quantity: int, *, least: int) -> None:
    if type(quantity) is not int or not least <= quantity <= MOST_PIECES:
        raise BadQuantity


def _take(variant: Variant, *, holder: str, quantity: int, now: datetime, until: datetime) -> Hold:
    for _attempt in range(TAKE_ATTEMPTS):
        try:
            return _take_once(variant, holder=holder, quantity=quantity, now=now, until=until)
        except _Raced:
            continue
    raise SoldOut


@transaction.atomic
def _take_once(variant: Variant, *, holder: str, quantity: int, now: datetime, until: datetime) -> Hold:
    mine = Hold.objects.filter(variant=variant, holder=holder)
    _give_back_expired(mine.expired(now), now=now)
    fresh = {"holder": holder, "quantity": quantity, "created_at": now, "expires_at": until}
    held, created = _get_or_start(mine.live(), fresh | {"variant": variant})
    more = quantity if created else _set_quantity(held, quantity=quantity)
    if more:
        _keep(variant, more=more)
        _announce(variant.pk, now=now)
    return held


def _get_or_start(mine: HoldQuerySet, fresh: dict[str, Any]) -> tuple[Hold, bool]:
    try:
        # The lock orders the tabs of one holder on PostgreSQL; SQLite has one writer anyway.
        return mine.select_for_update().get_or_create(defaults=fresh)
    except IntegrityError as ended_meanwhile:
        raise _Raced from ended_meanwhile


def _set_quantity(held: Hold, *, quantity: int) -> int:
    """Set the quantity of a live hold; how many pieces more that is (negative: fewer)."""
    before, held.quantity = held.quantity, quantity
    if not Hold.objects.live().filter(pk=held.pk, quantity=before).update(quantity=quantity):
        raise _Raced
    return quantity - before


def _keep(variant: Variant, *, more: int) -> None:
    """The guard of the whole shop: the pieces are kept only where they are free."""
    room = Q(on_hand__gte=F("held") + F("sold") + more)
    if not Stock.objects.filter(room, variant=variant).update(held=F("held") + more):
        raise SoldOut


def _give_back_expired(holds: HoldQuerySet, *, now: datetime) -> int:
    # One short transaction per hold: a sweep must never keep a buyer waiting.
    return sum(_expire(pk, now=now) for pk in list(holds.values_list("pk", flat=True)))


@transaction.atomic
def _expire(pk: int, *, now: datetime) -> bool:
    return _end(pk, Hold.objects.expired(now), HoldState.EXPIRED, now=now)


def _end(
    pk: int, still: HoldQuerySet, state: HoldState, *, now: datetime, mirror: Hold | None = None
) -> bool:
    """Move a hold out of the live state if it is `still` there; False when somebody ended it before."""
    if not still.filter(pk=pk).update(state=state):
        return False
    # Read after our update: from here on nobody else changes this row.
    held = Hold.objects.get(pk=pk)
    sold = held.quantity if state == HoldState.COMMITTED else 0
    Stock.objects.filter(variant_id=held.variant_id).update(
        held=F("held") - held.quantity, sold=F("sold") + sold
    )
    if mirror is not None:
        mirror.state, mirror.quantity = held.state, held.quantity
    _announce(held.variant_id, now=now)
    return True


def _announce(variant_id: int, *, now: datetime) -> None:
    stock = Stock.objects.select_related("variant").get(variant_id=variant_id)
    stock_changed.send(
        sender=Stock, variant_id=variant_id, product_id=stock.variant.product_id, free=stock.free, now=now
    )
