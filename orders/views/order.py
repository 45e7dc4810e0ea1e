"""The order's page: a letter with a receipt in it; paying again, cancelling; the buyer's list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.viewers import signed_in, viewer_of
from orders.domain.closing import cancel_order
from orders.domain.editions import numbers_of_lines
from orders.domain.letters import link_fits
from orders.domain.payments import settle_if_due, start_payment
from orders.enums import OrderState
from orders.forms import PayForm
from orders.models import Order
from orders.payments import registry
from orders.views.common import OPENED, act_once, fresh_key, own_order, request_key, tell


@never_cache
@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """One order, for its buyer. A letter's link opens it and is then gone from the address bar."""
    if "key" in request.GET:
        return _open_by_link(request, public_id)
    order, now = own_order(request, public_id), timezone.now()
    settle_if_due(order, now=now)
    order.refresh_from_db()
    payment = order.payments.order_by("pk").last()
    context = {
        "order": order,
        "lines": order.lines.prefetch_related(numbers_of_lines()).order_by("pk"),
        "payment": payment,
        "refunds": [r for p in order.payments.all() for r in p.refunds.all()],
        "may_pay": order.state == OrderState.OPEN and order.pay_until > now,
        "methods": registry.methods(),
        "pay_form": PayForm(initial={"key": fresh_key()}),
        "cancel_key": fresh_key(),
    }
    return render(request, "orders/order.html", context)


@never_cache
@require_safe
def back_from_provider(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where a provider's page returns to: ask what became of the payment, if it is time to."""
    settle_if_due(own_order(request, public_id), now=timezone.now())
    return redirect("order", public_id)


@require_POST
def pay(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try to pay an open order again."""
    order, form, now = own_order(request, public_id), PayForm(request.POST), timezone.now()
    if not form.is_valid():
        messages.error(request, _("Choose how to pay."))
        return redirect("order", public_id)
    given, route = form.cleaned_data, f"pay {public_id}"
    url = request.build_absolute_uri(reverse("order-returned", args=[public_id]))

    def work() -> str:
        key = request_key(viewer_of(request), route, given["key"])
        payment = start_payment(
            order, method=given["method"], scenario=given["scenario"], return_url=url, key=key, now=now
        )
        at_provider = payment.action.get("kind") == "redirect"
        return payment.action["url"] if at_provider else reverse("order", args=[public_id])

    answer = act_once(request, route, work=work, now=now)
    if isinstance(answer, HttpResponse):
        return answer
    tell(request, answer)
    return redirect("order", public_id)


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Cancel an order that is not paid."""
    order, now = own_order(request, public_id), timezone.now()

    def work() -> str:
        cancel_order(order, now=now)
        return reverse("order", args=[public_id])

    answer = act_once(request, f"cancel {public_id}", work=work, now=now)
    if isinstance(answer, HttpResponse):
        return answer
    tell(request, answer)
    return redirect("order", public_id)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The orders of the signed-in person."""
    orders = Order.objects.filter(user=signed_in(request.user)).select_related("brand")
    page = Paginator(orders.prefetch_related("lines"), 20).get_page(request.GET.get("page"))
    return render(request, "orders/mine.html", {"page": page})


def _open_by_link(request: HttpRequest, public_id: str) -> HttpResponse:
    order = get_object_or_404(Order, public_id=public_id)
    if not link_fits(order, request.GET["key"]):
        raise Http404
    opened = request.session.get(OPENED, [])
    request.session[OPENED] = [*opened, public_id][-50:]
    return redirect("order", public_id)
