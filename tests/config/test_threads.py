"""The live lane's pages: a request gets a thread that another one had, and its connection."""

import asyncio
import threading
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from config.threads import KeptThreads

pytestmark = pytest.mark.django_db(transaction=True)
FEW = 2


class Door:
    """An application that tells in which thread it works, and waits there for as long as it is shut."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.came: asyncio.Queue[None] = asyncio.Queue()
        self.inside = 0
        self.most = 0
        self.threads: list[int] = []

    async def __call__(self, *_request: Any) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.came.put_nowait(None)
        try:
            self.threads.append(await sync_to_async(self.work)())
        finally:
            self.inside -= 1

    def work(self) -> int:
        assert self.open.wait(10)
        return threading.get_ident()


async def ask(threads: KeptThreads) -> None:
    """One request, told to its end."""
    await threads({}, _nothing, _nothing)


async def settled(threads: KeptThreads, count: int) -> None:
    """So many threads are idle again."""
    async with asyncio.timeout(10):
        while len(threads.free) < count:  # noqa: ASYNC110 - a thread that is idle rings no bell
            await asyncio.sleep(0.005)


async def _nothing(*_message: Any) -> Any:
    return {}


async def test_the_next_request_gets_the_thread_of_the_one_before() -> None:
    door = Door()
    threads = KeptThreads(door, most=1)
    for _ in range(3):
        await ask(threads)
        await settled(threads, 1)
    assert len(set(door.threads)) == 1


async def test_the_thread_keeps_its_connection_to_the_database() -> None:
    connections = []

    def look() -> None:
        connection.ensure_connection()
        connections.append(connection.connection)

    async def application(*_request: Any) -> None:
        await sync_to_async(look)()

    def close() -> None:
        connection.close()

    async def leave(*_request: Any) -> None:
        await sync_to_async(close)()

    threads = KeptThreads(application, most=1)
    for _ in range(2):
        await ask(threads)
        await settled(threads, 1)
    threads.application = leave
    await ask(threads)
    assert connections[0] is connections[1]


async def test_two_requests_at_once_have_a_thread_each_and_it_is_kept() -> None:
    door = Door()
    door.open.clear()
    threads = KeptThreads(door, most=FEW)
    both = asyncio.gather(*(ask(threads) for _ in range(2)))
    for _ in range(2):
        await door.came.get()
    door.open.set()
    await both
    await settled(threads, 2)
    assert len(set(door.threads)) == 2


async def test_nobody_waits_for_a_thread_and_no_more_than_a_few_are_kept() -> None:
    door = Door()
    door.open.clear()
    threads = KeptThreads(door, most=FEW)
    all_of_them = asyncio.gather(*(ask(threads) for _ in range(5)))
    async with asyncio.timeout(10):
        for _ in range(5):
            await door.came.get()
    door.open.set()
    await all_of_them
    await settled(threads, FEW)
    assert (door.most, len(set(door.threads)), len(threads.free)) == (5, 5, FEW)


async def test_who_sends_and_reads_slowly_keeps_nobody_from_a_page() -> None:
    never, came = asyncio.Event(), asyncio.Queue[None]()

    async def slow(*_request: Any) -> None:
        came.put_nowait(None)
        await never.wait()

    threads = KeptThreads(slow, most=FEW)
    crowd = [asyncio.ensure_future(ask(threads)) for _ in range(3 * FEW)]
    async with asyncio.timeout(10):
        for _ in crowd:
            await came.get()
        threads.application = quick = Door()
        await ask(threads)
    never.set()
    await asyncio.gather(*crowd)
    assert len(quick.threads) == 1


async def test_a_thread_that_still_works_is_not_given_to_the_next_who_comes() -> None:
    door, quick = Door(), Door()
    door.open.clear()
    threads = KeptThreads(door, most=FEW)
    left = asyncio.ensure_future(ask(threads))
    await door.came.get()
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    threads.application = quick
    await ask(threads)
    door.open.set()
    await settled(threads, FEW)
    assert len(quick.threads) == 1
