"""Making a show, holiday first: everything that comes with it is filled in on one page."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.models import Brand
from events.domain import conflicts
from events.domain.calendar import Occurrence, next_holidays
from events.domain.conflicts import Conflict
from events.domain.creating import Invitation, create_planned
from events.domain.strips import places_of
from events.domain.walltime import at
from events.errors import EventError
from events.forms import NewEventForm, day_of_token, host_shares, token
from events.forms.planning import step_choices
from events.holidays import markets
from events.holidays.regions import ZONES, market_name
from events.models import Assortment
from events.rules import events_managed_by
from events.views import planning
from events.views.access import person, produced_brands

USUAL_START, USUAL_MINUTES = time(20, 0), 60
WEEK = timedelta(days=7)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    """`/studio/events/new/`: first the holiday (`?holiday=<token>` or `none`), then everything else.

    `day` and `brand` fill in the form too.
    """
    brands = produced_brands(request)
    if not brands:
        raise PermissionDenied
    if request.method == "POST":
        return _create(request, brands)
    chosen = request.GET.get("holiday", "")
    day = day_of_token(chosen, brands=brands[:3])
    if day is None and chosen != "none":
        return render(request, "studio/choose_holiday.html", _choices(request, brands))
    brand = next((one for one in brands if one.slug == request.GET.get("brand")), brands[0])
    initial = _prefilled(request, day, brand)
    form = NewEventForm(brands=brands, today=timezone.localdate(), initial=initial)
    return _form_page(request, form, host_shares(), day, brand)


def _create(request: HttpRequest, brands: QuerySet[Brand]) -> HttpResponse:
    form = NewEventForm(request.POST, brands=brands, today=timezone.localdate())
    hosts = host_shares(request.POST)
    found: list[Conflict] = []
    if form.is_valid() and hosts.is_valid():
        plan = planning.plan_of_fields(request.POST, brands, None)
        found = planning.against(plan)
        if not conflicts.stops(found):
            try:
                return _created(request, form, hosts)
            except EventError as error:
                form.add_error(None, str(error))
    day = day_of_token(request.POST.get("holiday", ""), brands=brands[:3])
    brand = next((one for one in brands if one.slug == request.POST.get("brand")), brands[0])
    return _form_page(request, form, hosts, day, brand, found=found, status=422)


def _created(request: HttpRequest, form: NewEventForm, hosts: Any) -> HttpResponse:
    """The draft, and the way to it. Raises EventError with nothing made."""
    data = form.cleaned_data
    fields = form.event_data()
    offer = Invitation(form.basis_points(), data["disclosure"], data["message"]) if data["invite"] else None
    event = create_planned(
        data["brand"],
        title=fields.pop("title"),
        data=fields,
        shares=hosts.shares(),
        ticked=list(data["suggested"]),
        invitation=offer,
        steps=data["steps"],
        draft_edition=form.wants_draft_edition,
        by=person(request),
        now=timezone.now(),
        origin=request.build_absolute_uri("/").rstrip("/"),
    )
    messages.success(request, _("The draft is made. Now put products in its line-up."))
    return redirect("studio-event", event.slug)


def _form_page(
    request: HttpRequest,
    form: NewEventForm,
    hosts: Any,
    day: Occurrence | None,
    brand: Brand,
    *,
    found: list[Conflict] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    starts_at, ends_at = _times(form)
    show = _date_of(form) or timezone.localdate()
    shown = {field: form[field].value() for field in form.fields}
    plan = planning.plan_of_fields(shown | {"brand": brand.slug}, [brand], None)
    context = {
        "form": form,
        "hosts": hosts,
        "day": day,
        "brand": brand,
        "notes": planning.notes_on(day) if day else None,
        "steps": step_choices(planning.steps_on(day, show)) if day else [],
        "candidates": planning.candidates(brand, day, starts_at=starts_at, ends_at=ends_at, now=now),
        "ticked": [str(slug) for slug in form["suggested"].value() or []],
        "chosen_steps": form["steps"].value() or [],
        "conflicts": planning.against(plan) if found is None else found,
    }
    return render(request, "studio/new_event.html", context, status=status)


def _date_of(form: NewEventForm) -> date | None:
    value = form["day"].value()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _times(form: NewEventForm) -> tuple[datetime, datetime]:
    """When the show would be, as far as it is known: for telling who is free."""
    if form.is_bound and {"starts_at", "ends_at"} <= getattr(form, "cleaned_data", {}).keys():
        return form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
    day = _date_of(form) or timezone.localdate() + WEEK
    zone = str(form.initial.get("time_zone", "UTC"))
    start = at(day, USUAL_START, zone).utc
    return start, start + timedelta(minutes=USUAL_MINUTES)


def _prefilled(request: HttpRequest, day: Occurrence | None, brand: Brand) -> dict[str, object]:
    """Eight in the evening of the day the lead-time plan gives, in the market's zone; without a holiday the
    day asked for, else a week from now."""
    today = timezone.localdate()
    common: dict[str, object] = {
        "brand": brand.slug,
        "at": USUAL_START,
        "minutes": USUAL_MINUTES,
        "currency": settings.DEFAULT_CURRENCY,
    }
    if day is None:
        zone = timezone.get_current_timezone_name()
        return common | {"day": _asked_day(request) or today + WEEK, "time_zone": zone}
    name = day.info.name(get_language() or "en")
    show = planning.show_day(day, today=today)
    steps = [step.kind.value for step in planning.steps_on(day, show) if step.on >= today]
    zone = ZONES[day.market]
    start = at(show, USUAL_START, zone).utc
    found = planning.candidates(
        brand, day, starts_at=start, ends_at=start + timedelta(minutes=USUAL_MINUTES), now=timezone.now()
    )
    best = next((one.suggestion.host.slug for one in found if one.suggestion.free), None)
    return common | {
        "holiday": token(day),
        "title": _("%(holiday)s with %(brand)s") % {"holiday": name, "brand": brand.name},
        "day": show,
        "time_zone": zone,
        "edition": _edition_of(brand, day),
        "steps": steps,
        "suggested": [best] if best else [],
    }


def _edition_of(brand: Brand, day: Occurrence) -> str:
    """The brand's edition of that day, if it has one."""
    rows = Assortment.objects.filter(
        brand=brand, holiday__key=day.key, holiday__market=day.market, holiday__starts_on=day.starts_on
    )
    return rows.values_list("public_id", flat=True).first() or ""


def _asked_day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _choices(request: HttpRequest, brands: QuerySet[Brand]) -> dict[str, object]:
    market = request.GET.get("market", "")
    only = [market] if market in markets() else None
    owner = brands[0] if len(brands) == 1 else None
    days = next_holidays(today=timezone.localdate(), only=only, brand=owner)
    mine = events_managed_by(request.user).filter(
        holiday__starts_on__gte=timezone.localdate() - timedelta(days=60)
    )
    taken = set(mine.order_by().values_list("holiday__key", "holiday__starts_on").distinct())
    rows = [(day, places_of(day), (day.key, day.starts_on) in taken) for day in days]
    return {
        "market": market if only else "",
        "markets": [(code, market_name(code)) for code in markets()],
        "rows": rows,
    }
