"""Viewers as browsers are: they follow the protocol, come back by themselves, and remember what they saw.

What the protocol promises is checked at every frame: an applied frame is the next one, a recovered hello is
exactly what was missed. `violations` must stay empty.
"""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from livechat.wire.codes import Close, may_come_back
from livechat.wire.fold import fold

JSON = dict[str, Any]
CSRF = "c" * 32
# As static/js/room/socket.js.
HOLE, SILENCE, ASK, FIRST_WAIT, LONGEST_WAIT = 0.3, 12.0, 2.5, 0.3, 10.0
OPEN_TIMEOUT = 10.0
PASS_TRIES = 8
WAVE = 50


class Refused(Exception):
    """The server answered with this status."""


@dataclass(eq=False)
class Viewer:
    """One tab. `ports` are the processes (or proxies) it may reach, tried in turn as behind a balancer."""

    slug: str
    session: str
    ports: Sequence[int]
    address: str = "81.2.69.1"
    keeps_state: bool = True
    state: JSON = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    # When each pin was first seen, by its id; monotonic seconds.
    pins: dict[str, float] = field(default_factory=dict)
    # (seconds from the loss of the line to the next hello, recovered)
    returns: list[tuple[float, bool]] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    arrivals: list[tuple[float, JSON]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    on_reply: Callable[[JSON], object] = lambda _frame: None
    # What opens the door once more without a ticket, as in the page.
    again: str = ""
    hellos: int = 0
    holes: int = 0
    doubles: int = 0
    paused: bool = False
    online: asyncio.Event = field(default_factory=asyncio.Event)
    lost_at: float | None = None
    socket: ClientConnection | None = None
    _turn: int = 0
    _attempt: int = 0
    _ahead: dict[int, JSON] = field(default_factory=dict)
    _asking: asyncio.Task[None] | None = None
    _asked_at: float = 0.0

    # --- The line ------------------------------------------------------------------------------------------
    async def watch(self) -> None:
        """Stay in the room until cancelled, whatever happens to the line."""
        while True:
            port = self.ports[self._turn % len(self.ports)]
            try:
                await self._visit(port)
            except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed, Refused, EOFError):
                self._turn += 1
            finally:
                self._hang_up()
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2**self._attempt) * random.uniform(0.5, 1.0)
            self._attempt += 1
            await asyncio.sleep(wait)

    async def _visit(self, port: int) -> None:
        may = self._attempt % PASS_TRIES < PASS_TRIES - 1
        ticket = self.again if self.again and may else await self.ticket(port)
        position = f"&epoch={self.state['epoch']}&since={self.state['head']}" if self.state else ""
        async with connect(
            f"ws://127.0.0.1:{port}/ws/rooms/{self.slug}/?ticket={ticket}{position}",
            origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]  # a plain string to us
            additional_headers={
                "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}",
                "X-Forwarded-For": self.address,
            },
            compression=None,
            ping_interval=None,
            open_timeout=OPEN_TIMEOUT,
            close_timeout=0.2,
            max_queue=None,
        ) as socket:
            self.socket = socket
            await self._listen(socket)

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            while True:
                # `asyncio.wait_for` of Python 3.11 can lose the cancelling that ends a visit.
                async with asyncio.timeout(SILENCE):
                    text = await socket.recv()
                self._receive(json.loads(text))
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 1006
            self.codes.append(code)
            if code == Close.SIGNED_OUT:
                self.again = ""
            if not may_come_back(code):
                await asyncio.Event().wait()

    async def ticket(self, port: int) -> str:
        status, body = await request(
            port, "POST", f"/api/v1/rooms/{self.slug}/ticket/", session=self.session, address=self.address
        )
        if status != 201:
            self.refused.append(status)
            raise Refused(status)
        return str(json.loads(body)["ticket"])

    def _hang_up(self) -> None:
        self.socket = None
        self._ahead.clear()
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        if self.online.is_set():
            self.online.clear()
            self.lost_at = time.monotonic()

    # --- Frames --------------------------------------------------------------------------------------------
    def _receive(self, frame: JSON) -> None:
        if frame["type"] == "hello":
            self._hello(frame)
        elif frame["type"] == "heartbeat":
            if frame["epoch"] != self.state["epoch"] or frame["head"] > self.state["head"]:
                self._missing()
        elif frame["type"] in ("ack", "error"):
            self.on_reply(frame)
        elif frame["type"] == "batch":
            for one in frame["frames"]:
                self._take(one)
        elif "seq" in frame and "epoch" in frame:
            self._take(frame)

    def _hello(self, frame: JSON) -> None:
        self._ahead.clear()
        if frame["recovered"]:
            numbers = [one["seq"] for one in frame["frames"]]
            due = list(range(self.state["head"] + 1, self.state["head"] + 1 + len(numbers)))
            if (
                frame["epoch"] != self.state["epoch"]
                or numbers != due
                or self.state["head"] + len(due) < frame["head"]
            ):
                self.violations.append(f"recovered after {self.state['head']}: {numbers[:3]}…{frame['head']}")
            for one in frame["frames"]:
                self._apply(one)
        else:
            self._replace(frame["snapshot"])
        self.again = frame["again"]
        self.hellos += 1
        self._attempt = 0
        if self.lost_at is not None:
            self.returns.append((time.monotonic() - self.lost_at, frame["recovered"]))
            self.lost_at = None
        self.online.set()

    def _replace(self, snapshot: JSON) -> None:
        self.state = snapshot if self.keeps_state else {"epoch": snapshot["epoch"], "head": snapshot["head"]}
        for pin in snapshot["pins"]:
            self.pins.setdefault(pin["id"], time.monotonic())

    def _take(self, frame: JSON) -> None:
        head = self.state["head"]
        if frame["epoch"] != self.state["epoch"]:
            self._missing()
        elif frame["seq"] == head + 1:
            self._apply(frame)
            while (following := self._ahead.pop(self.state["head"] + 1, None)) is not None:
                self._apply(following)
        elif frame["seq"] > head:
            self.holes += 1
            self._ahead[frame["seq"]] = frame
            self._missing()
        else:
            self.doubles += 1

    def _apply(self, frame: JSON) -> None:
        if frame["seq"] != self.state["head"] + 1 or frame["epoch"] != self.state["epoch"]:
            self.violations.append(f"{frame['seq']} after {self.state['head']}")
        now = time.monotonic()
        if frame["type"] == "pin.placed":
            self.pins.setdefault(frame["id"], now)
        self.arrivals.append((now, frame))
        if self.keeps_state:
            self.state = fold(self.state, [frame])
        else:
            self.state["head"] = frame.get("through", frame["seq"])

    def _missing(self) -> None:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        await asyncio.sleep(max(HOLE, self._asked_at + ASK - time.monotonic()))
        if self.socket is not None:
            self._asked_at = time.monotonic()
            since = {"type": "since", "epoch": self.state["epoch"], "seq": self.state["head"]}
            with suppress(ConnectionClosed):
                await self.socket.send(json.dumps(since))

    async def say(self, frame: JSON) -> None:
        """Send one frame; lost when there is no line."""
        if self.socket is not None:
            with suppress(ConnectionClosed):
                await self.socket.send(json.dumps(frame))


async def request(
    port: int,
    method: str,
    path: str,
    *,
    session: str = "",
    address: str = "81.2.69.1",
    body: object = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    """One HTTP call over a connection of its own: (status, body). Raises OSError, TimeoutError, EOFError."""
    payload = json.dumps(body or {}).encode()
    more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\nX-CSRFToken: {CSRF}\r\n"
        f"X-Forwarded-For: {address}\r\n{more}"
        f"Cookie: csrftoken={CSRF}; {settings.SESSION_COOKIE_NAME}={session}\r\n\r\n"
    )
    async with asyncio.timeout(OPEN_TIMEOUT):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(head.encode() + payload)
            answer = await reader.read()
        finally:
            writer.close()
    if not answer:
        raise EOFError
    status, _, rest = answer.partition(b"\r\n\r\n")
    return int(status.split()[1]), unchunked(rest) if b"chunked" in status.lower() else rest


def unchunked(body: bytes) -> bytes:
    """The body behind `Transfer-Encoding: chunked`."""
    found = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        count = int(size, 16)
        found, body = found + body[:count], body[count + 2 :]
    return found


@asynccontextmanager
async def watching(viewers: Iterable[Viewer], *, within: float = 30) -> AsyncIterator[None]:
    """All of them in the room, until the block ends; it begins when all have said hello."""
    viewers = list(viewers)
    tasks: list[asyncio.Task[None]] = []
    try:
        # An audience gathers; only a fault makes it come as one.
        for start in range(0, len(viewers), WAVE):
            wave = viewers[start : start + WAVE]
            tasks += [asyncio.create_task(viewer.watch()) for viewer in wave]
            await all_online(wave, within=within)
        yield
    finally:
        for task in tasks:
            task.cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [one for one in found if not isinstance(one, asyncio.CancelledError)] == []


async def all_online(viewers: Iterable[Viewer], *, within: float) -> float:
    """Wait until everybody is seated; the seconds it took."""
    started = time.monotonic()
    async with asyncio.timeout(within):
        for viewer in viewers:
            await viewer.online.wait()
    return time.monotonic() - started


async def until(condition: Callable[[], bool], *, within: float) -> float:
    """Wait for `condition`; the seconds it took. Raises TimeoutError."""
    started = time.monotonic()
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.02)
    return time.monotonic() - started


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
