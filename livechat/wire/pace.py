"""The pace of a room: what waits for the tick, and how much chat one person can read."""

import json
from collections.abc import Callable, Iterator

from livechat.wire import frames
from livechat.wire.announce import Logged
from livechat.wire.parcel import MAY_BE_SHED, Parcel, batch, skipped
from livechat.wire.throttle import Bucket

# Seconds between two batches of chat; above so many viewers the longer one.
TICK, CROWD_TICK = 0.1, 0.25
CROWD = 50_000
# Nobody reads more lines a second than this; the rest is in the log. 0 shows all.
LINES_PER_SECOND = 30.0
# A skip may be somebody's own line: it travels as lines do, so that nothing tells the two apart.
MAY_WAIT = frames.MAY_WAIT | {frames.Skip.TYPE}
# Of so many lines it is remembered whose they are: to these people they and answers to them are shown.
AUTHORS = 1_024

Reading = dict[str, set[int]]


def tick(viewers: int) -> float:
    """Seconds between batches in a room of so many people."""
    return max(TICK, CROWD_TICK) if viewers > CROWD else TICK


class Desk:
    """The frames of one room that wait to leave, and which of them are shown. Times are monotonic."""

    def __init__(self, *, now: float) -> None:
        self._waiting: list[Logged] = []
        self._bucket = Bucket(now=now, rate=LINES_PER_SECOND, burst=LINES_PER_SECOND)
        self._authors: dict[str, str] = {}

    def add(self, logged: Logged) -> None:
        """Take the next frame."""
        self._waiting.append(logged)

    def note_author(self, line: str, viewer_key: str) -> None:
        """The line with this id is this person's."""
        self._authors[line] = viewer_key
        if len(self._authors) > AUTHORS:
            del self._authors[next(iter(self._authors))]

    def clear(self, *, now: float, is_here: Callable[[str], bool]) -> tuple[Parcel, dict[str, Parcel]] | None:
        """What leaves now: for everybody, and {viewer key: what that person gets instead}. None: nothing."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return None
        left_out, reading = self._sample(waiting, now)
        for logged in waiting:
            if logged.own is not None:
                reading.setdefault(logged.own[0], set())
        own = {key: _pack(waiting, left_out - shown, key) for key, shown in reading.items() if is_here(key)}
        return _pack(waiting, left_out), own

    def _sample(self, waiting: list[Logged], now: float) -> tuple[set[int], Reading]:
        """The places left out, and of these what is shown to whom all the same."""
        left_out: set[int] = set()
        reading: Reading = {}
        for logged in waiting:
            if logged.type != frames.ChatPosted.TYPE or not LINES_PER_SECOND or self._bucket.take(now):
                continue
            line = json.loads(logged.text)
            if line["badge"]:
                continue
            left_out.add(logged.seq)
            for about in (line["id"], line["reply"]):
                if about in self._authors:
                    reading.setdefault(self._authors[about], set()).add(logged.seq)
        return left_out, reading


def _pack(waiting: list[Logged], left_out: set[int], viewer_key: str = "") -> Parcel:
    state = ((row.seq, row.text) for row in waiting if row.type not in MAY_BE_SHED)
    return Parcel(
        batch(_texts(waiting, left_out, viewer_key)),
        epoch=waiting[0].epoch,
        first=waiting[0].seq,
        through=waiting[-1].seq,
        state=tuple(state),
        is_shared=not viewer_key,
    )


def _texts(waiting: list[Logged], left_out: set[int], viewer_key: str) -> Iterator[str]:
    start = 0
    for logged in waiting:
        if logged.seq in left_out:
            start = start or logged.seq
            continue
        if start:
            yield skipped(logged.epoch, start, logged.seq - 1)
            start = 0
        yield logged.text_for(viewer_key)
    if start:
        yield skipped(waiting[-1].epoch, start, waiting[-1].seq)
