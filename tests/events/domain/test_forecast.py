"""When segments will begin: golden cases shared with the browser, and what holds for any evening at all."""

import json
import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from events.domain.forecast import Slot, Stand, end_of, expected
from tests.factories.events import NOW

CASES = json.loads((Path(__file__).parents[2] / "wire" / "forecast.json").read_text())
SEEDS = range(40)


def moment(ms: int | None) -> datetime | None:
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)


def slots_in(case):
    return [
        Slot(row["second"], row["seconds"], moment(row["started_at"]), moment(row["ended_at"]))
        for row in case["slots"]
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_rule_says_what_the_browser_says(case):
    found = expected(
        slots_in(case), starts_at=moment(case["starts_at"]), now=moment(case["now"]), over=case["over"]
    )
    assert [(one.stand, one.starts_at, one.ends_at, one.late) for one in found] == [
        (row["stand"], moment(row["starts_at"]), moment(row["ends_at"]), timedelta(milliseconds=row["late"]))
        for row in case["expected"]
    ]


def evening(seed: int) -> tuple[list[Slot], datetime]:
    """A random plan with breaks, of which a random part has happened by the moment returned."""
    rng = random.Random(seed)
    planned, slots, now, at = 0, [], NOW, NOW
    count, begun = rng.randint(1, 12), rng.randint(0, 12)
    for place in range(count):
        planned += rng.choice([0, 0, 0, 600, 1800])
        length = rng.randint(1, 60) * 60
        if place < begun and rng.random() < 0.85:
            start = at + timedelta(seconds=rng.randint(0, 900))
            last = place == min(begun, count) - 1
            end = None if last and rng.random() < 0.7 else start + timedelta(seconds=rng.randint(1, 5000))
            at = now = end or start + timedelta(seconds=rng.randint(0, 7000))
            slots.append(Slot(planned, length, start, end))
        else:
            slots.append(Slot(planned, length))
        planned += length
    return slots, now


@pytest.mark.parametrize("seed", SEEDS)
def test_on_any_evening_segments_follow_each_other_and_none_to_come_is_in_the_past(seed):
    slots, now = evening(seed)
    found = expected(slots, starts_at=NOW, now=now)
    assert [one.starts_at >= before.ends_at for before, one in pairwise(found)] == [True] * (len(found) - 1)
    coming = [one for one in found if one.stand in {Stand.NEXT, Stand.LATER}]
    assert [one.starts_at >= now and one.ends_at > now for one in coming] == [True] * len(coming)
    assert [one.ends_at >= now for one in found if one.stand == Stand.NOW] in ([], [True])
    assert [one.stand for one in coming] == [Stand.NEXT, *[Stand.LATER] * (len(coming) - 1)][: len(coming)]
    assert end_of(found, starts_at=NOW) == found[-1].ends_at


@pytest.mark.parametrize("seed", SEEDS)
def test_waiting_only_ever_moves_times_later(seed):
    slots, now = evening(seed)
    looks = [expected(slots, starts_at=NOW, now=now + timedelta(minutes=m)) for m in (0, 1, 7, 30, 300)]
    for earlier, later in pairwise(looks):
        assert [
            a.starts_at <= b.starts_at and a.ends_at <= b.ends_at for a, b in zip(earlier, later, strict=True)
        ] == [True] * len(slots)


def test_what_follows_without_a_break_follows_at_once():
    slots = [Slot(0, 600, NOW), Slot(600, 600), Slot(1200, 600)]
    found = expected(slots, starts_at=NOW, now=NOW + timedelta(minutes=13))
    assert [one.starts_at - NOW for one in found] == [timedelta(minutes=m) for m in (0, 13, 23)]


def test_twin_without_the_clock_a_forecast_would_promise_the_past():
    slots = [Slot(0, 600, NOW, NOW + timedelta(minutes=10)), Slot(600, 600)]
    late = NOW + timedelta(minutes=25)
    assert expected(slots, starts_at=NOW, now=NOW)[1].starts_at < late
    assert expected(slots, starts_at=NOW, now=late)[1].starts_at == late
