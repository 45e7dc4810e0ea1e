"""Editions and seasons as everybody sees them: the list, one page, and what other pages ask for.

A page is two parts: what was written (story, colours, pieces, shows), which changes when staff saves, and
what the shop counts (pieces left, state), which is read anew for every answer, as on a product's own page.
"""

from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.rules import keeps_shop
from events import queries
from events.domain import whats_left
from events.domain.colours import HEX
from events.domain.whats_left import EditionCard
from events.enums import AssortmentKind
from events.models import Assortment, AssortmentPiece

MOST_COMING, MOST_PAST, MOST_SHOWS = 60, 24, 6
# The address carries the versions of what is in it, so it may be kept.
PALETTE_AGE = 3600

Group = tuple[EditionCard, list[EditionCard]]


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """`/editions/`: open and coming ones by holiday, past ones below. `?kind=` and `?brand=` narrow it."""
    now = timezone.now()
    kind, brand = request.GET.get("kind", ""), request.GET.get("brand", "")
    found = whats_left.published(now)
    if kind in AssortmentKind.values:
        found = found.filter(kind=kind)
    if brand:
        found = found.filter(brand__slug=brand)
    coming = found.filter(closes_at__gt=now).order_by("closes_at", "pk")[:MOST_COMING]
    past = found.filter(closes_at__lte=now).order_by("-closes_at", "pk")[:MOST_PAST]
    cards, over = whats_left.edition_cards(coming, now=now), whats_left.edition_cards(past, now=now)
    context = {
        "groups": _by_occasion(cards),
        "past": over,
        "palettes": palettes_of([*cards, *over]),
        "kinds": AssortmentKind.choices,
        "kind": kind if kind in AssortmentKind.values else "",
    }
    return render(request, "events/editions.html", context)


def _by_occasion(cards: list[EditionCard]) -> list[Group]:
    """The cards under their holidays, then under their kinds of season, each group with its first card."""

    def occasion(card: EditionCard) -> tuple[str, str, str]:
        holiday = card.assortment.holiday
        if holiday is None:
            return ("~", card.assortment.kind, "")
        return (holiday.starts_on.isoformat(), holiday.key, "")

    grouped = groupby(sorted(cards, key=occasion), key=occasion)
    groups = [list(members) for _key, members in grouped]
    return [(members[0], members) for members in groups]


def palettes_of(cards: list[EditionCard]) -> str:
    """The query of the stylesheet with the colours of these; empty when none has its own."""
    own = [card.assortment for card in cards if card.assortment.ground]
    slugs = ",".join(row.slug for row in own)
    return f"of={slugs}&v={sum(row.version for row in own)}" if own else ""


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """`/editions/<slug>/`: an edition with its pieces. Drafts show to those who fill the brand's shelves."""
    now = timezone.now()
    row = get_object_or_404(Assortment.objects.select_related("brand", "holiday"), slug=slug)
    draft = row.published_at is None or row.published_at > now
    if draft and not keeps_shop(request.user, row.brand):
        raise Http404
    [card] = whats_left.edition_cards(Assortment.objects.filter(pk=row.pk), now=now)
    pieces = whats_left.piece_cards(row, currency=settings.DEFAULT_CURRENCY)
    context = {
        "edition": row,
        "card": card,
        "draft": draft,
        "pieces": pieces,
        "stage": whats_left.stage(row, free=sum(piece.left.free for piece in pieces), now=now),
        "shows": queries.event_cards(whats_left.shows_of(row, now=now).order_by("-starts_at")[:MOST_SHOWS]),
        "palettes": palettes_of([card]),
    }
    return render(request, "events/edition.html", context)


@require_safe
def palettes(request: HttpRequest) -> HttpResponse:
    """The colours of `?of=<slug>,<slug>` as a stylesheet, since no page carries style attributes."""
    slugs = request.GET.get("of", "").split(",")[: MOST_COMING + MOST_PAST]
    rows = Assortment.objects.filter(slug__in=slugs).exclude(ground="").order_by("slug")
    answer = HttpResponse("\n".join(map(_rule, rows)), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={PALETTE_AGE}"
    return answer


def _rule(row: Assortment) -> str:
    # The domain lets only colours in; a row from elsewhere must not write our styles either.
    if not (HEX.fullmatch(row.ground) and HEX.fullmatch(row.ink)):
        return ""
    rule = '[data-edition="%s"] { --festival-ground: %s; --festival-writing: %s; }'
    return rule % (row.slug, row.ground, row.ink)


@require_safe
def product_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the product's page: the edition the piece belongs to. 404 when there is none."""
    piece = _public_piece(slug, timezone.now())
    cards = whats_left.piece_cards(piece.assortment, currency=settings.DEFAULT_CURRENCY)
    card = next((one for one in cards if one.piece.pk == piece.pk), None)
    if card is None:
        raise Http404
    return render(request, "events/edition_fragment.html", {"edition": piece.assortment, "piece": card})


def _public_piece(slug: str, now: datetime) -> AssortmentPiece:
    pieces = AssortmentPiece.objects.select_related("assortment__brand", "assortment__holiday", "product")
    return get_object_or_404(pieces, product__slug=slug, assortment__published_at__lte=now)
