"""The studio's list of shows: by state, the most pressing first, a bounded number of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from events.domain.walltime import around, wall_of
from events.enums import OVER, EventState
from events.models import Event
from events.models.event import EventQuerySet
from events.queries import EventCard, lists_of_cards

FEW = 8  # shows of a state before "all of them"
ORDER = [
    EventState.LIVE,
    EventState.REHEARSAL,
    EventState.SCHEDULED,
    EventState.DRAFT,
    EventState.ENDED,
    EventState.REPLAY,
    EventState.CANCELLED,
]


@dataclass(frozen=True, slots=True)
class Group:
    """The first shows of a state and how many there are."""

    state: EventState
    cards: list[EventCard]
    count: int

    @property
    def more(self) -> bool:
        return self.count > len(self.cards)


def groups(events: EventQuerySet, *, few: int = FEW) -> list[Group]:
    """The states that have shows, each with its first ones. The queries do not grow with the shows."""
    counts = dict(events.order_by().values_list("state").annotate(count=Count("pk")))
    parts = lists_of_cards(*(_first(events, few, over=over) for over in (False, True)))
    cards = [card for part in parts for card in part]
    return [
        Group(state, [card for card in cards if card.event.state == state], counts[state])
        for state in ORDER
        if counts.get(state)
    ]


def _first(events: EventQuerySet, few: int, *, over: bool) -> QuerySet[Event]:
    """The first `few` of each state: what is to come by time, what is over newest first."""
    rows = events.filter(state__in=OVER) if over else events.exclude(state__in=OVER)
    order = ("-starts_at", "pk") if over else ("starts_at", "pk")
    place = Window(RowNumber(), partition_by=F("state"), order_by=order)
    first = rows.annotate(place=place).filter(place__lte=few).values("pk")
    return with_agreements(first.values_list("pk", flat=True)).order_by(*order)


def with_agreements(pks: Iterable[int]) -> QuerySet[Event]:
    """These shows with what was agreed with their hosts, which the next step is told from."""
    return Event.objects.filter(pk__in=list(pks)).prefetch_related("engagements__host")


def of_state(events: EventQuerySet, state: EventState) -> QuerySet[Event]:
    """All shows of a state, for pages: what is to come by time, what is over newest first."""
    return events.filter(state=state).order_by("-starts_at" if state in OVER else "starts_at", "pk")


def of_day(events: EventQuerySet, day: date) -> QuerySet[Event]:
    """The shows that begin on `day`, each on its own clock, by time."""
    near = events.filter(starts_at__range=around(day, day))
    rows = near.values_list("pk", "starts_at", "time_zone")
    found = [pk for pk, starts_at, zone in rows if wall_of(starts_at, zone).date() == day]
    return events.filter(pk__in=found).order_by("starts_at", "pk")
