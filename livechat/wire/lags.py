"""How far behind the pictures of a crowd are, small enough to be added up between processes.

A histogram `{bucket: [people, sum of milliseconds]}`: buckets of 100 ms below ten seconds, of 1 s above.
Because the sums are kept, a mean over whole buckets is exact and over part of one as fine as the bucket.
"""

from collections.abc import Iterable
from math import ceil

Histogram = dict[str, list[int]]
# Above two minutes it is not a live picture any more, below zero the sender's clock is wrong.
MAX_BEHIND = 120_000
FINE_BELOW = 10_000
FINE, COARSE = 100, 1_000


def is_plausible(behind: int) -> bool:
    """Whether `behind` (milliseconds) can be the lag of a live picture."""
    return 0 <= behind <= MAX_BEHIND


def histogram(lags: Iterable[int]) -> Histogram:
    """The lags (milliseconds, one per person) counted by bucket."""
    found: Histogram = {}
    for behind in lags:
        _add(found, _bucket(behind), 1, behind)
    return found


def added(histograms: Iterable[Histogram]) -> Histogram:
    """Several histograms as one."""
    found: Histogram = {}
    for one in histograms:
        for bucket, (people, total) in one.items():
            _add(found, bucket, people, total)
    return found


def people_in(found: Histogram) -> int:
    """How many people reported."""
    return sum(people for people, _total in found.values())


def median(found: Histogram) -> int | None:
    """Milliseconds the middle person is behind; None while nobody reported."""
    left = ceil(people_in(found) / 2)
    for bucket in sorted(found, key=int):
        people, total = found[bucket]
        left -= people
        if left <= 0:
            return round(total / people)
    return None


def slowest_tenth(found: Histogram) -> int | None:
    """Mean milliseconds of the slowest tenth, at least of one person; None while nobody reported."""
    wanted = left = ceil(people_in(found) / 10)
    lags = 0.0
    for bucket in sorted(found, key=int, reverse=True):
        people, total = found[bucket]
        taken = min(people, left)
        lags += total * taken / people
        left -= taken
        if left == 0:
            return round(lags / wanted)
    return None


def _bucket(behind: int) -> str:
    if behind < FINE_BELOW:
        return str(behind // FINE)
    return str(FINE_BELOW // FINE + (behind - FINE_BELOW) // COARSE)


def _add(found: Histogram, bucket: str, people: int, total: int) -> None:
    kept = found.setdefault(bucket, [0, 0])
    kept[0] += people
    kept[1] += total
