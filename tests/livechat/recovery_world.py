"""Two processes, one log and a handful of viewers, where everything that can go wrong goes wrong at random.

What was really written is kept beside the log. A viewer who is told "recovered" must hold exactly that, any
other viewer must be given a true snapshot, and no deleted words may come back; else `Wrong`.
"""

import asyncio
import json
import random
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from livechat.consumers import record
from livechat.domain import log
from livechat.models import Room
from livechat.wire.announce import Logged
from livechat.wire.feed import BASE_SECONDS, Feed
from livechat.wire.outbox import Outbox
from livechat.wire.parcel import Parcel
from livechat.wire.seats import Pass, Seat
from tests.factories.events import NOW

JSON = dict[str, Any]
NOBODY = Pass("", None, "")
LINE = {
    "name": "Mina",
    "badge": "",
    "rehearsal": False,
    "author": "a",
    "reply": "",
    "mentions": [],
    "lang": "",
    "links": False,
}


class Wrong(AssertionError):
    """A viewer was told something that is not so."""


@dataclass
class Truth:
    """Everything ever written, by epoch; frame n of an epoch stands at n - 1."""

    epochs: dict[str, list[JSON]] = field(default_factory=dict)
    # Where a line was deleted: {line id: (epoch, seq)}
    deleted: dict[str, tuple[str, int]] = field(default_factory=dict)

    def state(self, epoch: str, head: int) -> int:
        """What the one counter on every screen shows after `head` frames."""
        counts = [frame["free"] for frame in self.epochs[epoch][:head] if frame["type"] == "stock.changed"]
        return counts[-1] if counts else -1

    def check(self, frame: JSON) -> None:
        """Raise Wrong unless this very frame was written in this place."""
        written = self.epochs.get(frame["epoch"], [])
        if not 0 < frame["seq"] <= len(written):
            raise Wrong(f"never written: {frame}")
        true = written[frame["seq"] - 1]
        if any(frame[name] != true[name] for name in ("type", "id", "free") if name in true):
            raise Wrong(f"{frame} instead of {true}")


class Source:
    """The real log; answers come when the random loop lets them, and may be old by then."""

    def __init__(self, world: "World") -> None:
        self.world = world

    async def pause(self) -> None:
        for _ in range(self.world.rng.choice([0, 0, 1, 2, 12])):
            await asyncio.sleep(0)

    async def heads(self, rooms: list[int]) -> dict[int, tuple[str, int]]:
        await self.pause()
        found = log.heads(rooms)
        await self.pause()
        return found

    async def since(self, room: int, epoch: str, seq: int) -> list[Logged] | None:
        await self.pause()
        found = record._since(room, epoch, seq)
        await self.pause()
        return found

    async def snapshot(self, room: int) -> JSON:
        await self.pause()
        epoch, head = log.heads([room])[room]
        free = self.world.truth.state(epoch, head)
        await self.pause()
        card = {"p": {"variants": [{"id": "v", "free": free}]}}
        nobody = {"viewers": 0, "rehearsal": 0}
        return {"epoch": epoch, "head": head, "products": card, "chat": [], "presence": nobody}

    async def hidden_people(self, room: int) -> set[str]:
        return set()


class Line(Outbox):
    """One socket of a viewer. Cut, it carries nothing more."""

    def __init__(self, screen: "Screen") -> None:
        super().__init__()
        self.screen = screen

    def _ship(self, parcel: Parcel) -> None:
        self._put(parcel.text)

    def _put(self, text: str) -> None:
        if not self.is_cut:
            self.screen.receive(text)

    def _hang_up(self, code: int) -> None:
        return None

    def _waiting_bytes(self) -> int:
        return 0


class Screen:
    """A viewer, and where they stand by what they were told."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.epoch, self.head, self.free = "", 0, -1
        self.feed: Feed | None = None
        # What a recovered hello answers; an unasked one is always a snapshot.
        self.asked = ("", 0)
        self.answer: asyncio.Future[None] | None = None
        self.dial()

    def dial(self) -> None:
        """A new socket; the old one is gone, with the answer that was under way."""
        if self.feed is not None:
            self.feed.seats.discard(self.seat)
            self.line.stop()
        self.feed, self.line = None, Line(self)
        self.seat = Seat(self.line, "guest:1", NOBODY, {})

    def receive(self, text: str) -> None:
        frame = json.loads(text)
        if frame["type"] == "hello":
            self._hello(frame)
        elif "seq" in frame or frame["type"] == "batch":
            for one in frame["frames"] if frame["type"] == "batch" else [frame]:
                self._take(one)

    def _hello(self, hello: JSON) -> None:
        self.world.hellos += 1
        self._check_words(hello)
        if not hello["recovered"]:
            self._replace(hello["snapshot"])
            epochs = list(self.world.truth.epochs)
            if epochs.index(self.epoch) < epochs.index(hello["epoch"]):
                raise Wrong(f"a snapshot of {self.epoch} in the later {hello['epoch']}")
            return
        self.world.recovered += 1
        epoch, seq = self.asked
        numbers = [frame["seq"] for frame in hello["frames"]]
        if hello["epoch"] != epoch or numbers != list(range(seq + 1, seq + 1 + len(numbers))):
            raise Wrong(f"recovered from {epoch}:{seq} with {hello['epoch']}:{numbers}")
        if seq + len(numbers) < hello["head"]:
            raise Wrong(f"recovered from {seq} to {seq + len(numbers)}, short of {hello['head']}")
        # Who asked from where they never stood is told of another screen than theirs.
        self.epoch, self.head, self.free = epoch, seq, self.world.truth.state(epoch, seq)
        for frame in hello["frames"]:
            self._take(frame)

    def _check_words(self, hello: JSON) -> None:
        reached = hello["frames"][-1]["seq"] if hello["frames"] else 0
        for frame in hello["frames"]:
            epoch, gone_at = self.world.truth.deleted.get(frame.get("id", ""), ("", 0))
            if (
                frame["type"] == "chat.posted"
                and epoch == hello["epoch"]
                and reached >= gone_at
                and frame["text"]
            ):
                raise Wrong(f"deleted words came back: {frame}")

    def _replace(self, snapshot: JSON) -> None:
        self.epoch, self.head = snapshot["epoch"], snapshot["head"]
        self.free = snapshot["products"]["p"]["variants"][0]["free"]
        if self.free != self.world.truth.state(self.epoch, self.head):
            raise Wrong(f"no such state: {snapshot}")

    def _take(self, frame: JSON) -> None:
        if frame["type"] != "skipped":
            self.world.truth.check(frame)
        if frame["epoch"] != self.epoch or frame["seq"] <= self.head:
            return
        if frame["seq"] != self.head + 1:
            raise Wrong(f"{frame['seq']} after {self.head}")
        self.head = frame.get("through", frame["seq"])
        self.free = frame.get("free", self.free)


class World:
    """One room; `step` does something to it, `settle` lets everything arrive and compares."""

    def __init__(self, room: Room, rng: random.Random, *, viewers: int = 4) -> None:
        self.room, self.rng = room, rng
        self.now: datetime = NOW
        self.truth = Truth({room.epoch: []})
        self.hellos = self.recovered = self._count = 0
        # The lines that stand: (id, author).
        self.lines: list[tuple[str, str]] = []
        self.feeds = [self._feed(), self._feed()]
        self.on_the_way: list[list[Logged]] = [[], []]
        self.screens = [Screen(self) for _ in range(viewers)]
        self.busy: set[asyncio.Future[None]] = set()

    def _feed(self) -> Feed:
        epoch, head = log.heads([self.room.pk])[self.room.pk]
        return Feed(self.room.pk, Source(self), epoch=epoch, head=head)  # type: ignore[arg-type]  # what is used

    async def step(self) -> None:
        """One random event; what was begun before goes on beside it."""
        acts = {self.write: 40, self.deliver: 30, self.come: 45, self.ask: 12, self.poll: 12, self.delete: 8}
        acts |= {self.clear: 3, self.age: 20, self.trim: 3, self.restart: 3, self.kill: 2}
        (act,) = self.rng.choices(list(acts), list(acts.values()))
        act()
        for _ in range(self.rng.randrange(4)):
            await asyncio.sleep(0)
        self._raise_what_failed()

    # --- What may happen -----------------------------------------------------------------------------------
    def write(self) -> None:
        for _ in range(self.rng.choice([1, 1, 1, 2, 5])):
            self._count += 1
            if self.rng.random() < 0.2:
                id_ = f"l{self._count}"
                author = self.rng.choice("ab")
                self._append("chat.posted", LINE | {"id": id_, "author": author, "text": "words"})
                self.lines.append((id_, author))
            else:
                self._append("stock.changed", {"product": "p", "variant": "v", "free": self._count})

    def delete(self) -> None:
        if self.lines:
            # The last line mostly: it is the one that still lies in a memory.
            id_, _author = gone = self.rng.choice([self.lines[-1]] * 3 + [self.lines[0]])
            self.lines.remove(gone)
            self._take_away([id_], "chat.deleted", {"id": id_})

    def clear(self) -> None:
        """Everything one author said."""
        author = self.rng.choice("ab")
        gone = [line for line in self.lines if line[1] == author]
        self.lines = [line for line in self.lines if line[1] != author]
        self._take_away([id_ for id_, _author in gone], "chat.cleared", {"author": author})

    def _take_away(self, line_ids: list[str], type_: str, body: JSON) -> None:
        self._append(type_, body)
        log.redact(self.room, line_ids)
        self.truth.deleted |= dict.fromkeys(line_ids, (self.room.epoch, self.room.head))

    def _append(self, type_: str, body: JSON) -> None:
        row = log.append(self.room, type_, body, now=self.now)
        self.truth.epochs[row.epoch].append({"type": type_} | body)
        for queue in self.on_the_way:
            queue.extend([log.to_logged(row)] * self.rng.choice([0, 1, 1, 1, 1, 2]))

    def deliver(self) -> None:
        for queue, feed in zip(self.on_the_way, self.feeds, strict=True):
            self.rng.shuffle(queue) if self.rng.random() < 0.2 else None
            for _ in range(self.rng.randrange(len(queue) + 1)):
                feed.accept(queue.pop(0))

    def come(self) -> None:
        screen = self.rng.choice(self.screens)
        screen.dial()
        position = self._position(screen)
        screen.answer = self._begin(self._welcome(screen, self.rng.choice(self.feeds), position))

    def _welcome(self, screen: Screen, feed: Feed, position: tuple[str, int]) -> Coroutine[Any, Any, None]:
        screen.feed, screen.asked = feed, position
        return feed.welcome(screen.seat, epoch=position[0], seq=position[1])

    def _position(self, screen: Screen) -> tuple[str, int]:
        odd = self.rng.random()
        if odd < 0.85:
            return screen.epoch, screen.head
        epoch = self.rng.choice([*self.truth.epochs, "another room's", ""])
        return epoch, self.rng.choice([0, 1, screen.head + 1, self.room.head, 10**15])

    def ask(self) -> None:
        screen = self.rng.choice(self.screens)
        if screen.feed is not None and screen.answer is not None and screen.answer.done():
            position = (screen.epoch, screen.head)
            screen.answer = self._begin(self._welcome(screen, screen.feed, position))

    def poll(self) -> None:
        self._begin(self.rng.choice(self.feeds).mend())

    def trim(self) -> None:
        self.now += timedelta(minutes=self.rng.choice([0, 0, 50]))
        log.trim(self.room, now=self.now)

    def age(self) -> None:
        """Half a minute passes for the snapshots in memory."""
        for feed in self.feeds:
            feed._base_at -= BASE_SECONDS + 1

    def restart(self) -> None:
        log.restart(self.room)
        self.truth.epochs[self.room.epoch] = []
        self.lines.clear()

    def kill(self) -> None:
        number = self.rng.randrange(2)
        for screen in self.screens:
            if screen.feed is self.feeds[number]:
                screen.dial()
        self.feeds[number], self.on_the_way[number] = self._feed(), []

    # --- Running -------------------------------------------------------------------------------------------
    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Future[None]:
        task = asyncio.ensure_future(work)
        self.busy.add(task)
        return task

    def _raise_what_failed(self) -> None:
        for task in [task for task in self.busy if task.done()]:
            self.busy.discard(task)
            task.result()

    async def settle(self) -> None:
        """Everything arrives, every viewer asks once more: all screens are the truth."""
        while self.busy:
            await asyncio.wait(self.busy)
            self._raise_what_failed()
        for feed in self.feeds:
            await feed.mend()
        for screen in self.screens:
            screen.dial()
            await self._welcome(screen, self.rng.choice(self.feeds), (screen.epoch, screen.head))
            epoch, head = log.heads([self.room.pk])[self.room.pk]
            if (screen.epoch, screen.head, screen.free) != (epoch, head, self.truth.state(epoch, head)):
                raise Wrong(f"at rest {screen.epoch}:{screen.head}, the log {epoch}:{head}")
