"""The bag: putting in, changing, taking out, and joining two when a guest signs in."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import IntegrityError, transaction

from catalog.enums import ProductState
from catalog.models import Brand, Price, Product, Variant
from catalog.money import Money, total
from livechat.domain.touches import read_touch
from orders.errors import BadQuantity, LimitReached, NotForSale, NotOpenYet, SaleClosed
from orders.models import Bag, BagLine


@dataclass(frozen=True, slots=True)
class Piece:
    """A bag line as it stands now: price and stock are the catalogue's, never the bag's memory."""

    line: BagLine
    variant: Variant
    quantity: int
    unit: Money
    free: int

    @property
    def sum(self) -> Money:
        return self.unit * self.quantity

    @property
    def is_there(self) -> bool:
        """Whether that many pieces are free at this moment."""
        return self.free >= self.quantity


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one brand sends in one currency: the part of a bag that becomes one order."""

    brand: Brand
    currency: str
    pieces: list[Piece]

    @property
    def goods(self) -> Money:
        return total((piece.sum for piece in self.pieces), self.currency)

    @property
    def is_there(self) -> bool:
        """Whether everything in it is free at this moment."""
        return all(piece.is_there for piece in self.pieces)


def check_piece(variant: Variant, *, quantity: int, already: int = 0, now: datetime) -> None:
    """Refuse what cannot be bought at `now`: BadQuantity, NotForSale, LimitReached (`already` counts too).

    NotForSale is NotOpenYet before the sale of the piece begins and SaleClosed after it ended.
    """
    if type(quantity) is not int or quantity < 1:
        raise BadQuantity
    if not variant.active or variant.product.state != ProductState.ACTIVE:
        raise NotForSale
    check_window(variant.product, now=now)
    if already + quantity > variant.product.max_per_order:
        raise LimitReached(variant.product.max_per_order)


def check_window(product: Product, *, now: datetime) -> None:
    """NotOpenYet or SaleClosed outside the days the product is sold in."""
    opens_at, closed_at = product.available_from, product.available_until
    if opens_at is not None and now < opens_at:
        raise NotOpenYet(opens_at)
    if closed_at is not None and now >= closed_at:
        raise SaleClosed(closed_at)


@transaction.atomic
def add_to_bag(
    variant: Variant, *, holder: str, quantity: int, currency: str, touch_token: str = "", now: datetime
) -> BagLine:
    """Put pieces into the holder's bag of `currency`; the newest touch replaces an older one."""
    bag, _ = Bag.objects.update_or_create(holder=holder, currency=currency, defaults={"updated_at": now})
    known = bag.lines.filter(variant=variant).first()
    check_piece(variant, quantity=quantity, already=known.quantity if known else 0, now=now)
    if known is None:
        return bag.lines.create(variant=variant, quantity=quantity, touch_token=touch_token, added_at=now)
    if touch_token:
        known.touch_token = touch_token
    known.quantity += quantity
    known.save(update_fields=["quantity", "touch_token"])
    return known


@transaction.atomic
def set_quantity(variant: Variant, *, holder: str, currency: str, quantity: int, now: datetime) -> None:
    """Set how many pieces lie in the bag; 0 takes the line out. BadQuantity, NotForSale, LimitReached."""
    lines = BagLine.objects.filter(bag__holder=holder, bag__currency=currency, variant=variant)
    if quantity == 0:
        lines.delete()
    else:
        check_piece(variant, quantity=quantity, now=now)
        lines.update(quantity=quantity)
    Bag.objects.filter(holder=holder, currency=currency).update(updated_at=now)


def take_out(variants: list[Variant], *, holder: str, currency: str) -> None:
    """Remove what has become an order."""
    BagLine.objects.filter(bag__holder=holder, bag__currency=currency, variant__in=variants).delete()


def parcels(holder: str) -> list[Parcel]:
    """The holder's bags by brand and currency, in five queries at most; what has no price is left out."""
    lines = list(
        BagLine.objects.filter(bag__holder=holder)
        .select_related("bag", "variant__product__brand", "variant__stock")
        .order_by("variant__product__brand__name", "bag__currency", "pk")
    )
    prices = {
        (price.variant_id, price.currency): price.money
        for price in Price.objects.filter(variant__in=[line.variant_id for line in lines])
    }
    pieces = [p for line in lines if (p := _piece(line, prices))]
    grouped = groupby(pieces, key=lambda p: (p.variant.product.brand, p.unit.currency))
    return [Parcel(brand, currency, list(group)) for (brand, currency), group in grouped]


def count_pieces(holder: str) -> int:
    """How many pieces lie in the holder's bags."""
    return sum(BagLine.objects.filter(bag__holder=holder).values_list("quantity", flat=True))


@transaction.atomic
def merge_bags(*, guest: str, into: str, now: datetime) -> None:
    """Move a guest's lines to the account that signed in.

    Touches were the guest's, so the line remembers under which key they are found and verify.
    """
    for bag in Bag.objects.filter(holder=guest).prefetch_related("lines__variant__product"):
        target, _ = Bag.objects.update_or_create(
            holder=into, currency=bag.currency, defaults={"updated_at": now}
        )
        for line in bag.lines.all():
            _merge_line(line, target, guest=guest)
        bag.delete()


def _merge_line(line: BagLine, target: Bag, *, guest: str) -> None:
    touched_as = line.touched_as or guest
    try:
        with transaction.atomic():
            BagLine.objects.filter(pk=line.pk).update(bag=target, touched_as=touched_as)
    except IntegrityError:
        most = line.variant.product.max_per_order
        known = target.lines.get(variant=line.variant)
        known.quantity = min(most, known.quantity + line.quantity)
        if line.touch_token and _is_newer(line.touch_token, known.touch_token):
            known.touch_token = line.touch_token
        known.touched_as = touched_as
        known.save(update_fields=["quantity", "touch_token", "touched_as"])


def _is_newer(token: str, other: str) -> bool:
    ours, theirs = read_touch(token), read_touch(other) if other else None
    return ours is not None and (theirs is None or ours.at > theirs.at)


def _piece(line: BagLine, prices: dict[tuple[int, str], Money]) -> Piece | None:
    unit = prices.get((line.variant_id, line.bag.currency))
    if unit is None:
        return None
    stock = getattr(line.variant, "stock", None)
    return Piece(line, line.variant, line.quantity, unit, stock.free if stock else 0)
