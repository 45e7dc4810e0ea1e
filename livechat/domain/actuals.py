"""Planned against actual: when a segment and a piece really came, from starts and pins, beside the plan."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.domain.forecast import Expected, Stand
from events.domain.segments import expectations, of_event
from events.models import Event, LineupItem, Segment
from livechat.models import Pin, Room

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece: when it was planned, when viewers first saw it on the stage, and for how long in all."""

    item: LineupItem
    planned_at: datetime
    first_at: datetime | None
    on_stage: timedelta

    @property
    def late(self) -> int | None:
        """Whole minutes behind the plan; negative: ahead."""
        return round((self.first_at - self.planned_at) / MINUTE) if self.first_at else None

    @property
    def minutes(self) -> int:
        return round(self.on_stage / MINUTE)


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment (None: pieces without one) with its pieces, and how it went so far."""

    segment: Segment | None
    planned_at: datetime | None
    expected: Expected | None
    pieces: list[PieceRow]

    @property
    def began(self) -> bool:
        return self.expected is not None and self.expected.stand in {Stand.NOW, Stand.OVER}

    @property
    def late(self) -> int:
        return round(self.expected.late / MINUTE) if self.expected else 0

    @property
    def planned_minutes(self) -> int:
        return round(self.segment.planned_seconds / 60) if self.segment else 0

    @property
    def minutes(self) -> int:
        """What it took, or will have taken by its expected end."""
        one = self.expected
        return round((one.ends_at - one.starts_at) / MINUTE) if one else 0

    @property
    def over(self) -> int:
        """Minutes more than planned; negative: fewer."""
        return self.minutes - self.planned_minutes if self.began else 0


def comparison(room: Room, *, now: datetime) -> list[SegmentRow]:
    """The whole run of show, plan beside what happened. Four queries. What was rehearsed does not count."""
    event = room.event
    segments = of_event(event)
    pins = _pins(room)
    pieces: dict[int | None, list[PieceRow]] = defaultdict(list)
    for item in event.lineup.select_related("product"):
        pieces[item.segment_id].append(_piece(event, item, pins.get(item.pk, []), now=now))
    rows = [
        SegmentRow(one, event.starts_at + timedelta(seconds=one.planned_second), expected, pieces[one.pk])
        for one, expected in zip(segments, expectations(event, segments, now=now), strict=True)
    ]
    return [*rows, SegmentRow(None, None, None, pieces[None])] if pieces[None] else rows


def _pins(room: Room) -> dict[int, list[Pin]]:
    found: dict[int, list[Pin]] = defaultdict(list)
    if room.event.went_live_at:
        for pin in room.pins.filter(pinned_at__gte=room.event.went_live_at):
            found[pin.item_id].append(pin)
    return found


def _piece(event: Event, item: LineupItem, pins: Sequence[Pin], *, now: datetime) -> PieceRow:
    lain = sum(((pin.unpinned_at or now) - pin.pinned_at for pin in pins), timedelta())
    planned_at = event.starts_at + timedelta(seconds=item.planned_second)
    return PieceRow(item, planned_at, pins[0].pinned_at if pins else None, lain)


@dataclass(frozen=True, slots=True)
class Cues:
    """What the crew reads now: the segment on the air and the next, the pieces on the stage and the next."""

    segment: Segment | None
    following: Segment | None
    pieces: list[LineupItem]
    coming: LineupItem | None

    def __bool__(self) -> bool:
        return any(self._notes())

    def _notes(self) -> list[str]:
        segments = [one.cue for one in (self.segment, self.following) if one]
        pieces = [item.cue + item.talking_points for item in (*self.pieces, self.coming) if item]
        return [*segments, *pieces]


def cues(room: Room, *, now: datetime) -> Cues:
    """The notes for this moment. For hosts and managers only: no public card holds any of it."""
    segments = of_event(room.event)
    stands = {
        one.stand: segment
        for segment, one in zip(segments, expectations(room.event, segments, now=now), strict=True)
    }
    items = list(room.event.lineup.select_related("product"))
    shown = set(room.pins.filter(pinned_at__lte=now).values_list("item", flat=True))
    lying = set(room.pins.showing().values_list("item", flat=True))
    return Cues(
        segment=stands.get(Stand.NOW),
        following=stands.get(Stand.NEXT),
        pieces=[item for item in items if item.pk in lying],
        coming=next((item for item in items if item.pk not in shown), None),
    )
