"""Somebody else looks at the plan, and every change of it can be taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from events.domain import reviewing, revisions
from events.errors import EventError
from events.forms import ReviewForm
from events.models import Revision
from events.views.access import managed_event, person
from events.views.event_page import event_page, part_url
from events.views.recording import origin_of

STEPS: dict[str, tuple[Callable[..., object], Any]] = {
    "ask": (reviewing.ask, gettext_lazy("The others are asked to look at it.")),
    "comment": (reviewing.comment, gettext_lazy("Your words stand beside the plan.")),
    "approve": (reviewing.approve, gettext_lazy("The plan is approved.")),
    "changes": (reviewing.want_changes, gettext_lazy("It goes back with your words.")),
}


@login_required
@require_POST
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """`do` is ask, comment, approve or changes."""
    event = managed_event(request, slug)
    step, done = STEPS.get(request.POST.get("do", ""), STEPS["comment"])
    form = ReviewForm(request.POST)
    if form.is_valid():
        more = {"version": form.cleaned_data["version"]} if step is reviewing.approve else {}
        common = {"by": person(request), "text": form.cleaned_data["text"], "now": timezone.now()}
        try:
            step(event, **common, **more, origin=origin_of(request))
        except EventError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, str(done))
            return redirect(part_url(event, "review"))
    return event_page(request, event, "review", review=form)


@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """Undo one change of the history, or do again what was undone."""
    event = managed_event(request, slug)
    row = get_object_or_404(Revision, event=event, pk=revision)
    try:
        revisions.take_back(row, by=person(request), now=timezone.now(), origin=origin_of(request))
    except EventError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done. The history says what is back."))
    return redirect(part_url(event, "history"))
