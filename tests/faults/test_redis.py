"""F07, F08, F09, F10, F36: Redis is killed, emptied, away, hanging, or out of reach. The show goes on."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator

import pytest
from django.db import connections

from tests.faults.viewers import percentile, request, until, watching
from tests.faults.world import (
    Buyer,
    Host,
    assert_all_saw,
    caught_up,
    guest_sessions,
    lag_of,
    pins_in_database,
)

pytestmark = [pytest.mark.race, pytest.mark.services, pytest.mark.faults]
VIEWERS = 20
BUYERS = 3
DOWN_SECONDS = 60
HANG_SECONDS = 10


class Stage:
    """A show with a pinning host, buyers and viewers on these ports."""

    def __init__(self, show, ports):
        self.show = show
        self.viewers = show.audience(VIEWERS, ports)
        self.host = Host(show, ports, every=0.5)
        self.buyers = [
            Buyer(show, session, ports[n % len(ports)]) for n, session in enumerate(guest_sessions(BUYERS))
        ]

    @contextlib.asynccontextmanager
    async def playing(self) -> AsyncIterator[None]:
        """Everybody at work; the end waits until the viewers have seen all, then compares."""
        async with watching(self.viewers):
            work = [asyncio.create_task(one.work()) for one in [self.host, *self.buyers]]
            await until(lambda: len(self.host.accepted) >= 3, within=20)
            try:
                yield
            finally:
                for task in work:
                    task.cancel()
                ended = await asyncio.gather(*work, return_exceptions=True)
            assert [one for one in ended if not isinstance(one, asyncio.CancelledError)] == []
            await caught_up(self.show, self.viewers, within=10)
            await assert_all_saw(self.show, self.viewers, list(self.host.accepted))

    async def pinned_on(self, count: int, *, within: float) -> None:
        """Wait until `count` more pins were accepted and seen by everybody."""
        due = len(self.host.accepted) + count
        await until(lambda: len(self.host.accepted) >= due, within=within)
        wanted = list(self.host.accepted)[:due]
        await until(lambda: all(set(wanted) <= set(one.pins) for one in self.viewers), within=within)

    def since(self, moment: float) -> list[float]:
        """The lag of every pin asked for since `moment`."""
        return lag_of(self.viewers, {pin: at for pin, at in self.host.accepted.items() if at >= moment})

    def statuses(self) -> set[int]:
        return {*self.host.statuses, *(status for one in self.buyers for status in one.statuses)}

    def seconds(self) -> list[float]:
        return self.host.seconds + [took for one in self.buyers for took in one.seconds]

    def assert_nobody_noticed(self) -> None:
        """Every pin and order was taken, nobody was refused, signed out or cut."""
        assert self.statuses() == {201}
        assert [code for one in self.viewers for code in one.codes] == []
        assert [status for one in self.viewers for status in one.refused] == []
        assert set(self.host.accepted) <= pins_in_database(self.show)


def test_f07_redis_killed_and_empty_again_leaves_nobody_deaf(show, start, redis, report):
    ports = [start(REDIS_URL=redis.url()).port for _ in range(2)]
    stage = Stage(show, ports)

    async def play():
        async with stage.playing():
            await asyncio.to_thread(redis.kill)
            killed = time.monotonic()
            await stage.pinned_on(4, within=30)
            await asyncio.to_thread(redis.start)
            back = time.monotonic()
            await stage.pinned_on(6, within=30)
            return killed, back

    killed, back = asyncio.run(play())
    lags, after = stage.since(killed), stage.since(back + 5)
    report(pins=len(stage.host.accepted), worst=max(lags), p95_after=percentile(after or [0.0], 0.95))
    assert max(lags) <= 5.0
    stage.assert_nobody_noticed()


def test_f08_a_flush_under_load_loses_no_pin_and_signs_nobody_out(show, start, redis, report):
    ports = [start(REDIS_URL=redis.url()).port for _ in range(2)]
    stage = Stage(show, ports)

    async def play():
        async with stage.playing():
            for _ in range(3):
                await asyncio.to_thread(redis.flush)
                await stage.pinned_on(3, within=20)

    asyncio.run(play())
    report(pins=len(stage.host.accepted), orders=len(stage.buyers[0].statuses), worst=max(stage.since(0)))
    stage.assert_nobody_noticed()


def test_f09_redis_away_for_a_minute_is_no_error_anywhere(show, start, redis, proxied, report):
    proxy = proxied(redis.port)
    ports = [start(REDIS_URL=redis.url(proxy.port)).port for _ in range(2)]
    stage = Stage(show, ports)

    async def play():
        async with stage.playing():
            sound = len(stage.seconds())
            await asyncio.to_thread(proxy.down)
            down = time.monotonic()
            page = await request(ports[0], "GET", f"/events/{show.slug}/", session=stage.viewers[0].session)
            await until(lambda: time.monotonic() - down >= DOWN_SECONDS, within=DOWN_SECONDS + 5)
            await asyncio.to_thread(proxy.up)
            await stage.pinned_on(3, within=20)
            return sound, down, page[0]

    _sound, down, page = asyncio.run(play())
    lags = stage.since(down)
    orders = sum(len(one.statuses) for one in stage.buyers)
    report(pins=len(lags) // VIEWERS, orders=orders, p95=percentile(lags, 0.95), worst=max(lags))
    assert page == 200
    assert percentile(lags, 0.95) <= 3.0
    stage.assert_nobody_noticed()


def test_f10_a_redis_that_hangs_costs_no_request_two_seconds(show, start, redis, report):
    ports = [start(REDIS_URL=redis.url()).port for _ in range(2)]
    stage = Stage(show, ports)

    async def play():
        async with stage.playing():
            sound = max(stage.seconds())
            first = len(stage.host.seconds), [len(one.seconds) for one in stage.buyers]
            redis.stop()
            try:
                late = await asyncio.gather(
                    *(request(port, "GET", f"/faults/lag?seconds={HANG_SECONDS - 2}") for port in ports)
                )
            finally:
                redis.resume()
            took = stage.host.seconds[first[0] :]
            for buyer, known in zip(stage.buyers, first[1], strict=True):
                took += buyer.seconds[known:]
            await stage.pinned_on(2, within=20)
            return sound, took, [json.loads(body) for _status, body in late]

    sound, took, late = asyncio.run(play())
    loops = [percentile(one, 0.99) for one in late]
    report(slowest=max(took), before=sound, lag_p99=max(loops), pin_p95=percentile(stage.since(0), 0.95))
    assert max(took) <= 2.0 + sound
    assert max(loops) < 0.2
    assert percentile(stage.since(0), 0.95) <= 3.0
    stage.assert_nobody_noticed()


def test_f36_half_the_processes_cut_off_from_redis_see_every_pin_all_the_same(
    show, start, redis, proxied, report
):
    proxy = proxied(redis.port)
    ports = [start(REDIS_URL=redis.url()).port, start(REDIS_URL=redis.url(proxy.port)).port]
    stage = Stage(show, ports)

    async def play():
        async with stage.playing():
            proxy.set(vanish=True)
            cut = time.monotonic()
            await stage.pinned_on(12, within=40)
            proxy.set(vanish=False)
            await stage.pinned_on(3, within=20)
            return cut

    lags = stage.since(asyncio.run(play()))
    report(pins=len(lags) // VIEWERS, p95=percentile(lags, 0.95), worst=max(lags))
    assert max(lags) <= 3.0
    stage.assert_nobody_noticed()
    connections.close_all()
