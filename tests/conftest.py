"""Rules every test lives under."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from asgiref.sync import SyncToAsync
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connections

from config.celery import app

SERVICES = os.environ.get("SEENOW_TEST_SERVICES") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of real services run under `python -m tests.services`, which starts them."""
    for item in items:
        if item.get_closest_marker("services") and not SERVICES:
            item.add_marker(pytest.mark.skip(reason="run by `make test-services`"))


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


@pytest.fixture(scope="session", autouse=True)
def every_task_is_known() -> None:
    """As in a worker; a task that nobody imported could not run in place."""
    app.loader.import_default_modules()


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
