"""One show in the studio: its data, run of show, people and state. Every form works without script."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from events.domain import lifecycle, scheduling
from events.enums import EventState, StaffRole
from events.errors import EditConflict, EventError
from events.forms import StaffForm, host_shares
from events.models import Event
from events.views.access import managed_event, person
from events.views.event_page import details_form, event_page, part_url


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/events/<slug>/`: POST saves the details."""
    event = managed_event(request, slug)
    if request.method != "POST":
        return event_page(request, event)
    form = details_form(event, request.POST)
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
    return event_page(request, event, "plan", details=form)


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
    if to == EventState.CANCELLED and request.POST.get("sure") != "on":
        messages.error(request, _("Tick that viewers and hosts are to be told, then cancel again."))
        return redirect("studio-event", event.slug)
    note = request.POST.get("note", "")
    try:
        lifecycle.advance(event, EventState(to), by=person(request), now=timezone.now(), note=note)
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
        return redirect(part_url(event, "hosts"))
    return event_page(request, event, "hosts", hosts=hosts)


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
        return redirect(part_url(event, "hosts"))
    form = StaffForm(request.POST, prefix="staff", label_suffix="")
    if form.is_valid():
        scheduling.assign_staff(
            event, user=form.cleaned_data["email"], role=StaffRole(form.cleaned_data["role"])
        )
        return redirect(part_url(event, "hosts"))
    return event_page(request, event, "hosts", staff=form)


def _told(request: HttpRequest, write: Any) -> bool:
    """Run `write(now)`; a refusal becomes a message. Returns whether it went through."""
    now: datetime = timezone.now()
    try:
        write(now)
    except EventError as error:
        messages.error(request, str(error))
        return False
    return True
