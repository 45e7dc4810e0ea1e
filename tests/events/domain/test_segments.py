"""Segments: a plan without holes but the breaks, pieces that move along, one segment on the air at a time."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.domain import lifecycle, lineup, onair, segments
from events.enums import EngagementState, EventState
from events.errors import EditConflict, LineupConflict, NotEditable, SegmentConflict
from events.models import Engagement, Event, Segment
from events.signals import lineup_changed, programme_changed
from tests.factories.catalog import make_brand, make_product
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_host,
    make_ready_event,
    make_segment,
)

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture
def event() -> Event:
    return make_event(state=EventState.LIVE)


def plan(event):
    """(title, start, length) of every segment, in minutes."""
    return [(one.title, one.planned_second // 60, one.planned_seconds // 60) for one in event.segments.all()]


def three(event):
    """10 minutes, 20, then after a break of 15, 30."""
    one = make_segment(event, title="one", minutes=10)
    two = make_segment(event, title="two", minutes=20)
    last = make_segment(event, title="last", minutes=30, planned_second=45 * 60)
    return one, two, last


def piece_in(segment, *, minute=None, **over):
    product = make_product(brand=segment.brand, **over)
    second = None if minute is None else minute * 60
    return lineup.add_item(segment.event, product, segment=segment, planned_second=second, now=NOW)


def minutes_of(event):
    return [(item.product.name, item.planned_second // 60, item.position) for item in event.lineup.all()]


# --- The plan ---
def test_a_segment_follows_the_last_one_or_a_break(event):
    three(event)
    assert plan(event) == [("one", 0, 10), ("two", 10, 20), ("last", 45, 30)]
    with pytest.raises(SegmentConflict) as refused:
        make_segment(event, planned_second=60 * 60)
    assert (str(refused.value), refused.value.field) == (
        "The segment before it ends at minute 75. Start then or later.", "planned_second",
    )  # fmt: skip


def test_a_longer_segment_moves_what_follows_and_its_pieces(event):
    one, two, last = three(event)
    piece_in(two, minute=12, name="in two")
    piece_in(last, minute=50, name="in last")
    segments.edit_segment(one, planned_seconds=25 * 60, now=NOW)
    assert plan(event) == [("one", 0, 25), ("two", 25, 20), ("last", 60, 30)]
    assert minutes_of(event) == [("in two", 27, 1), ("in last", 65, 2)]


def test_a_later_start_is_a_break_before_it(event):
    _one, two, _last = three(event)
    piece_in(two, minute=12, name="in two")
    segments.edit_segment(two, planned_second=15 * 60, now=NOW)
    assert plan(event) == [("one", 0, 10), ("two", 15, 20), ("last", 50, 30)]
    assert minutes_of(event) == [("in two", 17, 1)]
    with pytest.raises(SegmentConflict):
        segments.edit_segment(two, planned_second=5 * 60, now=NOW)


def test_a_shorter_segment_keeps_its_pieces_inside(event):
    _one, two, _last = three(event)
    piece_in(two, minute=28, name="late")
    segments.edit_segment(two, planned_seconds=5 * 60, now=NOW)
    assert (plan(event)[1:], minutes_of(event)) == ([("two", 10, 5), ("last", 30, 30)], [("late", 14, 1)])


def test_breaks_stay_with_the_places_when_segments_move(event):
    _one, two, last = three(event)
    piece_in(two, minute=12, name="in two")
    segments.move_segment(last, steps=-1, now=NOW)
    assert plan(event) == [("one", 0, 10), ("last", 10, 30), ("two", 55, 20)]
    assert minutes_of(event) == [("in two", 57, 1)]
    segments.move_segment(last, steps=-9, now=NOW)
    assert [title for title, _at, _length in plan(event)] == ["last", "one", "two"]


def test_what_follows_moves_up_when_a_segment_goes_and_its_pieces_stay_alone(event):
    one, _two, _last = three(event)
    piece_in(one, minute=3, name="left")
    segments.remove_segment(one, now=NOW)
    assert plan(event) == [("two", 0, 20), ("last", 35, 30)]
    assert [(item.product.name, item.segment) for item in event.lineup.all()] == [("left", None)]


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_the_plan_has_no_overlap_and_pieces_lie_in_their_segments(seed):
    rng, event = random.Random(seed), make_event()
    for _ in range(4):
        piece_in(make_segment(event, minutes=rng.randint(5, 40)))
    for _ in range(12):
        part = rng.choice(list(event.segments.select_related("event")))
        try:
            match rng.randrange(3):
                case 0:
                    segments.move_segment(part, steps=rng.choice([-2, -1, 1, 2]), now=NOW)
                case 1:
                    segments.edit_segment(part, planned_seconds=rng.randint(1, 60) * 60, now=NOW)
                case _:
                    start = part.planned_second + rng.randint(-10, 10) * 60
                    segments.edit_segment(part, planned_second=max(start, 0), now=NOW)
        except SegmentConflict:
            continue
        end = 0
        for place, one in enumerate(event.segments.prefetch_related("items"), start=1):
            assert (one.position, one.planned_second >= end) == (place, True)
            end = one.planned_second + one.planned_seconds
            assert [one.planned_second <= item.planned_second < end for item in one.items.all()] == [True]
    assert [item.position for item in event.lineup.all()] == [1, 2, 3, 4]


# --- Limits ---
def test_eight_hours_are_the_most(event):
    last = make_segment(event, minutes=480)
    with pytest.raises(SegmentConflict) as refused:
        make_segment(event, minutes=1)
    assert str(refused.value) == "The segments would take 8.0 hours. Eight are the most."
    with pytest.raises(SegmentConflict):
        segments.edit_segment(last, planned_seconds=8 * HOUR + 60, now=NOW)
    assert (event.segments.count(), event.segments.get().planned_seconds) == (1, 8 * HOUR)


def test_fifty_brands_are_the_most(event):
    brands = [make_brand() for _ in range(50)]
    rows = [
        Segment(
            event=event, brand=brand, title="x", position=n + 1, planned_second=n * 60, planned_seconds=60
        )
        for n, brand in enumerate(brands[:49])
    ]
    Segment.objects.bulk_create(rows)
    make_segment(event, brand=event.brand, minutes=1)
    with pytest.raises(SegmentConflict) as refused:
        make_segment(event, brand=brands[49], minutes=1)
    assert (str(refused.value), refused.value.field) == ("A show has 50 brands at most.", "brand")


def test_hosts_are_of_the_show_or_invited_to_it(event):
    ours, asked, stranger, declined = (make_host() for _ in range(4))
    make_event_host(event, host=ours)
    for host, state in ((asked, EngagementState.INVITED), (declined, EngagementState.DECLINED)):
        Engagement.objects.create(event=event, host=host, state=state, invited_at=NOW)
    part = segments.add_segment(
        event, title="x", brand=event.brand, planned_seconds=600, hosts=[ours, asked], now=NOW
    )
    assert sorted(host.pk for host in part.hosts.all()) == sorted([ours.pk, asked.pk])
    for host in (stranger, declined):
        with pytest.raises(SegmentConflict) as refused:
            segments.edit_segment(part, hosts=[host], now=NOW)
        assert refused.value.field == "hosts"


# --- Guests' pieces ---
def test_a_show_may_list_pieces_of_every_brand_with_a_segment(event):
    guest = make_brand(name="Guest")
    bowl = make_product(brand=guest, name="Bowl")
    with pytest.raises(LineupConflict) as refused:
        lineup.add_item(event, bowl, now=NOW)
    assert str(refused.value) == "This product belongs to another brand. Give that brand a segment first."
    own, theirs = make_segment(event), make_segment(event, brand=guest)
    with pytest.raises(LineupConflict) as refused:
        lineup.add_item(event, bowl, segment=own, now=NOW)
    assert refused.value.field == "segment"
    item = lineup.add_item(event, bowl, segment=theirs, now=NOW)
    assert (item.segment, item.planned_second) == (theirs, theirs.planned_second)


def test_a_brand_with_pieces_in_the_show_keeps_a_segment(event):
    guest = make_brand(name="Guest")
    theirs = make_segment(event, brand=guest)
    item = piece_in(theirs)
    with pytest.raises(SegmentConflict) as refused:
        segments.remove_segment(theirs, now=NOW)
    assert str(refused.value) == (
        "Guest still has pieces in this show (1). Take them out, or give it another segment."
    )
    with pytest.raises(SegmentConflict):
        segments.edit_segment(Segment.objects.get(), brand=event.brand, now=NOW)
    lineup.remove_item(item, now=NOW)
    segments.remove_segment(Segment.objects.get(), now=NOW)
    assert event.segments.count() == 0


# --- Versions ---
def test_every_write_counts_and_the_second_of_two_writers_is_turned_away(event):
    part = make_segment(event)
    item = piece_in(part)
    seen = Event.objects.get().version
    assert seen == 3
    lineup.edit_item(item, talking_points="First.", version=seen, now=NOW)
    for write in (
        lambda: lineup.edit_item(item, talking_points="Second.", version=seen, now=NOW),
        lambda: lineup.move_item(item, steps=1, version=seen, now=NOW),
        lambda: lineup.arrange(event, [(part.public_id, [item.public_id])], version=seen, now=NOW),
        lambda: segments.edit_segment(part, cue="Lights.", version=seen, now=NOW),
        lambda: segments.remove_segment(part, version=seen, now=NOW),
    ):
        with pytest.raises(EditConflict):
            write()
    item.refresh_from_db()
    assert (item.talking_points, Event.objects.get().version) == ("First.", seen + 1)


def test_twin_without_a_version_the_later_writer_wins(event):
    item = piece_in(make_segment(event))
    lineup.edit_item(item, talking_points="First.", now=NOW)
    lineup.edit_item(item, talking_points="Second.", now=NOW)
    item.refresh_from_db()
    assert item.talking_points == "Second."


def test_the_plan_of_a_show_that_is_over_stays():
    event = make_event(state=EventState.ENDED)
    with pytest.raises(NotEditable):
        make_segment(event)


# --- Arranging ---
def test_segments_and_pieces_are_put_in_order_at_once(event):
    one, two, _last = three(event)
    a, b = piece_in(one, minute=2, name="a"), piece_in(one, minute=6, name="b")
    c = piece_in(two, minute=12, name="c")
    third = event.segments.last().public_id
    order = [
        (two.public_id, [c.public_id, b.public_id]),
        (one.public_id, []),
        (third, []),
        ("", [a.public_id]),
    ]
    lineup.arrange(event, order, now=NOW)
    assert plan(event) == [("two", 0, 20), ("one", 20, 10), ("last", 45, 30)]
    assert minutes_of(event) == [("c", 2, 1), ("b", 7, 2), ("a", 0, 3)]


@pytest.mark.parametrize("broken", ["a segment twice", "a piece left out", "a stranger"])
def test_an_order_that_is_not_whole_is_refused(event, broken):
    one, two, last = three(event)
    item = piece_in(one)
    order = [(one.public_id, [item.public_id]), (two.public_id, []), (last.public_id, [])]
    wrong = {
        "a segment twice": [*order, (one.public_id, [])],
        "a piece left out": [(one.public_id, []), *order[1:]],
        "a stranger": [*order, ("", ["nobody"])],
    }[broken]
    with pytest.raises(LineupConflict) as refused:
        lineup.arrange(event, wrong, now=NOW)
    assert str(refused.value) == "The line-up has changed meanwhile. Load it again."


def test_a_piece_goes_on_into_the_next_segment_that_may_show_it(event):
    guest = make_brand()
    first, theirs, last = make_segment(event), make_segment(event, brand=guest), make_segment(event)
    item = piece_in(first)
    lineup.move_item(item, steps=1, now=NOW)
    item.refresh_from_db()
    assert (item.segment, theirs.items.count(), item.planned_second) == (last, 0, last.planned_second)
    lineup.move_item(item, steps=-1, now=NOW)
    item.refresh_from_db()
    assert item.segment == first


def test_a_time_outside_the_segment_is_refused_beside_its_field(event):
    _one, two, _last = three(event)
    item = piece_in(two)
    with pytest.raises(LineupConflict) as refused:
        lineup.edit_item(item, planned_second=40 * 60, now=NOW)
    assert (str(refused.value), refused.value.field) == (
        "The segment runs from minute 10 to 30. Choose a time in between.", "planned_second",
    )  # fmt: skip


# --- On the air ---
def test_one_segment_ends_as_the_next_begins(event):
    one, two, last = three(event)
    onair.start_segment(one, now=NOW)
    onair.start_segment(two, now=NOW + timedelta(minutes=12))
    assert (onair.running(event), onair.next_segment(event)) == (two, last)
    assert [(row.started_at, row.ended_at) for row in event.segments.all()] == [
        (NOW, NOW + timedelta(minutes=12)), (NOW + timedelta(minutes=12), None), (None, None),
    ]  # fmt: skip
    assert (onair.finish(event, now=NOW + timedelta(minutes=20)), onair.finish(event, now=NOW)) == (
        True,
        False,
    )
    assert [one.late for _segment, one in segments.forecast(event, now=NOW)][1] == timedelta(minutes=32)


def test_of_two_people_pressing_at_once_one_is_turned_away(event):
    one, two, _last = three(event)
    onair.start_segment(one, now=NOW)
    stale = Segment.objects.get(pk=one.pk)
    for late in (stale, one):
        with pytest.raises(SegmentConflict):
            onair.start_segment(late, now=NOW + timedelta(minutes=1))
    one.refresh_from_db()
    assert (one.started_at, one.ended_at) == (NOW, None)
    onair.start_segment(two, now=NOW)
    with pytest.raises(SegmentConflict) as refused:
        onair.start_segment(one, now=NOW)
    assert str(refused.value) == "A later segment has begun already."


def test_the_database_refuses_two_at_once(event):
    one, two, _last = three(event)
    onair.start_segment(one, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Segment.objects.filter(pk=two.pk).update(started_at=NOW)


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.SCHEDULED, EventState.ENDED])
def test_segments_begin_only_while_the_show_is_on(state):
    event = make_event(state=EventState.SCHEDULED)
    part = make_segment(event)
    Event.objects.update(state=state)
    with pytest.raises(SegmentConflict):
        onair.start_segment(part, now=NOW)


def test_what_began_keeps_its_place_and_cannot_go(event):
    one, two, last = three(event)
    onair.start_segment(one, now=NOW)
    one.refresh_from_db()
    for refused in (
        lambda: segments.remove_segment(one, now=NOW),
        lambda: segments.move_segment(two, steps=-1, now=NOW),
        lambda: lineup.arrange(event, [(s.public_id, []) for s in (two, one, last)], now=NOW),
    ):
        with pytest.raises((SegmentConflict, LineupConflict)):
            refused()
    segments.edit_segment(one, planned_seconds=15 * 60, now=NOW)
    onair.start_segment(two, now=NOW)
    with pytest.raises(SegmentConflict):
        segments.edit_segment(Segment.objects.get(pk=one.pk), planned_seconds=60, now=NOW)
    segments.edit_segment(Segment.objects.get(pk=one.pk), cue="Well done.", now=NOW)


def test_a_rehearsal_leaves_no_trace_and_the_end_ends_the_last_segment():
    event = make_ready_event(state=EventState.REHEARSAL)
    part = make_segment(event)
    onair.start_segment(part, now=NOW)
    lifecycle.advance(event, EventState.LIVE, by=None, now=NOW)
    part.refresh_from_db()
    assert (part.started_at, part.ended_at) == (None, None)
    onair.start_segment(part, now=NOW)
    lifecycle.advance(event, EventState.ENDED, by=None, now=NOW + timedelta(hours=1))
    part.refresh_from_db()
    assert (part.started_at, part.ended_at) == (NOW, NOW + timedelta(hours=1))


def test_the_apps_above_hear_of_plans_and_starts(event):
    heard = []

    def hear(sender, signal, event, now, **_rest):
        heard.append("programme" if signal is programme_changed else "lineup")

    for signal in (programme_changed, lineup_changed):
        signal.connect(hear)
    part = make_segment(event)
    onair.start_segment(part, now=NOW)
    for signal in (programme_changed, lineup_changed):
        signal.disconnect(hear)
    assert heard == ["programme", "lineup", "programme"]


def test_the_forecast_asks_the_database_twice_however_long_the_show(event, django_assert_num_queries):
    for count in (2, 10):
        while event.segments.count() < count:
            make_segment(event, minutes=5, hosts=[make_host()])
        with django_assert_num_queries(2):
            assert len(segments.forecast(event, now=NOW)) == count
