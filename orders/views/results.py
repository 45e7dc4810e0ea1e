"""Results: each holiday of a year beside the same one last year, one show beside its last, and as CSV."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import Brand
from catalog.rules import brands_of, has_role, is_staff_of_any
from events.models import Event
from livechat.domain.claims import DECIDERS
from orders.insights.compare import Pair, by_holiday, of_event
from orders.insights.export import results_csv
from orders.rules import can_read_orders, read_brands

FIRST_YEAR, LAST_YEAR = 2020, 2050
SHOWN_YEARS = 4


@login_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/studio/results/?year=&brand=&day=`: the year's holidays; with `day` one of them in full."""
    brands, now = _brands(request), timezone.now()
    year = _year(request, now)
    chosen = _chosen(request, brands)
    pairs = by_holiday(chosen, year=year, now=now)
    context = {
        "brands": list(brands),
        "brand": request.GET.get("brand", ""),
        "year": year,
        "years": range(now.year, now.year - SHOWN_YEARS, -1),
        "pairs": pairs,
        "pair": _asked(request, pairs),
        "decides": brands_of(request.user, *DECIDERS).exists(),
    }
    return render(request, "orders/results.html", context)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as CSV: one row per holiday and measure, amounts in minor units."""
    brands, now = _brands(request), timezone.now()
    year = _year(request, now)
    pairs = by_holiday(_chosen(request, brands), year=year, now=now)
    answer = HttpResponse("".join(results_csv(pairs)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="results-{year}.csv"'
    return answer


@login_required
@require_safe
def of_show(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the event's studio page: this show beside last year's.

    For readers of the brand's orders. A host or somebody working on this one show reads of it alone, not of
    the brand's other shows.
    """
    event = get_object_or_404(Event.objects.select_related("brand", "holiday"), slug=slug)
    if not can_read_orders(request.user, event.brand):
        if has_role(request.user, event.brand) or not is_staff_of_any(request.user):
            raise PermissionDenied
        raise Http404
    pair = of_event(event, now=timezone.now())
    return render(request, "orders/_results_of_event.html", {"event": event, "pair": pair})


def _brands(request: HttpRequest) -> QuerySet[Brand]:
    brands = read_brands(request.user)
    if not brands.exists():
        raise PermissionDenied
    return brands.order_by("name")


def _chosen(request: HttpRequest, brands: QuerySet[Brand]) -> QuerySet[Brand]:
    """The brand asked for, among those the person may read; all of them when none is asked for."""
    if not (wanted := request.GET.get("brand", "")):
        return brands
    chosen = brands.filter(slug=wanted)
    if not chosen.exists():
        raise Http404
    return chosen


def _year(request: HttpRequest, now: datetime) -> int:
    """The year asked for; this one unless it is a year of the almanac."""
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked[:4]) <= LAST_YEAR and len(asked) == 4:  # noqa: PLR2004 - a year
        return int(asked)
    return now.astimezone(ZoneInfo(timezone.get_current_timezone_name())).year


def _asked(request: HttpRequest, pairs: list[Pair]) -> Pair | None:
    wanted = request.GET.get("day")
    if wanted is None:
        return None
    found = next((pair for pair in pairs if pair.place == wanted), None)
    if found is None:
        raise Http404
    return found
