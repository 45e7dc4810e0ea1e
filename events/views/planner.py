"""The planner: a year of holiday bands per market, or a month of days, with the shows on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import Brand
from events.domain import planner
from events.domain.walltime import around
from events.holidays import FIRST_YEAR, LAST_YEAR, markets
from events.holidays.regions import market_name
from events.models.event import EventQuerySet
from events.rules import events_managed_by
from events.views.access import produced_brands

USUAL = 4  # markets shown to who chose none


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is planned for: the markets and brands ticked, and the shows that follow from them."""

    markets: list[str]
    brands: list[Brand]
    ticked: list[str]
    events: EventQuerySet


@login_required
@require_safe
def planner_page(request: HttpRequest) -> HttpResponse:
    """`/studio/planner/`: `?year=2027`, or `?month=2027-08`; `market` and `brand` as often as wanted."""
    brands = produced_brands(request)
    today = timezone.localdate()
    chosen = _chosen(request, brands, today)
    context = {
        "today": today,
        "brands": brands,
        "chosen": chosen,
        "may_plan": bool(brands),
        "all_markets": [(code, market_name(code)) for code in markets()],
    }
    month = _month(request.GET.get("month", ""))
    if month is not None:
        return render(request, "studio/planner_month.html", context | _month_view(month, chosen, today))
    return render(request, "studio/planner.html", context | _year_view(request, chosen, today))


def _year_view(request: HttpRequest, chosen: Chosen, today: date) -> dict[str, object]:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked[:5]) <= LAST_YEAR else today.year
    rows = planner.year_rows(year, markets=chosen.markets, brands=chosen.brands, events=chosen.events)
    return {
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "rows": rows,
        "days": range(1, 32),
    }


def _month_view(month: date, chosen: Chosen, today: date) -> dict[str, object]:
    weeks = planner.month_weeks(
        month, markets=chosen.markets, brands=chosen.brands, events=chosen.events, today=today
    )
    before, after = month - timedelta(days=1), month + timedelta(days=31)
    return {
        "month": month,
        "before": before.replace(day=1) if before.year >= FIRST_YEAR else None,
        "after": after.replace(day=1) if after.year <= LAST_YEAR else None,
        "weeks": weeks,
    }


def _month(asked: str) -> date | None:
    try:
        found = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _chosen(request: HttpRequest, brands: QuerySet[Brand], today: date) -> Chosen:
    asked = set(request.GET.getlist("brand"))
    of_brands = [brand for brand in brands if brand.slug in asked] or list(brands)
    mine = events_managed_by(request.user)
    known = [code for code in request.GET.getlist("market") if code in markets()]
    events = mine.filter(brand__in=of_brands) if asked else mine
    ticked = [brand.slug for brand in of_brands] if asked else []
    return Chosen(sorted(set(known)) or _usual_markets(mine, of_brands, today), of_brands, ticked, events)


def _usual_markets(events: EventQuerySet, brands: Iterable[Brand], today: date) -> list[str]:
    """Where the brands are at home and where they gave shows in the last year; else the first few."""
    year = timedelta(days=366)
    recent = events.filter(starts_at__range=around(today - year, today + year), holiday__isnull=False)
    shown = recent.order_by().values_list("holiday__market", flat=True).distinct()
    home = [brand.country for brand in brands]
    found = [code for code in dict.fromkeys([*home, *sorted(shown)]) if code in markets()]
    return sorted(found[:USUAL] or markets()[:USUAL])
