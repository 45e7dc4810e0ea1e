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
from events.domain.afterwards import next_show
from events.domain.keeping import kept_of, wished
from events.domain.trailers import trailer_of
from events.enums import PAST, EventState
from events.models import Event
from events.rules import can_host
from livechat.domain import hidden
from livechat.domain.acts import LEAD
from livechat.domain.lookback import stage_minutes
from livechat.domain.programme import programme_of, wished_brand
from livechat.domain.rooms import is_open_to, may_know_of, room_of
from livechat.domain.snapshot import read
from livechat.domain.standing import you_card
from livechat.models import Room

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
    room = room_of(event)
    context = _context(request, room)
    if is_open_to(user, event):
        return render(request, "livechat/room.html", context | _room_context(request, room, user))
    if event.state in PAST:
        return render(request, "livechat/event_after.html", context | _after_context(request, room))
    if event.state == EventState.CANCELLED:
        return render(request, "livechat/event_cancelled.html", context)
    return render(request, "livechat/event_before.html", context | _waiting_context(request, event))


def _context(request: HttpRequest, room: Room) -> dict[str, Any]:
    event, viewer, now = room.event, peek_viewer(request), timezone.now()
    found = read(room, now=now)
    card = found.card
    brand = request.GET.get("brand") or wished_brand(event, viewer.key if viewer else "")
    return {
        "event": event,
        "programme": programme_of(event, card["programme"], now=now, brand=brand),
        "room": hidden.merged(card, room, viewer.key) if viewer else card,
        "told": found.told,
        "hosts": [host for host, _words in found.told],
        "wished": wished(event, viewer),
    }


def _waiting_context(request: HttpRequest, event: Event) -> dict[str, Any]:
    kept = kept_of([event], peek_viewer(request), now=timezone.now())
    return {"kept": kept[event.pk], "trailer": trailer_of(event)}


def _after_context(request: HttpRequest, room: Room) -> dict[str, Any]:
    """What comes next; and once the show may be looked back on, when each piece was shown."""
    event, now = room.event, timezone.now()
    coming = next_show(event, now=now)
    kept = kept_of([coming], peek_viewer(request), now=now) if coming else {}
    back = event.state == EventState.REPLAY
    return {
        "back": back,
        "minutes": stage_minutes(room) if back else {},
        "coming": coming,
        "kept": kept.get(coming.pk) if coming else None,
    }


@cache
def buy_sheet() -> Template:
    """The shop's part of the page; a room without a shop shows its pieces as links."""
    try:
        return loader.get_template(BUY_SHEET).template  # type: ignore[attr-defined]  # Django's own backend
    except TemplateDoesNotExist:
        return Template("")


def _room_context(request: HttpRequest, room: Room, user: User | None) -> dict[str, Any]:
    viewer = peek_viewer(request)
    known = viewer is not None
    you = you_card(room, viewer or NOBODY, now=timezone.now(), any_sanction=known, any_poll=known)
    return {
        "buy_sheet": buy_sheet(),
        "you": you | {"hosts": can_host(user, room.event)},
        "leads": you["grade"] == LEAD,
    }
