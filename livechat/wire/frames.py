"""Every frame that exists, as frozen dataclasses. A field too many, too few or of another type is an error.

Sequenced frames carry `epoch`, `seq` and `at` (milliseconds UTC) and are rows of the room log. The others are
made for one moment or one viewer and are never replayed. `docs/protocol.md` is tested against this file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import UnionType
from typing import Any, ClassVar, Protocol, get_args, get_origin, get_type_hints

JSON = dict[str, Any]


class Frame(Protocol):
    """What all frame classes have in common."""

    TYPE: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


class UnknownFrame(ValueError):
    """The type is not on the list."""


class BadField(ValueError):
    """A field is missing, unknown or of the wrong type."""


# --- Sequenced: rows of the room log ---------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ChatPosted:
    """A chat line. `badge` is the server's word: host, staff, moderator or nothing."""

    TYPE: ClassVar[str] = "chat.posted"
    id: str
    name: str
    badge: str
    text: str
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class ChatDeleted:
    """A line was taken away; from here on replays have its place without its words."""

    TYPE: ClassVar[str] = "chat.deleted"
    id: str


@dataclass(frozen=True, slots=True)
class PinPlaced:
    """A product was laid on the stage. Browsers show it when their own picture reaches `at`."""

    TYPE: ClassVar[str] = "pin.placed"
    id: str
    item: str
    product: str
    host: str | None
    slot: int


@dataclass(frozen=True, slots=True)
class PinRemoved:
    """A pin was taken off."""

    TYPE: ClassVar[str] = "pin.removed"
    id: str


@dataclass(frozen=True, slots=True)
class StockChanged:
    """Pieces of a variant that may still be held. Acts at once, whatever the picture shows."""

    TYPE: ClassVar[str] = "stock.changed"
    product: str
    variant: str
    free: int


@dataclass(frozen=True, slots=True)
class PriceChanged:
    """What a variant costs from now on, in minor units of the show's currency. Acts at once."""

    TYPE: ClassVar[str] = "price.changed"
    product: str
    variant: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class EventStateChanged:
    """The show moved on: scheduled, rehearsal, live, ended, replay."""

    TYPE: ClassVar[str] = "event.state"
    state: str


@dataclass(frozen=True, slots=True)
class StreamStateChanged:
    """The picture: idle, live, lost or ended, and where it can be had."""

    TYPE: ClassVar[str] = "stream.state"
    state: str
    playlist: str


@dataclass(frozen=True, slots=True)
class LineupChanged:
    """The run of show, its products and the hosts as they are now, whole."""

    TYPE: ClassVar[str] = "lineup.changed"
    lineup: list[Any]
    products: dict[str, Any]
    hosts: list[Any]


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """Who may write."""

    TYPE: ClassVar[str] = "room.settings"
    chat_needs_account: bool


@dataclass(frozen=True, slots=True)
class Skip:
    """A frame this reader may not see. It keeps its place, so numbering never breaks."""

    TYPE: ClassVar[str] = "skip"


# --- Unsequenced: for one moment or one viewer -----------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame of a socket, and of a resynchronisation.

    `recovered` true: `frames` are exactly what was missed. False: `snapshot` replaces everything known.
    """

    TYPE: ClassVar[str] = "hello"
    recovered: bool
    epoch: str
    head: int
    now: int
    you: dict[str, Any]
    frames: list[Any]
    snapshot: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Where the log stands, every five seconds and in answer to `ping`."""

    TYPE: ClassVar[str] = "heartbeat"
    epoch: str
    head: int
    now: int


@dataclass(frozen=True, slots=True)
class Presence:
    """People here, each counted once; the rehearsal crowd apart."""

    TYPE: ClassVar[str] = "presence"
    viewers: int
    rehearsal: int


@dataclass(frozen=True, slots=True)
class Ack:
    """The line with the sender's id `ref` is in the log as `id`."""

    TYPE: ClassVar[str] = "ack"
    ref: str
    id: str
    seq: int
    at: int


@dataclass(frozen=True, slots=True)
class Error:
    """The frame `ref` was refused; it cost its sender only."""

    TYPE: ClassVar[str] = "error"
    code: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Several sequenced frames in their order."""

    TYPE: ClassVar[str] = "batch"
    frames: list[Any]


# --- From the browser ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ChatSend:
    """Say a line. `id` is the sender's own: the same id twice is one line."""

    TYPE: ClassVar[str] = "chat.send"
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ping:
    """Ask for a heartbeat."""

    TYPE: ClassVar[str] = "ping"


@dataclass(frozen=True, slots=True)
class Since:
    """Ask for what came after `seq`; answered by `hello`."""

    TYPE: ClassVar[str] = "since"
    epoch: str
    seq: int


def _listed(*classes: type[Frame]) -> Mapping[str, type[Frame]]:
    return {cls.TYPE: cls for cls in classes}


SEQUENCED = _listed(
    ChatPosted,
    ChatDeleted,
    PinPlaced,
    PinRemoved,
    StockChanged,
    PriceChanged,
    EventStateChanged,
    StreamStateChanged,
    LineupChanged,
    RoomSettings,
    Skip,
)
UNSEQUENCED = _listed(Hello, Heartbeat, Presence, Ack, Error, Batch)
FROM_CLIENT = _listed(ChatSend, Ping, Since)
# Frames that may wait for the next tick; all others leave at once.
MAY_WAIT = frozenset({ChatPosted.TYPE})


def body_of(frame: Frame) -> JSON:
    """The fields of a frame as stored and sent, in their written order."""
    return {field.name: getattr(frame, field.name) for field in fields(frame)}


def build(kinds: Mapping[str, type[Frame]], type_: object, body: Mapping[str, Any]) -> Any:
    """Make the frame `type_` of a list from `body`. Raises UnknownFrame or BadField."""
    cls = kinds.get(type_) if isinstance(type_, str) else None
    if cls is None:
        raise UnknownFrame(str(type_)[:40])
    if set(body) != {field.name for field in fields(cls)}:
        raise BadField(cls.TYPE)
    hints = get_type_hints(cls)
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


def _fits(value: object, hint: Any) -> bool:
    # `type(…) is` and not isinstance: True is no integer here.
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return any(type(value) is (get_origin(option) or option) for option in options)
