"""Events, hosts and holidays for tests. `NOW` is the moment the factories' world stands at."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from accounts.models import User
from catalog.models import Brand, Product
from events.domain import segments
from events.domain.pieces import add_piece
from events.enums import AssortmentKind, EventState, EvidenceKind, StaffRole
from events.models import (
    Assortment,
    ChecklistItem,
    Credibility,
    Engagement,
    Event,
    EventHost,
    EventStaff,
    HolidayOccurrence,
    Host,
    HostAway,
    HostEvidence,
    HostFollow,
    HostTie,
    LineupItem,
    Niche,
    OwnDay,
    Revision,
    Segment,
    Series,
    Stream,
    Vetting,
)
from tests.factories.catalog import make_brand, make_product

NOW = datetime(2026, 11, 11, 18, 0, tzinfo=UTC)
_number = count(1)


def make_host(*, user: User | None = None, **over: object) -> Host:
    """A host profile; give `user` to let an account run the console."""
    n = next(_number)
    fields: dict[str, object] = {
        "slug": f"host-{n}",
        "name": f"Host {n}",
        "headline": "Knows silk by hand",
        "languages": ["en"],
    }
    return Host.objects.create(user=user, **(fields | over))


def make_niche(**over: object) -> Niche:
    n = next(_number)
    return Niche.objects.create(**({"slug": f"niche-{n}", "name": f"Niche {n}"} | over))


def make_evidence(host: Host, *, niche: Niche | None = None, **over: object) -> HostEvidence:
    """One statement of evidence; the niche is added to the host."""
    niche = niche or make_niche()
    host.niches.add(niche)
    fields: dict[str, object] = {"kind": EvidenceKind.WORK, "statement": "Wrote the book on it", "year": 2019}
    return HostEvidence.objects.create(host=host, niche=niche, **(fields | over))


def make_holiday(**over: object) -> HolidayOccurrence:
    fields: dict[str, object] = {
        "key": "singles-day",
        "market": "CN",
        "starts_on": date(2026, 11, 11),
        "ends_on": date(2026, 11, 11),
    }
    return HolidayOccurrence.objects.create(**(fields | over))


def make_own_day(brand: Brand, **over: object) -> OwnDay:
    """A day of the brand in China and France, every 5 March."""
    n = next(_number)
    fields: dict[str, object] = {
        "key": f"own-{n}",
        "names": {"en": "Founder's day", "zh-Hans": "创始人日"},
        "markets": ["CN", "FR"],
        "rule": {"rule": "fixed", "month": 3, "day": 5},
    }
    return OwnDay.objects.create(brand=brand, **(fields | over))


def make_event(
    *,
    state: EventState | str = EventState.DRAFT,
    brand: Brand | None = None,
    now: datetime = NOW,
    **over: object,
) -> Event:
    """A bare event in `state`, two hours long: tomorrow, around `now` while open, or yesterday."""
    n = next(_number)
    state = EventState(state)
    starts_at = now + _from_now(state)
    over_already = state in {EventState.ENDED, EventState.REPLAY}
    fields: dict[str, object] = {
        "slug": f"show-{n}",
        "title": f"Show {n}",
        "brand": brand or make_brand(),
        "time_zone": "Europe/Paris",
        "currency": "EUR",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "state": state,
        "went_live_at": starts_at if over_already or state == EventState.LIVE else None,
        "ended_at": starts_at + timedelta(hours=2) if over_already else None,
    }
    return Event.objects.create(**(fields | over))


def _from_now(state: EventState) -> timedelta:
    if state in {EventState.ENDED, EventState.REPLAY}:
        return timedelta(days=-1)
    return timedelta(minutes=-30) if state in {EventState.REHEARSAL, EventState.LIVE} else timedelta(days=1)


def make_event_host(
    event: Event, *, host: Host | None = None, share: int = 10_000, **over: object
) -> EventHost:
    return EventHost.objects.create(event=event, host=host or make_host(), share=share, **over)


def make_lineup_item(event: Event, *, product: Product | None = None, **over: object) -> LineupItem:
    """The next piece of the run of show, by default a new product of the event's brand."""
    position = event.lineup.count() + 1
    fields: dict[str, object] = {"position": position, "planned_second": (position - 1) * 300}
    product = product or make_product(brand=event.brand)
    return LineupItem.objects.create(event=event, product=product, **(fields | over))


def make_segment(
    event: Event, *, minutes: int = 30, hosts: Sequence[Host] = (), now: datetime = NOW, **over: object
) -> Segment:
    """The next segment, half an hour long, by default of the event's own brand; its hosts join the show."""
    for host in hosts:
        EventHost.objects.get_or_create(event=event, host=host, defaults={"share": 0})
    fields: dict[str, object] = {"title": f"Segment {next(_number)}", "brand": event.brand}
    plan = fields | {"planned_seconds": minutes * 60} | over
    return segments.add_segment(event, hosts=hosts, now=now, **plan)


def make_ready_event(*, state: EventState | str = EventState.DRAFT, items: int = 2, **over: object) -> Event:
    """An event that may go on: one host with all the credit and `items` products."""
    event = make_event(state=state, **over)
    make_event_host(event)
    for _ in range(items):
        make_lineup_item(event)
    return event


def make_event_staff(event: Event, *, user: User, role: StaffRole | str = StaffRole.PRODUCER) -> EventStaff:
    return EventStaff.objects.create(event=event, user=user, role=role)


def make_stream(event: Event, **over: object) -> Stream:
    return Stream.objects.create(event=event, **over)


def make_task(event: Event, **over: object) -> ChecklistItem:
    """A task of the checklist, due on the factories' day."""
    return ChecklistItem.objects.create(
        event=event, **({"text": "Order flowers", "due_on": NOW.date()} | over)
    )


def make_revision(event: Event, **over: object) -> Revision:
    """A change of the title that was made a moment ago, so that it can be taken back."""
    changes = [{"part": "details", "id": "", "field": "title", "before": "Before", "after": event.title}]
    return Revision.objects.create(
        event=event, **({"version": 2, "what": "details", "changes": changes, "at": NOW} | over)
    )


def make_series(brand: Brand, **over: object) -> Series:
    """A weekly series without shows yet."""
    fields: dict[str, object] = {
        "title": "Wednesday silk", "rule": "FREQ=WEEKLY;COUNT=4", "first_day": NOW.date(),
        "at": time(20), "minutes": 60, "time_zone": "Europe/Paris",
    }  # fmt: skip
    return Series.objects.create(brand=brand, **(fields | over))


def make_follow(host: Host, *, user: User) -> HostFollow:
    """`user` follows `host`."""
    return HostFollow.objects.create(host=host, user=user, at=NOW)


def make_assortment(
    *pieces: Product, kind: AssortmentKind | str = AssortmentKind.EDITION, now: datetime = NOW, **over: Any
) -> Assortment:
    """A published assortment that opened yesterday and closes in a week; an edition has a day of its own.

    `pieces` are put in, in this order, by the domain's own function.
    """
    n = next(_number)
    brand = over.pop("brand", None) or (pieces[0].brand if pieces else make_brand())
    if kind == AssortmentKind.EDITION and "holiday" not in over:
        over["holiday"] = make_holiday(key="qixi", starts_on=_day(n), ends_on=_day(n))
    fields = {
        "slug": f"edition-{n}",
        "title": f"Edition {n}",
        "season": "" if kind == AssortmentKind.EDITION else "SS27",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=7),
        "published_at": now - timedelta(days=1),
    }
    made = Assortment.objects.create(brand=brand, kind=kind, **(fields | over))
    for product in pieces:
        add_piece(made, product, now=now)
    return made


def _day(number: int) -> date:
    """A day for the holiday of its own that occurrences are told apart by."""
    return date(2027, 1, 1) + timedelta(days=number)


def make_engagement(event: Event, *, host: Host, by: User | None = None, **over: object) -> Engagement:
    """An invitation of `host` for all the credit and a tenth of what is sold, not answered yet."""
    fields: dict[str, object] = {
        "share": 10_000,
        "commission": {"*": 1_000},
        "disclosure": "Paid by the house.",
        "invited_at": NOW,
        "invited_by": by,
    }
    return Engagement.objects.create(event=event, host=host, **(fields | over))


def make_tie(host: Host, *, brand: Brand | None = None, **over: object) -> HostTie:
    """A bond since a year before NOW, by default as an ambassador of a brand outside the shop."""
    fields: dict[str, object] = {"kind": "ambassador", "since": date(2025, 11, 11)}
    fields["brand_name"] = "" if brand else "Elsewhere"
    return HostTie.objects.create(host=host, brand=brand, **(fields | over))


def make_away(host: Host, starts_on: date, ends_on: date) -> HostAway:
    return HostAway.objects.create(host=host, starts_on=starts_on, ends_on=ends_on)


def make_credibility(host: Host, niche: Niche, **over: object) -> Credibility:
    """A computed score; the niche is added to the host."""
    host.niches.add(niche)
    fields: dict[str, object] = {"score": 8_000, "confidence": 5_000, "formula": "1", "computed_at": NOW}
    return Credibility.objects.create(host=host, niche=niche, **(fields | over))


def make_vetting(host: Host, brand: Brand, **over: object) -> Vetting:
    return Vetting.objects.create(host=host, brand=brand, **({"at": NOW} | over))
