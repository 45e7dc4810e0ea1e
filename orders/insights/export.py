"""Orders and results as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orders.insights.compare import Pair
from orders.models import Attribution, Order

HEAD = (
    "order", "placed_at", "brand", "state", "rehearsal", "sku", "name", "quantity", "kind", "reason",
    "event", "host", "seconds_since_pin", "rule", "amount_minor", "currency",
)  # fmt: skip
RESULTS_HEAD = (
    "holiday", "market", "day", "day_last_year", "measure", "unit", "currency", "this_year", "last_year",
    "change_basis_points",
)  # fmt: skip
# More would not open in a spreadsheet, and one request must not take all memory.
MOST = 50_000
# What a spreadsheet would read as a formula when it comes first.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(orders: QuerySet[Order]) -> Iterator[str]:
    """The ledger of `orders` as CSV lines, oldest order first; a last line says so when there are more."""
    rows = Attribution.objects.filter(line__order__in=orders.order_by().values("pk"))
    related = rows.select_related("line__order__brand", "event", "host")
    yield _line(HEAD)
    for row in related.order_by("line__order", "pk")[:MOST].iterator(chunk_size=500):
        yield _line(_cells(row))
    if rows[MOST : MOST + 1].exists():
        yield _line([_("Only the first %d rows. Choose an event or a state to see the others.") % MOST])


def results_csv(pairs: Iterable[Pair]) -> Iterator[str]:
    """One row per holiday and measure; an empty cell is what nobody counted, amounts are minor units."""
    yield _line(RESULTS_HEAD)
    for pair in pairs:
        place = (pair.key, pair.market, pair.day, pair.last_day)
        for each in pair.lines:
            values = (each.now, each.last, each.change)
            yield _line([*place, each.key, each.kind.value, each.currency, *values])


def inert(value: object) -> str:
    """The text of a cell, prefixed where a spreadsheet would calculate it; whole numbers stay numbers."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int) else text


def _cells(row: Attribution) -> tuple[object, ...]:
    line, order = row.line, row.line.order
    return (
        order.public_id, order.placed_at.isoformat(), order.brand.name, order.state, order.rehearsal,
        line.sku, line.name, line.quantity, row.kind, row.reason,
        row.event.slug if row.event else "", row.host.name if row.host else "",
        row.seconds_since_pin, row.rule, row.amount, row.currency,
    )  # fmt: skip


def _line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([inert(cell) for cell in cells])
    return text.getvalue()
