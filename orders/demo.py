"""Past shows' orders, made by the same functions a browser calls, at the times of each show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.domain.viewers import Viewer, user_key
from accounts.models import User
from catalog.errors import NoPrice, SoldOut
from catalog.models import Variant
from events.enums import PAST
from events.models import Event, LineupItem
from livechat.domain.rooms import room_of
from livechat.domain.touches import record_touch
from livechat.models import Pin
from orders.domain.checkout import Contact, Request, Wanted, place_order, quote
from orders.domain.idempotency import digest
from orders.domain.payments import start_payment
from orders.domain.refunds import refund_order
from orders.domain.sandbox import deliver_due
from orders.enums import Delivery, PaymentMethod
from orders.errors import OrderError
from orders.models import Order

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
    """One planned purchase: who, what, when, and whether it came from the room."""

    number: int
    viewer: Viewer
    contact: Contact
    variant: Variant
    at: datetime
    touched: bool


def seed(now: datetime) -> None:
    """Orders of every show that has been. Run again it adds nothing twice."""
    for event in Event.objects.filter(state__in=PAST).select_related("brand").order_by("starts_at"):
        random = Random(f"{SEED} orders {event.slug}")
        for sale in list(_sales(event, random)):
            _sell(event, sale, random)
    deliver_due(now=now)


def _sales(event: Event, random: Random) -> Iterator[Sale]:
    pins = {pin.product_id: pin for pin in Pin.objects.filter(room__event=event)}
    items = [item for item in event.lineup.select_related("product") if item.product_id in pins]
    for number in range(random.randint(7, 12) if items else 0):
        item = random.choice(items)
        variant = _variant(item, random)
        viewer, contact = _buyer(event, number, random)
        pin = pins[item.product_id]
        at = pin.pinned_at + timedelta(seconds=random.randint(15, 170))
        touched = random.random() < 0.8
        # Who comes without a touch buys later, from the product's own page.
        yield Sale(number, viewer, contact, variant, at if touched else at + timedelta(minutes=40), touched)


def _variant(item: LineupItem, random: Random) -> Variant:
    variants = list(item.product.variants.filter(active=True).select_related("product__brand", "stock"))
    return random.choice(variants)


def _buyer(event: Event, number: int, random: Random) -> tuple[Viewer, Contact]:
    name, street, postcode, city, country = random.choice(PEOPLE)
    email = f"{name.split()[0].lower()}@buyers.example".replace("é", "e")
    account = User.objects.filter(email="viewer@demo.example").first() if number == 1 else None
    if account:
        viewer = Viewer(user_key(account), account, account.display_name)
        name, email = account.display_name, account.email
    else:
        viewer = Viewer(f"guest:demo{digest(event.slug, number)[:20]}", None, name)
    return viewer, Contact(name, email, street, city, country, postcode)


def _sell(event: Event, sale: Sale, random: Random) -> None:
    key = digest("demo order", event.slug, sale.number)
    chances = random.random(), random.random()
    if Order.objects.filter(key=key).exists() or sale.variant.stock.free <= STAYS:
        return
    try:
        order = _order(event, sale, key)
    except (OrderError, SoldOut, NoPrice):
        return
    method = PaymentMethod.CARD
    start_payment(order, method=method, return_url="/", key=key, now=sale.at + timedelta(seconds=20))
    if chances[0] < 0.18:
        _refund(order, whole=chances[1] < 0.5, now=sale.at + timedelta(days=2, minutes=sale.number * 7))


def _order(event: Event, sale: Sale, key: str) -> Order:
    token = ""
    if sale.touched:
        token = record_touch(
            room_of(event),
            product=sale.variant.product,
            viewer_key=sale.viewer.key,
            now=sale.at - timedelta(seconds=9),
        )
    wanted = [Wanted(sale.variant, 1, token)]
    agreed = quote(wanted, currency=event.currency, delivery=Delivery.STANDARD).total.amount
    request = Request(
        wanted=wanted,
        currency=event.currency,
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
