"""The pieces of an assortment: what is in it, in which order, and the days they are sold in.

A product is in one assortment at most. While it is, the assortment's days are the product's own
(`available_from`, `available_until`), so that the shop asks the product alone. When it leaves, it is sold
without end again.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.domain.products import resize_edition
from catalog.errors import CatalogError
from catalog.models import Product
from events.enums import EventState
from events.errors import BadAssortment
from events.models import Assortment, AssortmentPiece, Event
from events.signals import lineup_changed

OPEN_ROOMS = (EventState.REHEARSAL, EventState.LIVE)


@transaction.atomic
def add_piece(
    assortment: Assortment,
    product: Product,
    *,
    based_on: Product | None = None,
    size: int | None = None,
    now: datetime,
) -> AssortmentPiece:
    """Append `product`, made from the standing piece `based_on`; with `size` it is numbered up to that.

    BadAssortment for a product of another brand, one that is in an assortment already, or a size that is too
    small for the pieces counted and sold.
    """
    _check_standing(assortment, product, based_on)
    if product.brand_id != assortment.brand_id:
        raise BadAssortment("product", _("This product belongs to another brand."))
    lock(assortment)
    if known := AssortmentPiece.objects.filter(product=product).select_related("assortment").first():
        raise _taken(known)
    try:
        with transaction.atomic():
            piece = AssortmentPiece.objects.create(
                assortment=assortment,
                product=product,
                based_on=based_on,
                position=assortment.pieces.count() + 1,
            )
    except IntegrityError:  # another assortment took it in the same moment
        raise _taken(AssortmentPiece.objects.select_related("assortment").get(product=product)) from None
    if size is not None:
        _resize(product, size)
    keep_days(assortment, now=now)
    return piece


@transaction.atomic
def edit_piece(piece: AssortmentPiece, *, based_on: Product | None, size: int | None) -> AssortmentPiece:
    """Change the standing piece it is compared with and how many are numbered (None: not numbered)."""
    _check_standing(piece.assortment, piece.product, based_on)
    _resize(piece.product, size)
    piece.based_on = based_on
    piece.save(update_fields=["based_on"])
    return piece


@transaction.atomic
def remove_piece(piece: AssortmentPiece, *, now: datetime) -> None:
    """Take a piece out; the product is sold without end again."""
    lock(piece.assortment)
    piece.delete()
    _number([other.pk for other in piece.assortment.pieces.all()])
    Product.objects.filter(pk=piece.product_id).update(available_from=None, available_until=None)
    _tell_rooms([piece.product_id], now=now)


@transaction.atomic
def reorder(assortment: Assortment, products: Sequence[str]) -> None:
    """Put the pieces in the order of these product slugs. BadAssortment unless each is named exactly once."""
    lock(assortment)
    known = dict(assortment.pieces.values_list("product__slug", "pk"))
    if sorted(products) != sorted(known):
        raise BadAssortment("products", _("The pieces have changed meanwhile. Load them again."))
    _number([known[slug] for slug in products])


@transaction.atomic
def move_piece(piece: AssortmentPiece, *, steps: int) -> None:
    """Move a piece `steps` places (negative: earlier), stopping at either end."""
    lock(piece.assortment)
    order = [other.pk for other in piece.assortment.pieces.all()]
    there = min(max(order.index(piece.pk) + steps, 0), len(order) - 1)
    order.remove(piece.pk)
    order.insert(there, piece.pk)
    _number(order)


def keep_days(assortment: Assortment, *, now: datetime) -> None:
    """Give every piece the days of its assortment, and tell the open rooms that show one."""
    products = list(assortment.pieces.values_list("product", flat=True))
    Product.objects.filter(pk__in=products).update(
        available_from=assortment.opens_at, available_until=assortment.closes_at
    )
    _tell_rooms(products, now=now)


def lock(assortment: Assortment) -> None:
    """Serialise writers of one assortment on its row."""
    Assortment.objects.select_for_update().get(pk=assortment.pk)


def _taken(known: AssortmentPiece) -> BadAssortment:
    return BadAssortment(
        "product",
        _("This product is already in “%(title)s”. Take it out there first.")
        % {"title": known.assortment.title},
    )


def _check_standing(assortment: Assortment, product: Product, based_on: Product | None) -> None:
    if based_on is None:
        return
    if based_on.pk == product.pk:
        raise BadAssortment("based_on", _("A piece cannot be compared with itself."))
    if based_on.brand_id != assortment.brand_id:
        raise BadAssortment("based_on", _("This product belongs to another brand."))


def _resize(product: Product, size: int | None) -> None:
    if size is not None and size < 1:
        raise BadAssortment("size", _("One piece or more."))
    try:
        resize_edition(product, size=size)
    except CatalogError as refusal:
        raise BadAssortment("size", str(refusal)) from refusal


def _number(order: list[int]) -> None:
    for place, pk in enumerate(order, start=1):
        AssortmentPiece.objects.filter(pk=pk).update(position=place)


def _tell_rooms(products: list[int], *, now: datetime) -> None:
    showing = Event.objects.filter(state__in=OPEN_ROOMS, lineup__product__in=products)
    # One order for all writers, so that none waits for another in a circle.
    for event in showing.distinct().order_by("pk"):
        lineup_changed.send(sender=Event, event=event, now=now)
