"""Choosing hosts in the studio: search, compare up to four, and a brand's own check of one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Brand
from events import queries_hosts
from events.domain import vetting
from events.domain.hosts import Clash, clashes_of, free_hosts
from events.domain.profiles import host_profile, sure_words
from events.domain.rivals import Conflict, conflicts_of
from events.enums import OVER, VettingState
from events.errors import EditConflict, EventError
from events.forms.hosts import VettingForm, told
from events.models import Credibility, Engagement, Event, Host, HostTie
from events.queries_hosts import Asked
from events.rules import can_vet, events_managed_by
from events.views.access import chosen_brand, person
from events.views.hosts import address_of, asked_for, choices, page_of

ON_A_PAGE, COMPARED = 30, 4
LONGEST_SPAN = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Span:
    """The time a host is wanted for; two instants UTC."""

    starts_at: datetime
    ends_at: datetime
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host as staff weigh them."""

    host: Host
    best: Credibility | None
    sure: str
    verdict: VettingState | None
    clashes: list[Clash]
    conflicts: list[Conflict]
    shows: int
    ties: list[HostTie]


@login_required
@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/studio/hosts/`: `?niche= ?language= ?market= ?q=` as in public; `?from= ?to=` days of yours or
    `?event=<slug>` for that show's time, `?free=1` leaves out the busy; `?compare=<slug>` up to four."""
    brand, brands = chosen_brand(request)
    asked, span = asked_for(request), span_of(request)
    found = queries_hosts.with_profiles(queries_hosts.search(asked))
    if span and request.GET.get("free"):
        found = free_hosts(found, span.starts_at, span.ends_at)
    page = page_of(request, found, ON_A_PAGE)
    compared = _compared(request)
    context = choices() | {
        "brand": brand,
        "brands": brands,
        "page": page,
        "rows": rows_of(list(page), brand, asked, span),
        "compared": rows_of(compared, brand, asked, span),
        "asked": asked,
        "niche": asked.niches[0] if asked.niches else "",
        "span": span,
        "first_day": request.GET.get("from", "")[:10],
        "last_day": request.GET.get("to", "")[:10],
        "only_free": bool(request.GET.get("free")),
        "query": address_of(request),
        "kept": [
            (name, value)
            for name, values in request.GET.lists()
            if name not in {"compare", "page"}
            for value in values
        ],
        "chosen": {host.slug for host in compared},
    }
    return render(request, "studio/hosts.html", context)


def _compared(request: HttpRequest) -> list[Host]:
    slugs = list(dict.fromkeys(request.GET.getlist("compare")))[:COMPARED]
    hosts = queries_hosts.with_profiles(Host.objects.filter(slug__in=slugs))
    return sorted(hosts, key=lambda host: slugs.index(host.slug))


def span_of(request: HttpRequest) -> Span | None:
    """The time asked for: a show of mine, or days on the viewer's own clock; None when it makes no sense."""
    if slug := request.GET.get("event"):
        event = events_managed_by(request.user).filter(slug=slug).first()
        return Span(event.starts_at, event.ends_at, event) if event else None
    first, last = _day(request.GET.get("from", "")), _day(request.GET.get("to", ""))
    first, last = first or last, last or first
    if first is None or last is None or not timedelta(0) <= last - first <= LONGEST_SPAN:
        return None
    zone = timezone.get_current_timezone()
    starts_at = datetime.combine(first, time(0), tzinfo=zone)
    return Span(starts_at, datetime.combine(last + timedelta(days=1), time(0), tzinfo=zone))


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    # The ends of the calendar have no day after or before them.
    return day if day and 2000 <= day.year <= 2100 else None  # noqa: PLR2004 - years


def rows_of(hosts: list[Host], brand: Brand, asked: Asked, span: Span | None) -> list[HostRow]:
    """What staff of `brand` weigh of each host, in a fixed number of queries."""
    if not hosts:
        return []
    ids = set(queries_hosts.niche_ids(asked.niches))
    verdicts = vetting.states_for(hosts, brand)
    on = span.starts_at.date() if span else timezone.localdate()
    conflicts = conflicts_of(hosts, brand, on=on)
    clashes: dict[int, list[Clash]] = {}
    if span:
        clashes = clashes_of(hosts, span.starts_at, span.ends_at, span.event, brand=brand)
    shows = queries_hosts.shows_given(hosts)
    ties = queries_hosts.ties_by_host(hosts, on=timezone.localdate())
    rows = []
    for host in hosts:
        best = next((row for row in host.credibility.all() if not ids or row.niche_id in ids), None)
        rows.append(
            HostRow(
                host=host,
                best=best,
                sure=sure_words(best.confidence) if best else "",
                verdict=verdicts.get(host.pk),
                clashes=clashes.get(host.pk, []),
                conflicts=conflicts[host.pk],
                shows=shows.get(host.pk, 0),
                ties=ties.get(host.pk, []),
            )
        )
    return rows


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/hosts/<slug>/`: the profile in short, conflicts, and the brand's sheet; POST saves the sheet.

    The host's own account finds nothing here, whatever role it has.
    """
    brand, brands = chosen_brand(request)
    host = get_object_or_404(Host, slug=slug)
    if not can_vet(request.user, brand, host):
        raise Http404
    sheet = vetting.vetting_of(host, brand)
    if request.method != "POST":
        return _page(request, host, brand, brands, VettingForm(vetting=sheet))
    form = VettingForm(request.POST, vetting=sheet)
    if form.is_valid() and _saved(request, host, brand, form):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('studio-host', args=[host.slug])}?brand={brand.slug}")
    return _page(request, host, brand, brands, form)


def _saved(request: HttpRequest, host: Host, brand: Brand, form: VettingForm) -> bool:
    data = form.cleaned_data
    try:
        vetting.save_vetting(
            host,
            brand,
            form.findings(),
            state=VettingState(data["state"]),
            notes=data["notes"],
            version=data["version"],
            by=person(request),
            now=timezone.now(),
        )
    except EventError as error:
        told(form, error)
        if isinstance(error, EditConflict):
            _with_new_version(form, host, brand)
        return False
    return True


def _with_new_version(form: VettingForm, host: Host, brand: Brand) -> None:
    """Savable over the other person's sheet once the writer has seen the notice."""
    fresh = vetting.vetting_of(host, brand)
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["version"] = str(fresh.version if fresh else 0)
    form.data = data


def _page(
    request: HttpRequest, host: Host, brand: Brand, brands: list[Brand], form: VettingForm
) -> HttpResponse:
    now = timezone.now()
    engaged = Engagement.objects.filter(host=host, event__brand=brand).select_related("event")
    context = {
        "host": host,
        "brand": brand,
        "brands": brands,
        "profile": host_profile(host, now=now),
        "form": form,
        "sheet": vetting.vetting_of(host, brand),
        "theirs": vetting.sheet(vetting.vetting_of(host, brand)) if form.errors else [],
        "conflicts": conflicts_of([host], brand, on=timezone.localdate(now))[host.pk],
        "away": host.away.filter(ends_on__gte=timezone.localdate(now)),
        "engagements": engaged.order_by("-invited_at")[:20],
        "events": events_managed_by(request.user)
        .filter(brand=brand)
        .exclude(state__in=OVER)
        .exclude(event_hosts__host=host)
        .order_by("starts_at")[:20],
    }
    return render(request, "studio/host.html", context, status=422 if form.errors else 200)
