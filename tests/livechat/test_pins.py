"""Pins: three at most, by hosts of the event, while it is open, from its line-up."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from events.domain import lineup
from events.enums import EventState
from events.models import LineupItem
from livechat.domain.pins import clear_pins, place_pin, remove_pin
from livechat.errors import NotAllowed, NotHostOfEvent, NotInLineup, NotOpen
from livechat.models import Pin, Room
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_lineup_item
from tests.factories.livechat import make_room


@pytest.fixture
def stage():
    """A live room, its host and their account."""
    room, user = make_room(), make_user()
    host = make_event_host(room.event, host=make_host(user=user)).host
    return room, host, user


def pin(stage, item=None, *, now=NOW, **over):
    room, host, user = stage
    arguments = {"item": item or make_lineup_item(room.event), "by": user, "host": host, "now": now}
    return place_pin(room, **arguments | over)


def frames(room):
    return [(frame.type, frame.body.get("slot")) for frame in room.frames.all()]


@pytest.mark.django_db
def test_a_pin_is_a_row_and_a_frame_of_ids(stage):
    placed = pin(stage)
    frame = stage[0].frames.get()
    assert frame.body == {
        "id": placed.public_id,
        "item": placed.item.public_id,
        "product": placed.product.public_id,
        "host": stage[1].slug,
        "slot": 1,
    }


@pytest.mark.django_db
def test_the_fourth_pin_takes_the_place_of_the_first(stage):
    placed = [pin(stage, now=NOW + timedelta(seconds=second)) for second in range(4)]
    assert [p.slot for p in placed] == [1, 2, 3, 1]
    assert list(Pin.objects.showing()) == placed[1:]
    assert [type_ for type_, _slot in frames(stage[0])] == [*["pin.placed"] * 3, "pin.removed", "pin.placed"]


@pytest.mark.django_db
def test_pinning_what_is_pinned_changes_nothing(stage):
    item = make_lineup_item(stage[0].event)
    assert pin(stage, item).pk == pin(stage, item).pk
    assert len(frames(stage[0])) == 1


@pytest.mark.django_db
def test_a_pin_taken_off_may_be_laid_again(stage):
    item = make_lineup_item(stage[0].event)
    first = pin(stage, item)
    assert remove_pin(first, by=stage[2], now=NOW) is True
    assert remove_pin(first, by=stage[2], now=NOW) is False
    assert pin(stage, item).pk != first.pk
    assert [type_ for type_, _slot in frames(stage[0])] == ["pin.placed", "pin.removed", "pin.placed"]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.SCHEDULED, EventState.ENDED])
def test_only_open_rooms_have_pins(state):
    event, user = make_event(state=state), make_user()
    host = make_event_host(event, host=make_host(user=user)).host
    with pytest.raises(NotOpen):
        pin((make_room(event), host, user))


@pytest.mark.django_db
def test_a_show_that_ended_meanwhile_takes_no_pin(stage):
    room, _host, _user = stage
    stale = Room.objects.select_related("event").get(pk=room.pk)
    type(room.event).objects.filter(pk=room.event_id).update(state=EventState.ENDED)
    with pytest.raises(NotOpen):
        pin((stale, stage[1], stage[2]))


@pytest.mark.django_db
def test_only_pieces_of_the_line_up_are_pinned(stage):
    with pytest.raises(NotInLineup):
        pin(stage, make_lineup_item(make_event(brand=stage[0].event.brand)))


@pytest.mark.django_db
def test_a_piece_taken_out_meanwhile_is_not_pinned(stage):
    item = make_lineup_item(stage[0].event)
    lineup.remove_item(LineupItem.objects.get(pk=item.pk), now=NOW)
    with pytest.raises(NotInLineup) as refused:
        pin(stage, item)
    assert refused.value.code == "not_in_lineup"
    assert list(Pin.objects.all()) == []


def locked(queries):
    """The tables whose rows these queries hold to the end, in the order they first take them."""
    one_row = re.compile(
        r'(?:SELECT .* FROM|UPDATE|DELETE FROM) "(events_lineupitem|livechat_room)" .*WHERE "\1"."id"'
    )
    found = [one_row.match(query["sql"]) for query in queries]
    return list(dict.fromkeys(match[1] for match in found if match))


@pytest.mark.django_db
def test_pinning_and_taking_out_lock_the_piece_before_the_room(stage):
    item, other = make_lineup_item(stage[0].event), make_lineup_item(stage[0].event)
    with CaptureQueriesContext(connection) as pinning:
        pin(stage, item)
    with CaptureQueriesContext(connection) as taking_out:
        lineup.remove_item(other, now=NOW)
    for captured in (pinning, taking_out):
        assert locked(captured) == ["events_lineupitem", "livechat_room"]


@pytest.mark.django_db
def test_a_pin_names_a_host_of_the_event_or_nobody(stage):
    with pytest.raises(NotHostOfEvent):
        pin(stage, host=make_host())
    assert pin(stage, host=None).host is None


def strangers(room):
    """A viewer, a host of another event, staff of another brand, a moderator of this one."""
    other_host, other_staff, moderator = make_user(), make_user(), make_user()
    make_event_host(make_event(), host=make_host(user=other_host))
    make_member(other_staff, make_brand(), Role.PRODUCER)
    make_member(moderator, room.event.brand, Role.MODERATOR)
    return [make_user(), other_host, other_staff, moderator]


@pytest.mark.django_db
def test_nobody_else_pins_or_unpins(stage):
    placed = pin(stage)
    for person in strangers(stage[0]):
        with pytest.raises(NotAllowed):
            pin(stage, by=person)
        with pytest.raises(NotAllowed):
            remove_pin(placed, by=person, now=NOW)
    assert len(frames(stage[0])) == 1


@pytest.mark.django_db
def test_twin_without_the_permission_check_anybody_pins(stage, monkeypatch):
    monkeypatch.setattr("livechat.domain.pins.can_host", lambda *_: True)
    for person in strangers(stage[0]):
        pin(stage, by=person)
    assert Pin.objects.count() == 4


@pytest.mark.django_db
def test_staff_of_the_brand_pins_too(stage):
    producer = make_user()
    make_member(producer, stage[0].event.brand, Role.PRODUCER)
    assert pin(stage, by=producer).placed_by == producer


@pytest.mark.django_db
def test_a_host_taken_off_the_event_pins_no_more(stage):
    stage[0].event.event_hosts.all().delete()
    with pytest.raises(NotAllowed):
        pin(stage)


@pytest.mark.django_db
def test_the_stage_is_cleared_with_a_frame_for_each_pin(stage):
    pin(stage)
    pin(stage)
    assert clear_pins(stage[0], now=NOW) == 2
    assert list(Pin.objects.showing()) == []
    assert [type_ for type_, _slot in frames(stage[0])][2:] == ["pin.removed"] * 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_hosts_pinning_at_once_never_lay_more_than_three(stage):
    items = [make_lineup_item(stage[0].event) for _ in range(8)]

    def one(item):
        try:
            return pin(stage, item).slot
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, items))
    assert sorted(p.slot for p in Pin.objects.showing()) == [1, 2, 3]
    assert [frame.seq for frame in stage[0].frames.all()] == list(range(1, 14))
