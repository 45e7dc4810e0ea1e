"""The hub's count of people: told to the record, and what came of it told to the rooms."""

import asyncio
from collections.abc import Mapping
from time import time
from typing import Any

from livechat.wire import frames
from livechat.wire.announce import STAFF
from livechat.wire.audience import NAMED_AT_MOST, shown
from livechat.wire.feed import Feed
from livechat.wire.source import Source

AT_MOST = 1.0
# A large room, and one where nobody came or went, is counted this often; people at work are told as often.
AT_LEAST = 5.0
# How often the record is asked who is faster than hands are.
CHECK_HANDS = 15.0


class Census:
    """Belongs to one hub and its event loop."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._clock = asyncio.get_running_loop().time
        self._taken_at = self._hands_at = self._told_at = 0.0
        self._seats: dict[int, int] = {}

    async def take(self, feeds: Mapping[int, Feed]) -> None:
        """Count, when it is time to. Raises what the record raises."""
        now, seats = self._clock(), {room: len(feed.seats) for room, feed in feeds.items()}
        pause = AT_MOST if _small(seats) != _small(self._seats) else AT_LEAST
        if now - self._taken_at < pause:
            return
        self._taken_at, self._seats = now, seats
        if now - self._hands_at >= CHECK_HANDS:
            self._hands_at = now
            await self._check_hands(feeds)
        await self.report(feeds)
        if now - self._told_at >= AT_LEAST:
            self._told_at = now
            await self._tell_staff(feeds)

    async def report(self, feeds: Mapping[int, Feed]) -> None:
        """Tell the record who is here, and the rooms what all processes hold together."""
        now = time()
        reports = {room: feed.audience.report(feed.seats, now=now) for room, feed in feeds.items()}
        for room, totals in (await self._source.report(reports)).items():
            feed = feeds.get(room)
            if feed is None:
                continue
            feed.audience.learn(totals, now=now)
            if feed.presence != (seen := shown(totals)):
                feed.presence = seen
                feed.tell_all(frames.dump(frames.unsequenced(frames.Presence(**seen))))

    async def _check_hands(self, feeds: Mapping[int, Feed]) -> None:
        for room, viewer_keys in (await self._source.scripted(list(feeds))).items():
            if feed := feeds.get(room):
                feed.audience.suspect_scripted(viewer_keys)

    async def _tell_staff(self, feeds: Mapping[int, Feed]) -> None:
        at_work = {room: feed for room, feed in feeds.items() if feed.seats.addressed(STAFF)}
        if not at_work:
            return
        talk = await self._source.talk(list(at_work))
        for room, feed in at_work.items():
            if feed.audience.totals is None:
                continue
            text = frames.dump(frames.unsequenced(_audience(feed.audience.totals, talk.get(room, (0, 0)))))
            for seat in feed.seats.addressed(STAFF):
                seat.outbox.push(text)


def _small(seats: dict[int, int]) -> dict[int, int]:
    return {room: held for room, held in seats.items() if held <= NAMED_AT_MOST}


def _audience(totals: dict[str, Any], talk: tuple[int, int]) -> frames.Audience:
    told = {name: totals[name] for name in ("viewers", "rehearsal", "suspected", "lag", "slowest")}
    return frames.Audience(**told, product_lines=talk[0], fan_lines=talk[1])
