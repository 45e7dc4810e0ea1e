from events.models.event import Event, EventHost, EventStaff, LineupItem, StateChange
from events.models.holiday import HolidayOccurrence
from events.models.host import Host, HostEvidence, Niche
from events.models.stream import Stream

__all__ = [
    "Event",
    "EventHost",
    "EventStaff",
    "HolidayOccurrence",
    "Host",
    "HostEvidence",
    "LineupItem",
    "Niche",
    "StateChange",
    "Stream",
]
