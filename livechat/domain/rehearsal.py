"""The rehearsal crowd: made-up viewers, marked wherever they show and counted nowhere.

The demo has one of its own in its live show. Elsewhere a producer may send one into a show in rehearsal, for
a few minutes; it knows one room, and its word is good only while it was sent there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import signature
from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.db import transaction

from accounts.codes import new_public_id
from accounts.models import User
from events.enums import EventState
from events.models import Event
from events.rules import can_manage
from livechat.errors import BadCrowd, CrowdBusy, NotAllowed, NotInRehearsal

HEADER = "X-Rehearsal"
SALT = "rehearsal"
MAX_AGE = 3_600
DEMO_CROWD, SENT_TO = "crowd", "show:"
MOST_PEOPLE = 60
MOST_MINUTES = 15
# One crowd in the house at a time: it is made-up load, and the worker has other work.
KEY = "rehearsal-crowd"


@dataclass(frozen=True, slots=True)
class Crowd:
    """A crowd that was sent into the room of `slug`."""

    run: str
    slug: str
    people: int
    until: datetime


def rehearsal_header(slug: str = "") -> str:
    """The header by which the crowd says what it is, and to which show it was sent; good for an hour."""
    return signing.dumps(SENT_TO + slug if slug else DEMO_CROWD, salt=SALT)


def is_rehearsal(header: str) -> bool:
    """Whether a request with this header belongs to the crowd: the demo's, or one that was sent somewhere."""
    told = _told(header)
    # Of one that was sent, the traces stay its traces when it is called back in the middle of a sentence.
    return settings.DEMO if told == DEMO_CROWD else told.startswith(SENT_TO)


def lets_in(header: str, event: Event) -> bool:
    """Whether this header opens the room of a show in rehearsal: to the crowd sent there, while it is."""
    if event.state != EventState.REHEARSAL or _told(header) != SENT_TO + event.slug:
        return False
    crowd = running()
    return crowd is not None and crowd.slug == event.slug


def send_crowd(event: Event, *, people: int, minutes: int, site: str, by: User, now: datetime) -> Crowd:
    """Have the worker send `people` made-up viewers into the rehearsal for `minutes`.

    `site` is the address (scheme, host and port) they come to. Raises NotAllowed (producers only),
    NotInRehearsal, BadCrowd (1 to 60 people, 1 to 15 minutes), CrowdBusy (one crowd at a time).
    """
    if not can_manage(by, event):
        raise NotAllowed
    if event.state != EventState.REHEARSAL:
        raise NotInRehearsal
    if not (1 <= people <= MOST_PEOPLE and 1 <= minutes <= MOST_MINUTES):
        raise BadCrowd
    crowd = Crowd(new_public_id(), event.slug, people, now + timedelta(minutes=minutes))
    # The guard: of two people sending at once, one finds the place taken.
    if not caches["between_processes"].add(KEY, crowd, timeout=minutes * 60):
        raise CrowdBusy
    work = signature("config.rehearse", args=(crowd.run, event.slug, people, minutes * 60, site))
    transaction.on_commit(lambda: work.apply_async(retry=False))
    return crowd


def call_back(event: Event, *, by: User) -> bool:
    """Call the crowd of this show back; False when there was none. Raises NotAllowed."""
    if not can_manage(by, event):
        raise NotAllowed
    crowd = running()
    if crowd is None or crowd.slug != event.slug:
        return False
    caches["between_processes"].delete(KEY)
    return True


def running() -> Crowd | None:
    """The crowd that is somewhere now, if any."""
    return caches["between_processes"].get(KEY)


def may_go_on(run: str) -> bool:
    """Whether this crowd was not called back, and its show is still in rehearsal."""
    crowd = running()
    if crowd is None or crowd.run != run:
        return False
    return Event.objects.filter(slug=crowd.slug, state=EventState.REHEARSAL).exists()


def finished(run: str) -> None:
    """The crowd has left: another may be sent."""
    crowd = running()
    if crowd is not None and crowd.run == run:
        caches["between_processes"].delete(KEY)


def _told(header: str) -> str:
    if not header:
        return ""
    try:
        told = signing.loads(header, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return ""
    return told if isinstance(told, str) else ""
