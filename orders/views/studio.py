"""Orders for brand staff: the list, one order with its evidence, refunds, an event's sales, the export."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.viewers import signed_in, viewer_of
from catalog.money import Money
from catalog.rules import has_role, is_staff_of_any
from events.models import Event
from livechat.domain.touches import read_touch
from orders.domain.editions import numbers_of_lines
from orders.domain.refunds import refund_order, refundable
from orders.enums import OrderState, RefundState
from orders.forms import RefundForm, whole
from orders.insights.export import csv_of
from orders.models import Attribution, Order
from orders.queries import brand_orders, event_sales, refunded_goods, revenue_of
from orders.rules import can_read_orders, can_read_sales, can_refund, own_part, read_brands
from orders.views.common import act_once, fresh_key, request_key, tell


@login_required
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """The orders of the person's brands, by event and state, with gross, refunded and net."""
    brands = read_brands(request.user)
    if not brands.exists():
        raise PermissionDenied
    event, state = request.GET.get("event", ""), request.GET.get("state", "")
    found = brand_orders(brands, event=event, state=state)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    back = refunded_goods(list(page.object_list))
    rows = [_row(found_order, back.get(found_order.pk, 0)) for found_order in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "sums": revenue_of(found),
        "events": Event.objects.filter(brand__in=brands).order_by("-starts_at")[:60],
        "states": OrderState.choices,
        "event": event,
        "state": state,
        "rehearsals": found.filter(rehearsal=True).count(),
    }
    return render(request, "orders/studio_orders.html", context)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV, one row per line, inert in spreadsheets."""
    brands = read_brands(request.user)
    if not brands.exists():
        raise PermissionDenied
    found = brand_orders(brands, event=request.GET.get("event", ""), state=request.GET.get("state", ""))
    # Not streamed: an ASGI server would collect a synchronous iterator all the same.
    answer = HttpResponse("".join(csv_of(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="orders.csv"'
    return answer


@login_required
@require_safe
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    """One order, line by line with the evidence its credit rests on."""
    found = staff_order(request, public_id)
    return render(request, "orders/studio_order.html", _order_context(request, found))


@login_required
@require_POST
def refund(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give money back: pieces by line, or everything that is left."""
    found, form, now = staff_order(request, public_id), RefundForm(request.POST), timezone.now()
    if not can_refund(request.user, found):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, _("Say why the money goes back."))
        return redirect("studio-order", public_id)
    given, route = form.cleaned_data, f"refund {public_id}"

    def work() -> str:
        refund_order(
            found,
            pieces=None if given["everything"] else _pieces(request),
            delivery=given["delivery"],
            reason=given["reason"],
            by=signed_in(request.user),
            key=request_key(viewer_of(request), route, given["key"]),
            now=now,
        )
        return reverse("studio-order", args=[public_id])

    answer = act_once(request, route, work=work, now=now)
    if isinstance(answer, HttpResponse):
        messages.success(request, _("The refund is booked."))
        return answer
    tell(request, answer)
    return redirect("studio-order", public_id)


@login_required
@require_safe
def of_event(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the event's studio page: what it sold, by host and by product."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    require_sales(request, event)
    sales = event_sales(event, host_id=own_part(request.user, event))
    return render(request, "orders/_sales.html", {"event": event, "sales": sales})


def staff_order(request: HttpRequest, public_id: str) -> Order:
    """The order, for readers of its brand. Other brands' orders are 404, one's own without the role 403."""
    found = get_object_or_404(Order.objects.select_related("brand", "user"), public_id=public_id)
    if can_read_orders(request.user, found.brand):
        return found
    if has_role(request.user, found.brand):
        raise PermissionDenied
    raise Http404


def require_sales(request: HttpRequest, event: Event) -> None:
    """404 to other brands and strangers, 403 to staff of the brand without the role."""
    if can_read_sales(request.user, event):
        return
    if has_role(request.user, event.brand) or not is_staff_of_any(request.user):
        raise PermissionDenied
    raise Http404


def _order_context(request: HttpRequest, found: Order) -> dict[str, object]:
    rows = Attribution.objects.filter(line__order=found).select_related(
        "line", "event", "host", "pin", "touch", "refund"
    )
    evidence = [{"row": row, "verified": _verifies(row)} for row in rows]
    return {
        "order": found,
        "lines": found.lines.prefetch_related(numbers_of_lines()).order_by("pk"),
        "payments": found.payments.order_by("pk"),
        "refunds": [r for p in found.payments.all() for r in p.refunds.select_related("by")],
        "evidence": evidence,
        "refundable": refundable(found),
        "may_refund": can_refund(request.user, found),
        "form": RefundForm(initial={"key": fresh_key()}),
        "pending": RefundState.PENDING,
    }


def _row(found: Order, back: int) -> dict[str, object]:
    refunded = Money(back, found.currency)
    return {"order": found, "refunded": refunded, "net": found.goods - refunded}


def _verifies(row: Attribution) -> bool:
    return bool(row.touch_token) and read_touch(row.touch_token) is not None


def _pieces(request: HttpRequest) -> dict[str, int]:
    given = {k.removeprefix("pieces-"): str(v) for k, v in request.POST.items() if k.startswith("pieces-")}
    return {k: pieces for k, v in given.items() if (pieces := whole(v))}
