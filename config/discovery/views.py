"""What browsers, search engines and those a page is shared with ask for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.domain.preferences import language_or_blank
from catalog.models import Product
from config.discovery.addresses import tag_of, whole
from config.discovery.cards import PAPER, Card, jpeg
from config.discovery.icons import ICONS
from config.discovery.icons import icon as drawn
from config.discovery.sources import SITE, card_url, event_card, lowest_price, product_card, site_card
from events.models import Event

YEAR_S, DAY_S = 31_536_000, 86_400
# Nothing there is for search engines; the pages refuse them by themselves as well. Without a bag the checkout
# only leads elsewhere.
CLOSED = (
    "studio", "host", "moderate", "admin", "account", "bag", "orders", "sandbox", "api", "demo",
    "rooms",
)  # fmt: skip


@require_safe
@cache_control(public=True, max_age=DAY_S)
def manifest(request: HttpRequest) -> HttpResponse:
    """`/manifest.webmanifest?hl=<language>`: the app as a phone installs it."""
    answer = {
        "id": "/",
        "name": "SeeNow",
        "short_name": "SeeNow",
        "description": _("Live shows by people who know, each on its holiday."),
        "lang": tag_of(get_language() or "en"),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "orientation": "any",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["shopping", "lifestyle"],
        "icons": [
            _icon(name, size) for name, (size, _share) in ICONS.items() if name.startswith(("icon", "mask"))
        ],
        "shortcuts": [
            {"name": _("Live now"), "url": f"{reverse('home')}#live"},
            {"name": _("Calendar"), "url": reverse("calendar")},
            {"name": _("Bag"), "url": reverse("bag")},
        ],
    }
    return JsonResponse(answer, content_type="application/manifest+json")


def _icon(name: str, size: int) -> dict[str, Any]:
    return {
        "src": reverse("icon", args=[name]),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "maskable" if name.startswith("maskable") else "any",
    }


@require_safe
@cache_control(public=True, max_age=DAY_S)
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """`/icons/<name>.png`, drawn once per process."""
    if name not in ICONS:
        raise Http404
    return HttpResponse(drawn(name), content_type="image/png")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page the service worker keeps, for when there is no network. It is the same for everybody."""
    return render(
        None, "errors/offline.html", {"bidi": get_language_bidi(), "tag": tag_of(get_language() or "en")}
    )


@require_safe
@cache_control(public=True, max_age=DAY_S)
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: what is nobody's business but its reader's, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: /{name}/" for name in CLOSED)]
    lines += ["", f"Sitemap: {whole(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def share_event(request: HttpRequest, language: str, slug: str, version: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().select_related("brand", "holiday__own_day"), slug=slug)
    hosts = [row.host for row in event.event_hosts.select_related("host")]
    with _spoken(language):
        return _card(event_card(event, hosts), slug, version)


@require_safe
def share_product(request: HttpRequest, language: str, slug: str, version: str) -> HttpResponse:
    product = get_object_or_404(Product.objects.on_sale().select_related("brand"), slug=slug)
    with _spoken(language):
        return _card(product_card(product, lowest_price(product)), slug, version)


@require_safe
def share_site(request: HttpRequest, language: str, slug: str, version: str) -> HttpResponse:
    if slug != SITE:
        raise Http404
    with _spoken(language):
        return _card(site_card(), slug, version)


def _spoken(language: str) -> translation.override:
    if not language_or_blank(language):
        raise Http404
    return translation.override(language)


def _card(card: Card, slug: str, version: str) -> HttpResponse:
    """The card, or the way to the present one: an old address never shows what it did not show before."""
    if version != card.version:
        return HttpResponseRedirect(card_url(card, slug), headers={"Cache-Control": "no-cache"})
    answer = HttpResponse(jpeg(card), content_type="image/jpeg")
    answer["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    return answer
