"""Taking up a piece without JavaScript: the touch is written, then the shop puts the piece into the bag."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.viewers import signed_in, viewer_of
from catalog.models import Variant
from events.models import Event
from livechat.domain.rooms import may_know_of, room_of
from livechat.domain.touches import record_touch
from livechat.errors import NotInLineup


@require_POST
def want(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that this viewer took up a piece and hand the form on to the bag, with the token."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if not may_know_of(signed_in(request.user), event):
        raise Http404
    variants = Variant.objects.select_related("product")
    variant = get_object_or_404(variants, public_id=request.POST.get("variant", ""))
    viewer = viewer_of(request)
    try:
        token = record_touch(
            room_of(event), product=variant.product, viewer_key=viewer.key, now=timezone.now()
        )
    except NotInLineup as missing:
        raise Http404 from missing
    # Method and body are kept: the bag reads the variant from the form and the token from the address.
    return redirect(f"{reverse('bag-add')}?{urlencode({'touch': token})}", preserve_request=True)
