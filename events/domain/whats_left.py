"""Reads of assortments: what is left of their pieces, what they cost beside others, where they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Min, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Price, Product, ProductImage, Stock
from catalog.money import Money
from catalog.queries import product_cards
from events.enums import AssortmentKind
from events.holidays import HolidayInfo, Own
from events.models import Assortment, AssortmentPiece, Event
from events.models.event import EventQuerySet

COMING, OPEN, SOLD_OUT, CLOSED = "coming", "open", "sold_out", "closed"


@dataclass(frozen=True, slots=True)
class Left:
    """Pieces of one product that may be bought now, and of how many.

    `of` is the size of the edition where every number is on the shelf or sold; None while fewer pieces were
    counted than there are numbers, for then “12 of 180 left” would be no fact.
    """

    free: int = 0
    of: int | None = None

    @property
    def text(self) -> str:
        """`12 of 50 left` or `12 left`."""
        if self.free <= 0:
            return _("Gone")
        if self.of is not None:
            return _("%(free)s of %(size)s left") % {"free": self.free, "size": self.of}
        return ngettext("%(free)s left", "%(free)s left", self.free) % {"free": self.free}


@dataclass(frozen=True, slots=True)
class Compared:
    """How a price stands beside another, both in minor units of one currency."""

    kind: str
    amount: int
    base: int

    @property
    def percent(self) -> int:
        """Whole per cent away from the other price, signed; halves count away from it."""
        away = (abs(self.amount - self.base) * 200 + self.base) // (2 * self.base)
        return away if self.amount > self.base else -away

    @property
    def text(self) -> str:
        """`15 % above the standing piece`, said as plainly when it costs more as when it costs less."""
        above, below, same, about = _words(self.kind)
        if self.amount == self.base:
            return same
        if not self.percent:
            return about
        return (above if self.percent > 0 else below) % {"percent": abs(self.percent)}


def _words(kind: str) -> tuple[str, str, str, str]:
    if kind == AssortmentKind.OFF_SEASON:
        return (
            _("%(percent)s %% above last season's price"),
            _("%(percent)s %% below last season's price"),
            _("Last season's price"),
            _("Within 1 % of last season's price"),
        )
    if kind == AssortmentKind.NEW_SEASON:
        return (
            _("%(percent)s %% above the piece before it"),
            _("%(percent)s %% below the piece before it"),
            _("The price of the piece before it"),
            _("Within 1 % of the piece before it"),
        )
    return (
        _("%(percent)s %% above the standing piece"),
        _("%(percent)s %% below the standing piece"),
        _("The price of the standing piece"),
        _("Within 1 % of the standing piece"),
    )


@dataclass(frozen=True, slots=True)
class PieceCard:
    """A piece as the page shows it; `card` is the product's, `price` its lowest, `compared` may be None."""

    piece: AssortmentPiece
    card: dict[str, Any]
    price: Money | None
    several_prices: bool
    left: Left
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An assortment in a list: where it stands, how many pieces are left in all, and its picture."""

    assortment: Assortment
    info: HolidayInfo | None
    own: Own | None
    stage: str
    pieces: int
    free: int
    picture: ProductImage | None


def stage(assortment: Assortment, *, free: int, now: datetime) -> str:
    """coming, open, sold_out or closed. Pieces that somebody holds are not gone for good, but not free."""
    if now >= assortment.closes_at:
        return CLOSED
    if now < assortment.opens_at:
        return COMING
    return OPEN if free > 0 else SOLD_OUT


def whats_left(assortment: Assortment) -> list[tuple[AssortmentPiece, Left]]:
    """Every piece in order with what is left of it, from the shop's stock. Two queries."""
    pieces = list(assortment.pieces.select_related("product"))
    left = left_of([piece.product for piece in pieces])
    return [(piece, left[piece.product_id]) for piece in pieces]


def left_of(products: Iterable[Product]) -> dict[int, Left]:
    """What is left of each product, by its key. One query however many."""
    known = {product.pk: product for product in products}
    offered = Q(variant__active=True)
    rows = Stock.objects.filter(variant__product__in=known).values_list("variant__product")
    sums = rows.annotate(
        left=Sum(F("on_hand") - F("held") - F("sold"), filter=offered), counted=Sum("on_hand")
    )
    found = {pk: (free or 0, counted) for pk, free, counted in sums.order_by()}
    return {pk: _left(product, *found.get(pk, (0, 0))) for pk, product in known.items()}


def _left(product: Product, free: int, counted: int) -> Left:
    whole = product.edition_size is not None and counted >= product.edition_size
    return Left(free, product.edition_size if whole else None)


def piece_cards(assortment: Assortment, *, currency: str) -> list[PieceCard]:
    """The pieces people see (those on sale), in order, with price, comparison and what is left."""
    pieces = list(
        assortment.pieces.filter(product__in=Product.objects.on_sale()).select_related("product", "based_on")
    )
    cards = product_cards([piece.product for piece in pieces], currency=currency)
    left = left_of([piece.product for piece in pieces])
    standing = lowest_prices([piece.based_on_id for piece in pieces if piece.based_on_id], currency)
    return [
        _piece_card(piece, card, left[piece.product_id], assortment.kind, standing, currency)
        for piece, card in zip(pieces, cards, strict=True)
    ]


def _piece_card(
    piece: AssortmentPiece,
    card: dict[str, Any],
    left: Left,
    kind: str,
    standing: dict[int, int],
    currency: str,
) -> PieceCard:
    amounts = {variant["amount"] for variant in card["variants"]}
    lowest, base = min(amounts, default=None), standing.get(piece.based_on_id or 0)
    return PieceCard(
        piece=piece,
        card=card,
        price=None if lowest is None else Money(lowest, currency),
        several_prices=len(amounts) > 1,
        left=left,
        compared=Compared(kind, lowest, base) if lowest is not None and base else None,
    )


def lowest_prices(products: Sequence[int], currency: str) -> dict[int, int]:
    """The lowest price of each product in minor units of `currency`, by its key. One query."""
    prices = Price.objects.filter(variant__product__in=products, variant__active=True, currency=currency)
    lowest = prices.order_by().values_list("variant__product").annotate(amount=Min("amount"))
    return dict(lowest)


def edition_cards(assortments: QuerySet[Assortment], *, now: datetime) -> list[EditionCard]:
    """`assortments` in their order as cards. Four queries however many."""
    pieces = AssortmentPiece.objects.select_related("product").prefetch_related(
        Prefetch("product__images", queryset=ProductImage.objects.order_by("position", "pk"))
    )
    rows = list(
        assortments.select_related("brand", "holiday__own_day").prefetch_related(Prefetch("pieces", pieces))
    )
    left = left_of([piece.product for row in rows for piece in row.pieces.all()])
    return [_edition_card(row, left, now) for row in rows]


def _edition_card(row: Assortment, left: dict[int, Left], now: datetime) -> EditionCard:
    pieces = list(row.pieces.all())
    free = sum(left[piece.product_id].free for piece in pieces)
    info = row.holiday.info if row.holiday else None
    return EditionCard(
        assortment=row,
        info=info,
        own=info.own(row.holiday.market) if info and row.holiday else None,
        stage=stage(row, free=free, now=now),
        pieces=len(pieces),
        free=free,
        picture=next((image for piece in pieces for image in piece.product.images.all()[:1]), None),
    )


def published(now: datetime) -> QuerySet[Assortment]:
    """Assortments everybody may see."""
    return Assortment.objects.filter(published_at__lte=now)


def shows_of(assortment: Assortment, *, now: datetime) -> EventQuerySet:
    """Public events that are its own, or whose line-up holds one of its pieces for everybody to see."""
    shown = Q(lineup__reveal_at=None) | Q(lineup__reveal_at__lte=now)
    with_piece = Q(lineup__product__in=assortment.pieces.values("product")) & shown
    return Event.objects.public().filter(Q(edition=assortment) | with_piece).distinct()


def editions_of(event: Event, *, now: datetime) -> list[Assortment]:
    """The public assortments an event shows: its own edition first, then those of its pieces."""
    items = event.lineup.filter(Q(reveal_at=None) | Q(reveal_at__lte=now)).values("product")
    of_pieces = AssortmentPiece.objects.filter(product__in=items).values("assortment")
    found = (
        published(now).filter(Q(pk=event.edition_id) | Q(pk__in=of_pieces)).select_related("holiday__own_day")
    )
    return sorted(found, key=lambda one: (one.pk != event.edition_id, one.opens_at, one.pk))
