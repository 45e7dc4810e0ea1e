"""Snapshot plus frames: what a screen knows after them, as a pure function.

The browser's reducer (static/js/room/reducer.js) does the same; both are fed the same golden files. The hub
uses this one to give newcomers a fresh snapshot without asking the database again.
"""

from collections.abc import Callable, Iterable
from typing import Any

JSON = dict[str, Any]
Step = Callable[[JSON, JSON], JSON]
CHAT_LINES = 50
QUESTIONS = 100
SETTINGS = ("chat_needs_account", "writers", "slow_seconds", "review")
LINE = ("id", "name", "badge", "text", "at", "rehearsal", "author", "reply", "mentions", "lang", "links")
GONE: JSON = {
    "name": "",
    "badge": "",
    "text": "",
    "reply": "",
    "mentions": [],
    "links": False,
    "deleted": True,
}


class Hole(ValueError):
    """The frame is not the next one; the log must be asked."""


def fold(snapshot: JSON, frames: Iterable[JSON]) -> JSON:
    """Apply frames in order. Frames known already are left out; raises Hole when one is missing."""
    for frame in frames:
        snapshot = _apply(snapshot, frame)
    return snapshot


def with_lines(base: JSON, hidden: list[JSON]) -> JSON:
    """The snapshot with lines only its reader sees, each where its time puts it."""
    known = {line["id"] for line in base["chat"]}
    lines = [*base["chat"], *(line for line in hidden if line["id"] not in known)]
    return {**base, "chat": sorted(lines, key=lambda line: line["at"])[-CHAT_LINES:]}


def _apply(state: JSON, frame: JSON) -> JSON:
    if frame["epoch"] != state["epoch"] or frame["seq"] > state["head"] + 1:
        raise Hole(frame["seq"])
    if frame["seq"] <= state["head"]:
        return state
    return {**STEPS[frame["type"]](state, frame), "head": frame.get("through", frame["seq"])}


def _chat_posted(state: JSON, frame: JSON) -> JSON:
    if any(line["id"] == frame["id"] for line in state["chat"]):
        return state
    line = _pick(frame, LINE) | {"deleted": False}
    return {**state, "chat": [*state["chat"], line][-CHAT_LINES:]}


def _chat_deleted(state: JSON, frame: JSON) -> JSON:
    return _with_lines(state, "id", frame["id"], GONE)


def _chat_cleared(state: JSON, frame: JSON) -> JSON:
    return _with_lines(state, "author", frame["author"], GONE)


def _chat_restored(state: JSON, frame: JSON) -> JSON:
    words = _pick(frame, ("name", "badge", "text", "reply", "mentions", "lang", "links"))
    return _with_lines(state, "id", frame["id"], words | {"deleted": False})


def _with_lines(state: JSON, name: str, value: str, changes: JSON) -> JSON:
    return {
        **state,
        "chat": [{**line, **changes} if line[name] == value else line for line in state["chat"]],
    }


def _notice_set(state: JSON, frame: JSON) -> JSON:
    return {**state, "notice": _pick(frame, ("id", "text", "name", "badge", "at"))}


def _notice_cleared(state: JSON, frame: JSON) -> JSON:
    shown = state["notice"]
    return {**state, "notice": None} if shown and shown["id"] == frame["id"] else state


def _question_asked(state: JSON, frame: JSON) -> JSON:
    if any(question["id"] == frame["id"] for question in state["questions"]):
        return state
    asked = _pick(frame, ("id", "product", "name", "author", "text", "rehearsal", "at"))
    fresh = {**asked, "votes": 1, "state": "open", "answer": None, "on_air": None}
    return {**state, "questions": [*state["questions"], fresh][-QUESTIONS:]}


def _question_raised(state: JSON, frame: JSON) -> JSON:
    return _with_question(state, frame, _pick(frame, ("votes",)))


def _question_answered(state: JSON, frame: JSON) -> JSON:
    return _with_question(state, frame, {"state": "answered", **_pick(frame, ("answer", "on_air"))})


def _question_removed(state: JSON, frame: JSON) -> JSON:
    gone = {"state": "removed", "name": "", "text": "", "answer": None, "on_air": None}
    return _with_question(state, frame, gone)


def _with_question(state: JSON, frame: JSON, changes: JSON) -> JSON:
    changed = [{**one, **changes} if one["id"] == frame["id"] else one for one in state["questions"]]
    return {**state, "questions": changed}


def _poll_opened(state: JSON, frame: JSON) -> JSON:
    return {**state, "poll": {**_pick(frame, ("id", "question", "options")), "counts": None}}


def _poll_closed(state: JSON, frame: JSON) -> JSON:
    poll = state["poll"]
    closed = poll and poll["id"] == frame["id"]
    return {**state, "poll": {**poll, "counts": frame["counts"]}} if closed else state


def _pick(frame: JSON, names: Iterable[str]) -> JSON:
    return {name: frame[name] for name in names}


def _pin_placed(state: JSON, frame: JSON) -> JSON:
    if any(pin["id"] == frame["id"] for pin in state["pins"]):
        return state
    pin = _pick(frame, ("id", "item", "product", "host", "slot", "at"))
    return {**state, "pins": [*state["pins"], pin]}


def _pin_removed(state: JSON, frame: JSON) -> JSON:
    return {**state, "pins": [pin for pin in state["pins"] if pin["id"] != frame["id"]]}


def _stock_changed(state: JSON, frame: JSON) -> JSON:
    return _with_variant(state, frame, {"free": frame["free"]})


def _price_changed(state: JSON, frame: JSON) -> JSON:
    return _with_variant(state, frame, {"amount": frame["amount"], "currency": frame["currency"]})


def _with_variant(state: JSON, frame: JSON, changes: JSON) -> JSON:
    card = state["products"].get(frame["product"])
    if card is None:
        return state
    variants = [{**v, **changes} if v["id"] == frame["variant"] else v for v in card["variants"]]
    return {**state, "products": {**state["products"], frame["product"]: {**card, "variants": variants}}}


def _event_state(state: JSON, frame: JSON) -> JSON:
    return {**state, "event": {**state["event"], "state": frame["state"]}}


def _stream_state(state: JSON, frame: JSON) -> JSON:
    stream = {"state": frame["state"], "playlist": frame["playlist"]}
    return {**state, "event": {**state["event"], "stream": stream}}


def _lineup_changed(state: JSON, frame: JSON) -> JSON:
    event = {**state["event"], "hosts": frame["hosts"]}
    return {**state, "event": event, "lineup": frame["lineup"], "products": frame["products"]}


def _programme_changed(state: JSON, frame: JSON) -> JSON:
    return {**state, "programme": frame["programme"]}


def _room_settings(state: JSON, frame: JSON) -> JSON:
    return {**state, "settings": _pick(frame, SETTINGS)}


def _skip(state: JSON, frame: JSON) -> JSON:
    return state


STEPS: dict[str, Step] = {
    "chat.posted": _chat_posted,
    "chat.deleted": _chat_deleted,
    "chat.cleared": _chat_cleared,
    "chat.restored": _chat_restored,
    "notice.set": _notice_set,
    "notice.cleared": _notice_cleared,
    "pin.placed": _pin_placed,
    "pin.removed": _pin_removed,
    "stock.changed": _stock_changed,
    "price.changed": _price_changed,
    "event.state": _event_state,
    "stream.state": _stream_state,
    "lineup.changed": _lineup_changed,
    "programme.changed": _programme_changed,
    "room.settings": _room_settings,
    "question.asked": _question_asked,
    "question.raised": _question_raised,
    "question.answered": _question_answered,
    "question.removed": _question_removed,
    "poll.opened": _poll_opened,
    "poll.closed": _poll_closed,
    "skip": _skip,
    "skipped": _skip,
}
