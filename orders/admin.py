"""The back office of orders: every number can be read, none can be typed over."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin import LookOnly, LookOnlyInline
from catalog.money import Money
from orders.models import (
    Attribution,
    Bag,
    BagLine,
    EditionNumber,
    IdempotencyKey,
    Order,
    OrderLine,
    Payment,
    ProviderEvent,
    Refund,
    RefundLine,
    SandboxCharge,
    SandboxRefund,
    SandboxWebhook,
    ShelfCount,
)


def money(column: str, title: Any, *, currency: str = "currency") -> Callable[[Any, Any], str]:
    """A list column that writes minor units as people read them; `currency` may cross relations with `__`."""

    @admin.display(description=title, ordering=column)
    def written(table: Any, row: Any) -> str:
        code = row
        for step in currency.split("__"):
            code = getattr(code, step)
        return str(Money(getattr(row, column), code))

    return written


class Ledger(LookOnly):
    """A read-only table whose amounts are written as money; `written` names the column that shows each."""

    written: ClassVar[dict[str, str]] = {"amount": "shown_amount"}

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *self.written.values())

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        shown = self.written.values()
        return [
            self.written.get(str(name), name)
            for name in super().get_fields(request, obj)
            if name not in shown
        ]


class OrderLineInline(LookOnlyInline):
    model = OrderLine
    fields = ("name", "sku", "options", "quantity", "shown_unit", "shown_sum", "returned")
    readonly_fields = ("shown_unit", "shown_sum")
    shown_unit = money("unit_amount", _("each"), currency="order__currency")
    shown_sum = money("amount", _("sum"), currency="order__currency")


class PaymentInline(LookOnlyInline):
    model = Payment
    fields = ("provider", "method", "state", "shown_amount", "shown_refunded", "reference", "created_at")
    readonly_fields = ("shown_amount", "shown_refunded")
    shown_amount = money("amount", _("amount"))
    shown_refunded = money("refunded", _("refunded"))


@admin.register(Order)
class OrderAdmin(Ledger):
    written = {
        "lines_amount": "shown_goods",
        "delivery_amount": "shown_delivery",
        "total_amount": "shown_total",
    }
    exclude = ("key", "origin")
    list_display = ("public_id", "brand", "state", "email", "shown_total", "rehearsal", "placed_at")
    list_filter = ("state", "brand", "rehearsal", "currency")
    list_select_related = ("brand",)
    search_fields = ("public_id", "email", "name", "lines__sku")
    date_hierarchy = "placed_at"
    inlines = (OrderLineInline, PaymentInline)
    shown_goods = money("lines_amount", _("goods"))
    shown_delivery = money("delivery_amount", _("delivery"))
    shown_total = money("total_amount", _("total"))


@admin.register(OrderLine)
class OrderLineAdmin(Ledger):
    written = {"unit_amount": "shown_unit", "amount": "shown_sum"}
    list_display = ("order", "name", "sku", "quantity", "shown_sum", "returned")
    list_select_related = ("order",)
    search_fields = ("order__public_id", "name", "sku")
    exclude = ("touch_token",)
    shown_unit = money("unit_amount", _("each"), currency="order__currency")
    shown_sum = money("amount", _("sum"), currency="order__currency")


@admin.register(Attribution)
class AttributionAdmin(Ledger):
    list_display = (
        "at",
        "line",
        "kind",
        "reason",
        "event",
        "host",
        "seconds_since_pin",
        "shown_amount",
        "rule",
    )
    list_filter = ("kind", "reason", "rule", "host")
    list_select_related = ("line", "event", "host")
    search_fields = ("line__order__public_id", "event__title", "host__name", "public_id")
    date_hierarchy = "at"
    exclude = ("touch_token",)
    shown_amount = money("amount", _("amount"))


class RefundLineInline(LookOnlyInline):
    model = RefundLine
    fields = ("line", "quantity", "shown_amount")
    readonly_fields = ("shown_amount",)
    shown_amount = money("amount", _("amount"), currency="refund__payment__currency")


@admin.register(Payment)
class PaymentAdmin(Ledger):
    written = {"amount": "shown_amount", "refunded": "shown_refunded"}
    list_display = ("public_id", "order", "provider", "method", "state", "shown_amount", "shown_refunded")
    list_filter = ("provider", "method", "state", "currency")
    list_select_related = ("order",)
    search_fields = ("public_id", "order__public_id", "reference")
    shown_amount = money("amount", _("amount"))
    shown_refunded = money("refunded", _("refunded"))


@admin.register(Refund)
class RefundAdmin(Ledger):
    list_display = ("public_id", "payment", "state", "shown_amount", "reason", "by", "created_at")
    list_filter = ("state",)
    list_select_related = ("payment", "by")
    search_fields = ("public_id", "payment__order__public_id", "reason")
    inlines = (RefundLineInline,)
    shown_amount = money("amount", _("amount"), currency="payment__currency")


class BagLineInline(LookOnlyInline):
    model = BagLine
    fields = ("variant", "quantity", "added_at")


@admin.register(Bag)
class BagAdmin(LookOnly):
    list_display = ("holder", "currency", "updated_at")
    search_fields = ("holder",)
    inlines = (BagLineInline,)


@admin.register(BagLine)
class BagLineAdmin(LookOnly):
    list_display = ("bag", "variant", "quantity", "added_at")
    list_select_related = ("bag", "variant__product")
    search_fields = ("bag__holder", "variant__sku")
    exclude = ("touch_token",)


@admin.register(RefundLine)
class RefundLineAdmin(Ledger):
    list_display = ("refund", "line", "quantity", "shown_amount")
    list_select_related = ("refund__payment", "line")
    search_fields = ("refund__public_id", "line__order__public_id")
    shown_amount = money("amount", _("amount"), currency="refund__payment__currency")


@admin.register(ProviderEvent)
class ProviderEventAdmin(LookOnly):
    list_display = ("provider", "kind", "event_id", "received_at", "processed_at", "problem")
    list_filter = ("provider", "kind", ("processed_at", admin.EmptyFieldListFilter))
    search_fields = ("event_id", "problem")


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(LookOnly):
    list_display = ("scope", "key", "status", "created_at")
    search_fields = ("scope", "key")
    fields = ("scope", "key", "status", "created_at")


@admin.register(SandboxCharge)
class SandboxChargeAdmin(Ledger):
    written = {"amount": "shown_amount", "refunded": "shown_refunded"}
    list_display = ("reference", "method", "state", "shown_amount", "shown_refunded", "created_at")
    list_filter = ("state", "method", "scenario")
    search_fields = ("reference", "key")
    shown_amount = money("amount", _("amount"))
    shown_refunded = money("refunded", _("refunded"))


@admin.register(SandboxRefund)
class SandboxRefundAdmin(Ledger):
    list_display = ("reference", "charge", "shown_amount", "created_at")
    list_select_related = ("charge",)
    search_fields = ("reference", "key")
    shown_amount = money("amount", _("amount"), currency="charge__currency")


@admin.register(SandboxWebhook)
class SandboxWebhookAdmin(LookOnly):
    list_display = ("event_id", "due_at", "delivered_at", "attempts")
    list_filter = (("delivered_at", admin.EmptyFieldListFilter),)
    search_fields = ("event_id",)


@admin.register(EditionNumber)
class EditionNumberAdmin(LookOnly):
    list_display = ("product", "number", "line", "at", "given_back_at")
    list_select_related = ("product",)


@admin.register(ShelfCount)
class ShelfCountAdmin(LookOnly):
    list_display = ("event", "product", "left", "at")
    list_select_related = ("event", "product")
