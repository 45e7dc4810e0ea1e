"""When every segment will really begin: one rule, the same in the browser (static/js/room/forecast.js).

What has begun keeps its real times, and one that runs ends after its planned length, or now when it overruns.
What is to come begins when the segment before it ends, early or late; after a planned break never before its
planned time, so that a break takes up what was overrun. Nothing that is to come begins in the past.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Stand(StrEnum):
    """Where a segment stands; `SKIPPED` never began although a later one did."""

    OVER = "over"
    SKIPPED = "skipped"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Slot:
    """A segment as it was planned (seconds after the start of the show) and what became of it."""

    second: int
    seconds: int
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """When a segment began or will begin, when it ended or will, and how late it is (negative: early)."""

    stand: Stand
    starts_at: datetime
    ends_at: datetime
    late: timedelta


def expected(
    slots: Sequence[Slot], *, starts_at: datetime, now: datetime, over: bool = False
) -> list[Expected]:
    """The slots, in their order, as they have been and will be; `over` when the show has ended."""
    begun = _begun(slots) if not over else len(slots)
    found: list[Expected] = []
    free, planned_end, told_next = starts_at, 0, False
    for place, slot in enumerate(slots):
        planned = starts_at + timedelta(seconds=slot.second)
        if place < begun:
            one = _been(slot, planned, free=free, now=now)
        else:
            follows = place > 0 and slot.second <= planned_end
            start = max(free if follows else max(planned, free), now)
            stand = Stand.LATER if told_next else Stand.NEXT
            told_next = True
            one = Expected(stand, start, start + timedelta(seconds=slot.seconds), start - planned)
        found.append(one)
        free, planned_end = one.ends_at, slot.second + slot.seconds
    return found


def end_of(expectations: Iterable[Expected], *, starts_at: datetime) -> datetime:
    """When the last segment ends; the start of the show when there is none."""
    return max((one.ends_at for one in expectations), default=starts_at)


def _begun(slots: Sequence[Slot]) -> int:
    """How many of the first slots are decided: all up to the last that began."""
    return max((place + 1 for place, slot in enumerate(slots) if slot.started_at), default=0)


def _been(slot: Slot, planned: datetime, *, free: datetime, now: datetime) -> Expected:
    if slot.started_at is None:
        return Expected(Stand.SKIPPED, free, free, timedelta())
    late = slot.started_at - planned
    if slot.ended_at is not None:
        return Expected(Stand.OVER, slot.started_at, slot.ended_at, late)
    end = max(slot.started_at + timedelta(seconds=slot.seconds), now)
    return Expected(Stand.NOW, slot.started_at, end, late)
