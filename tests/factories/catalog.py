"""Brands, products, variants and stock for tests."""

from itertools import count
from typing import Any

from accounts.codes import new_public_id
from accounts.enums import Role
from catalog.enums import ProductState
from catalog.models import Brand, Hold, Membership, Price, Product, ProductImage, Stock, Variant

_number = count(1)


def make_brand(**over: Any) -> Brand:
    n = next(_number)
    return Brand.objects.create(
        **{"slug": f"brand-{n}", "name": f"Brand {n}", "country": "FR", "legal_name": f"Brand {n} SARL"}
        | over
    )


def make_member(user: Any, brand: Brand, role: Role = Role.PRODUCER) -> Membership:
    """Give `user` one role at `brand`."""
    return Membership.objects.create(user=user, brand=brand, role=role)


def make_product(**over: Any) -> Product:
    """A product on sale, of a brand of its own unless `brand` is given."""
    n = next(_number)
    brand = over.pop("brand", None) or make_brand()
    fields = {
        "slug": f"product-{n}",
        "name": f"Product {n}",
        "category": "silk",
        "state": ProductState.ACTIVE,
    }
    return Product.objects.create(brand=brand, **fields | over)


def make_variant(*, price: int | None = 12_500, currency: str = "EUR", **over: Any) -> Variant:
    """A variant priced in one currency (`price=None`: unpriced), of a product of its own unless given."""
    product = over.pop("product", None) or make_product()
    variant = Variant.objects.create(product=product, **{"sku": f"SKU-{next(_number)}"} | over)
    if price is not None:
        Price.objects.create(variant=variant, currency=currency, amount=price)
    return variant


def make_stocked_variant(
    *, on_hand: int = 10, price: int = 12_500, currency: str = "EUR", **over: Any
) -> Variant:
    """A variant with a price and `on_hand` pieces; `held` and `sold` may be given too."""
    counts = {name: over.pop(name, 0) for name in ("held", "sold")}
    variant = make_variant(price=price, currency=currency, **over)
    Stock.objects.create(variant=variant, on_hand=on_hand, **counts)
    return variant


def make_image(product: Product, **over: Any) -> ProductImage:
    """A picture row whose renditions name files that need not exist."""
    name = new_public_id()
    renditions = [
        {"format": kind, "width": width, "height": width * 5 // 4, "path": f"pictures/{name}-{width}.{kind}"}
        for kind in ("avif", "webp", "jpeg")
        for width in (320, 640)
    ]
    fields = {"alt": "A piece on paper", "width": 640, "height": 800, "renditions": renditions}
    return ProductImage.objects.create(product=product, **fields | over)


def stock_of(variant: Variant) -> tuple[int, int, int]:
    """(on hand, held, sold) as the database has them now."""
    stock = Stock.objects.get(variant=variant)
    return stock.on_hand, stock.held, stock.sold


def states_of(variant: Variant) -> list[str]:
    """The states of all holds of the variant, oldest first."""
    return list(Hold.objects.filter(variant=variant).order_by("pk").values_list("state", flat=True))
