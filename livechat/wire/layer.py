"""The channel layer behind one small interface: it carries frames between processes and is never the record.

One channel per process, one subscription per room and process. An in-process layer has nobody to talk to, so
there everything here does nothing and the hub polls the log instead.
"""

import asyncio
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

IN_PROCESS = "channels.layers.InMemoryChannelLayer"
TYPE = "room.frame"


def is_shared() -> bool:
    """Whether other processes can hear us."""
    return settings.CHANNEL_LAYERS["default"]["BACKEND"] != IN_PROCESS


def group(room: int) -> str:
    """The layer's name of a room."""
    return f"room.{room}"


async def publish(room: int, message: dict[str, Any]) -> None:
    """Send one message to every process that holds viewers of the room."""
    await get_channel_layer().group_send(group(room), {"type": TYPE, "room": room, **message})


class Subscription:
    """This process's ear: one channel, joined to the groups of its rooms. Belongs to one event loop."""

    def __init__(self) -> None:
        self.rooms: set[int] = set()
        self._layer = get_channel_layer()
        self._channel: str | None = None
        self._listening: asyncio.Task[dict[str, Any]] | None = None
        self._lock = asyncio.Lock()

    async def join(self, room: int) -> None:
        """Hear of `room` from now on. Raises what the layer raises; `rejoin` tries again."""
        self.rooms.add(room)
        await self._layer.group_add(group(room), await self._own_channel())

    async def leave(self, room: int) -> None:
        """Hear of `room` no more."""
        self.rooms.discard(room)
        if self._channel:
            await self._layer.group_discard(group(room), self._channel)

    async def rejoin(self) -> None:
        """Start over with a fresh channel: after any error the old one may be deaf.

        Rooms lie on several Redis: one that is down keeps nobody from joining on the others. Raises all the
        same, so that its rooms are tried again.
        """
        self._channel = None
        if self._listening is not None:
            self._listening.cancel()
        outcomes = await asyncio.gather(*map(self.join, list(self.rooms)), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    async def receive(self) -> dict[str, Any]:
        """The next message. Never wrap this in a timeout: cancelling it ends the subscription."""
        while True:
            channel = await self._own_channel()
            self._listening = asyncio.ensure_future(self._layer.receive(channel))
            try:
                return await self._listening
            except asyncio.CancelledError:
                if channel == self._channel or _is_cancelled():
                    raise
            finally:
                self._listening = None

    async def _own_channel(self) -> str:
        async with self._lock:
            if self._channel is None:
                self._channel = await self._layer.new_channel("hub.")
        return self._channel


def _is_cancelled() -> bool:
    """Whether we are, and not only what we waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
