"""F01, F02: web processes are killed outright."""

import asyncio

import pytest

from tests.faults.viewers import all_online, percentile, watching
from tests.faults.world import Host, assert_all_saw, caught_up, pins_in_database

pytestmark = [pytest.mark.race]


def test_f01_a_killed_process_loses_no_pin_and_its_viewers_go_elsewhere(show, start, report):
    servers = [start(), start()]
    ports = [server.port for server in servers]
    viewers = show.audience(12, ports)
    host = Host(show, ports, every=0.25)

    async def play():
        async with watching(viewers):
            working = asyncio.create_task(host.work())
            for turn in range(3):
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
