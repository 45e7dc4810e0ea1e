"""The list for the night: put a piece on it, take it off. Forms, so that it works without script."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.viewers import viewer_of
from catalog.models import Product
from events.domain import wishes
from events.errors import EventError, WishNotShown
from events.models import Event
from events.rules import can_see


@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """`product` is put on the viewer's list, or with `do=drop` taken off."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if not can_see(request.user, event):
        raise Http404
    product = get_object_or_404(Product, public_id=request.POST.get("product", ""))
    viewer = viewer_of(request)
    try:
        if request.POST.get("do") == "drop":
            wishes.unwish(event, product, viewer_key=viewer.key)
        else:
            wishes.wish(event, product, viewer_key=viewer.key, now=timezone.now())
    except WishNotShown as error:
        raise Http404 from error
    except EventError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('event', args=[event.slug])}#piece-{product.public_id}")
