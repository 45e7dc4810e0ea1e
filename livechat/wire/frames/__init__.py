"""Every frame that exists, as frozen dataclasses. A field too many, too few or of another type is an error.

Sequenced frames carry `epoch`, `seq` and `at` (milliseconds UTC) and are rows of the room log. The others are
made for one moment or one viewer and are never replayed. `docs/protocol.md` is tested against this package.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Protocol, get_args, get_origin, get_type_hints

from livechat.wire.frames.client import (
    ChatSend,
    Lag,
    Ping,
    React,
    Since,
    Vote,
)
from livechat.wire.frames.sequenced import (
    ChatCleared,
    ChatDeleted,
    ChatPosted,
    ChatRestored,
    EventStateChanged,
    LineupChanged,
    NoticeCleared,
    NoticeSet,
    PinPlaced,
    PinRemoved,
    PollClosed,
    PollOpened,
    PriceChanged,
    ProgrammeChanged,
    QuestionAnswered,
    QuestionAsked,
    QuestionRaised,
    QuestionRemoved,
    RoomSettings,
    Skip,
    Skipped,
    StockChanged,
    StreamStateChanged,
)
from livechat.wire.frames.unsequenced import (
    Ack,
    Audience,
    Batch,
    Error,
    Heartbeat,
    Held,
    Hello,
    PollTally,
    Presence,
    Reactions,
    Refused,
    ReviewSettled,
    ReviewWaiting,
    You,
)

JSON = dict[str, Any]
__all__ = [
    "FROM_CLIENT",
    "MAY_WAIT",
    "SEQUENCED",
    "UNSEQUENCED",
    "Ack",
    "Audience",
    "BadField",
    "Batch",
    "ChatCleared",
    "ChatDeleted",
    "ChatPosted",
    "ChatRestored",
    "ChatSend",
    "Error",
    "EventStateChanged",
    "Frame",
    "Heartbeat",
    "Held",
    "Hello",
    "Lag",
    "LineupChanged",
    "NoticeCleared",
    "NoticeSet",
    "PinPlaced",
    "PinRemoved",
    "Ping",
    "PollClosed",
    "PollOpened",
    "PollTally",
    "Presence",
    "PriceChanged",
    "ProgrammeChanged",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionRaised",
    "QuestionRemoved",
    "React",
    "Reactions",
    "Refused",
    "ReviewSettled",
    "ReviewWaiting",
    "RoomSettings",
    "Since",
    "Skip",
    "Skipped",
    "StockChanged",
    "StreamStateChanged",
    "UnknownFrame",
    "Vote",
    "You",
    "body_of",
    "build",
    "dump",
    "sequenced",
    "unsequenced",
]


class Frame(Protocol):
    """What all frame classes have in common."""

    TYPE: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


class UnknownFrame(ValueError):
    """The type is not on the list."""


class BadField(ValueError):
    """A field is missing, unknown or of the wrong type."""


def _listed(*classes: type[Frame]) -> Mapping[str, type[Frame]]:
    return {cls.TYPE: cls for cls in classes}


SEQUENCED = _listed(
    ChatPosted,
    ChatDeleted,
    ChatCleared,
    ChatRestored,
    NoticeSet,
    NoticeCleared,
    PinPlaced,
    PinRemoved,
    StockChanged,
    PriceChanged,
    EventStateChanged,
    StreamStateChanged,
    LineupChanged,
    ProgrammeChanged,
    RoomSettings,
    QuestionAsked,
    QuestionRaised,
    QuestionAnswered,
    QuestionRemoved,
    PollOpened,
    PollClosed,
    Skip,
    Skipped,
)
UNSEQUENCED = _listed(
    Hello,
    Heartbeat,
    Presence,
    Ack,
    Error,
    Batch,
    You,
    Held,
    Refused,
    ReviewWaiting,
    ReviewSettled,
    Reactions,
    PollTally,
    Audience,
)
FROM_CLIENT = _listed(ChatSend, Ping, Since, React, Vote, Lag)
# Frames that may wait for the next tick; all others leave at once.
MAY_WAIT = frozenset({ChatPosted.TYPE, QuestionRaised.TYPE})


def body_of(frame: Frame) -> JSON:
    """The fields of a frame as stored and sent, in their written order."""
    return {field.name: getattr(frame, field.name) for field in fields(frame)}


def build(kinds: Mapping[str, type[Frame]], type_: object, body: Mapping[str, Any]) -> Any:
    """Make the frame `type_` of a list from `body`. Raises UnknownFrame or BadField."""
    cls = kinds.get(type_) if isinstance(type_, str) else None
    if cls is None:
        raise UnknownFrame(str(type_)[:40])
    known, needed, hints = _form(cls)
    if not needed <= set(body) <= known:
        raise BadField(cls.TYPE)
    for name, value in body.items():
        if not _fits(value, hints[name]):
            raise BadField(f"{cls.TYPE}.{name}")
    return cls(**body)


def sequenced(type_: str, body: Mapping[str, Any], *, epoch: str, seq: int, at: int) -> JSON:
    """A row of the log as it is sent; `at` in milliseconds UTC."""
    build(SEQUENCED, type_, body)
    return {"type": type_, "epoch": epoch, "seq": seq, "at": at, **body}


def unsequenced(frame: Frame) -> JSON:
    """A frame outside the log as it is sent."""
    return {"type": frame.TYPE, **body_of(frame)}


def dump(message: object) -> str:
    """Serialise compactly; a lone surrogate or NaN never leaves the house."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@cache
def _form(cls: type[Frame]) -> tuple[frozenset[str], frozenset[str], dict[str, Any]]:
    """(fields there are, fields there must be, their types)."""
    known = fields(cls)
    needed = frozenset(field.name for field in known if field.default is MISSING)
    return frozenset(field.name for field in known), needed, get_type_hints(cls)


def _fits(value: object, hint: Any) -> bool:
    # `type(…) is` and not isinstance: True is no integer here.
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return any(type(value) is (get_origin(option) or option) for option in options)
