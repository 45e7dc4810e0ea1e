"""The work of hosts: invited, accepted or declined, withdrawn, replaced. Terms never change once written.

Whoever locks both locks the event before the engagement.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from events.domain import agreements, host_letters, streams
from events.domain.hosts import host_clashes
from events.domain.terms import Terms, check_share, checked, proposed_share
from events.domain.vetting import objections
from events.enums import OVER, EngagementState
from events.errors import (
    BadTerms,
    EngagementClosed,
    NeedsConfirmation,
    NotEditable,
    NotHosting,
    NotInvited,
)
from events.models import Engagement, Event, EventHost, Host
from events.signals import lineup_changed

INVITED, ACCEPTED, DECLINED, WITHDRAWN, REPLACED = EngagementState
LONGEST_ANSWER = 2_000


@transaction.atomic
def invite(
    event: Event,
    host: Host,
    terms: Terms,
    by: User | None,
    now: datetime,
    *,
    confirmed: bool = False,
    origin: str = "",
) -> Engagement:
    """Offer `host` the show on `terms`; a letter tells them. The caller checks that `by` manages the event.

    `origin` is the site's address for links, e.g. `https://shop.example`. Raises BadTerms naming the field,
    NotEditable when the show is over, EngagementClosed when an offer stands already, and NeedsConfirmation
    unless `confirmed` when the brand refused the host, another brand has them exclusively or they host
    elsewhere at that time.
    """
    fresh = _locked(event)
    if not confirmed and (against := objections(fresh, host)):
        raise NeedsConfirmation(against)
    terms = checked(terms)
    share = terms.share or proposed_share(fresh, host)
    check_share(fresh, host, share or 1)
    made = _written(fresh, host, terms, share, by=by, now=now)
    host_letters.send_invitation(made, origin=origin, now=now)
    return made


@transaction.atomic
def accept(engagement: Engagement, *, by: User, now: datetime, words: str = "", origin: str = "") -> bool:
    """The host says yes and takes their seat in the show; False when they had said so already.

    Raises NotInvited unless it is `by`'s own invitation, NotEditable when the show is over, EngagementClosed
    when it was answered otherwise, withdrawn or replaced, or when they host another show at that very time.
    """
    event = _answerable(engagement, by)
    if engagement.state == INVITED:
        _check_free(event, engagement)
    if not _close(engagement, ACCEPTED, words, now):
        return False
    _seat(event, engagement.host, engagement.share)
    lineup_changed.send(sender=Event, event=event, now=now)
    host_letters.send_answer(engagement, origin=origin, now=now)
    return True


@transaction.atomic
def decline(engagement: Engagement, *, by: User, now: datetime, words: str = "", origin: str = "") -> bool:
    """The host says no, and leaves the show if they were on it; False when they had said so already.

    Raises as `accept` does.
    """
    event = _answerable(engagement, by)
    if not _close(engagement, DECLINED, words, now):
        return False
    _unseat(event, engagement.host, now=now)
    host_letters.send_answer(engagement, origin=origin, now=now)
    return True


@transaction.atomic
def withdraw(engagement: Engagement, *, now: datetime, origin: str = "") -> bool:
    """The brand takes the invitation or the agreement back; False when that was done already.

    The caller checks who asks. Raises NotEditable when the show is over, EngagementClosed when there is
    nothing left to withdraw, NotHosting for a host who is on the air: they can only be replaced.
    """
    event = _locked(engagement.event)
    seat = EventHost.objects.filter(event=event, host=engagement.host_id)
    if event.is_open and seat.exists():
        raise NotHosting(_("%(host)s is on the air. Replace them instead.") % {"host": engagement.host.name})
    open_row = Engagement.objects.filter(pk=engagement.pk, state__in=agreements.STANDING)
    if not open_row.update(state=WITHDRAWN, ended_at=now):
        engagement.refresh_from_db(fields=["state"])
        return _done_already(engagement, WITHDRAWN)
    engagement.refresh_from_db()
    _unseat(event, engagement.host, now=now)
    host_letters.send_ended(engagement, origin=origin, now=now)
    return True


@transaction.atomic
def replace_host(
    event: Event,
    old: Host,
    new: Host,
    terms: Terms | None,
    by: User | None,
    now: datetime,
    *,
    confirmed: bool = False,
    origin: str = "",
) -> Engagement | None:
    """Put `new` into the seat of `old`, before the show or during it; returns the new host's invitation.

    What `old` pinned stays on the stage, and what was touched of it stays theirs; their console, frames and
    stream key stop with the commit. `new` may go on at once; the invitation they get can be answered later.
    `terms` None is for the brand's own people, who need none. Raises NotHosting when `old` does not host or
    `new` does already, else as `invite`.
    """
    fresh = _locked(event)
    seat = fresh.event_hosts.filter(host=old).first()
    if seat is None:
        raise NotHosting(_("%(host)s does not host this show.") % {"host": old.name})
    if fresh.event_hosts.filter(host=new).exists():
        raise NotHosting(_("%(host)s hosts this show already.") % {"host": new.name})
    if not confirmed and (against := objections(fresh, new)):
        raise NeedsConfirmation(against)
    ended = agreements.standing(fresh).get(old.pk)
    if ended:
        Engagement.objects.filter(pk=ended.pk).update(state=REPLACED, ended_at=now)
    made = _invitation_of_new(fresh, seat, new, terms, by=by, now=now)
    seat.delete()
    _seat(fresh, new, made.share if made else seat.share, position=seat.position)
    if ended:
        Engagement.objects.filter(pk=ended.pk).update(replaced_by=made)
        ended.refresh_from_db()
        host_letters.send_ended(ended, origin=origin, now=now)
    if made and made.state == INVITED:
        host_letters.send_invitation(made, origin=origin, now=now)
    streams.revoke_key(fresh)
    lineup_changed.send(sender=Event, event=fresh, now=now)
    return made


def _invitation_of_new(
    event: Event, seat: EventHost, new: Host, terms: Terms | None, *, by: User | None, now: datetime
) -> Engagement | None:
    """The offer under which the new host sits down: one that stands already keeps its terms."""
    if (standing := agreements.standing(event).get(new.pk)) is not None:
        return standing
    if terms is None:
        return None
    terms = checked(terms)
    share = terms.share or seat.share
    check_share(event, new, share, instead_of=seat.host)
    return _written(event, new, terms, share, by=by, now=now)


def _locked(event: Event) -> Event:
    fresh = Event.objects.select_for_update(of=("self",)).select_related("brand").get(pk=event.pk)
    if fresh.state in OVER:
        raise NotEditable(_("The show is over. Its hosts stay as they were."))
    return fresh


def _written(
    event: Event, host: Host, terms: Terms, share: int, *, by: User | None, now: datetime
) -> Engagement:
    if host.user_id is None:
        raise BadTerms(
            _("%(host)s has no account to answer with. Assign them without an invitation.")
            % {"host": host.name},
            field="host",
        )
    try:
        with transaction.atomic():
            return Engagement.objects.create(
                event=event,
                host=host,
                share=share,
                commission=dict(terms.commission),
                floor_amount=terms.floor_amount,
                floor_currency=terms.floor_currency,
                refund_rule=terms.refund_rule,
                disclosure=terms.disclosure,
                message=terms.message,
                invited_by=by,
                invited_at=now,
            )
    except IntegrityError as error:
        raise EngagementClosed(
            _("%(host)s is invited already. To offer other terms, withdraw that first.") % {"host": host.name}
        ) from error


def _answerable(engagement: Engagement, by: User) -> Event:
    if engagement.host.user_id != by.pk:
        raise NotInvited(_("This invitation is somebody else's."))
    return _locked(engagement.event)


def _check_free(event: Event, engagement: Engagement) -> None:
    clashes = host_clashes(engagement.host, event.starts_at, event.ends_at, except_event=event)
    if busy := next((clash for clash in clashes if clash.hard and clash.kind == "show"), None):
        raise EngagementClosed(_("You cannot be in two shows at once. %(why)s") % {"why": busy.reason})


def _close(engagement: Engagement, to: EngagementState, words: str, now: datetime) -> bool:
    """Write the answer once; False when the same answer was there. The old state is in the WHERE."""
    answer = words.strip()[:LONGEST_ANSWER]
    waiting = Engagement.objects.filter(pk=engagement.pk, state=INVITED)
    changed = waiting.update(state=to, answer=answer, answered_at=now)
    engagement.refresh_from_db()
    return bool(changed) or _done_already(engagement, to)


def _done_already(engagement: Engagement, wanted: EngagementState) -> bool:
    if engagement.state == wanted:
        return False
    raise EngagementClosed(
        _("This invitation is “%(state)s” already.") % {"state": engagement.get_state_display()}
    )


def _seat(event: Event, host: Host, share: int, *, position: int | None = None) -> None:
    """Give `host` a seat with `share`; others who were promised nothing split the rest as before."""
    rows = list(event.event_hosts.order_by("position", "pk"))
    if host.pk not in {row.host_id for row in rows}:
        last = max((row.position for row in rows), default=-1) + 1
        place = last if position is None else position
        rows.append(EventHost.objects.create(event=event, host=host, share=share, position=place))
    _settle(event, rows, {host.pk: share})


def _unseat(event: Event, host: Host, *, now: datetime) -> None:
    gone, _rows = EventHost.objects.filter(event=event, host=host).delete()
    if gone:
        _settle(event, list(event.event_hosts.order_by("position", "pk")), {})
        streams.revoke_key(event)
        lineup_changed.send(sender=Event, event=event, now=now)


def _settle(event: Event, rows: list[EventHost], promised: dict[int, int]) -> None:
    promised = {pk: row.share for pk, row in agreements.standing(event).items()} | promised
    for host, share in agreements.seated(promised, [(row.host_id, row.share) for row in rows]):
        EventHost.objects.filter(event=event, host=host).update(share=share)
