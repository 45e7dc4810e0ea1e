"""What the run of show's part of the studio page needs; one piece or segment is open at a time."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from catalog.models import Brand
from events import queries
from events.domain.forecast import Expected
from events.domain.segments import LONGEST, expectations, of_event, possible_hosts
from events.enums import OVER
from events.forms import LineupAddForm, LineupItemForm, SegmentForm
from events.models import Event, LineupItem, Segment

Context = dict[str, Any]


@dataclass(slots=True)
class Piece:
    """One piece, where it stands on the clock, and its form when it is open."""

    item: LineupItem
    clock: str
    form: LineupItemForm | None


@dataclass(slots=True)
class Part:
    """A segment, or (None) the pieces without one."""

    segment: Segment | None
    expected: Expected | None = None
    clock: str = ""
    gap: int = 0
    form: SegmentForm | None = None
    pieces: list[Piece] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return round(self.segment.planned_seconds / 60) if self.segment else 0


def run_context(request: HttpRequest, event: Event, bound: Context) -> Context:
    """The run of show; `bound` may hold forms (`item`, `segment`, `add`, `add_segment`) that were refused."""
    segments = of_event(event)
    opened = request.GET.get("edit", "")
    parts = _parts(event, segments)
    _fill(event, parts, bound, opened)
    for part in parts:
        if part.segment and opened == part.segment.public_id:
            part.form = segment_form(event, segment=part.segment)
        if part.segment and (sent := bound.get("segment")) and sent.prefix == part.segment.public_id:
            part.form = sent
    end = max((one.planned_second + one.planned_seconds for one in segments), default=0)
    length = round((event.ends_at - event.starts_at).total_seconds())
    return {
        "run": parts,
        "segments": segments,
        "pieces": sum(len(part.pieces) for part in parts),
        "planned_minutes": round(end / 60),
        "show_minutes": round(length / 60),
        "beyond": round((end - length) / 60) if end > length else 0,
        "room_left": end < LONGEST,
        "add": bound.get("add") or (None if event.state in OVER else add_form(event)),
        "add_segment": bound.get("add_segment") or (None if event.state in OVER else segment_form(event)),
    }


def _parts(event: Event, segments: list[Segment]) -> list[Part]:
    found, end = [], 0
    for one, expected in zip(segments, expectations(event, segments, now=timezone.now()), strict=True):
        gap = round(max(one.planned_second - end, 0) / 60)
        found.append(Part(one, expected, wall(event, one.planned_second), gap))
        end = one.planned_second + one.planned_seconds
    return [*found, Part(None)]


def _fill(event: Event, parts: list[Part], bound: Context, opened: str) -> None:
    by_segment = {part.segment.pk if part.segment else None: part for part in parts}
    segments = [part.segment for part in parts if part.segment]
    sent = bound.get("item")
    items = event.lineup.select_related("product__brand", "segment").prefetch_related("product__images")
    for item in items:
        form = sent if sent and sent.prefix == item.public_id else None
        if form is None and opened == item.public_id:
            form = LineupItemForm(item=item, event=event, segments=fitting(segments, item))
        by_segment[item.segment_id].pieces.append(Piece(item, wall(event, item.planned_second), form))


def wall(event: Event, second: int) -> str:
    """What the show's own clock says then."""
    at = event.starts_at + timedelta(seconds=second)
    return f"{at.astimezone(ZoneInfo(event.time_zone)):%H:%M}"


def fitting(segments: list[Segment], item: LineupItem) -> list[Segment]:
    """The segments a piece may stand in: those of its own brand."""
    return [one for one in segments if one.brand_id == item.product.brand_id]


def add_form(event: Event, data: Any = None) -> LineupAddForm:
    """The form for one more piece."""
    return LineupAddForm(
        data,
        event=event,
        segments=list(event.segments.all()),
        products=queries.addable_products(event),
        prefix="add",
        initial={"version": event.version},
    )


def segment_form(event: Event, data: Any = None, *, segment: Segment | None = None) -> SegmentForm:
    """The form of a segment, or for one more."""
    brands, hosts = list(Brand.objects.order_by("name")), list(possible_hosts(event))
    return SegmentForm(data, event=event, brands=brands, hosts=hosts, segment=segment)
