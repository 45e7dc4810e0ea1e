"""Products from a sheet: first a report of every row, then all right rows or nothing.

A row is a variant, known by its SKU; rows with the same `slug` (or, where that is empty, the same name) are
variants of one product. An empty cell leaves what is there, a dash empties it. The report is worked out from
the database as it is; applying works it out again and writes what is right, so that doing it twice changes
nothing the second time.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.domain.entries import Entry, entry_of
from catalog.domain.goods import Goods, Known
from catalog.domain.pricing import set_price
from catalog.domain.products import add_variant, create_product
from catalog.domain.sheet import read_sheet
from catalog.domain.stock import set_on_hand
from catalog.enums import RowState
from catalog.errors import CatalogError
from catalog.models import Brand, Product, Variant


@dataclass(frozen=True)
class Change:
    """One value a row changes, as people read it; `before` is empty where there was nothing."""

    column: str
    before: str
    after: str


@dataclass
class Line:
    """One row's part of the report."""

    entry: Entry
    goods: Goods
    state: RowState = RowState.SAME
    changes: list[Change] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def refuse(self, problem: str) -> None:
        self.problems.append(problem)
        self.state, self.changes = RowState.WRONG, []


@dataclass(frozen=True)
class Report:
    """What a sheet would do, or did (`applied`)."""

    lines: list[Line]
    applied: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Rows by state, every state named."""
        states = [line.state for line in self.lines]
        return {state.value: states.count(state) for state in RowState}

    @property
    def is_right(self) -> bool:
        return not self.counts[RowState.WRONG]


def check(brand: Brand, data: bytes) -> Report:
    """What the sheet would do to the shelves of `brand`; writes nothing. BadSheet when it cannot be read."""
    entries = [entry_of(row) for row in read_sheet(data)]
    checking = _Checking(Known(brand, entries))
    return Report([checking.line(entry) for entry in entries])


def apply(brand: Brand, data: bytes, *, whole: bool, now: datetime) -> Report:
    """Write the sheet: every right row, or (`whole`) nothing unless all rows are right.

    One transaction. What another person changed since the check is met by checking again; a row refused while
    it is being written counts as wrong. BadSheet as `check`.
    """
    with transaction.atomic():
        report = check(brand, data)
        if whole and not report.is_right:
            return report
        writing = _Writing(brand, now)
        for line in report.lines:
            if line.state in {RowState.NEW, RowState.CHANGED}:
                writing.write(line)
        if whole and not report.is_right:
            transaction.set_rollback(True)
            return report
    return replace(report, applied=True)


class _Checking:
    """Goes through the rows in order: a row may contradict one above it."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.rows_of_sku: dict[str, int] = {}
        # What the sheet said of a product: field -> (value, row).
        self.told: dict[str, dict[str, tuple[Any, int]]] = {}
        # New products: those whose first row is right, and the row that is not.
        self.begun: set[str] = set()
        self.unfinished: dict[str, int] = {}

    def line(self, entry: Entry) -> Line:
        goods = self.known.goods(entry)
        line = Line(entry, goods, problems=[*entry.problems, *self._twice(entry), *goods.problems])
        line.problems += self._contradictions(entry, goods) or _ends_before_it_begins(entry, goods.product)
        if not line.problems:
            self._compare(line)
        if line.problems:
            line.state, line.changes = RowState.WRONG, []
            self.unfinished.setdefault(goods.key, entry.number)
        else:
            self.begun.add(goods.key)
        return line

    def _twice(self, entry: Entry) -> list[str]:
        first = self.rows_of_sku.setdefault(entry.sku, entry.number)
        if first == entry.number or not entry.sku:
            return []
        return [_("Row %(row)d has this SKU, too. Keep one of the two.") % {"row": first}]

    def _contradictions(self, entry: Entry, goods: Goods) -> list[str]:
        told, found = self.told.setdefault(goods.key, {}), []
        for name, value in entry.product.items() if goods.key else ():
            before, row = told.setdefault(name, (value, entry.number))
            if before != value:
                found.append(
                    _("“%(column)s”: row %(row)d says something else of the same product.")
                    % {"column": name, "row": row}
                )
        return found

    def _compare(self, line: Line) -> None:
        goods = line.goods
        if goods.product is None:
            self._new_product(line)
        line.changes = [
            Change(column, before, after)
            for column, before, after in goods.differences(line.entry)
            if not self._already_told(line.entry, goods, column)
        ]
        if goods.variant is None:
            line.state = RowState.NEW
        elif line.changes:
            line.state = RowState.CHANGED

    def _new_product(self, line: Line) -> None:
        """Its first row has to name it; without that one, the others have no product."""
        if line.goods.key in self.begun:
            return
        if row := self.unfinished.get(line.goods.key):
            line.problems.append(_("Put row %(row)d right first: it begins this product.") % {"row": row})
            return
        told = self.told[line.goods.key]
        missing = [name for name in ("name", "category") if name not in told]
        line.problems += [_("“%(column)s”: a new product needs one.") % {"column": name} for name in missing]

    def _already_told(self, entry: Entry, goods: Goods, column: str) -> bool:
        """Whether a row above changed the product this way already."""
        _value, row = self.told[goods.key].get(column, ("", entry.number))
        return column in entry.product and row != entry.number


class _Writing:
    """Writes right lines one by one, each in a savepoint."""

    def __init__(self, brand: Brand, now: datetime) -> None:
        self.brand, self.now = brand, now
        self.begun: dict[str, Product] = {}

    def write(self, line: Line) -> None:
        try:
            with transaction.atomic():
                self._write(line.entry, line.goods)
        except CatalogError as refusal:
            line.refuse(str(refusal))
        except IntegrityError:
            line.refuse(_("Somebody else wrote this SKU at the same moment. Check the file again."))
        if line.state == RowState.WRONG and line.goods.product:
            line.goods.product.refresh_from_db()

    def _write(self, entry: Entry, goods: Goods) -> None:
        product = goods.product or self.begun.get(goods.key)
        if product is None:
            product = self._begin(entry)
        else:
            _save(product, entry.product)
        variant = goods.variant or add_variant(
            product, sku=entry.sku, options=entry.options or {}, on_hand=entry.stock or 0, now=self.now
        )
        if goods.variant:
            self._change(variant, entry, goods)
        for currency, amount in entry.prices.items():
            if goods.prices.get(currency) != amount:
                set_price(variant, amount=amount, currency=currency, now=self.now)
        self.begun[goods.key] = product

    def _begin(self, entry: Entry) -> Product:
        if not {"name", "category"} <= entry.product.keys():
            raise CatalogError(_("The row that begins this product was refused."))
        return create_product(self.brand, slug=entry.slug, **entry.product)

    def _change(self, variant: Variant, entry: Entry, goods: Goods) -> None:
        if entry.options is not None and entry.options != variant.options:
            variant.options = entry.options
            variant.save(update_fields=["options"])
        if entry.stock is not None and entry.stock != goods.on_hand:
            set_on_hand(variant, on_hand=entry.stock, now=self.now)


def _save(product: Product, told: dict[str, Any]) -> None:
    changed = [name for name, value in told.items() if getattr(product, name) != value]
    for name in changed:
        setattr(product, name, told[name])
    if changed:
        product.save(update_fields=changed)


def _ends_before_it_begins(entry: Entry, product: Product | None) -> list[str]:
    begins, ends = (
        entry.product.get(name, getattr(product, name, None))
        for name in ("available_from", "available_until")
    )
    if begins is None or ends is None or begins < ends:
        return []
    return [_("“available_until”: the sale has to end after it begins.")]
