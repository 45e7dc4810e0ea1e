"""One room in one process: its viewers, the last frames, and the tick by which they leave.

A feed sends every frame once, in order, without holes: what the layer loses, doubles or shuffles is mended
from the log before a viewer sees it. All methods belong to one event loop.
"""

import asyncio
import json
from collections import deque
from time import time
from typing import Any

from livechat.wire import frames, pace
from livechat.wire.announce import Logged
from livechat.wire.audience import Audience
from livechat.wire.fold import fold, with_lines
from livechat.wire.pace import Desk
from livechat.wire.parcel import Parcel
from livechat.wire.responses import Responses
from livechat.wire.seats import Seat, Seats
from livechat.wire.source import Source

JSON = dict[str, Any]
RING = 512
POLLS = frozenset({frames.PollOpened.TYPE, frames.PollClosed.TYPE})
# More viewers than this are served in slices, so that accepting and answering go on in between.
SLICE = 500
TAKEN_AWAY = {frames.ChatDeleted.TYPE, frames.ChatCleared.TYPE, frames.QuestionRemoved.TYPE}
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
        self.audience, self.responses = Audience(room), Responses()
        self._source = source
        self._loop = asyncio.get_running_loop()
        self._ring: deque[Logged] = deque(maxlen=RING)
        self._desk = Desk(now=self._loop.time())
        self._timer: asyncio.TimerHandle | None = None
        self._due = self._flushed_at = 0.0
        self._queue: deque[tuple[Parcel, dict[str, Parcel], list[Seat]]] = deque()
        self._fan: asyncio.Task[None] | None = None
        self._base: JSON | None = None
        self._base_at = 0.0
        # Who has lines only they see; a newcomer among them is asked about, nobody else.
        self._hidden_people: set[str] = set()
        self._mending = asyncio.Lock()
        self._loading = asyncio.Lock()
        self._reading = asyncio.Lock()

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
        """Send what waits as one text; whoever has a line of their own gets it in its place."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now = self._loop.time()
        if leaving := self._desk.clear(now=now, is_here=lambda key: bool(self.seats.of(key))):
            self._flushed_at = now
            self._broadcast(*leaving)

    def tell_all(self, text: str, *, may_be_shed: bool = False) -> None:
        """Send one text outside the log to everybody who is seated now.

        What may be shed has no order and leaves the tick alone; anything else comes after all that waits.
        """
        if not may_be_shed:
            self.flush()
        next_ = self.head + 1
        parcel = Parcel(text, epoch=self.epoch, first=next_, through=self.head, aside=not may_be_shed)
        self._broadcast(parcel, {})

    def note_author(self, line: str, viewer_key: str) -> None:
        """The line with this id is this person's: shown to them, as are answers to it, in any crowd."""
        self._desk.note_author(line, viewer_key)

    def _broadcast(self, parcel: Parcel, own: dict[str, Parcel]) -> None:
        if self._fan is None and len(self.seats) <= SLICE:
            _offer(parcel, own, list(self.seats))
            return
        self._queue.append((parcel, own, list(self.seats)))
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
            seat.outbox.welcome(self._hello(seat, frames_text="[]", snapshot=snapshot or "null"))
        else:
            seat.outbox.welcome(self._hello(seat, frames_text=f"[{','.join(texts)}]", snapshot="null"))
            # No snapshot tells them how many are here, and the next change may be long in coming.
            seat.outbox.push(frames.dump(frames.unsequenced(frames.Presence(**self.presence))))
        if self.responses.tally:
            seat.outbox.push(self.responses.tally)
        self.seats.add(seat)

    async def _missed(self, epoch: str, seq: int) -> list[Logged] | None:
        """The frames after `seq` up to the head; None when only a snapshot helps.

        A crowd that comes back missed the same: one asks the log, the others find its answer here.
        """
        async with self._reading:
            tail = self._after(epoch, seq)
            return tail if tail is not None or not epoch else await self._read(epoch, seq)

    async def _read(self, epoch: str, seq: int) -> list[Logged] | None:
        rows = await self._source.since(self.room, epoch, seq)
        if rows is None:
            return None
        reached = seq + len(rows)
        tail = [] if epoch == self.epoch and reached >= self.head else self._after(epoch, reached)
        if any(logged.type in TAKEN_AWAY for logged in tail or ()):
            # Taken away while the log was being read: it has to be read again, without the words.
            return await self._read(epoch, seq)
        self._lengthen(rows)
        return None if tail is None else rows + tail

    def _lengthen(self, rows: list[Logged]) -> None:
        """Let the memory reach back as far as the log was just read, without a hole and within its bound."""
        first = self._ring[0].seq if self._ring else self.head + 1
        older = [logged for logged in rows if logged.epoch == self.epoch and logged.seq < first]
        if older and older[-1].seq == first - 1:
            self._ring = deque([*older, *self._ring], maxlen=RING)

    async def _snapshot(self, viewer_key: str) -> str:
        """The room as this viewer may see it, as of the head or later."""
        base = await self._public_snapshot()
        if viewer_key in self._hidden_people:
            hidden = await self._source.hidden(self.room, viewer_key)
            # Asking took a moment, in which the room went on.
            base = with_lines(await self._public_snapshot(), hidden)
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
            while self._base is None or self._loop.time() - self._base_at > BASE_SECONDS:
                epoch = self.epoch
                self._hidden_people |= await self._source.hidden_people(self.room)
                base = await self._source.snapshot(self.room)
                # Of a log that was restarted meanwhile it would be a rehearsal shown to the audience.
                if epoch == self.epoch:
                    self._base, self._base_at = base, self._loop.time()
                    self.presence = base["presence"]
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
                "again": seat.again,
            }
        )
        return f'{start[:-1]},"frames":{frames_text},"snapshot":{snapshot}}}'

    # --- Inside ------------------------------------------------------------------------------------------
    def heartbeat(self) -> str:
        """Where the log stands, so that whoever missed a frame knows."""
        head = max(self.head, self.log_head)
        return frames.dump(frames.unsequenced(frames.Heartbeat(self.epoch, head, _now())))

    def _remember(self, logged: Logged) -> None:
        if logged.type in POLLS:
            self.responses.tally, self.responses.has_news = "", True
        # What was taken away must not be replayed: the log has it without its words, so let the log answer.
        if logged.type in TAKEN_AWAY:
            self._ring.clear()
        self._ring.append(logged)
        if logged.own is not None:
            self._hidden_people.add(logged.own[0])

    def _enqueue(self, logged: Logged) -> None:
        """Urgent frames leave in this turn of the loop with all that waits before them, lines by the tick."""
        self._desk.add(logged)
        now = self._loop.time()
        due = now if logged.type not in pace.MAY_WAIT else self._next_tick()
        if self._timer is None or due < self._due:
            if self._timer is not None:
                self._timer.cancel()
            self._due = due
            self._timer = self._loop.call_later(max(0.0, due - now), self.flush)

    def _next_tick(self) -> float:
        return self._flushed_at + pace.tick(self.presence["viewers"])

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
            parcel, own, seats = self._queue.popleft()
            for start in range(0, len(seats), SLICE):
                _offer(parcel, own, seats[start : start + SLICE])
                await asyncio.sleep(0)
        self._fan = None


def _offer(parcel: Parcel, own: dict[str, Parcel], seats: list[Seat]) -> None:
    if own:
        for seat in seats:
            seat.outbox.offer(own.get(seat.viewer_key, parcel))
        return
    for seat in seats:
        seat.outbox.offer(parcel)


def _if_short(texts: list[str] | None) -> list[str] | None:
    return texts if texts is not None and sum(map(len, texts)) <= MAX_MISSED else None


def _now() -> int:
    return round(time() * 1000)
