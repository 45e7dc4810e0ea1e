"""Products and variants: making them, and putting them on sale."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.codes import new_public_id
from catalog.domain.stock import counted, lock_edition, set_on_hand
from catalog.enums import ProductState
from catalog.errors import EditionFull, NotSellable
from catalog.models import Brand, Price, Product, Variant
from catalog.signals import edition_resized

SLUG_LENGTH = 80
SUFFIX_LENGTH = 5
# /studio/products/new/ is the empty form, import/ and export/ are sheets
TAKEN = {"new", "import", "export", "template"}


def create_product(brand: Brand, *, name: str, category: str, slug: str = "", **fields: Any) -> Product:
    """A draft of `brand` at `slug`, or at an address made from its name."""
    return Product.objects.create(
        brand=brand, slug=slug or free_slug(name), name=name, category=category, **fields
    )


def free_slug(name: str) -> str:
    """An address made from `name` that no product has yet."""
    wanted = slugify(name)[:SLUG_LENGTH] or new_public_id().lower()
    if wanted not in TAKEN and not Product.objects.filter(slug=wanted).exists():
        return wanted
    suffix = new_public_id()[:SUFFIX_LENGTH].lower()
    return f"{wanted[: SLUG_LENGTH - SUFFIX_LENGTH - 1]}-{suffix}"


def change_state(product: Product, *, to: ProductState) -> Product:
    """Move a product between draft, on sale and archived. NotSellable without a variant that has a price."""
    if to == ProductState.ACTIVE and not _sellable(product):
        raise NotSellable
    product.state = to
    product.save(update_fields=["state"])
    return product


def _sellable(product: Product) -> bool:
    return Price.objects.filter(variant__product=product, variant__active=True).exists()


@transaction.atomic
def resize_edition(product: Product, *, size: int | None) -> Product:
    """Number the product from 1 to `size`, or with None not at all.

    EditionFull when more pieces are counted, sold ones included; what buyers hold may refuse too.
    """
    fresh = lock_edition(product.pk)
    if size == fresh.edition_size:
        return product
    if size is not None and (pieces := counted(fresh)) > size:
        raise EditionFull(
            _("%(pieces)s pieces are counted, sold ones included. Count fewer first, or number up to that.")
            % {"pieces": pieces}
        )
    edition_resized.send(sender=Product, product=fresh, size=size)
    Product.objects.filter(pk=product.pk).update(edition_size=size)
    product.edition_size = size
    return product


@transaction.atomic
def add_variant(
    product: Product, *, sku: str, options: dict[str, str], on_hand: int, now: datetime
) -> Variant:
    """A variant at the end of the list with its pieces counted."""
    position = Variant.objects.filter(product=product).count()
    variant = Variant.objects.create(product=product, sku=sku, options=options, position=position)
    set_on_hand(variant, on_hand=on_hand, now=now)
    return variant
