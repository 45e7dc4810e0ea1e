"""The room log: gapless, exact or honest about a gap, never another room's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, transaction

from livechat.domain import log
from livechat.models import Room, RoomFrame
from livechat.wire.frames import BadField, UnknownFrame
from tests.factories.events import NOW
from tests.factories.livechat import make_room

SETTINGS = {"chat_needs_account": True, "writers": "everyone", "slow_seconds": 0, "review": False}


def add(room: Room, count: int = 1, now=NOW) -> None:
    with transaction.atomic():
        for _ in range(count):
            log.append(room, "room.settings", SETTINGS, now=now)


def numbers(found) -> list[int]:
    return [frame.seq for frame in found]


@pytest.mark.django_db
def test_frames_are_numbered_without_gaps():
    room = make_room()
    add(room, 3)
    assert numbers(RoomFrame.objects.filter(room=room)) == [1, 2, 3]
    assert Room.objects.get(pk=room.pk).head == 3


@pytest.mark.django_db(transaction=True)
def test_a_frame_needs_the_transaction_of_its_fact():
    room = make_room()
    with pytest.raises(log.OutsideTransaction):
        log.append(room, "room.settings", SETTINGS, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("type_", "body", "error"),
    [
        ("price.set", {}, UnknownFrame),
        ("chat.deleted", {"id": "a", "why": "b"}, BadField),
        ("chat.deleted", {}, BadField),
        ("room.settings", {"chat_needs_account": 1}, BadField),
    ],
)
def test_only_listed_frames_are_written(type_, body, error):
    room = make_room()
    with pytest.raises(error), transaction.atomic():
        log.append(room, type_, body, now=NOW)
    assert RoomFrame.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_is_rolled_back_leaves_no_number_behind():
    room = make_room()
    with transaction.atomic():
        log.append(room, "room.settings", SETTINGS, now=NOW)
        transaction.set_rollback(True)
    add(room)
    assert numbers(RoomFrame.objects.filter(room=room)) == [1]


@pytest.mark.django_db
def test_since_gives_exactly_what_was_missed():
    room = make_room()
    add(room, 5)
    assert numbers(log.since(room, epoch=room.epoch, seq=2)) == [3, 4, 5]
    assert log.since(room, epoch=room.epoch, seq=5) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seq", [-1, 6, 10**18])
def test_a_number_from_nowhere_is_a_gap(seq):
    room = make_room()
    add(room, 5)
    assert log.since(room, epoch=room.epoch, seq=seq) == log.Gap(room.epoch, 5)


@pytest.mark.django_db
def test_another_rooms_epoch_is_a_gap():
    room, other = make_room(), make_room()
    add(room, 2)
    add(other, 2)
    assert log.since(room, epoch=other.epoch, seq=0) == log.Gap(room.epoch, 2)


@pytest.mark.django_db
def test_a_restart_begins_a_new_epoch_at_one():
    room = make_room()
    add(room, 3)
    before = room.epoch
    with transaction.atomic():
        log.restart(room)
    add(room)
    assert log.since(room, epoch=before, seq=3) == log.Gap(room.epoch, 1)
    assert numbers(log.since(room, epoch=room.epoch, seq=0)) == [1]


@pytest.mark.django_db
def test_frames_beyond_the_window_are_dropped_and_their_readers_get_a_gap(monkeypatch):
    monkeypatch.setattr(log, "KEEP_FRAMES", 4)
    monkeypatch.setattr(log, "TRIM_EVERY", 5)
    room = make_room()
    add(room, 10)
    assert numbers(RoomFrame.objects.filter(room=room)) == [7, 8, 9, 10]
    assert log.since(room, epoch=room.epoch, seq=5) == log.Gap(room.epoch, 10)
    assert numbers(log.since(room, epoch=room.epoch, seq=6)) == [7, 8, 9, 10]


@pytest.mark.django_db
def test_frames_older_than_two_hours_are_dropped():
    room = make_room()
    add(room, 2)
    assert log.trim(room, now=NOW + timedelta(hours=2, seconds=1)) == 2
    assert log.since(room, epoch=room.epoch, seq=0) == log.Gap(room.epoch, 2)


@pytest.mark.django_db
def test_heads_of_many_rooms_are_one_query(django_assert_num_queries):
    rooms = [make_room() for _ in range(5)]
    add(rooms[0], 2)
    with django_assert_num_queries(1):
        found = log.heads([room.pk for room in rooms])
    assert [found[room.pk][1] for room in rooms] == [2, 0, 0, 0, 0]


def parallel(room: Room, threads: int = 4, each: int = 6) -> list[Exception]:
    def work(_number: int) -> Exception | None:
        close_old_connections()
        try:
            for _ in range(each):
                with transaction.atomic():
                    log.append(Room.objects.get(pk=room.pk), "room.settings", SETTINGS, now=NOW)
        except Exception as error:  # noqa: BLE001 - the twin wants to see it
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(threads) as pool:
        return [error for error in pool.map(work, range(threads)) if error]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_parallel_writers_leave_no_hole_and_no_double():
    room = make_room()
    assert parallel(room) == []
    assert numbers(RoomFrame.objects.filter(room=room)) == list(range(1, 25))
    assert Room.objects.get(pk=room.pk).head == 24


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_bump_the_unique_key_refuses_the_second_frame(monkeypatch):
    def read_then_write(room: Room) -> None:
        room.head = Room.objects.values_list("head", flat=True).get(pk=room.pk) + 1

    monkeypatch.setattr(log, "_take_number", read_then_write)
    room = make_room()
    errors = parallel(room, threads=1, each=2)
    assert [type(error).__name__ for error in errors] == ["IntegrityError"]
