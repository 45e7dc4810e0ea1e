"""The pages of products and brands."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.models import Brand, Product
from catalog.queries import product_cards


@require_safe
def product_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One product: pictures, price, variants with what is left, story and facts."""
    product = get_object_or_404(Product.objects.on_sale().select_related("brand"), slug=slug)
    [card] = product_cards([product], currency=settings.DEFAULT_CURRENCY)
    return render(request, "catalog/product.html", {"product": product, "card": card})


@require_safe
def brand_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A brand: its story and what it sells."""
    brand = get_object_or_404(Brand, slug=slug)
    cards = product_cards(brand.products.on_sale(), currency=settings.DEFAULT_CURRENCY)
    return render(request, "catalog/brand.html", {"brand": brand, "cards": cards})
