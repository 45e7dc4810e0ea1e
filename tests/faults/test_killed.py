"""F01, F02: web processes are killed outright."""

import asyncio
import json
import time

import pytest

from tests.faults.viewers import all_online, percentile, request, watching
from tests.faults.world import Host, assert_all_saw, caught_up, pins_in_database

pytestmark = [pytest.mark.race, pytest.mark.faults]
CROWD = 1_000
KILLS = 6


def test_f01_a_killed_process_loses_no_pin_and_its_viewers_go_elsewhere(show, start, report):
    servers = [start(), start()]
    ports = [server.port for server in servers]
    viewers = show.audience(12, ports)
    host = Host(show, ports, every=0.25)

    async def play():
        async with watching(viewers):
            working = asyncio.create_task(host.work())
            for turn in range(KILLS):
                server = servers[turn % 2]
                server.kill()
                await all_online(viewers, within=20)
                await asyncio.to_thread(server.start)
            working.cancel()
            await caught_up(show, viewers, within=10)
            await assert_all_saw(show, viewers, list(host.accepted))

    asyncio.run(play())
    back = [seconds for viewer in viewers for seconds, _recovered in viewer.returns]
    report(pins=len(host.accepted), returns=len(back), p95=percentile(back, 0.95), p99=percentile(back, 0.99))
    assert set(host.accepted) <= pins_in_database(show)
    assert all(recovered for viewer in viewers for _seconds, recovered in viewer.returns)
    assert percentile(back, 0.95) <= 2.0
    assert percentile(back, 0.99) <= 5.0


def test_f02_a_thousand_viewers_are_back_within_fifteen_seconds_of_a_restart(show, start, report):
    server = start()
    viewers = show.audience(CROWD, [server.port], keeps_state=False)
    host = Host(show, [server.port])

    async def play():
        async with watching(viewers, within=90):
            await host.pin(show.items[0])
            await request(server.port, "GET", "/faults/sql")
            server.kill()
            killed = time.monotonic()
            await asyncio.to_thread(server.start)
            await all_online(viewers, within=60)
            took = time.monotonic() - killed
            _status, counted = await request(server.port, "GET", "/faults/sql")
            await host.pin(show.items[1])
            await caught_up(show, viewers, within=10)
            await assert_all_saw(show, viewers, list(host.accepted))
            return took, json.loads(counted)

    took, statements = asyncio.run(play())
    each = {name: count / CROWD for name, count in statements.items() if count >= CROWD / 2}
    report(viewers=CROWD, seconds=took, refused=sum(len(one.refused) for one in viewers), each=each)
    assert took <= 15.0
    assert all(recovered for viewer in viewers for _seconds, recovered in viewer.returns)
