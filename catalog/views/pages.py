"""What everybody sees: a product, a brand."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import Brand, Product
from catalog.money import Money
from catalog.queries import model_url, product_cards
from catalog.templatetags.shelf import window_text

MORE = 4  # other pieces at the foot of a product
ON_A_PAGE = 24  # of a brand's shelf: six rows of four on a desk
MOST_IN_A_LIST = 12  # nobody scrolls through more quantities


@require_safe
def product_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One product: pictures, price, variants with what is left, story and facts."""
    product = get_object_or_404(Product.objects.on_sale().select_related("brand"), slug=slug)
    others = product.brand.products.on_sale().exclude(pk=product.pk)[:MORE]
    card, *more = product_cards([product, *others], currency=settings.DEFAULT_CURRENCY)
    context = {
        "product": product,
        "images": list(product.images.all()),
        "card": card,
        "more": [with_price(other) for other in more],
        "quantities": range(1, min(product.max_per_order, MOST_IN_A_LIST) + 1),
        **offer(card),
        "window": window_of(product, timezone.now()),
    }
    return render(request, "catalog/product.html", context)


@require_safe
def closer(request: HttpRequest, slug: str) -> HttpResponse:
    """The same piece as a part of another page: the sheet of a room. It says nothing that changes."""
    product = get_object_or_404(Product.objects.on_sale().prefetch_related("images"), slug=slug)
    context = {
        "product": product,
        "images": list(product.images.all()),
        "card": {"model": model_url(product)},
    }
    return render(request, "catalog/closer.html", context)


@require_safe
def brand_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A brand: its story and what it sells, a page of the shelf at a time."""
    brand = get_object_or_404(Brand, slug=slug)
    page = Paginator(brand.products.on_sale().order_by("name", "pk"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    cards = [with_price(card) for card in product_cards(page, currency=settings.DEFAULT_CURRENCY)]
    context = {"brand": brand, "page": page, "cards": cards, "windows": [window_text(card) for card in cards]}
    return render(request, "catalog/brand.html", context)


def window_of(product: Product, now: datetime) -> str:
    """Where `now` lies in the days the product is sold in: `before`, `after`, or empty while it is sold."""
    if product.opens_after(now):
        return "before"
    return "after" if product.closed_by(now) else ""


def offer(card: dict[str, Any]) -> dict[str, Any]:
    """The variants of a card as the buying form shows them; the first that is left is chosen."""
    variants = [row | {"price": Money(row["amount"], row["currency"])} for row in card["variants"]]
    chosen = next((row for row in variants if row["free"]), variants[0] if variants else None)
    return {
        "variants": variants,
        "chosen": chosen,
        "several_prices": len({row["amount"] for row in variants}) > 1,
        "gone": not any(row["free"] for row in variants),
    }


def with_price(card: dict[str, Any]) -> dict[str, Any]:
    """A card with its lowest price, whether there are higher ones, and the pieces left in all."""
    amounts = [row["amount"] for row in card["variants"]]
    lowest = min(card["variants"], key=lambda row: row["amount"], default=None)
    return card | {
        "price": Money(lowest["amount"], lowest["currency"]) if lowest else None,
        "several_prices": len(set(amounts)) > 1,
        "free": sum(row["free"] for row in card["variants"]),
    }
