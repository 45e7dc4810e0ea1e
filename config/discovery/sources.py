"""The cards of shows, pieces and of the house, in the active language."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.dates import date_format
from catalog.models import Product
from catalog.money import Money
from catalog.queries import product_cards
from config.discovery.addresses import whole
from config.discovery.cards import Card, plain
from events.domain import looks
from events.models import Event, Host
from events.templatetags.almanac import in_zone, zone_city

SITE = "almanac"


def event_card(event: Event, hosts: list[Host]) -> Card:
    """The festival's writing on its colours, title, brand and date on the show's own clock, the host."""
    info = event.holiday.info if event.holiday else None
    there = in_zone(event.starts_at, event.time_zone)
    day, clock = date_format(there, "l j F Y"), date_format(there, "H:i")
    poster = looks.of(event).poster
    return Card(
        kind="event",
        over=" · ".join([event.brand.name, *(host.name for host in hosts[:2])]),
        title=event.title,
        under=_("%(day)s, %(clock)s in %(city)s")
        % {"day": day, "clock": clock, "city": zone_city(event.time_zone)},
        picture=plain(hosts[0].portrait, 640) if hosts else "",
        writing=info.own(event.holiday.market).name if info and event.holiday else "",
        ground=poster.ground,
        ink=poster.writing,
        language=get_language() or "en",
    )


def product_card(product: Product, price: Money | None) -> Card:
    """The piece, its brand and its lowest price in the currency of the site."""
    image = next(iter(product.images.all()), None)
    return Card(
        kind="product",
        over=product.brand.name,
        title=product.name,
        under=price.format(get_language()) if price else "",
        picture=plain(image.renditions, 640) if image else "",
        language=get_language() or "en",
    )


def site_card() -> Card:
    """The house itself, for every page without a card of its own."""
    return Card(
        kind="site",
        over="",
        writing="SeeNow",
        title=_("An almanac of live shows"),
        under=_("See a piece, and own it while it is shown."),
        language=get_language() or "en",
    )


def lowest_price(product: Product) -> Money | None:
    """The lowest price of the piece in the currency of the site."""
    [card] = product_cards([product], currency=settings.DEFAULT_CURRENCY)
    amounts = [row["amount"] for row in card["variants"]]
    return Money(min(amounts), settings.DEFAULT_CURRENCY) if amounts else None


def card_url(card: Card, slug: str) -> str:
    """Where the card is, in full: an address that never changes its picture."""
    return whole(reverse(f"share-{card.kind}", args=[card.language, slug, card.version]))
