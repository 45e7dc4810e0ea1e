"""The map of the site for search engines: every public page in every language."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from catalog.models import Brand, Product
from config.discovery.addresses import PARAMETER
from events.enums import EventState
from events.holidays import load
from events.models import Assortment, Event, Host


class Section(Sitemap):
    """Pages of one kind; `route` takes the slug of an item."""

    i18n = alternates = x_default = True
    limit = 5_000
    route = ""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def location(self, item: Any) -> str:
        path = self.path_of(item)
        language = get_language() or settings.LANGUAGE_CODE
        return path if language == settings.LANGUAGE_CODE else f"{path}?{PARAMETER}={language}"

    def path_of(self, item: Any) -> str:
        return reverse(self.route, args=[item.slug])


class Pages(Section):
    def items(self) -> list[str]:
        return ["home", "calendar", "hosts", "editions"]

    def path_of(self, item: str) -> str:
        return reverse(item)


class Events(Section):
    route = "event"

    def items(self) -> QuerySet[Event]:
        return Event.objects.public().exclude(state=EventState.CANCELLED).order_by("-starts_at", "pk")

    def lastmod(self, item: Event) -> datetime | None:
        return max((at for at in (item.changed_at, item.went_live_at, item.ended_at) if at), default=None)


class Products(Section):
    route = "product"

    def items(self) -> QuerySet[Product]:
        return Product.objects.on_sale().order_by("slug")


class Hosts(Section):
    route = "host-profile"

    def items(self) -> QuerySet[Host]:
        return Host.objects.order_by("slug")


class Brands(Section):
    route = "brand"

    def items(self) -> QuerySet[Brand]:
        return Brand.objects.filter(pk__in=Product.objects.on_sale().values("brand")).order_by("slug")


class Editions(Section):
    route = "edition"

    def items(self) -> QuerySet[Assortment]:
        return Assortment.objects.filter(published_at__lte=timezone.now()).order_by("slug")


class Holidays(Section):
    def items(self) -> list[str]:
        return sorted(load())

    def path_of(self, item: str) -> str:
        return reverse("holiday", args=[item])


SECTIONS = {
    "pages": Pages,
    "events": Events,
    "products": Products,
    "hosts": Hosts,
    "brands": Brands,
    "editions": Editions,
    "holidays": Holidays,
}
