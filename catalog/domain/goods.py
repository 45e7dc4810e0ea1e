"""What of a sheet is on the shelves already, found with a handful of queries however many rows there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from catalog.domain import cells
from catalog.domain.entries import Entry
from catalog.models import Brand, Product, Variant
from catalog.money import Money

# SQLite takes a thousand values in one question.
AT_ONCE = 500

Difference = tuple[str, str, str]


@dataclass
class Goods:
    """The product and the variant a row speaks of, as far as they are there, and why it may not."""

    key: str
    product: Product | None = None
    variant: Variant | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def prices(self) -> dict[str, int]:
        """Minor units by currency."""
        return {p.currency: p.amount for p in self.variant.prices.all()} if self.variant else {}

    @property
    def on_hand(self) -> int | None:
        """Pieces counted; None when they never were."""
        stock = getattr(self.variant, "stock", None)
        return stock.on_hand if stock else None

    @property
    def promised(self) -> int:
        """Pieces held or sold: the count cannot be less."""
        stock = getattr(self.variant, "stock", None)
        return stock.held + stock.sold if stock else 0

    def differences(self, entry: Entry) -> Iterator[Difference]:
        """(column, before, after) of everything the row changes, as people read it."""
        for name, value in entry.product.items():
            yield from _difference(name, getattr(self.product, name, None), value)
        if entry.options is not None:
            before = self.variant.options if self.variant else {}
            yield from _difference("options", before, entry.options)
        if entry.stock is not None:
            yield from _difference("stock", self.on_hand, entry.stock)
        for currency, amount in entry.prices.items():
            yield from _difference(f"price_{currency}", self._price(currency), Money(amount, currency))

    def _price(self, currency: str) -> Money | None:
        amount = self.prices.get(currency)
        return None if amount is None else Money(amount, currency)


class Known:
    """The rows' products and variants, by SKU, address and name."""

    def __init__(self, brand: Brand, entries: Iterable[Entry]) -> None:
        rows = list(entries)
        self.brand = brand
        shelf = Variant.objects.select_related("product", "stock").prefetch_related("prices")
        self.variants = {
            v.sku: v for part in _parts({row.sku for row in rows}) for v in shelf.filter(sku__in=part)
        }
        # One object per product, however many rows and ways lead to it.
        self._products = {v.product_id: v.product for v in self.variants.values()}
        for variant in self.variants.values():
            variant.product = self._products[variant.product_id]
        self._by_slug = {
            p.slug: p for p in self._found("slug", {row.slug for row in rows}, Product.objects.all())
        }
        own = Product.objects.filter(brand=brand)
        self._by_name: dict[str, list[Product]] = {}
        for product in self._found("name", {row.name for row in rows if not row.slug}, own):
            self._by_name.setdefault(product.name, []).append(product)

    def _found(self, name: str, values: set[str], products: Any) -> Iterator[Product]:
        for part in _parts(values):
            for product in products.filter(**{f"{name}__in": part}):
                yield self._products.setdefault(product.pk, product)

    def goods(self, entry: Entry) -> Goods:
        """What the row is about. `problems` when it is another brand's, or nobody can tell which."""
        if variant := self.variants.get(entry.sku):
            return self._of_variant(variant, entry)
        if entry.slug:
            return self._at(entry.slug)
        return self._called(entry.name)

    def _of_variant(self, variant: Variant, entry: Entry) -> Goods:
        product = variant.product
        if product.brand_id != self.brand.pk:
            return Goods("", problems=[_("“sku”: this one is taken. Choose another.")])
        goods = Goods(f"id:{product.pk}", product, variant)
        if entry.slug and entry.slug != product.slug:
            goods.problems.append(
                _("“slug”: this SKU belongs to “%(slug)s” and stays there.") % {"slug": product.slug}
            )
        if entry.stock is not None and entry.stock < goods.promised:
            goods.problems.append(
                _("“stock”: %(promised)d pieces are held or sold; write that or more.")
                % {"promised": goods.promised}
            )
        return goods

    def _at(self, slug: str) -> Goods:
        product = self._by_slug.get(slug)
        if product and product.brand_id != self.brand.pk:
            return Goods("", problems=[_("“slug”: this address is taken. Choose another.")])
        return Goods(f"id:{product.pk}", product) if product else Goods(f"slug:{slug}")

    def _called(self, name: str) -> Goods:
        products = self._by_name.get(name, [])
        if len(products) > 1:
            return Goods(
                "", problems=[_("“slug”: several products have this name. Say which by its address.")]
            )
        return Goods(f"id:{products[0].pk}", products[0]) if products else Goods(f"name:{name}")


def _parts(values: set[str]) -> Iterator[list[str]]:
    wanted = sorted(values - {""})
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


def _difference(column: str, before: Any, after: Any) -> list[Difference]:
    was, becomes = _written(before), _written(after)
    return [(column, was, becomes)] if was != becomes else []


def _written(value: Any) -> str:
    if isinstance(value, Money):
        return f"{value.decimal} {value.currency}"
    if isinstance(value, dict):
        return cells.written_options(value)
    if isinstance(value, datetime):
        return cells.written_moment(value)
    return "" if value is None else str(value)
