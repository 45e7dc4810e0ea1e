"""Scripted viewers: guests with a session and a real socket each, living in a thread beside the browser."""

import asyncio
import json
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect

from accounts.codes import new_public_id

ANSWERS = ("ack", "held", "error")
PATIENCE_S = 20


@dataclass
class Guest:
    """One viewer. `heard` is every frame the room sent, batches opened."""

    name: str
    site: str
    slug: str
    http: httpx.AsyncClient = field(init=False)
    socket: ClientConnection = field(init=False)
    heard: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[str, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    ear: asyncio.Task[None] = field(init=False)

    async def enter(self) -> Self:
        """As the page does it: the page for its cookies, a name, a ticket, the socket."""
        self.http = httpx.AsyncClient(base_url=self.site, headers={"Referer": f"{self.site}/"}, timeout=30)
        (await self.http.get(f"/events/{self.slug}/")).raise_for_status()
        await self.post("name", {"name": self.name})
        ticket = (await self.post("ticket"))["ticket"]
        address = f"{self.site.replace('http', 'ws', 1)}/ws/rooms/{self.slug}/?ticket={ticket}"
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        self.socket = await connect(address, origin=self.site, additional_headers={"Cookie": cookies})  # type: ignore[arg-type]  # a plain string will do
        self.ear = asyncio.create_task(self.listen())
        return self

    async def post(self, what: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"X-CSRFToken": self.http.cookies.get("csrftoken") or ""}
        path = f"/api/v1/rooms/{self.slug}/{what}/"
        answer = await self.http.post(path, json=body or {}, headers=headers)
        answer.raise_for_status()
        return dict(answer.json())

    async def listen(self) -> None:
        async for text in self.socket:
            frame = json.loads(text)
            for one in frame["frames"] if frame["type"] == "batch" else [frame]:
                self.heard.append(one)
                if one["type"] in ANSWERS and one["ref"] in self.asked:
                    self.asked.pop(one["ref"]).set_result(one)

    async def say(self, text: str) -> dict[str, Any]:
        """Say a line; the room's `ack`, `held` or `error`."""
        ref = new_public_id()
        self.asked[ref] = asyncio.get_running_loop().create_future()
        answer = self.asked[ref]
        await self.socket.send(json.dumps({"type": "chat.send", "id": ref, "text": text}))
        return await asyncio.wait_for(answer, PATIENCE_S)

    def last(self, type_: str) -> dict[str, Any] | None:
        """The last frame of a type."""
        return next((frame for frame in reversed(self.heard) if frame["type"] == type_), None)

    async def leave(self) -> None:
        self.ear.cancel()
        await self.socket.close()
        await self.http.aclose()


class Crowd:
    """Guests on an event loop of their own: Playwright owns the test's thread."""

    def __init__(self, site: str, slug: str) -> None:
        self.site, self.slug = site, slug
        self.guests: list[Guest] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """Have it done there and wait for its result."""
        return asyncio.run_coroutine_threadsafe(doing, self.loop).result(60)

    def enter(self, names: list[str]) -> list[Guest]:
        """These people come in, eight at a time."""
        return list(self.run(self._enter(names)))

    def say(self, lines: list[tuple[Guest, str]]) -> list[dict[str, Any]]:
        """Everybody says their line at once; the answers in the order of the lines."""
        return list(self.run(self._say(lines)))

    def close(self) -> None:
        self.run(self._leave())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _enter(self, names: list[str]) -> list[Guest]:
        door = asyncio.Semaphore(8)

        async def one(name: str) -> Guest:
            async with door:
                return await Guest(name, self.site, self.slug).enter()

        came = await asyncio.gather(*(one(name) for name in names))
        self.guests += came
        return came

    async def _say(self, lines: list[tuple[Guest, str]]) -> list[dict[str, Any]]:
        return await asyncio.gather(*(guest.say(text) for guest, text in lines))

    async def _leave(self) -> None:
        await asyncio.gather(*(guest.leave() for guest in self.guests))
