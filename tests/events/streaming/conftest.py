"""A media process's application under a real uvicorn on a free port."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import uvicorn
import websockets
from websockets.asyncio.client import ClientConnection

from events.streaming.ingest import MAX_CHUNK
from events.streaming.server import MediaApp
from tests.events.streaming.media import RememberingGate


@dataclass
class Media:
    """The running application, its gate, and what a host or a viewer does with it."""

    app: MediaApp
    gate: RememberingGate
    port: int
    client: httpx.AsyncClient
    sockets: list[ClientConnection] = field(default_factory=list)

    async def host(
        self, stream_id: str = "show", *, first: object = None, **options: object
    ) -> ClientConnection:
        """A camera's connection that has said its first message."""
        url = f"ws://127.0.0.1:{self.port}/ingest/{stream_id}/"
        connection = await websockets.connect(url, **options)  # type: ignore[arg-type]  # test options
        self.sockets.append(connection)
        message = {"key": "right-key"} if first is None else first
        await connection.send(message if isinstance(message, str | bytes) else json.dumps(message))
        return connection

    async def get(self, path: str, **options: object) -> httpx.Response:
        return await self.client.get(path, **options)  # type: ignore[arg-type]  # test options

    def pid(self, stream_id: str = "show") -> int | None:
        channel = self.app.channels.get(stream_id)
        return channel.publication.pid if channel and channel.publication else None


async def until(holds: Callable[[], bool]) -> None:
    """Wait for a state of a process without guessing how long it takes."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - another process's state rings no bell
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
async def media() -> AsyncIterator[Media]:
    gate = RememberingGate()
    app = MediaApp(gate=gate, trusts=lambda origin, host: origin == "http://shop.test")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=MAX_CHUNK,
        lifespan="off",
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    port = int(listener.getsockname()[1])
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=15) as client:
        media = Media(app, gate, port, client)
        await until(lambda: server.started)
        try:
            yield media
        finally:
            for connection in media.sockets:
                with contextlib.suppress(Exception):
                    await connection.close()
            server.should_exit = True
            await running
            await app.channels.stop()
