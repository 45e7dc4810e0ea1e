"""A host's own side: their profile, and the invitations they answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.domain import engagements, own_profile
from events.domain.terms import OTHERS
from events.enums import EngagementState, TieKind
from events.errors import EventError
from events.forms.hosts import AnswerForm, AwayForm, OwnProfileForm, TieForm, told
from events.models import Engagement, Host, HostTie
from events.views.access import person

UNPROCESSABLE = 422


def own_host(request: HttpRequest) -> Host:
    """The profile of the person who asks; whoever has none finds nothing here."""
    return get_object_or_404(Host, user=person(request))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """`/host/profile/`: `do` is save, tie, end-tie, away or back."""
    host = own_host(request)
    if request.method != "POST":
        return _page(request, host)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    wrong = act(request, host)
    if wrong:
        return _page(request, host, **wrong)
    messages.success(request, _("Saved."))
    return redirect("host-own-profile")


def _page(request: HttpRequest, host: Host, **bound: forms.Form) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "host": host,
        "form": bound.get("form") or OwnProfileForm(host=host),
        "tie_form": bound.get("tie_form") or TieForm(prefix="tie", label_suffix=""),
        "away_form": bound.get("away_form") or AwayForm(prefix="away", label_suffix=""),
        "ties": host.ties.select_related("brand"),
        "away": host.away.filter(ends_on__gte=today),
        "today": today,
    }
    return render(request, "events/host_own.html", context, status=UNPROCESSABLE if bound else 200)


def _save(request: HttpRequest, host: Host) -> dict[str, forms.Form]:
    form = OwnProfileForm(request.POST, host=host)
    return _written("form", form, lambda data: own_profile.edit_profile(host, **data))


def _tie(request: HttpRequest, host: Host) -> dict[str, forms.Form]:
    form = TieForm(request.POST, prefix="tie", label_suffix="")

    def add(data: dict[str, Any]) -> None:
        own_profile.add_tie(host, **data | {"kind": TieKind(data["kind"])})

    return _written("tie_form", form, add)


def _end_tie(request: HttpRequest, host: Host) -> dict[str, forms.Form]:
    tie = get_object_or_404(HostTie, host=host, pk=_number(request, "tie"))
    on = _day(request.POST.get("until", "")) or timezone.localdate()
    own_profile.end_tie(tie, on=max(on, tie.since))
    return {}


def _away(request: HttpRequest, host: Host) -> dict[str, forms.Form]:
    form = AwayForm(request.POST, prefix="away", label_suffix="")
    return _written("away_form", form, lambda data: own_profile.add_away(host, **data))


def _back(request: HttpRequest, host: Host) -> dict[str, forms.Form]:
    own_profile.remove_away(host, _number(request, "away"))
    return {}


def _written(name: str, form: forms.Form, write: Callable[[dict[str, Any]], object]) -> dict[str, forms.Form]:
    """Nothing when `write` took the form's data, else the form with what was wrong."""
    if form.is_valid():
        try:
            write(form.cleaned_data)
        except EventError as error:
            told(form, error)
    return {name: form} if form.errors else {}


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004 - what a key column holds
        raise Http404
    return int(text)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


ACTS: dict[str, Callable[[HttpRequest, Host], dict[str, forms.Form]]] = {
    "save": _save,
    "tie": _tie,
    "end-tie": _end_tie,
    "away": _away,
    "back": _back,
}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, engagement: str) -> HttpResponse:
    """`/host/engagements/<id>/`: the terms, and yes or no (`do` is accept or decline) with some words."""
    user = person(request)
    rows = Engagement.objects.select_related("event__brand", "event__holiday", "host", "invited_by")
    row = get_object_or_404(rows, public_id=engagement, host__user=user)
    form = AnswerForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        say = {"accept": engagements.accept, "decline": engagements.decline}.get(request.POST.get("do", ""))
        if say is None:
            raise Http404
        origin = request.build_absolute_uri("/").rstrip("/")
        try:
            say(row, by=user, now=timezone.now(), words=form.cleaned_data["words"], origin=origin)
        except EventError as error:
            form.add_error(None, str(error))
        else:
            accepted = row.state == EngagementState.ACCEPTED
            messages.success(request, _("You accepted.") if accepted else _("You declined."))
            return redirect("host-engagement", row.public_id)
    context = {
        "engagement": row,
        "event": row.event,
        "form": form,
        "open": row.state == EngagementState.INVITED,
        "standing": row.state == EngagementState.ACCEPTED,
        "commission": sorted(row.commission.items(), key=lambda pair: (pair[0] == OTHERS, pair[0])),
    }
    return render(request, "events/host_engagement.html", context, status=422 if form.errors else 200)
