"""The studio's list of shows, under what is due and the next holidays."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from events.domain import checklist, lifecycle, showlist
from events.domain.calendar import NextHoliday, next_holidays
from events.domain.strips import places_of
from events.enums import EventState
from events.models import ChecklistItem, Event
from events.models.event import EventQuerySet
from events.queries import EventCard, event_cards
from events.rules import events_managed_by
from events.views.access import produced_brands

PLANNED = 8  # holidays in the planner strip
STANDING = 40  # shows looked at for the strip
DUE = 12  # tasks before "and more"
PER_PAGE = 25
STEPS = {
    EventState.DRAFT: gettext_lazy("Schedule it"),
    EventState.SCHEDULED: gettext_lazy("Rehearse"),
    EventState.REHEARSAL: gettext_lazy("Go live"),
    EventState.LIVE: gettext_lazy("Follow it"),
    EventState.ENDED: gettext_lazy("Open for looking back"),
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
    shows: list[Event]


@login_required
@require_safe
def shows(request: HttpRequest) -> HttpResponse:
    """`/studio/`: my brands' shows by state with the next step; `?state=` and `?day=` show all of them."""
    now = timezone.now()
    brands = produced_brands(request)
    events = events_managed_by(request.user)
    state, day = request.GET.get("state", ""), _day(request.GET.get("day", ""))
    if day is not None:
        return _listed(request, showlist.of_day(events, day), now, {"day": day})
    if state in EventState.values:
        found = showlist.of_state(events, EventState(state))
        return _listed(request, found, now, {"state": EventState(state)})
    groups = showlist.groups(events)
    context = {
        "brands": brands,
        "groups": [(group, _rows(group.cards, now)) for group in groups],
        "planner": _planner(events, now),
        "due": _due(events, now),
        "today": timezone.localdate(now),
    }
    return render(request, "studio/shows.html", context)


def _listed(
    request: HttpRequest, found: QuerySet[Event], now: datetime, title: dict[str, Any]
) -> HttpResponse:
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = _rows(event_cards(showlist.with_agreements(event.pk for event in page)), now)
    order = {event.pk: place for place, event in enumerate(page)}
    rows.sort(key=lambda row: order[row.card.event.pk])
    return render(request, "studio/shows_listed.html", {"page": page, "rows": rows} | title)


def _rows(cards: list[EventCard], now: datetime) -> list[StudioRow]:
    return [StudioRow(card, _next_step(card, now)) for card in cards]


def _next_step(card: EventCard, now: datetime) -> str:
    state = EventState(card.event.state)
    if state in lifecycle.BEFORE_THE_NIGHT and (reasons := lifecycle.missing(card.event, now=now)):
        return reasons[0]
    return str(STEPS[state])


def _due(events: EventQuerySet, now: datetime) -> tuple[list[ChecklistItem], bool]:
    """What is due this week, and whether that is not all."""
    rows = list(checklist.due(events, today=timezone.localdate(now))[: DUE + 1])
    return rows[:DUE], len(rows) > DUE


def _planner(events: EventQuerySet, now: datetime) -> list[Planned]:
    days = next_holidays(today=timezone.localdate(now), limit=PLANNED)
    dates = {day.starts_on for day in days}
    standing: dict[tuple[str, date], list[Event]] = {}
    found = events.filter(holiday__starts_on__in=dates, holiday__key__in={day.key for day in days})
    for event in (
        found.exclude(state=EventState.CANCELLED).select_related("holiday").order_by("starts_at", "pk")[:40]
    ):
        if event.holiday:
            standing.setdefault((event.holiday.key, event.holiday.starts_on), []).append(event)
    return [
        Planned(day, places_of(day)[0][1], standing.get((day.key, day.starts_on), [])[:3]) for day in days
    ]


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None
