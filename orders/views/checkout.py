"""The checkout page: contact, delivery and payment on one page, complete without JavaScript."""

from dataclasses import asdict
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from accounts.domain.viewers import Viewer, viewer_of
from livechat.domain.rehearsal import HEADER, is_rehearsal
from orders.domain.bags import Parcel, parcels
from orders.domain.checkout import Contact, Request, Wanted, last_contact, place_order
from orders.domain.delivery import delivery_options
from orders.domain.payments import start_payment
from orders.forms import CheckoutForm
from orders.payments import registry
from orders.views.common import CONTACT, act_once, fresh_key, origin_of, request_key, tell

ROUTE = "checkout"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Order one parcel of the bag and pay for it."""
    viewer, now = viewer_of(request), timezone.now()
    parcel = chosen_parcel(request, viewer)
    if parcel is None:
        # A form sent twice finds the bag empty, but its first answer is still remembered.
        return _repeat(request, now=now) if request.method == "POST" else redirect("bag")
    if request.method != "POST":
        return _render(request, parcel, _blank(request, viewer, parcel))
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _render(request, parcel, form, status=400)
    answer = act_once(request, ROUTE, work=lambda: buy(request, viewer, parcel, form, now=now), now=now)
    if isinstance(answer, HttpResponse):
        return answer
    tell(request, answer)
    again = CheckoutForm({**request.POST.dict(), "key": fresh_key()})
    return _render(request, parcel, again, status=answer.status)


def buy(request: HttpRequest, viewer: Viewer, parcel: Parcel, form: CheckoutForm, *, now: datetime) -> str:
    """Place the order, start the payment, and return the address that comes next."""
    given, contact = form.cleaned_data, form.contact()
    # Refused before anything is ordered: an order nobody can pay would keep its pieces.
    registry.provider_for(given["method"])
    key = request_key(viewer, ROUTE, given["key"])
    wanted = [Wanted(p.variant, p.quantity, p.line.touch_token, p.line.touched_as) for p in parcel.pieces]
    order = place_order(
        Request(
            wanted=wanted,
            currency=parcel.currency,
            contact=contact,
            delivery=given["delivery"],
            agreed=form.agreed(),
            key=key,
            origin=origin_of(request),
            language=get_language() or "en",
            rehearsal=is_rehearsal(request.headers.get(HEADER, "")),
        ),
        viewer=viewer,
        now=now,
    )
    remember_contact(request, viewer, contact)
    url = reverse("order", args=[order.public_id])
    payment = start_payment(
        order,
        method=given["method"],
        scenario=given.get("scenario", ""),
        return_url=request.build_absolute_uri(reverse("order-returned", args=[order.public_id])),
        key=key,
        now=now,
    )
    return payment.action["url"] if payment.action.get("kind") == "redirect" else url


def chosen_parcel(request: HttpRequest, viewer: Viewer) -> Parcel | None:
    """The parcel the address or the form names, or the only one."""
    asked = request.POST if request.method == "POST" else request.GET
    brand, currency = asked.get("brand", ""), asked.get("currency", "")
    found = parcels(viewer.key)
    if not brand:
        return found[0] if len(found) == 1 else None
    return next((p for p in found if p.brand.slug == brand and p.currency == currency), None)


def known_contact(request: HttpRequest, viewer: Viewer) -> Contact | None:
    """What a returning buyer entered before: of the account, or of this browser session."""
    if contact := last_contact(viewer):
        return contact
    kept = request.session.get(CONTACT)
    return Contact(**kept) if kept else None


def remember_contact(request: HttpRequest, viewer: Viewer, contact: Contact) -> None:
    """Guests are remembered in their session only."""
    if viewer.user is None:
        request.session[CONTACT] = asdict(contact)


def _repeat(request: HttpRequest, *, now: datetime) -> HttpResponse:
    def nothing() -> str:
        raise Http404

    try:
        answer = act_once(request, ROUTE, work=nothing, now=now)
    except Http404:
        return redirect("bag")
    return answer if isinstance(answer, HttpResponse) else redirect("bag")


def _blank(request: HttpRequest, viewer: Viewer, parcel: Parcel) -> CheckoutForm:
    contact = known_contact(request, viewer)
    known = asdict(contact) if contact else {"email": viewer.user.email if viewer.user else ""}
    fixed = {"brand": parcel.brand.slug, "currency": parcel.currency, "key": fresh_key()}
    return CheckoutForm(initial={**known, **fixed})


def _render(request: HttpRequest, parcel: Parcel, form: CheckoutForm, *, status: int = 200) -> HttpResponse:
    options = delivery_options(parcel.currency)
    context = {
        "parcel": parcel,
        "form": form,
        "deliveries": [{"method": d, "amount": m, "total": parcel.goods + m} for d, m in options],
        "methods": registry.methods(),
    }
    return render(request, "orders/checkout.html", context, status=status)
