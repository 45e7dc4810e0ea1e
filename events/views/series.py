"""Series: the same evening again and again, looked at before the drafts are made."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import Brand
from events.domain import conflicts
from events.domain import series as recurrence
from events.domain.conflicts import Conflict, Plan
from events.domain.series import Every, Slot
from events.domain.walltime import wall_of
from events.errors import EventError
from events.forms import SeriesForm, host_shares
from events.forms.planning import days_left_out
from events.models import Event, Series
from events.rules import events_managed_by
from events.views.access import managed_event, produced_brands
from events.views.new_event import USUAL_MINUTES, USUAL_START

PER_PAGE = 25
WEEK = timedelta(days=7)


@login_required
@require_safe
def all_series(request: HttpRequest) -> HttpResponse:
    """`/studio/series/`: the series of my brands, with their dates."""
    brands = produced_brands(request)
    rows = (
        Series.objects.filter(brand__in=brands)
        .select_related("brand")
        .annotate(count=Count("events"), first=Min("events__starts_at"), last=Max("events__starts_at"))
        .order_by("-last", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "studio/series.html", {"page": page, "may_plan": brands.exists()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_series(request: HttpRequest) -> HttpResponse:
    """`/studio/series/new/`: `do=preview` shows the dates, `do=create` makes the drafts but `skip`."""
    brands = produced_brands(request)
    if not brands.exists():
        raise PermissionDenied
    today = timezone.localdate()
    if request.method != "POST":
        initial = {
            "brand": brands[0].slug,
            "day": today + WEEK,
            "at": USUAL_START,
            "minutes": USUAL_MINUTES,
            "time_zone": timezone.get_current_timezone_name(),
            "currency": settings.DEFAULT_CURRENCY,
        }
        form = SeriesForm(brands=brands, today=today, initial=initial)
        return _page(request, form, host_shares())
    form, hosts = SeriesForm(request.POST, brands=brands, today=today), host_shares(request.POST)
    if not form.is_valid() or not hosts.is_valid():
        return _page(request, form, hosts, status=422)
    if request.POST.get("do") != "create":
        return _page(request, form, hosts, slots=_slots(form))
    try:
        made = _created(request, form, hosts)
    except EventError as error:
        form.add_error(None, str(error))
        return _page(request, form, hosts, slots=_slots(form), status=422)
    messages.success(request, _("The drafts are made. Each can be changed alone or with those after it."))
    return redirect("studio-series-one", made.public_id)


def _created(request: HttpRequest, form: SeriesForm, hosts: Any) -> Series:
    data = form.cleaned_data
    return recurrence.create_series(
        data["brand"],
        title=data["title"],
        rule=recurrence.rule_of(Every(data["every"]), data["day"], data["count"]),
        first_day=data["day"],
        clock=data["at"],
        minutes=data["minutes"],
        zone=data["time_zone"],
        data={"summary": data["summary"], "currency": data["currency"]},
        shares=hosts.shares(),
        skip=days_left_out(request.POST.getlist("skip")),
    )


def _slots(form: SeriesForm) -> list[Slot]:
    data = form.cleaned_data
    rule = recurrence.rule_of(Every(data["every"]), data["day"], data["count"])
    return recurrence.slots(
        rule, first_day=data["day"], clock=data["at"], minutes=data["minutes"], zone=data["time_zone"]
    )


def _page(
    request: HttpRequest, form: SeriesForm, hosts: Any, *, slots: list[Slot] | None = None, status: int = 200
) -> HttpResponse:
    rows = [(slot, found) for slot, found in zip(slots, _clashes(form, slots), strict=True)] if slots else []
    skipped = request.POST.getlist("skip")
    context = {"form": form, "hosts": hosts, "rows": rows, "skipped": skipped}
    return render(request, "studio/series_new.html", context, status=status)


def _clashes(form: SeriesForm, slots: list[Slot]) -> list[list[Conflict]]:
    """What stands against each date: the brand's and its rivals' shows, read at once."""
    data = form.cleaned_data
    plans = [
        Plan(brand=data["brand"], zone=data["time_zone"], starts=slot.moment.wall, minutes=data["minutes"])
        for slot in slots
    ]
    return conflicts.shows_at_once(plans)


@login_required
@require_safe
def one_series(request: HttpRequest, series: str) -> HttpResponse:
    """`/studio/series/<id>/`: its shows in their order."""
    row = get_object_or_404(_mine(request), public_id=series)
    shows = row.events.order_by("starts_at", "pk")
    rows = [(show, wall_of(show.starts_at, show.time_zone)) for show in shows]
    return render(request, "studio/series_one.html", {"series": row, "rows": rows})


def _mine(request: HttpRequest) -> QuerySet[Series]:
    brands: QuerySet[Brand] = produced_brands(request)
    own = Series.objects.filter(brand__in=brands)
    shown: QuerySet[Event] = events_managed_by(request.user)
    return (own | Series.objects.filter(events__in=shown)).select_related("brand").distinct()


@login_required
@require_POST
def detach(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one show out of its series."""
    event = managed_event(request, slug)
    recurrence.detach(event)
    messages.success(request, _("This show stands alone now."))
    return redirect("studio-event", event.slug)
