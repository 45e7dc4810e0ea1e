from livechat.models.message import ChatMessage, LineState, Topic
from livechat.models.moderation import BlockedTerm, ModerationAct, Notice, Sanction, SanctionKind
from livechat.models.pin import MAX_PINS, Pin
from livechat.models.poll import Poll, PollVote, ReactionMinute
from livechat.models.question import Question, QuestionVote
from livechat.models.room import (
    MOST_SLOW_SECONDS,
    Room,
    RoomFrame,
    RoomPresence,
    RoomTicket,
    ShelfNote,
    Writers,
)
from livechat.models.standing import AccuracyReport, AnswerVerdict, Attendance
from livechat.models.touch import Touch

__all__ = [
    "MAX_PINS",
    "MOST_SLOW_SECONDS",
    "AccuracyReport",
    "AnswerVerdict",
    "Attendance",
    "BlockedTerm",
    "ChatMessage",
    "LineState",
    "ModerationAct",
    "Notice",
    "Pin",
    "Poll",
    "PollVote",
    "Question",
    "QuestionVote",
    "ReactionMinute",
    "Room",
    "RoomFrame",
    "RoomPresence",
    "RoomTicket",
    "Sanction",
    "SanctionKind",
    "ShelfNote",
    "Topic",
    "Touch",
    "Writers",
]
