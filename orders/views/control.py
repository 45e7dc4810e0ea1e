"""The show on the night, on one screen: picture, chat, pins, run of show, stock, orders, problems.

For the people who run the show; its hosts have their console. Forms work without script.
"""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.viewers import signed_in, viewer_of
from accounts.models import User
from catalog.money import Money
from catalog.rules import has_role, is_staff_of_any
from events.errors import EventError
from events.models import Event
from events.rules import can_care, can_manage, can_moderate
from events.streaming.urls import media_base
from livechat.domain import rehearsal
from livechat.domain.actuals import cues
from livechat.domain.programme import programme_of
from livechat.domain.rooms import room_of
from livechat.domain.snapshot import snapshot
from livechat.domain.standing import you_card
from livechat.errors import BadCrowd, RoomError
from livechat.views import console
from orders.forms import whole
from orders.insights.figures import figures_of
from orders.insights.night import MINUTES, orders_by_minute, problems
from orders.rules import can_read_orders

Fields = dict[str, Any]
# What the host console can do as well; managers may do it from here.
SHARED = ("pin", "unpin", "advance", "segment")
PEOPLE, FOR_MINUTES = 20, 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@ensure_csrf_cookie
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/events/<slug>/control/`; POST does one of pin, unpin, advance, segment, crowd, call-back."""
    event = _run_by(request, slug)
    if request.method == "POST":
        return _act(request, event)
    return render(request, "orders/control.html", _context(request, event))


@login_required
@require_safe
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """What the screen asks for every ten seconds: orders, problems and the crowd, as JSON."""
    return JsonResponse(_now(request, _run_by(request, slug)))


def _run_by(request: HttpRequest, slug: str) -> Event:
    """The event, for its producers, moderators and care agents; to other brands' people it does not exist."""
    event = get_object_or_404(Event.objects.select_related("brand", "holiday"), slug=slug)
    user = request.user
    if can_manage(user, event) or can_moderate(user, event) or can_care(user, event):
        return event
    if is_staff_of_any(user) and not has_role(user, event.brand):
        raise Http404
    raise PermissionDenied


def _reads_money(request: HttpRequest, event: Event) -> bool:
    return can_manage(request.user, event) or can_read_orders(request.user, event.brand)


def _context(request: HttpRequest, event: Event) -> Fields:
    moment, room = timezone.now(), room_of(event)
    state = snapshot(room, now=moment)
    you = you_card(room, viewer_of(request), now=moment)
    manages = can_manage(request.user, event)
    return {
        "event": event,
        "manages": manages,
        "money": _reads_money(request, event),
        "pieces": console.pieces(event, state),
        "steps": console.steps(event) if manages else [],
        "chat": [line for line in state["chat"] if not line.get("deleted")],
        "moderates": you["moderates"],
        "programme": programme_of(event, state["programme"], now=moment),
        "cues": cues(room, now=moment),
        "tonight": _now(request, event),
        "people": PEOPLE,
        "minutes": FOR_MINUTES,
        "most_people": rehearsal.MOST_PEOPLE,
        "most_minutes": rehearsal.MOST_MINUTES,
        "data": {"room": state, "base": media_base(request), "you": you | {"hosts": manages}},
    }


def _now(request: HttpRequest, event: Event) -> Fields:
    moment = timezone.now()
    money = _reads_money(request, event)
    wrong = problems(event, now=moment, money=money)
    crowd = rehearsal.running()
    there = crowd is not None and crowd.slug == event.slug
    return {
        "state": event.state,
        "orders": _orders(event) if money else None,
        "problems": [
            {"code": one.code, "title": one.title, "todo": one.todo, "href": one.href, "urgent": one.urgent}
            for one in wrong
        ],
        "crowd": {"people": crowd.people, "until": crowd.until.isoformat()} if crowd and there else None,
    }


def _orders(event: Event) -> Fields:
    moment = timezone.now()
    figures = figures_of([event], now=moment)[event.pk]
    by_minute = [minute.orders for minute in orders_by_minute(event, now=moment)]
    return {
        "minutes": by_minute,
        "lately": sum(by_minute),
        "span": MINUTES,
        "orders": figures.orders,
        "pieces": figures.pieces,
        "net": [Money(taken.net, code).format() for code, taken in sorted(figures.takings.items())],
    }


def _act(request: HttpRequest, event: Event) -> HttpResponse:
    as_json = request.content_type == "application/json"
    fields = _fields(request) if as_json else request.POST.dict()
    if not can_manage(request.user, event):
        raise PermissionDenied
    try:
        done = _do(request, event, fields)
    except (RoomError, EventError) as error:
        if as_json:
            body = {"error": {"code": error.code, "message": str(error)}}
            return JsonResponse(body, status=error.status)
        messages.error(request, str(error))
        return redirect("event-control", event.slug)
    return JsonResponse(done) if as_json else redirect("event-control", event.slug)


def _do(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    wanted = str(fields.get("do"))
    if wanted in SHARED:
        return console.ACTS[wanted](request, event, fields)
    if wanted == "crowd":
        return _send_crowd(request, event, fields)
    if wanted == "call-back":
        return {"called_back": rehearsal.call_back(event, by=_person(request))}
    raise Http404


def _send_crowd(request: HttpRequest, event: Event, fields: Fields) -> Fields:
    people, minutes = (whole(str(fields.get(name, ""))) for name in ("people", "minutes"))
    if people is None or minutes is None:
        raise BadCrowd
    crowd = rehearsal.send_crowd(
        event,
        people=people,
        minutes=minutes,
        site=request.build_absolute_uri("/").rstrip("/"),
        by=_person(request),
        now=timezone.now(),
    )
    return {"people": crowd.people, "until": crowd.until.isoformat()}


def _fields(request: HttpRequest) -> Fields:
    try:
        content = json.loads(request.body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _person(request: HttpRequest) -> User:
    user = signed_in(request.user)
    if user is None:
        raise PermissionDenied
    return user
