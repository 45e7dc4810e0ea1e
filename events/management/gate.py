"""What the media process asks the database, and tells it."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.utils import timezone

from events.domain import streams
from events.errors import BadStreamKey
from events.models import Stream

T = TypeVar("T")


async def in_database(work: Callable[[], T]) -> T:
    """Run `work` in the one database thread; a connection the server dropped is replaced first."""
    return await sync_to_async(partial(_with_fresh_connection, work))()


def _with_fresh_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


class DatabaseGate:
    """`events.streaming.base.Gate` on the streams' rows."""

    async def authorize(self, stream_id: str, key: str) -> bool:
        return await in_database(partial(_authorized, stream_id, key))

    async def started(self, stream_id: str) -> None:
        await in_database(partial(_report, stream_id, streams.publish_started))

    async def lost(self, stream_id: str) -> None:
        await in_database(partial(_report, stream_id, streams.publish_lost))

    async def open_of(self, stream_ids: Collection[str]) -> dict[str, str]:
        """The newest key's hash of each stream whose show goes on; ends the pictures of all others."""
        return await in_database(partial(_open_of, stream_ids))


def _authorized(stream_id: str, key: str) -> bool:
    try:
        streams.authorize(stream_id, key, now=timezone.now())
    except BadStreamKey:
        return False
    return True


def _report(stream_id: str, tell: Callable[..., bool]) -> None:
    stream = Stream.objects.select_related("event").get(public_id=stream_id)
    tell(stream, now=timezone.now())


def _open_of(stream_ids: Collection[str]) -> dict[str, str]:
    streams.end_closed(now=timezone.now())
    return streams.open_streams(stream_ids)
