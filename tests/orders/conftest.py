"""What every order test stands on."""

from datetime import datetime

import pytest

from tests.factories.events import NOW


@pytest.fixture
def now() -> datetime:
    return NOW
