"""Inviting a host to a show, taking it back, and putting another in their place."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.domain import engagements
from events.enums import OVER
from events.errors import EventError, NeedsConfirmation
from events.forms.hosts import InviteForm, ReplaceForm, TermsForm, told
from events.models import Engagement, Event, Host
from events.rules import can_manage
from events.views.access import managed_event, person

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/events/<slug>/invite/?host=<slug>`: the terms of an invitation."""
    event = managed_event(request, slug)
    if request.method != "POST":
        host = Host.objects.filter(slug=request.GET.get("host", "")).first()
        form = InviteForm(event=event, host=host, initial={"host": host.slug if host else None})
        return _page(request, event, form, "studio/host_invite.html")
    form = InviteForm(request.POST, event=event)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = engagements.invite(
                event,
                data["host"],
                form.terms(),
                person(request),
                timezone.now(),
                confirmed=data["confirmed"],
                origin=origin_of(request),
            )
        except EventError as error:
            return _refused(request, event, form, error, "studio/host_invite.html")
        messages.success(request, _("%(host)s is invited. The answer comes here.") % {"host": made.host.name})
        return redirect("studio-event", event.slug)
    return _page(request, event, form, "studio/host_invite.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/events/<slug>/replace/?old=<slug>&host=<slug>`: another host in the place of one."""
    event = managed_event(request, slug)
    if request.method != "POST":
        # Whoever comes takes the seat's share unless another is written.
        initial = {"old": request.GET.get("old"), "host": request.GET.get("host"), "share": None}
        form = ReplaceForm(event=event, initial=initial)
        return _page(request, event, form, "studio/host_replace.html")
    form = ReplaceForm(request.POST, event=event)
    if form.is_valid():
        data = form.cleaned_data
        try:
            engagements.replace_host(
                event,
                data["old"],
                data["host"],
                None if data["in_house"] else form.terms(),
                person(request),
                timezone.now(),
                confirmed=data["confirmed"],
                origin=origin_of(request),
            )
        except EventError as error:
            return _refused(request, event, form, error, "studio/host_replace.html")
        messages.success(request, _("%(host)s hosts from now on.") % {"host": data["host"].name})
        return redirect("studio-event", event.slug)
    return _page(request, event, form, "studio/host_replace.html")


@login_required
@require_POST
def withdraw(request: HttpRequest, engagement: str) -> HttpResponse:
    """Take an invitation or an agreement back."""
    rows = Engagement.objects.select_related("event__brand", "host__user")
    row = get_object_or_404(rows, public_id=engagement)
    if not can_manage(request.user, row.event):
        raise Http404
    try:
        engagements.withdraw(row, now=timezone.now(), origin=origin_of(request))
    except EventError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. %(host)s is told.") % {"host": row.host.name})
    return redirect("studio-event", row.event.slug)


def origin_of(request: HttpRequest) -> str:
    """The site's address as the person reached it, for links in letters."""
    return request.build_absolute_uri("/").rstrip("/")


def _refused(
    request: HttpRequest, event: Event, form: TermsForm, error: EventError, template: str
) -> HttpResponse:
    if isinstance(error, NeedsConfirmation):
        return _page(request, event, form, template, reasons=error.reasons)
    told(form, error)
    return _page(request, event, form, template)


def _page(
    request: HttpRequest, event: Event, form: TermsForm, template: str, reasons: Any = ()
) -> HttpResponse:
    context = {"event": event, "form": form, "reasons": reasons, "over": event.state in OVER}
    wrong = bool(form.errors or reasons)
    return render(request, template, context, status=UNPROCESSABLE if wrong else 200)
