"""What the platform saw of hosts, fact by fact: the rows that credibility is counted from.

Of any number of hosts in the same number of queries. The rehearsal crowd, people at work and a host's own
purchases are in none of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.domain.viewers import USER_PREFIX
from catalog.models import Membership
from events.enums import EventState
from events.models import EventHost, LineupItem
from livechat.domain import presence
from livechat.domain.rooms import HOST
from livechat.models import AccuracyReport, Attendance, Pin, Question, Room
from orders.enums import AttributionKind
from orders.models import Attribution, ShelfCount
from orders.models.attribution import AttributionQuerySet

ON_AIR = (EventState.LIVE, EventState.ENDED, EventState.REPLAY)
Place = tuple[int, int]  # event, product


@dataclass(frozen=True, slots=True)
class Show:
    """A show that was on air and who hosted it, the first host first."""

    event: int
    hosts: tuple[tuple[int, int | None, str], ...]  # host, account, name


@dataclass(frozen=True, slots=True)
class Answer:
    question: int
    host: int
    category: str
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Presented:
    """A piece a host had on the stage; `left` is None while the show's shelf has not been counted."""

    host: int
    event: int
    product: int
    category: str
    sold: int
    left: int | None


@dataclass(frozen=True, slots=True)
class Bought:
    """Pieces of one product bought through a host in one show, and how many of them came back."""

    host: int
    event: int
    product: int
    category: str
    pieces: int
    returned: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """A claim the staff found wrong: of an answer, or else of what was said while the piece was shown."""

    report: int
    host: int
    category: str
    event: int
    product: int
    question: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything about some hosts. `categories` are those of each show's line-up."""

    shows: list[Show]
    categories: dict[int, set[str]]
    answers: list[Answer]
    presented: list[Presented]
    bought: list[Bought]
    wrong: list[Wrong]


def seen_of(hosts: Collection[int]) -> Seen:
    """The facts about these hosts, in nine queries."""
    shows = _shows(hosts)
    events = [show.event for show in shows]
    categories: dict[int, set[str]] = defaultdict(set)
    for event, category in LineupItem.objects.filter(event__in=events).values_list(
        "event", "product__category"
    ):
        categories[event].add(category)
    bought = _bought(hosts)
    pins = _pins(hosts)
    return Seen(
        shows=shows,
        categories=categories,
        answers=_answers(shows, pins, set(hosts)),
        presented=_presented(pins, bought),
        bought=bought,
        wrong=_wrong(hosts),
    )


def visits(events: Collection[int]) -> Iterable[tuple[str, int]]:
    """(viewer, event) of every visit to these shows, ordered by viewer, without those faster than hands are.

    Read as a stream: a year of full rooms does not fit into memory.
    """
    rooms = dict(Room.objects.filter(event__in=events).values_list("pk", "event"))
    machines = presence.scripted(list(rooms))
    rows = Attendance.objects.filter(room__in=list(rooms)).order_by("viewer_key", "pk")
    for viewer, room in rows.values_list("viewer_key", "room").iterator(chunk_size=5_000):
        if viewer not in machines[room]:
            yield viewer, rooms[room]


def _shows(hosts: Collection[int]) -> list[Show]:
    theirs = EventHost.objects.filter(host__in=hosts, event__state__in=ON_AIR).values("event")
    rows = EventHost.objects.filter(event__in=theirs).order_by("event__starts_at", "event", "position", "pk")
    found: dict[int, list[tuple[int, int | None, str]]] = defaultdict(list)
    for event, host, user, name in rows.values_list("event", "host", "host__user", "host__name"):
        found[event].append((host, user, name))
    return [Show(event, tuple(row)) for event, row in found.items()]


def _pins(hosts: Collection[int]) -> dict[tuple[int, int, int], str]:
    """(event, product, host) -> category of everything these hosts had on the stage of a show on air."""
    began = Coalesce("room__event__went_live_at", "room__event__starts_at")
    # What lay there in the rehearsal only was not presented to anybody.
    laid = Pin.objects.filter(host__in=hosts, room__event__state__in=ON_AIR).exclude(unpinned_at__lte=began)
    rows = laid.order_by("pk").values_list("room__event", "product", "host", "product__category")
    return {(event, product, host): category for event, product, host, category in rows if host}


def counted_verdicts() -> Q:
    """Verdicts of people: of accounts, and of guests who were in a room; made-up sessions are neither."""
    was_there = Attendance.objects.filter(viewer_key=OuterRef("verdicts__viewer_key"))
    return Q(verdicts__viewer_key__startswith=USER_PREFIX) | Q(Exists(was_there))


def answered(events: Collection[int]) -> QuerySet[Question]:
    """What was answered in these shows, with `yes` and `no`: the verdicts that count."""
    real = counted_verdicts()
    told = Question.objects.filter(
        room__event__in=events, state=Question.State.ANSWERED, hidden=False, rehearsal=False
    )
    return told.order_by("pk").annotate(
        yes=Count("verdicts", filter=real & Q(verdicts__helpful=True), distinct=True),
        no=Count("verdicts", filter=real & Q(verdicts__helpful=False), distinct=True),
    )


def _answers(shows: list[Show], pins: dict[tuple[int, int, int], str], hosts: set[int]) -> list[Answer]:
    by_event = {show.event: show for show in shows}
    found = []
    for question in answered(list(by_event)).select_related("room", "product"):
        host = _answerer(question, by_event[question.room.event_id], pins)
        if host in hosts:
            found.append(
                Answer(question.pk, host, question.product.category, question.yes, question.no)  # type: ignore[attr-defined]  # annotated
            )
    return found


def _answerer(question: Question, show: Show, pins: dict[tuple[int, int, int], str]) -> int:
    """Whose answer it is: the host's who signed it; one given on the air and noted by somebody else is of
    whoever had the piece on the stage, else of the first host. Care's own words are nobody's: 0.
    """
    for host, user, name in show.hosts:
        own = user is not None and question.answered_by_id == user
        if own or (question.answered_badge == HOST and question.answered_name == name):
            return host
    if question.on_air_at is None:
        return 0
    held = (host for host, _u, _n in show.hosts if (show.event, question.product_id, host) in pins)
    return next(held, show.hosts[0][0])


def sales(rows: AttributionQuerySet) -> AttributionQuerySet:
    """Credited lines of people: without the rehearsal crowd and the brand's own staff."""
    staff = Membership.objects.filter(
        user=OuterRef("line__order__user"), brand=OuterRef("line__order__brand")
    )
    bought = rows.filter(kind=AttributionKind.CREDIT, line__order__rehearsal=False, event__isnull=False)
    return bought.exclude(Exists(staff))


def _bought(hosts: Collection[int]) -> list[Bought]:
    place = ("host", "event", "line__variant__product", "line__variant__product__category")
    rows = (
        sales(Attribution.objects.filter(host__in=hosts))
        .order_by()
        .values_list(*place)
        .annotate(pieces=Sum("line__quantity"), returned=Sum("line__returned"))
        .order_by(*place)
    )
    return [Bought(*row) for row in rows]


def _presented(pins: dict[tuple[int, int, int], str], bought: list[Bought]) -> list[Presented]:
    counts = ShelfCount.objects.filter(event__in={event for event, _product, _host in pins})
    left = {(event, product): n for event, product, n in counts.values_list("event", "product", "left")}
    sold = {(one.event, one.product, one.host): one.pieces for one in bought}
    return [
        Presented(host, event, product, category, sold.get(place, 0), left.get((event, product)))
        for place, category in pins.items()
        for event, product, host in [place]
    ]


def _wrong(hosts: Collection[int]) -> list[Wrong]:
    upheld = AccuracyReport.objects.filter(host__in=hosts, state=AccuracyReport.State.UPHELD)
    row = ("pk", "host", "product__category", "room__event", "product", "question")
    return [Wrong(*values) for values in upheld.order_by("pk").values_list(*row)]
