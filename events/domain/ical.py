"""An event as an iCalendar file (RFC 5545)."""

from datetime import UTC, datetime

from events.enums import EventState
from events.models import Event

LINE = 75  # octets a content line may have before it is folded
STATUS = {EventState.DRAFT: "TENTATIVE"}


def event_ics(event: Event, *, url: str, now: datetime) -> bytes:
    """The file for `event`, whose page is the absolute `url`. Times are UTC; SEQUENCE counts the edits."""
    hosts = ", ".join(row.host.name for row in event.event_hosts.select_related("host"))
    about = "\n".join(part for part in (event.summary, hosts, url) if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SeeNow//Events//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.public_id}@seenow",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SEQUENCE:{event.version - 1}",
        f"STATUS:{STATUS.get(EventState(event.state), 'CONFIRMED')}",
        f"SUMMARY:{_text(f'{event.title} · {event.brand.name}')}",
        f"DESCRIPTION:{_text(about)}",
        f"URL:{url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines).encode()


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never cutting a character; further ones begin with a space."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
