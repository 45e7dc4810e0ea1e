"""Who is here, over all processes: reports, totals, who counts, fast hands and what is talked about."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from events.enums import EventState, StaffRole
from livechat.domain import presence, talk
from livechat.models import RoomPresence, Topic
from livechat.wire.audience import Audience
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_member
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
)
from tests.factories.livechat import make_message, make_pin, make_room, make_touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_room()


def people(*names, crowd=0, suspected=""):
    """A report that names people."""
    return {
        "people": [[name, suspected, "", 0] for name in names],
        "viewers": 0 if suspected else len(names),
        "suspected": {suspected: len(names)} if suspected else {},
        "crowd": crowd,
        "lags": {},
    }


def sums(viewers):
    return {"viewers": viewers, "suspected": {}, "crowd": 0, "lags": {}}


def count(room, *, now=NOW):
    found = presence.totals([room.pk], now=now)[room.pk]
    return found["viewers"], found["rehearsal"]


# --- Processes ---------------------------------------------------------------------------------------------
def test_processes_are_united_by_person_and_dead_ones_forgotten(room):
    presence.report("a", {room.pk: people("mina", "wei", crowd=1)}, now=NOW)
    presence.report("b", {room.pk: people("mina", "omar")}, now=NOW)
    assert count(room) == (3, 1)
    presence.report("a", {room.pk: people("mina")}, now=NOW + timedelta(seconds=14))
    assert count(room, now=NOW + timedelta(seconds=16)) == (1, 0)
    presence.report("a", {}, now=NOW + timedelta(seconds=20))
    assert count(room, now=NOW + timedelta(seconds=20)) == (0, 0)


def test_large_processes_are_added_up_and_everybody_sees_round_numbers(room):
    presence.report("a", {room.pk: sums(1_200)}, now=NOW)
    presence.report("b", {room.pk: people("mina")}, now=NOW)
    assert count(room) == (1_201, 0)
    assert presence.count(room, now=NOW) == {"viewers": 1_200, "rehearsal": 0}


def test_rows_keep_their_sums_for_those_who_look_at_them(room):
    presence.report("a", {room.pk: people("mina", crowd=2)}, now=NOW)
    row = RoomPresence.objects.get()
    assert (row.viewers, row.rehearsal_crowd) == (1, 2)


def test_a_row_without_a_report_counts_for_nothing(room):
    RoomPresence.objects.create(room=room, process="old", viewers=3, seen_at=NOW)
    assert count(room) == (0, 0)


def test_totals_cost_one_query_for_any_number_of_rooms(room, django_assert_num_queries):
    other = make_room()
    presence.report("a", {room.pk: people("mina"), other.pk: people("wei")}, now=NOW)
    with django_assert_num_queries(1):
        assert len(presence.totals([room.pk, other.pk], now=NOW)) == 2


def test_what_a_process_reports_can_be_kept(room):
    told = Audience(room.pk).report([], now=NOW.timestamp())
    presence.report("a", {room.pk: told}, now=NOW)
    assert RoomPresence.objects.get().report == told


# --- Who counts --------------------------------------------------------------------------------------------
def test_nobody_who_works_for_the_show_or_its_brand_counts(room):
    event = room.event
    host, agent, moderator = make_user(), make_user(), make_user()
    make_event_host(event, host=make_host(user=host))
    make_event_staff(event, user=agent, role=StaffRole.AGENT)
    make_event_staff(event, user=moderator, role=StaffRole.MODERATOR)
    staff = []
    for role in (Role.PRODUCER, Role.AGENT, Role.MODERATOR, Role.MERCHANDISER):
        staff.append(make_user())
        make_member(staff[-1], event.brand, role)
    at_work = [host, agent, moderator, make_superuser(), *staff]
    assert [presence.is_viewer(user, event) for user in at_work] == [False] * len(at_work)


def test_guests_customers_and_people_of_other_brands_count(room):
    elsewhere = make_user()
    make_member(elsewhere, make_event().brand, Role.PRODUCER)
    assert [presence.is_viewer(who, room.event) for who in (None, make_user(), elsewhere)] == [True] * 3


# --- Hands -------------------------------------------------------------------------------------------------
def tap(room, *, after_ms, viewer_key="guest:1", pins=3):
    """Take up a piece so long after it was laid on the stage, at several pins."""
    for number in range(pins):
        at = NOW + timedelta(minutes=number)
        pin = make_pin(room, item=make_lineup_item(room.event), pinned_at=at, unpinned_at=at, slot=1)
        moment = at + timedelta(milliseconds=after_ms)
        make_touch(room, product=pin.product, viewer_key=viewer_key, at=moment, pin=pin)


def test_three_pieces_taken_up_faster_than_hands_are_is_a_script(room):
    tap(room, after_ms=299)
    assert presence.scripted([room.pk]) == {room.pk: {"guest:1"}}


def test_quick_people_and_one_lucky_tap_are_none(room):
    tap(room, after_ms=450, viewer_key="guest:quick")
    tap(room, after_ms=100, viewer_key="guest:lucky", pins=2)
    make_touch(room, product=make_lineup_item(room.event).product, viewer_key="guest:lucky")
    assert presence.scripted([room.pk]) == {room.pk: set()}


def test_the_same_pin_over_and_over_is_a_nervous_thumb(room):
    pin = make_pin(room, pinned_at=NOW)
    for _ in range(5):
        make_touch(room, product=pin.product, viewer_key="guest:1", at=NOW, pin=pin)
    assert presence.scripted([room.pk]) == {room.pk: set()}


def test_fast_hands_in_one_room_say_nothing_of_another(room):
    other = make_room(make_event(state=EventState.LIVE))
    tap(other, after_ms=0)
    assert presence.scripted([room.pk, other.pk]) == {room.pk: set(), other.pk: {"guest:1"}}


# --- Talk --------------------------------------------------------------------------------------------------
def test_product_and_fan_lines_are_those_of_the_last_full_minute(room):
    minute = NOW.replace(second=0, microsecond=0)
    for seconds, topic in ((-61, Topic.PRODUCT), (-60, Topic.PRODUCT), (-1, Topic.PRODUCT), (0, Topic.FAN)):
        make_message(room, at=minute + timedelta(seconds=seconds), topic=topic)
    make_message(room, at=minute - timedelta(seconds=30), topic=Topic.FAN)
    make_message(room, at=minute - timedelta(seconds=30), topic=Topic.FAN, rehearsal=True)
    make_message(room, at=minute - timedelta(seconds=30), topic=Topic.PRODUCT, badge="host")
    assert talk.last_minute([room.pk, 0], now=minute + timedelta(seconds=59)) == {room.pk: (2, 1), 0: (0, 0)}
