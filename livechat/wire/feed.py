"""One room in one process: its viewers, the last frames, and the tick by which they leave.

A feed sends every frame once, in order, without holes: what the layer loses, doubles or shuffles is mended
from the log before a viewer sees it. All methods belong to one event loop.
"""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from time import time
from typing import Any, Protocol

from livechat.wire import frames
from livechat.wire.announce import Logged
from livechat.wire.fold import fold
from livechat.wire.outbox import Outbox

JSON = dict[str, Any]
RING = 512
TICK = 0.1
# More viewers than this are served in slices, so that accepting and answering go on in between.
SLICE = 500
# What no frame tells (a title, a portrait) is at most this old for a newcomer.
BASE_SECONDS = 30.0
# Beyond this many characters of missed frames a snapshot is the shorter answer.
MAX_MISSED = 262_144


class Source(Protocol):
    """The record behind the hub. Every call may raise whatever the database raises."""

    async def heads(self, rooms: list[int]) -> dict[int, tuple[str, int]]:
        """Where the logs stand: `{room: (epoch, head)}`, rooms that are no more left out."""
        ...

    async def since(self, room: int, epoch: str, seq: int) -> list[Logged] | None:
        """The frames after `seq`, or None when only a snapshot helps."""
        ...

    async def snapshot(self, room: int) -> JSON: ...

    async def report(self, counts: dict[int, tuple[int, int]]) -> dict[int, JSON]:
        """Write who is here, `{room: (people, crowd)}`; give back the totals of all processes."""
        ...

    async def revoked(self, passes: set["Pass"]) -> set["Pass"]:
        """Which of these have lost their right to be here."""
        ...

    async def shut_out(self, rooms: dict[int, set["Pass"]]) -> dict[int, set["Pass"]]:
        """Of those seated behind the curtain, `{room: passes}`, whom the door would not let in again."""
        ...

    async def sweep(self) -> None:
        """Finish what a dead process left behind."""
        ...


@dataclass(frozen=True, slots=True)
class Pass:
    """What a socket's right to be here rests on: a browser session, and an account with its password."""

    session_key: str
    user_id: int | None
    auth_hash: str


@dataclass(eq=False, slots=True)
class Seat:
    """One socket in a room. `crowd` marks the rehearsal crowd, `audience` is False for people at work."""

    outbox: Outbox
    viewer_key: str
    right: Pass
    you: JSON
    crowd: bool = False
    audience: bool = True
    since: float = field(default_factory=time)


class Feed:
    """See the module. `epoch` and `head` are where the viewers of this feed stand."""

    def __init__(self, room: int, source: Source, *, epoch: str, head: int) -> None:
        self.room, self.epoch, self.head = room, epoch, head
        self.seats: set[Seat] = set()
        # What the database said last; ahead of `head` while frames are on their way.
        self.log_head = head
        # Viewers between the door and their seat: the feed must not close under them.
        self.arriving = 0
        self.presence: JSON = {"viewers": 0, "rehearsal": 0}
        self._source = source
        self._loop = asyncio.get_running_loop()
        self._ring: deque[Logged] = deque(maxlen=RING)
        self._waiting: list[str] = []
        self._timer: asyncio.TimerHandle | None = None
        self._flushed_at = 0.0
        self._queue: deque[tuple[str, list[Seat]]] = deque()
        self._fan: asyncio.Task[None] | None = None
        self._base: JSON | None = None
        self._base_at = 0.0
        self._mending = asyncio.Lock()
        self._loading = asyncio.Lock()

    # --- Frames in, frames out ---------------------------------------------------------------------------
    def accept(self, logged: Logged) -> bool:
        """Take a frame if it is the next one. False when frames before it are missing: `mend` then."""
        if logged.epoch != self.epoch or logged.seq > self.head + 1:
            return False
        if logged.seq == self.head + 1:
            self.head = logged.seq
            self._remember(logged)
            self._enqueue(logged)
        return True

    async def mend(self) -> None:
        """Bring the feed to where the log stands; in another epoch everybody starts over."""
        async with self._mending:
            rows = await self._source.since(self.room, self.epoch, self.head)
            if rows is None:
                await self._start_over()
                return
            for logged in rows:
                self.accept(logged)

    def flush(self) -> None:
        """Send what waits for the tick as one text."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        texts, self._waiting = self._waiting, []
        if texts:
            self._flushed_at = self._loop.time()
            self.broadcast(texts[0] if len(texts) == 1 else _batch(texts))

    def broadcast(self, text: str) -> None:
        """Queue one text for everybody who is seated now, after all texts before it."""
        if self._fan is None and len(self.seats) <= SLICE:
            for seat in list(self.seats):
                seat.outbox.push(text)
            return
        self._queue.append((text, list(self.seats)))
        if self._fan is None:
            self._fan = asyncio.create_task(self._fan_out())

    # --- Newcomers ---------------------------------------------------------------------------------------
    async def welcome(self, seat: Seat, *, epoch: str, seq: int) -> None:
        """Send `hello`, exactly what was missed or a snapshot, and seat the viewer in the same instant."""
        self.arriving += 1
        try:
            # Who is seated already may ask again and again: that is answered from memory, never by the log.
            seated = seat in self.seats
            texts = self._after(epoch, seq) if seated else await self._missed(epoch, seq)
            await self._welcome(seat, _if_short(texts))
        finally:
            self.arriving -= 1

    async def _welcome(self, seat: Seat, texts: list[str] | None) -> None:
        snapshot = None if texts is not None else await self._snapshot()
        # From here to the end nothing waits: no frame can slip in between.
        self.flush()
        if texts is None:
            seat.outbox.push(self._hello(seat, frames_text="[]", snapshot=snapshot or "null"))
        else:
            seat.outbox.push(self._hello(seat, frames_text=f"[{','.join(texts)}]", snapshot="null"))
        self.seats.add(seat)

    async def _missed(self, epoch: str, seq: int) -> list[str] | None:
        """The texts after `seq` up to the head; None when only a snapshot helps."""
        tail = self._after(epoch, seq)
        if tail is not None or not epoch:
            return tail
        rows = await self._source.since(self.room, epoch, seq)
        if rows is None:
            return None
        reached = seq + len(rows)
        tail = [] if epoch == self.epoch and reached >= self.head else self._after(epoch, reached)
        return None if tail is None else [row.text for row in rows] + tail

    async def _snapshot(self) -> str:
        """The room as of the head or later: the last one read, and the frames since."""
        while True:
            base = await self._fresh_base()
            # A later or another log than ours: the clock will bring this feed there, its viewers too.
            if base["epoch"] != self.epoch or base["head"] >= self.head:
                break
            tail = self._after(base["epoch"], base["head"])
            if tail is not None:
                base = self._base = fold(base, map(json.loads, tail))
                break
            self._base = None
        return frames.dump({**base, "presence": self.presence, "now": _now()})

    async def _fresh_base(self) -> JSON:
        async with self._loading:
            if self._base is None or self._loop.time() - self._base_at > BASE_SECONDS:
                self._base = await self._source.snapshot(self.room)
                self._base_at = self._loop.time()
                self.presence = self._base["presence"]
            return self._base

    def _hello(self, seat: Seat, *, frames_text: str, snapshot: str) -> str:
        start = frames.dump(
            {
                "type": frames.Hello.TYPE,
                "recovered": snapshot == "null",
                "epoch": self.epoch,
                "head": self.head,
                "now": _now(),
                "you": seat.you,
            }
        )
        return f'{start[:-1]},"frames":{frames_text},"snapshot":{snapshot}}}'

    # --- Inside ------------------------------------------------------------------------------------------
    def heartbeat(self) -> str:
        """Where the log stands, so that whoever missed a frame knows."""
        head = max(self.head, self.log_head)
        return frames.dump(frames.unsequenced(frames.Heartbeat(self.epoch, head, _now())))

    def counts(self) -> tuple[int, int]:
        """(people, rehearsal crowd), each counted once however many windows they have open."""
        people = {seat.viewer_key for seat in self.seats if seat.audience and not seat.crowd}
        return len(people), len({seat.viewer_key for seat in self.seats if seat.crowd})

    def _remember(self, logged: Logged) -> None:
        # A deleted line must not be replayed: the log has it without its words, so let the log answer.
        if logged.type == frames.ChatDeleted.TYPE:
            self._ring.clear()
        self._ring.append(logged)

    def _enqueue(self, logged: Logged) -> None:
        self._waiting.append(logged.text)
        due = self._flushed_at + TICK
        if logged.type not in frames.MAY_WAIT or self._loop.time() >= due:
            self.flush()
        elif self._timer is None:
            self._timer = self._loop.call_at(due, self.flush)

    def _after(self, epoch: str, seq: int) -> list[str] | None:
        """The texts after `seq` from memory; None when it does not reach back that far."""
        if epoch != self.epoch or seq > self.head:
            return None
        texts = [logged.text for logged in self._ring if logged.seq > seq]
        return texts if len(texts) == self.head - seq else None

    async def _start_over(self) -> None:
        found = await self._source.heads([self.room])
        if self.room not in found:
            return
        self.flush()
        self.epoch, self.head = found[self.room]
        self.log_head = self.head
        self._ring.clear()
        self._base = None
        seats, self.seats = list(self.seats), set()
        for seat in seats:
            if not seat.outbox.is_cut:
                await self.welcome(seat, epoch="", seq=0)

    async def _fan_out(self) -> None:
        while self._queue:
            text, seats = self._queue.popleft()
            for number, seat in enumerate(seats, 1):
                seat.outbox.push(text)
                if number % SLICE == 0:
                    await asyncio.sleep(0)
        self._fan = None


def _batch(texts: list[str]) -> str:
    return f'{{"type":"{frames.Batch.TYPE}","frames":[{",".join(texts)}]}}'


def _if_short(texts: list[str] | None) -> list[str] | None:
    return texts if texts is not None and sum(map(len, texts)) <= MAX_MISSED else None


def _now() -> int:
    return round(time() * 1000)
