"""Looks as stylesheets, since no page carries style attributes, and the patterns they name."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.domain import looks
from events.drawing.backdrops import DRAWN, svg
from events.enums import EventState
from events.models import Event
from events.rules import can_see

FOR_EVER = 31_536_000
PATTERN_AGE = FOR_EVER if settings.PRODUCTION else 60


@require_safe
def event_css(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """`/look/event/<slug>/<version>.css`: what the show wears now; kept for ever under its own version.

    Drafts do not exist for people who do not make them, and no cache between keeps theirs.
    """
    rows = Event.objects.select_related("brand", "holiday__own_day", "look")
    event = get_object_or_404(rows, slug=slug)
    if not can_see(request.user, event):
        raise Http404
    look = looks.of(event)
    answer = HttpResponse(look.css, content_type="text/css; charset=utf-8")
    if event.state == EventState.DRAFT:
        answer["Cache-Control"] = "private, no-store"
    elif version == look.version:
        answer["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable"
    else:
        answer["Cache-Control"] = "public, max-age=60"
    return answer


@require_safe
@cache_control(public=True, max_age=PATTERN_AGE)
def backdrop_svg(request: HttpRequest, backdrop: str) -> HttpResponse:
    """`/look/backdrops/<backdrop>.svg`: the drawing of a pattern."""
    drawn = next((one for one in DRAWN if one == backdrop), None)
    if drawn is None:
        raise Http404
    return HttpResponse(svg(drawn), content_type="image/svg+xml")
