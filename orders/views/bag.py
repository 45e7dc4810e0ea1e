"""The bag's page, and putting in and taking out without JavaScript."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.viewers import peek_viewer, viewer_of
from orders.domain.bags import add_to_bag, parcels, set_quantity
from orders.forms import AddForm, whole
from orders.views.common import REFUSALS, currency_for, safe_next, tell, variant_on_offer


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What lies in the bag, one parcel per brand and currency."""
    viewer = peek_viewer(request)
    found = parcels(viewer.key) if viewer else []
    return render(request, "orders/bag.html", {"parcels": found})


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put a piece in and go on where the person was. A room's form comes on with its touch in the address."""
    form = AddForm({"touch": request.GET.get("touch", ""), **request.POST.dict()})
    if not form.is_valid():
        messages.error(request, _("Choose a piece first."))
        return redirect("bag")
    given, viewer = form.cleaned_data, viewer_of(request)
    variant = variant_on_offer(given["variant"])
    try:
        add_to_bag(
            variant,
            holder=viewer.key,
            quantity=given["quantity"] or 1,
            currency=currency_for(given["touch"]),
            touch_token=given["touch"],
            now=timezone.now(),
        )
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("%(piece)s is in your bag.") % {"piece": variant.product.name})
    return redirect(safe_next(request, given["next"], fallback=reverse("bag")))


@require_POST
def change(request: HttpRequest, variant: str) -> HttpResponse:
    """Set how many; nothing or 0 takes the piece out."""
    quantity, viewer = whole(request.POST.get("quantity") or "0"), viewer_of(request)
    try:
        set_quantity(
            variant_on_offer(variant),
            holder=viewer.key,
            currency=request.POST.get("currency", ""),
            quantity=-1 if quantity is None else quantity,
            now=timezone.now(),
        )
    except REFUSALS as refusal:
        tell(request, refusal)
    return redirect("bag")
