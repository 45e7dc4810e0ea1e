"""Servers, Redis and proxies that a test starts and that end with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.proxy import Proxy
from tests.faults.redis import RedisServer
from tests.faults.world import Show, make_show
from tests.livechat.servers import Server

Start = Callable[..., Server]
# One host and one audience from one machine are not what the API's limits are for.
GENEROUS = {
    "API_WRITE_RATE": "100000/min",
    "API_READ_RATE": "100000/min",
    "TRUSTED_PROXIES": "1",
    "LOG_LEVEL": "WARNING",
}


@pytest.fixture
def show(transactional_db: None) -> Show:
    return make_show()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """`start(REDIS_URL=…)`: one more web process."""
    servers: list[Server] = []

    def one(**environment: str) -> Server:
        server = Server(tmp_path, GENEROUS | environment, application="tests.faults.asgi:application")
        servers.append(server)
        return server.start()

    yield one
    for server in servers:
        server.kill()
        print(server.log()[-4_000:])


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path).start()
    yield server
    server.kill()


@pytest.fixture
def proxied() -> Iterator[Callable[..., Proxy]]:
    """`proxied(port)`: a proxy in front of `port`; `buffer` bytes are read ahead of a slow client."""
    proxies: list[Proxy] = []

    def one(target: int, *, buffer: int | None = None) -> Proxy:
        proxies.append(Proxy(target, buffer=buffer).start())
        return proxies[-1]

    yield one
    for proxy in proxies:
        proxy.stop()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Print what was measured, one line per test; seen with `-s` and written by `make test-faults`."""

    def tell(**figures: object) -> None:
        shown = " ".join(
            f"{name}={value:.3f}" if isinstance(value, float) else f"{name}={value}"
            for name, value in figures.items()
        )
        print(f"\nFAULT {request.node.name}: {shown}")

    return tell
