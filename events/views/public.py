"""Pages everybody sees: home, and what other pages show of events.

Shapes the templates get: `EventCard` (events.queries), `NextHoliday` (events.domain.calendar).
A holiday's two colours are CSS: put `data-holiday="<key>"` on the element (static/css/festivals.css).
"""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import queries
from events.domain.calendar import NextHoliday, next_holidays
from events.models import Event, LineupItem, Segment
from events.models.event import EventQuerySet

FRAGMENT_SHOWS = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The almanac spread.

    Context: `today` date in the viewer's zone; `live` [EventCard]; `next_holidays` 6 × NextHoliday (key,
    starts_on, ends_on, days_until, lasts, markets, own.name/.lang/.greeting, info.colours, name via
    `|holiday_name`); `agenda` [(date, [EventCard])] of what comes, `nights` all that its lines say;
    `recent` 6 × EventCard of past shows.
    """
    now = timezone.now()
    shows = Event.objects
    live, coming, recent = queries.lists_of_cards(
        shows.live().order_by("-went_live_at"), shows.upcoming(now)[:24], shows.past()[:6]
    )
    context = {
        "today": timezone.localdate(now),
        "live": live,
        "next_holidays": _one_per_key(next_holidays(today=timezone.localdate(now)))[:6],
        "agenda": queries.by_day(coming),
        "nights": [card.said for card in [*live[1:], *coming]],
        "recent": recent,
    }
    return render(request, "events/home.html", context)


def _one_per_key(holidays: list[NextHoliday]) -> list[NextHoliday]:
    first: dict[str, NextHoliday] = {}
    for holiday in holidays:
        first.setdefault(holiday.key, holiday)
    return list(first.values())


@require_safe
def product_shows(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the product's page: who shows the piece, when, and at which minute. 404: nobody does."""
    listed = LineupItem.objects.shown(timezone.now()).filter(product__slug=slug)
    shows = Event.objects.filter(pk__in=listed.order_by().values("event"))
    planned = listed.order_by("-position").values_list("event", "planned_second")
    minutes = {event: second // 60 for event, second in planned if second is not None}
    return _shows(request, shows, head=_("Shown by"), minutes=minutes)


@require_safe
def brand_shows(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the brand's page: its shows, and those it is a guest in. 404 when there are none."""
    guest = Segment.objects.filter(brand__slug=slug).values("event")
    shows = Event.objects.filter(Q(brand__slug=slug) | Q(pk__in=guest))
    return _shows(request, shows, head=_("Shows"))


def _shows(
    request: HttpRequest, events: EventQuerySet, *, head: str, minutes: dict[int, int] | None = None
) -> HttpResponse:
    now, explained = timezone.now(), minutes or {}
    parts = (events.live(), events.upcoming(now)[:FRAGMENT_SHOWS], events.past()[:FRAGMENT_SHOWS])
    cards = [card for part in queries.lists_of_cards(*parts) for card in part][:FRAGMENT_SHOWS]
    if not cards:
        raise Http404
    rows = [(card, explained.get(card.event.pk)) for card in cards]
    return render(request, "events/shows_fragment.html", {"cards": rows, "head": head})
