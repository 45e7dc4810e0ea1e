"""What the head of a public page says: its addresses, its card, its structured data.

A page is known by the name of its route; what it is about stands in the context its view gave it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Brand, Product
from config.discovery import markup
from config.discovery.addresses import address, kept_of, languages, tag_of, whole
from config.discovery.cards import Card, plain
from config.discovery.markup import Thing, crumbs, here
from config.discovery.sources import SITE, card_url, event_card, product_card, site_card
from events.enums import EventState
from events.models import Assortment, Event, Host

Context = dict[str, Any]
LARGE = 1200


@dataclass(frozen=True, slots=True)
class Head:
    """What one page tells the world. `image` is a whole address, `things` are schema.org's."""

    title: str
    description: str
    image: str
    kind: str = "website"
    things: list[Thing] = field(default_factory=list)


def head_of(request: HttpRequest, context: Context) -> Head | None:
    """The head of the page being drawn; None for pages that are nobody's but the reader's, and for errors."""
    match = request.resolver_match
    build = PAGES.get(match.url_name or "") if match else None
    return build(context) if build else None


def canonical(request: HttpRequest) -> str:
    """The one address of this page in the language it is drawn in."""
    return address(request.path, get_language() or "en", kept_of(request.GET))


def alternates(request: HttpRequest) -> list[tuple[str, str]]:
    """Every language of this page with its address, and `x-default`."""
    kept = kept_of(request.GET)
    pairs = [(tag_of(code), address(request.path, code, kept)) for code in languages()]
    return [*pairs, ("x-default", pairs[0][1])]


def _house(title: str, description: str = "", *things: Thing) -> Head:
    card = site_card()
    said = description or _(
        "Live shows by people who know, each on its holiday. See a piece, and own it while it is shown."
    )
    return Head(title, said, card_url(card, SITE), things=list(things))


def _home(context: Context) -> Head:
    return _house(_("An almanac of live shows"), "", markup.house(), markup.website())


def _list(title: Callable[[], str], route: str) -> Callable[[Context], Head]:
    return lambda context: _house(title(), "", crumbs((title(), here(route))))


def _event(context: Context) -> Head | None:
    event: Event | None = context.get("event")
    if event is None or event.state == EventState.DRAFT:
        return None
    hosts: list[Host] = list(context["hosts"])
    image = card_url(event_card(event, hosts), event.slug)
    things = markup.event_things(event, hosts, image=image)
    way = crumbs(
        (event.brand.name, here("brand", event.brand.slug)), (event.title, here("event", event.slug))
    )
    words = event.summary or ", ".join([event.brand.name, *(host.name for host in hosts)])
    return Head(event.title, words, image, kind="event", things=[*things, way])


def _product(context: Context) -> Head | None:
    product: Product | None = context.get("product")
    if product is None:
        return None
    price = min((row["price"] for row in context["variants"]), key=lambda money: money.amount, default=None)
    card: Card = product_card(product, price)
    image = card_url(card, product.slug)
    pictures = [whole(image_url(row.renditions)) for row in context["images"]] or [image]
    thing = markup.product_thing(product, context["variants"], window=context["window"], images=pictures)
    way = crumbs(
        (product.brand.name, here("brand", product.brand.slug)), (product.name, here("product", product.slug))
    )
    title = f"{product.name}, {product.brand.name}"
    return Head(title, product.subtitle or title, image, kind="product", things=[thing, way])


def image_url(renditions: list[dict[str, Any]]) -> str:
    """Where a large JPEG of a picture is, as its storage says."""
    return default_storage.url(plain(renditions, LARGE))


def _brand(context: Context) -> Head | None:
    brand: Brand | None = context.get("brand")
    if brand is None:
        return None
    return _house(
        brand.name, brand.tagline, markup.organizer(brand), crumbs((brand.name, here("brand", brand.slug)))
    )


def _host(context: Context) -> Head | None:
    host: Host | None = context.get("host")
    if host is None:
        return None
    page = here("host-profile", host.slug)
    way = crumbs((_("Hosts"), here("hosts")), (host.name, page))
    return _house(host.name, host.headline, markup.performer(host), way)


def _edition(context: Context) -> Head | None:
    edition: Assortment | None = context.get("edition")
    if edition is None or context.get("draft"):
        return None
    way = crumbs((_("Editions"), here("editions")), (edition.title, here("edition", edition.slug)))
    return _house(edition.title, "", way)


def _holiday(context: Context) -> Head | None:
    info = context.get("info")
    if info is None:
        return None
    name = info.name(get_language() or "en")
    return _house(name, context["who"], crumbs((name, here("holiday", info.key))))


PAGES: dict[str, Callable[[Context], Head | None]] = {
    "home": _home,
    "calendar": lambda context: _house(_("Calendar")),
    "hosts": _list(lambda: _("Hosts"), "hosts"),
    "editions": _list(lambda: _("Editions"), "editions"),
    "event": _event,
    "product": _product,
    "brand": _brand,
    "host-profile": _host,
    "edition": _edition,
    "holiday": _holiday,
}
