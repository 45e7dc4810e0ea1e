"""Frames of the room log, sent to everybody in the room, in order, without holes."""

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class ChatPosted:
    """A chat line. `badge` is the server's word: host, staff, moderator or nothing.

    `author` tells the lines of one person in this room from those of another, and nothing more. `reply` is
    the id of the line it answers, `mentions` the authors it names, `lang` a guessed BCP 47 tag or nothing,
    `links` whether this writer's addresses may be made to links.
    """

    TYPE: ClassVar[str] = "chat.posted"
    id: str
    name: str
    badge: str
    text: str
    rehearsal: bool
    author: str
    reply: str
    mentions: list[Any]
    lang: str
    links: bool


@dataclass(frozen=True, slots=True)
class ChatDeleted:
    """A line was taken away; from here on replays have its place without its words."""

    TYPE: ClassVar[str] = "chat.deleted"
    id: str


@dataclass(frozen=True, slots=True)
class ChatCleared:
    """All lines of one author were taken away."""

    TYPE: ClassVar[str] = "chat.cleared"
    author: str


@dataclass(frozen=True, slots=True)
class ChatRestored:
    """A line that was taken away is back in its place: the removal was undone."""

    TYPE: ClassVar[str] = "chat.restored"
    id: str
    name: str
    badge: str
    text: str
    author: str
    reply: str
    mentions: list[Any]
    lang: str
    links: bool


@dataclass(frozen=True, slots=True)
class NoticeSet:
    """What stands above the chat from now on; it takes the place of the one before."""

    TYPE: ClassVar[str] = "notice.set"
    id: str
    text: str
    name: str
    badge: str


@dataclass(frozen=True, slots=True)
class NoticeCleared:
    """The announcement was taken down."""

    TYPE: ClassVar[str] = "notice.cleared"
    id: str


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Somebody asks about a product of the line-up."""

    TYPE: ClassVar[str] = "question.asked"
    id: str
    product: str
    name: str
    author: str
    text: str
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class QuestionRaised:
    """How many want the answer, the asker among them."""

    TYPE: ClassVar[str] = "question.raised"
    id: str
    votes: int


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """Answered in words (`answer`: text, name, badge), on the air (`on_air`: milliseconds UTC), or both."""

    TYPE: ClassVar[str] = "question.answered"
    id: str
    answer: dict[str, Any] | None
    on_air: int | None


@dataclass(frozen=True, slots=True)
class QuestionRemoved:
    """The question was taken away; its place stays, its words do not."""

    TYPE: ClassVar[str] = "question.removed"
    id: str


@dataclass(frozen=True, slots=True)
class PollOpened:
    """The host asks the room; the poll before makes way. Votes are told by `poll.tally`."""

    TYPE: ClassVar[str] = "poll.opened"
    id: str
    question: str
    options: list[Any]


@dataclass(frozen=True, slots=True)
class PollClosed:
    """The result, final: votes per option in the order of the options."""

    TYPE: ClassVar[str] = "poll.closed"
    id: str
    counts: list[Any]


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
class ProgrammeChanged:
    """The segments of a long show as they are planned and as they went, whole.

    When the later ones will really begin every screen computes by one rule: docs/run-of-show.md.
    """

    TYPE: ClassVar[str] = "programme.changed"
    programme: list[Any]


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """Who may write (`writers`: everyone, followers or buyers) and how: seconds between two lines of one
    person (0: as fast as they like), and whether lines wait for a moderator.
    """

    TYPE: ClassVar[str] = "room.settings"
    chat_needs_account: bool
    writers: str
    slow_seconds: int
    review: bool


@dataclass(frozen=True, slots=True)
class Skip:
    """A frame this reader may not see. It keeps its place, so numbering never breaks."""

    TYPE: ClassVar[str] = "skip"


@dataclass(frozen=True, slots=True)
class Skipped:
    """The places from `seq` to `through` hold nothing for this reader now.

    They were sampled out of a busy chat, or shed because the reader was behind. Made on the way, never a row
    of the log; a snapshot has the lines.
    """

    TYPE: ClassVar[str] = "skipped"
    through: int
