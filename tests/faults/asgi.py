"""The shop as tests serve it: the shipped application, and beside it what only a test may do to a process.

`/faults/block?ms=2000` holds the event loop up. `/faults/sql` counts the statements since it was last asked.
"""

import asyncio
import json
import os
import resource
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

if limit := os.environ.get("FAULT_FILES"):
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(limit), int(limit)))

from django.db import connections
from django.db.backends.signals import connection_created

from config.asgi import application as shop
from livechat.wire import throttle

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
statements: Counter[str] = Counter()
TABLES = ("livechat_roomticket", "livechat_roompresence", "django_session", "livechat_roomframe")


def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Note one statement, by its first word and the table it names first."""
    named = sorted((sql.find(table), table) for table in TABLES if table in sql)
    statements[f"{sql.split(maxsplit=1)[0]} {named[0][1] if named else ''}".strip()] += 1
    return execute(sql, params, many, context)


def watch(*, connection: Any, **_signal: Any) -> None:
    if count not in connection.execute_wrappers:
        connection.execute_wrappers.append(count)


connection_created.connect(watch)
for _connection in connections.all(initialized_only=True):
    watch(connection=_connection)


def without_limits() -> None:
    """A fuzzer is cut at its tenth error; with FAULT_NO_LIMITS it gets all of its frames in."""
    throttle.Bucket.take = lambda _self, _now: True  # type: ignore[method-assign]
    throttle.Patience.is_over = lambda _self, _now: False  # type: ignore[method-assign]


if os.environ.get("FAULT_NO_LIMITS"):
    without_limits()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer `/faults/…` and leave everything else to the shop."""
    if scope["type"] != "http" or not scope["path"].startswith("/faults/"):
        await shop(scope, receive, send)
        return
    asked = parse_qs(scope["query_string"].decode())
    found: object = None
    if scope["path"] == "/faults/block":
        time.sleep(int(asked["ms"][0]) / 1000)  # noqa: ASYNC251 - that is the fault
    elif scope["path"] == "/faults/lag":
        found = await longest_lag(float(asked["seconds"][0]))
    else:
        found = dict(statements)
        statements.clear()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(found).encode()})


async def longest_lag(seconds: float) -> list[float]:
    """How late the loop woke us, every 10 ms, in seconds, sorted."""
    loop = asyncio.get_running_loop()
    late, end = [], loop.time() + seconds
    while loop.time() < end:
        due = loop.time() + 0.01
        await asyncio.sleep(0.01)
        late.append(round(loop.time() - due, 4))
    return sorted(late)
