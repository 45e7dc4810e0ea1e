"""Segments: the parts of a long show. The plan has no holes but the breaks somebody planned.

Every write of the plan takes the `version` its writer saw (see `lineup`). Starting and ending a segment is no
change of the plan and takes none.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from catalog.models import Brand
from events.domain.forecast import Expected, Slot, expected
from events.domain.lineup import check_begun_stay
from events.domain.order import Group, gaps_of, groups_of, lay_segments, number
from events.domain.plan import open_plan
from events.enums import OVER, EngagementState
from events.errors import SegmentConflict
from events.models import Event, Host, LineupItem, Segment
from events.signals import lineup_changed, programme_changed

LONGEST = 8 * 3600
MOST_BRANDS, MOST_SEGMENTS = 50, 100
SHORTEST = 60
EDITABLE = {"title", "brand", "planned_second", "planned_seconds", "cue"}


def possible_hosts(event: Event) -> QuerySet[Host]:
    """Who may host a segment: the hosts of the show and those invited to it."""
    asked = [EngagementState.INVITED, EngagementState.ACCEPTED]
    invited = Q(pk__in=event.engagements.filter(state__in=asked).values("host"))
    return Host.objects.filter(Q(pk__in=event.event_hosts.values("host")) | invited).order_by("name")


def of_event(event: Event) -> list[Segment]:
    """The segments in their order with brand and hosts, in two queries."""
    return list(event.segments.select_related("brand").prefetch_related("hosts"))


def slots_of(segments: Sequence[Segment]) -> list[Slot]:
    """What the forecast needs to know of each."""
    return [Slot(s.planned_second, s.planned_seconds, s.started_at, s.ended_at) for s in segments]


def forecast(event: Event, *, now: datetime) -> list[tuple[Segment, Expected]]:
    """Every segment with when it began or will, by the rule of `events.domain.forecast`."""
    rows = of_event(event)
    return list(zip(rows, expectations(event, rows, now=now), strict=True))


def expectations(event: Event, segments: Sequence[Segment], *, now: datetime) -> list[Expected]:
    """The same for rows at hand."""
    return expected(slots_of(segments), starts_at=event.starts_at, now=now, over=event.state in OVER)


@transaction.atomic
def add_segment(
    event: Event,
    *,
    title: str,
    brand: Brand,
    planned_seconds: int,
    now: datetime,
    planned_second: int | None = None,
    hosts: Sequence[Host] = (),
    cue: str = "",
    version: int | None = None,
) -> Segment:
    """Append a segment; without `planned_second` it follows the last one at once.

    Raises SegmentConflict beyond eight hours, 50 brands or 100 segments, when it would begin before the last
    one ends, or for a host who is neither of the show nor invited to it.
    """
    open_plan(event, version)
    segments = list(event.segments.all())
    if len(segments) >= MOST_SEGMENTS:
        raise SegmentConflict(_("A show has %(n)s segments at most.") % {"n": MOST_SEGMENTS})
    end = max((one.planned_second + one.planned_seconds for one in segments), default=0)
    segment = Segment(event=event, brand=brand, title=title, cue=cue, position=len(segments) + 1)
    segment.planned_second = end if planned_second is None else planned_second
    segment.planned_seconds = planned_seconds
    _check_brands(event, [*segments, segment])
    _check_length(segment, end)
    segment.save()
    _set_hosts(segment, hosts)
    _lay(event, [*segments, segment], gaps_of([*segments, segment]), now=now)
    return segment


@transaction.atomic
def edit_segment(
    segment: Segment,
    *,
    now: datetime,
    hosts: Sequence[Host] | None = None,
    version: int | None = None,
    **changes: Any,
) -> Segment:
    """Change a segment. Another start or length moves all later segments and their pieces along.

    Raises SegmentConflict as `add_segment`, when it is over and its times would change, and when its brand
    would leave pieces behind.
    """
    if unknown := changes.keys() - EDITABLE:
        raise TypeError(f"not editable: {sorted(unknown)}")
    event = segment.event
    open_plan(event, version)
    segments = list(event.segments.all())
    place = segments.index(segment)
    before, segments[place] = segments[place], segment
    for field, value in changes.items():
        setattr(segment, field, value)
    _check_times(before, segment)
    if segment.brand_id != before.brand_id:
        _leave_pieces(before, [*segments[:place], segment, *segments[place + 1 :]])
    _check_brands(event, segments)
    _check_length(segment, _end(segments[place - 1]) if place else 0)
    gaps = gaps_of([*segments[:place], before, *segments[place + 1 :]])
    gaps[place] = segment.planned_second - (_end(segments[place - 1]) if place else 0)
    # What follows keeps its own breaks; the pieces of this one move by what its start moved.
    moved, segment.planned_second = segment.planned_second, before.planned_second
    segment.save(update_fields=[*sorted(changes)] or None)
    if hosts is not None:
        _set_hosts(segment, hosts)
    _lay(event, segments, gaps, now=now)
    assert segment.planned_second == moved  # noqa: S101 - laid where it was asked to be
    return segment


@transaction.atomic
def move_segment(segment: Segment, *, steps: int, now: datetime, version: int | None = None) -> None:
    """Move a segment `steps` places (negative: earlier); breaks stay with the places.

    Raises LineupConflict when it, or one it would pass, has begun.
    """
    event = segment.event
    open_plan(event, version)
    before = list(event.segments.all())
    after = list(before)
    here = after.index(segment)
    there = min(max(here + steps, 0), len(after) - 1)
    after.insert(there, after.pop(here))
    check_begun_stay(before, after)
    _lay(event, after, gaps_of(before), now=now)


@transaction.atomic
def remove_segment(segment: Segment, *, now: datetime, version: int | None = None) -> None:
    """Take a segment out; its pieces stay in the show without one, and what follows moves up.

    Raises SegmentConflict when it has begun, or when pieces of its brand would be left in the show.
    """
    event = segment.event
    open_plan(event, version)
    segments = list(event.segments.all())
    place = segments.index(segment)
    if segments[place].started_at:
        raise SegmentConflict(_("This segment has been on the air. It stays in the run of show."))
    rest = [*segments[:place], *segments[place + 1 :]]
    gaps = gaps_of(segments)
    _leave_pieces(segments[place], rest)
    segment.delete()
    _lay(event, rest, [*gaps[:place], *gaps[place + 1 :]], now=now)


def _leave_pieces(gone: Segment, rest: Sequence[Segment]) -> None:
    """Let the pieces of a segment stand alone; refuse when their brand has no business in the show then."""
    event = gone.event
    theirs = event.lineup.filter(product__brand=gone.brand_id)
    stays = gone.brand_id in {event.brand_id, *(one.brand_id for one in rest)}
    if not stays and (left := theirs.count()):
        raise SegmentConflict(
            _("%(brand)s still has pieces in this show (%(n)s). Take them out, or give it another segment.")
            % {"brand": gone.brand.name, "n": left},
            field="brand",
        )
    gone.items.update(segment=None)


def _check_times(before: Segment, after: Segment) -> None:
    same = (before.planned_second, before.planned_seconds) == (after.planned_second, after.planned_seconds)
    if before.ended_at and not same:
        raise SegmentConflict(_("This segment is over. Its plan stays as it was."), field="planned_seconds")


def _check_length(segment: Segment, previous_end: int) -> None:
    if segment.planned_seconds < SHORTEST:
        raise SegmentConflict(_("A segment takes a minute at least."), field="planned_seconds")
    if segment.planned_second < previous_end:
        raise SegmentConflict(
            _("The segment before it ends at minute %(end)s. Start then or later.")
            % {"end": previous_end // 60},
            field="planned_second",
        )


def _check_brands(event: Event, segments: Sequence[Segment]) -> None:
    if len({event.brand_id, *(one.brand_id for one in segments)}) > MOST_BRANDS:
        raise SegmentConflict(_("A show has %(n)s brands at most.") % {"n": MOST_BRANDS}, field="brand")


def _set_hosts(segment: Segment, hosts: Sequence[Host]) -> None:
    known = set(possible_hosts(segment.event).values_list("pk", flat=True))
    if strangers := [host.name for host in hosts if host.pk not in known]:
        raise SegmentConflict(
            _("%(name)s is neither a host of this show nor invited to it.") % {"name": strangers[0]},
            field="hosts",
        )
    segment.hosts.set(hosts)


def _end(segment: Segment) -> int:
    return segment.planned_second + segment.planned_seconds


def _lay(event: Event, segments: Sequence[Segment], gaps: Sequence[int], *, now: datetime) -> None:
    """Write where everything stands and tell the room."""
    groups: list[Group] = groups_of(segments, event.lineup.all())
    end = lay_segments(groups, gaps)
    if end > LONGEST:
        raise SegmentConflict(
            _("The segments would take %(hours)s hours. Eight are the most.")
            % {"hours": f"{timedelta(seconds=end) / timedelta(hours=1):.1f}"},
            field="planned_seconds",
        )
    Segment.objects.bulk_update(segments, ["position", "planned_second"])
    LineupItem.objects.bulk_update(number(groups), ["position", "planned_second", "segment"])
    programme_changed.send(sender=Event, event=event, now=now)
    lineup_changed.send(sender=Event, event=event, now=now)
