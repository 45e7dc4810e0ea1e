"""Where pieces and segments stand: places and planned times, computed from rows and written by the caller."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.models import LineupItem, Segment

USUAL_SECONDS = 300  # what one piece takes when nobody planned it
LAST_MINUTE = 60


@dataclass(slots=True)
class Group:
    """The pieces of one segment in their order; those without one are the last group."""

    segment: Segment | None
    items: list[LineupItem]

    @property
    def id(self) -> str:
        return self.segment.public_id if self.segment else ""


def groups_of(segments: Iterable[Segment], items: Iterable[LineupItem]) -> list[Group]:
    """The run of show as it stands: every segment in its order, then what has none."""
    groups = {segment.pk: Group(segment, []) for segment in segments}
    loose = Group(None, [])
    for item in items:
        groups.get(item.segment_id or 0, loose).items.append(item)
    return [*groups.values(), loose]


def gaps_of(segments: Sequence[Segment]) -> list[int]:
    """The planned breaks before each segment, in seconds."""
    gaps, end = [], 0
    for segment in segments:
        gaps.append(max(segment.planned_second - end, 0))
        end = segment.planned_second + segment.planned_seconds
    return gaps


def lay_segments(groups: Sequence[Group], gaps: Sequence[int]) -> int:
    """Put the segments one after another with these breaks; their pieces move along. The end, in seconds."""
    at = 0
    laid = [group for group in groups if group.segment]
    for place, (group, gap) in enumerate(zip(laid, gaps, strict=True), start=1):
        segment = group.segment
        assert segment is not None  # noqa: S101 - filtered above
        shift = at + gap - segment.planned_second
        segment.planned_second, segment.position = at + gap, place
        at = segment.planned_second + segment.planned_seconds
        _shift(group, shift, segment)
    return at


def _shift(group: Group, seconds: int, segment: Segment) -> None:
    """Move the pieces that were here along, none past the last minute of the segment."""
    last = segment.planned_second + max(segment.planned_seconds - LAST_MINUTE, 0)
    for item in group.items:
        if item.segment_id == segment.pk:
            moved = item.planned_second + seconds
            item.planned_second = min(max(moved, segment.planned_second), last)


def number(groups: Sequence[Group]) -> list[LineupItem]:
    """Give every piece its place and its segment; the pieces in their order."""
    placed: list[LineupItem] = []
    for group in groups:
        for item in group.items:
            item.segment = group.segment
            item.position = len(placed) + 1
            placed.append(item)
    return placed


def settle(group: Group) -> None:
    """Let the times of a group stay with the places; a piece that is new in it comes between the others."""
    here = group.segment.pk if group.segment else None
    kept = iter(sorted(item.planned_second for item in group.items if item.segment_id == here))
    known = [next(kept) if item.segment_id == here else None for item in group.items]
    for item, second in zip(group.items, fill(known, group.segment), strict=True):
        item.planned_second = second


def fill(known: Sequence[int | None], segment: Segment | None) -> list[int]:
    """Times where None stands: five minutes after the one before, or halfway to the next if sooner."""
    first = segment.planned_second if segment else 0
    end = first + segment.planned_seconds if segment else None
    times: list[int] = []
    for place, second in enumerate(known):
        later = next((one for one in known[place + 1 :] if one is not None), end)
        fresh = _between(times[-1], later) if times else first
        times.append(fresh if second is None else second)
    return times


def _between(before: int, later: int | None) -> int:
    usual = before + USUAL_SECONDS
    return usual if later is None or usual <= later else (before + max(later, before)) // 2
