"""What one viewer is still to be sent. Nobody ever waits for a viewer, and nobody's delay is without bound.

A reader who is behind gets what changes the room's state and is told which chat lines were left out; one who
is far behind is cut with a come-back code. How texts reach the socket is the server's matter: `QueueOutbox`
runs on any ASGI server, `LineOutbox` writes to the transport where the server lets us (`wire.ready`).
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from livechat.wire.codes import Close
from livechat.wire.parcel import Parcel, skipped

# Bytes on their way to one viewer: above the first a reader is behind until they are under the second.
BEHIND, CAUGHT_UP = 64 * 1024, 16 * 1024
FAR_BEHIND = 256 * 1024
MAX_FRAMES = 256
# Nobody may be behind for longer (seconds); a large text gets the time a slow line needs for it (bytes/s).
MAX_STALL = 10.0
SLOW_LINE = 16 * 1024
CLOSE_TIMEOUT = 1.0
# The ASGI extension by which a server hands us its socket: a `Line`.
EXTENSION = "seenow.line"

Send = Callable[[str], Awaitable[None]]
CloseSocket = Callable[[int], Awaitable[None]]


class Outbox:
    """What is the same for all servers. Belongs to the event loop of its socket."""

    __slots__ = ("_allowance", "_behind_since", "_epoch", "_place", "_through", "is_cut", "is_swift")

    def __init__(self) -> None:
        self.is_cut = False
        # Neither cut nor behind: the one question of the fast path.
        self.is_swift = True
        # Where a reader who is behind stands, and the last place they were to have.
        self._epoch, self._place, self._through = "", 0, 0
        self._behind_since: float | None = None
        # Bytes of a large text to one who was not behind: nobody's delay, so it does not count as one.
        self._allowance = 0

    def offer(self, parcel: Parcel) -> None:
        """Send what everybody gets, or its state only to a reader who is behind."""
        if self.is_swift:
            self._ship(parcel)
        elif not self.is_cut:
            self._ship_state(parcel)

    def push(self, text: str) -> None:
        """Send what only this viewer gets; it is never left out."""
        if self.is_cut:
            return
        self._allow(len(text))
        self._put(text)
        self._check_bounds()

    def welcome(self, text: str) -> None:
        """Send a hello: it tells everything up to now, what was left out before it included."""
        self._place = 0
        self.push(text)

    def cut(self, code: int) -> None:
        """Close the socket with `code`, without waiting for its reader."""
        if not self.is_cut:
            self._end()
            self._hang_up(code)

    def stop(self) -> None:
        """The socket is gone: write nothing more."""
        self._end()

    def stalled_for(self, now: float) -> float:
        """Seconds this reader is behind beyond what a large text explains (0.0: not behind)."""
        if self._behind_since is None:
            return 0.0
        return max(0.0, now - self._behind_since - self._allowance / SLOW_LINE)

    # --- For the two kinds -------------------------------------------------------------------------------
    def _ship(self, parcel: Parcel) -> None:
        raise NotImplementedError

    def _put(self, text: str) -> None:
        raise NotImplementedError

    def _hang_up(self, code: int) -> None:
        raise NotImplementedError

    def _waiting_bytes(self) -> int:
        raise NotImplementedError

    def _fall_behind(self) -> None:
        """From now on state only."""
        if not self.is_cut and self._behind_since is None:
            self.is_swift = False
            self._behind_since = asyncio.get_running_loop().time()

    def _catch_up(self) -> None:
        """Everything is read: say what was left out, then go on as everybody."""
        self._behind_since, self._allowance = None, 0
        if self.is_cut:
            return
        self.is_swift = True
        if 0 < self._place <= self._through:
            self._put(skipped(self._epoch, self._place, self._through))
        self._place = 0

    # --- Inside ------------------------------------------------------------------------------------------
    def _ship_state(self, parcel: Parcel) -> None:
        if self._place == 0:
            self._place = parcel.first
        self._epoch, self._through = parcel.epoch, max(self._through, parcel.through)
        texts, self._place = parcel.thinned(self._place)
        for text in texts:
            self._put(text)
        self._check_bounds()

    def _allow(self, size: int) -> None:
        if size > CAUGHT_UP and self._waiting_bytes() <= CAUGHT_UP:
            self._allowance = size

    def _check_bounds(self) -> None:
        if not self.is_swift and self._waiting_bytes() > FAR_BEHIND + self._allowance:
            self.cut(Close.SLOW_READER)

    def _end(self) -> None:
        self.is_cut, self.is_swift = True, False
        self._behind_since = None


class QueueOutbox(Outbox):
    """The portable one: a bounded queue, and a writer that exists only while there is something to write."""

    __slots__ = ("_close", "_farewell", "_queue", "_send", "_under_way", "_waiting", "_writer")

    def __init__(self, *, send: Send, close: CloseSocket) -> None:
        super().__init__()
        self._send, self._close = send, close
        self._queue: deque[str] = deque()
        self._waiting = 0
        self._under_way: float | None = None
        self._writer: asyncio.Task[None] | None = None
        self._farewell: asyncio.Task[None] | None = None

    def stalled_for(self, now: float) -> float:
        """The text under way counts, too: of it only the server knows how much was read."""
        if self._under_way is None:
            return 0.0
        return max(super().stalled_for(now), now - self._under_way - self._allowance / SLOW_LINE)

    def _ship(self, parcel: Parcel) -> None:
        self._allow(len(parcel.text))
        self._put(parcel.text)
        self._check_bounds()

    def _put(self, text: str) -> None:
        self._queue.append(text)
        self._waiting += len(text)
        if self._waiting > BEHIND + self._allowance or len(self._queue) > MAX_FRAMES // 2:
            self._fall_behind()
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())

    def _waiting_bytes(self) -> int:
        return self._waiting if len(self._queue) <= MAX_FRAMES else FAR_BEHIND + self._allowance + 1

    def _hang_up(self, code: int) -> None:
        self._farewell = asyncio.create_task(self._say_farewell(code))

    def _end(self) -> None:
        super()._end()
        self._queue.clear()
        if self._writer is not None:
            self._writer.cancel()

    async def _write(self) -> None:
        clock = asyncio.get_running_loop().time
        try:
            while self._queue:
                text = self._queue.popleft()
                self._under_way = clock()
                await self._send(text)
                self._waiting -= len(text)
                if self._waiting <= CAUGHT_UP:
                    self._allowance = 0
                    if self._behind_since is not None:
                        self._catch_up()
        except Exception:  # noqa: BLE001 - servers raise their own for a socket that is gone
            self.stop()
        finally:
            self._under_way = self._writer = None

    async def _say_farewell(self, code: int) -> None:
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await self._close(code)
        except Exception:  # noqa: BLE001 - nothing is left to close
            return


class Line(Protocol):
    """A socket whose server takes ready frames (`wire.ready`)."""

    compresses: bool

    def take_over(self, outbox: "LineOutbox") -> Callable[[bytes], None]:
        """Make `outbox` the writer; the function writes, never waits and never raises."""
        ...

    def waiting(self) -> int:
        """Bytes handed over that the kernel has not taken."""
        ...

    def hang_up(self, code: int) -> None:
        """Say goodbye with `code`, and be gone soon whether the reader hears it or not."""
        ...

    def let_go(self) -> None:
        """Nothing more is written."""
        ...


class LineOutbox(Outbox):
    """The fast one: frames made once for a room go to the transport as they are."""

    __slots__ = ("_compresses", "_line", "_write")

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line, self._write = line, line.take_over(self)
        self._compresses = line.compresses

    def stop(self) -> None:
        super().stop()
        self._line.let_go()

    def paused(self) -> None:
        """The transport holds more than BEHIND."""
        self._fall_behind()

    def resumed(self) -> None:
        """The transport holds less than CAUGHT_UP again."""
        self._catch_up()

    def offer(self, parcel: Parcel) -> None:
        """As the base class; this is called for every viewer and every frame."""
        if self.is_swift:
            self._write(parcel.compressed if self._compresses else parcel.plain)
        elif not self.is_cut:
            self._ship_state(parcel)

    def _ship(self, parcel: Parcel) -> None:
        self._write(parcel.compressed if self._compresses else parcel.plain)

    def _put(self, text: str) -> None:
        self._write(Parcel(text).plain)

    def _waiting_bytes(self) -> int:
        return self._line.waiting()

    def _hang_up(self, code: int) -> None:
        self._line.hang_up(code)


def outbox_for(scope: dict[str, Any], *, send: Send, close: CloseSocket) -> Outbox:
    """The server's ready frames where the scope has them, else the queue that works everywhere."""
    line = scope.get("extensions", {}).get(EXTENSION)
    return LineOutbox(line) if line else QueueOutbox(send=send, close=close)
