"""The formula: worked by hand, and what it must never do, tried on many drawn cases."""

from random import Random

import pytest

from orders.insights.formula import (
    ACCURATE,
    BACK,
    HELPFUL,
    KEPT,
    MEASURES,
    SOLD,
    WHOLE,
    Count,
    confidence,
    rate,
    score,
    smoothed,
    told,
    trust,
)

KEYS = [measure.key for measure in MEASURES]
# docs/credibility.md works the same example.
EXAMPLE = {
    HELPFUL: Count(27, 30),
    ACCURATE: Count(39, 40),
    KEPT: Count(54, 60),
    BACK: Count(30, 100),
    SOLD: Count(60, 150),
}


def drawn(random):
    """Counts as they may come: any size, never more good than all."""
    found = {}
    for key in KEYS:
        cases = random.choice((0, 1, 5, 50, 5_000))
        found[key] = Count(random.randint(0, cases), cases)
    return found


CASES = [drawn(Random(seed)) for seed in range(60)]


def test_the_weights_are_a_whole():
    assert sum(measure.weight for measure in MEASURES) == WHOLE


def test_the_worked_example():
    by_key = {measure.key: measure for measure in MEASURES}
    counted = {key: smoothed(by_key[key], EXAMPLE[key]) for key in KEYS}
    # (27 + 0.70 × 20) / 50, (39 + 0.95 × 20) / 60, (54 + 0.85 × 30) / 90,
    # (30 + 0.20 × 50) / 150, (60 + 0.30 × 50) / 200
    assert counted == {HELPFUL: 8_200, ACCURATE: 9_666, KEPT: 8_833, BACK: 2_666, SOLD: 3_750}
    # 0.30 × 8200 + 0.25 × 9666 + 0.20 × 8833 + 0.15 × 2666 + 0.10 × 3750
    assert score(EXAMPLE) == 7_418
    assert {key: trust(by_key[key], EXAMPLE[key]) for key in KEYS} == {
        HELPFUL: 6_000,
        ACCURATE: 6_666,
        KEPT: 6_666,
        BACK: 6_666,
        SOLD: 7_500,
    }
    assert confidence(EXAMPLE) == 6_549
    assert rate(EXAMPLE[HELPFUL]) == 9_000


def test_nothing_seen_is_the_starting_values_and_no_confidence():
    assert score({}) == sum(m.weight * m.prior for m in MEASURES) // WHOLE == 6_775
    assert (confidence({}), rate(Count())) == (0, None)


@pytest.mark.parametrize("counts", CASES, ids=range(len(CASES)))
def test_whatever_was_seen_it_stays_within_the_whole(counts):
    assert 0 <= score(counts) <= WHOLE
    assert 0 <= confidence(counts) < WHOLE


@pytest.mark.parametrize("counts", CASES, ids=range(len(CASES)))
def test_one_more_bad_case_never_raises_it_and_one_more_good_one_never_lowers_it(counts):
    for key in KEYS:
        now = counts[key]
        worse = counts | {key: now + Count(0, 1)}
        better = counts | {key: now + Count(1, 1)}
        assert score(worse) <= score(counts) <= score(better)
        assert confidence(worse) == confidence(better) >= confidence(counts)


@pytest.mark.parametrize("counts", CASES, ids=range(len(CASES)))
def test_what_is_kept_with_the_score_computes_it_again(counts):
    kept = told(counts)
    again = sum(
        row["weight"]
        * (
            (row["numerator"] * WHOLE + row["prior"] * row["strength"])
            // (row["denominator"] + row["strength"])
        )
        for row in kept.values()
    )
    assert again // WHOLE == score(counts)
