"""From wanted pieces to an order.

Decision: one checkout is one brand, one currency, one order, one payment. A bag may hold several brands and
shows them as parcels, each with its own checkout. Each brand is its own seller with its own receipt, refund
and ledger; one payment over several orders would make every decline, late capture and partial refund a
question of whose money it is. The cost is a second confirmation for the rare mixed bag.

Decision: pieces are held twice over. `hold_piece` keeps them under the viewer's key while the sheet is open.
`place_order` turns that into a hold under the order's own key in one transaction, so that two open orders
never lean on the same hold. An order has at least `TIME_TO_PAY` to be paid, so pieces are never kept without
money for longer than `HOLD_SECONDS` + `TIME_TO_PAY`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum

from accounts.codes import new_public_id
from accounts.domain.viewers import Viewer
from catalog.domain.pricing import price_of
from catalog.domain.stock import hold, release
from catalog.models import Brand, Hold, Variant
from catalog.money import Money, total
from orders.domain.bags import check_piece, take_out
from orders.domain.delivery import delivery_amount
from orders.domain.turns import wait_for_turn
from orders.enums import OrderState
from orders.errors import MixedBrands, NothingToBuy, OrderClosed, PriceChanged
from orders.models import Order, OrderLine

TIME_TO_PAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pieces of one variant somebody means to buy, with the signed touch they come from."""

    variant: Variant
    quantity: int
    touch_token: str = ""
    touched_as: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who gets it and where; checked by the forms and serializers."""

    name: str
    email: str
    street: str
    city: str
    country: str
    postcode: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """All of one checkout that the buyer decides.

    `agreed` is the total the buyer was shown, in minor units: it is compared, never charged.
    """

    wanted: Sequence[Wanted]
    currency: str
    contact: Contact
    delivery: str
    agreed: int
    key: str
    origin: str = ""
    language: str = "en"
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What the pieces cost now."""

    units: list[Money]
    goods: Money
    carriage: Money

    @property
    def total(self) -> Money:
        return self.goods + self.carriage


def quote(wanted: Sequence[Wanted], *, currency: str, delivery: str) -> Quote:
    """Price the pieces from the catalogue. NoPrice, NoDelivery."""
    units = [price_of(each.variant, currency) for each in wanted]
    goods = total((unit * each.quantity for unit, each in zip(units, wanted, strict=True)), currency)
    return Quote(units, goods, delivery_amount(delivery, currency))


def hold_piece(variant: Variant, *, holder: str, quantity: int, now: datetime) -> Hold:
    """Keep pieces for a viewer who said Continue. SoldOut, NotForSale, LimitReached, BadQuantity."""
    check_piece(variant, quantity=quantity, already=_in_open_orders(variant, holder=holder), now=now)
    return hold(variant, holder=holder, quantity=quantity, now=now)


def place_order(request: Request, *, viewer: Viewer, now: datetime) -> Order:
    """Write an open order whose pieces are all held until `pay_until`, or nothing at all.

    The same `request.key` gives the same order. NothingToBuy, MixedBrands, PriceChanged, SoldOut, NotForSale,
    LimitReached, NoPrice, NoDelivery. No provider is called here: see `orders.domain.payments`.
    """
    try:
        return known_order(request, viewer) or _place(request, viewer=viewer, now=now)
    except IntegrityError:
        # A twin with the same key was faster; anything else is a bug and must be seen.
        if known := known_order(request, viewer):
            return known
        raise


def known_order(request: Request, viewer: Viewer) -> Order | None:
    """The order an earlier request with the same key placed."""
    return Order.objects.filter(key=request.key, holder=viewer.key).first()


def last_contact(viewer: Viewer) -> Contact | None:
    """What a returning buyer with an account entered last time."""
    if viewer.user is None:
        return None
    order = Order.objects.filter(user=viewer.user).order_by("-placed_at", "-pk").first()
    if order is None:
        return None
    return Contact(
        name=order.name,
        email=order.email,
        street=order.street,
        city=order.city,
        country=order.country,
        postcode=order.postcode,
        phone=order.phone,
    )


@transaction.atomic
def _place(request: Request, *, viewer: Viewer, now: datetime) -> Order:
    brand = _brand_of(request)
    # One checkout of a viewer after the other: the next one sees this one's order and its pieces.
    wait_for_turn(viewer.key)
    if known := known_order(request, viewer):
        return known
    check_limits(request, viewer=viewer, now=now)
    priced = quote(request.wanted, currency=request.currency, delivery=request.delivery)
    if priced.total.amount != request.agreed:
        raise PriceChanged(priced.total.amount, request.currency)
    public_id = new_public_id()
    pay_until = _pay_until(request.wanted, holder=viewer.key, now=now)
    holds = _hold_all(request.wanted, viewer=viewer, order=public_id, until=pay_until, now=now)
    order = Order.objects.create(
        public_id=public_id,
        brand=brand,
        user=viewer.user,
        holder=viewer.key,
        key=request.key,
        **asdict(request.contact),
        delivery=request.delivery,
        language=request.language,
        origin=request.origin,
        currency=request.currency,
        lines_amount=priced.goods.amount,
        delivery_amount=priced.carriage.amount,
        total_amount=priced.total.amount,
        rehearsal=request.rehearsal,
        placed_at=now,
        pay_until=pay_until,
    )
    OrderLine.objects.bulk_create(
        _line(order, each, unit=unit, held=holds[each.variant.pk])
        for each, unit in zip(request.wanted, priced.units, strict=True)
    )
    take_out([each.variant for each in request.wanted], holder=viewer.key, currency=request.currency)
    return order


def _brand_of(request: Request) -> Brand:
    if not request.wanted or len({each.variant.pk for each in request.wanted}) != len(request.wanted):
        raise NothingToBuy
    brands = {each.variant.product.brand_id: each.variant.product.brand for each in request.wanted}
    if len(brands) != 1:
        raise MixedBrands
    return brands.popitem()[1]


def check_limits(request: Request, *, viewer: Viewer, now: datetime) -> None:
    """Refuse what cannot be bought, or more of a product than open orders of the viewer leave room for.

    Pieces held before their sale closed may be ordered until the hold ends, as the viewer was told.
    """
    for product in {each.variant.product_id for each in request.wanted}:
        of_product = [each for each in request.wanted if each.variant.product_id == product]
        already = _in_open_orders(of_product[0].variant, holder=viewer.key)
        for each in of_product:
            wished_at = _held_since(each, holder=viewer.key, now=now) or now
            check_piece(each.variant, quantity=each.quantity, already=already, now=wished_at)
            already += each.quantity


def _held_since(wanted: Wanted, *, holder: str, now: datetime) -> datetime | None:
    """Since when the viewer has a hold on all these pieces; None without one that still lasts."""
    mine = Hold.objects.live().filter(variant=wanted.variant, holder=holder, expires_at__gt=now)
    return mine.filter(quantity__gte=wanted.quantity).values_list("created_at", flat=True).first()


def _hold_all(
    wanted: Sequence[Wanted], *, viewer: Viewer, order: str, until: datetime, now: datetime
) -> dict[int, Hold]:
    """All pieces or none; always in the order of the variants, so that two carts cannot deadlock."""
    seconds = int((until - now).total_seconds())
    holds: dict[int, Hold] = {}
    for each in sorted(wanted, key=lambda w: w.variant.pk):
        for mine in Hold.objects.live().filter(variant=each.variant, holder=viewer.key):
            release(mine, now=now)
        holds[each.variant.pk] = hold(
            each.variant, holder=holder_of(order), quantity=each.quantity, now=now, seconds=seconds
        )
    return holds


def holder_of(order_public_id: str) -> str:
    """The name an order's own holds are kept under."""
    return f"order:{order_public_id}"


def _pay_until(wanted: Sequence[Wanted], *, holder: str, now: datetime) -> datetime:
    variants = [each.variant for each in wanted]
    ends = list(
        Hold.objects.live()
        .filter(holder=holder, variant__in=variants, expires_at__gt=now)
        .values_list("expires_at", flat=True)
    )
    if len(ends) < len(variants):
        return now + timedelta(seconds=settings.HOLD_SECONDS)
    return max(min(ends), now + TIME_TO_PAY)


def _in_open_orders(variant: Variant, *, holder: str) -> int:
    open_lines = OrderLine.objects.filter(
        order__holder=holder, order__state=OrderState.OPEN, variant__product=variant.product_id
    )
    return open_lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0


def _line(order: Order, wanted: Wanted, *, unit: Money, held: Hold) -> OrderLine:
    return OrderLine(
        order=order,
        variant=wanted.variant,
        hold=held,
        name=wanted.variant.product.name,
        sku=wanted.variant.sku,
        options=wanted.variant.label,
        quantity=wanted.quantity,
        unit_amount=unit.amount,
        amount=unit.amount * wanted.quantity,
        touch_token=wanted.touch_token,
        touched_as=wanted.touched_as,
    )


def require_open(order: Order, *, now: datetime) -> None:
    """OrderClosed unless the order may still be paid."""
    if order.state != OrderState.OPEN or order.pay_until <= now:
        raise OrderClosed
