"""The figures of shows: who came, what was said, what was sold. Of any number of shows in six queries.

Money is in minor units and per currency; what nobody counted is None, never zero.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from events.models import Event
from livechat.models import Attendance, ChatMessage, LineState, Question, Room
from orders.models import Attribution, ShelfCount
from orders.queries import CREDIT, REVERSAL, real

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Takings:
    """What was paid and given back in one currency, in minor units."""

    paid: int = 0
    refunded: int = 0
    orders: int = 0
    pieces: int = 0

    def __add__(self, other: "Takings") -> "Takings":
        return Takings(
            self.paid + other.paid,
            self.refunded + other.refunded,
            self.orders + other.orders,
            self.pieces + other.pieces,
        )

    @property
    def net(self) -> int:
        return self.paid - self.refunded

    @property
    def average(self) -> int | None:
        """Minor units an order, rounded down."""
        return self.paid // self.orders if self.orders else None

    @property
    def refund_rate(self) -> int | None:
        """Basis points of what was paid."""
        return self.refunded * WHOLE // self.paid if self.paid else None


@dataclass(frozen=True, slots=True)
class Figures:
    """One show's figures, or the sum of several: then `peak` is the highest of them.

    `viewers` and `peak` are None where nobody was counted, `left` where no shelf was; `measured` are the
    pieces sold in shows whose shelf was counted, `seconds` how long the shows were on.
    """

    shows: int = 0
    viewers: int | None = None
    peak: int | None = None
    asked: int = 0
    answered: int = 0
    lines: int = 0
    seconds: int = 0
    left: int | None = None
    measured: int = 0
    takings: dict[str, Takings] = field(default_factory=dict)

    @property
    def orders(self) -> int:
        return sum(each.orders for each in self.takings.values())

    @property
    def pieces(self) -> int:
        return sum(each.pieces for each in self.takings.values())

    @property
    def conversion(self) -> int | None:
        """Orders by viewers, in basis points."""
        return self.orders * WHOLE // self.viewers if self.viewers else None

    @property
    def sell_through(self) -> int | None:
        """Pieces sold of those sold and left, in basis points."""
        if self.left is None or not self.measured + self.left:
            return None
        return self.measured * WHOLE // (self.measured + self.left)

    @property
    def lines_per_minute(self) -> int | None:
        """In hundredths of a line."""
        return self.lines * 6_000 // self.seconds if self.seconds else None


def figures_of(events: Collection[Event], *, now: datetime) -> dict[int, Figures]:
    """The figures of each show; one that has not been on air has none but zeros and None."""
    keys = [event.pk for event in events]
    peaks, viewers = _people(keys)
    takings, left = _takings(keys), _left(keys)
    asked, lines = _asked(keys), _lines(keys)
    found = {}
    for event in events:
        sold = takings.get(event.pk, {})
        shelf = left.get(event.pk)
        found[event.pk] = Figures(
            shows=1,
            viewers=viewers.get(event.pk),
            peak=peaks.get(event.pk) or None,
            asked=asked.get(event.pk, (0, 0))[0],
            answered=asked.get(event.pk, (0, 0))[1],
            lines=lines.get(event.pk, 0),
            seconds=_seconds(event, now),
            left=shelf,
            measured=sum(each.pieces for each in sold.values()) if shelf is not None else 0,
            takings=sold,
        )
    return found


def together(figures: Iterable[Figures]) -> Figures | None:
    """The sum of several shows; None for no show at all."""
    each = list(figures)
    if not each:
        return None
    takings: dict[str, Takings] = defaultdict(Takings)
    for one in each:
        for currency, taken in one.takings.items():
            takings[currency] += taken
    return Figures(
        shows=sum(one.shows for one in each),
        viewers=_known(sum, [one.viewers for one in each]),
        peak=_known(max, [one.peak for one in each]),
        asked=sum(one.asked for one in each),
        answered=sum(one.answered for one in each),
        lines=sum(one.lines for one in each),
        seconds=sum(one.seconds for one in each),
        left=_known(sum, [one.left for one in each]),
        measured=sum(one.measured for one in each),
        takings=dict(takings),
    )


def _known(add: Callable[[list[int]], int], values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return add(known) if known else None


def _seconds(event: Event, now: datetime) -> int:
    if event.went_live_at is None:
        return 0
    return max(0, int(((event.ended_at or now) - event.went_live_at).total_seconds()))


def _people(events: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    peaks = dict(Room.objects.filter(event__in=events).values_list("event", "peak_viewers"))
    rows = Attendance.objects.filter(room__event__in=events).order_by().values_list("room__event")
    return peaks, dict(rows.annotate(people=Count("pk")))


def _takings(events: list[int]) -> dict[int, dict[str, Takings]]:
    found: dict[int, dict[str, Takings]] = defaultdict(dict)
    rows = real(Attribution.objects.filter(event__in=events)).order_by().values_list("event", "currency")
    summed = rows.annotate(
        paid=Coalesce(Sum("amount", filter=CREDIT), 0),
        back=Coalesce(-Sum("amount", filter=REVERSAL), 0),
        orders=Count("line__order", filter=CREDIT, distinct=True),
        pieces=Coalesce(Sum(F("line__quantity"), filter=CREDIT), 0),
    )
    for event, currency, *sums in summed:
        found[event][currency] = Takings(*sums)
    return found


def _left(events: list[int]) -> dict[int, int]:
    rows = ShelfCount.objects.filter(event__in=events).order_by().values_list("event")
    return dict(rows.annotate(pieces=Sum("left")))


def _asked(events: list[int]) -> dict[int, tuple[int, int]]:
    told = Q(state=Question.State.ANSWERED)
    rows = Question.objects.filter(room__event__in=events, rehearsal=False, hidden=False)
    rows = rows.exclude(state=Question.State.REMOVED)
    counted = (
        rows.order_by().values_list("room__event").annotate(all=Count("pk"), told=Count("pk", filter=told))
    )
    return {event: (asked, answered) for event, asked, answered in counted}


def _lines(events: list[int]) -> dict[int, int]:
    """Lines of the audience that the room saw."""
    rows = ChatMessage.objects.filter(
        room__event__in=events, badge="", state=LineState.SHOWN, rehearsal=False, deleted_at=None
    )
    return dict(rows.order_by().values_list("room__event").annotate(lines=Count("pk")))
