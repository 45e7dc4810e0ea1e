"""Rules every test lives under."""

import functools
import gc
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import coverage
import pytest
from asgiref.sync import SyncToAsync
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connections
from django.utils import timezone, translation

from config.celery import app
from tests.emptying import empty_quickly

SERVICES = os.environ.get("SEENOW_TEST_SERVICES") == "1"
DATABASE = {"db", "transactional_db", "live_server"}
# A test module that names none of these reaches Redis, if at all, through what a database test does.
REDIS = re.compile(r"django\.core\.cache|from channels|channel_layer|\bredis\b|livechat\.wire")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--served", action="store_true", help="only tests that meet a database or Redis; the rest ran without"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of real services run under `python -m tests.services`, which starts them."""
    for item in items:
        if item.get_closest_marker("services") and not SERVICES:
            item.add_marker(pytest.mark.skip(reason="run by `make test-services`"))
    if config.getoption("--served"):
        pure = [item for item in items if not meets_services(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if meets_services(item)]


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: collecting garbage need not go over it again and again."""
    gc.collect()
    gc.freeze()
    # Seldom, too: what a test leaves in circles is little. Both together are a fifth of all the time.
    gc.set_threshold(50_000, 20, 20)


def meets_services(item: pytest.Item) -> bool:
    """Whether another database or a real Redis could change what the test finds.

    A walk of thousands of steps took the same ways as the short tests beside it; these meet every service.
    """
    if item.get_closest_marker("long_walk") and not names_redis(item.path):
        return False
    marked = any(item.get_closest_marker(name) for name in ("django_db", "services"))
    return marked or not DATABASE.isdisjoint(getattr(item, "fixturenames", ())) or names_redis(item.path)


@functools.cache
def names_redis(module: Path) -> bool:
    return bool(REDIS.search(module.read_text()))


@contextmanager
def uncounted() -> Iterator[None]:
    """Lines run within are not counted: counting is a third of the cost of long walks over few lines."""
    counting = coverage.Coverage.current()
    if counting is None:
        yield
        return
    counting.stop()
    try:
        yield
    finally:
        counting.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Tests marked `long_walk` are as strict as any; only their lines are not counted."""
    if item.get_closest_marker("long_walk"):
        with uncounted():
            return (yield)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """Nor are the migrations, which make the test database."""
    if fixturedef.argname == "django_db_setup":
        with uncounted():
            return (yield)
    return (yield)


@pytest.fixture(autouse=True)
def nothing_logs_an_error(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """A logged error fails the test, unless it is marked `expects_errors`."""
    yield
    if request.node.get_closest_marker("expects_errors"):
        return
    errors = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert errors == []


@pytest.fixture(autouse=True)
def fresh_caches() -> None:
    """No test finds another's throttle counts or signs of life."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def nobodys_language() -> None:
    """No test speaks the language, or reads the clock, of who was last served in another."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session", autouse=True)
def every_task_is_known() -> None:
    """As in a worker; a task that nobody imported could not run in place."""
    app.loader.import_default_modules()


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> None:
    """After a test that commits, only the tables it wrote to are emptied."""
    empty_quickly()


@pytest.fixture(scope="session", autouse=True)
def no_connection_is_left(django_db_setup: None) -> Iterator[None]:
    """asgiref's one thread for synchronous code outlives every async test, and its connection with it."""
    yield
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@pytest.fixture(autouse=True)
def uploads(settings: LazySettings, tmp_path: Path) -> Path:
    """Uploaded files land in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
