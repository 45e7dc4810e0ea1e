"""The demo's holidays, hosts and shows. Times follow the clock, so there is always one show on the air."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from catalog.models import Brand, Product
from events.demo.days import seed_own_day
from events.demo.editions import seed_editions
from events.demo.hosts import seed_hosts, seed_work
from events.demo.looks import dress
from events.demo.marathon import SLUG as MARATHON
from events.demo.marathon import seed_marathon
from events.demo.planning import seed_planning
from events.demo.shows import AURELE, Evening, evenings, next_live_day
from events.demo.viewing import seed_viewing
from events.domain import calendar, lifecycle, lineup, onair, scheduling
from events.enums import EventState, StaffRole, StreamState
from events.holidays import markets
from events.holidays.regions import ZONES
from events.models import Event, Host, Stream
from events.signals import event_state_changed

LIVE_SLUG = "the-silk-hour"
PAST, COMING = 6, 8
# So many of the past shows have last year's beside them.
BESIDE = 2
ON_AIR_FOR, STAYS = timedelta(minutes=18), timedelta(hours=6)


def seed(now: datetime) -> None:
    """Holidays, hosts and shows around `now`; run again it adds what is missing and freshens the times."""
    year = now.year
    calendar.materialise(years=range(year - 1, year + 3), markets=markets())
    seed_own_day()
    hosts = seed_hosts()
    for evening in _chosen(now):
        _seed_show(evening, hosts, now)
    _seed_draft(hosts, now)
    seed_marathon(hosts, now, by=_producer())
    _seed_live(hosts, now)
    seed_work(hosts, now)
    seed_editions(now)
    seed_planning(now)
    refresh(now)
    seed_viewing(now)


def refresh(now: datetime) -> None:
    """Bring what is there up to the clock: announced shows that are over have been, the live one is on.

    Cheap; safe on every start of the demo.
    """
    ours = Q(slug__in=_demo_slugs(now)) | Q(slug__startswith=MARATHON)
    for event in Event.objects.filter(ours, state=EventState.SCHEDULED, ends_at__lte=now):
        _play(event)
    if (live := Event.objects.filter(slug=LIVE_SLUG).first()) is not None:
        _put_on_air(live, now)


def _demo_slugs(now: datetime) -> list[str]:
    return [evening.slug for evening in evenings(first=now.year - 2, last=now.year + 1)]


def _chosen(now: datetime) -> list[Evening]:
    """The last six evenings and the next eight, and of the last two those of the year before."""
    known = sorted(evenings(first=now.year - 2, last=now.year + 1), key=lambda evening: evening.starts_at)
    past = [evening for evening in known if evening.ends_at < now]
    coming = [evening for evening in known if evening.starts_at > now]
    return [*_years_before(past[-BESIDE:], known), *past[-PAST:], *coming[:COMING]]


def _years_before(shown: list[Evening], known: list[Evening]) -> list[Evening]:
    """The same shows for the same holidays, a year before."""
    found = []
    for evening in shown:
        before = [one for one in known if one.show == evening.show and one.starts_at < evening.starts_at]
        found += before[-1:]
    return found


def _seed_show(evening: Evening, hosts: dict[str, Host], now: datetime) -> None:
    if Event.objects.filter(slug=evening.slug).exists():
        return
    show = evening.show
    brand, pieces = _pieces(show.brand, show.pieces, start=len(show.slug))
    if brand is None:
        return
    data = {
        "summary": show.summary,
        "holiday": calendar.occurrence_row(key=show.key, market=show.market, starts_on=evening.day.starts_on),
        "currency": "EUR",
        "time_zone": ZONES[show.market],
        "starts_at": evening.starts_at,
        "ends_at": evening.ends_at,
    }
    announced = min(evening.starts_at - timedelta(days=14), now)
    with transaction.atomic():
        event = scheduling.create_event(
            brand,
            title=show.title,
            slug=evening.slug,
            data=data,
            shares=[(hosts[slug], share) for slug, share in show.hosts],
        )
        _fill_lineup(event, pieces, minutes=show.minutes, now=announced)
        dress(event, show.slug)
        lifecycle.advance(event, EventState.SCHEDULED, by=_producer(), now=announced)
        if evening.ends_at <= now:
            _play(event)


def _play(event: Event) -> None:
    """Let an announced show have taken place at its own time."""
    steps = (
        (EventState.REHEARSAL, event.starts_at - timedelta(minutes=40)),
        (EventState.LIVE, event.starts_at),
        (EventState.ENDED, event.ends_at),
        (EventState.REPLAY, event.ends_at + timedelta(hours=1)),
    )
    for state, at in steps:
        # Readiness is judged at the step's own moment, so an hour that lies behind us passes.
        lifecycle.advance(event, state, by=_producer(), now=at)
        if state == EventState.LIVE:
            for part in event.segments.select_related("event"):
                onair.start_segment(part, now=event.starts_at + timedelta(seconds=part.planned_second))


def _seed_draft(hosts: dict[str, Host], now: datetime) -> None:
    """One unfinished show, so that the studio has something to ask for."""
    brand = Brand.objects.filter(slug=AURELE).first()
    if brand is None or Event.objects.filter(slug="autumn-linings").exists():
        return
    starts_at = now.replace(hour=19, minute=0, second=0, microsecond=0) + timedelta(days=45)
    data = {
        "summary": "What is inside a bag. Line-up still open.",
        "currency": "EUR",
        "time_zone": "Europe/Paris",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=45),
    }
    scheduling.create_event(brand, title="Autumn linings", data=data, shares=[(hosts["lin-yue"], 10_000)])


def _seed_live(hosts: dict[str, Host], now: datetime) -> None:
    brand, pieces = _pieces(AURELE, 8, start=0)
    if brand is None or Event.objects.filter(slug=LIVE_SLUG).exists():
        return
    day = next_live_day(now.date())
    data = {
        "summary": "Squares, stoles and the leather worn with them: each by hand, each question answered.",
        "holiday": calendar.occurrence_row(key=day.key, market=day.market, starts_on=day.starts_on),
        "currency": "EUR",
        "time_zone": ZONES["FR"],
        "starts_at": now - ON_AIR_FOR,
        "ends_at": now + STAYS,
    }
    with transaction.atomic():
        event = scheduling.create_event(
            brand, title="The Silk Hour", data=data, shares=[(hosts["camille-aubry"], 10_000)]
        )
        _fill_lineup(event, pieces, minutes=60, now=now)
        dress(event, LIVE_SLUG)
        Stream.objects.get_or_create(event=event, defaults={"drawn": True})
        _assign(event, "moderator@demo.example", StaffRole.LEAD)
        _assign(event, "agent@demo.example", StaffRole.AGENT)
        for state in (EventState.SCHEDULED, EventState.REHEARSAL, EventState.LIVE):
            lifecycle.advance(event, state, by=_producer(), now=now - ON_AIR_FOR)


def _put_on_air(event: Event, now: datetime) -> None:
    """The live show is live again, whatever the last visitor left behind, on the next French holiday."""
    day = next_live_day(now.date())
    before = event.state
    if before == EventState.LIVE and event.ends_at > now:
        return
    row = calendar.occurrence_row(key=day.key, market=day.market, starts_on=day.starts_on)
    with transaction.atomic():
        # The only write of a state outside lifecycle: no step of a real show leads back onto the air.
        Event.objects.filter(pk=event.pk).update(
            state=EventState.LIVE,
            holiday=row,
            starts_at=now - ON_AIR_FOR,
            went_live_at=now - ON_AIR_FOR,
            ends_at=now + STAYS,
            ended_at=None,
        )
        Stream.objects.filter(event=event).update(state=StreamState.IDLE, started_at=None, lost_at=None)
        event.refresh_from_db()
        if before != EventState.LIVE:
            event_state_changed.send(sender=Event, event=event, before=before, after="live", now=now)


def _fill_lineup(event: Event, products: Sequence[Product], *, minutes: int, now: datetime) -> None:
    pause = minutes * 60 // max(len(products), 1)
    for place, product in enumerate(products):
        lineup.add_item(
            event,
            product,
            now=now,
            planned_second=120 + place * (pause - 30),
            talking_points=_points(product),
        )


def _points(product: Product) -> str:
    """What the host has on the card: the story's first sentence and two facts."""
    story = product.story.split(". ")[0].strip().rstrip(".")
    facts = [f"{fact['label']}: {fact['value']}" for fact in product.details[:2] if isinstance(fact, dict)]
    return "\n".join(line for line in (f"{story}." if story else "", *facts) if line)


def _pieces(slug: str, count: int, *, start: int) -> tuple[Brand | None, list[Product]]:
    """A brand and `count` of its products, going round from `start`; no brand when it has none."""
    # Editions and seasons have their own days; shows are filled from what stands on the shelf always.
    standing = Product.objects.on_sale().filter(brand__slug=slug, available_from=None)
    products = list(standing.select_related("brand").order_by("pk"))
    if not products:
        return None, []
    turned = products[start % len(products) :] + products[: start % len(products)]
    return products[0].brand, turned[:count]


def _assign(event: Event, email: str, role: StaffRole) -> None:
    if (user := User.objects.filter(email=email).first()) is not None:
        scheduling.assign_staff(event, user=user, role=role)


def _producer() -> User | None:
    return User.objects.filter(email="producer@demo.example").first()
