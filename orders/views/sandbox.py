"""The sandbox provider's own page, where a customer says yes or no. It knows nothing of the shop."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from orders.domain.sandbox import sandbox
from orders.payments.providers.sandbox import OPEN, Charge


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the charge; approve or decline it. The reference (122 random bits) is all the customer has."""
    charge = _charge(reference)
    if request.method == "POST":
        return _answer(request, charge)
    return render(request, "orders/sandbox.html", {"charge": charge, "is_open": charge.state in OPEN})


def _answer(request: HttpRequest, charge: Charge) -> HttpResponse:
    provider, now = sandbox(), timezone.now()
    if request.POST.get("answer") == "approve":
        provider.approve(charge.reference, now=now)
    else:
        provider.decline(charge.reference, now=now)
    # A phone that scanned the code is not the shop's window: it only sees that it is done.
    if charge.method == "qr":
        return redirect("sandbox-pay", charge.reference)
    return redirect(charge.return_url)


def _charge(reference: str) -> Charge:
    known = sandbox().charge(reference) if "sandbox" in settings.PAYMENT_PROVIDERS else None
    if known is None:
        raise Http404
    return known
