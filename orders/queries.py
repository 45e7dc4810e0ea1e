"""Reads that more than one page needs: revenue from the ledger, never from a counter.

Revenue is what the pieces of paid orders cost, delivery apart; rehearsal orders are counted by themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from catalog.models import Stock
from catalog.money import Money
from events.models import Event
from orders.enums import AttributionKind, OrderState
from orders.models import Attribution, Order
from orders.models.attribution import AttributionQuerySet

CREDIT, REVERSAL = Q(kind=AttributionKind.CREDIT), Q(kind=AttributionKind.REVERSAL)


@dataclass(frozen=True, slots=True)
class Revenue:
    """Sums of the ledger in one currency, in minor units; `label` says of what."""

    currency: str
    gross: int = 0
    refunded: int = 0
    orders: int = 0
    pieces: int = 0
    label: str = ""

    @property
    def net(self) -> int:
        return self.gross - self.refunded

    @property
    def money(self) -> dict[str, Money]:
        """The three sums as money, for templates."""
        return {
            "gross": Money(self.gross, self.currency),
            "refunded": Money(self.refunded, self.currency),
            "net": Money(self.net, self.currency),
        }


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pieces of an event's line-up as the stock has them now."""

    held: int
    left: int


@dataclass(frozen=True, slots=True)
class EventSales:
    """All an event sold in its own currency, and what else there is to know of it."""

    total: Revenue
    by_host: list[Revenue]
    by_product: list[Revenue]
    by_reason: list[Revenue]
    unattributed: Revenue | None
    rehearsal: Revenue
    other_currencies: list[Revenue]
    shelf: Shelf


def real(rows: AttributionQuerySet) -> AttributionQuerySet:
    """Without the rehearsal crowd."""
    return rows.filter(line__order__rehearsal=False)


def revenues(rows: AttributionQuerySet, *, by: str | None = None) -> list[Revenue]:
    """Sum ledger rows per currency and, if given, per value of the lookup `by`; largest first."""
    keys = ["currency"] + ([by] if by else [])
    summed = (
        rows.order_by()
        .values(*keys)
        .annotate(
            gross=Coalesce(Sum("amount", filter=CREDIT), 0),
            back=Coalesce(-Sum("amount", filter=REVERSAL), 0),
            orders=Count("line__order", filter=CREDIT, distinct=True),
            pieces=Coalesce(Sum(F("line__quantity") - F("line__returned"), filter=CREDIT), 0),
        )
        .order_by("-gross", *keys)
    )
    return [_revenue(row, by) for row in summed]


def in_currency(sums: Iterable[Revenue], currency: str) -> Revenue:
    """The sum in `currency`, zero when there is none."""
    return next((s for s in sums if s.currency == currency), Revenue(currency))


def event_sales(event: Event, *, host_id: int | None = None) -> EventSales:
    """What the ledger credits to `event`, or to one of its hosts, who is told nothing of the others."""
    rows = Attribution.objects.filter(event=event)
    if host_id is not None:
        rows = rows.filter(host=host_id)
    sales, here = real(rows), real(rows).filter(currency=event.currency)
    everything = revenues(sales)
    return EventSales(
        total=in_currency(everything, event.currency),
        by_host=revenues(here, by="host__name"),
        by_product=revenues(here, by="line__name"),
        by_reason=revenues(here, by="reason"),
        unattributed=None if host_id is not None else _unattributed(event),
        rehearsal=in_currency(revenues(rows.filter(line__order__rehearsal=True)), event.currency),
        other_currencies=[s for s in everything if s.currency != event.currency],
        shelf=shelf_of(event),
    )


def _unattributed(event: Event) -> Revenue:
    return in_currency(revenues(real(unattributed_during(event))), event.currency)


def unattributed_during(event: Event) -> AttributionQuerySet:
    """The brand's rows that name no event, of orders placed while this one was on."""
    hours = (event.went_live_at or event.starts_at, event.ended_at or event.ends_at)
    brands = Attribution.objects.filter(event=None, line__order__brand=event.brand_id)
    return brands.filter(line__order__placed_at__range=hours)


def shelf_of(event: Event) -> Shelf:
    """Held and free pieces of everything in the line-up."""
    stock = Stock.objects.filter(variant__product__in=event.lineup.values("product"))
    sums = stock.aggregate(
        kept=Coalesce(Sum("held"), 0), free=Coalesce(Sum(F("on_hand") - F("held") - F("sold")), 0)
    )
    return Shelf(held=sums["kept"], left=sums["free"])


def ledger_of(event: Event, *, host_id: int | None = None) -> AttributionQuerySet:
    """The event's ledger, newest first; the host sees the very rows the brand sees."""
    rows = Attribution.objects.filter(event=event)
    if host_id is not None:
        rows = rows.filter(host=host_id)
    related = ("line__order", "host", "pin", "touch", "refund", "event")
    return rows.select_related(*related).order_by("-at", "-pk")


def brand_orders(brands: QuerySet[Any], *, event: str = "", state: str = "") -> QuerySet[Order]:
    """Orders of `brands`, newest first, of one event's credit (slug) or state if given."""
    orders = Order.objects.filter(brand__in=brands).select_related("brand")
    if event:
        credited = Attribution.objects.filter(event__slug=event).values("line__order")
        orders = orders.filter(pk__in=credited)
    if state in OrderState.values:
        orders = orders.filter(state=state)
    return orders


def revenue_of(orders: QuerySet[Order]) -> list[Revenue]:
    """Gross, refunded and net of these orders per currency, rehearsal apart."""
    return revenues(real(Attribution.objects.filter(line__order__in=orders.order_by().values("pk"))))


def refunded_goods(orders: list[Order]) -> dict[int, int]:
    """Minor units of goods refunded, per order row."""
    rows = Attribution.objects.filter(line__order__in=orders, kind=AttributionKind.REVERSAL)
    sums = rows.order_by().values("line__order").annotate(back=-Sum("amount"))
    return {row["line__order"]: row["back"] for row in sums}


def _revenue(row: dict[str, Any], by: str | None) -> Revenue:
    label = str(row[by] or "") if by else ""
    return Revenue(row["currency"], row["gross"], row["back"], row["orders"], row["pieces"], label)
