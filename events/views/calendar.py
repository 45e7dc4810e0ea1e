"""The public calendar: a month, days one after another, and the feeds calendars follow."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.preferences import ZONE_COOKIE, zone_or_blank
from accounts.domain.viewers import peek_viewer, signed_in
from catalog.models import Brand
from events.domain import agenda as almanac
from events.domain import feeds
from events.domain.agenda import Agenda, CalendarRow, Narrowing
from events.domain.calendar import holiday_info
from events.domain.feeds import Feed
from events.domain.ical import event_ics
from events.domain.keeping import Keeping, kept_of
from events.holidays import FIRST_YEAR, LAST_YEAR, load, markets
from events.holidays.regions import market_name
from events.models import Event, Niche
from events.queries import EventCard
from events.queries_hosts import spoken_languages
from events.rules import can_see
from events.views.access import person

ICS = "text/calendar; charset=utf-8"
MINUTES = 300  # seconds a feed may be kept by those who carry it
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of the agenda; each show with what this viewer keeps of it."""

    row: CalendarRow
    shows: list[tuple[EventCard, Keeping]]


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """`/calendar/`: `?view=month&month=2027-02` as a grid, else days from `?from=2027-02-14` on.

    `market`, `holiday`, `niche`, `brand` and `language` narrow either, together; what does not exist is as
    if it were not there. The address is the whole state, so it can be shared.
    """
    now = timezone.now()
    narrowed = Narrowing.asked(request.GET)
    context = {
        "today": timezone.localdate(now),
        "zone_told": _zone_told(request),
        "narrowed": narrowed,
        "filters": _filters(narrowed),
        "one_holiday": holiday_info(narrowed.holiday) if narrowed.holiday else None,
        "subscribe": _with(reverse("calendar-subscribe"), narrowed.query()),
    }
    if request.GET.get("view") == "month":
        return render(request, "events/calendar_month.html", context | _month(request, narrowed, now))
    return render(request, "events/calendar.html", context | _agenda(request, narrowed, now))


def _zone_told(request: HttpRequest) -> bool:
    """Whether days and times are the viewer's own; on a first visit nobody has told us their zone."""
    user = signed_in(request.user)
    told = zone_or_blank(request.COOKIES.get(ZONE_COOKIE))
    return bool(told or (user and zone_or_blank(user.time_zone)))


def _month(request: HttpRequest, narrowed: Narrowing, now: datetime) -> dict[str, object]:
    today = timezone.localdate(now)
    first = _day(f"{request.GET.get('month', '')}-01") or today.replace(day=1)
    month = almanac.month(first, narrowed=narrowed)

    def address(day: date | None) -> str:
        return f"?{narrowed.query(view='month', month=f'{day:%Y-%m}')}" if day else ""

    return {
        "month": month,
        "earlier": address(month.before),
        "later": address(month.after),
        "this_month": address(today.replace(day=1)) if first != today.replace(day=1) else "",
        "as_agenda": f"?{narrowed.query(**{'from': first.isoformat()})}",
    }


def _agenda(request: HttpRequest, narrowed: Narrowing, now: datetime) -> dict[str, object]:
    today = timezone.localdate(now)
    begin = _day(request.GET.get("from", "")) or today
    skip = request.GET.get("skip", "")
    page = almanac.agenda(
        begin, skip=int(skip) if _small(skip) else 0, today=today, narrowed=narrowed, now=now
    )
    rows = _kept(request, page, now)
    return {
        "months": [
            (first, [row for row in rows if row.row.on.replace(day=1) == first])
            for first, _rows in almanac.by_month(page.rows)
        ],
        "begin": begin,
        "earlier": f"?{narrowed.query(**{'from': page.before.isoformat()})}" if page.before else "",
        "later": _later(page, narrowed),
        "as_month": f"?{narrowed.query(view='month', month=f'{begin:%Y-%m}')}",
    }


def _later(page: Agenda, narrowed: Narrowing) -> str:
    if page.after is None:
        return ""
    skip = str(page.skip) if page.skip else ""
    return f"?{narrowed.query(**{'from': page.after.isoformat(), 'skip': skip})}"


def _kept(request: HttpRequest, page: Agenda, now: datetime) -> list[ShownRow]:
    kept = kept_of([card.event for card in page.cards], peek_viewer(request), now=now)
    return [ShownRow(row, [(card, kept[card.event.pk]) for card in row.shows]) for row in page.rows]


def _filters(narrowed: Narrowing) -> list[tuple[str, str, str, Choices]]:
    """Field name, label, choice made, choices; what the calendar can be narrowed by."""
    language = get_language() or "en"
    holidays = sorted(((key, info.name(language)) for key, info in load().items()), key=lambda pair: pair[1])
    niches = [(niche.slug, niche.names.get(language, niche.name)) for niche in Niche.objects.all()]
    brands = list(Brand.objects.order_by("name").values_list("slug", "name"))
    return [
        ("market", _("Market"), narrowed.market, [(code, market_name(code)) for code in markets()]),
        ("holiday", _("Holiday"), narrowed.holiday, holidays),
        ("niche", _("Field"), narrowed.niche, niches),
        ("brand", _("Brand"), narrowed.brand, brands),
        ("language", _("Language"), narrowed.language, spoken_languages()),
    ]


def _day(text: str) -> date | None:
    """An ISO day within the years holidays are known for; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR < day.year < LAST_YEAR else None


def _small(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5  # noqa: PLR2004 - figures of a place in a list


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as an iCalendar file."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if not can_see(request.user, event):
        raise Http404
    url = request.build_absolute_uri(reverse("event", args=[event.slug]))
    answer = HttpResponse(event_ics(event, url=url), content_type=ICS)
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer


@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """`/calendar/feed.ics`: the calendar to follow, narrowed as the page is."""
    narrowed = Narrowing.asked(request.GET)
    feed = feeds.public_feed(
        narrowed, name=_name(narrowed), site=request.build_absolute_uri("/"), now=timezone.now()
    )
    return _answer(request, feed, kept="public")


@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """`/calendar/my/<token>.ics`: who knows the address reads it; calendars cannot sign in."""
    user = feeds.owner_of(token)
    if user is None:
        raise Http404
    site = request.build_absolute_uri("/")
    feed = feeds.personal_feed(user, name=_("My SeeNow"), site=site, now=timezone.now())
    answer = _answer(request, feed, kept="private")
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _name(narrowed: Narrowing) -> str:
    """`SeeNow`, and what it was narrowed to, as a calendar program lists it."""
    chosen = [
        name
        for _field, _label, made, choices in _filters(narrowed)
        for value, name in choices
        if value == made
    ]
    return " · ".join(["SeeNow", *chosen])


def _answer(request: HttpRequest, feed: Feed, *, kept: str) -> HttpResponse:
    """The feed, or 304 when the asker has it."""
    changed = int(feed.changed_at.timestamp())
    answer = get_conditional_response(request, etag=feed.etag, last_modified=changed)
    if answer is None:
        body = feed.body(lambda event: request.build_absolute_uri(reverse("event", args=[event.slug])))
        answer = HttpResponse(body, content_type=ICS)
    answer["ETag"] = feed.etag
    answer["Last-Modified"] = http_date(changed)
    answer["Cache-Control"] = f"{kept}, max-age={MINUTES}"
    return answer


@never_cache
@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """How to follow the calendar in a calendar program: everybody's, and one's own when signed in."""
    narrowed = Narrowing.asked(request.GET)
    user = signed_in(request.user)
    own = feeds.feed_address(user, now=timezone.now()) if user else None
    public = _with(reverse("calendar-feed"), narrowed.query())
    context = {
        "narrowed": narrowed,
        "name": _name(narrowed),
        "feed": _followed(request, public, _name(narrowed)),
        "own": own and _followed(request, reverse("calendar-my", args=[own.token]), _("My SeeNow")),
    }
    answer = render(request, "events/subscribe.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _followed(request: HttpRequest, path: str, name: str) -> dict[str, str]:
    """The ways into the common calendar programs."""
    https = request.build_absolute_uri(path)
    webcal = f"webcal://{https.partition('://')[2]}"
    return {
        "url": https,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": "https://outlook.live.com/calendar/0/addfromweb?"
        + urlencode({"url": https, "name": name}),
    }


@login_required
@require_http_methods(["POST"])
def change_address(request: HttpRequest) -> HttpResponse:
    """Give one's own feed another address."""
    feeds.change_address(person(request), now=timezone.now())
    messages.success(request, _("Your calendar has a new address. The old one leads nowhere."))
    return redirect("calendar-subscribe")
