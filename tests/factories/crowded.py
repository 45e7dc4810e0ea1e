"""A shop after many years: thousands of shows and hundreds of hosts, written with a few statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, product

from catalog.enums import ProductState
from catalog.models import Brand, Price, Product, ProductImage, Stock, Variant
from events.enums import AssortmentKind, EventState, EvidenceKind
from events.holidays import days_of
from events.models import (
    Assortment,
    AssortmentPiece,
    Credibility,
    Event,
    EventHost,
    HolidayOccurrence,
    Host,
    HostEvidence,
    LineupItem,
    Niche,
)
from tests.factories.catalog import make_brand

MARKETS = ("CN", "FR")
PRODUCTS = 200
PIECES = 3
EDITIONS = 60
LANGUAGES = ("en", "fr", "zh-Hans", "ja")


@dataclass(frozen=True)
class Crowded:
    """What such a shop is asked for."""

    brand: Brand
    host: Host
    holiday: HolidayOccurrence
    event: Event

    @property
    def words(self) -> dict[str, str]:
        """For the addresses in `PAGES`."""
        day = self.holiday.starts_on
        return {
            "host": self.host.slug,
            "event": self.event.slug,
            "holiday": self.holiday.key,
            "month": f"{day:%Y-%m}",
        }


# Pages and feeds whose content grows with the shop. True: of staff.
PAGES = {
    "home": ("/", False),
    "calendar": ("/calendar/", False),
    "calendar-month": ("/calendar/?view=month&month={month}", False),
    "calendar-niche": ("/calendar/?niche=field-1&market=FR", False),
    "calendar-feed": ("/calendar/feed.ics", False),
    "hosts": ("/hosts/", False),
    "hosts-niche": ("/hosts/?niche=field-1&language=fr&market=FR", False),
    "host": ("/hosts/{host}/", False),
    "host-shows": ("/hosts/{host}/shows/", False),
    "holiday": ("/holidays/{holiday}/", False),
    "editions": ("/editions/", False),
    "edition": ("/editions/edition-1/", False),
    "brand": ("/brands/crowded/", False),
    "brand-shows": ("/events/of-brand/crowded/", False),
    "product-shows": ("/events/of-product/piece-1/", False),
    "event": ("/events/{event}/", False),
    "studio": ("/studio/", True),
    "studio-draft": ("/studio/?state=draft", True),
    "planner-year": ("/studio/planner/", True),
    "planner-month": ("/studio/planner/?month={month}", True),
    "studio-days": ("/studio/days/", True),
    "studio-editions": ("/studio/editions/", True),
    "studio-edition": ("/studio/editions/edition-1/", True),
    "studio-hosts": ("/studio/hosts/", True),
    "studio-hosts-free": ("/studio/hosts/?niche=field-1&language=fr&free=on", True),
    "studio-host": ("/studio/hosts/{host}/", True),
    "studio-series": ("/studio/series/", True),
    "studio-results": ("/studio/results/", True),
    "studio-orders": ("/studio/orders/", True),
    "studio-products": ("/studio/products/", True),
    "studio-event": ("/studio/events/{event}/", True),
    "studio-event-hosts": ("/studio/events/{event}/?part=hosts", True),
    "studio-new": ("/studio/events/new/", True),
    "studio-new-holiday": ("/studio/events/new/?holiday={holiday}", True),
    "api-events": ("/api/v1/events/", False),
    "api-hosts": ("/api/v1/hosts/", False),
}


def make_crowded(*, events: int, hosts: int, now: datetime) -> Crowded:
    """One large brand and nine small ones; shows every few hours around `now`, half of them over."""
    brand = make_brand(slug="crowded", name="Crowded")
    brands = [brand, *(make_brand() for _ in range(9))]
    pieces = _products(brand)
    people = _hosts(hosts, now)
    days = _holidays(now)
    shows = _events(events, brands, days, now)
    _casts(shows, people)
    _lineups(shows, pieces)
    _editions(brand, days, pieces, now)
    return Crowded(brand, people[0], days[-1], shows[-1])


def _products(brand: Brand) -> list[Product]:
    products = Product.objects.bulk_create(
        Product(brand=brand, slug=f"piece-{n}", name=f"Piece {n}", category="silk", state=ProductState.ACTIVE)
        for n in range(PRODUCTS)
    )
    variants = Variant.objects.bulk_create(
        Variant(product=product, sku=f"P-{n}-{k}", position=k)
        for n, product in enumerate(products)
        for k in range(2)
    )
    Price.objects.bulk_create(Price(variant=v, currency="EUR", amount=12_500) for v in variants)
    Stock.objects.bulk_create(Stock(variant=v, on_hand=20, sold=3) for v in variants)
    ProductImage.objects.bulk_create(_image(product, k) for product in products for k in range(3))
    return products


def _image(product: Product, position: int) -> ProductImage:
    renditions = [
        {"format": f, "width": w, "height": w, "path": f"p/{product.pk}-{position}-{w}.{f}"}
        for f in ("avif", "webp", "jpeg")
        for w in (320, 640, 960, 1280)
    ]
    return ProductImage(
        product=product, position=position, alt="A piece", width=1280, height=1280, renditions=renditions
    )


def _hosts(count: int, now: datetime) -> list[Host]:
    niches = Niche.objects.bulk_create(
        Niche(slug=f"field-{n}", name=f"Field {n}", categories=["silk"]) for n in range(12)
    )
    hosts = Host.objects.bulk_create(
        Host(
            slug=f"crowd-host-{n}",
            name=f"Host {n}",
            headline="Knows silk by hand",
            languages=[LANGUAGES[n % 4], "en"],
            markets=[MARKETS[n % 2]],
            time_zone="Europe/Paris",
        )
        for n in range(count)
    )
    known = [(host, niches[(n + k) % 12]) for n, host in enumerate(hosts) for k in range(2)]
    fields = Host.niches.through
    fields.objects.bulk_create(fields(host=host, niche=niche) for host, niche in known)
    HostEvidence.objects.bulk_create(
        HostEvidence(host=host, niche=niche, kind=EvidenceKind.WORK, statement="Wrote the book", year=2019)
        for host, niche in known
    )
    Credibility.objects.bulk_create(
        Credibility(host=host, niche=niche, score=7_000, confidence=5_000, formula="1", computed_at=now)
        for host, niche in known
    )
    return hosts


def _holidays(now: datetime) -> list[HolidayOccurrence]:
    years = range(now.year - 1, now.year + 2)
    return HolidayOccurrence.objects.bulk_create(
        HolidayOccurrence(key=day.key, market=market, starts_on=day.starts_on, ends_on=day.ends_on)
        for year, market in product(years, MARKETS)
        for day in islice(days_of(year, market), 20)
    )


def _events(count: int, brands: list[Brand], days: list[HolidayOccurrence], now: datetime) -> list[Event]:
    step = timedelta(days=730) / count

    def show(n: int) -> Event:
        starts_at = now + timedelta(hours=3) + step * (n - count // 2)
        past = starts_at < now
        state = EventState.REPLAY if past else EventState.SCHEDULED
        return Event(
            slug=f"crowd-{n}",
            brand=brands[0] if n % 2 else brands[1 + n % 9],
            holiday=days[n % len(days)] if n % 3 == 0 else None,
            title=f"Show {n}",
            time_zone="Europe/Paris",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            state=EventState.DRAFT if n % 10 == 0 else state,
            went_live_at=starts_at if past else None,
            ended_at=starts_at + timedelta(hours=1) if past else None,
        )

    return Event.objects.bulk_create([show(n) for n in range(count)], batch_size=500)


def _casts(shows: list[Event], people: list[Host]) -> None:
    EventHost.objects.bulk_create(
        (EventHost(event=show, host=people[n % len(people)]) for n, show in enumerate(shows)), batch_size=500
    )


def _lineups(shows: list[Event], pieces: list[Product]) -> None:
    LineupItem.objects.bulk_create(
        (
            LineupItem(event=show, product=pieces[(n + k) % PRODUCTS], position=k)
            for n, show in enumerate(shows)
            for k in range(PIECES)
        ),
        batch_size=500,
    )


def _editions(brand: Brand, days: list[HolidayOccurrence], pieces: list[Product], now: datetime) -> None:
    editions = Assortment.objects.bulk_create(
        Assortment(
            brand=brand,
            slug=f"edition-{n}",
            title=f"Edition {n}",
            kind=AssortmentKind.EDITION,
            holiday=day,
            published_at=now - timedelta(days=40),
            opens_at=now - timedelta(days=30),
            closes_at=now + timedelta(days=30),
        )
        for n, day in enumerate(days[-EDITIONS:])
    )
    AssortmentPiece.objects.bulk_create(
        AssortmentPiece(assortment=edition, product=pieces[n], position=0)
        for n, edition in enumerate(editions)
    )
