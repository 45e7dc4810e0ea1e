"""The stream's key and state in the database."""

from datetime import timedelta
from typing import Any

import pytest

from events.domain import streams
from events.enums import EventState, StreamState
from events.errors import BadStreamKey, NotReady
from events.models import Event, Stream
from events.signals import stream_state_changed
from events.streaming import keys
from tests.factories.events import NOW, make_event

pytestmark = pytest.mark.django_db


def live_event() -> Event:
    return make_event(state=EventState.LIVE)


@pytest.fixture
def heard() -> Any:
    """(before, after) of every signal sent."""
    changes: list[tuple[str, str]] = []

    def note(sender: object, *, event: Event, before: str, after: str, **_: object) -> None:
        changes.append((before, after))

    stream_state_changed.connect(note)
    yield changes
    stream_state_changed.disconnect(note)


def test_a_key_opens_its_stream() -> None:
    event = live_event()
    key = streams.issue_key(event, now=NOW)
    stream = streams.authorize(event.stream.public_id, key, now=NOW)
    assert stream.event == event


def test_only_the_hash_of_a_key_is_kept() -> None:
    event = live_event()
    key = streams.issue_key(event, now=NOW)
    row = Stream.objects.filter(event=event).values().get()
    assert row["key_hash"] == keys.hash_key(key)
    assert [value for value in row.values() if isinstance(value, str) and key in value] == []


def test_a_new_key_replaces_the_old_one() -> None:
    event = live_event()
    old = streams.issue_key(event, now=NOW)
    new = streams.issue_key(event, now=NOW)
    with pytest.raises(BadStreamKey):
        streams.authorize(event.stream.public_id, old, now=NOW)
    assert streams.authorize(event.stream.public_id, new, now=NOW).event == event


def test_wrong_foreign_empty_and_unknown_are_refused_alike() -> None:
    event, other = live_event(), live_event()
    key, foreign = streams.issue_key(event, now=NOW), streams.issue_key(other, now=NOW)
    public_id = event.stream.public_id
    said = set()
    for stream_id, tried in [(public_id, foreign), (public_id, ""), (public_id, key[:-1]), ("nobody", key)]:
        with pytest.raises(BadStreamKey) as refused:
            streams.authorize(stream_id, tried, now=NOW)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_stream_without_a_key_opens_to_nothing_not_even_to_an_empty_one() -> None:
    stream = streams.stream_of(live_event())
    with pytest.raises(BadStreamKey):
        streams.authorize(stream.public_id, "", now=NOW)


@pytest.mark.parametrize(
    "state", [EventState.SCHEDULED, EventState.ENDED, EventState.DRAFT, EventState.REPLAY]
)
def test_a_good_key_opens_nothing_outside_rehearsal_and_show(state: EventState) -> None:
    event = live_event()
    key = streams.issue_key(event, now=NOW)
    Event.objects.filter(pk=event.pk).update(state=state)
    with pytest.raises(BadStreamKey):
        streams.authorize(event.stream.public_id, key, now=NOW)
    with pytest.raises(NotReady):
        streams.issue_key(event, now=NOW)


def test_without_the_state_check_that_key_would_open_the_stream() -> None:
    """The twin: the key itself is right; only the state of the show refuses it."""
    event = live_event()
    key = streams.issue_key(event, now=NOW)
    Event.objects.filter(pk=event.pk).update(state=EventState.ENDED)
    assert keys.matches(key, Stream.objects.get(event=event).key_hash)


def test_the_picture_starts_drops_returns_and_ends(heard: list[tuple[str, str]]) -> None:
    stream = streams.stream_of(live_event())
    later = NOW + timedelta(seconds=9)
    assert streams.publish_started(stream, now=NOW)
    assert streams.publish_lost(stream, now=later)
    assert (stream.state, stream.started_at, stream.lost_at) == (StreamState.LOST, NOW, later)
    assert streams.publish_started(stream, now=later)
    assert (stream.started_at, stream.lost_at) == (later, None)
    assert streams.publish_ended(stream, now=later)
    assert heard == [("idle", "live"), ("live", "lost"), ("lost", "live"), ("live", "ended")]


def test_a_report_that_changes_nothing_tells_nobody(heard: list[tuple[str, str]]) -> None:
    stream = streams.stream_of(live_event())
    assert not streams.publish_lost(stream, now=NOW)
    assert not streams.publish_ended(stream, now=NOW)
    assert streams.publish_started(stream, now=NOW)
    assert not streams.publish_started(Stream.objects.get(pk=stream.pk), now=NOW)
    assert heard == [("idle", "live")]


def test_of_two_reports_at_once_one_counts(heard: list[tuple[str, str]]) -> None:
    stream = streams.stream_of(live_event())
    streams.publish_started(stream, now=NOW)
    stale = Stream.objects.get(pk=stream.pk)
    assert streams.publish_lost(stream, now=NOW)
    assert not streams.publish_lost(stale, now=NOW)
    assert heard == [("idle", "live"), ("live", "lost")]


def test_without_the_state_in_the_update_the_second_report_would_count_too() -> None:
    """The twin: an unconditional UPDATE always finds its row."""
    stream = streams.stream_of(live_event())
    assert Stream.objects.filter(pk=stream.pk).update(state=StreamState.LOST) == 1
    assert Stream.objects.filter(pk=stream.pk).update(state=StreamState.LOST) == 1


def test_pictures_of_closed_shows_are_ended_and_others_left() -> None:
    on, over = streams.stream_of(live_event()), streams.stream_of(live_event())
    for stream in (on, over):
        streams.publish_started(stream, now=NOW)
    Event.objects.filter(pk=over.event_id).update(state=EventState.ENDED)
    assert streams.open_streams([on.public_id, over.public_id, "nobody"]) == {on.public_id: ""}
    key = streams.issue_key(on.event, now=NOW)
    assert streams.open_streams([on.public_id]) == {on.public_id: keys.hash_key(key)}
    assert streams.end_closed(now=NOW) == 1
    assert streams.end_closed(now=NOW) == 0
    states = [Stream.objects.get(pk=stream.pk).state for stream in (on, over)]
    assert states == [StreamState.LIVE, StreamState.ENDED]


def test_a_fresh_media_process_carries_nothing() -> None:
    stream = streams.stream_of(live_event())
    streams.publish_started(stream, now=NOW)
    assert streams.lose_all(now=NOW) == 1
    assert Stream.objects.get(pk=stream.pk).state == StreamState.LOST
