from events.models.assortment import Assortment, AssortmentPiece
from events.models.engagement import Engagement, Vetting, VettingCheck
from events.models.event import Event, EventHost, EventStaff, LineupItem, StateChange
from events.models.holiday import HolidayOccurrence, MovedDay, OwnDay
from events.models.host import Credibility, Host, HostAway, HostEvidence, HostFollow, HostTie, Niche
from events.models.look import EventLook
from events.models.planning import ChecklistItem, ReviewNote, Revision, Series
from events.models.segment import Segment
from events.models.stream import Stream
from events.models.viewing import CalendarFeed, Reminder, SavedEvent, Wish

__all__ = [
    "Assortment",
    "AssortmentPiece",
    "CalendarFeed",
    "ChecklistItem",
    "Credibility",
    "Engagement",
    "Event",
    "EventHost",
    "EventLook",
    "EventStaff",
    "HolidayOccurrence",
    "Host",
    "HostAway",
    "HostEvidence",
    "HostFollow",
    "HostTie",
    "LineupItem",
    "MovedDay",
    "Niche",
    "OwnDay",
    "Reminder",
    "ReviewNote",
    "Revision",
    "SavedEvent",
    "Segment",
    "Series",
    "StateChange",
    "Stream",
    "Vetting",
    "VettingCheck",
    "Wish",
]
