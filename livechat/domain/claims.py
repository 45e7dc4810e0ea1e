""" "This was not right": viewers report a host's claim, the brand's staff decide whether it was wrong."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from accounts.domain.viewers import Viewer
from accounts.enums import Role
from accounts.models import User
from catalog.models import Product
from catalog.rules import brands_of
from events.enums import EventState, StaffRole
from events.models import Event, EventStaff, Host
from events.rules import can_care, can_moderate, works_for
from livechat.domain import acts
from livechat.domain.text import clean_text
from livechat.errors import (
    ClaimDecided,
    NotAllowed,
    NoteNeeded,
    NothingShown,
    NotHostOfEvent,
    NotInLineup,
    TooLong,
    TooManyClaims,
)
from livechat.models import AccuracyReport, Pin, Question, Room

State = AccuracyReport.State
MAX_TEXT = 500
MAX_NOTE = 300
# One person's reports in an hour, in all rooms.
MOST_AN_HOUR = 5
HOUR = timedelta(hours=1)
SHOWN = (EventState.LIVE, EventState.ENDED, EventState.REPLAY)
# Who decides: the people who answer for what is said.
DECIDERS = (Role.PRODUCER, Role.LEAD, Role.MODERATOR, Role.AGENT)
STAFF_DECIDERS = (StaffRole.PRODUCER, StaffRole.LEAD, StaffRole.MODERATOR, StaffRole.AGENT)


def report(
    room: Room,
    *,
    host: Host,
    product: Product,
    viewer: Viewer,
    text: str,
    now: datetime,
    question: Question | None = None,
    rehearsal: bool = False,
) -> AccuracyReport:
    """Say that what `host` claimed of `product` (in the answer to `question`, if given) was wrong.

    One report per viewer, room, host and piece; until it is decided, a later one replaces its words. Raises
    NothingShown (the show has not begun), NotAllowed (people at work here, the rehearsal crowd),
    NotHostOfEvent, NotInLineup, NothingVisible, TooLong, TooManyClaims, ClaimDecided.
    """
    if room.event.state not in SHOWN:
        raise NothingShown
    if rehearsal or works_for(viewer.user, room.event):
        raise NotAllowed
    _check_place(room, host=host, product=product)
    text = _clean(text)
    mine = AccuracyReport.objects.filter(room=room, host=host, product=product, viewer_key=viewer.key)
    if mine.exists():
        return _reword(mine, text=text, question=question, now=now)
    _check_pace(viewer, now=now)
    try:
        with transaction.atomic():
            return AccuracyReport.objects.create(
                room=room,
                host=host,
                product=product,
                question=question,
                viewer_key=viewer.key,
                text=text,
                at=now,
            )
    except IntegrityError:
        # Sent twice at once; the unique key let one in.
        return _reword(mine, text=text, question=question, now=now)


def can_decide(user: User | None, event: Event) -> bool:
    """Moderators, care agents and producers of the event or its brand; never a host about themselves."""
    return can_moderate(user, event) or can_care(user, event)


def decided_by(user: User) -> QuerySet[AccuracyReport]:
    """The reports `user` decides about, open ones first, the newest first."""
    brands = Q(room__event__brand__in=brands_of(user, *DECIDERS))
    shows = Q(room__event__in=EventStaff.objects.filter(user=user, role__in=STAFF_DECIDERS).values("event"))
    found = AccuracyReport.objects.filter(brands | shows)
    if not user.is_superuser:
        # Nobody is judge in their own case.
        found = found.exclude(host__user=user)
    return found.select_related("room__event__brand", "host", "product", "question", "decided_by")


@transaction.atomic
def decide(given: AccuracyReport, *, upheld: bool, note: str, by: User, now: datetime) -> AccuracyReport:
    """Uphold (the claim was wrong) or dismiss, with a note; may be decided anew, and both stand in the audit.

    Raises NotAllowed, NoteNeeded, TooLong.
    """
    if not can_decide(by, given.room.event) or (given.host.user_id == by.pk and not by.is_superuser):
        raise NotAllowed
    note = note.strip()
    if not note:
        raise NoteNeeded
    if len(note) > MAX_NOTE:
        raise TooLong
    before = given.state
    given.state = State.UPHELD if upheld else State.DISMISSED
    given.note, given.decided_by, given.decided_at = note, by, now
    given.save(update_fields=["state", "note", "decided_by", "decided_at"])
    acts.record(
        given.room,
        acts.Verb.CLAIM,
        by=by,
        now=now,
        reason=note[:200],
        detail={"before": before, "after": str(given.state), "text": given.text, "report": given.public_id},
    )
    return given


def hosts_of(room: Room) -> QuerySet[Host]:
    """Whose claims may be reported: the hosts of the show, and whoever pinned in it before being replaced."""
    pinned = Pin.objects.filter(room=room, host__isnull=False).values("host")
    return Host.objects.filter(Q(event_hosts__event=room.event_id) | Q(pk__in=pinned)).distinct()


def _check_place(room: Room, *, host: Host, product: Product) -> None:
    if not hosts_of(room).filter(pk=host.pk).exists():
        raise NotHostOfEvent
    if not room.event.lineup.filter(product=product).exists():
        raise NotInLineup


def _clean(text: str) -> str:
    text = clean_text(text)
    if len(text) > MAX_TEXT:
        raise TooLong
    return text


def _reword(
    mine: QuerySet[AccuracyReport], *, text: str, question: Question | None, now: datetime
) -> AccuracyReport:
    # The guard: a report decided meanwhile keeps the words it was decided about.
    if not mine.filter(state=State.OPEN).update(text=text, question=question, at=now):
        raise ClaimDecided
    return mine.get()


def _check_pace(viewer: Viewer, *, now: datetime) -> None:
    lately = AccuracyReport.objects.filter(viewer_key=viewer.key, at__gt=now - HOUR)
    if lately.count() >= MOST_AN_HOUR:
        raise TooManyClaims
