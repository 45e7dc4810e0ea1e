"""The worker's sign of life, read by `/healthz`."""

from datetime import datetime, timedelta

from django.core.cache import caches

KEY = "worker-heartbeat"
# Several sweeps missed: more than a slow one, less than anybody would wait for a mail.
STALE_AFTER = timedelta(seconds=30)


def beat(*, now: datetime) -> None:
    """Note that due work was looked at `now`."""
    caches["between_processes"].set(KEY, now, timeout=3600)


def last_beat() -> datetime | None:
    """When due work was last looked at; `None` when not within the hour."""
    return caches["between_processes"].get(KEY)
