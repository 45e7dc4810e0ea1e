"""Who may write in the room, changed from the room's page by those who moderate it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.viewers import signed_in
from catalog.rules import has_role, is_staff_of_any
from events.models import Event
from livechat.domain.room_settings import change_settings
from livechat.domain.rooms import may_know_of, room_of, works_here
from livechat.errors import NotAllowed


@require_POST
@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Do what the form says and go back to the room. To people of other brands the room does not exist."""
    user = signed_in(request.user)
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if user is None or not may_know_of(user, event):
        raise Http404
    ours = works_here(user, event) or has_role(user, event.brand)
    if is_staff_of_any(user) and not ours:
        raise Http404
    wanted = request.POST.get("chat_needs_account") == "on"
    try:
        change_settings(room_of(event), chat_needs_account=wanted, by=user, now=timezone.now())
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    return redirect("event", event.slug)
