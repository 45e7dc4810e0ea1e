"""One show in the studio: its data, run of show, people and state. Every form works without script."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from catalog.models import Brand
from events import queries
from events.domain import lifecycle, lineup, scheduling
from events.enums import EventState, StaffRole
from events.errors import EditConflict, EventError
from events.forms import DetailsForm, LineupAddForm, LineupItemForm, StaffForm, host_shares
from events.models import Event, LineupItem
from events.views.access import managed_event, person

UNPROCESSABLE = 422
BUTTONS = {
    (EventState.DRAFT, EventState.SCHEDULED): gettext_lazy("Schedule"),
    (EventState.SCHEDULED, EventState.REHEARSAL): gettext_lazy("Start the rehearsal"),
    (EventState.SCHEDULED, EventState.DRAFT): gettext_lazy("Back to draft"),
    (EventState.REHEARSAL, EventState.LIVE): gettext_lazy("Go live"),
    (EventState.REHEARSAL, EventState.SCHEDULED): gettext_lazy("Leave the rehearsal"),
    (EventState.LIVE, EventState.ENDED): gettext_lazy("End the show"),
    (EventState.ENDED, EventState.REPLAY): gettext_lazy("Offer as replay"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/events/<slug>/`: POST saves the details."""
    event = managed_event(request, slug)
    if request.method != "POST":
        return _page(request, event)
    form = _details(event, request.POST)
    if form.is_valid():
        try:
            scheduling.edit_event(event, version=form.cleaned_data["version"] or 0, **form.event_data())
        except EventError as error:
            form.add_error(None, str(error))
            if isinstance(error, EditConflict):
                form.data = _with_new_version(request, event)
        else:
            messages.success(request, _("Saved."))
            return redirect("studio-event", event.slug)
    event.refresh_from_db()
    return _page(request, event, details=form)


def _with_new_version(request: HttpRequest, event: Event) -> QueryDict:
    """What was sent, savable over the other person's text once the writer has seen the notice."""
    event.refresh_from_db()
    data = request.POST.copy()
    data["version"] = str(event.version)
    return data


@login_required
@require_POST
def change_state(request: HttpRequest, slug: str) -> HttpResponse:
    """One step of the state machine: `to` names the new state."""
    event = managed_event(request, slug)
    to = request.POST.get("to", "")
    if to not in EventState.values:
        messages.error(request, _("There is no such state."))
        return redirect("studio-event", event.slug)
    try:
        lifecycle.advance(event, EventState(to), by=person(request), now=timezone.now())
    except EventError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("This show is now “%(state)s”.") % {"state": event.get_state_display()})
    return redirect("studio-event", event.slug)


@login_required
@require_POST
def change_hosts(request: HttpRequest, slug: str) -> HttpResponse:
    """Replace the hosts and their shares."""
    event = managed_event(request, slug)
    hosts = host_shares(request.POST, event=event)
    if hosts.is_valid() and _told(request, lambda now: scheduling.set_hosts(event, hosts.shares(), now=now)):
        return redirect("studio-event", event.slug)
    return _page(request, event, hosts=hosts)


@login_required
@require_POST
def change_staff(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a person to the staff of this show, or with `remove=<public id>` take one off."""
    event = managed_event(request, slug)
    if removed := request.POST.get("remove"):
        user = get_object_or_404(User, public_id=removed)
        role = request.POST.get("role", "")
        if role in StaffRole.values:
            scheduling.release_staff(event, user=user, role=StaffRole(role))
        return redirect("studio-event", event.slug)
    form = StaffForm(request.POST, prefix="staff", label_suffix="")
    if form.is_valid():
        scheduling.assign_staff(
            event, user=form.cleaned_data["email"], role=StaffRole(form.cleaned_data["role"])
        )
        return redirect("studio-event", event.slug)
    return _page(request, event, staff=form)


@login_required
@require_POST
def add_to_lineup(request: HttpRequest, slug: str) -> HttpResponse:
    """Append a product to the run of show."""
    event = managed_event(request, slug)
    form = LineupAddForm(request.POST, products=queries.addable_products(event), prefix="add")
    if form.is_valid():
        data = form.cleaned_data
        product = data.pop("product")
        if _told(request, lambda now: lineup.add_item(event, product, now=now, **data)):
            return redirect("studio-event", event.slug)
    return _page(request, event, add=form)


@login_required
@require_POST
def change_item(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """`do` is up, down, remove or save."""
    event = managed_event(request, slug)
    piece = get_object_or_404(LineupItem.objects.select_related("event"), event=event, public_id=item)
    match request.POST.get("do"):
        case "up":
            _told(request, lambda now: lineup.move_item(piece, steps=-1, now=now))
        case "down":
            _told(request, lambda now: lineup.move_item(piece, steps=1, now=now))
        case "remove":
            _told(request, lambda now: lineup.remove_item(piece, now=now))
        case _:
            form = LineupItemForm(request.POST, prefix=piece.public_id, label_suffix="")
            if not form.is_valid():
                return _page(request, event, item=form)
            _told(request, lambda now: lineup.edit_item(piece, **form.cleaned_data, now=now))
    return redirect("studio-event", event.slug)


def _told(request: HttpRequest, write: Any) -> bool:
    """Run `write(now)`; a refusal becomes a message. Returns whether it went through."""
    now: datetime = timezone.now()
    try:
        write(now)
    except EventError as error:
        messages.error(request, str(error))
        return False
    return True


def _details(event: Event, data: Any = None) -> DetailsForm:
    brands = Brand.objects.filter(pk=event.brand_id)
    return DetailsForm(data, brands=brands, today=timezone.localdate(), event=event)


def _page(request: HttpRequest, event: Event, **bound: Any) -> HttpResponse:
    """The page with `bound` forms in the place of fresh ones; answers 422 when there are any."""
    state = EventState(event.state)
    context = {
        "event": event,
        "over": state in lineup.OVER,
        "missing": lifecycle.missing(event, now=timezone.now())
        if state in {EventState.DRAFT, EventState.SCHEDULED}
        else [],
        "steps": [(to.value, BUTTONS[state, to]) for to in lifecycle.next_states(event)],
        "history": event.changes.select_related("by"),
        "items": _items(event, bound.get("item")),
        "unpriced": queries.unpriced(event),
        "details": bound.get("details") or _details(event),
        "hosts": bound.get("hosts") or host_shares(event=event),
        "staff": event.staff.select_related("user"),
        "staff_form": bound.get("staff") or StaffForm(prefix="staff", label_suffix=""),
        "add": bound.get("add") or LineupAddForm(products=queries.addable_products(event), prefix="add"),
    }
    return render(request, "studio/event.html", context, status=UNPROCESSABLE if bound else 200)


def _items(event: Event, bound: LineupItemForm | None) -> list[tuple[LineupItem, LineupItemForm]]:
    rows = []
    for item in event.lineup.select_related("product").prefetch_related("product__images"):
        known = {"planned_second": item.planned_second, "talking_points": item.talking_points}
        fresh = LineupItemForm(initial=known, prefix=item.public_id, label_suffix="")
        rows.append((item, bound if bound and bound.prefix == item.public_id else fresh))
    return rows
