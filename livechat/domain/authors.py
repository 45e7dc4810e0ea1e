"""Whose line it is, without saying who: a tag per person and room, hashes of where a line came from."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from accounts.domain.viewers import USER_PREFIX
from accounts.models import User
from livechat.models import ChatMessage, Question, Room, Sanction

LENGTH = 12


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote in a room; `user` is None for a guest."""

    key: str
    name: str
    tag: str
    user: User | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line came from, as keyed hashes; empty when it is not known."""

    session_hash: str = ""
    address_hash: str = ""


NOWHERE = Origin()


def author_tag(room_id: int, viewer_key: str) -> str:
    """The tag of a viewer in one room: the same for all their lines there, another in every other room."""
    return salted_hmac("livechat.author", f"{room_id}:{viewer_key}", algorithm="sha256").hexdigest()[:LENGTH]


def origin_of(*, session_key: str, address: str | None) -> Origin:
    """The hashes of a browser session and of a public address; without our secret they tell nothing."""
    return Origin(_hash("session", session_key), _hash("address", address or ""))


def user_of(viewer_key: str) -> User | None:
    """The account behind a viewer key."""
    number = viewer_key.removeprefix(USER_PREFIX)
    return User.objects.filter(pk=number).first() if number != viewer_key else None


def person_of(room: Room, tag: str) -> Person | None:
    """Who bears this tag in the room: by their last line, their last question, or what they were given."""
    return _last(room, tag) if tag else None


def _last(room: Room, tag: str) -> Person | None:
    row: ChatMessage | Question | None
    row = ChatMessage.objects.filter(room=room, author_tag=tag).select_related("author").last()
    row = row or Question.objects.filter(room=room, author_tag=tag).select_related("author").last()
    if row is not None:
        return Person(row.author_key, row.author_name, tag, row.author)
    given = Sanction.objects.at_room(room).filter(target_tag=tag).last()
    if given is None:
        return None
    return Person(given.target_key, given.target_name, tag, user_of(given.target_key))


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"livechat.{kind}", value, algorithm="sha256").hexdigest() if value else ""
