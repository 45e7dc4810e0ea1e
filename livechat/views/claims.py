"""Verdicts on answers, reports of claims, and the desk where the brand's staff decide. All without script."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.viewers import signed_in, viewer_of
from accounts.models import User
from catalog.models import Product
from catalog.rules import brands_of
from events.models import Event, EventStaff
from livechat.domain import claims, verdicts
from livechat.domain.rehearsal import HEADER, is_rehearsal
from livechat.domain.rooms import may_know_of, room_of
from livechat.errors import NotAllowed, RoomError
from livechat.models import AccuracyReport, Question, Room

UNPROCESSABLE = 422
ON_A_PAGE = 30
STATES = ("open", "upheld", "dismissed")


@require_POST
def verdict(request: HttpRequest, question: str) -> HttpResponse:
    """`helpful` is yes or no; goes back to where the question stood (`next`), or to its show."""
    shown = Question.objects.select_related("room__event__brand")
    found = get_object_or_404(shown, public_id=question, hidden=False)
    said = {"yes": True, "no": False}.get(request.POST.get("helpful", ""))
    if said is None or not may_know_of(signed_in(request.user), found.room.event):
        raise Http404
    try:
        verdicts.judge(
            found,
            viewer=viewer_of(request),
            helpful=said,
            now=timezone.now(),
            rehearsal=_of_the_crowd(request),
        )
    except RoomError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. Your word counts."))
    return redirect(_back(request, found.room.event))


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """`/events/<slug>/claims/`: say that something a host claimed was not right."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if not may_know_of(signed_in(request.user), event) or event.state not in claims.SHOWN:
        raise Http404
    room = room_of(event)
    if request.method != "POST":
        return _claim_page(request, room, chosen=request.GET.dict())
    try:
        _report(request, room)
    except RoomError as refusal:
        return _claim_page(request, room, chosen=request.POST.dict(), problem=str(refusal))
    messages.success(request, _("Thank you. The brand's staff look at it and decide."))
    return redirect("event", event.slug)


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The reports this person decides about, by state."""
    user = _decider(request)
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    found = claims.decided_by(user)
    page = Paginator(found.filter(state=state).order_by("-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    states = [
        (value, label, found.filter(state=value).count()) for value, label in AccuracyReport.State.choices
    ]
    context = {"page": page, "state": state, "states": states, "problem": ""}
    return render(request, "livechat/claims.html", context)


@require_POST
@login_required
def decide(request: HttpRequest, report: str) -> HttpResponse:
    """Uphold or dismiss one report with a note."""
    user = _decider(request)
    given = get_object_or_404(claims.decided_by(user), public_id=report)
    decision = {"uphold": True, "dismiss": False}.get(request.POST.get("do", ""))
    if decision is None:
        raise Http404
    try:
        claims.decide(given, upheld=decision, note=request.POST.get("note", ""), by=user, now=timezone.now())
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    except RoomError as refusal:
        written = {"problem": str(refusal), "note": request.POST.get("note", ""), "of": given.public_id}
        context = {"page": Paginator([given], 1).get_page(1), "state": given.state, "states": [], **written}
        return render(request, "livechat/claims.html", context, status=UNPROCESSABLE)
    messages.success(request, _("Decided. The host sees what was upheld."))
    return redirect(f"{reverse('studio-claims')}?state={given.state}")


def _report(request: HttpRequest, room: Room) -> AccuracyReport:
    asked = request.POST
    question = Question.objects.filter(room=room, public_id=asked.get("question", ""), hidden=False).first()
    return claims.report(
        room,
        host=get_object_or_404(claims.hosts_of(room), slug=asked.get("host", "")),
        product=get_object_or_404(Product, public_id=asked.get("product", "")),
        question=question,
        viewer=viewer_of(request),
        text=asked.get("text", ""),
        now=timezone.now(),
        rehearsal=_of_the_crowd(request),
    )


def _claim_page(
    request: HttpRequest, room: Room, *, chosen: dict[str, Any], problem: str = ""
) -> HttpResponse:
    about = Question.objects.filter(room=room, public_id=chosen.get("question", ""), hidden=False)
    question = about.select_related("product").first()
    context = {
        "event": room.event,
        "hosts": claims.hosts_of(room).order_by("event_hosts__position", "pk"),
        "pieces": [item.product for item in room.event.lineup.select_related("product")],
        "question": question,
        "product": question.product.public_id if question else chosen.get("product", ""),
        "host": chosen.get("host", ""),
        "text": chosen.get("text", ""),
        "problem": problem,
        "most": claims.MAX_TEXT,
    }
    return render(request, "livechat/claim.html", context, status=UNPROCESSABLE if problem else 200)


def _decider(request: HttpRequest) -> User:
    """The person, if they decide about reports of any brand or show."""
    user = signed_in(request.user)
    if user is None:
        raise PermissionDenied
    shows = EventStaff.objects.filter(user=user, role__in=claims.STAFF_DECIDERS)
    if not brands_of(user, *claims.DECIDERS).exists() and not shows.exists():
        raise PermissionDenied
    return user


def _back(request: HttpRequest, event: Event) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("event", args=[event.slug])


def _of_the_crowd(request: HttpRequest) -> bool:
    return is_rehearsal(request.headers.get(HEADER, ""))
