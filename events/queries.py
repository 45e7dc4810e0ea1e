"""Reads that more than one page needs, each in a bounded number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product, ProductImage
from events.holidays import HolidayInfo, Own
from events.models import Event, EventHost, Host, LineupItem, Niche, Segment


@dataclass(frozen=True, slots=True)
class EventCard:
    """What a list shows of an event. `pictures` are the first images of the first and the last of its pieces
    that have one; often the same, and none when no piece has."""

    event: Event
    hosts: list[Host]
    niche: Niche | None
    holiday: HolidayInfo | None
    own: Own | None
    pieces: int
    pictures: list[ProductImage]

    @property
    def url(self) -> str:
        return reverse("event", args=[self.event.slug])

    @property
    def picture(self) -> ProductImage | None:
        return self.pictures[0] if self.pictures else None

    @property
    def host(self) -> Host | None:
        return self.hosts[0] if self.hosts else None

    @property
    def said(self) -> tuple[object, ...]:
        """All that a line of a list says of the show, for the key of what is kept of it."""
        event = self.event
        niche = (self.niche.slug, self.niche.name) if self.niche else None
        hosts = [(host.slug, host.name) for host in self.hosts]
        own = (self.own.lang, self.own.name) if self.own else None
        day = (self.holiday.key, own) if self.holiday else None
        return (
            event.slug,
            event.title,
            str(event.state),
            event.starts_at,
            event.brand.name,
            hosts,
            niche,
            day,
        )

    @property
    def local_start(self) -> datetime:
        """The start in the show's own zone."""
        return self.event.starts_at.astimezone(ZoneInfo(self.event.time_zone))


BESIDE = ("brand", "holiday__own_day", "look")


def _hosts() -> tuple["Prefetch[str]", str]:
    # Within one show: the order of the models would join and sort by the shows as well.
    hosts = EventHost.objects.select_related("host").order_by("position", "pk")
    return Prefetch("event_hosts", queryset=hosts), "event_hosts__host__niches"


def with_programme(events: QuerySet[Event]) -> QuerySet[Event]:
    """Load all that is told of shows: brand, holiday, hosts with niches, line-up, segments. Six queries."""
    pieces = LineupItem.objects.select_related("product", "segment").order_by("position", "pk")
    segments = Segment.objects.select_related("brand").prefetch_related("hosts").order_by("position", "pk")
    return events.select_related(*BESIDE).prefetch_related(
        *_hosts(), Prefetch("lineup", queryset=pieces), Prefetch("segments", queryset=segments)
    )


FILTERS = {
    "state": "state__in",
    "brand": "brand__slug",
    "holiday": "holiday__key",
    "market": "holiday__market",
    "host": "event_hosts__host__slug",
    "niche": "event_hosts__host__niches__slug",
    "from": "starts_at__gte",
    "to": "starts_at__lte",
}


def narrowed(events: QuerySet[Event], **asked: object) -> QuerySet[Event]:
    """`events` that fit all of `asked`, whose names are those of FILTERS."""
    return events.filter(**{FILTERS[name]: value for name, value in asked.items()}).distinct()


def event_cards(events: QuerySet[Event], *, now: datetime | None = None) -> list[EventCard]:
    """`events` in their order as cards, without the pieces viewers do not know of at `now`. Six queries."""
    return lists_of_cards(events, now=now)[0]


def lists_of_cards(*lists: QuerySet[Event], now: datetime | None = None) -> list[list[EventCard]]:
    """The same for all lists of a page: one query for each, and five for what the shows of all hold."""
    moment = now or timezone.now()
    found = [list(events.select_related(*BESIDE)) for events in lists]
    shows = [event for rows in found for event in rows]
    pieces = LineupItem.objects.select_related("product").order_by("position", "pk")
    lean = pieces.only("event", "reveal_at", "product__category")
    prefetch_related_objects(shows, *_hosts(), Prefetch("lineup", queryset=lean))
    lineups = [[item for item in event.lineup.all() if item.is_shown(moment)] for event in shows]
    told = zip(shows, lineups, _outer_pictures(lineups), strict=True)
    cards = (_card(event, items, pictures) for event, items, pictures in told)
    return [list(islice(cards, len(rows))) for rows in found]


def _outer_pictures(lineups: list[list[LineupItem]]) -> list[list[ProductImage]]:
    """The pictures of the first and the last piece that has one, line-up by line-up. Two queries.

    What an image lists of its files is long; it is read of those alone that are shown.
    """
    products = {item.product_id for items in lineups for item in items}
    images = ProductImage.objects.filter(product__in=products).order_by("-position", "-pk")
    first = dict(images.values_list("product", "pk"))
    pictured = [[first[item.product_id] for item in items if item.product_id in first] for items in lineups]
    chosen = [[shown[0], shown[-1]] if shown else [] for shown in pictured]
    found = ProductImage.objects.in_bulk({pk for pair in chosen for pk in pair})
    return [[found[pk] for pk in pair if pk in found] for pair in chosen]


def _card(event: Event, items: list[LineupItem], pictures: list[ProductImage]) -> EventCard:
    hosts = [row.host for row in event.event_hosts.all()]
    niches = [niche for host in hosts for niche in host.niches.all()]
    info = event.holiday.info if event.holiday else None
    return EventCard(
        event=event,
        hosts=hosts,
        niche=_niche_of_show(niches, items),
        holiday=info,
        own=info.own(event.holiday.market) if info and event.holiday else None,
        pieces=len(items),
        pictures=pictures,
    )


def _niche_of_show(niches: list[Niche], items: list[LineupItem]) -> Niche | None:
    """The hosts' niche that speaks about most of the pieces; the narrower one when two do, else the first."""
    shown = [item.product.category for item in items]

    def fits(niche: Niche) -> tuple[int, float]:
        met = [category for category in shown if category in niche.categories]
        return len(met), len(set(met)) / len(niche.categories) if met else 0.0

    return max(niches, key=fits, default=None)


def by_day(cards: Iterable[EventCard]) -> list[tuple[date, list[EventCard]]]:
    """Cards grouped by the day they start in the active zone; `cards` must be ordered by start."""
    groups = groupby(cards, key=lambda card: timezone.localtime(card.event.starts_at).date())
    return [(day, list(members)) for day, members in groups]


def addable_products(event: Event) -> QuerySet[Product]:
    """Products on sale of the show's brand and of those with a segment in it, not in the line-up yet."""
    listed = event.lineup.values("product")
    brands = Q(brand=event.brand_id) | Q(brand__in=event.segments.values("brand"))
    found = Product.objects.on_sale().filter(brands).exclude(pk__in=listed)
    return found.select_related("brand").order_by("name", "pk")


def unpriced(event: Event) -> list[Product]:
    """Line-up products with an active variant that has no price in the show's currency."""
    variants = Product.objects.filter(pk__in=event.lineup.values("product"), variants__active=True)
    priced = variants.exclude(variants__prices__currency=event.currency)
    return list(priced.distinct().order_by("name"))
