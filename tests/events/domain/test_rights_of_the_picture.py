"""Who leaves a show takes its stream key along, and a show that closes ends its picture (T09)."""

from typing import Any

import pytest

from events.domain import scheduling, streams
from events.domain.lifecycle import advance
from events.enums import EventState, StaffRole, StreamState
from events.errors import BadStreamKey
from events.models import Event, Stream
from events.signals import stream_state_changed
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event, make_event_host, make_event_staff, make_host, make_stream

pytestmark = pytest.mark.django_db


def live_show() -> tuple[Event, str]:
    event = make_event(state=EventState.LIVE)
    return event, streams.issue_key(event, now=NOW)


def opens(event: Event, key: str) -> bool:
    try:
        streams.authorize(event.stream.public_id, key, now=NOW)
    except BadStreamKey:
        return False
    return True


def test_a_host_who_leaves_cannot_broadcast_any_more() -> None:
    event, key = live_show()
    leaving, staying = make_host(), make_host()
    make_event_host(event, host=leaving, share=5_000)
    make_event_host(event, host=staying, share=5_000)
    scheduling.set_hosts(event, [(staying, 10_000)], now=NOW)
    assert Stream.objects.get(event=event).key_hash == ""
    assert (opens(event, key), opens(event, "")) == (False, False)
    assert opens(event, streams.issue_key(event, now=NOW))


def test_shares_and_new_hosts_leave_the_key_alone() -> None:
    """The twin: it is the leaving that voids the key, not the writing of the rows."""
    event, key = live_show()
    host = make_host()
    make_event_host(event, host=host)
    scheduling.set_hosts(event, [(host, 4_000), (make_host(), 6_000)], now=NOW)
    assert opens(event, key)


@pytest.mark.parametrize(
    ("role", "still"),
    [(StaffRole.PRODUCER, False), (StaffRole.MODERATOR, True), (StaffRole.AGENT, True)],
)
def test_a_producer_who_leaves_the_show_takes_the_key_along(role: StaffRole, still: bool) -> None:
    event, key = live_show()
    user = make_user()
    make_event_staff(event, user=user, role=role)
    scheduling.release_staff(event, user=make_user(), role=role)
    assert opens(event, key)
    scheduling.release_staff(event, user=user, role=role)
    assert opens(event, key) == still


@pytest.fixture
def heard() -> Any:
    """(event state then, before, after) of every change of a picture."""
    changes: list[tuple[str, str, str]] = []

    def note(*, event: Event, before: str, after: str, **_signal: Any) -> None:
        changes.append((event.state, before, after))

    stream_state_changed.connect(note)
    yield changes
    stream_state_changed.disconnect(note)


@pytest.mark.parametrize("before", [StreamState.LIVE, StreamState.LOST])
def test_a_show_that_ends_ends_its_picture_without_the_media_process(
    before: StreamState, heard: list[Any]
) -> None:
    event = make_event(state=EventState.LIVE)
    stream = make_stream(event, state=before)
    advance(event, EventState.ENDED, by=None, now=NOW)
    assert Stream.objects.get(pk=stream.pk).state == StreamState.ENDED
    assert not streams.publish_ended(stream, now=NOW)
    assert streams.end_closed(now=NOW) == 0
    assert heard == [("ended", before.value, "ended")]


def test_leaving_the_rehearsal_ends_its_picture_too() -> None:
    event = make_event(state=EventState.REHEARSAL)
    make_stream(event, state=StreamState.LIVE)
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    assert Stream.objects.get(event=event).state == StreamState.ENDED


def test_a_show_without_a_picture_ends_without_one(heard: list[Any]) -> None:
    without, idle = make_event(state=EventState.LIVE), make_event(state=EventState.LIVE)
    make_stream(idle)
    for event in (without, idle):
        advance(event, EventState.ENDED, by=None, now=NOW)
    assert (heard, Stream.objects.get().state) == ([], StreamState.IDLE)


def test_the_step_and_the_end_of_the_picture_stand_or_fall_together() -> None:
    event = make_event(state=EventState.LIVE)
    make_stream(event, state=StreamState.LIVE)

    def fail(**_signal: Any) -> None:
        raise ConnectionError

    stream_state_changed.connect(fail)
    try:
        with pytest.raises(ConnectionError):
            advance(event, EventState.ENDED, by=None, now=NOW)
    finally:
        stream_state_changed.disconnect(fail)
    assert Event.objects.get(pk=event.pk).state == EventState.LIVE
    assert Stream.objects.get(event=event).state == StreamState.LIVE
