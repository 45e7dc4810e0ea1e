"""Whom a line names: `@name` becomes the author tags of people in the room."""

import re
import unicodedata
from collections.abc import Iterator

from accounts.domain.viewers import user_key
from livechat.domain.authors import author_tag
from livechat.models import ChatMessage, LineState, Room

# Whoever spoke longer ago than this many lines is hardly meant.
RECENT_LINES = 300
MOST = 5
# Not inside an e-mail address.
AT = re.compile(r"(?<![A-Za-z0-9.@])@(?=\S)")


def mentioned(room: Room, text: str, *, by: str = "") -> list[str]:
    """The author tags of the people `text` names, in its order, at most five; `by`, the writer's, left out.

    A name belongs to whoever spoke under it last; the hosts need not have spoken.
    """
    if "@" not in text:
        return []
    people = dict(_people(room))
    read = _folded(text)
    tags = [_longest(people, read[at.end() :]) for at in AT.finditer(read)]
    return list(dict.fromkeys(tag for tag in tags if tag and tag != by))[:MOST]


def _people(room: Room) -> Iterator[tuple[str, str]]:
    """(folded name, author tag), the most recent of a name last."""
    for row in room.event.event_hosts.select_related("host__user"):
        if row.host.user:
            tag = author_tag(room.pk, user_key(row.host.user))
            yield from ((_folded(name), tag) for name in (row.host.name, row.host.user.display_name) if name)
    shown = ChatMessage.objects.filter(room=room, state=LineState.SHOWN, deleted_at=None)
    recent = shown.order_by("-seq", "-pk").values_list("author_name", "author_tag")[:RECENT_LINES]
    yield from ((_folded(name), tag) for name, tag in reversed(recent) if name and tag)


def _longest(people: dict[str, str], rest: str) -> str | None:
    """The tag of the longest name that `rest` begins with; scripts without blanks need no end of word."""
    named = [name for name in people if rest.startswith(name) and _ends(name, rest[len(name) :])]
    return people[max(named, key=len)] if named else None


def _ends(name: str, after: str) -> bool:
    return not (after[:1].isalnum() and _spaced(after[0]) and _spaced(name[-1]))


def _spaced(char: str) -> bool:
    """Whether the letter's script sets words apart."""
    return unicodedata.category(char) != "Lo" or "\u0590" <= char <= "\u0dff"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
