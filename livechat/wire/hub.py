"""The hub: all rooms that have viewers in this process. One task listens to the layer, one to the clock."""

import asyncio
import json
import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from time import time
from typing import Any

from livechat.wire import announce, frames, layer, pulse
from livechat.wire.announce import Logged
from livechat.wire.census import Census
from livechat.wire.codes import Close
from livechat.wire.feed import Feed
from livechat.wire.outbox import MAX_STALL
from livechat.wire.seats import Pass, Seat
from livechat.wire.source import Source

logger = logging.getLogger(__name__)
# Without a shared layer the log is polled this often; with one, polling only mends what the layer lost.
POLL_ALONE = 0.25
POLL_SHARED = 1.0
HEARTBEAT = 5.0
CHECK_RIGHTS = 4.0
YOU = f'{{"type":"{frames.You.TYPE}"'
JOIN_TIMEOUT = 1.0
# Something that blocks the event loop for longer is worth a word in the log (seconds).
MAX_LAG = 1.0
# A socket this old comes back anew (seconds), so that none outlives every check; spread to avoid a wave.
MAX_AGE = 4 * 3600


class Hub:
    """The sockets of one event loop. Its tasks live as long as somebody is seated."""

    def __init__(self, source: Source) -> None:
        self.loop = asyncio.get_running_loop()
        # Seconds the last turn of the clock was late.
        self.lag = 0.0
        self._source = source
        self._feeds: dict[int, Feed] = {}
        self._opening = asyncio.Lock()
        self._subscription: layer.Subscription | None = None
        self._deaf = False
        self._tasks: list[asyncio.Task[None]] = []
        self._mending: set[asyncio.Task[None]] = set()
        self._beat_at = self._rights_at = 0.0
        self._census, self._pulse = Census(source), pulse.Pulse(source)

    async def attach(self, room: int, seat: Seat, *, epoch: str, seq: int) -> None:
        """Seat a viewer and say hello. Raises LookupError for a room that is no more; database errors too."""
        async with self._opening:
            feed = self._feeds.get(room) or await self._open(room)
            feed.arriving += 1
        try:
            await feed.welcome(seat, epoch=epoch, seq=seq)
        finally:
            feed.arriving -= 1

    async def resume(self, room: int, seat: Seat, *, epoch: str, seq: int) -> None:
        """Answer `since` of a seated viewer."""
        if feed := self._feeds.get(room):
            await feed.welcome(seat, epoch=epoch, seq=seq)

    def detach(self, room: int, seat: Seat) -> None:
        """The socket is gone."""
        seat.outbox.stop()
        if feed := self._feeds.get(room):
            feed.seats.discard(seat)

    def seats(self) -> Iterator[Seat]:
        """Everybody, for limits and checks."""
        for feed in list(self._feeds.values()):
            yield from feed.seats

    def heartbeat(self, room: int) -> str:
        """The answer to a ping."""
        return self._feeds[room].heartbeat()

    # --- What `announce` calls, in this loop ---------------------------------------------------------------
    def accept(self, logged: Logged) -> None:
        """A frame was committed, here or elsewhere."""
        feed = self._feeds.get(logged.room)
        if feed is not None and not feed.accept(logged):
            self._mend_soon(feed)

    def deliver(self, room: int, to: str, text: str) -> None:
        """A frame outside the log for one person's seats, or for those at work (`announce.STAFF`)."""
        feed = self._feeds.get(room)
        # Who asks for what was missed is told of themselves again, as of now.
        you = json.loads(text)["you"] if text.startswith(YOU) else None
        for seat in feed.seats.addressed(to) if feed is not None else ():
            seat.you = you or seat.you
            seat.outbox.push(text)

    def burst(self, room: int, text: str) -> None:
        """A frame outside the log for everybody seated."""
        if feed := self._feeds.get(room):
            feed.tell_all(text, may_be_shed=True)

    def note_author(self, room: int, line: str, viewer_key: str) -> None:
        """A line of somebody seated here is in the log under this id."""
        if feed := self._feeds.get(room):
            feed.note_author(line, viewer_key)

    def feed(self, room: int) -> Feed | None:
        """The room as this process holds it, None when nobody here is seated in it."""
        return self._feeds.get(room)

    def revoke(self, user_id: int) -> None:
        """Close the sockets of a person; their page decides with a new ticket what they still may."""
        for seat in self.seats():
            if seat.right.user_id == user_id:
                seat.outbox.cut(Close.SIGNED_OUT)

    # --- Inside --------------------------------------------------------------------------------------------
    async def _open(self, room: int) -> Feed:
        # Join before reading the head: a frame in between is then heard of twice instead of never.
        await self._join(room)
        found = await self._source.heads([room])
        if room not in found:
            raise LookupError(room)
        epoch, head = found[room]
        self._feeds[room] = feed = Feed(room, self._source, epoch=epoch, head=head)
        self._start()
        return feed

    def _start(self) -> None:
        announce.listen(self)
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._keep_time())]
            if self._subscription is not None:
                self._tasks.append(asyncio.create_task(self._listen()))

    async def _join(self, room: int) -> None:
        if not layer.is_shared():
            return
        if self._subscription is None:
            self._subscription = layer.Subscription()
        self._deaf = True
        with self._minding("join the layer"):
            async with asyncio.timeout(JOIN_TIMEOUT):
                await self._subscription.join(room)
            self._deaf = False

    async def _listen(self) -> None:
        subscription = self._subscription
        assert subscription is not None  # noqa: S101 - started only with one
        while True:
            try:
                message = await subscription.receive()
                self._hear(message)
            except Exception as error:  # noqa: BLE001 - the layer's errors are many, the answer is one
                logger.warning("The layer is deaf (%s); the log is polled meanwhile", type(error).__name__)
                self._deaf = True
                await asyncio.sleep(POLL_SHARED)

    def _hear(self, message: dict[str, Any]) -> None:
        if "seq" in message:
            self.accept(announce.to_logged(message))
        elif announce.is_own(message):
            return
        elif "note" in message:
            if feed := self._feeds.get(message["room"]):
                pulse.hear(feed, message["note"])
        elif "to" in message:
            self.deliver(message["room"], message["to"], message["text"])
        else:
            self.burst(message["room"], message["text"])

    async def _keep_time(self) -> None:
        pause = POLL_SHARED if layer.is_shared() else POLL_ALONE
        while self._tasks:
            await self._turn(pause)
            for job in (self._poll, self._answers, self._presence, self._check_rights, self._beat):
                with self._minding(job.__name__):
                    await job()
            # Not while a room is being opened: it joins with the subscription this may give up.
            async with self._opening:
                await self._close_empty()
                if not self._feeds:
                    self._rest()

    async def _turn(self, pause: float) -> None:
        """Wait, and see how much longer than asked it took: that long every viewer waited, too."""
        begun = self.loop.time()
        await asyncio.sleep(pause)
        self.lag = max(0.0, self.loop.time() - begun - pause)
        if self.lag > MAX_LAG:
            logger.warning("The event loop was held up for %.1f seconds", self.lag)

    def _rest(self) -> None:
        for task in self._tasks[1:]:
            task.cancel()
        self._tasks, self._subscription = [], None

    async def _poll(self) -> None:
        """One query: where do the logs stand? Behind means something was not heard."""
        heads = await self._source.heads(list(self._feeds))
        for room, feed in list(self._feeds.items()):
            if room not in heads:
                _cut_all(feed, Close.ROOM_CLOSED)
                continue
            epoch, head = heads[room]
            feed.log_head = head
            if epoch != feed.epoch or head > feed.head:
                with self._minding("mend"):
                    await feed.mend()
        if self._deaf and self._subscription is not None:
            async with asyncio.timeout(JOIN_TIMEOUT):
                await self._subscription.rejoin()
            self._deaf = False

    async def _presence(self) -> None:
        await self._census.take(dict(self._feeds))

    async def _answers(self) -> None:
        await self._pulse.beat(dict(self._feeds))

    async def _check_rights(self) -> None:
        now = self.loop.time()
        if now - self._rights_at < CHECK_RIGHTS:
            return
        self._rights_at = now
        await self._source.sweep()
        gone = await self._source.revoked({seat.right for seat in self.seats()})
        # The rehearsal crowd goes when it is called back; it has no rights that could be lost.
        rooms = {
            room: {seat.right for seat in feed.seats if not seat.crowd} for room, feed in self._feeds.items()
        }
        shut_out = await self._source.shut_out(rooms)
        for room, feed in list(self._feeds.items()):
            _check_seats(feed, gone | shut_out.get(room, set()))

    async def _beat(self) -> None:
        now = self.loop.time()
        for seat in self.seats():
            if seat.outbox.stalled_for(now) > MAX_STALL:
                seat.outbox.cut(Close.SLOW_READER)
        if now - self._beat_at < HEARTBEAT:
            return
        self._beat_at = now
        for feed in self._feeds.values():
            feed.tell_all(feed.heartbeat())

    async def _close_empty(self) -> None:
        for room, feed in list(self._feeds.items()):
            for seat in [seat for seat in feed.seats if seat.outbox.is_cut]:
                feed.seats.discard(seat)
            if feed.seats or feed.arriving:
                continue
            del self._feeds[room]
            with self._minding("leave the layer"):
                await self._census.report(dict(self._feeds))
                if self._subscription is not None:
                    async with asyncio.timeout(JOIN_TIMEOUT):
                        await self._subscription.leave(room)

    def _mend_soon(self, feed: Feed) -> None:
        async def mend() -> None:
            with self._minding("mend"):
                await feed.mend()

        task = asyncio.create_task(mend())
        self._mending.add(task)
        task.add_done_callback(self._mending.discard)

    @contextmanager
    def _minding(self, what: str) -> Iterator[None]:
        """A job that failed is tried again at the next turn of the clock; sockets stay."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - database and layer may throw anything while they are down
            logger.warning("The room could not %s: %s", what, type(error).__name__)


def _cut_all(feed: Feed, code: Close) -> None:
    for seat in feed.seats:
        seat.outbox.cut(code)


def _check_seats(feed: Feed, gone: set[Pass]) -> None:
    for seat in feed.seats:
        if seat.right in gone:
            seat.outbox.cut(Close.SIGNED_OUT)
        elif time() - seat.since > MAX_AGE * random.uniform(0.9, 1.0):  # noqa: S311 - only spreads a wave
            seat.outbox.cut(Close.TOO_OLD)
