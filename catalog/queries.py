"""Reads that more than one page needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.urls import reverse

from catalog.blur import blurred
from catalog.models import Brand, Price, Product, ProductImage, Variant

FORMATS = ("avif", "webp", "jpeg")
# The picture a browser without `srcset` loads: wide enough for a phone.
PLAIN_WIDTH = 640
MOST_WORDS = 5

Rendition = dict[str, Any]


def product_cards(products: Iterable[Product], *, currency: str) -> list[dict[str, Any]]:
    """What a card of each product shows, prices in `currency`; four queries however many products."""
    rows = list(products)
    # Within one product: the order of the models would join and sort by the products as well.
    prefetch_related_objects(
        rows,
        "brand",
        Prefetch("images", ProductImage.objects.order_by("position", "pk")),
        Prefetch("variants", Variant.objects.select_related("stock").order_by("position", "pk")),
    )
    priced = Price.objects.filter(variant__product__in=rows, currency=currency).order_by()
    amounts = dict(priced.values_list("variant", "amount"))
    return [_card(product, currency, amounts) for product in rows]


def stocked(brands: QuerySet[Brand], words: str = "") -> QuerySet[Product]:
    """The brands' products, by brand and name, with what `stock_rows` tells of them: those that go by all of
    `words`, in their name or as a SKU; without words all."""
    products = Product.objects.filter(brand__in=brands)
    for word in words.split()[:MOST_WORDS]:
        sold_as = Variant.objects.filter(sku__icontains=word).values("product")
        products = products.filter(Q(name__icontains=word) | Q(pk__in=sold_as))
    return (
        products.select_related("brand")
        .prefetch_related("images", "variants__stock")
        .order_by("brand__name", "name", "pk")
    )


def stock_rows(products: Iterable[Product]) -> list[tuple[Product, ProductImage | None, dict[str, int]]]:
    """Each with its first picture and its pieces, summed over the variants."""
    return [(product, next(iter(product.images.all()), None), _pieces(product)) for product in products]


def _pieces(product: Product) -> dict[str, int]:
    stocks = [variant.stock for variant in product.variants.all() if hasattr(variant, "stock")]
    counts = {name: sum(getattr(stock, name) for stock in stocks) for name in ("held", "sold", "free")}
    return counts | {"variants": len(product.variants.all())}


class Sources(dict[str, Any]):
    """What scripts and the API read, as keys; beside it, for templates alone, the blurred first frame."""

    blur = ""


def files_of(renditions: Iterable[Rendition]) -> list[Rendition]:
    """Those that lie in the storage; the blurred first frame does not."""
    return [rendition for rendition in renditions if "path" in rendition]


def sources(renditions: list[Rendition]) -> Sources:
    """The `srcset` of every format and the plain `src`, as addresses of the default storage."""
    found = {f"srcset_{name}": _srcset(renditions, name) for name in FORMATS}
    jpegs = sorted((r for r in renditions if r["format"] == "jpeg"), key=lambda r: r["width"])
    plain = next((r for r in jpegs if r["width"] >= PLAIN_WIDTH), jpegs[-1] if jpegs else None)
    told = Sources(found, src=default_storage.url(plain["path"]) if plain else "")
    told.blur = next((blurred(one["data"]) for one in renditions if "data" in one), "")
    return told


def _srcset(renditions: list[Rendition], name: str) -> str:
    chosen = sorted((r for r in renditions if r["format"] == name), key=lambda r: r["width"])
    return ", ".join(f"{default_storage.url(r['path'])} {r['width']}w" for r in chosen)


def _card(product: Product, currency: str, amounts: dict[int, int]) -> dict[str, Any]:
    return {
        "id": product.public_id,
        "slug": product.slug,
        "name": product.name,
        "subtitle": product.subtitle,
        "brand": product.brand.name,
        "url": reverse("product", args=[product.slug]),
        "edition": product.edition_size,
        "max_per_order": product.max_per_order,
        "opens_at": _iso(product.available_from),
        "closes_at": _iso(product.available_until),
        "image": _first_image(product),
        "model": model_url(product),
        "variants": _variants(product, currency, amounts),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def _first_image(product: Product) -> dict[str, Any] | None:
    first = next(iter(product.images.all()), None)
    return image_card(first) if first else None


def model_url(product: Product) -> str | None:
    """Where the model in 3D of the product is, if it has one."""
    return default_storage.url(product.model) if product.model else None


def image_card(image: ProductImage) -> dict[str, Any]:
    """One picture as scripts and the API read it."""
    card = sources(image.renditions)
    card.update(
        id=image.public_id, width=image.width, height=image.height, alt=image.alt, colour=image.colour
    )
    return card


def _variants(product: Product, currency: str, amounts: dict[int, int]) -> list[dict[str, Any]]:
    """Those on sale that have a price."""
    sold = (variant for variant in product.variants.all() if variant.active and variant.pk in amounts)
    return [_variant(variant, currency, amounts[variant.pk]) for variant in sold]


def _variant(variant: Variant, currency: str, amount: int) -> dict[str, Any]:
    return {
        "id": variant.public_id,
        "sku": variant.sku,
        "label": variant.label,
        "options": variant.options,
        "amount": amount,
        "currency": currency,
        "free": free_of(variant),
    }


def free_of(variant: Variant) -> int:
    """Pieces of the variant that may still be held; none when it was never counted."""
    return variant.stock.free if hasattr(variant, "stock") else 0
