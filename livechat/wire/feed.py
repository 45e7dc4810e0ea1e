"""One room in one process: its viewers, the last frames, and the tick by which they leave.

A feed sends every frame once, in order, without holes: what the layer loses, doubles or shuffles is mended
from the log before a viewer sees it. All methods belong to one event loop.
"""

import asyncio
import json
from collections import deque
from time import time
from typing import Any

from livechat.wire import frames
from livechat.wire.announce import Logged
from livechat.wire.fold import CHAT_LINES, fold
from livechat.wire.seats import Seat, Seats
from livechat.wire.source import Source

JSON = dict[str, Any]
RING = 512
TICK = 0.1
# A skip may be somebody's own line: it travels as lines do, so that nothing tells the two apart.
MAY_WAIT = frames.MAY_WAIT | {frames.Skip.TYPE}
# More viewers than this are served in slices, so that accepting and answering go on in between.
SLICE = 500
# What no frame tells (a title, a portrait) is at most this old for a newcomer.
BASE_SECONDS = 30.0
# Beyond this many characters of missed frames a snapshot is the shorter answer.
MAX_MISSED = 262_144


class Feed:
    """See the module. `epoch` and `head` are where the viewers of this feed stand."""

    def __init__(self, room: int, source: Source, *, epoch: str, head: int) -> None:
        self.room, self.epoch, self.head = room, epoch, head
        self.seats = Seats()
        # What the database said last; ahead of `head` while frames are on their way.
        self.log_head = head
        # Viewers between the door and their seat: the feed must not close under them.
        self.arriving = 0
        self.presence: JSON = {"viewers": 0, "rehearsal": 0}
        self._source = source
        self._loop = asyncio.get_running_loop()
        self._ring: deque[Logged] = deque(maxlen=RING)
        self._waiting: list[Logged] = []
        self._timer: asyncio.TimerHandle | None = None
        self._flushed_at = 0.0
        self._queue: deque[tuple[str, dict[str, str], list[Seat]]] = deque()
        self._fan: asyncio.Task[None] | None = None
        self._base: JSON | None = None
        self._base_at = 0.0
        # Who has lines only they see; a newcomer among them is asked about, nobody else.
        self._hidden_people: set[str] = set()
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
        """Send what waits for the tick as one text; whoever has a line of their own gets it in its place."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._flushed_at = self._loop.time()
            owners = {logged.own[0] for logged in waiting if logged.own and self.seats.of(logged.own[0])}
            own = {key: _batch([logged.text_for(key) for logged in waiting]) for key in owners}
            self.broadcast(_batch([logged.text for logged in waiting]), own)

    def broadcast(self, text: str, own: dict[str, str] | None = None) -> None:
        """Queue one text for everybody who is seated now, after all texts before it.

        `own` is {viewer key: text}: what these people get in its place.
        """
        own = own or {}
        if self._fan is None and len(self.seats) <= SLICE:
            for seat in self.seats:
                seat.outbox.push(own.get(seat.viewer_key, text))
            return
        self._queue.append((text, own, list(self.seats)))
        if self._fan is None:
            self._fan = asyncio.create_task(self._fan_out())

    # --- Newcomers ---------------------------------------------------------------------------------------
    async def welcome(self, seat: Seat, *, epoch: str, seq: int) -> None:
        """Send `hello`, exactly what was missed or a snapshot, and seat the viewer in the same instant."""
        self.arriving += 1
        try:
            # Who is seated already may ask again and again: that is answered from memory, never by the log.
            seated = seat in self.seats
            missed = self._after(epoch, seq) if seated else await self._missed(epoch, seq)
            texts = None if missed is None else [logged.text_for(seat.viewer_key) for logged in missed]
            await self._welcome(seat, _if_short(texts))
        finally:
            self.arriving -= 1

    async def _welcome(self, seat: Seat, texts: list[str] | None) -> None:
        snapshot = None if texts is not None else await self._snapshot(seat.viewer_key)
        # From here to the end nothing waits: no frame can slip in between.
        self.flush()
        if texts is None:
            seat.outbox.push(self._hello(seat, frames_text="[]", snapshot=snapshot or "null"))
        else:
            seat.outbox.push(self._hello(seat, frames_text=f"[{','.join(texts)}]", snapshot="null"))
        self.seats.add(seat)

    async def _missed(self, epoch: str, seq: int) -> list[Logged] | None:
        """The frames after `seq` up to the head; None when only a snapshot helps."""
        tail = self._after(epoch, seq)
        if tail is not None or not epoch:
            return tail
        rows = await self._source.since(self.room, epoch, seq)
        if rows is None:
            return None
        reached = seq + len(rows)
        tail = [] if epoch == self.epoch and reached >= self.head else self._after(epoch, reached)
        return None if tail is None else rows + tail

    async def _snapshot(self, viewer_key: str) -> str:
        """The room as this viewer may see it, as of the head or later."""
        base = await self._public_snapshot()
        if viewer_key in self._hidden_people:
            hidden = await self._source.hidden(self.room, viewer_key)
            # Asking took a moment, in which the room went on.
            base = _with_lines(await self._public_snapshot(), hidden)
        return frames.dump({**base, "presence": self.presence, "now": _now()})

    async def _public_snapshot(self) -> JSON:
        """The last one read, and the frames since."""
        while True:
            base = await self._fresh_base()
            # A later or another log than ours: the clock will bring this feed there, its viewers too.
            if base["epoch"] != self.epoch or base["head"] >= self.head:
                return base
            tail = self._after(base["epoch"], base["head"])
            if tail is not None:
                self._base = fold(base, (json.loads(logged.text) for logged in tail))
                return self._base
            self._base = None

    async def _fresh_base(self) -> JSON:
        async with self._loading:
            if self._base is None or self._loop.time() - self._base_at > BASE_SECONDS:
                self._hidden_people |= await self._source.hidden_people(self.room)
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

    def _remember(self, logged: Logged) -> None:
        # A deleted line must not be replayed: the log has it without its words, so let the log answer.
        if logged.type == frames.ChatDeleted.TYPE:
            self._ring.clear()
        self._ring.append(logged)
        if logged.own is not None:
            self._hidden_people.add(logged.own[0])

    def _enqueue(self, logged: Logged) -> None:
        self._waiting.append(logged)
        due = self._flushed_at + TICK
        if logged.type not in MAY_WAIT or self._loop.time() >= due:
            self.flush()
        elif self._timer is None:
            self._timer = self._loop.call_at(due, self.flush)

    def _after(self, epoch: str, seq: int) -> list[Logged] | None:
        """The frames after `seq` from memory; None when it does not reach back that far."""
        if epoch != self.epoch or seq > self.head:
            return None
        found = [logged for logged in self._ring if logged.seq > seq]
        return found if len(found) == self.head - seq else None

    async def _start_over(self) -> None:
        found = await self._source.heads([self.room])
        if self.room not in found:
            return
        self.flush()
        self.epoch, self.head = found[self.room]
        self.log_head = self.head
        self._ring.clear()
        self._base = None
        seats = list(self.seats)
        self.seats.clear()
        for seat in seats:
            if not seat.outbox.is_cut:
                await self.welcome(seat, epoch="", seq=0)

    async def _fan_out(self) -> None:
        while self._queue:
            text, own, seats = self._queue.popleft()
            for number, seat in enumerate(seats, 1):
                seat.outbox.push(own.get(seat.viewer_key, text))
                if number % SLICE == 0:
                    await asyncio.sleep(0)
        self._fan = None


def _batch(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return f'{{"type":"{frames.Batch.TYPE}","frames":[{",".join(texts)}]}}'


def _with_lines(base: JSON, hidden: list[JSON]) -> JSON:
    """The snapshot with lines only its reader sees, each where its time puts it."""
    known = {line["id"] for line in base["chat"]}
    lines = [*base["chat"], *(line for line in hidden if line["id"] not in known)]
    return {**base, "chat": sorted(lines, key=lambda line: line["at"])[-CHAT_LINES:]}


def _if_short(texts: list[str] | None) -> list[str] | None:
    return texts if texts is not None and sum(map(len, texts)) <= MAX_MISSED else None


def _now() -> int:
    return round(time() * 1000)
