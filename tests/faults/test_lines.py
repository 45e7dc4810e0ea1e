"""F25, F26, F27, F28: what phones and their networks do. Clients flap, sleep, crawl and vanish."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import transaction

from livechat.domain import log
from livechat.domain.snapshot import snapshot
from livechat.models import Room, RoomPresence
from livechat.wire.codes import Close
from tests.faults.viewers import all_online, percentile, until, watching
from tests.faults.world import (
    Host,
    assert_all_saw,
    caught_up,
    in_thread,
    lag_of,
    memory_of,
    pins_in_database,
)

pytestmark = [pytest.mark.race, pytest.mark.faults]
CYCLES = 20
SLOW_BYTES = 1_000
# What the server may keep for two slow readers: their queues, and what Python takes for it.
MOST_GROWTH = 8 * 1_048_576


def append(show, count):
    """Frames that change nothing, for their number and size."""
    now = datetime.now(UTC)
    with transaction.atomic():
        room = Room.objects.get(pk=show.room.pk)
        settings = snapshot(room, now=now)["settings"]
        for _ in range(count):
            log.append(room, "room.settings", settings, now=now)


def test_f25_a_line_that_comes_and_goes_twenty_times_ends_with_the_room_as_it_is(
    show, start, proxied, report
):
    server = start()
    proxy = proxied(server.port)
    viewers = show.audience(10, [proxy.port])
    host = Host(show, [server.port], every=0.2)

    async def play():
        async with watching(viewers):
            working = asyncio.create_task(host.work())
            for _ in range(CYCLES):
                proxy.down()
                seen = len(host.accepted)
                await until(lambda due=seen: len(host.accepted) > due, within=10)
                proxy.up()
                await all_online(viewers, within=15)
            working.cancel()
            await caught_up(show, viewers, within=10)
            await assert_all_saw(show, viewers, list(host.accepted))

    asyncio.run(play())
    back = [seconds for viewer in viewers for seconds, _recovered in viewer.returns]
    report(returns=len(back), p95=percentile(back, 0.95), pins=len(host.accepted))
    assert len(back) >= CYCLES * len(viewers)
    assert all(recovered for viewer in viewers for _seconds, recovered in viewer.returns)


def test_f26_away_beyond_the_window_the_screen_is_the_database_within_two_seconds(
    show, start, proxied, report
):
    proxy = proxied(start().port)
    (viewer,) = show.audience(1, [proxy.port])

    def go_on_without():
        append(show, log.KEEP_FRAMES + 10)
        log.trim(Room.objects.get(pk=show.room.pk), now=datetime.now(UTC))

    async def play():
        async with watching([viewer]):
            proxy.down()
            await until(lambda: not viewer.online.is_set(), within=5)
            await in_thread(go_on_without)
            proxy.up()
            await all_online([viewer], within=15)
            connected = time.monotonic()
            await assert_all_saw(show, [viewer], [])
            return time.monotonic() - connected

    took = asyncio.run(play())
    report(seconds=took)
    assert [recovered for _seconds, recovered in viewer.returns] == [False]
    assert took <= 2.0


def test_f27_slow_readers_are_cut_and_come_back_and_nobody_else_notices(show, start, proxied, report):
    server = start()
    proxy = proxied(server.port, buffer=4_096)
    sound = show.audience(18, [server.port])
    slow = show.audience(2, [proxy.port], keeps_state=False)
    host = Host(show, [server.port])

    async def pinning(count):
        """The lag of `count` pins on sound lines, while the room is busy."""
        known = set(host.accepted)
        for number in range(count):
            await host.pin(show.items[number % len(show.items)])
            await in_thread(append, show, 60)
        await caught_up(show, sound, within=10)
        return lag_of(sound, {pin: at for pin, at in host.accepted.items() if pin not in known})

    async def play():
        async with watching([*sound, *slow]):
            quiet = await pinning(40)
            weight = memory_of(server)
            proxy.set(bandwidth=SLOW_BYTES)
            busy = await pinning(40)
            async with asyncio.timeout(60):
                while not all(one.codes for one in slow):
                    await pinning(5)
            grown = memory_of(server) - weight
            proxy.set(bandwidth=None)
            await all_online(slow, within=40)
            await caught_up(show, [*sound, *slow], within=20)
            await assert_all_saw(show, [*sound, *slow], list(host.accepted))
            return quiet, busy, grown

    quiet, busy, grown = asyncio.run(play())
    before, during = percentile(quiet, 0.99), percentile(busy, 0.99)
    report(p99_before=before, p99_during=during, grown=grown, codes=[one.codes for one in slow])
    assert [code for one in sound for code in one.codes] == []
    # Who reads nothing does not hear the code either; a line that only crawls may.
    assert {code for one in slow for code in one.codes} <= {Close.SLOW_READER, 1006}
    assert during <= before * 1.1 + 0.03
    assert grown < MOST_GROWTH
    assert set(host.accepted) <= pins_in_database(show)


def test_f28_a_line_that_says_nothing_more_is_found_and_its_viewers_are_not_counted(
    show, start, proxied, report
):
    server = start()
    proxy = proxied(server.port)
    stays = show.audience(2, [server.port])
    gone = show.audience(5, [proxy.port])

    def counted():
        return sum(RoomPresence.objects.values_list("viewers", flat=True))

    async def count_becomes(wanted, *, within):
        started = time.monotonic()
        async with asyncio.timeout(within):
            while await in_thread(counted) != wanted:
                await asyncio.sleep(0.2)
        return time.monotonic() - started

    async def play():
        async with watching([*stays, *gone]):
            await count_becomes(7, within=15)
            proxy.set(vanish=True)
            took = await count_becomes(2, within=60)
            with suppress(TimeoutError):
                await until(lambda: proxy.connections == 0, within=1)
            return took

    took = asyncio.run(play())
    report(seconds=took)
    assert took <= 45
    assert [code for one in stays for code in one.codes] == []
