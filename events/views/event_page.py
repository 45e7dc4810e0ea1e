"""The page of one show in the studio: where it stands, and one part of it at a time (`?part=`)."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from catalog.models import Brand
from events import queries
from events.domain import history, lifecycle, repeating, reviewing
from events.domain.trailers import trailer_of
from events.enums import OVER, EventState, ReviewState
from events.forms import DetailsForm, ReviewForm, StaffForm, TaskForm, host_shares
from events.forms.trailer import TrailerForm
from events.models import ChecklistItem, Event
from events.views import planning
from events.views.access import person
from events.views.look_context import look_context
from events.views.run_context import run_context

UNPROCESSABLE = 422
PER_PAGE = 20  # changes per page of the history
PLANNING = {EventState.DRAFT, EventState.SCHEDULED}
BUTTONS = {
    (EventState.DRAFT, EventState.SCHEDULED): gettext_lazy("Schedule"),
    (EventState.SCHEDULED, EventState.REHEARSAL): gettext_lazy("Start the rehearsal"),
    (EventState.SCHEDULED, EventState.DRAFT): gettext_lazy("Back to draft"),
    (EventState.SCHEDULED, EventState.CANCELLED): gettext_lazy("Cancel the show"),
    (EventState.REHEARSAL, EventState.LIVE): gettext_lazy("Go live"),
    (EventState.REHEARSAL, EventState.SCHEDULED): gettext_lazy("Leave the rehearsal"),
    (EventState.REHEARSAL, EventState.CANCELLED): gettext_lazy("Cancel the show"),
    (EventState.CANCELLED, EventState.DRAFT): gettext_lazy("Back to draft"),
    (EventState.LIVE, EventState.ENDED): gettext_lazy("End the show"),
    (EventState.ENDED, EventState.REPLAY): gettext_lazy("Open for looking back"),
}
Context = dict[str, Any]


def event_page(request: HttpRequest, event: Event, part: str = "", **bound: Any) -> HttpResponse:
    """The page at `part` (default: the address's) with `bound` forms in the place of fresh ones.

    Answers 422 when there are any.
    """
    part = part or request.GET.get("part", "")
    part = part if part in PARTS else "plan"
    _name, template, context_of = PARTS[part]
    state = EventState(event.state)
    context = {
        "event": event,
        "part": part,
        "part_template": template,
        "parts": [(key, name) for key, (name, _template, _context) in PARTS.items()],
        "over": state in OVER,
        "missing": lifecycle.missing(event, now=timezone.now()) if state in PLANNING else [],
        "steps": [(to.value, BUTTONS[state, to]) for to in lifecycle.next_states(event)],
        "unpriced": queries.unpriced(event),
    }
    context |= context_of(request, event, bound)
    return render(request, "studio/event.html", context, status=UNPROCESSABLE if bound else 200)


def part_url(event: Event, part: str, anchor: str = "") -> str:
    """The address of one part of the event's page."""
    query = "" if part == "plan" else f"?part={part}"
    return reverse("studio-event", args=[event.slug]) + query + (f"#{anchor}" if anchor else "")


def details_form(event: Event, data: Any = None) -> DetailsForm:
    brands = Brand.objects.filter(pk=event.brand_id)
    return DetailsForm(data, brands=brands, today=timezone.localdate(), event=event)


def _plan(request: HttpRequest, event: Event, bound: Context) -> Context:
    over = event.state in OVER
    return {
        "details": bound.get("details") or details_form(event),
        "meanwhile": bound.get("meanwhile") or [],
        "conflicts": [] if over else planning.against(planning.plan_of_event(event)),
        "tasks": _tasks(event, bound.get("task_edited")),
        "task_form": bound.get("task") or TaskForm(prefix="task"),
        "turn": repeating.next_turn(event, today=timezone.localdate()) if over else None,
        "today": timezone.localdate(),
        "trailer": trailer_of(event),
        "trailer_form": bound.get("trailer") or TrailerForm(prefix="trailer", label_suffix=""),
    }


def _hosts(request: HttpRequest, event: Event, bound: Context) -> Context:
    return {
        "hosts": bound.get("hosts") or host_shares(event=event),
        "staff": event.staff.select_related("user"),
        "staff_form": bound.get("staff") or StaffForm(prefix="staff", label_suffix=""),
    }


def _tasks(event: Event, bound: TaskForm | None) -> list[tuple[ChecklistItem, TaskForm]]:
    rows = []
    for item in event.checklist.select_related("done_by"):
        known = {"text": item.text, "due_on": item.due_on, "seen": item.text}
        fresh = TaskForm(initial=known, prefix=item.public_id)
        rows.append((item, bound if bound and bound.prefix == item.public_id else fresh))
    return rows


def _review(request: HttpRequest, event: Event, bound: Context) -> Context:
    return {
        "review": bound.get("review") or ReviewForm(initial={"version": event.version}),
        "notes": event.review_notes.select_related("by"),
        "may_decide": reviewing.may_decide(event, person(request)),
        "may_ask": event.state in PLANNING and event.review in {ReviewState.NONE, ReviewState.CHANGES},
        "review_state": ReviewState(event.review),
    }


def _history(request: HttpRequest, event: Event, bound: Context) -> Context:
    page = Paginator(history.rows(event), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "changes": history.entries(list(page), event),
        "page": page,
        "history": event.changes.select_related("by"),
    }


# The parts in the order of their tabs: name, template, and what the template needs beside the common.
Part = tuple[Any, str, Callable[[HttpRequest, Event, Context], Context]]
PARTS: dict[str, Part] = {
    "plan": (gettext_lazy("Plan"), "studio/_part_plan.html", _plan),
    "run": (gettext_lazy("Run of show"), "studio/_part_run.html", run_context),
    "hosts": (gettext_lazy("Hosts"), "studio/_part_hosts.html", _hosts),
    "look": (gettext_lazy("Look"), "studio/_part_look.html", look_context),
    "review": (gettext_lazy("Review"), "studio/_part_review.html", _review),
    "history": (gettext_lazy("History"), "studio/_part_history.html", _history),
}
