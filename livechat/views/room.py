"""The event's page: countdown before, the room while it is open, the line-up after."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template import Template, TemplateDoesNotExist, loader
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.domain.viewers import Viewer, peek_viewer, signed_in
from accounts.models import User
from events.domain.keeping import kept_of, wished
from events.domain.trailers import trailer_of
from events.enums import PAST, EventState
from events.models import Event
from events.rules import can_host
from livechat.domain import hidden
from livechat.domain.acts import LEAD
from livechat.domain.programme import programme_of, wished_brand
from livechat.domain.rooms import is_open_to, may_know_of, room_of
from livechat.domain.snapshot import snapshot
from livechat.domain.standing import you_card

BUY_SHEET = "orders/buy_sheet.html"
# Somebody whose first page this is: no session, no name, no lines.
NOBODY = Viewer("", None, "")


@require_safe
@ensure_csrf_cookie
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One address from the first announcement to long after; the state picks the page."""
    event = get_object_or_404(Event.objects.select_related("brand", "holiday", "look"), slug=slug)
    user = signed_in(request.user)
    if not may_know_of(user, event):
        raise Http404
    context = _context(request, event, user)
    if is_open_to(user, event):
        return render(request, "livechat/room.html", context | _room_context(request, event, user))
    if event.state in PAST:
        return render(request, "livechat/event_after.html", context)
    if event.state == EventState.CANCELLED:
        return render(request, "livechat/event_cancelled.html", context)
    return render(request, "livechat/event_before.html", context | _waiting_context(request, event))


def _context(request: HttpRequest, event: Event, user: User | None) -> dict[str, Any]:
    room, viewer = room_of(event), peek_viewer(request)
    now = timezone.now()
    card = snapshot(room, now=now)
    brand = request.GET.get("brand") or wished_brand(event, viewer.key if viewer else "")
    return {
        "event": event,
        "programme": programme_of(event, card["programme"], now=now, brand=brand),
        "room": hidden.merged(card, room, viewer.key) if viewer else card,
        "hosts": event.event_hosts.select_related("host"),
        "wished": wished(event, viewer),
    }


def _waiting_context(request: HttpRequest, event: Event) -> dict[str, Any]:
    kept = kept_of([event], peek_viewer(request), now=timezone.now())
    return {"kept": kept[event.pk], "trailer": trailer_of(event)}


@cache
def buy_sheet() -> Template:
    """The shop's part of the page; a room without a shop shows its pieces as links."""
    try:
        return loader.get_template(BUY_SHEET).template  # type: ignore[attr-defined]  # Django's own backend
    except TemplateDoesNotExist:
        return Template("")


def _room_context(request: HttpRequest, event: Event, user: User | None) -> dict[str, Any]:
    you = you_card(room_of(event), peek_viewer(request) or NOBODY, now=timezone.now())
    return {
        "buy_sheet": buy_sheet(),
        "you": you | {"hosts": can_host(user, event)},
        "leads": you["grade"] == LEAD,
    }
