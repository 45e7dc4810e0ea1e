"""What a page is about as schema.org says it: plain dictionaries, one per thing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Brand, Product
from config.discovery.addresses import address, tag_of, whole
from events.enums import PAST, EventState
from events.models import Event, Host, Revision, StateChange

Thing = dict[str, Any]
CONTEXT = "https://schema.org"
IN_STOCK, SOLD_OUT, PRE_ORDER, DISCONTINUED = (
    f"{CONTEXT}/{name}" for name in ("InStock", "SoldOut", "PreOrder", "Discontinued")
)


def here(name: str, *args: str) -> str:
    """The address of a route in the reader's language, in full."""
    return address(reverse(name, args=args), get_language() or "en")


def house() -> Thing:
    """The shop itself."""
    return {
        "@type": "Organization",
        "@id": whole("/#organization"),
        "name": "SeeNow",
        "url": whole("/"),
        "logo": whole(reverse("icon", args=["icon-512"])),
    }


def website() -> Thing:
    """The site in the reader's language."""
    return {
        "@type": "WebSite",
        "@id": whole("/#site"),
        "name": "SeeNow",
        "url": here("home"),
        "inLanguage": tag_of(get_language() or "en"),
        "publisher": {"@id": whole("/#organization")},
    }


def crumbs(*steps: tuple[str, str]) -> Thing:
    """The way from the first page to this one: names and addresses."""
    way = [(_("Calendar"), here("calendar")), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(way, start=1)
        ],
    }


def organizer(brand: Brand) -> Thing:
    return {"@type": "Organization", "name": brand.name, "url": here("brand", brand.slug)}


def performer(host: Host) -> Thing:
    return {
        "@type": "Person",
        "name": host.name,
        "description": host.headline,
        "url": here("host-profile", host.slug),
    }


def event_things(event: Event, hosts: Iterable[Host], *, image: str) -> list[Thing]:
    """The show and its broadcast. Watching costs nothing, so its one offer is free; pieces have their own."""
    page = here("event", event.slug)
    times = {"startDate": _local(event.starts_at, event), "endDate": _local(event.ends_at, event)}
    show: Thing = {
        "@type": "Event",
        "@id": f"{page}#event",
        "name": event.title,
        "description": event.summary or event.title,
        "url": page,
        "image": [image],
        **times,
        **_status(event),
        "eventAttendanceMode": f"{CONTEXT}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": page},
        "organizer": organizer(event.brand),
        "performer": [performer(host) for host in hosts],
        "isAccessibleForFree": True,
    }
    if event.state != EventState.CANCELLED:
        show["offers"] = _admission(event, page)
    broadcast = {
        "@type": "BroadcastEvent",
        "@id": f"{page}#broadcast",
        "name": event.title,
        "isLiveBroadcast": True,
        "broadcastOfEvent": {"@id": f"{page}#event"},
        "url": page,
        **times,
        "eventStatus": show["eventStatus"],
        "location": show["location"],
    }
    return [show, broadcast]


def _admission(event: Event, page: str) -> Thing:
    return {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": event.currency,
        "availability": DISCONTINUED if event.state in PAST else IN_STOCK,
        "url": page,
    }


def _local(moment: datetime, event: Event) -> str:
    return moment.astimezone(ZoneInfo(event.time_zone)).isoformat(timespec="seconds")


def _status(event: Event) -> Thing:
    """What became of the plan the public knew; a show that was moved names the times it had before."""
    if event.state == EventState.CANCELLED:
        return {"eventStatus": f"{CONTEXT}/EventCancelled"}
    if event.state not in PAST and (before := starts_before(event)):
        moments = [_local(moment, event) for moment in before]
        return {"eventStatus": f"{CONTEXT}/EventRescheduled", "previousStartDate": moments}
    return {"eventStatus": f"{CONTEXT}/EventScheduled"}


def starts_before(event: Event) -> list[datetime]:
    """The starts an announced show had before, oldest first; one that stayed asks for no row."""
    if not event.sequence:
        return []
    announced = StateChange.objects.filter(event=event, before=EventState.DRAFT).order_by("pk").last()
    changes = (
        Revision.objects.filter(event=event, at__gte=announced.at) if announced else Revision.objects.none()
    )
    starts = [
        datetime.fromisoformat(change["before"])
        for revision in changes.order_by("pk")
        for change in revision.changes
        if change["field"] == "starts_at"
    ]
    return [start for start in dict.fromkeys(starts) if start != event.starts_at]


def product_thing(
    product: Product, variants: Sequence[dict[str, Any]], *, window: str, images: Sequence[str]
) -> Thing:
    """A piece with one offer per variant, as they are at this moment; `variants` as the page shows them."""
    page = here("product", product.slug)
    thing: Thing = {
        "@type": "Product",
        "@id": f"{page}#product",
        "name": product.name,
        "description": product.subtitle or product.name,
        "url": page,
        "image": list(images),
        "category": product.category,
        "brand": {"@type": "Brand", "name": product.brand.name},
    }
    if variants:
        thing["offers"] = [_offer(product, row, window, page) for row in variants]
    return thing


def _offer(product: Product, row: dict[str, Any], window: str, page: str) -> Thing:
    offer: Thing = {
        "@type": "Offer",
        "sku": row["sku"],
        "price": str(row["price"].decimal),
        "priceCurrency": row["currency"],
        "availability": _availability(row["free"], window),
        "itemCondition": f"{CONTEXT}/NewCondition",
        "seller": organizer(product.brand),
        "url": page,
    }
    if product.available_from:
        offer["availabilityStarts"] = product.available_from.isoformat()
    if product.available_until:
        offer["availabilityEnds"] = offer["priceValidUntil"] = product.available_until.isoformat()
    return offer


def _availability(free: int, window: str) -> str:
    if window == "after":
        return DISCONTINUED
    if window == "before":
        return PRE_ORDER
    return IN_STOCK if free else SOLD_OUT
