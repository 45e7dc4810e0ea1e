"""All work that falls due by time, in one list. Any process may run it, several may at once."""

import logging
from collections.abc import Callable
from datetime import datetime

from config import heartbeat

logger = logging.getLogger(__name__)

Work = Callable[..., object]

# Name, and a function that takes `now` and finishes what is due by then. Order does not matter.
DUE: list[tuple[str, Work]] = []


def sweep(*, now: datetime) -> list[str]:
    """Finish what is due by `now`; return the names of what failed. One failing stops no other."""
    failed = []
    for name, work in DUE:
        try:
            work(now=now)
        except Exception:
            logger.exception("sweep: %s failed", name)
            failed.append(name)
    heartbeat.beat(now=now)
    return failed
