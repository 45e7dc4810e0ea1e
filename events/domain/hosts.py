"""Choosing a host: who is free, what speaks for them, what against. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.dates import date_format
from catalog.models import Brand
from events.enums import EngagementState, EventState, VettingState
from events.models import Event, EventHost, Host, HostAway, Vetting
from events.models.event import EventQuerySet
from events.queries_hosts import (
    Asked,
    niche_ids,
    niche_name,
    niches_for,
    search,
    shows_given,
    with_profiles,
)

# To get from one set to another, take the coat off and be made up.
MARGIN = timedelta(hours=3)
AHEAD = (EventState.DRAFT, EventState.SCHEDULED, EventState.REHEARSAL, EventState.LIVE)
ZONE_SPAN = timedelta(days=1)
SUGGESTED = 6
LIKELY = 40  # of so many good ones the free are picked


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a host may not be free. `hard`: at the very time; else too close to it. `event` is the other show,
    None when it is not the asking brand's to know."""

    kind: str
    reason: str
    hard: bool
    event: Event | None = None


def host_clashes(
    host: Host,
    starts_at: datetime,
    ends_at: datetime,
    except_event: Event | None = None,
    *,
    brand: Brand | None = None,
) -> list[Clash]:
    """What keeps `host` from a show between two UTC instants; empty when free. Two queries.

    Drafts of other brands than `brand` are told without their name, and only when the host said yes to them.
    """
    return clashes_of([host], starts_at, ends_at, except_event, brand=brand)[host.pk]


def clashes_of(
    hosts: Sequence[Host],
    starts_at: datetime,
    ends_at: datetime,
    except_event: Event | None = None,
    *,
    brand: Brand | None = None,
) -> dict[int, list[Clash]]:
    """The same for many hosts by their number, in the same two queries."""
    found: dict[int, list[Clash]] = {host.pk: [] for host in hosts}
    shows = _shows_near(starts_at, ends_at, except_event, brand)
    rows = EventHost.objects.filter(host__in=found, event__in=shows).select_related("event__brand")
    for row in rows.order_by("event__starts_at", "pk"):
        found[row.host_id].append(_show_clash(row.event, starts_at, ends_at, brand))
    by_pk = {host.pk: host for host in hosts}
    for away in _away_near(starts_at, ends_at).filter(host__in=found):
        if _covers(away, by_pk[away.host_id], starts_at, ends_at):
            found[away.host_id].append(_away_clash(away))
    return found


def free_hosts(hosts: QuerySet[Host], starts_at: datetime, ends_at: datetime) -> QuerySet[Host]:
    """Those of `hosts` who have no other show then (travel included) and are not away. One query at once."""
    busy = EventHost.objects.filter(event__in=_shows_near(starts_at, ends_at, None, None)).values("host")
    away = [
        row.host_id
        for row in _away_near(starts_at, ends_at).select_related("host")
        if _covers(row, row.host, starts_at, ends_at)
    ]
    return hosts.exclude(pk__in=busy).exclude(pk__in=away)


def _shows_near(
    starts_at: datetime, ends_at: datetime, except_event: Event | None, brand: Brand | None
) -> EventQuerySet:
    near = Event.objects.filter(
        state__in=AHEAD, starts_at__lt=ends_at + MARGIN, ends_at__gt=starts_at - MARGIN
    )
    said_yes = Q(engagements__state=EngagementState.ACCEPTED)
    known = ~Q(state=EventState.DRAFT) | said_yes
    if brand is not None:
        known |= Q(brand=brand)
    near = near.filter(known).distinct()
    return near.exclude(pk=except_event.pk) if except_event else near


def _show_clash(event: Event, starts_at: datetime, ends_at: datetime, brand: Brand | None) -> Clash:
    hard = event.starts_at < ends_at and event.ends_at > starts_at
    secret = event.state == EventState.DRAFT and (brand is None or event.brand_id != brand.pk)
    if secret:
        reason = _("Busy with another show then.") if hard else _("Has another show within three hours.")
        return Clash("show", reason, hard)
    when = _clock(event)
    if hard:
        reason = _("Hosts “%(show)s” at that time: %(when)s.") % {"show": event.title, "when": when}
    else:
        reason = _("Hosts “%(show)s” within three hours: %(when)s.") % {"show": event.title, "when": when}
    return Clash("show", reason, hard, event)


def _clock(event: Event) -> str:
    zone = ZoneInfo(event.time_zone)
    start, end = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    return f"{date_format(start, 'j M')}, {start:%H:%M}–{end:%H:%M} {event.time_zone.rsplit('/')[-1]}"


def _away_near(starts_at: datetime, ends_at: datetime) -> QuerySet[HostAway]:
    return HostAway.objects.filter(
        starts_on__lte=(ends_at + ZONE_SPAN).date(), ends_on__gte=(starts_at - ZONE_SPAN).date()
    )


def _covers(away: HostAway, host: Host, starts_at: datetime, ends_at: datetime) -> bool:
    zone = ZoneInfo(host.time_zone)
    first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    return away.starts_on <= last and away.ends_on >= first


def _away_clash(away: HostAway) -> Clash:
    span = {"first": date_format(away.starts_on, "j M"), "last": date_format(away.ends_on, "j M")}
    return Clash("away", _("Away from %(first)s to %(last)s.") % span, hard=True)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A host for a show that is being planned: what speaks for them and what stands in the way.

    `score` and `confidence` are basis points of the niche that fits best, None while nothing is known.
    """

    host: Host
    reasons: list[str]
    clashes: list[Clash]
    score: int | None = None
    confidence: int | None = None

    @property
    def free(self) -> bool:
        return not any(clash.hard for clash in self.clashes)


def suggest(
    *,
    brand: Brand,
    now: datetime,
    niches: Sequence[str] = (),
    categories: Sequence[str] = (),
    language: str = "",
    market: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    limit: int = SUGGESTED,
) -> list[Suggestion]:
    """The best hosts for a show of `brand`, the free before the busy, by credibility in the niche.

    `niches` are slugs; without any, those that speak about the product `categories`. Language and market
    narrow only when somebody is left. Hosts the brand refused are not suggested. At most ten queries.
    """
    wanted = tuple(niches) or tuple(niche.slug for niche in niches_for(categories))
    found = _pool(wanted, language, market, refused_by(brand))
    clashes: dict[int, list[Clash]] = {host.pk: [] for host in found}
    if starts_at and ends_at:
        clashes = clashes_of(found, starts_at, ends_at, brand=brand)
    ids = set(niche_ids(wanted))
    shown = shows_given(found, event__brand=brand)
    made = [_suggestion(host, ids, clashes[host.pk], shown.get(host.pk, 0), market) for host in found]
    # Stable: within the free and within the busy the order of the search stays.
    return sorted(made, key=lambda one: not one.free)[:limit]


def refused_by(brand: Brand) -> Any:
    """The hosts `brand` decided not to invite, as a subquery."""
    return Vetting.objects.filter(brand=brand, state=VettingState.REFUSED).values("host")


def _pool(niches: tuple[str, ...], language: str, market: str, refused: Any) -> list[Host]:
    tries = [Asked("", niches, language, market), Asked("", niches, language), Asked("", niches)]
    for asked in tries:
        if found := list(with_profiles(search(asked)).exclude(pk__in=refused)[:LIKELY]):
            return found
    return []


def _suggestion(host: Host, ids: set[int], clashes: list[Clash], shown: int, market: str) -> Suggestion:
    reasons = []
    known = [niche for niche in host.niches.all() if niche.pk in ids]
    if known:
        names = ", ".join(niche_name(niche) for niche in known)
        reasons.append(_("Known for %(niches)s.") % {"niches": names})
    best = next((row for row in host.credibility.all() if row.niche_id in ids), None)
    if market and market in host.markets:
        reasons.append(_("Speaks to this market."))
    if shown:
        reasons.append(
            ngettext("Gave %(n)s show for you.", "Gave %(n)s shows for you.", shown) % {"n": shown}
        )
    return Suggestion(host, reasons, clashes, best.score if best else None, best.confidence if best else None)
