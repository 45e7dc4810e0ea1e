"""F32, F33: a process that cannot keep up with itself, and one that has no file descriptors left."""

import asyncio
import socket
from contextlib import suppress

import pytest

from tests.faults.viewers import all_online, request, until, watching
from tests.faults.world import Host, assert_all_saw, caught_up, pins_in_database

pytestmark = [pytest.mark.race, pytest.mark.faults]
BLOCK_MS = 2_000
FILES = 256
VIEWERS = 40
PATIENCE = 3.0


def test_f32_a_loop_that_stands_still_for_two_seconds_loses_nobody_and_says_so(show, start, report):
    server = start()
    viewers = show.audience(20, [server.port])
    host = Host(show, [server.port], every=0.2)

    async def play():
        async with watching(viewers):
            working = asyncio.create_task(host.work())
            await until(lambda: len(host.accepted) >= 3, within=20)
            status, _body = await request(server.port, "GET", f"/faults/block?ms={BLOCK_MS}")
            due = len(host.accepted) + 3
            await until(lambda: len(host.accepted) >= due, within=20)
            working.cancel()
            await caught_up(show, viewers, within=10)
            await assert_all_saw(show, viewers, list(host.accepted))
            return status

    assert asyncio.run(play()) == 200
    report(pins=len(host.accepted), slowest=max(host.seconds))
    assert set(host.statuses) == {201}
    assert "The event loop was held up" in server.log()
    assert [code for one in viewers for code in one.codes] == []


def test_f33_without_file_descriptors_the_new_wait_and_the_old_stay(show, start, report):
    server = start(FAULT_FILES=str(FILES))
    viewers = show.audience(VIEWERS, [server.port])
    late = show.audience(5, [server.port])
    host = Host(show, [server.port])
    idle: list[socket.socket] = []

    def take_all() -> None:
        idle.extend(socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(FILES))

    async def play():
        async with watching(viewers):
            await host.pin(show.items[0])
            await asyncio.to_thread(take_all)
            coming = [asyncio.create_task(one.watch()) for one in late]
            # The process answers nobody new; what it was asked meanwhile may still come later.
            with suppress(OSError, TimeoutError, EOFError):
                await asyncio.wait_for(host.pin(show.items[1]), PATIENCE)
            assert not any(one.online.is_set() for one in late)
            for one in idle:
                one.close()
            took = await all_online(late, within=30)
            await host.pin(show.items[2])
            await caught_up(show, [*viewers, *late], within=15)
            await assert_all_saw(show, viewers, list(host.accepted))
            for task in coming:
                task.cancel()
            return took

    took = asyncio.run(play())
    report(late_ones_in_after=took, pins=len(host.accepted))
    assert [code for one in viewers for code in one.codes] == []
    assert set(host.accepted) <= pins_in_database(show)
    assert server.process.poll() is None
