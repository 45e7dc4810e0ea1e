"""What one viewer costs the server in memory: `python -m benchmarks.memory [viewers …]` (1000 and 5000).

A fresh server process, as `make demo` starts it, on a throw-away SQLite database; N sockets with a session
and a ticket each, from this process. Printed is the growth of the server's proportional set size (PSS) per
viewer between 50 viewers and 50 + N, quiet and again after some chat. The kernel's own socket buffers are not
in it.
"""

import asyncio
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.memory.place import SLUG, chat, prepare, tickets

ROOT = Path(__file__).resolve().parents[2]
WARM = 50
AT_ONCE = 100
SETTLE_SECONDS = 6.0
LINES = 100


@contextmanager
def server(port: int) -> Iterator[int]:
    """The live lane on `port`; its process id."""
    command = [
        *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port)),
        *("--ws", "livechat.wire.ready:FrameProtocol", "--ws-max-size", "16384"),
        *("--ws-ping-interval", "10", "--ws-ping-timeout", "15", "--log-level", "error", "--no-access-log"),
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def pss_kib(pid: int) -> int:
    """Proportional set size of the process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class Crowd(asyncio.Protocol):
    """One viewer: shakes hands, answers pings, reads and forgets."""

    def __init__(self, port: int, ticket: str, session: str, seated: asyncio.Future[None]) -> None:
        self.seated = seated
        self.request = (
            f"GET /ws/rooms/{SLUG}/?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Origin: http://127.0.0.1:{port}\r\nCookie: sessionid={session}\r\n"
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0\r\n"
            "Accept-Language: en-US,en;q=0.9,zh;q=0.8\r\nCache-Control: no-cache\r\nPragma: no-cache\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self.request.encode())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        if not self.seated.done():
            if not data.startswith(b"HTTP/1.1 101"):
                self.seated.set_exception(ConnectionError(data[:40].decode()))
            elif b'"hello"' in data:
                self.seated.set_result(None)
        elif (place := data.rfind(b"\x89\x04")) >= 0:  # a ping: the same payload back, masked with zeros
            answer = b"\x8a\x84\0\0\0\0" + data[place + 2 : place + 6]
            self.transport.write(answer)  # type: ignore[attr-defined]
        if not self.seated.done():
            self.seated.set_result(None)

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.seated.done():
            self.seated.set_exception(ConnectionError("closed"))


async def open_sockets(port: int, count: int) -> list[asyncio.BaseTransport]:
    """So many seated viewers."""
    loop = asyncio.get_running_loop()
    found = []
    for start in range(0, count, AT_ONCE):
        waiting = []
        for ticket, key in await asyncio.to_thread(tickets, min(AT_ONCE, count - start)):
            seated: asyncio.Future[None] = loop.create_future()
            crowd = Crowd(port, ticket, key, seated)
            transport, _ = await loop.create_connection(lambda crowd=crowd: crowd, "127.0.0.1", port)
            found.append(transport)
            waiting.append(seated)
        await asyncio.gather(*waiting)
    return found


async def measure(viewers: int, port: int, pid: int) -> None:
    kept = await open_sockets(port, WARM)
    await asyncio.sleep(SETTLE_SECONDS)
    before = pss_kib(pid)
    kept += await open_sockets(port, viewers)
    await asyncio.sleep(SETTLE_SECONDS)
    quiet = pss_kib(pid)
    await asyncio.to_thread(chat, LINES)
    await asyncio.sleep(SETTLE_SECONDS)
    busy = pss_kib(pid)
    each = [(figure - before) / viewers for figure in (quiet, busy)]
    open_still = sum(not transport.is_closing() for transport in kept)
    print(
        f"{viewers:>6} viewers: {each[0]:5.1f} KiB each quiet, {each[1]:5.1f} after {LINES} lines "
        f"(server {before} -> {quiet} -> {busy} KiB, {open_still} of {len(kept)} open)",
        flush=True,
    )
    for transport in kept:
        transport.abort()  # type: ignore[attr-defined]


async def until_open(port: int) -> None:
    async with asyncio.timeout(40):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return


async def run(viewers: int, port: int, pid: int) -> None:
    await until_open(port)
    await measure(viewers, port, pid)


def main() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65_536)), hard))
    counts = [int(word) for word in sys.argv[1:]] or [1_000, 5_000]
    prepare()
    for number, viewers in enumerate(counts):
        port = 18_700 + number
        with server(port) as pid:
            asyncio.run(run(viewers, port, pid))


if __name__ == "__main__":
    main()
