from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from events.domain import lifecycle
from events.domain.lifecycle import ALLOWED, advance, missing, next_states, percent
from events.enums import EventState
from events.errors import NotAllowed, NotReady
from events.models import Event
from events.signals import event_state_changed
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event, make_event_host, make_lineup_item, make_ready_event

pytestmark = pytest.mark.django_db

STEPS = [(before, after) for before, targets in ALLOWED.items() for after in targets]
NO_STEPS = [(a, b) for a in EventState for b in EventState if b not in ALLOWED[a]]


@pytest.fixture
def heard() -> Any:
    """Every event_state_changed of the test as (before, after)."""
    steps: list[tuple[str, str]] = []

    def listen(*, before: str, after: str, **_signal: Any) -> None:
        steps.append((before, after))

    event_state_changed.connect(listen)
    yield steps
    event_state_changed.disconnect(listen)


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_every_step_of_the_table_is_taken_and_told(
    before: EventState, after: EventState, heard: list[Any]
) -> None:
    event = make_ready_event(state=before)
    producer = make_user()
    advance(event, after, by=producer, now=NOW)
    event.refresh_from_db()
    assert (event.state, heard) == (after, [(before.value, after.value)])
    assert [(c.before, c.after, c.by, c.at) for c in event.changes.all()] == [(before, after, producer, NOW)]


@pytest.mark.parametrize(("before", "after"), NO_STEPS)
def test_no_other_step_exists(before: EventState, after: EventState, heard: list[Any]) -> None:
    event = make_ready_event(state=before)
    with pytest.raises(NotAllowed) as refusal:
        advance(event, after, by=None, now=NOW)
    event.refresh_from_db()
    assert (event.state, heard, refusal.value.code) == (before, [], "state_not_allowed")


def test_going_live_and_ending_are_stamped() -> None:
    event = make_ready_event(state="rehearsal")
    advance(event, EventState.LIVE, by=None, now=NOW)
    advance(event, EventState.ENDED, by=None, now=NOW + timedelta(hours=1))
    event.refresh_from_db()
    assert (event.went_live_at, event.ended_at) == (NOW, NOW + timedelta(hours=1))


def test_what_is_missing_is_said_in_one_sentence_each() -> None:
    event = make_event(now=NOW - timedelta(days=30))
    with pytest.raises(NotReady) as refusal:
        advance(event, EventState.SCHEDULED, by=None, now=NOW)
    assert refusal.value.reasons == [
        "Assign a host.",
        "Put at least one product in the line-up.",
        "The planned end has passed. Choose a later one.",
    ]
    assert Event.objects.get(pk=event.pk).state == EventState.DRAFT


def test_shares_must_make_the_whole() -> None:
    event = make_event()
    make_event_host(event, share=3_350)
    make_event_host(event, share=5_000)
    make_lineup_item(event)
    assert missing(event, now=NOW) == ["The hosts' shares add up to 83.5 %, not 100 %."]


@pytest.mark.parametrize(
    ("points", "text"), [(10_000, "100"), (3_350, "33.5"), (3_333, "33.33"), (5, "0.05")]
)
def test_basis_points_read_as_percent(points: int, text: str) -> None:
    assert percent(points) == text


def test_a_show_that_became_unready_cannot_go_live_but_can_step_back() -> None:
    event = make_ready_event(state="rehearsal")
    event.lineup.all().delete()
    with pytest.raises(NotReady):
        advance(event, EventState.LIVE, by=None, now=NOW)
    assert advance(event, EventState.SCHEDULED, by=None, now=NOW).state == EventState.SCHEDULED


def test_next_states_begin_with_the_usual_one() -> None:
    assert next_states(make_event(state="scheduled")) == (
        EventState.REHEARSAL,
        EventState.DRAFT,
        EventState.CANCELLED,
    )


def _press_twice() -> int:
    """Two people hold the same scheduled event; how many of their presses went through."""
    first = make_ready_event(state="scheduled")
    second = Event.objects.get(pk=first.pk)
    through = 0
    for event, to in ((first, EventState.REHEARSAL), (second, EventState.DRAFT)):
        try:
            advance(event, to, by=None, now=NOW)
        except NotAllowed:
            continue
        through += 1
    return through


def test_of_two_people_pressing_at_once_one_wins() -> None:
    assert _press_twice() == 1


def test_without_the_old_state_in_the_update_both_would_win(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(event: Event, before: EventState, to: EventState, now: Any) -> None:
        Event.objects.filter(pk=event.pk).update(state=to)
        event.state = to

    unguarded: Callable[..., None] = blind
    monkeypatch.setattr(lifecycle, "_write", unguarded)
    assert _press_twice() == 2
