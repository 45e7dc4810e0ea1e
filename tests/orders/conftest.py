"""What every order test stands on."""

from datetime import datetime

import pytest

import accounts.tasks  # noqa: F401 - a real commit wakes the task that sends letters
from tests.factories.events import NOW


@pytest.fixture
def now() -> datetime:
    return NOW
