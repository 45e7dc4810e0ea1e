"""The question lane without JavaScript, and what was answered about a piece for its own page."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.codes import new_public_id
from accounts.domain.names import clean_name
from accounts.domain.viewers import GUEST_NAME, signed_in, viewer_of
from accounts.errors import BadName
from accounts.models import User
from catalog.models import Product
from catalog.rules import has_role, is_staff_of_any
from events.models import Event
from livechat.api.base import origin_of_request
from livechat.domain import lane
from livechat.domain.alike import ALIKE, similarity
from livechat.domain.answers import (
    answer_on_air,
    answer_question,
    answered_for_product,
    can_answer,
    let_through,
    remove_question,
)
from livechat.domain.questions import ask_question, raise_question
from livechat.domain.rooms import badge_of, is_open_to, may_know_of, room_of, works_here
from livechat.errors import NotAllowed, RoomError
from livechat.models import Question, Room

MOST_ALIKE = 3
ON_PRODUCT_PAGE = 5


@require_safe
def of_product(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the product's page: the last answers about it. 404 when there are none."""
    product = get_object_or_404(Product, slug=slug)
    answered = answered_for_product(product, most=ON_PRODUCT_PAGE)
    if not answered:
        raise Http404
    return render(request, "livechat/questions_fragment.html", {"answered": answered, "product": product})


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Do one of `ACTS` and go back to the room, with a word where it was refused."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if not may_know_of(signed_in(request.user), event):
        raise Http404
    done = ACTS.get(request.POST.get("do", ""))
    if done is None:
        raise Http404
    try:
        if answer := done(request, room_of(event)):
            return answer
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    except (RoomError, BadName) as refusal:
        messages.error(request, str(refusal.message))
    return redirect(f"{reverse('event', args=[event.slug])}#panel-questions")


def _ask(request: HttpRequest, room: Room) -> HttpResponse | None:
    product = get_object_or_404(Product, public_id=request.POST.get("product", ""))
    text = request.POST.get("text", "")
    if not request.POST.get("anyway") and (alike := _alike(room, product, text)):
        found = {"event": room.event, "alike": alike, "product": product, "text": text}
        return render(request, "livechat/questions_alike.html", found | {"id": new_public_id()})
    _take_name(request)
    asked = ask_question(
        room,
        viewer=viewer_of(request),
        product=product,
        text=text,
        client_id=request.POST.get("id") or new_public_id(),
        now=timezone.now(),
        badge=badge_of(signed_in(request.user), room.event),
        origin=origin_of_request(request),
    )
    waits = asked.state == Question.State.HELD
    messages.success(request, _("A moderator reads it first.") if waits else _("Asked."))
    return None


def _alike(room: Room, product: Product, text: str) -> list[Question]:
    """Open and answered questions about the piece that ask the same, the likest first."""
    shown = lane.visible(room, viewer_key="", moderates=False).filter(product=product)
    shares = [(similarity(text, question.text), question) for question in shown]
    found = sorted((pair for pair in shares if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [question for _share, question in found[:MOST_ALIKE]]


def _take_name(request: HttpRequest) -> None:
    name, user = request.POST.get("name", "").strip(), signed_in(request.user)
    if name and user is None:
        request.session[GUEST_NAME] = clean_name(name, user=None)


def _raise(request: HttpRequest, room: Room) -> None:
    if not is_open_to(signed_in(request.user), room.event):
        raise NotAllowed
    question = _question(request, room)
    if question.hidden:
        raise Http404
    raise_question(question, viewer_key=viewer_of(request).key, now=timezone.now())


def _answer(request: HttpRequest, room: Room) -> None:
    text = request.POST.get("text", "")
    answer_question(_question(request, room), text=text, by=_member(request, room), now=timezone.now())


def _on_air(request: HttpRequest, room: Room) -> None:
    answer_on_air(_question(request, room), by=_member(request, room), now=timezone.now())


def _approve(request: HttpRequest, room: Room) -> None:
    let_through(_question(request, room), by=_member(request, room), now=timezone.now())


def _remove(request: HttpRequest, room: Room) -> None:
    remove_question(_question(request, room), by=_member(request, room), now=timezone.now())


ACTS: dict[str, Callable[[HttpRequest, Room], HttpResponse | None]] = {
    "ask": _ask,
    "raise": _raise,
    "answer": _answer,
    "on-air": _on_air,
    "approve": _approve,
    "remove": _remove,
}


def _question(request: HttpRequest, room: Room) -> Question:
    found = Question.objects.select_related("product")
    question = get_object_or_404(found, room=room, public_id=request.POST.get("question", ""))
    question.room = room
    return question


def _member(request: HttpRequest, room: Room) -> User:
    """The person behind a privileged act; to people of other brands the room does not exist."""
    user = signed_in(request.user)
    if user is None:
        raise NotAllowed
    ours = works_here(user, room.event) or can_answer(user, room.event) or has_role(user, room.event.brand)
    if is_staff_of_any(user) and not ours:
        raise Http404
    return user
