"""How a show runs: planned against actual, and the notes of the moment. For its hosts and managers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from livechat.domain.actuals import comparison, cues
from livechat.domain.rooms import room_of
from livechat.views.console import hosted


@require_safe
@login_required
def actual(request: HttpRequest, slug: str) -> HttpResponse:
    """Every segment and piece as planned and as it went; a fragment when a script asks, else a page."""
    event, now = hosted(request, slug), timezone.now()
    fragment = request.headers.get("X-Requested-With") == "fetch"
    template = "livechat/_programme_actual.html" if fragment else "livechat/run_of_show.html"
    return render(request, template, {"event": event, "rows": comparison(room_of(event), now=now)})


@require_safe
@login_required
def notes(request: HttpRequest, slug: str) -> HttpResponse:
    """Cue notes and talking points for this moment, as a fragment."""
    event, now = hosted(request, slug), timezone.now()
    context = {"event": event, "cues": cues(room_of(event), now=now)}
    return render(request, "livechat/_programme_cues.html", context)
