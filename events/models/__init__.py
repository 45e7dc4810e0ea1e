from events.models.event import Event, EventHost, EventStaff, LineupItem, StateChange
from events.models.holiday import HolidayOccurrence
from events.models.host import Host, HostEvidence, HostFollow, Niche
from events.models.stream import Stream

__all__ = [
    "Event",
    "EventHost",
    "EventStaff",
    "HolidayOccurrence",
    "Host",
    "HostEvidence",
    "HostFollow",
    "LineupItem",
    "Niche",
    "StateChange",
    "Stream",
]
