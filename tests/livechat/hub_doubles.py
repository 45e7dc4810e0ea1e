"""Stand-ins around a hub: a record without a database, a screen, a wire between processes."""

import asyncio
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livechat.wire import frames
from livechat.wire.announce import Logged
from livechat.wire.audience import merged
from livechat.wire.deflate import COMPRESSED_TEXT, EMPTY_BLOCK
from livechat.wire.fold import fold
from livechat.wire.hub import Hub
from livechat.wire.outbox import BEHIND, LineOutbox, QueueOutbox
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
        # What was reported here, what other processes report, and what the record knows of the room.
        self.reports: list[dict[int, dict[str, Any]]] = []
        self.elsewhere: list[dict[str, Any]] = []
        self.fast_hands: set[str] = set()
        self.tally: dict[str, Any] = {}
        self.counted = 0
        self.reactions: list[dict[int, dict[str, int]]] = []

    def write(self, type_: str = "room.settings", **body: Any) -> Logged:
        body = body or (settings_body() if type_ == "room.settings" else {})
        seq = len(self.rows) + 1
        text = frames.dump(frames.sequenced(type_, body, epoch=self.epoch, seq=seq, at=seq))
        self.rows.append(Logged(ROOM, self.epoch, seq, type_, text))
        return self.rows[-1]

    def say(self, number: int, **fields: Any) -> Logged:
        return self.write("chat.posted", **line_body(number) | fields)

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

    async def report(self, reports: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
        self.reports.append(reports)
        return {room: merged([told, *self.elsewhere]) for room, told in reports.items()}

    async def scripted(self, rooms: list[int]) -> dict[int, set[str]]:
        return {room: set(self.fast_hands) for room in rooms}

    async def talk(self, rooms: list[int]) -> dict[int, tuple[int, int]]:
        return dict.fromkeys(rooms, (3, 2))

    async def tallies(self, rooms: list[int]) -> dict[int, dict[str, Any]]:
        self.counted += 1
        return {room: dict(self.tally) for room in rooms} if self.tally else {}

    async def react(self, counts: dict[int, dict[str, int]]) -> None:
        if self.down:
            raise ConnectionError
        self.reactions.append(counts)

    async def revoked(self, passes: set[Pass]) -> set[Pass]:
        return passes & self.lost

    async def shut_out(self, rooms: dict[int, set[Pass]]) -> dict[int, set[Pass]]:
        return {room: passes & self.unwelcome.get(room, set()) for room, passes in rooms.items()}

    async def sweep(self) -> None:
        return None


class Screen:
    """A viewer's browser: what it was sent, folded. `ready` takes frames as bytes, as our own server does."""

    def __init__(self, name: str = "mina", *, ready: bool = False, compresses: bool = False) -> None:
        self.texts: list[str] = []
        self.code: int | None = None
        self.reading = asyncio.Event()
        self.reading.set()
        self.line = BytesLine(self, compresses)
        box = LineOutbox(self.line) if ready else QueueOutbox(send=self._take, close=self._closed)
        self.seat = Seat(box, f"guest:{name}", Pass(name, None, ""), {"name": name})

    def stall(self) -> None:
        """Read no more."""
        self.reading.clear()

    async def read_on(self) -> None:
        """Read what came meanwhile, and from now on."""
        self.reading.set()
        self.line.flush()
        await settle()

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


class BytesLine:
    """A server's socket with a transport that pauses and resumes (`outbox.Line`)."""

    def __init__(self, screen: Screen, compresses: bool) -> None:
        self.screen, self.compresses = screen, compresses
        self.held: list[bytes] = []
        self.frames: list[bytes] = []
        self.outbox: LineOutbox | None = None
        self.is_let_go = False

    def take_over(self, outbox: LineOutbox) -> Callable[[bytes], None]:
        self.outbox = outbox
        return self.write

    def write(self, data: bytes) -> None:
        was = self.waiting()
        self.held.append(data)
        if self.screen.reading.is_set():
            self.flush()
        elif was <= BEHIND < self.waiting():
            self.outbox.paused()

    def flush(self) -> None:
        was, held = self.waiting(), self.held
        self.held = []
        self.frames += held
        self.screen.texts += [message(data) for data in held]
        if was > BEHIND:
            self.outbox.resumed()

    def waiting(self) -> int:
        return sum(map(len, self.held))

    def hang_up(self, code: int) -> None:
        self.screen.code = code

    def let_go(self) -> None:
        self.is_let_go = True


def message(data: bytes) -> str:
    """The text in one frame from a server, compressed or not."""
    size = {126: 4, 127: 10}.get(data[1], 2)
    payload = data[size:]
    if data[0] == COMPRESSED_TEXT:
        payload = zlib.decompressobj(-15).decompress(payload + EMPTY_BLOCK)
    return payload.decode()


async def settle() -> None:
    """Let everything that is ready run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def until(condition) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the hub's clock has no event to wait for
            await asyncio.sleep(0.01)


async def seated(
    one_hub: Hub, name: str = "mina", *, epoch: str = "", seq: int = 0, ready: bool = False
) -> Screen:
    screen = Screen(name, ready=ready)
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
