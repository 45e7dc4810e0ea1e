"""Pages everybody sees: home, calendar, hosts.

Shapes the templates get: `EventCard`, `HostProfile` (events.queries), `NextHoliday` (events.domain.calendar).
A holiday's two colours are CSS: put `data-holiday="<key>"` on the element (static/css/festivals.css).
"""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import queries
from events.domain.calendar import NextHoliday, next_holidays
from events.domain.ical import event_ics
from events.holidays import load, markets
from events.holidays.regions import language_name, market_name
from events.models import Event, Host, Niche
from events.models.event import EventQuerySet
from events.queries import EventCard
from events.rules import can_see

FRAGMENT_SHOWS = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The almanac spread.

    Context: `today` date in the viewer's zone; `live` [EventCard]; `next_holidays` 6 × NextHoliday (key,
    starts_on, ends_on, days_until, lasts, markets, own.name/.lang/.greeting, info.colours, name via
    `|holiday_name`); `agenda` [(date, [EventCard])] of what comes; `recent` 6 × EventCard of past shows.
    """
    now = timezone.now()
    context = {
        "today": timezone.localdate(now),
        "live": queries.event_cards(Event.objects.live().order_by("-went_live_at")),
        "next_holidays": _one_per_key(next_holidays(today=timezone.localdate(now)))[:6],
        "agenda": queries.by_day(queries.event_cards(Event.objects.upcoming(now)[:24])),
        "recent": queries.event_cards(Event.objects.past()[:6]),
    }
    return render(request, "events/home.html", context)


def _one_per_key(holidays: list[NextHoliday]) -> list[NextHoliday]:
    first: dict[str, NextHoliday] = {}
    for holiday in holidays:
        first.setdefault(holiday.key, holiday)
    return list(first.values())


@dataclass(slots=True)
class CalendarRow:
    """One line of the almanac: a holiday with its shows, or a show that has none."""

    on: date
    holiday: NextHoliday | None = None
    shows: list[EventCard] = field(default_factory=list)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The coming year by holiday. `?market=CN`, `?niche=silk`, `?holiday=qixi` and `?shows=1` narrow it.

    Context: `months` [(first day, [CalendarRow])]; `markets` [(code, name)]; `niches`; the choices made.
    """
    now = timezone.now()
    asked = _asked(request)
    key, market = asked.get("holiday", ""), asked.get("market", "")
    coming = next_holidays(today=timezone.localdate(now), only=[market] if market else None)
    shows = queries.narrowed(Event.objects.upcoming(now) | Event.objects.live(), **asked)
    rows = _rows(
        [holiday for holiday in coming if not key or holiday.key == key],
        queries.event_cards(shows.order_by("starts_at")),
    )
    only_shows = request.GET.get("shows") == "1"
    if only_shows or "niche" in asked:
        rows = [row for row in rows if row.shows]
    context = {
        "today": timezone.localdate(now),
        "months": _by_month(rows),
        "markets": [(code, market_name(code)) for code in markets()],
        "niches": Niche.objects.all(),
        "market": market,
        "niche": asked.get("niche", ""),
        "only_shows": only_shows,
        "one_holiday": load().get(key),
    }
    return render(request, "events/calendar.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filters asked for that exist; anything else in the address is as if it were not there."""
    known: dict[str, Container[str]] = {
        "market": markets(),
        "holiday": load(),
        "niche": set(Niche.objects.values_list("slug", flat=True)),
    }
    return {name: request.GET[name] for name, values in known.items() if request.GET.get(name) in values}


def _rows(holidays: list[NextHoliday], shows: list[EventCard]) -> list[CalendarRow]:
    rows = [CalendarRow(on=holiday.starts_on, holiday=holiday) for holiday in holidays]
    place = {(holiday.key, holiday.starts_on): row for holiday, row in zip(holidays, rows, strict=True)}
    for show in shows:
        occurrence = show.event.holiday
        row = place.get((occurrence.key, occurrence.starts_on)) if occurrence else None
        if row is None:
            row = CalendarRow(on=timezone.localtime(show.event.starts_at).date())
            rows.append(row)
        row.shows.append(show)
    return sorted(rows, key=lambda row: row.on)


def _by_month(rows: list[CalendarRow]) -> list[tuple[date, list[CalendarRow]]]:
    months: dict[date, list[CalendarRow]] = {}
    for row in rows:
        months.setdefault(row.on.replace(day=1), []).append(row)
    return list(months.items())


@require_safe
def hosts(request: HttpRequest) -> HttpResponse:
    """Every host by name. `?niche=<slug>` and `?language=<tag>` narrow it.

    Context: `hosts` [Host] (niches and evidence loaded); `niches` [Niche]; `languages` [(tag, name)]; the
    choices made as `niche` and `language`.
    """
    niche, language = _asked(request).get("niche", ""), request.GET.get("language", "")
    tags = {tag for spoken in Host.objects.values_list("languages", flat=True) for tag in spoken}
    context = {
        "hosts": queries.hosts_by_name(niche=niche, language=language),
        "niches": Niche.objects.all(),
        "languages": sorted(((tag, language_name(tag)) for tag in tags), key=lambda pair: pair[1]),
        "niche": niche,
        "language": language,
    }
    return render(request, "events/hosts.html", context)


@require_safe
def host_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """One host. Context: `profile` HostProfile (niches with evidence, languages, live, upcoming, past)."""
    host = get_object_or_404(Host, slug=slug)
    profile = queries.host_profile(host, now=timezone.now())
    return render(request, "events/host.html", {"profile": profile, "host": host})


@require_safe
def event_calendar_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as an iCalendar file."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if not can_see(request.user, event):
        raise Http404
    url = request.build_absolute_uri(reverse("event", args=[event.slug]))
    file = event_ics(event, url=url, now=timezone.now())
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer


@require_safe
def product_shows(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the product's page: who shows the piece, and when. 404 when nobody does."""
    return _shows(request, Event.objects.filter(lineup__product__slug=slug), head=_("Shown by"))


@require_safe
def brand_shows(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment for the brand's page: its shows. 404 when there are none."""
    return _shows(request, Event.objects.filter(brand__slug=slug), head=_("Shows"))


def _shows(request: HttpRequest, events: EventQuerySet, *, head: str) -> HttpResponse:
    now = timezone.now()
    parts = (events.live(), events.upcoming(now)[:FRAGMENT_SHOWS], events.past()[:FRAGMENT_SHOWS])
    cards = [card for part in parts for card in queries.event_cards(part)][:FRAGMENT_SHOWS]
    if not cards:
        raise Http404
    return render(request, "events/shows_fragment.html", {"cards": cards, "head": head})
