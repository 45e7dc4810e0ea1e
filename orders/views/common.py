"""What the pages share: finding an order for whoever may see it, and forms that act once."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.codes import new_public_id
from accounts.domain.viewers import Viewer, peek_viewer, viewer_of
from catalog.errors import CatalogError
from catalog.models import Variant
from livechat.domain.touches import read_touch
from orders.domain.idempotency import Answer, digest, once
from orders.errors import OrderError
from orders.models import Order
from orders.payments.errors import PaymentError
from orders.rules import is_buyers

# Orders a signed link of a letter opened in this session.
OPENED = "opened_orders"
REFUSALS = (OrderError, CatalogError, PaymentError)
CONTACT = "checkout_contact"


def fresh_key() -> str:
    """A hidden key for one rendering of a form."""
    return new_public_id()


def own_order(request: HttpRequest, public_id: str) -> Order:
    """The order, for its buyer or a session that opened its letter's link; all others get 404."""
    order = get_object_or_404(Order.objects.select_related("brand"), public_id=public_id)
    if is_buyers(peek_viewer(request), order) or public_id in request.session.get(OPENED, []):
        return order
    raise Http404


def request_key(viewer: Viewer, route: str, key: str) -> str:
    """What the order, payment or refund of this request is made unique by."""
    return digest(viewer.key, route, key)


def act_once(
    request: HttpRequest, route: str, *, work: Callable[[], str], now: datetime
) -> HttpResponse | OrderError | CatalogError | PaymentError:
    """Run a form's `work` once per hidden key and go to the address it returns; a refusal is handed back."""
    viewer = viewer_of(request)
    body = sorted((k, v) for k, v in request.POST.items() if k not in {"csrfmiddlewaretoken", "key"})
    try:
        answer = once(
            f"{viewer.key} {route}",
            request.POST.get("key", ""),
            body=body,
            work=lambda: Answer(303, {"location": work()}),
            now=now,
        )
    except REFUSALS as refusal:
        return refusal
    return HttpResponseRedirect(str(answer.body["location"]))


def tell(request: HttpRequest, refusal: Exception) -> None:
    """Say calmly what was refused."""
    messages.error(request, str(refusal))


def safe_next(request: HttpRequest, target: str, *, fallback: str) -> str:
    """`target` if it stays on this site, else `fallback`."""
    allowed = {request.get_host()}
    if target and url_has_allowed_host_and_scheme(target, allowed, require_https=request.is_secure()):
        return target
    return fallback


def variant_on_offer(public_id: str) -> Variant:
    """The variant, or 404."""
    rows = Variant.objects.select_related("product__brand", "stock")
    return get_object_or_404(rows, public_id=public_id)


def currency_for(touch_token: str) -> str:
    """A piece met in a show is bought in the show's currency, any other in the shop's."""
    touch = read_touch(touch_token) if touch_token else None
    return touch.room.event.currency if touch else str(settings.DEFAULT_CURRENCY)


def origin_of(request: HttpRequest) -> str:
    """Scheme and host of this request; the host was checked against ALLOWED_HOSTS."""
    return request.build_absolute_uri("/").rstrip("/")
