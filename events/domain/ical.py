"""Shows as iCalendar (RFC 5545, RFC 7986). `icalendar` writes and escapes; it is imported nowhere else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, vDuration
from icalendar import Event as Entry

from events.enums import EventState
from events.models import Event

PRODID = "-//SeeNow//Events//EN"
# How often a calendar that follows a feed should look again.
REFRESH = timedelta(hours=1)
# When a show was last changed, for those nobody has changed since this is written down.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
UrlOf = Callable[[Event], str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A show as a calendar lists it. One that was taken back shows nothing of what is planned now."""

    event: Event
    hosts: list[str]
    starts_at: datetime
    ends_at: datetime
    withdrawn: bool = False

    @property
    def off(self) -> bool:
        """Whether the show does not take place."""
        return self.withdrawn or self.event.state == EventState.CANCELLED


def event_ics(event: Event, *, url: str) -> bytes:
    """The file for `event`, whose page is the absolute `url`. Times are UTC; SEQUENCE counts on."""
    hosts = [row.host.name for row in event.event_hosts.select_related("host")]
    listed = Listed(event, hosts, event.starts_at, event.ends_at)
    return _written(_calendar(), [listed], lambda _event: url)


def feed_ics(shows: Iterable[Listed], *, name: str, url_of: UrlOf) -> bytes:
    """A calendar to follow, called `name`."""
    calendar = _calendar()
    for title in ("name", "x-wr-calname"):
        calendar.add(title, name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return _written(calendar, shows, url_of)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    return calendar


def _written(calendar: Calendar, shows: Iterable[Listed], url_of: UrlOf) -> bytes:
    for show in shows:
        calendar.add_component(_entry(show, url_of(show.event)))
    return calendar.to_ical()


def _entry(show: Listed, url: str) -> Entry:
    event, entry = show.event, Entry()
    changed = event.changed_at or LONG_AGO
    entry.add("uid", f"{event.public_id}@seenow")
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", event.sequence)
    entry.add("dtstart", show.starts_at)
    entry.add("dtend", show.ends_at)
    entry.add("status", _status(show))
    entry.add("summary", _summary(show))
    # Watching does not make anybody busy.
    entry.add("transp", "TRANSPARENT")
    if not show.withdrawn:
        entry.add("description", _about(show, url))
        entry.add("location", url)
        entry.add("url", url)
    return entry


def _status(show: Listed) -> str:
    if show.off:
        return "CANCELLED"
    return "TENTATIVE" if show.event.state == EventState.DRAFT else "CONFIRMED"


def _summary(show: Listed) -> str:
    if show.withdrawn:
        return _("Cancelled: %(title)s") % {"title": show.event.brand.name}
    name = f"{show.event.title} · {show.event.brand.name}"
    return _("Cancelled: %(title)s") % {"title": name} if show.off else name


def _about(show: Listed, url: str) -> str:
    note = show.event.cancel_note if show.off else ""
    parts = (note, show.event.summary, ", ".join(show.hosts), url)
    # Line ends of forms and text; a lone CR would end a content line early.
    return "\n".join(part.replace("\r\n", "\n").replace("\r", "\n") for part in parts if part)
