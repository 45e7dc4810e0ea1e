"""The moderators' page of one room. Its scripts act over the API; without them it shows what stands now."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.domain.viewers import signed_in, viewer_of
from accounts.models import User
from catalog.rules import has_role, is_staff_of_any
from events.models import Event
from events.rules import can_moderate
from livechat.domain import acts, blocklist, review, sanctions
from livechat.domain.rooms import may_know_of, room_of, works_here
from livechat.domain.snapshot import snapshot
from livechat.domain.standing import you_card
from livechat.models import BlockedTerm, Room, Writers

RECENT = 50
VIEWS = ("chat", "waiting", "force", "log", "rules")
# Seconds between two lines of one person, as the page offers them; the room takes any number up to its bound.
SLOW = (
    (0, _("Off")),
    (5, _("5 seconds")),
    (10, _("10 seconds")),
    (30, _("30 seconds")),
    (60, _("1 minute")),
    (120, _("2 minutes")),
    (300, _("5 minutes")),
)


@require_safe
@login_required
@ensure_csrf_cookie
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Chat, what waits, sanctions, the record of acts and the rules of one room."""
    user = signed_in(request.user)
    if user is None:
        raise PermissionDenied
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    _admit(user, event)
    return render(request, "livechat/moderator.html", _context(request, room_of(event), user))


def _admit(user: User, event: Event) -> None:
    """People of other brands do not learn that the room exists; colleagues without the role are refused."""
    if can_moderate(user, event):
        return
    ours = works_here(user, event) or has_role(user, event.brand)
    if not may_know_of(user, event) or (is_staff_of_any(user) and not ours):
        raise Http404
    raise PermissionDenied


def _context(request: HttpRequest, room: Room, user: User) -> dict[str, Any]:
    now = timezone.now()
    state = snapshot(room, now=now)
    asked = request.GET.get("view")
    return {
        "event": room.event,
        "room": state,
        "you": you_card(room, viewer_of(request), now=now),
        "leads": acts.grade_of(user, room) == acts.LEAD,
        "view": asked if asked in VIEWS else "waiting",
        "now": now,
        "chat": [line for line in state["chat"] if not line["deleted"]],
        "waiting": review.queue(room, by=user),
        "force": sanctions.in_force_here(room, by=user, now=now),
        "acts": acts.visible_to(user, room)[:RECENT],
        "writers": Writers.choices,
        "slow": SLOW,
        "effects": BlockedTerm.Effect.choices,
        "languages": [(code, _language_name(code)) for code in blocklist.LANGUAGES],
    }


def _language_name(code: str) -> str:
    return str(get_language_info(code.lower())["name_translated"])
