"""One row at a time: what goes wrong with a row of a sweep stays with that row."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model

log = logging.getLogger(__name__)
Result = TypeVar("Result")


def alone(row: Model, act: Callable[[], Result]) -> Result | None:
    """Do `act` for `row`; None, and a warning in the log, when it fails, so that the next row has its turn.

    The caller puts the failed row off, or it would be first again for ever.
    """
    try:
        return act()
    except Exception:
        # Whatever it is, the rows behind this one must not wait for it.
        log.warning("%s %s is put off", row._meta.label, row.pk, exc_info=True)
        return None
