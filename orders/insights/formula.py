"""The published formula of credibility, version 2026-1: pure whole-number arithmetic. docs/credibility.md.

Each measure is a rate of good cases among all cases. While cases are few it leans on a starting value, as if
`strength` cases at that rate had been seen before; every real case pulls it away. The score is the weighted
mean of the five, the confidence the weighted share of what was really seen. Followers are in none of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "2026-1"
# Basis points: every rate, weight, score and confidence is of this whole.
WHOLE = 10_000
FEW, SOLID = 3_000, 7_000


@dataclass(frozen=True, slots=True)
class Measure:
    """`prior` is the rate it starts from (basis points), `strength` how many cases that is worth."""

    key: str
    label: str | Promise
    what: str | Promise
    weight: int
    prior: int
    strength: int


@dataclass(frozen=True, slots=True)
class Count:
    """Good cases among all cases; never more good than all."""

    good: int = 0
    all: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.good + other.good, self.all + other.all)


HELPFUL, ACCURATE, KEPT, BACK, SOLD = "helpful", "accurate", "kept", "back", "sold"
MEASURES = (
    Measure(
        HELPFUL,
        _("Answers that helped"),
        _("Verdicts “yes” among all verdicts on the host's answers about pieces of this field."),
        weight=3_000,
        prior=7_000,
        strength=20,
    ),
    Measure(
        ACCURATE,
        _("Claims that stood"),
        _("Answers given and pieces presented without a report the brand's staff upheld, among all of them."),
        weight=2_500,
        prior=9_500,
        strength=20,
    ),
    Measure(
        KEPT,
        _("Pieces that were kept"),
        _("Pieces bought through the host and not returned, among all pieces bought through the host."),
        weight=2_000,
        prior=8_500,
        strength=30,
    ),
    Measure(
        BACK,
        _("Viewers who came back"),
        _("Viewers of the host's shows in this field who came to a later one, among all their viewers."),
        weight=1_500,
        prior=2_000,
        strength=50,
    ),
    Measure(
        SOLD,
        _("Pieces sold of those shown"),
        _("Pieces sold through the host, among those and what was left when the show ended."),
        weight=1_000,
        prior=3_000,
        strength=50,
    ),
)
NOTHING = Count()


def rate(count: Count) -> int | None:
    """Good among all in basis points, rounded down; None without cases."""
    return count.good * WHOLE // count.all if count.all else None


def smoothed(measure: Measure, count: Count) -> int:
    """The rate that counts, in basis points: what was seen, leaning on the start while it is little."""
    return (count.good * WHOLE + measure.prior * measure.strength) // (count.all + measure.strength)


def trust(measure: Measure, count: Count) -> int:
    """Which share of `smoothed` was really seen, in basis points."""
    return count.all * WHOLE // (count.all + measure.strength)


def score(counts: Mapping[str, Count]) -> int:
    """0 to 10,000."""
    return sum(m.weight * smoothed(m, counts.get(m.key, NOTHING)) for m in MEASURES) // WHOLE


def confidence(counts: Mapping[str, Count]) -> int:
    """0 (nothing seen) to nearly 10,000."""
    return sum(m.weight * trust(m, counts.get(m.key, NOTHING)) for m in MEASURES) // WHOLE


def told(counts: Mapping[str, Count]) -> dict[str, dict[str, int]]:
    """The inputs as they are kept with the score, each with all that is needed to compute it again."""
    return {
        m.key: {
            "numerator": counts.get(m.key, NOTHING).good,
            "denominator": counts.get(m.key, NOTHING).all,
            "weight": m.weight,
            "prior": m.prior,
            "strength": m.strength,
            "rate": smoothed(m, counts.get(m.key, NOTHING)),
        }
        for m in MEASURES
    }
