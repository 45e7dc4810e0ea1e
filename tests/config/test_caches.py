"""The cache while Redis is gone or hangs: quick, forgiving, and still counting."""

import socket
import time
from collections.abc import Iterator

import pytest

from config.caches import ANSWER_SECONDS, PAUSE_SECONDS, Breaker, GuardedRedisCache


@pytest.fixture
def hanging() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield listener.getsockname()[1]


def cache_at(port: int) -> GuardedRedisCache:
    return GuardedRedisCache(f"redis://127.0.0.1:{port}/0", {})


def test_a_redis_that_hangs_costs_one_call_its_patience_and_no_other(hanging: int) -> None:
    cache = cache_at(hanging)
    started = time.monotonic()
    cache.set("a", 1)
    first = time.monotonic() - started
    for _ in range(50):
        assert cache.get("a") == 1
    assert first < 4 * ANSWER_SECONDS
    assert time.monotonic() - started - first < ANSWER_SECONDS


def test_twin_without_the_breaker_every_call_waits(hanging: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Breaker, "lets_through", lambda _self: True)
    cache = cache_at(hanging)
    started = time.monotonic()
    for _ in range(2):
        cache.get("a")
    assert time.monotonic() - started >= 2 * ANSWER_SECONDS


def test_every_call_has_an_answer_while_redis_is_away() -> None:
    cache = cache_at(1)
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    assert (cache.incr("a"), cache.decr("a")) == (2, 1)
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nobody")
    cache.set_many({"b": 2, "c": 3})
    assert cache.get_many(["a", "b", "z"]) == {"a": 1, "b": 2}
    assert (cache.has_key("c"), cache.touch("c", 5), cache.delete("c"), cache.get("c", "gone")) == (
        True,
        True,
        True,
        "gone",
    )
    cache.delete_many(["b"])
    assert cache.get("b") is None
    cache.clear()
    assert cache.get("a") is None


def test_one_call_after_each_pause_asks_again_and_an_answer_lets_everybody_in() -> None:
    now = [100.0]
    breaker = Breaker(clock=lambda: now[0])
    assert breaker.lets_through()
    assert (breaker.failed(), breaker.failed()) == (True, False)
    assert not breaker.lets_through()
    now[0] += PAUSE_SECONDS
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.worked()
    assert [breaker.lets_through() for _ in range(3)] == [True, True, True]
    assert breaker.failed()
