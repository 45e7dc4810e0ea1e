from livechat.models.message import ChatMessage
from livechat.models.pin import MAX_PINS, Pin
from livechat.models.room import Room, RoomFrame, RoomPresence, RoomTicket, ShelfNote
from livechat.models.touch import Touch

__all__ = [
    "MAX_PINS",
    "ChatMessage",
    "Pin",
    "Room",
    "RoomFrame",
    "RoomPresence",
    "RoomTicket",
    "ShelfNote",
    "Touch",
]
