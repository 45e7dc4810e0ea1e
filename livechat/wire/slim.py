"""A queue and an event that cost next to nothing while nobody waits; asyncio has five deques per socket."""

import asyncio
from typing import Generic, TypeVar

T = TypeVar("T")


class Gate:
    """What uvicorn asks of `asyncio.Event`."""

    __slots__ = ("_is_open", "_waiters")

    def __init__(self) -> None:
        self._is_open = False
        self._waiters: list[asyncio.Future[None]] | None = None

    def is_set(self) -> bool:
        """Whether nobody has to wait."""
        return self._is_open

    def set(self) -> None:
        """Let everybody through."""
        self._is_open = True
        waiters, self._waiters = self._waiters or [], None
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def clear(self) -> None:
        """Let nobody through."""
        self._is_open = False

    async def wait(self) -> bool:
        """Until it is open."""
        while not self._is_open:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters = [*(self._waiters or []), waiter]
            await waiter
        return True


class Inbox(Generic[T]):
    """What uvicorn asks of `asyncio.Queue`, for one reader."""

    __slots__ = ("_items", "_waiter")

    def __init__(self) -> None:
        self._items: list[T] = []
        self._waiter: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        """Whether nothing is there to be taken."""
        return not self._items

    def put_nowait(self, item: T) -> None:
        """Add one."""
        self._items.append(item)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def get(self) -> T:
        """Take the oldest, waiting for it."""
        while not self._items:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._items.pop(0)
