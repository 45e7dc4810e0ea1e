"""The other end of an ASGI socket: what a server would be to the consumer."""

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit


class Peer:
    """One WebSocket, spoken in ASGI messages."""

    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        parts = urlsplit(path)
        self.scope = {
            "type": "websocket",
            "path": unquote(parts.path),
            "query_string": parts.query.encode(),
            "headers": headers,
            "subprotocols": [],
        }
        self.up: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.down: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        # A reader who stopped reading: sends wait until this is set again.
        self.reading = asyncio.Event()
        self.reading.set()
        self.task = asyncio.create_task(application(self.scope, self.up.get, self._send))

    async def connect(self) -> bool:
        """Whether the handshake was accepted."""
        self.up.put_nowait({"type": "websocket.connect"})
        return (await self.receive())["type"] == "websocket.accept"

    async def send(self, *, text: str | None = None, data: bytes | None = None) -> None:
        self.up.put_nowait({"type": "websocket.receive", "text": text, "bytes": data})

    async def receive(self) -> dict[str, Any]:
        """The next message of the application; its own exception when it died."""
        getting = asyncio.create_task(self.down.get())
        done, _ = await asyncio.wait({getting, self.task}, timeout=8, return_when=asyncio.FIRST_COMPLETED)
        if getting in done:
            return getting.result()
        getting.cancel()
        if self.task in done:
            self.task.result()
        raise TimeoutError("nothing came")

    async def disconnect(self) -> None:
        """Go away, and wait until the application has noticed."""
        self.reading.set()
        self.up.put_nowait({"type": "websocket.disconnect", "code": 1001})
        with suppress(TimeoutError):
            await asyncio.wait_for(self.task, 8)

    async def _send(self, message: dict[str, Any]) -> None:
        await self.reading.wait()
        self.down.put_nowait(message)
