"""The state machine of an event: one table, one function, one conditional UPDATE."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from events.domain import streams
from events.enums import EngagementState, EventState, ReviewState
from events.errors import NotAllowed, NotReady
from events.models import Event, StateChange
from events.signals import event_state_changed

WHOLE = 10_000  # basis points: the credit of a show is always split completely

ALLOWED: dict[EventState, tuple[EventState, ...]] = {
    EventState.DRAFT: (EventState.SCHEDULED,),
    EventState.SCHEDULED: (EventState.REHEARSAL, EventState.DRAFT, EventState.CANCELLED),
    EventState.REHEARSAL: (EventState.LIVE, EventState.SCHEDULED, EventState.CANCELLED),
    EventState.LIVE: (EventState.ENDED,),
    EventState.ENDED: (EventState.REPLAY,),
    EventState.REPLAY: (),
    EventState.CANCELLED: (EventState.DRAFT,),
}
# Steps towards the public. Back steps never need readiness: a broken event must always be able to leave.
NEEDS_ALL_IN_PLACE = {
    (EventState.DRAFT, EventState.SCHEDULED),
    (EventState.SCHEDULED, EventState.REHEARSAL),
    (EventState.REHEARSAL, EventState.LIVE),
}
NOTE_LENGTH = 200
# From the rehearsal on, what changes is seen by everybody at work; nothing may hold the show up.
BEFORE_THE_NIGHT = {EventState.DRAFT, EventState.SCHEDULED}


def next_states(event: Event) -> tuple[EventState, ...]:
    """The states `event` may be advanced to from here, the usual one first."""
    return ALLOWED[EventState(event.state)]


def missing(event: Event, *, now: datetime) -> list[str]:
    """What `event` lacks to be shown to the public, one sentence each; empty when it is ready.

    Uses the hosts, invitations and line-up already loaded with `event`: a list of events asks nothing.
    """
    reasons = []
    rows = event.event_hosts.all()
    shares = sum(row.share for row in rows)
    invited = [one for one in event.engagements.all() if one.state == EngagementState.INVITED]
    seated = {row.host_id for row in rows}
    waiting = [one.host for one in invited if one.host_id in seated or not rows]
    reasons += [_("%(host)s has not accepted yet.") % {"host": host.name} for host in waiting]
    if not rows and not waiting:
        reasons.append(_("Assign a host."))
    elif rows and shares != WHOLE:
        reasons.append(
            _("The hosts' shares add up to %(share)s %%, not 100 %%.") % {"share": percent(shares)}
        )
    if not event.lineup.all():
        reasons.append(_("Put at least one product in the line-up."))
    if event.ends_at <= now:
        reasons.append(_("The planned end has passed. Choose a later one."))
    if event.brand.needs_review and event.review != ReviewState.APPROVED and event.state in BEFORE_THE_NIGHT:
        reasons.append(_("Have the plan approved."))
    return reasons


def percent(basis_points: int) -> str:
    """Basis points as people write percent: `3350` is `33.5`."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


@transaction.atomic
def advance(event: Event, to: EventState, *, by: User | None, now: datetime, note: str = "") -> Event:
    """Move `event` to state `to` and tell the apps above inside this transaction.

    `note` is what viewers are told of a cancellation, at most 200 characters. The caller checks the
    permission of `by`. Raises NotAllowed when the table has no such step or somebody else was quicker,
    NotReady when the step needs something that is not there; the event is then unchanged.
    """
    before = EventState(event.state)
    if to not in ALLOWED[before]:
        raise NotAllowed(_no_such_step(before, to))
    if (before, to) in NEEDS_ALL_IN_PLACE:
        fresh = Event.objects.get(pk=event.pk)
        if reasons := missing(fresh, now=now):
            raise NotReady(reasons)
    _write(event, before, to, _stamp(before, to, now, note))
    times = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    StateChange.objects.create(event=event, before=before, after=to, by=by, at=now, **times)
    event_state_changed.send(sender=Event, event=event, before=before.value, after=to.value, now=now)
    if to not in streams.OPEN:
        # Not left to the media process: it may be down at this moment.
        streams.end_of(event, now=now)
    return event


def _stamp(before: EventState, to: EventState, now: datetime, note: str) -> dict[str, object]:
    """What the step writes beside the state."""
    stamp: dict[str, object] = {}
    if to in {EventState.LIVE, EventState.ENDED}:
        stamp["went_live_at" if to == EventState.LIVE else "ended_at"] = now
    if EventState.CANCELLED in {before, to}:
        called_off = to == EventState.CANCELLED
        stamp |= {"cancelled_at": now if called_off else None}
        stamp |= {"cancel_note": " ".join(note.split())[:NOTE_LENGTH] if called_off else ""}
    if calendars_hear(before, to):
        stamp["changed_at"] = now
    return stamp


def calendars_hear(before: EventState, to: EventState) -> bool:
    """Whether the step puts the show into people's calendars or takes it out of them."""
    return before == EventState.DRAFT or to in {EventState.DRAFT, EventState.CANCELLED}


def _write(event: Event, before: EventState, to: EventState, stamp: dict[str, object]) -> None:
    counted = {"sequence": F("sequence") + 1} if calendars_hear(before, to) else {}
    # The old state in the WHERE is the guard: of two people pressing at once, one row is changed once.
    if not Event.objects.filter(pk=event.pk, state=before).update(state=to, **stamp, **counted):
        event.refresh_from_db(fields=["state"])
        raise NotAllowed(_no_such_step(EventState(event.state), to))
    event.state = to
    for field, value in stamp.items():
        setattr(event, field, value)
    if counted:
        event.refresh_from_db(fields=["sequence"])


def _no_such_step(before: EventState, to: EventState) -> str:
    possible = ", ".join(str(state.label) for state in ALLOWED[before]) or _("nothing further")
    return _("This event is “%(before)s” and cannot become “%(to)s”. Possible from here: %(possible)s.") % {
        "before": before.label,
        "to": to.label,
        "possible": possible,
    }
