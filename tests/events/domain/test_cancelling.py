"""Calling a show off: who may still do what, and what everybody is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.lifecycle import advance
from events.domain.lineup import add_item
from events.domain.scheduling import edit_event
from events.enums import EventState
from events.errors import NotAllowed, NotEditable
from events.models import Event
from events.signals import event_moved
from livechat.domain.rooms import room_of
from livechat.domain.snapshot import snapshot
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member, make_product
from tests.factories.events import NOW, make_ready_event

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def moves() -> Iterator[list[tuple[datetime, datetime]]]:
    """Every event_moved of the test as (before, after)."""
    heard: list[tuple[datetime, datetime]] = []

    def listen(*, event: Event, before: datetime, **_signal: Any) -> None:
        heard.append((before, event.starts_at))

    event_moved.connect(listen)
    yield heard
    event_moved.disconnect(listen)


@pytest.mark.parametrize("state", ["scheduled", "rehearsal"])
def test_a_show_is_cancelled_with_a_word_to_viewers(state: str) -> None:
    event = make_ready_event(state=state)
    advance(event, EventState.CANCELLED, by=None, now=NOW, note=f"  The host\r\nis ill. {'x' * 300}")
    event.refresh_from_db()
    assert (event.state, event.cancelled_at, event.sequence, event.changed_at) == ("cancelled", NOW, 1, NOW)
    assert (event.cancel_note[:17], len(event.cancel_note)) == ("The host is ill. ", 200)


@pytest.mark.parametrize("state", ["draft", "live", "ended", "replay"])
def test_what_was_never_announced_or_was_on_air_is_not_cancelled(state: str) -> None:
    with pytest.raises(NotAllowed):
        advance(make_ready_event(state=state), EventState.CANCELLED, by=None, now=NOW)


def test_a_note_belongs_to_a_cancellation_alone() -> None:
    event = make_ready_event()
    advance(event, EventState.SCHEDULED, by=None, now=NOW, note="Never shown")
    event.refresh_from_db()
    assert (event.cancel_note, event.cancelled_at) == ("", None)


def test_taken_back_to_draft_it_may_be_planned_anew() -> None:
    event = make_ready_event(state="scheduled")
    advance(event, EventState.CANCELLED, by=None, now=NOW, note="Ill")
    with pytest.raises(NotEditable, match="cancelled"):
        edit_event(event, version=event.version, now=NOW, title="New")
    with pytest.raises(NotEditable):
        add_item(event, make_product(brand=event.brand), now=NOW)
    advance(event, EventState.DRAFT, by=None, now=LATER)
    event.refresh_from_db()
    assert (event.cancelled_at, event.cancel_note, event.sequence) == (None, "", 2)
    edit_event(event, version=event.version, now=LATER, title="New")


def test_the_step_keeps_when_the_show_was_to_be() -> None:
    event = make_ready_event(state="scheduled")
    advance(event, EventState.CANCELLED, by=None, now=NOW)
    step = event.changes.get()
    assert (step.starts_at, step.ends_at) == (event.starts_at, event.ends_at)


def test_a_show_that_moves_says_from_when_to_when(moves: list[tuple[datetime, datetime]]) -> None:
    event = make_ready_event(state="scheduled")
    before, after = event.starts_at, event.starts_at + timedelta(hours=1)
    edit_event(event, version=event.version, now=NOW, starts_at=after, ends_at=after + timedelta(hours=1))
    edit_event(event, version=event.version, now=NOW, title="Same time")
    assert moves == [(before, after)]


def test_a_draft_moves_in_silence(moves: list[tuple[datetime, datetime]]) -> None:
    event = make_ready_event()
    after = event.starts_at + timedelta(hours=1)
    edit_event(event, version=event.version, now=NOW, starts_at=after, ends_at=after + timedelta(hours=1))
    event.refresh_from_db()
    assert (moves, event.sequence, event.version) == ([], 0, 2)


def test_the_page_says_so_calmly_and_names_no_piece(client: Client) -> None:
    event = make_ready_event(state="cancelled", now=timezone.now(), cancel_note="The host is ill.")
    page = client.get(f"/events/{event.slug}/")
    words = page.content.decode()
    assert page.status_code == 200
    assert ("This show is cancelled." in words, "The host is ill." in words) == (True, True)
    assert event.lineup.all()[0].product.name not in words


def test_the_room_and_the_api_tell_the_state(client: Client) -> None:
    event = make_ready_event(state="cancelled", now=timezone.now())
    assert snapshot(room_of(event), now=NOW)["event"]["state"] == "cancelled"
    assert client.get(f"/api/v1/events/{event.slug}/").json()["state"] == "cancelled"
    assert client.get(f"/api/v1/rooms/{event.slug}/").json()["event"]["state"] == "cancelled"


def test_home_does_not_announce_it(client: Client) -> None:
    make_ready_event(state="cancelled", now=timezone.now())
    page = client.get("/")
    assert (page.context["live"], page.context["agenda"], page.context["recent"]) == ([], [], [])


def test_producers_cancel_with_a_note_and_a_tick(client: Client) -> None:
    event = make_ready_event(state="scheduled", now=timezone.now())
    producer = make_user()
    make_member(producer, event.brand)
    client.force_login(producer)
    url = f"/studio/events/{event.slug}/state/"
    client.post(url, {"to": "cancelled", "note": "Ill"})
    event.refresh_from_db()
    assert event.state == "scheduled"
    client.post(url, {"to": "cancelled", "note": "Ill", "sure": "on"})
    event.refresh_from_db()
    assert (event.state, event.cancel_note) == ("cancelled", "Ill")
    assert client.get(f"/studio/events/{event.slug}/").status_code == 200
    assert client.get("/studio/").status_code == 200
