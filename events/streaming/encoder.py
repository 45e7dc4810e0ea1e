"""One ffmpeg child: bytes in, inits and fragments out, and certainly gone afterwards."""

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence

from events.streaming import ffmpeg
from events.streaming.mp4 import Fragment, Init, Reader

log = logging.getLogger(__name__)

CHUNK = 64 * 1024
PIPE_BYTES = 1024 * 1024
GRACE_SECONDS = 2.0
# An encoder that takes nothing for this long is stuck; at 200 ms a fragment it should never hesitate.
STUCK_SECONDS = 5.0


class EncoderGone(Exception):
    """The encoder died, was stopped or no longer takes anything."""


class Encoder:
    """`deliver` is called in the event loop with every init and fragment, in order."""

    def __init__(self, arguments: Sequence[str], *, deliver: Callable[[Init | Fragment], None]) -> None:
        self._arguments = arguments
        self._deliver = deliver
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._last_words: deque[str] = deque(maxlen=8)
        self._stopping = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Raises OSError when there is no ffmpeg."""
        self._process = await asyncio.create_subprocess_exec(
            *ffmpeg.command(self._arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        _widen(self._process)
        reading = asyncio.create_task(self._read(self._process))
        reading.add_done_callback(self._reader_ended)
        self._tasks = [reading, asyncio.create_task(self._listen(self._process))]

    async def write(self, data: bytes) -> None:
        """Hand over the next bytes; returns when the encoder has room for more. Raises EncoderGone."""
        if not self.running or self._process is None or self._process.stdin is None:
            raise EncoderGone(self.last_words)
        try:
            self._process.stdin.write(data)
            async with asyncio.timeout(STUCK_SECONDS):
                await self._process.stdin.drain()
        except (OSError, TimeoutError) as error:
            raise EncoderGone(self.last_words) from error

    async def stop(self) -> None:
        """Let it finish what it has, then kill it. Safe to call twice and in any state."""
        self._stopping = True
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await process.wait()
        except TimeoutError:
            # SIGTERM is not enough: an encoder blocked on a full pipe ignores it.
            self._kill()
            await process.wait()
        finally:
            self._kill()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for pipe in (process.stdout, process.stderr):
            await _to_the_end(pipe)
        await _closed(process.stdin)

    @property
    def last_words(self) -> str:
        return " | ".join(self._last_words)

    def _kill(self) -> None:
        if self.running and self._process is not None:
            # Not Process.kill: it would reap the child under asyncio's feet when it has just ended.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101 - for the type checker
        reader = Reader()
        while data := await process.stdout.read(CHUNK):
            for item in reader.feed(data):
                self._deliver(item)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None  # noqa: S101 - for the type checker
        while line := await process.stderr.readline():
            self._last_words.append(line.decode("utf-8", "replace").strip()[:300])

    def _reader_ended(self, task: asyncio.Task[None]) -> None:
        # Without its reader the pipe fills and ffmpeg freezes, so whatever ended the reader ends the encoder.
        self._kill()
        if task.cancelled() or self._stopping:
            return
        if error := task.exception():
            log.error("encoder %s: unreadable output: %s", self.pid, error)
        elif self._last_words:
            log.warning("encoder %s ended: %s", self.pid, self.last_words)


async def _to_the_end(pipe: asyncio.StreamReader | None) -> None:
    """Read what is left: asyncio closes a pipe at its end only, and our reader may have given up before."""
    if pipe is None:
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GRACE_SECONDS):
            while await pipe.read(CHUNK):
                pass


async def _closed(pipe: asyncio.StreamWriter | None) -> None:
    """Hear how it ended: unheard, asyncio would log at any later moment that it broke."""
    if pipe is None:
        return
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(GRACE_SECONDS):
            await pipe.wait_closed()


def _widen(process: asyncio.subprocess.Process) -> None:
    """Make the pipe to the encoder hold a whole raw frame: one wake-up for each instead of ten."""
    pipe = process.stdin.get_extra_info("pipe") if process.stdin else None
    if pipe is None:
        return
    # An unprivileged user's quota of large pipes may be used up; the small one works too.
    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
