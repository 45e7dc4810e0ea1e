"""Buckets: how much one socket may send. Times are the event loop's monotonic seconds."""

from collections import deque

RATE = 10.0
BURST = 20.0
ERRORS_PER_MINUTE = 10


class Bucket:
    """Lets `burst` through at once and `rate` per second after that."""

    def __init__(self, *, now: float, rate: float = RATE, burst: float = BURST) -> None:
        self._rate, self._burst = rate, burst
        self._credit, self._at = burst, now

    def take(self, now: float) -> bool:
        """Whether one more may pass at `now`."""
        self._credit = min(self._burst, self._credit + (now - self._at) * self._rate)
        self._at = now
        if self._credit < 1:
            return False
        self._credit -= 1
        return True


class Patience:
    """Counts the errors of the last minute."""

    def __init__(self) -> None:
        self._errors: deque[float] = deque(maxlen=ERRORS_PER_MINUTE)

    def is_over(self, now: float) -> bool:
        """Note an error at `now`; True when it was one too many."""
        self._errors.append(now)
        return len(self._errors) == ERRORS_PER_MINUTE and now - self._errors[0] < 60  # noqa: PLR2004
