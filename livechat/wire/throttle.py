"""Buckets: how much one socket may send. Times are the event loop's monotonic seconds."""

RATE = 10.0
BURST = 20.0
# `since` is answered with up to a whole room: once in two seconds is enough for any hole.
SINCE_RATE = 0.5
ERRORS_PER_MINUTE = 10


class Bucket:
    """Lets `burst` through at once and `rate` per second after that."""

    __slots__ = ("_at", "_burst", "_credit", "_rate")

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

    def is_full(self, now: float) -> bool:
        """Whether everything taken has come back at `now`."""
        return self._credit + (now - self._at) * self._rate >= self._burst


class Buckets:
    """One bucket per name. A full one is forgotten, for a new one would say the same."""

    SWEEP = 1_000

    def __init__(self, *, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._named: dict[str, Bucket] = {}

    def __len__(self) -> int:
        return len(self._named)

    def take(self, name: str, now: float) -> bool:
        """Whether one more of `name` may pass at `now`."""
        if name not in self._named and len(self._named) >= self.SWEEP:
            self._named = {known: one for known, one in self._named.items() if not one.is_full(now)}
        bucket = self._named.setdefault(name, Bucket(now=now, rate=self._rate, burst=self._burst))
        return bucket.take(now)


class Patience:
    """Counts the errors of the last minute."""

    __slots__ = ("_errors",)

    def __init__(self) -> None:
        self._errors: list[float] = []

    def is_over(self, now: float) -> bool:
        """Note an error at `now`; True when it was one too many."""
        self._errors = [*self._errors[1 - ERRORS_PER_MINUTE :], now]
        return len(self._errors) == ERRORS_PER_MINUTE and now - self._errors[0] < 60  # noqa: PLR2004
