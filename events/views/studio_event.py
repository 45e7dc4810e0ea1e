"""One show in the studio: its data, hosts, people and state. Every form works without script."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from events.domain import conflicts, lifecycle, revisions, scheduling, series
from events.domain.merging import Clash, Merged, merge
from events.enums import EventState, StaffRole
from events.errors import EditConflict, EventError
from events.forms import DetailsForm, StaffForm, host_shares
from events.forms.details import base_of
from events.models import Event, Revision
from events.views import planning
from events.views.access import managed_event, person
from events.views.event_page import details_form, event_page, part_url
from events.views.recording import origin_of, recording, told

FIELDS = ("title", "holiday", "day", "at", "minutes", "time_zone", "currency", "edition", "summary")


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A field two people changed, for the page: both words, who saved the other and when."""

    label: str
    clash: Clash
    revision: Revision | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/events/<slug>/`: POST saves the details, `scope=following` for the rest of the series too."""
    event = managed_event(request, slug)
    if request.method != "POST":
        return event_page(request, event)
    form = details_form(event, request.POST)
    if form.is_valid() and not _stopped(request, event, form):
        try:
            _save(request, event, form, form.cleaned_data["version"] or 0)
        except EditConflict:
            return _resolve(request, event)
        except EventError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("studio-event", event.slug)
    event.refresh_from_db()
    return event_page(request, event, "plan", details=form)


def _save(request: HttpRequest, event: Event, form: DetailsForm, version: int) -> None:
    now = timezone.now()
    if request.POST.get("scope") == "following" and event.series_id:
        changed = series.edit_following(
            event,
            version=version,
            by=person(request),
            now=now,
            origin=origin_of(request),
            **form.event_data(),
        )
        messages.info(request, _("Shows of the series changed: %(count)s.") % {"count": changed})
        return
    with recording(request, event, "details", now):
        scheduling.edit_event(event, version=version, now=now, **form.event_data())


def _stopped(request: HttpRequest, event: Event, form: DetailsForm) -> bool:
    """Whether something forbids the time that was typed; told beside it. Old times are nobody's fault now."""
    if (form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]) == (event.starts_at, event.ends_at):
        return False
    found = planning.against(planning.plan_of_fields(request.POST, [event.brand], event))
    for one in conflicts.stops(found):
        form.add_error("at", one.sentence)
    return bool(conflicts.stops(found))


def _resolve(request: HttpRequest, event: Event) -> HttpResponse:
    """Somebody saved meanwhile. What does not touch theirs is saved with it; the rest stands side by side."""
    version = int(request.POST.get("version") or 0)
    event = managed_event(request, event.slug)
    merged = _merged(request.POST, event)
    data = request.POST.copy()
    for field, value in merged.values.items():
        data[field] = value
    data["version"], data["base"] = str(event.version), base_of(event)
    form = details_form(event, data)
    if form.is_valid() and not merged.clashes:
        try:
            _save(request, event, form, event.version)
        except EventError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved, together with what others changed meanwhile."))
            return redirect("studio-event", event.slug)
    if merged.clashes:
        form.add_error(None, _("Somebody else has saved this show meanwhile. Nothing of yours is lost."))
    return event_page(
        request, event, "plan", details=form, meanwhile=_meanwhile(event, form, merged, version)
    )


def _merged(data: QueryDict, event: Event) -> Merged:
    theirs = json.loads(base_of(event))
    taken = data.getlist("take")
    mine = {field: theirs[field] if field in taken else _typed(data, field) for field in FIELDS}
    return merge(_base(data.get("base", "")), mine, theirs)


def _typed(data: QueryDict, field: str) -> str:
    """What was typed, as the form would show it again."""
    text = (data.get(field) or "").strip().replace("\r\n", "\n")
    return text[:5] if field == "at" else text


def _base(sent: str) -> dict[str, str] | None:
    try:
        found = json.loads(sent)
    except ValueError:
        return None
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else None


def _meanwhile(event: Event, form: DetailsForm, merged: Merged, version: int) -> list[Meanwhile]:
    changed = revisions.changed_since(event, version)
    names = {"day": "starts_at", "at": "starts_at", "minutes": "ends_at"}
    return [
        Meanwhile(
            label=str(form.fields[clash.field].label),
            clash=_in_words(form, clash),
            revision=changed[name][1] if (name := names.get(clash.field, clash.field)) in changed else None,
        )
        for clash in merged.clashes
    ]


def _in_words(form: DetailsForm, clash: Clash) -> Clash:
    """The clash with names of choices in the place of their values."""
    choices: Any = getattr(form.fields[clash.field], "choices", [])
    flat = [pair for key, label in choices for pair in (label if isinstance(label, list) else [(key, label)])]
    names = {str(value): str(label) for value, label in flat}
    mine, theirs = (names.get(value, value) or "–" for value in (clash.mine, clash.theirs))
    return Clash(clash.field, mine, theirs)


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
    if hosts.is_valid() and told(
        request, event, "hosts", lambda now: scheduling.set_hosts(event, hosts.shares(), now=now)
    ):
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
