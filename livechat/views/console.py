"""The host console: my shows, and one show in one hand. Forms work without JavaScript; scripts send JSON."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.viewers import signed_in, viewer_of
from accounts.models import User
from catalog.rules import has_role, is_staff_of_any
from events.domain import lifecycle, onair, streams
from events.enums import EventState
from events.errors import EventError
from events.models import Event, LineupItem
from events.rules import can_host, events_managed_by
from events.streaming.registry import engine
from events.streaming.urls import media_base
from livechat.domain.acts import LEAD
from livechat.domain.actuals import cues
from livechat.domain.pins import place_pin, remove_pin
from livechat.domain.programme import host_for, programme_of
from livechat.domain.room_settings import change_settings
from livechat.domain.rooms import may_know_of, room_of, works_here
from livechat.domain.snapshot import lineup_card, snapshot
from livechat.domain.standing import you_card
from livechat.errors import RoomError
from livechat.models import Pin

Fields = dict[str, Any]
RECENT = 12
# The steps a host may take alone; calling a show off is for its producers, in the studio.
STEPS = {
    EventState.REHEARSAL: gettext_lazy("Rehearse"),
    EventState.LIVE: gettext_lazy("Go live"),
    EventState.ENDED: gettext_lazy("End the show"),
}


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The shows this person hosts or manages, the one that is on first."""
    user = _person(request)
    mine = Q(pk__in=Event.objects.filter(hosts__user=user)) | Q(pk__in=events_managed_by(user))
    shows = Event.objects.filter(mine).select_related("brand", "holiday").prefetch_related("hosts")
    open_now = shows.filter(state__in=[EventState.LIVE, EventState.REHEARSAL]).order_by("-state", "starts_at")
    return render(
        request,
        "livechat/host_home.html",
        {
            "open": open_now,
            "coming": shows.filter(state=EventState.SCHEDULED).order_by("starts_at"),
            "past": shows.filter(state__in=[EventState.ENDED, EventState.REPLAY])[:RECENT],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@ensure_csrf_cookie
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The console of one show; POST does one of `ACTS`."""
    event = hosted(request, slug)
    if request.method == "POST":
        return _act(request, event)
    return render(request, "livechat/console.html", _context(request, event))


def hosted(request: HttpRequest, slug: str) -> Event:
    """The event, if this person may host it. To people of other brands it does not exist."""
    user = _person(request)
    event = get_object_or_404(Event.objects.select_related("brand", "holiday"), slug=slug)
    if can_host(user, event):
        return event
    ours = works_here(user, event) or has_role(user, event.brand)
    if not may_know_of(user, event) or (is_staff_of_any(user) and not ours):
        raise Http404
    raise PermissionDenied


def _context(request: HttpRequest, event: Event) -> Fields:
    room = room_of(event)
    state = snapshot(room, now=timezone.now())
    you = you_card(room, viewer_of(request), now=timezone.now())
    return {
        "event": event,
        "pieces": pieces(event, state),
        "steps": steps(event),
        "programme": programme_of(event, state["programme"], now=timezone.now()),
        "cues": cues(room, now=timezone.now()),
        "chat": [line for line in state["chat"] if not line.get("deleted")],
        "moderates": you["moderates"],
        "leads": you["grade"] == LEAD,
        "room": state,
        "data": {"room": state, "base": media_base(request), "you": you | {"hosts": True}},
    }


def pieces(event: Event, state: Fields) -> list[Fields]:
    """The whole line-up as cards, also what is kept back from viewers; `state` is the room's snapshot."""
    whole = lineup_card(event, now=None)
    known = {item["item"] for item in state["lineup"]}
    pins = {pin["item"]: pin["id"] for pin in state["pins"]}
    return [
        _piece(item, whole["products"], pins) | {"kept": item["item"] not in known}
        for item in whole["lineup"]
    ]


def steps(event: Event) -> list[tuple[str, Any]]:
    """The steps of the show's life that may be taken from here, with their words."""
    return [(to.value, STEPS[to]) for to in lifecycle.next_states(event) if to in STEPS]


def _piece(item: Fields, products: Fields, pins: dict[str, str]) -> Fields:
    product = products[item["product"]]
    variants = product["variants"]
    return {
        "item": item["item"],
        "product": product,
        "position": item["position"],
        "pin": pins.get(item["item"], ""),
        "left": sum(variant["free"] for variant in variants),
        "price": variants[0] if variants else None,
    }


def _act(request: HttpRequest, event: Event) -> HttpResponse:
    as_json = request.content_type == "application/json"
    fields = _fields(request) if as_json else request.POST.dict()
    act = ACTS.get(str(fields.get("do")))
    if act is None:
        raise Http404
    try:
        done = act(request, event, fields)
    except (RoomError, EventError) as error:
        return _refused(request, event, error, as_json=as_json)
    return JsonResponse(done) if as_json else redirect("host-console", event.slug)


def _fields(request: HttpRequest) -> Fields:
    try:
        content = json.loads(request.body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _refused(
    request: HttpRequest, event: Event, error: RoomError | EventError, *, as_json: bool
) -> HttpResponse:
    if as_json:
        body = {"error": {"code": error.code, "message": str(error)}}
        return JsonResponse(body, status=error.status)
    messages.error(request, str(error))
    return redirect("host-console", event.slug)


def _pin(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    item = get_object_or_404(LineupItem, event=event, public_id=str(fields.get("item")))
    user = _person(request)
    pin = place_pin(room_of(event), item=item, by=user, host=host_for(item, user), now=timezone.now())
    return {"pin": pin.public_id}


def _unpin(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    pin = get_object_or_404(Pin, room=room_of(event), public_id=str(fields.get("pin")))
    return {"removed": remove_pin(pin, by=_person(request), now=timezone.now())}


def _segment(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    """Begin a segment, which ends the one before; without an id end the one that runs, for a break."""
    if not fields.get("segment"):
        return {"ended": onair.finish(event, now=timezone.now())}
    segment = get_object_or_404(event.segments.select_related("event"), public_id=str(fields["segment"]))
    return {"segment": onair.start_segment(segment, now=timezone.now()).public_id}


def _advance(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    if fields.get("to") not in STEPS:
        raise Http404
    to = EventState(fields["to"])
    lifecycle.advance(event, to, by=_person(request), now=timezone.now())
    return {"state": event.state}


def _key(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    """A fresh stream key for the host's own camera; it is shown once and never written to a page."""
    key = streams.issue_key(event, now=timezone.now())
    ingest = engine().create_ingest(streams.stream_of(event).public_id)
    return {"key": key, "ingest": ingest.camera}


def _settings(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    """Who may write. A form's ticked box says `on`, a script says true."""
    wanted = fields.get("chat_needs_account") in (True, "on")
    change_settings(room_of(event), chat_needs_account=wanted, by=_person(request), now=timezone.now())
    return {"chat_needs_account": wanted}


ACTS: dict[str, Callable[[HttpRequest, Event, Fields], Fields]] = {
    "pin": _pin,
    "unpin": _unpin,
    "advance": _advance,
    "segment": _segment,
    "key": _key,
    "settings": _settings,
}


def _person(request: HttpRequest) -> User:
    user = signed_in(request.user)
    if user is None:
        raise PermissionDenied
    return user
