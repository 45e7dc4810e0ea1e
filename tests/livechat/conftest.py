"""A browser's half of the room's socket, against the real consumer."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from channels.routing import URLRouter
from django.conf import settings

from accounts.domain.viewers import Viewer, guest_key, user_key
from accounts.models import User
from livechat.consumers.threads import in_database
from livechat.domain.tickets import issue_ticket
from livechat.models import Room
from livechat.routing import websocket_urlpatterns
from livechat.wire import announce, hub, layer
from livechat.wire.hub import Hub
from tests.factories.livechat import make_room
from tests.livechat.hub_doubles import MemoryLog, Wire
from tests.livechat.peer import Peer

ORIGIN = "http://localhost:8000"
application = URLRouter(websocket_urlpatterns)


def make_session(*, guest_name: str = "Mina", user: User | None = None) -> tuple[str, Viewer]:
    """A browser session in the database and the viewer it is."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["guest"], session["guest_name"] = "g-" + guest_name, guest_name
    session.save()
    viewer = (
        Viewer(user_key(user), user, user.display_name)
        if user
        else Viewer(guest_key(session["guest"]), None, guest_name)
    )
    return session.session_key, viewer


@dataclass
class Browser:
    """One tab. `frames` is everything it was ever sent."""

    room: Room
    session: str = ""
    viewer: Viewer | None = None
    socket: Peer | None = None
    frames: list[dict[str, Any]] = field(default_factory=list)
    # Frames of the last batch that nobody asked for yet.
    unread: list[dict[str, Any]] = field(default_factory=list)

    async def ticket(self, *, rehearsal: bool = False) -> str:
        assert self.viewer
        return await in_database(
            issue_ticket,
            self.room,
            viewer=self.viewer,
            session_key=self.session,
            rehearsal=rehearsal,
            now=datetime.now(UTC),
        )

    async def open(
        self,
        *,
        ticket: str | None = None,
        query: str = "",
        origin: str | None = ORIGIN,
        host: str = "localhost:8000",
        rehearsal: bool = False,
        slug: str = "",
    ) -> bool:
        """Whether the socket opened."""
        ticket = await self.ticket(rehearsal=rehearsal) if ticket is None else ticket
        headers = [(b"host", host.encode()), (b"cookie", f"sessionid={self.session}".encode())]
        if origin is not None:
            headers.append((b"origin", origin.encode()))
        path = f"/ws/rooms/{slug or self.room.event.slug}/?ticket={ticket}{query}"
        self.socket = Peer(application, path, headers)
        return await self.socket.connect()

    async def next(self, *types: str) -> dict[str, Any]:
        """The next frame of one of `types` (any, when none is named); others are kept in `frames`."""
        assert self.socket
        while True:
            while self.unread:
                one = self.unread.pop(0)
                if not types or one["type"] in types:
                    return one
            frame = json.loads((await self.socket.receive())["text"])
            self.unread = list(frame["frames"]) if frame["type"] == "batch" else [frame]
            self.frames += self.unread

    async def send(self, frame: Any) -> None:
        assert self.socket
        await self.socket.send(text=frame if isinstance(frame, str) else json.dumps(frame))

    async def closed(self) -> int:
        """The code the server closes with; frames before it are passed over."""
        assert self.socket
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.close":
                return int(message.get("code", 1000))

    async def leave(self) -> None:
        assert self.socket
        await self.socket.disconnect()


Arrive = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def arrive() -> AsyncIterator[Arrive]:
    """`await arrive(room, guest_name="Wei")`: a browser with its own session, not connected yet."""
    browsers: list[Browser] = []

    async def make(room: Room | None = None, **who: Any) -> Browser:
        room = room or await in_database(make_room)
        session, viewer = await in_database(make_session, **who)
        browsers.append(Browser(room, session, viewer))
        return browsers[-1]

    yield make
    for browser in browsers:
        if browser.socket is not None and not browser.socket.task.done():
            await browser.socket.disconnect()


@pytest.fixture
def record() -> MemoryLog:
    return MemoryLog()


@pytest.fixture
async def one_hub(record, monkeypatch):
    monkeypatch.setattr(layer, "is_shared", lambda: False)
    found = Hub(record)
    yield found
    for task in found._tasks:
        task.cancel()
    announce.listen(None)


@pytest.fixture
async def wire(monkeypatch):
    found = Wire()
    monkeypatch.setattr(layer, "is_shared", lambda: True)
    monkeypatch.setattr(layer, "get_channel_layer", lambda: found)
    monkeypatch.setattr(hub, "POLL_SHARED", 0.05)
    yield found
    announce.listen(None)
