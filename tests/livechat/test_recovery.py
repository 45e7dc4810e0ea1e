"""`recovered: true` is never wrong: 5,000 answers in worlds that go wrong at random."""

import asyncio
import random
import sys

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from livechat.consumers import record
from livechat.domain import log
from livechat.models import Room, RoomFrame
from livechat.wire import feed as feed_module
from livechat.wire.feed import Feed
from livechat.wire.fold import Hole
from tests.factories.livechat import make_room
from tests.livechat.recovery_world import World, Wrong

CASES = 5_000
STEPS = 120
RING, WINDOW = 6, 12

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_memories(monkeypatch):
    """Rings and logs that run out soon; the database is asked in the loop's own thread."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    monkeypatch.setattr(feed_module, "RING", RING)
    monkeypatch.setattr(log, "KEEP_FRAMES", WINDOW)


async def live_through(room: Room, seed: int, connection: BaseDatabaseWrapper) -> World:
    # The loop has a set of connections of its own; the test's is meant, with its open transaction.
    connections["default"] = connection
    world = World(room, random.Random(seed))
    for _ in range(STEPS):
        await world.step()
    await world.settle()
    return world


def play(*, cases: int) -> tuple[int, int]:
    """(answers, of these recovered) of as many worlds as it takes; raises Wrong with the seed in front."""
    answers = recovered = seed = 0
    while answers < cases:
        seed += 1
        try:
            world = asyncio.run(live_through(make_room(), seed, connections["default"]))
        except Wrong as wrong:
            raise Wrong(f"seed {seed}: {wrong}") from wrong
        answers, recovered = answers + world.hellos, recovered + world.recovered
    return answers, recovered


@pytest.mark.long_walk
def test_recovered_is_never_wrong_in_five_thousand_answers(capsys):
    answers, recovered = play(cases=CASES)
    bound = f"true rate below {3 / answers:.1e} (95 %)"
    with capsys.disabled():
        sys.stdout.write(f"\n{answers} answers, {recovered} recovered, 0 wrong: {bound}\n")
    # Both answers must have been tried often for either to mean anything.
    assert min(recovered, answers - recovered) > CASES / 10


def test_twin_without_the_epoch_check_an_old_screen_is_called_recovered(monkeypatch):
    def since(room, *, epoch, seq):
        _epoch, head = Room.objects.values_list("epoch", "head").get(pk=room.pk)
        found = list(RoomFrame.objects.filter(room=room, seq__gt=seq, seq__lte=head).order_by("seq"))
        return found if len(found) == head - seq else log.Gap(_epoch, head)

    monkeypatch.setattr(log, "since", since)
    with pytest.raises(Wrong):
        play(cases=CASES)


def test_twin_without_the_count_a_trimmed_log_is_called_complete(monkeypatch):
    def since(room, *, epoch, seq):
        now_epoch, head = Room.objects.values_list("epoch", "head").get(pk=room.pk)
        if epoch != now_epoch or not 0 <= seq <= head:
            return log.Gap(now_epoch, head)
        return list(
            RoomFrame.objects.filter(room=room, epoch=epoch, seq__gt=seq, seq__lte=head).order_by("seq")
        )

    monkeypatch.setattr(log, "since", since)
    with pytest.raises(Wrong):
        play(cases=CASES)


def test_twin_without_the_rings_own_count_a_short_memory_is_called_complete(monkeypatch):
    def after(self, epoch, seq):
        known = epoch == self.epoch and seq <= self.head
        return [logged for logged in self._ring if logged.seq > seq] if known else None

    monkeypatch.setattr(Feed, "_after", after)
    with pytest.raises((Wrong, Hole)):
        play(cases=CASES)


def test_twin_without_emptying_the_ring_deleted_words_are_replayed(monkeypatch):
    monkeypatch.setattr(Feed, "_remember", lambda self, logged: self._ring.append(logged))
    with pytest.raises(Wrong, match="words"):
        play(cases=CASES)


def test_the_record_asks_the_very_log_that_is_tested():
    assert record.log is log
