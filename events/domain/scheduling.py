"""Making and changing an event's data: what, when, for which holiday, by whom. Its state is lifecycle's."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.codes import new_public_id
from accounts.models import User
from catalog.models import Brand
from events.domain import agreements, checklist, streams
from events.domain.lifecycle import WHOLE, percent
from events.enums import OVER, EventState, StaffRole
from events.errors import BadShares, BadTime, EditConflict, NotEditable
from events.models import Event, EventHost, EventStaff, Host
from events.signals import event_moved, lineup_changed

LONGEST = timedelta(hours=12)
EDITABLE = {"title", "summary", "holiday", "edition", "currency", "time_zone", "starts_at", "ends_at"}
# What people's calendars must hear of.
TOLD = ("title", "starts_at", "ends_at")


@cache
def zone_names() -> tuple[str, ...]:
    """Every IANA zone people live in, sorted; technical names (Etc/…, posix) are left out."""
    kept = {
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))
    }
    return ("UTC", *sorted(kept))


def instant(wall: datetime, zone: str) -> datetime:
    """The UTC instant of naive wall time `wall` in `zone`; the first of two when clocks go back.

    Raises BadTime for an unknown zone and for a time the clocks skip.
    """
    if zone not in zone_names():
        raise BadTime(_("“%(zone)s” is not a time zone. Choose one like Europe/Paris.") % {"zone": zone})
    utc = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    back = utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if back != wall:
        raise BadTime(
            _("%(time)s does not exist on that day in %(zone)s: clocks go forward. Choose %(next)s or later.")
            % {"time": f"{wall:%H:%M}", "zone": zone, "next": f"{back:%H:%M}"}
        )
    return utc


@transaction.atomic
def create_event(
    brand: Brand,
    *,
    title: str,
    data: Mapping[str, object],
    shares: Sequence[tuple[Host, int]] = (),
    slug: str = "",
) -> Event:
    """A new draft of `brand`; `data` holds the other editable fields, `shares` hosts with basis points.

    The address comes from the title unless `slug` is given. Raises BadShares or BadTime, keeping nothing.
    """
    event = Event(brand=brand, title=title, slug=slug or _free_slug(title), **data)
    _check_times(event)
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError:  # two drafts of one title in the same moment
        event.slug = f"{event.slug}-{new_public_id()[:8].lower()}"
        event.save()
    if shares:
        _write_shares(event, shares)
    return event


@transaction.atomic
def edit_event(event: Event, *, version: int, now: datetime | None = None, **changes: object) -> Event:
    """Write `changes` (editable fields only) if the event still has `version`.

    A public show that gets another title or time counts its `sequence` on; one that begins at another time
    sends `event_moved`. Raises EditConflict when somebody saved meanwhile, NotEditable when the show is over
    or cancelled, BadTime.
    """
    unknown = changes.keys() - EDITABLE
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    now = now or timezone.now()
    before = Event.objects.only("state", *TOLD).get(pk=event.pk)
    for field, value in changes.items():
        setattr(event, field, value)
    _check_times(event)
    public = before.state != EventState.DRAFT
    told = public and any(getattr(before, field) != getattr(event, field) for field in TOLD)
    counted = {"sequence": F("sequence") + 1, "changed_at": now} if told else {}
    fresh = Event.objects.filter(pk=event.pk, version=version).exclude(state__in=OVER)
    if not fresh.update(**changes, **counted, version=F("version") + 1):
        raise _why_not(event)
    event.version = version + 1
    if changes.keys() & {"starts_at", "time_zone", "holiday"}:
        checklist.recount(event)
    if told:
        event.refresh_from_db(fields=["sequence", "changed_at"])
    if public and before.starts_at != event.starts_at:
        event_moved.send(sender=Event, event=event, before=before.starts_at, now=now)
    return event


def _why_not(event: Event) -> NotEditable | EditConflict:
    state = Event.objects.values_list("state", flat=True).get(pk=event.pk)
    if state == EventState.CANCELLED:
        return NotEditable(_("The show is cancelled. Take it back to draft to change it."))
    if state in OVER:
        return NotEditable(_("The show is over. What it was stays as it was."))
    return EditConflict(
        _("Somebody else has saved this event meanwhile. Your text is below; compare and save again.")
    )


@transaction.atomic
def set_hosts(event: Event, shares: Sequence[tuple[Host, int]], *, now: datetime) -> None:
    """Replace the hosts of `event`, each with basis points of the credit, in this order.

    A host who leaves takes the key of the picture along: nobody broadcasts on with it; what was agreed with
    them is withdrawn. Raises BadShares unless they add up to 10,000, TermsFrozen for a share other than the
    one a host was offered, NotEditable when the show is over.
    """
    fresh = Event.objects.select_for_update().get(pk=event.pk)
    if fresh.state in OVER:
        raise NotEditable(_("The show is over. Its hosts stay as they were."))
    before = set(EventHost.objects.filter(event=event).values_list("host", flat=True))
    leaving = before - {host.pk for host, _share in shares}
    agreements.check_promises(event, shares, leaving=leaving)
    _write_shares(event, shares)
    if leaving:
        agreements.end(event, leaving, now=now)
        streams.revoke_key(event)
    lineup_changed.send(sender=Event, event=event, now=now)


def equal_shares(count: int) -> list[int]:
    """The whole credit in `count` parts that add up, the larger ones first."""
    part, rest = divmod(WHOLE, count)
    return [part + (place < rest) for place in range(count)]


def assign_staff(event: Event, *, user: User, role: StaffRole) -> EventStaff:
    """Let `user` work on this one event; doing it twice is doing it once."""
    row, _made = EventStaff.objects.get_or_create(event=event, user=user, role=role)
    return row


@transaction.atomic
def release_staff(event: Event, *, user: User, role: StaffRole) -> None:
    """Take that work away again; the next request or frame of `user` is already refused."""
    gone, _rows = EventStaff.objects.filter(event=event, user=user, role=role).delete()
    # Producers may go on air themselves.
    if gone and role == StaffRole.PRODUCER:
        streams.revoke_key(event)


def check_shares(shares: Sequence[tuple[Host, int]]) -> None:
    """Raise BadShares unless the basis points split the whole credit among different hosts."""
    if len({host.pk for host, _share in shares}) != len(shares):
        raise BadShares(_("A host is listed twice."))
    if any(share <= 0 for _host, share in shares):
        raise BadShares(_("Every host needs a share above 0 %."))
    whole = sum(share for _host, share in shares)
    if whole != WHOLE:
        raise BadShares(_("The shares add up to %(share)s %%, not 100 %%.") % {"share": percent(whole)})


def _write_shares(event: Event, shares: Sequence[tuple[Host, int]]) -> None:
    check_shares(shares)
    event.event_hosts.all().delete()
    EventHost.objects.bulk_create(
        EventHost(event=event, host=host, share=share, position=place)
        for place, (host, share) in enumerate(shares)
    )


def _check_times(event: Event) -> None:
    if event.time_zone not in zone_names():
        raise BadTime(
            _("“%(zone)s” is not a time zone. Choose one like Europe/Paris.") % {"zone": event.time_zone}
        )
    if event.ends_at <= event.starts_at:
        raise BadTime(_("The show must end after it starts."))
    if event.ends_at - event.starts_at > LONGEST:
        raise BadTime(_("A show lasts twelve hours at most."))


def _free_slug(title: str) -> str:
    # A title in Chinese has no ASCII letters to make an address of.
    base = slugify(title)[:60].strip("-") or f"show-{new_public_id()[:8].lower()}"
    taken = set(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
