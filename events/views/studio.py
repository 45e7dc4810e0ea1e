"""The studio's list of shows and the page that makes a new one, holiday first."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Brand
from events import queries
from events.domain import lifecycle, scheduling
from events.domain.calendar import NextHoliday, Occurrence, next_holidays
from events.enums import EventState
from events.errors import EventError
from events.forms import NewEventForm, day_of_token, host_shares, token
from events.holidays import markets
from events.holidays.regions import ZONES, market_name
from events.queries import EventCard
from events.rules import events_managed_by
from events.views.access import produced_brands

PLANNED = 8  # holidays in the planner strip
USUAL_START, USUAL_MINUTES = time(20, 0), 60
STEPS = {
    EventState.DRAFT: gettext_lazy("Schedule it"),
    EventState.SCHEDULED: gettext_lazy("Rehearse"),
    EventState.REHEARSAL: gettext_lazy("Go live"),
    EventState.LIVE: gettext_lazy("Follow it"),
    EventState.ENDED: gettext_lazy("Offer the replay"),
    EventState.REPLAY: gettext_lazy("Look back"),
    EventState.CANCELLED: gettext_lazy("Plan it anew"),
}


@dataclass(frozen=True, slots=True)
class StudioRow:
    """A show in the list: the card and what to do next in a few words."""

    card: EventCard
    next_step: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A coming holiday in the planner strip and the shows that stand on it."""

    holiday: NextHoliday
    token: str
    shows: list[EventCard]


@login_required
@require_safe
def shows(request: HttpRequest) -> HttpResponse:
    """`/studio/`: my brands' shows by state with the next step, under the next holidays."""
    now = timezone.now()
    brands = produced_brands(request)
    groups = queries.shows_by_state(events_managed_by(request.user))
    cards = [card for _state, members in groups for card in members]
    context = {
        "brands": brands,
        "groups": [
            (state, [StudioRow(card, _next_step(card, now)) for card in members]) for state, members in groups
        ],
        "planner": _planner(cards, now),
    }
    return render(request, "studio/shows.html", context)


def _next_step(card: EventCard, now: datetime) -> str:
    state = EventState(card.event.state)
    if state in {EventState.DRAFT, EventState.SCHEDULED} and (
        reasons := lifecycle.missing(card.event, now=now)
    ):
        return reasons[0]
    return str(STEPS[state])


def _planner(cards: list[EventCard], now: datetime) -> list[Planned]:
    planned = []
    for holiday in next_holidays(today=timezone.localdate(now)):
        shows = [
            card
            for card in cards
            if card.event.holiday
            and (card.event.holiday.key, card.event.holiday.starts_on) == (holiday.key, holiday.starts_on)
        ]
        planned.append(Planned(holiday, _tokens(holiday)[0][1], shows))
    return planned[:PLANNED]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    """`/studio/events/new/`: first the holiday (`?holiday=<token>` or `none`), then everything else."""
    brands = produced_brands(request)
    if not brands.exists():
        raise PermissionDenied
    if request.method == "POST":
        return _create(request, brands)
    chosen = request.GET.get("holiday", "")
    day = day_of_token(chosen)
    if day is None and chosen != "none":
        return render(request, "studio/choose_holiday.html", _choices(request))
    form = NewEventForm(brands=brands, today=timezone.localdate(), initial=_prefilled(day, brands[0]))
    return _form_page(request, form, host_shares(), day)


def _create(request: HttpRequest, brands: Any) -> HttpResponse:
    form = NewEventForm(request.POST, brands=brands, today=timezone.localdate())
    hosts = host_shares(request.POST)
    if form.is_valid() and hosts.is_valid():
        data = form.event_data()
        try:
            event = scheduling.create_event(
                form.cleaned_data["brand"], title=data.pop("title"), data=data, shares=hosts.shares()
            )
        except EventError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is made. Now put products in its line-up."))
            return redirect("studio-event", event.slug)
    return _form_page(request, form, hosts, day_of_token(request.POST.get("holiday", "")), status=422)


def _form_page(
    request: HttpRequest, form: NewEventForm, hosts: Any, day: Occurrence | None, status: int = 200
) -> HttpResponse:
    return render(request, "studio/new_event.html", {"form": form, "hosts": hosts, "day": day}, status=status)


def _prefilled(day: Occurrence | None, brand: Brand) -> dict[str, object]:
    """Eight in the evening of the holiday, in its market's zone; without one, a week from now in UTC."""
    if day is None:
        return {
            "brand": brand.slug,
            "day": timezone.localdate() + timedelta(days=7),
            "at": USUAL_START,
            "minutes": USUAL_MINUTES,
            "time_zone": timezone.get_current_timezone_name(),
            "currency": settings.DEFAULT_CURRENCY,
        }
    name = day.info.name(get_language() or "en")
    return {
        "brand": brand.slug,
        "holiday": token(day),
        "title": _("%(holiday)s with %(brand)s") % {"holiday": name, "brand": brand.name},
        "day": day.starts_on,
        "at": USUAL_START,
        "minutes": USUAL_MINUTES,
        "time_zone": ZONES[day.market],
        "currency": settings.DEFAULT_CURRENCY,
    }


def _choices(request: HttpRequest) -> dict[str, object]:
    market = request.GET.get("market", "")
    only = [market] if market in markets() else None
    days = next_holidays(today=timezone.localdate(), only=only)
    taken = {
        (event.holiday.key, event.holiday.starts_on)
        for event in events_managed_by(request.user).select_related("holiday")
        if event.holiday
    }
    rows = [(day, _tokens(day), (day.key, day.starts_on) in taken) for day in days]
    return {
        "market": market if only else "",
        "markets": [(code, market_name(code)) for code in markets()],
        "rows": rows,
    }


def _tokens(day: NextHoliday) -> list[tuple[str, str]]:
    """The markets of a day, each with the value that chooses it there."""
    return [(market, f"{day.key}.{market}.{day.starts_on}") for market in day.markets]
