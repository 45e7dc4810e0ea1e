"""Last year's show again on this year's date: the same holiday, the same distance to it, the same clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.enums import ProductState
from events.domain import checklist, engagements, hosts, scheduling
from events.domain.calendar import Occurrence, row_of, same_holiday
from events.domain.checklist import Dates
from events.domain.lifecycle import WHOLE
from events.domain.terms import Terms
from events.domain.walltime import Moment, at, wall_of
from events.enums import ChecklistKind, EngagementState, RefundRule
from events.errors import EventError
from events.models import Assortment, ChecklistItem, Engagement, Event, Host, LineupItem, Segment

YEARS_AHEAD = 5
SAME_WEEKDAY = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class Turn:
    """When a show would come again: the holiday it would stand on (None: the same weekday) and its start."""

    holiday: Occurrence | None
    moment: Moment
    ends_at: datetime


@dataclass(slots=True)
class Repeated:
    """The new draft, and what could not come along: in words, one sentence each."""

    event: Event
    notes: list[str] = field(default_factory=list)


def next_turn(event: Event, *, today: date) -> Turn:
    """When `event` comes again on or after `today`."""
    wall = wall_of(event.starts_at, event.time_zone)
    holiday, day = _next_day(event, wall.date(), today)
    moment = at(day, wall.time(), event.time_zone)
    return Turn(holiday, moment, moment.utc + (event.ends_at - event.starts_at))


def _next_day(event: Event, show: date, today: date) -> tuple[Occurrence | None, date]:
    if event.holiday is not None:
        distance = show - event.holiday.starts_on
        for years in range(1, YEARS_AHEAD + 1):
            holiday = same_holiday(event.holiday, years=years, brand=event.brand)
            if holiday and holiday.starts_on + distance >= today:
                return holiday, holiday.starts_on + distance
    day = show + SAME_WEEKDAY
    while day < today:
        day += SAME_WEEKDAY
    return None, day


@transaction.atomic
def repeat(
    event: Event, *, by: User | None, now: datetime, today: date, invite: bool = False, origin: str = ""
) -> Repeated:
    """A draft of `event` on its next turn: details, segments, line-up, hosts and checklist.

    Products no longer sold and hosts who cannot are left out and named. Hosts who had terms are invited on
    the same ones when `invite`, else they wait among the suggestions; the others take their seats.
    """
    turn = next_turn(event, today=today)
    row = row_of(turn.holiday) if turn.holiday else None
    was = wall_of(event.starts_at, event.time_zone)
    fields: dict[str, Any] = {
        "summary": event.summary,
        "holiday": row,
        "edition": Assortment.objects.filter(brand=event.brand_id, holiday=row).first() if row else None,
        "currency": event.currency,
        "time_zone": event.time_zone,
        "starts_at": turn.moment.utc,
        "ends_at": turn.ends_at,
        "repeats": event,
    }
    title = event.title.replace(str(was.year), str(turn.moment.wall.year))
    made = Repeated(scheduling.create_event(event.brand, title=title, data=fields))
    if turn.moment.skipped:
        made.notes.append(
            _("Clocks go forward that night: it begins at %(time)s.") % {"time": f"{turn.moment.wall:%H:%M}"}
        )
    _copy_run(event, made)
    _copy_hosts(event, made, by=by, now=now, invite=invite, origin=origin)
    _copy_checklist(event, made.event, days=turn.moment.wall.date() - was.date())
    return made


def _copy_run(event: Event, made: Repeated) -> None:
    segments = {old.pk: _copied_segment(old, made.event) for old in event.segments.prefetch_related("hosts")}
    shift = made.event.starts_at - event.starts_at
    items: list[LineupItem] = []
    for old in event.lineup.select_related("product"):
        if old.product.state != ProductState.ACTIVE:
            made.notes.append(_("“%(piece)s” is not on sale any more.") % {"piece": old.product.name})
            continue
        items.append(
            LineupItem(
                event=made.event,
                product=old.product,
                position=len(items) + 1,
                planned_second=old.planned_second,
                talking_points=old.talking_points,
                cue=old.cue,
                segment=segments.get(old.segment_id or 0),
                reveal_at=old.reveal_at and old.reveal_at + shift,
            )
        )
    LineupItem.objects.bulk_create(items)


def _copied_segment(old: Segment, event: Event) -> Segment:
    new = Segment.objects.create(
        event=event,
        brand_id=old.brand_id,
        title=old.title,
        position=old.position,
        planned_second=old.planned_second,
        planned_seconds=old.planned_seconds,
        cue=old.cue,
    )
    new.hosts.set(old.hosts.all())
    return new


def _copy_hosts(
    event: Event, made: Repeated, *, by: User | None, now: datetime, invite: bool, origin: str
) -> None:
    rows = list(event.event_hosts.select_related("host"))
    clashes = hosts.clashes_of(
        [row.host for row in rows], made.event.starts_at, made.event.ends_at, made.event, brand=event.brand
    )
    agreed = {
        one.host_id: one for one in event.engagements.filter(state=EngagementState.ACCEPTED).order_by("pk")
    }
    seats: list[tuple[Host, int]] = []
    for row in rows:
        if any(clash.hard for clash in clashes[row.host_id]):
            made.notes.append(_("%(host)s is not free then.") % {"host": row.host.name})
        elif row.host_id not in agreed:
            seats.append((row.host, row.share))
    _seat(made.event, seats, now=now)
    free = [row.host for row in rows if not any(clash.hard for clash in clashes[row.host_id])]
    for host in free:
        if host.pk in agreed and invite:
            _invite(made, host, agreed[host.pk], by=by, now=now, origin=origin)
        elif host.pk in agreed:
            made.notes.append(_("%(host)s had terms: invite them under Hosts.") % {"host": host.name})


def _seat(event: Event, seats: Sequence[tuple[Host, int]], *, now: datetime) -> None:
    if not seats:
        return
    whole = sum(share for _host, share in seats) == WHOLE
    shares = [share for _host, share in seats] if whole else scheduling.equal_shares(len(seats))
    taken = zip([host for host, _share in seats], shares, strict=True)
    scheduling.set_hosts(event, list(taken), now=now)


def _invite(
    made: Repeated, host: Host, old: Engagement, *, by: User | None, now: datetime, origin: str
) -> None:
    terms = Terms(
        commission=old.commission,
        floor_amount=old.floor_amount,
        floor_currency=old.floor_currency,
        refund_rule=RefundRule(old.refund_rule),
        disclosure=old.disclosure,
        share=old.share,
        message=old.message,
    )
    try:
        with transaction.atomic():
            engagements.invite(made.event, host, terms, by, now, origin=origin)
    except EventError as error:
        made.notes.append(f"{host.name}: {error}")


def _copy_checklist(event: Event, new: Event, *, days: timedelta) -> None:
    checklist.write_steps(new, checklist.steps_for(Dates.of(new)))
    tasks = event.checklist.filter(kind=ChecklistKind.TASK)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            event=new, text=old.text, due_on=old.due_on and old.due_on + days, position=old.position + 100
        )
        for old in tasks
    )
