"""A show of somebody people follow was announced: each follower is told once, by one message."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.domain import push
from accounts.domain.viewers import user_key
from events.domain.letters import Letter, moment, reader_who_follows, send, unfollow_url
from events.enums import Channel, EventState
from events.models import Event, HostFollow

AT_ONCE = 100


def announce_due(*, now: datetime) -> int:
    """Tell the followers of every newly scheduled show; how many shows.

    The messages' keys make each person be told once, so a process that dies on the way is followed up by
    telling all again; the show is marked when everybody has their message.
    """
    fresh = Event.objects.filter(state=EventState.SCHEDULED, announced_at=None).select_related("brand")
    for event in fresh:
        if event.starts_at > now:
            _tell(event, now)
        Event.objects.filter(pk=event.pk, announced_at=None).update(announced_at=now)
    return len(fresh)


def _tell(event: Event, now: datetime) -> None:
    rows = HostFollow.objects.filter(host__event_hosts__event=event, user__is_active=True)
    follows: dict[int, HostFollow] = {}
    for follow in rows.select_related("user", "host").order_by("host__event_hosts__position", "pk"):
        follows.setdefault(follow.user_id, follow)
    waiting = list(follows.values())
    for start in range(0, len(waiting), AT_ONCE):
        # In pieces, so that nobody else waits for the database.
        with transaction.atomic():
            for follow in waiting[start : start + AT_ONCE]:
                _tell_one(event, follow, now)


def _tell_one(event: Event, follow: HostFollow, now: datetime) -> None:
    key = user_key(follow.user)
    # One message: the notification where it is wanted and possible, else the mail.
    if follow.by_push and push.listens(key):
        channel = Channel.PUSH
    elif follow.by_email:
        channel = Channel.EMAIL
    else:
        return
    reader = reader_who_follows(follow, key, channel, event)
    with override(reader.language):
        letter = Letter(
            subject=_("%(host)s: %(title)s") % {"host": follow.host.name, "title": event.title},
            lines=[
                _("%(host)s hosts a new show for %(brand)s.")
                % {"host": follow.host.name, "brand": event.brand.name},
                _("It begins %(when)s.") % {"when": moment(event.starts_at, reader.zone)},
            ],
            stop_url=unfollow_url(follow),
            stop=_("No longer follow %(host)s") % {"host": follow.host.name},
        )
        send(letter, event=event, reader=reader, key=f"show:{event.public_id}:{key}", now=now)
