"""Frames from the browser. A field with a default may be left out."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ChatSend:
    """Say a line. `id` is the sender's own: the same id twice is one line.

    `reply` may name the line it answers.
    """

    TYPE: ClassVar[str] = "chat.send"
    id: str
    text: str
    reply: str = ""


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


@dataclass(frozen=True, slots=True)
class React:
    """Give a reaction; shown to the room in bursts."""

    TYPE: ClassVar[str] = "react"
    kind: str


@dataclass(frozen=True, slots=True)
class Vote:
    """Choose option number `option` (from 0) of a poll. Answered by `ack` with the poll's id, or `error`."""

    TYPE: ClassVar[str] = "vote"
    id: str
    poll: str
    option: int


@dataclass(frozen=True, slots=True)
class Lag:
    """How far one's own picture is behind the clock, in milliseconds; every ten seconds while it plays."""

    TYPE: ClassVar[str] = "lag"
    behind: int
