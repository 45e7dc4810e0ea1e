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


async def settled(threads: KeptThreads) -> None:
    """All threads are idle again."""
    async with asyncio.timeout(10):
        for _ in range(FEW):
            await threads.free.get()


async def _nothing(*_message: Any) -> Any:
    return {}


async def test_the_next_request_gets_the_thread_of_the_one_before() -> None:
    door = Door()
    threads = KeptThreads(door, most=1)
    for _ in range(3):
        await ask(threads)
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
    threads.application = leave
    await ask(threads)
    assert connections[0] is connections[1]


async def test_two_requests_at_once_have_a_thread_each() -> None:
    door = Door()
    door.open.clear()
    threads = KeptThreads(door, most=FEW)
    both = asyncio.gather(*(ask(threads) for _ in range(2)))
    for _ in range(FEW):
        await door.came.get()
    door.open.set()
    await both
    await settled(threads)
    assert len(set(door.threads)) == 2


async def test_more_than_there_are_turns_wait() -> None:
    door = Door()
    door.open.clear()
    threads = KeptThreads(door, most=FEW)
    all_of_them = asyncio.gather(*(ask(threads) for _ in range(5)))
    for _ in range(FEW):
        await door.came.get()
    door.open.set()
    await all_of_them
    assert (door.most, len(door.threads)) == (FEW, 5)


async def test_nobody_waits_for_the_thread_of_somebody_who_left() -> None:
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
    await settled(threads)
    assert len(quick.threads) == 1
