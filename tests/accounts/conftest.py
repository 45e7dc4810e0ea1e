"""What all tests about accounts live under."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def mails_become_rows(settings: LazySettings) -> None:
    """The test runner puts its own backend there; ours is what is under test."""
    settings.EMAIL_BACKEND = "accounts.adapter.outbox.OutboxBackend"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Tries counted in one test do not count in the next."""
    cache.clear()
    yield
    cache.clear()
