"""One show as a file: every field, as two parsers read it."""

from datetime import UTC, datetime, timedelta

import pytest

from events.domain.ical import LONG_AGO, event_ics
from events.domain.lifecycle import advance
from events.domain.scheduling import edit_event
from events.enums import EventState
from events.models import Event
from tests.events.domain.calendar_readers import read
from tests.factories.catalog import make_brand
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_ready_event

pytestmark = pytest.mark.django_db
URL = "https://shop.example/events/x/"


def test_both_parsers_read_every_field() -> None:
    event = make_event(
        title="Noël; silk, by hand \\ twice", summary="Line one\r\nline two", brand=make_brand(name="Maison"),
        starts_at=datetime(2026, 12, 16, 19, tzinfo=UTC), ends_at=datetime(2026, 12, 16, 20, tzinfo=UTC),
        state="scheduled", sequence=4, changed_at=NOW,
    )  # fmt: skip
    make_event_host(event, host=make_host(name="Camille"))
    assert read(event_ics(event, url=URL)) == [
        {
            "uid": f"{event.public_id}@seenow",
            "dtstamp": NOW,
            "last-modified": NOW,
            "sequence": 4,
            "dtstart": datetime(2026, 12, 16, 19, tzinfo=UTC),
            "dtend": datetime(2026, 12, 16, 20, tzinfo=UTC),
            "status": "CONFIRMED",
            "summary": "Noël; silk, by hand \\ twice · Maison",
            "transp": "TRANSPARENT",
            "description": f"Line one\nline two\nCamille\n{URL}",
            "location": URL,
            "url": URL,
        }
    ]


def test_lines_are_folded_at_75_octets_between_characters() -> None:
    event = make_event(title="双十一" * 30, summary="é" * 300, ends_at=NOW + timedelta(days=1, hours=2))
    file = event_ics(event, url=URL)
    lines = file.split(b"\r\n")
    assert (max(len(line) for line in lines), b"\n" in b"".join(lines)) == (75, False)
    (entry,) = read(file)
    assert (entry["summary"], entry["status"]) == (f"{'双十一' * 30} · {event.brand.name}", "TENTATIVE")


@pytest.mark.parametrize(
    "title",
    [
        "BEGIN:VEVENT",
        "a\\nb",
        "tab\tand",
        "x" * 74,
        "é" * 120,
        "END:VCALENDAR;X=1",
        "🎎 雛祭り",
        '"quoted": yes',
    ],
    ids=["begin", "backslash", "tab", "74", "accents", "end", "emoji", "quotes"],
)
def test_a_title_is_a_title_whatever_is_in_it(title: str) -> None:
    event = make_event(title=title, state="scheduled")
    assert [entry["summary"] for entry in read(event_ics(event, url=URL))] == [
        f"{title} · {event.brand.name}"
    ]


def test_a_show_nobody_changed_was_changed_long_ago() -> None:
    (entry,) = read(event_ics(make_event(state="scheduled"), url=URL))
    assert (entry["dtstamp"], entry["sequence"]) == (LONG_AGO, 0)


def sequence(event: Event) -> tuple[int, str]:
    (entry,) = read(event_ics(Event.objects.select_related("brand").get(pk=event.pk), url=URL))
    return entry["sequence"], entry["status"]


def test_updates_and_cancellations_carry_a_higher_sequence() -> None:
    event = make_ready_event()
    told = [sequence(event)]
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    told.append(sequence(event))
    edit_event(event, version=event.version, now=NOW, title="Another")
    told.append(sequence(event))
    starts_at = event.starts_at + timedelta(hours=1)
    edit_event(
        event, version=event.version, now=NOW, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    told.append(sequence(event))
    advance(event, EventState.CANCELLED, by=None, now=NOW)
    told.append(sequence(event))
    assert told == [
        (0, "TENTATIVE"), (1, "CONFIRMED"), (2, "CONFIRMED"), (3, "CONFIRMED"), (4, "CANCELLED"),
    ]  # fmt: skip


def test_what_calendars_do_not_show_changes_no_sequence() -> None:
    event = make_ready_event(state="scheduled")
    edit_event(event, version=event.version, now=NOW, currency="CHF")
    edit_event(event, version=event.version, now=NOW, title=event.title, starts_at=event.starts_at)
    advance(event, EventState.REHEARSAL, by=None, now=NOW)
    event.refresh_from_db()
    assert (event.sequence, event.changed_at) == (0, None)


def test_a_cancelled_show_says_so_and_why() -> None:
    event = make_event(
        state="cancelled", title="Silk", cancel_note="The host is ill.", brand=make_brand(name="M")
    )
    (entry,) = read(event_ics(event, url=URL))
    assert entry["summary"] == "Cancelled: Silk · M"
    assert entry["description"].split("\n")[0] == "The host is ill."
