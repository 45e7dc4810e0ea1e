"""Threads for pages in the live lane: kept, each with its connection to the database.

Django gives every request of an ASGI server a thread of its own and lets it go afterwards, and the connection
with it; opening the two anew was a seventh of a page.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from asgiref.sync import ThreadSensitiveContext

Application = Callable[[Any, Any, Any], Awaitable[None]]
# Kept while idle. Who comes when all of them work gets a new one, as in Django: nobody waits for a thread,
# since a request has its own for as long as its reader takes to send and to read.
MOST = 64


class KeptThreads:
    """`application`, each request in a thread of its own, which the next request gets."""

    def __init__(self, application: Application, *, most: int = MOST) -> None:
        self.application = application
        self.most = most
        # The last one first: where few are needed few are used.
        self.free: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # Starts no thread before its first work.
        thread = self.free.pop() if self.free else ThreadPoolExecutor(1, "page")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.application(scope, receive, send)
        finally:
            self._give_back(thread)

    def _give_back(self, thread: ThreadPoolExecutor) -> None:
        """As soon as it is idle: work goes on in it when whoever asked has left."""
        loop = asyncio.get_running_loop()

        def idle(_done: object) -> None:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._keep, thread)

        thread.submit(int).add_done_callback(idle)

    def _keep(self, thread: ThreadPoolExecutor) -> None:
        if len(self.free) < self.most:
            self.free.append(thread)
        else:
            thread.shutdown(wait=False)
