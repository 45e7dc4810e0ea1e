"""Two parsers that share no code: icalendar, and vobject with a grammar of its own."""

from datetime import UTC, datetime
from typing import Any

import icalendar
import vobject

FIELDS = (
    "uid", "dtstamp", "last-modified", "sequence", "dtstart", "dtend", "status", "summary", "transp",
    "description", "location", "url",
)  # fmt: skip
Entry = dict[str, Any]


def by_icalendar(file: bytes) -> list[Entry]:
    calendar = icalendar.Calendar.from_ical(file)
    entries = []
    for part in calendar.walk("VEVENT"):
        assert part.errors == []
        entries.append({name: _plain(part[name]) for name in FIELDS if name in part})
    return entries


def by_vobject(file: bytes) -> list[Entry]:
    calendar = vobject.readOne(file.decode())
    calendar.validate(raiseException=True)
    return [
        {name: _plain(part.contents[name][0].value) for name in FIELDS if name in part.contents}
        for part in calendar.contents.get("vevent", [])
    ]


def _plain(value: Any) -> Any:
    value = getattr(value, "dt", value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    text = str(value)
    if text.isdigit():
        return int(text)
    # vobject leaves a time it does not know by name as it is written.
    if len(text) == len("20261111T180000Z") and text.endswith("Z"):
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return text


def read(file: bytes) -> list[Entry]:
    """What both read, which must be the same."""
    first, second = by_icalendar(file), by_vobject(file)
    assert first == second
    return first
