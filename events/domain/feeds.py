"""Calendars to follow: everybody's, narrowed as the page is, and each person's own at a secret address.

A show that is cancelled or taken back stays in as CANCELLED for ninety days, with a higher SEQUENCE: a
calendar that simply misses an entry may keep it for ever.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from accounts.codes import new_public_id
from accounts.domain.viewers import user_key
from accounts.models import User
from events.domain.agenda import Narrowing
from events.domain.ical import LONG_AGO, Listed, feed_ics
from events.enums import EventState
from events.models import CalendarFeed, Event, EventHost, HostFollow, Reminder, SavedEvent, StateChange

KEPT_CANCELLED = timedelta(days=90)
BEHIND, AHEAD = timedelta(days=7), timedelta(days=400)
MOST = 300
CACHED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds. `etag` (quoted) changes with anything in it; `body` writes it when it is needed."""

    etag: str
    changed_at: datetime
    shows: list[Listed]
    name: str

    def body(self, url_of: Callable[[Event], str]) -> bytes:
        """The file, written once for all who ask for the same."""
        key = f"feed:{self.etag}"
        kept: bytes | None = cache.get(key)
        if kept is None:
            kept = feed_ics(self.shows, name=self.name, url_of=url_of)
            cache.set(key, kept, CACHED_SECONDS)
        return kept


def public_feed(narrowed: Narrowing, *, name: str, site: str, now: datetime) -> Feed:
    """The coming shows that fit, the nearest three hundred, and those of the last week."""
    return _feed(narrowed.of(_listed(now)), name=name, site=site, now=now)


def personal_feed(user: User, *, name: str, site: str, now: datetime) -> Feed:
    """What a person keeps, is reminded of, or what hosts they follow show."""
    hosted = EventHost.objects.filter(event=OuterRef("pk"))
    followed = HostFollow.objects.filter(user=user).values("host")
    kept = SavedEvent.objects.filter(user=user).values("event")
    reminded = Reminder.objects.filter(viewer_key=user_key(user)).values("event")
    mine = Q(pk__in=kept) | Q(pk__in=reminded) | Exists(hosted.filter(host__in=followed))
    return _feed(_listed(now).filter(mine), name=name, site=site, now=now)


def feed_address(user: User, *, now: datetime) -> CalendarFeed:
    """The person's own feed, made when first asked for."""
    row, _made = CalendarFeed.objects.get_or_create(user=user, defaults={"created_at": now})
    return row


def change_address(user: User, *, now: datetime) -> CalendarFeed:
    """Give the feed another address; the old one leads nowhere from now on."""
    row, _made = CalendarFeed.objects.update_or_create(
        user=user, defaults={"token": new_public_id(), "created_at": now}
    )
    return row


def owner_of(token: str) -> User | None:
    """Whose feed is at this address; nobody's when it was changed or the account is closed."""
    row = CalendarFeed.objects.select_related("user").filter(token=token, user__is_active=True).first()
    return row.user if row else None


def _listed(now: datetime) -> QuerySet[Event]:
    """Public shows around `now`, and what was taken back lately."""
    since = now - KEPT_CANCELLED
    taken_back = StateChange.objects.filter(event=OuterRef("pk"), after=EventState.DRAFT, at__gte=since)
    cancelled = Q(state=EventState.CANCELLED, cancelled_at__gte=since)
    withdrawn = Q(Exists(taken_back), state=EventState.DRAFT)
    public = ~Q(state__in=[EventState.DRAFT, EventState.CANCELLED])
    around = Q(starts_at__gte=now - BEHIND, starts_at__lt=now + AHEAD)
    return Event.objects.filter((around & public) | cancelled | withdrawn)


def _feed(events: QuerySet[Event], *, name: str, site: str, now: datetime) -> Feed:
    steps = StateChange.objects.filter(after=EventState.DRAFT).order_by("-pk")
    rows = events.select_related("brand").prefetch_related(
        Prefetch("event_hosts", queryset=EventHost.objects.select_related("host")),
        Prefetch("changes", queryset=steps, to_attr="taken_back"),
    )
    shows = [_of(event) for event in rows.order_by("starts_at", "pk")[:MOST]]
    told = [
        f"{show.event.pk}.{show.event.version}.{show.event.sequence}.{show.event.state}.{','.join(show.hosts)}"
        for show in shows
    ]
    parts = "|".join([name, site, get_language() or "", *told])
    changed = max((show.event.changed_at or LONG_AGO for show in shows), default=LONG_AGO)
    etag = f'"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'
    return Feed(etag, changed, shows, name)


def _of(event: Event) -> Listed:
    hosts = [row.host.name for row in event.event_hosts.all()]
    if event.state != EventState.DRAFT:
        return Listed(event, hosts, event.starts_at, event.ends_at)
    # What the public knew when it was taken back; what is planned since is nobody's business.
    step: StateChange = event.taken_back[0]  # type: ignore[attr-defined]  # prefetched above
    return Listed(event, [], step.starts_at or event.starts_at, step.ends_at or event.ends_at, withdrawn=True)
