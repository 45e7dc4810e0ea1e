"""Once a second and room: a burst of reactions, and the tally of a poll that has new votes."""

import asyncio
from collections.abc import Mapping

from livechat.wire import announce, frames
from livechat.wire.feed import Feed
from livechat.wire.responses import Counts
from livechat.wire.source import Source

BEAT = 1.0
# Votes another process took are heard of through the layer; without one, this is how late they are.
LOOK_AGAIN = 5.0


class Pulse:
    """Belongs to one hub and its event loop."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._clock = asyncio.get_running_loop().time
        self._beat_at = self._looked_at = 0.0
        # Counted, but not written yet: the record was away.
        self._unwritten: dict[int, Counts] = {}

    async def beat(self, feeds: Mapping[int, Feed]) -> None:
        """Send and write down what came since the last beat. Raises what the record raises."""
        now = self._clock()
        # What the last viewer gave is not lost with their seat.
        empty = any(not feed.seats for feed in feeds.values())
        if now - self._beat_at < BEAT and not empty:
            return
        self._beat_at = now
        for feed in feeds.values():
            self._burst(feed)
        if self._unwritten:
            given, self._unwritten = self._unwritten, {}
            await self._write(given)
        await self._tally(feeds, now=now)

    def _burst(self, feed: Feed) -> None:
        burst = feed.responses.take()
        if burst.ours or burst.ours_crowd:
            announce.note(feed.room, {"taps": burst.ours, "crowd": burst.ours_crowd})
        if burst.shown or burst.shown_crowd:
            text = frames.dump(frames.unsequenced(frames.Reactions(burst.shown, burst.shown_crowd)))
            feed.tell_all(text, may_be_shed=True)
        if burst.people:
            _add(self._unwritten.setdefault(feed.room, {}), burst.people)

    async def _write(self, given: dict[int, Counts]) -> None:
        try:
            await self._source.react(given)
        except Exception:
            for room, counts in given.items():
                _add(self._unwritten.setdefault(room, {}), counts)
            raise

    async def _tally(self, feeds: Mapping[int, Feed], *, now: float) -> None:
        again = now - self._looked_at >= LOOK_AGAIN
        asked = [room for room, feed in feeds.items() if again or feed.responses.has_news]
        if again:
            self._looked_at = now
        if not asked:
            return
        for room in asked:
            feeds[room].responses.has_news = False
        found = await self._source.tallies(asked)
        for room in asked:
            if feed := feeds.get(room):
                tally = found.get(room)
                text = frames.dump(frames.unsequenced(frames.PollTally(**tally))) if tally else ""
                if text and text != feed.responses.tally:
                    feed.tell_all(text)
                feed.responses.tally = text


def hear(feed: Feed, note: dict[str, Counts | bool]) -> None:
    """Another process's note: taps it took, or that it took votes."""
    taps, crowd = note.get("taps"), note.get("crowd")
    if isinstance(taps, dict) and isinstance(crowd, dict):
        feed.responses.hear(taps, crowd)
    if note.get("votes"):
        feed.responses.has_news = True


def _add(into: Counts, counts: Counts) -> None:
    for kind, times in counts.items():
        into[kind] = into.get(kind, 0) + times
