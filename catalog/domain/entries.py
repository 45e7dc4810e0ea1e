"""One row of a sheet, read: what it says of a product and of a variant, and what is wrong with its cells."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalog.domain import cells
from catalog.domain.products import TAKEN
from catalog.domain.sheet import PRICE, Row, currency_in
from catalog.domain.stock import MOST_PIECES
from catalog.models import Product

EMPTIED = "-"
MOST_PER_ORDER = 100
MOST_STORY = 10_000
SLUG = re.compile(r"[-a-z0-9_]+", re.ASCII)
# What a dash turns a cell into; other columns cannot be emptied.
EMPTY: dict[str, Any] = {
    "subtitle": "",
    "story": "",
    "options": {},
    "edition_size": None,
    "available_from": None,
    "available_until": None,
}


def _text(name: str, most: int = 0) -> Callable[[str], str]:
    most = most or int(getattr(Product._meta.get_field(name), "max_length", 0))
    return lambda text: _short(text, most)


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text) or text in TAKEN:
        raise ValueError(_("Use small letters, digits and hyphens, as night-garden-scarf."))
    return _text("slug")(text)


def _sku(text: str) -> str:
    return cells.sku(_short(text, 40))


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(_("Shorten it to %(most)d characters.") % {"most": most})
    return text


READERS: dict[str, Callable[[str], Any]] = {
    "sku": _sku,
    "slug": _slug,
    "name": _text("name"),
    "subtitle": _text("subtitle"),
    "category": _text("category"),
    "story": _text("story", MOST_STORY),
    "options": cells.options,
    "stock": lambda text: cells.whole(text, least=0, most=MOST_PIECES),
    "edition_size": lambda text: cells.whole(text, least=1, most=MOST_PIECES),
    "max_per_order": lambda text: cells.whole(text, least=1, most=MOST_PER_ORDER),
    "available_from": cells.moment,
    "available_until": cells.moment,
}
OF_PRODUCT = (
    "name",
    "subtitle",
    "category",
    "story",
    "edition_size",
    "max_per_order",
    "available_from",
    "available_until",
)


@dataclass(frozen=True)
class Entry:
    """A row as values. What a cell left empty is absent from `product` and `prices`, or None."""

    number: int
    sku: str = ""
    slug: str = ""
    product: dict[str, Any] = field(default_factory=dict)
    options: dict[str, str] | None = None
    stock: int | None = None
    # Minor units by currency.
    prices: dict[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The product's name, where the row gives one."""
        return str(self.product.get("name", ""))


def entry_of(row: Row) -> Entry:
    """The row, read; what is wrong is told in `problems`, each beginning with its column."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for column, text in row.cells.items():
        if not text:
            continue
        try:
            values[column] = _value(column, text)
        except ValueError as wrong:
            problems.append(f"“{column}”: {wrong}")
    if not row.cells.get("sku"):
        problems.append(_("“sku”: every row needs one."))
    if row.overflowing:
        problems.append(
            _("There are more cells than columns. Put quotes around text with a comma or semicolon.")
        )
    return Entry(
        row.number,
        sku=values.get("sku", ""),
        slug=values.get("slug", ""),
        product={name: values[name] for name in OF_PRODUCT if name in values},
        options=values.get("options"),
        stock=values.get("stock"),
        prices={currency_in(name): amount for name, amount in values.items() if name.startswith(PRICE)},
        problems=tuple(problems),
    )


def _value(column: str, text: str) -> Any:
    if text == EMPTIED and column in EMPTY:
        return EMPTY[column]
    if column.startswith(PRICE):
        return cells.price(text, currency_in(column))
    return READERS[column](text)
