"""Snapshot plus frames: what a screen knows after them, as a pure function.

The browser's reducer (static/js/room/reducer.js) does the same; both are fed the same golden files. The hub
uses this one to give newcomers a fresh snapshot without asking the database again.
"""

from collections.abc import Callable, Iterable
from typing import Any

JSON = dict[str, Any]
Step = Callable[[JSON, JSON], JSON]
CHAT_LINES = 50


class Hole(ValueError):
    """The frame is not the next one; the log must be asked."""


def fold(snapshot: JSON, frames: Iterable[JSON]) -> JSON:
    """Apply frames in order. Frames known already are left out; raises Hole when one is missing."""
    for frame in frames:
        snapshot = _apply(snapshot, frame)
    return snapshot


def _apply(state: JSON, frame: JSON) -> JSON:
    if frame["epoch"] != state["epoch"] or frame["seq"] > state["head"] + 1:
        raise Hole(frame["seq"])
    if frame["seq"] <= state["head"]:
        return state
    return {**STEPS[frame["type"]](state, frame), "head": frame["seq"]}


def _chat_posted(state: JSON, frame: JSON) -> JSON:
    if any(line["id"] == frame["id"] for line in state["chat"]):
        return state
    names = ("id", "name", "badge", "text", "at", "rehearsal")
    line = {name: frame[name] for name in names} | {"deleted": False}
    return {**state, "chat": [*state["chat"], line][-CHAT_LINES:]}


def _chat_deleted(state: JSON, frame: JSON) -> JSON:
    gone = {"name": "", "badge": "", "text": "", "deleted": True}
    return {
        **state,
        "chat": [{**line, **gone} if line["id"] == frame["id"] else line for line in state["chat"]],
    }


def _pin_placed(state: JSON, frame: JSON) -> JSON:
    if any(pin["id"] == frame["id"] for pin in state["pins"]):
        return state
    pin = {name: frame[name] for name in ("id", "item", "product", "host", "slot", "at")}
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


def _room_settings(state: JSON, frame: JSON) -> JSON:
    return {**state, "settings": {"chat_needs_account": frame["chat_needs_account"]}}


def _skip(state: JSON, frame: JSON) -> JSON:
    return state


STEPS: dict[str, Step] = {
    "chat.posted": _chat_posted,
    "chat.deleted": _chat_deleted,
    "pin.placed": _pin_placed,
    "pin.removed": _pin_removed,
    "stock.changed": _stock_changed,
    "price.changed": _price_changed,
    "event.state": _event_state,
    "stream.state": _stream_state,
    "lineup.changed": _lineup_changed,
    "room.settings": _room_settings,
    "skip": _skip,
}
