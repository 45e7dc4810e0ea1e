"""A loopback TCP proxy with faults, for tests: what Toxiproxy calls toxics, changed while connections live.

`vanish` is what a cut cable does: nothing arrives, nothing is closed. `reset` is what a crash does.
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

CHUNK = 16_384
POLL = 0.02
LINGER_ZERO = struct.pack("ii", 1, 0)


@dataclass
class Toxics:
    """What is wrong with the line now. Seconds and bytes; None and False are a sound line."""

    down: bool = False
    vanish: bool = False
    latency: float = 0.0
    bandwidth: int | None = None  # bytes a second towards the client
    slicer: int | None = None  # largest piece that is passed on at once
    limit_data: int | None = None  # bytes towards the client before the line is closed
    slow_close: float = 0.0  # how long a close is kept back


class Pipe:
    """One connection: the client's half and the server's."""

    def __init__(self, proxy: "Proxy", client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self.proxy, self.client, self.server = proxy, client, server
        self.passed = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, down: bool) -> None:
        """Pass bytes on until one side is done; `down` is the way towards the client."""
        toxics = self.proxy.toxics
        with suppress(OSError):
            while data := await self._read(reader, down=down):
                if toxics.latency:
                    await asyncio.sleep(toxics.latency)
                for piece in self._pieces(data, down=down):
                    while toxics.vanish:
                        await asyncio.sleep(POLL)
                    writer.write(piece)
                    await writer.drain()
                    if down and toxics.bandwidth:
                        await asyncio.sleep(len(piece) / toxics.bandwidth)
                if down and self._is_spent(len(data)):
                    break
        await asyncio.sleep(toxics.slow_close)
        while toxics.vanish:
            await asyncio.sleep(POLL)
        writer.close()

    async def _read(self, reader: asyncio.StreamReader, *, down: bool) -> bytes:
        toxics = self.proxy.toxics
        # A slow line must push back: what is read ahead would hide the slowness from the server.
        slow = toxics.bandwidth if down else None
        return await reader.read(min(CHUNK, max(1, slow // 10)) if slow else CHUNK)

    def _pieces(self, data: bytes, *, down: bool) -> list[bytes]:
        toxics = self.proxy.toxics
        if down and toxics.limit_data is not None:
            data = data[: max(0, toxics.limit_data - self.passed)]
        size = toxics.slicer or len(data) or 1
        return [data[at : at + size] for at in range(0, len(data), size)]

    def _is_spent(self, count: int) -> bool:
        self.passed += count
        limit = self.proxy.toxics.limit_data
        return limit is not None and self.passed >= limit

    def reset(self) -> None:
        """End both halves at once, with a reset instead of a farewell."""
        for writer in (self.client, self.server):
            with suppress(OSError, AttributeError):
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_ZERO)
            writer.transport.abort()


class Proxy:
    """Runs in a thread of its own; every method may be called from any other."""

    def __init__(self, target: int, *, buffer: int | None = None) -> None:
        self.toxics = Toxics()
        # Bytes the proxy reads ahead of a slow client; what the kernel likes, unless given.
        self.buffer = buffer
        self.target = target
        self.port = 0
        self._pipes: set[Pipe] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def start(self) -> "Proxy":
        self._thread.start()
        self._run(self._listen())
        return self

    def stop(self) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def down(self) -> None:
        """Refuse new connections and reset those there are."""
        self.toxics.down = True
        self._run(self._stop_listening())
        self.reset_peer()

    def up(self) -> None:
        """A sound line again."""
        self.set(**vars(Toxics()))
        self._run(self._listen())

    def reset_peer(self) -> None:
        """Reset every connection there is; new ones are welcome."""
        self._loop.call_soon_threadsafe(lambda: [pipe.reset() for pipe in list(self._pipes)])

    def set(self, **toxics: Any) -> None:
        """Change toxics of all connections, those there are and those to come."""
        for name, value in toxics.items():
            setattr(self.toxics, name, value)

    @property
    def connections(self) -> int:
        return len(self._pipes)

    # --- In the proxy's loop -----------------------------------------------------------------------------
    def _run(self, work: Coroutine[Any, Any, object]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._welcome, "127.0.0.1", self.port, backlog=1024)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _end(self) -> None:
        await self._stop_listening()
        for pipe in list(self._pipes):
            pipe.reset()
        mine = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)

    async def _dial(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        line = socket.socket()
        line.setblocking(False)
        if self.buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.buffer)
        try:
            await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", self.target))
        except OSError:
            line.close()
            raise
        return await asyncio.open_connection(sock=line, limit=self.buffer or 65_536)

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server_reader, server_writer = await self._dial()
        except OSError:
            writer.transport.abort()
            return
        pipe = Pipe(self, writer, server_writer)
        self._pipes.add(pipe)
        try:
            # Cancelled only at the very end, when streams would log it as a mishap.
            with suppress(asyncio.CancelledError):
                await asyncio.gather(
                    pipe.carry(reader, server_writer, down=False),
                    pipe.carry(server_reader, writer, down=True),
                )
        finally:
            self._pipes.discard(pipe)
            pipe.reset()


def on_thread(proxy: Proxy, act: Callable[[Proxy], None]) -> Coroutine[Any, Any, None]:
    """`act` on a proxy from async code without holding up its loop."""
    return asyncio.to_thread(act, proxy)
