"""Past shows' orders, made by the same functions a browser calls, at the times of each show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from accounts.domain.viewers import Viewer, user_key
from accounts.models import User
from catalog.errors import NoPrice, SoldOut
from catalog.models import Product, Variant
from events.enums import PAST
from events.models import Assortment, Event, LineupItem
from livechat.domain.rooms import room_of
from livechat.domain.touches import record_touch
from livechat.models import Pin
from orders.domain.checkout import Contact, Request, Wanted, place_order, quote
from orders.domain.idempotency import digest
from orders.domain.payments import start_payment
from orders.domain.refunds import refund_order
from orders.domain.sandbox import deliver_due
from orders.domain.shelf import count_at_end
from orders.enums import Delivery, PaymentMethod
from orders.errors import OrderError
from orders.insights import credibility
from orders.models import Order, ShelfCount

SEED = 11
# Pieces of every variant that stay on the shelf, so that the live show has something to sell.
STAYS = 3
PEOPLE = (
    ("Mina Bell", "4 Rue du Fil", "75003", "Paris", "FR"),
    ("Jonas Adler", "Lindenallee 12", "20259", "Hamburg", "DE"),
    ("Sofia Marín", "Calle del Prado 8", "28014", "Madrid", "ES"),
    ("Aiko Tanaka", "2-7-1 Gion", "605-0073", "Kyoto", "JP"),
    ("Leo Marchetti", "Via Tornabuoni 3", "50123", "Firenze", "IT"),
    ("Chen Xi", "18 Wukang Road", "200031", "Shanghai", "CN"),
    ("Nora Lindqvist", "Storgatan 5", "114 51", "Stockholm", "SE"),
    ("Thomas Okafor", "21 Lamb Street", "E1 6EA", "London", "GB"),
    ("Élodie Perrin", "9 Quai Saint-Antoine", "69002", "Lyon", "FR"),
    ("Farah Haddad", "Rue Gouraud 40", "", "Beirut", "LB"),
)


@dataclass(frozen=True, slots=True)
class Sale:
    """One planned purchase: on which occasion, who, what, when, and the show it came from, if any."""

    occasion: str
    number: int
    viewer: Viewer
    contact: Contact
    variant: Variant
    at: datetime
    currency: str
    show: Event | None


def seed(now: datetime) -> None:
    """Orders of every show that has been. Run again it adds nothing twice."""
    for event in Event.objects.filter(state__in=PAST).select_related("brand").order_by("starts_at"):
        random = Random(f"{SEED} orders {event.slug}")
        for sale in list(_sales(event, random)):
            _sell(sale, random, now=now)
        _count_shelf(event)
    for edition in Assortment.objects.filter(published_at__lte=now, opens_at__lt=now, closes_at__gt=now):
        for piece in edition.pieces.select_related("product"):
            _sell_piece(piece.product, edition, now)
    deliver_due(now=now)
    credibility.refresh(now=now)


def _count_shelf(event: Event) -> None:
    """When the demo let the show end nothing was sold yet; now its evening is complete."""
    ShelfCount.objects.filter(event=event).delete()
    count_at_end(event, now=event.ended_at or event.ends_at)


def _sell_piece(product: Product, edition: Assortment, now: datetime) -> None:
    """Part of an open edition is with its buyers, bought between its opening and an hour ago."""
    variant = product.variants.filter(active=True).select_related("product__brand", "stock").first()
    if variant is None or not hasattr(variant, "stock"):
        return
    random = Random(f"{SEED} edition {product.slug}")
    span = now - timedelta(hours=1) - edition.opens_at
    moments = sorted(random.random() for _ in range(variant.stock.on_hand * random.randint(15, 40) // 100))
    for number, share in enumerate(moments):
        viewer, contact = _buyer(product.slug, number, random)
        at, currency = edition.opens_at + span * share, str(settings.DEFAULT_CURRENCY)
        sale = Sale(product.slug, number, viewer, contact, variant, at, currency, None)
        _sell(sale, random, now=now)


def _sales(event: Event, random: Random) -> Iterator[Sale]:
    pins = {pin.product_id: pin for pin in Pin.objects.filter(room__event=event)}
    items = [item for item in event.lineup.select_related("product") if item.product_id in pins]
    for number in range(random.randint(7, 12) if items else 0):
        item = random.choice(items)
        variant = _variant(item, random)
        viewer, contact = _buyer(event.slug, number, random)
        pin = pins[item.product_id]
        at = pin.pinned_at + timedelta(seconds=random.randint(15, 170))
        touched = random.random() < 0.8
        # Who comes without a touch buys later, from the product's own page.
        moment, show = (at, event) if touched else (at + timedelta(minutes=40), None)
        yield Sale(event.slug, number, viewer, contact, variant, moment, event.currency, show)


def _variant(item: LineupItem, random: Random) -> Variant:
    variants = list(item.product.variants.filter(active=True).select_related("product__brand", "stock"))
    return random.choice(variants)


def _buyer(occasion: str, number: int, random: Random) -> tuple[Viewer, Contact]:
    name, street, postcode, city, country = random.choice(PEOPLE)
    email = f"{name.split()[0].lower()}@buyers.example".replace("é", "e")
    account = User.objects.filter(email="viewer@demo.example").first() if number == 1 else None
    if account:
        viewer = Viewer(user_key(account), account, account.display_name)
        name, email = account.display_name, account.email
    else:
        viewer = Viewer(f"guest:demo{digest(occasion, number)[:20]}", None, name)
    return viewer, Contact(name, email, street, city, country, postcode)


def _sell(sale: Sale, random: Random, *, now: datetime) -> None:
    key = digest("demo order", sale.occasion, sale.number)
    chances = random.random(), random.random()
    if Order.objects.filter(key=key).exists() or sale.variant.stock.free <= STAYS:
        return
    try:
        order = _order(sale, key)
    except (OrderError, SoldOut, NoPrice):
        return
    method = PaymentMethod.CARD
    start_payment(order, method=method, return_url="/", key=key, now=sale.at + timedelta(seconds=20))
    if chances[0] < 0.18:
        back_at = min(sale.at + timedelta(days=2, minutes=sale.number * 7), now)
        _refund(order, whole=chances[1] < 0.5, now=back_at)


def _order(sale: Sale, key: str) -> Order:
    token = ""
    if sale.show is not None:
        token = record_touch(
            room_of(sale.show),
            product=sale.variant.product,
            viewer_key=sale.viewer.key,
            now=sale.at - timedelta(seconds=9),
        )
    wanted = [Wanted(sale.variant, 1, token)]
    agreed = quote(wanted, currency=sale.currency, delivery=Delivery.STANDARD).total.amount
    request = Request(
        wanted=wanted,
        currency=sale.currency,
        contact=sale.contact,
        delivery=Delivery.STANDARD,
        agreed=agreed,
        key=key,
    )
    return place_order(request, viewer=sale.viewer, now=sale.at)


def _refund(order: Order, *, whole: bool, now: datetime) -> None:
    """Some send a piece back: all of the money, or all but the delivery."""
    line = order.lines.get()
    refund_order(
        order,
        pieces=None if whole else {line.public_id: 1},
        reason="Arrived with a loose thread" if whole else "Does not fit",
        by=User.objects.filter(email="agent@demo.example").first(),
        key=digest("demo refund", order.public_id),
        now=now,
    )
