from datetime import UTC, datetime, timedelta

import pytest

from events.domain.ical import event_ics
from tests.factories.catalog import make_brand
from tests.factories.events import NOW, make_event, make_event_host, make_host

pytestmark = pytest.mark.django_db


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_the_file_says_when_what_and_where() -> None:
    event = make_event(
        title="Noël; silk, by hand", summary="Line one\nline two", brand=make_brand(name="Maison"),
        starts_at=datetime(2026, 12, 16, 19, tzinfo=UTC), ends_at=datetime(2026, 12, 16, 20, tzinfo=UTC),
        state="scheduled",
    )  # fmt: skip
    make_event_host(event, host=make_host(name="Camille"))
    lines = unfolded(event_ics(event, url="https://shop.example/events/x/", now=NOW))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SeeNow//Events//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.public_id}@seenow",
        "DTSTAMP:20261111T180000Z",
        "DTSTART:20261216T190000Z",
        "DTEND:20261216T200000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:Noël\\; silk\\, by hand · Maison",
        "DESCRIPTION:Line one\\nline two\\nCamille\\nhttps://shop.example/events/x/",
        "URL:https://shop.example/events/x/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_lines_are_folded_at_75_octets_between_characters() -> None:
    event = make_event(title="双十一" * 30, summary="é" * 300, ends_at=NOW + timedelta(days=1, hours=2))
    file = event_ics(event, url="https://shop.example/", now=NOW)
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert "STATUS:TENTATIVE" in unfolded(file)
    assert f"SUMMARY:{'双十一' * 30} · {event.brand.name}" in unfolded(file)
