"""Frames for one moment or one viewer; never replayed."""

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame of a socket, and of a resynchronisation.

    `recovered` true: `frames` are exactly what was missed. False: `snapshot` replaces everything known.
    `again` stands for the ticket once when the line is lost, for four hours, with the same browser session.
    """

    TYPE: ClassVar[str] = "hello"
    recovered: bool
    epoch: str
    head: int
    now: int
    you: dict[str, Any]
    again: str
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


@dataclass(frozen=True, slots=True)
class You:
    """What the room knows of this viewer, whole, because something of it changed."""

    TYPE: ClassVar[str] = "you"
    you: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """The line with the sender's id `ref` waits for a moderator as `id`."""

    TYPE: ClassVar[str] = "held"
    ref: str
    id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that waited for a moderator was not let through. To its author only."""

    TYPE: ClassVar[str] = "refused"
    id: str


@dataclass(frozen=True, slots=True)
class ReviewWaiting:
    """A line waits for a moderator, and why. To those who moderate only."""

    TYPE: ClassVar[str] = "review.waiting"
    id: str
    name: str
    author: str
    text: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class ReviewSettled:
    """A waiting line was decided about. To those who moderate only."""

    TYPE: ClassVar[str] = "review.settled"
    id: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Reactions:
    """A burst: how often each reaction was given since the last one; the rehearsal crowd's apart."""

    TYPE: ClassVar[str] = "reactions"
    counts: dict[str, Any]
    rehearsal: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PollTally:
    """Votes so far per option, in the order of the options; `rehearsal` more are the crowd's."""

    TYPE: ClassVar[str] = "poll.tally"
    id: str
    counts: list[Any]
    rehearsal: int


@dataclass(frozen=True, slots=True)
class Audience:
    """How the room is doing, to those who work in it only.

    `suspected` counts connections left out of `viewers` by reason. `lag` and `slowest` are milliseconds the
    picture of the median viewer and of the slowest tenth is behind, None while nobody reported.
    `product_lines` and `fan_lines` are the last full minute's.
    """

    TYPE: ClassVar[str] = "audience"
    viewers: int
    rehearsal: int
    suspected: dict[str, Any]
    lag: int | None
    slowest: int | None
    product_lines: int
    fan_lines: int
