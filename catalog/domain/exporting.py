"""The shelves of a brand as the sheet that `importing` takes back unchanged."""

from collections.abc import Iterable

from django.conf import settings

from catalog.domain import cells
from catalog.domain.sheet import COLUMNS, PRICE, write_sheet
from catalog.models import Brand, Product, Variant

EXAMPLE = {
    "sku": "SILK-90-NIGHT",
    "slug": "night-garden-scarf",
    "name": "Night Garden scarf",
    "subtitle": "Silk twill, 90 × 90 cm",
    "category": "silk",
    "story": "Drawn in one evening, printed over nine days.",
    "options": "Size: 90; Colour: Night",
    "stock": "40",
    "edition_size": "88",
    "max_per_order": "2",
    "available_from": "2026-12-01 10:00 Europe/Paris",
    "available_until": "2026-12-24 18:00 Europe/Paris",
}


def template() -> bytes:
    """The columns with one row that shows how to fill them."""
    prices = {f"{PRICE}{settings.DEFAULT_CURRENCY}": "390"}
    return write_sheet([*COLUMNS, *prices], [EXAMPLE | prices])


def export(brand: Brand) -> bytes:
    """Every variant of the brand, products by name; four queries however many there are."""
    variants = list(
        Variant.objects.filter(product__brand=brand)
        .select_related("product", "stock")
        .prefetch_related("prices")
        .order_by("product__name", "product", "position", "pk")
    )
    currencies = sorted({price.currency for variant in variants for price in variant.prices.all()})
    columns = [*COLUMNS, *(f"{PRICE}{currency}" for currency in currencies or [settings.DEFAULT_CURRENCY])]
    return write_sheet(columns, _rows(variants))


def _rows(variants: Iterable[Variant]) -> Iterable[dict[str, str]]:
    for variant in variants:
        stock = getattr(variant, "stock", None)
        prices = {f"{PRICE}{price.currency}": str(price.money.decimal) for price in variant.prices.all()}
        yield (
            _product(variant.product)
            | prices
            | {
                "sku": variant.sku,
                "options": cells.written_options(variant.options),
                "stock": str(stock.on_hand) if stock else "",
            }
        )


def _product(product: Product) -> dict[str, str]:
    return {
        "slug": product.slug,
        "name": product.name,
        "subtitle": product.subtitle,
        "category": product.category,
        "story": product.story,
        "edition_size": str(product.edition_size or ""),
        "max_per_order": str(product.max_per_order),
        "available_from": cells.written_moment(product.available_from),
        "available_until": cells.written_moment(product.available_until),
    }
