"""The programme of a long show: what the wire carries of its segments, and what pages show of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import User
from events.domain.forecast import Slot, Stand, expected
from events.domain.segments import of_event
from events.enums import OVER
from events.models import Event, Host, LineupItem, Segment, Wish
from livechat.domain.log import milliseconds

JSON = dict[str, Any]
ON_TIME = timedelta(minutes=1)


def programme_card(event: Event) -> list[JSON]:
    """The segments as everybody may know them. Cue notes are the crew's and stay behind."""
    return [_row(segment) for segment in of_event(event)]


def untouched(rows: Sequence[JSON]) -> list[JSON]:
    """The programme as it was planned, without what a rehearsal did to it."""
    return [{**row, "started_at": None, "ended_at": None} for row in rows]


def _row(segment: Segment) -> JSON:
    return {
        "id": segment.public_id,
        "title": segment.title,
        "brand": segment.brand.slug,
        "brand_name": segment.brand.name,
        "hosts": [host.name for host in segment.hosts.all()],
        "second": segment.planned_second,
        "seconds": segment.planned_seconds,
        "started_at": _ms(segment.started_at),
        "ended_at": _ms(segment.ended_at),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One segment on a page, with the times to be expected now. `late` in whole minutes, negative: early."""

    row: JSON
    stand: str
    starts_at: datetime
    ends_at: datetime
    late: int

    @property
    def is_to_come(self) -> bool:
        return self.stand in {Stand.NEXT, Stand.LATER}


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme as one person sees it; `brand` is the slug of the one they wait for, if any."""

    lines: list[Line]
    brand: str

    @property
    def now(self) -> Line | None:
        return next((line for line in self.lines if line.stand == Stand.NOW), None)

    @property
    def next(self) -> Line | None:
        return next((line for line in self.lines if line.stand == Stand.NEXT), None)

    @property
    def yours(self) -> Line | None:
        """The segment of their brand that is on, else the first to come."""
        theirs = [line for line in self.lines if line.row["brand"] == self.brand]
        return next((line for line in theirs if line.stand == Stand.NOW or line.is_to_come), None)


def programme_of(event: Event, rows: Sequence[JSON], *, now: datetime, brand: str = "") -> Programme:
    """The rows of `programme_card` with the times to be expected now; `brand` when it has a segment here."""
    found = expected(
        [_slot(row) for row in rows], starts_at=event.starts_at, now=now, over=event.state in OVER
    )
    lines = [
        Line(row, one.stand.value, one.starts_at, one.ends_at, round(one.late / ON_TIME))
        for row, one in zip(rows, found, strict=True)
    ]
    return Programme(lines, brand if brand in {row["brand"] for row in rows} else "")


def wished_brand(event: Event, viewer_key: str) -> str:
    """The brand of the first piece this person wished for on the night; empty when there is none."""
    wishes = Wish.objects.filter(event=event, viewer_key=viewer_key).order_by("pk")
    return wishes.values_list("product__brand__slug", flat=True).first() or "" if viewer_key else ""


def host_for(item: LineupItem, user: User) -> Host | None:
    """In whose name `user` pins a piece: their own, else a segment host's, else the first host's."""
    hosts = list(
        Host.objects.filter(event_hosts__event=item.event_id).order_by("event_hosts__position", "pk")
    )
    if own := next((host for host in hosts if host.user_id == user.pk), None):
        return own
    theirs = set(item.segment.hosts.values_list("pk", flat=True)) if item.segment else set()
    return next((host for host in hosts if host.pk in theirs), hosts[0] if hosts else None)


def _slot(row: JSON) -> Slot:
    return Slot(row["second"], row["seconds"], _moment(row["started_at"]), _moment(row["ended_at"]))


def _ms(at: datetime | None) -> int | None:
    return milliseconds(at) if at else None


def _moment(ms: int | None) -> datetime | None:
    return datetime.fromtimestamp(ms / 1000, UTC) if ms is not None else None
