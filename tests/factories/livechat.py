"""Rooms, pins, lines and touches for tests."""

from datetime import datetime
from itertools import count
from typing import Any

from accounts.domain.viewers import Viewer, user_key
from accounts.models import User
from catalog.models import Brand, Product
from events.enums import EventState
from events.models import Event, Host, LineupItem
from livechat.domain.authors import author_tag
from livechat.domain.rooms import room_of
from livechat.domain.terms import skeleton_of
from livechat.models import (
    AccuracyReport,
    BlockedTerm,
    ChatMessage,
    ModerationAct,
    Pin,
    Poll,
    PollVote,
    Question,
    Room,
    Sanction,
    Touch,
)
from tests.factories.events import NOW, make_event, make_lineup_item

_number = count(1)


def make_room(event: Event | None = None, **over: Any) -> Room:
    """The room of `event`, by default of a live one with nothing in its line-up."""
    room = room_of(event or make_event(state=EventState.LIVE))
    for name, value in over.items():
        setattr(room, name, value)
    room.save()
    return room


def make_guest(name: str = "Mina") -> Viewer:
    """A guest with a name."""
    return Viewer(f"guest:{next(_number)}", None, name)


def as_viewer(user: User) -> Viewer:
    """The viewer a signed-in person is."""
    return Viewer(user_key(user), user, user.display_name)


def make_pin(room: Room, *, item: LineupItem | None = None, **over: Any) -> Pin:
    """A pin row as it lies there, without frames; `item` defaults to a new piece of the line-up."""
    item = item or make_lineup_item(room.event)
    fields = {"product": item.product, "slot": room.pins.showing().count() + 1, "pinned_at": NOW}
    return Pin.objects.create(room=room, item=item, **fields | over)


def make_message(room: Room, *, text: str = "Is it lined?", at: datetime = NOW, **over: Any) -> ChatMessage:
    """A chat line as a row, without a frame."""
    n = next(_number)
    fields = {"author_key": f"guest:{n}", "author_name": f"Guest {n}", "client_id": f"c{n}"}
    return ChatMessage.objects.create(room=room, text=text, at=at, **fields | over)


def make_touch(room: Room, *, product: Product, viewer_key: str, at: datetime = NOW, **over: Any) -> Touch:
    """A touch row without its token."""
    return Touch.objects.create(room=room, product=product, viewer_key=viewer_key, at=at, **over)


def make_poll(room: Room, **over: Any) -> Poll:
    """A poll as a row, open and without a frame."""
    fields = {"question": "Which one next?", "options": ["The blue", "The ivory"], "opened_at": NOW}
    return Poll.objects.create(room=room, **fields | over)


def make_vote(poll: Poll, **over: Any) -> PollVote:
    """One vote for the first option."""
    fields = {"viewer_key": f"guest:{next(_number)}", "option": 0, "at": NOW}
    return PollVote.objects.create(poll=poll, **fields | over)


def settings_body(**over: object) -> dict[str, object]:
    """What a `room.settings` frame of an open room says."""
    body: dict[str, object] = {
        "chat_needs_account": False,
        "writers": "everyone",
        "slow_seconds": 0,
        "review": False,
    }
    return body | over


def line_body(number: int = 1, **over: object) -> dict[str, object]:
    """What a `chat.posted` frame says."""
    body: dict[str, object] = {
        "id": f"l{number}",
        "name": "Mina",
        "badge": "",
        "text": "Hi",
        "rehearsal": False,
    }
    return body | {"author": "a1", "reply": "", "mentions": [], "lang": "", "links": False} | over


def make_question(room: Room, *, product: Product | None = None, at: datetime = NOW, **over: Any) -> Question:
    """A question as a row, without a frame; about the first piece of the line-up, or a new one."""
    n = next(_number)
    if product is None:
        item = room.event.lineup.select_related("product").first() or make_lineup_item(room.event)
        product = item.product
    fields: dict[str, Any] = {
        "author_key": f"guest:{n}",
        "author_name": f"Guest {n}",
        "author_tag": f"tag{n}",
    }
    fields |= {"text": "Is it lined?", "client_id": f"q{n}", "asked_at": at, "seq": n}
    return Question.objects.create(room=room, product=product, **fields | over)


def make_report(question: Question, host: Host, **over: Any) -> AccuracyReport:
    """A viewer's report that the host's answer was wrong, still open."""
    fields = {"viewer_key": f"guest:{next(_number)}", "text": "It is cotton.", "at": NOW}
    about = {"room": question.room, "product": question.product, "question": question, "host": host}
    return AccuracyReport.objects.create(**fields | about | over)


def make_sanction(room: Room, *, key: str = "guest:banned", **over: Any) -> Sanction:
    """A ban from one room, without its act."""
    fields = {"kind": "ban", "brand": room.event.brand, "room": room, "target_name": "Eve", "at": NOW}
    return Sanction.objects.create(
        **fields | {"target_key": key, "target_tag": author_tag(room.pk, key)} | over
    )


def make_act(room: Room, **over: Any) -> ModerationAct:
    """A row of the audit."""
    return ModerationAct.objects.create(**{"room": room, "verb": "delete", "at": NOW} | over)


def make_blocked_term(
    brand: Brand, *, term: str = "nonsense", language: str = "en", **over: Any
) -> BlockedTerm:
    """A word on a brand's list."""
    fields = {"brand": brand, "language": language, "term": term, "at": NOW}
    return BlockedTerm.objects.create(**fields | {"skeleton": skeleton_of(term, language)} | over)
