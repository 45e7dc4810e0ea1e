"""What one viewer is still to be sent. Nobody ever waits for a viewer: a full outbox is cut, kindly.

The portable form for any ASGI server: a bounded queue and a writer that exists only while there is something
to write. `Outbox` is the seam where a server-specific one may take its place.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from livechat.wire.codes import Close

MAX_FRAMES = 256
MAX_CHARACTERS = 1_048_576
# A send that waits this long has a reader who does not read.
MAX_STALL = 10.0
CLOSE_TIMEOUT = 1.0

Send = Callable[[str], Awaitable[None]]
CloseSocket = Callable[[int], Awaitable[None]]


class Outbox:
    """The bounded queue of one socket, in the event loop of that socket."""

    def __init__(self, *, send: Send, close: CloseSocket) -> None:
        self.is_cut = False
        self._send = send
        self._close = close
        self._queue: deque[str] = deque()
        self._characters = 0
        self._writer: asyncio.Task[None] | None = None
        self._farewell: asyncio.Task[None] | None = None
        self._waiting_since: float | None = None

    def push(self, text: str) -> None:
        """Queue a frame; never blocks. A reader who is too far behind is cut with a come-back code."""
        if self.is_cut:
            return
        # A single large text is nobody's delay: cut for it, the reader would come back for it for ever.
        is_behind = bool(self._queue)
        self._queue.append(text)
        self._characters += len(text)
        if len(self._queue) > MAX_FRAMES or (is_behind and self._characters > MAX_CHARACTERS):
            self.cut(Close.SLOW_READER)
        elif self._writer is None:
            self._writer = asyncio.create_task(self._write())

    def cut(self, code: int) -> None:
        """Drop what is queued and close the socket with `code`, without waiting for its reader."""
        if self.is_cut:
            return
        self.is_cut = True
        self._queue.clear()
        if self._writer is not None:
            self._writer.cancel()
        self._farewell = asyncio.create_task(self._say_farewell(code))

    def stop(self) -> None:
        """The socket is gone: write nothing more."""
        self.is_cut = True
        self._queue.clear()
        if self._writer is not None:
            self._writer.cancel()

    def stalled_for(self, now: float) -> float:
        """Seconds the frame under way has been waiting for its reader (0.0 when none is)."""
        return now - self._waiting_since if self._waiting_since is not None else 0.0

    async def _write(self) -> None:
        clock = asyncio.get_running_loop().time
        try:
            while self._queue:
                text = self._queue.popleft()
                self._characters -= len(text)
                self._waiting_since = clock()
                await self._send(text)
        except Exception:  # noqa: BLE001 - servers raise their own for a socket that is gone
            self.stop()
        finally:
            self._waiting_since = None
            self._writer = None

    async def _say_farewell(self, code: int) -> None:
        try:
            await asyncio.wait_for(self._close(code), CLOSE_TIMEOUT)
        except Exception:  # noqa: BLE001 - nothing is left to close
            return
