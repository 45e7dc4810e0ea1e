"""The run of show in the studio: segments and pieces, each write one form. Works without script.

A refused form comes back with the writer's text; after a conflict with what the other person saved beside it.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.domain import lineup, revisions, segments
from events.errors import EventError
from events.forms import LineupItemForm
from events.forms.lineup import VersionedForm
from events.models import Event, LineupItem, Segment
from events.views.access import managed_event, person
from events.views.event_page import event_page, part_url
from events.views.run_context import add_form, fitting, segment_form

Write = Callable[[datetime], object]
STEPS = {"up": -1, "down": 1}


@login_required
@require_POST
def add_piece(request: HttpRequest, slug: str) -> HttpResponse:
    """Append a product to the run of show."""
    event = managed_event(request, slug)
    form = add_form(event, request.POST)
    if form.is_valid():
        data = form.changes()
        if _written(request, event, form, lambda now: lineup.add_item(event, now=now, **data)):
            return redirect(part_url(event, "run", "lineup"))
    return event_page(request, event, "run", add=form)


@login_required
@require_POST
def change_piece(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """`do` is up, down, remove or save."""
    event = managed_event(request, slug)
    piece = _piece(event, item)
    do = request.POST.get("do", "")
    version = _version(request)
    if do in STEPS:
        steps = STEPS[do]
        _told(request, event, lambda now: lineup.move_item(piece, steps=steps, now=now, version=version))
    elif do == "remove":
        _told(request, event, lambda now: lineup.remove_item(piece, now=now, version=version))
    else:
        return _save_piece(request, event, piece)
    return redirect(part_url(event, "run", f"piece-{piece.public_id}"))


def _save_piece(request: HttpRequest, event: Event, piece: LineupItem) -> HttpResponse:
    known = fitting(list(event.segments.all()), piece)
    form = LineupItemForm(request.POST, item=piece, event=event, segments=known)
    if form.is_valid():
        data = form.changes()

        def save(now: datetime) -> None:
            lineup.edit_item(_piece(event, piece.public_id), now=now, **data)

        if _written(request, event, form, save, theirs=lambda: _piece(event, piece.public_id)):
            return redirect(part_url(event, "run", f"piece-{piece.public_id}"))
    return event_page(request, event, "run", item=form)


@login_required
@require_POST
def add_segment(request: HttpRequest, slug: str) -> HttpResponse:
    """Append a segment to the run of show."""
    event = managed_event(request, slug)
    form = segment_form(event, request.POST)
    if form.is_valid():
        data = form.changes()
        if _written(request, event, form, lambda now: segments.add_segment(event, now=now, **data)):
            return redirect(part_url(event, "run", "lineup"))
    return event_page(request, event, "run", add_segment=form)


@login_required
@require_POST
def change_segment(request: HttpRequest, slug: str, segment: str) -> HttpResponse:
    """`do` is up, down, remove or save."""
    event = managed_event(request, slug)
    part = _segment(event, segment)
    do = request.POST.get("do", "")
    version = _version(request)
    if do in STEPS:
        steps = STEPS[do]
        _told(request, event, lambda now: segments.move_segment(part, steps=steps, now=now, version=version))
    elif do == "remove":
        _told(request, event, lambda now: segments.remove_segment(part, now=now, version=version))
    else:
        return _save_segment(request, event, part)
    return redirect(part_url(event, "run", f"segment-{segment}"))


def _save_segment(request: HttpRequest, event: Event, part: Segment) -> HttpResponse:
    form = segment_form(event, request.POST, segment=part)
    if form.is_valid():
        data = form.changes()

        def save(now: datetime) -> None:
            segments.edit_segment(_segment(event, part.public_id), now=now, **data)

        if _written(request, event, form, save, theirs=lambda: _segment(event, part.public_id)):
            return redirect(part_url(event, "run", f"segment-{part.public_id}"))
    return event_page(request, event, "run", segment=form)


def _piece(event: Event, public_id: str) -> LineupItem:
    found = LineupItem.objects.select_related("event", "product", "segment")
    return get_object_or_404(found, event=event, public_id=public_id)


def _segment(event: Event, public_id: str) -> Segment:
    return get_object_or_404(
        Segment.objects.select_related("event", "brand"), event=event, public_id=public_id
    )


def _version(request: HttpRequest) -> int | None:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None  # noqa: PLR2004 - an integer column


def _written(
    request: HttpRequest,
    event: Event,
    form: VersionedForm,
    write: Write,
    *,
    theirs: Callable[[], object] = lambda: None,
) -> bool:
    """Run `write(now)` as one revision; a refusal goes beside its field. Returns whether it went through."""
    try:
        _revised(request, event, write)
    except EventError as error:
        form.refuse(error, event=event, theirs=theirs())
        return False
    return True


def _told(request: HttpRequest, event: Event, write: Write) -> None:
    """The same for a button, which has no text to lose: a refusal becomes a message."""
    try:
        _revised(request, event, write)
    except EventError as error:
        messages.error(request, str(error))


def _revised(request: HttpRequest, event: Event, write: Write) -> None:
    now = timezone.now()
    origin = request.build_absolute_uri("/").rstrip("/")
    with revisions.recorded(event, what="lineup", by=person(request), now=now, origin=origin):
        write(now)
