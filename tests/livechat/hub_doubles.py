"""Stand-ins around a hub: a record without a database, a screen, a wire between processes."""

import asyncio
import json
from dataclasses import replace
from typing import Any

from livechat.wire import frames
from livechat.wire.announce import Logged
from livechat.wire.fold import fold
from livechat.wire.hub import Hub
from livechat.wire.outbox import Outbox
from livechat.wire.seats import Pass, Seat
from tests.factories.livechat import line_body, settings_body

ROOM = 1
EMPTY: dict[str, Any] = {
    "epoch": "e1",
    "head": 0,
    "chat": [],
    "presence": {"viewers": 0, "rehearsal": 0},
    "settings": settings_body(),
    "notice": None,
    "questions": [],
    "poll": None,
}


class MemoryLog:
    """A record without a database."""

    def __init__(self) -> None:
        self.epoch, self.rows = "e1", []
        self.trimmed = 0
        self.down = False
        self.snapshots = self.sinces = self.polls = 0
        self.lost: set[Pass] = set()
        # Lines only their author sees, as the snapshot tells lines.
        self.own: dict[str, list[dict[str, Any]]] = {}
        self.asked_hidden = 0
        self.unwelcome: dict[int, set[Pass]] = {}

    def write(self, type_: str = "room.settings", **body: Any) -> Logged:
        body = body or (settings_body() if type_ == "room.settings" else {})
        seq = len(self.rows) + 1
        text = frames.dump(frames.sequenced(type_, body, epoch=self.epoch, seq=seq, at=seq))
        self.rows.append(Logged(ROOM, self.epoch, seq, type_, text))
        return self.rows[-1]

    def say(self, number: int) -> Logged:
        return self.write("chat.posted", **line_body(number))

    def hide(self, number: int, viewer_key: str) -> Logged:
        """A line only `viewer_key` sees."""
        line = line_body(number)
        shown = self.write("skip")
        at = {"epoch": self.epoch, "seq": shown.seq, "at": shown.seq}
        own = frames.dump(frames.sequenced("chat.posted", line, **at))
        self.rows[-1] = replace(shown, own=(viewer_key, own))
        self.own.setdefault(viewer_key, []).append(line | {"at": shown.seq, "deleted": False})
        return self.rows[-1]

    def state(self) -> dict[str, Any]:
        return fold(EMPTY | {"epoch": self.epoch}, (json.loads(row.text) for row in self.rows))

    def restart(self) -> None:
        self.epoch, self.rows = "e2", []

    async def heads(self, rooms: list[int]) -> dict[int, tuple[str, int]]:
        self.polls += 1
        if self.down:
            raise ConnectionError
        return {ROOM: (self.epoch, len(self.rows))} if ROOM in rooms else {}

    async def since(self, room: int, epoch: str, seq: int) -> list[Logged] | None:
        self.sinces += 1
        if epoch != self.epoch or not self.trimmed <= seq <= len(self.rows):
            return None
        return self.rows[seq:]

    async def snapshot(self, room: int) -> dict[str, Any]:
        self.snapshots += 1
        return self.state()

    async def hidden_people(self, room: int) -> set[str]:
        return set(self.own)

    async def hidden(self, room: int, viewer_key: str) -> list[dict[str, Any]]:
        self.asked_hidden += 1
        return self.own.get(viewer_key, [])

    async def report(self, counts: dict[int, tuple[int, int]]) -> dict[int, dict[str, int]]:
        return {room: {"viewers": people, "rehearsal": crowd} for room, (people, crowd) in counts.items()}

    async def revoked(self, passes: set[Pass]) -> set[Pass]:
        return passes & self.lost

    async def shut_out(self, rooms: dict[int, set[Pass]]) -> dict[int, set[Pass]]:
        return {room: passes & self.unwelcome.get(room, set()) for room, passes in rooms.items()}

    async def sweep(self) -> None:
        return None


class Screen:
    """A viewer's browser: what it was sent, folded."""

    def __init__(self, name: str = "mina") -> None:
        self.texts: list[str] = []
        self.code: int | None = None
        self.reading = asyncio.Event()
        self.reading.set()
        box = Outbox(send=self._take, close=self._closed)
        self.seat = Seat(box, f"guest:{name}", Pass(name, None, ""), {"name": name})

    async def _take(self, text: str) -> None:
        await self.reading.wait()
        self.texts.append(text)

    async def _closed(self, code: int) -> None:
        self.code = code

    def frames(self) -> list[dict[str, Any]]:
        found = []
        for text in self.texts:
            frame = json.loads(text)
            found += frame["frames"] if frame["type"] == "batch" else [frame]
        return found

    def numbers(self) -> list[int]:
        return [frame["seq"] for frame in self.frames() if "seq" in frame]

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = {}
        for frame in self.frames():
            if frame["type"] == "hello":
                state = frame["snapshot"] or fold(state, frame["frames"])
            elif "seq" in frame:
                state = fold(state, [frame])
        return state


async def settle() -> None:
    """Let everything that is ready run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def until(condition) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the hub's clock has no event to wait for
            await asyncio.sleep(0.01)


async def seated(one_hub: Hub, name: str = "mina", *, epoch: str = "", seq: int = 0) -> Screen:
    screen = Screen(name)
    await one_hub.attach(ROOM, screen.seat, epoch=epoch, seq=seq)
    await settle()
    return screen


def same(screen: Screen, record: MemoryLog) -> bool:
    ours, theirs = screen.state(), record.state()
    return (ours["head"], ours["chat"]) == (theirs["head"], theirs["chat"])


class Wire:
    """A layer between hubs of one loop. `broken` makes it throw."""

    def __init__(self) -> None:
        self.groups: dict[str, set[asyncio.Queue]] = {}
        self.channels: dict[str, asyncio.Queue] = {}
        self.broken = False

    def _check(self) -> None:
        if self.broken:
            raise ConnectionError("redis is down")

    async def new_channel(self, prefix: str) -> str:
        self._check()
        name = f"{prefix}{len(self.channels)}"
        self.channels[name] = asyncio.Queue()
        return name

    async def group_add(self, group: str, channel: str) -> None:
        self._check()
        self.groups.setdefault(group, set()).add(self.channels[channel])

    async def group_discard(self, group: str, channel: str) -> None:
        self.groups.get(group, set()).discard(self.channels[channel])

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self._check()
        for queue in self.groups.get(group, ()):
            queue.put_nowait(message)

    async def receive(self, channel: str) -> dict[str, Any]:
        message = await self.channels[channel].get()
        if message.get("type") == "break":
            raise ConnectionError("redis is down")
        return message
