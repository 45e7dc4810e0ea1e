"""The picture's key and state. The media engine speaks through here; every change tells the apps above."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from events.enums import EventState, StreamState
from events.errors import BadStreamKey, NotReady
from events.models import Event, Stream
from events.signals import stream_state_changed
from events.streaming import keys
from events.streaming.registry import engine

OPEN = (EventState.REHEARSAL, EventState.LIVE)
ON_OR_OFF = (StreamState.LIVE, StreamState.LOST)


def stream_of(event: Event) -> Stream:
    """The event's stream, made on first use."""
    return Stream.objects.get_or_create(event=event)[0]


@transaction.atomic
def issue_key(event: Event, *, now: datetime) -> str:
    """A fresh key for the event's picture; older keys stop working for new connections.

    The caller checks that the asker may host. Only the hash is kept, so the key can be shown just once.
    Raises NotReady unless the event is in rehearsal or live at `now`.
    """
    if not Event.objects.filter(pk=event.pk, state__in=OPEN).exists():
        raise NotReady([_("Start the rehearsal first, then go on air.")])
    stream = stream_of(event)
    engine().create_ingest(stream.public_id)
    key = keys.new_key()
    Stream.objects.filter(pk=stream.pk).update(key_hash=keys.hash_key(key))
    return key


def revoke_key(event: Event) -> None:
    """Make every key of the event's picture void; whoever publishes is cut within a second.

    Those who may still host fetch a fresh key by themselves.
    """
    Stream.objects.filter(event=event).update(key_hash="")


def authorize(public_id: str, key: str, *, now: datetime) -> Stream:
    """The stream this key may publish to at `now`. Raises BadStreamKey, the same for every reason."""
    stream = Stream.objects.select_related("event").filter(public_id=public_id).first()
    # An unknown stream costs the same comparison, so timing does not tell which streams exist.
    right = engine().authorize(public_id, key, key_hash=stream.key_hash if stream else "")
    if stream is None or not right or stream.event.state not in OPEN:
        raise BadStreamKey(_("This stream key does not open this stream now."))
    return stream


def publish_started(stream: Stream, *, now: datetime) -> bool:
    """The first picture is there. Whether that changed anything."""
    before = (StreamState.IDLE, StreamState.LOST, StreamState.ENDED)
    return _change(stream, before, StreamState.LIVE, now=now, started_at=now, lost_at=None)


def publish_lost(stream: Stream, *, now: datetime) -> bool:
    """The picture went away while the show goes on. Whether that changed anything."""
    return _change(stream, (StreamState.LIVE,), StreamState.LOST, now=now, lost_at=now)


def publish_ended(stream: Stream, *, now: datetime) -> bool:
    """The picture is over for good. Whether that changed anything."""
    return _change(stream, ON_OR_OFF, StreamState.ENDED, now=now)


def end_of(event: Event, *, now: datetime) -> bool:
    """End the picture of `event`, if it had one on air or lost. Whether that changed anything."""
    stream = Stream.objects.filter(event=event).first()
    if stream is None:
        return False
    stream.event = event
    return publish_ended(stream, now=now)


def open_streams(public_ids: Collection[str]) -> dict[str, str]:
    """The hash of the newest key of those of the given streams whose event is in rehearsal or live."""
    known = Stream.objects.filter(public_id__in=public_ids, event__state__in=OPEN)
    return dict(known.values_list("public_id", "key_hash"))


def end_closed(*, now: datetime) -> int:
    """End the picture of every event that is no longer open; how many changed."""
    over = Stream.objects.select_related("event").filter(state__in=ON_OR_OFF).exclude(event__state__in=OPEN)
    return sum(publish_ended(stream, now=now) for stream in over)


def lose_all(*, now: datetime) -> int:
    """A fresh media process carries nothing: whatever was on air before it started is lost."""
    on_air = Stream.objects.select_related("event").filter(state=StreamState.LIVE)
    return sum(publish_lost(stream, now=now) for stream in on_air)


@transaction.atomic
def _change(
    stream: Stream, before: Collection[StreamState], after: StreamState, *, now: datetime, **times: Any
) -> bool:
    was = Stream.objects.filter(pk=stream.pk).values_list("state", flat=True).get()
    # The state just read is in the WHERE: of two reports at once one counts, and `before` is true.
    if was not in before or not Stream.objects.filter(pk=stream.pk, state=was).update(state=after, **times):
        return False
    stream.refresh_from_db(fields=["state", *times])
    stream_state_changed.send(sender=Stream, event=stream.event, before=was, after=after.value, now=now)
    return True
