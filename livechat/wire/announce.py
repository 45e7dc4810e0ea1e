"""The one door out: tell every process that a frame is in the log, or what is only worth this moment.

Called after commit from any thread: a page, a consumer's database thread, a worker, a command. It never
raises and never waits for the network. The log is the record and the hubs poll it, so what `announce` loses
is only late; what `tell` and `burst` lose is gone, and their callers know it.
"""

import asyncio
import logging
import os
import secrets
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from livechat.wire import layer

logger = logging.getLogger(__name__)
# Beyond this many sends under way the layer is not answering; more would only fill memory.
MOST_UNDER_WAY = 256
SEND_TIMEOUT = 1.0
# The addressee of `tell` that means everybody at work in the room.
STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Logged:
    """One frame of the log, ready to send.

    `own` is (viewer_key, text): what that one person gets in place of `text`, at the same place of the log.
    """

    room: int
    epoch: str
    seq: int
    type: str
    text: str
    own: tuple[str, str] | None = None

    def text_for(self, viewer_key: str) -> str:
        """What this viewer may read here."""
        return self.own[1] if self.own is not None and self.own[0] == viewer_key else self.text


class Listener(Protocol):
    """The hub of this process, if it holds sockets."""

    loop: asyncio.AbstractEventLoop

    def accept(self, logged: Logged) -> None: ...

    def deliver(self, room: int, to: str, text: str) -> None: ...

    def burst(self, room: int, text: str) -> None: ...

    def revoke(self, user_id: int) -> None: ...


class _Announcer:
    """This process's own hub, and a loop of its own for processes without one."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        # By it a hub knows what came from its own process and was delivered there already.
        self.name = secrets.token_hex(8)
        self.listener: Listener | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.under_way = 0
        self.lock = threading.Lock()

    def loop_for_sending(self) -> asyncio.AbstractEventLoop:
        if self.listener is not None and self.listener.loop.is_running():
            return self.listener.loop
        with self.lock:
            if self.loop is None:
                self.loop = asyncio.new_event_loop()
                threading.Thread(target=self.loop.run_forever, name="announce", daemon=True).start()
        return self.loop


_state = _Announcer()


def _announcer() -> _Announcer:
    """The state of this process: a fork inherits neither threads nor loops."""
    global _state  # noqa: PLW0603 - one per process is what it is
    if _state.pid != os.getpid():
        _state = _Announcer()
    return _state


def listen(listener: Listener | None) -> None:
    """Make `listener` the hub of this process (None: there is none any more)."""
    _announcer().listener = listener


def announce(logged: Logged) -> None:
    """Hand a committed frame to this process's hub and to the layer."""
    state = _announcer()
    _call_hub(state, "accept", logged)
    _publish(state, logged.room, _message(logged))


def tell(room: int, to: str, text: str) -> None:
    """Hand a frame outside the log to one person (`to`: a viewer key) or to people at work (STAFF)."""
    state = _announcer()
    _call_hub(state, "deliver", room, to, text)
    _publish(state, room, {"by": state.name, "to": to, "text": text})


def burst(room: int, text: str) -> None:
    """Hand a frame outside the log to everybody in the room: a tally, reactions."""
    state = _announcer()
    _call_hub(state, "burst", room, text)
    _publish(state, room, {"by": state.name, "text": text})


def note(room: int, body: dict[str, Any]) -> None:
    """Tell the other processes' hubs something of a room that is no frame; see `pulse.hear`."""
    state = _announcer()
    _publish(state, room, {"by": state.name, "note": body})


def is_own(message: dict[str, Any]) -> bool:
    """Whether this process sent the message, and its hub therefore has it."""
    return message.get("by") == _announcer().name


def to_logged(message: dict[str, Any]) -> Logged:
    """A frame of the log as the layer carried it."""
    own = message.get("own")
    place = message["room"], message["epoch"], message["seq"]
    return Logged(*place, message["frame"], message["text"], (own[0], own[1]) if own else None)


def revoke(user_id: int) -> None:
    """Close the sockets of a person in this process; the other processes find out by their own check."""
    _call_hub(_announcer(), "revoke", user_id)


def _message(logged: Logged) -> dict[str, Any]:
    found = {"epoch": logged.epoch, "seq": logged.seq, "frame": logged.type, "text": logged.text}
    return found | ({"own": list(logged.own)} if logged.own else {})


def _call_hub(state: _Announcer, method: str, *arguments: object) -> None:
    hub = state.listener
    if hub is None:
        return
    try:
        hub.loop.call_soon_threadsafe(getattr(hub, method), *arguments)
    except RuntimeError:
        # The loop was closed under us: its sockets are gone with it.
        state.listener = None


def _publish(state: _Announcer, room: int, message: dict[str, Any]) -> None:
    if layer.is_shared():
        _send(state, layer.publish(room, message))


def _send(state: _Announcer, sending: Coroutine[Any, Any, None]) -> None:
    if state.under_way >= MOST_UNDER_WAY:
        sending.close()
        return
    state.under_way += 1
    asyncio.run_coroutine_threadsafe(_guarded(state, sending), state.loop_for_sending())


async def _guarded(state: _Announcer, sending: Coroutine[Any, Any, None]) -> None:
    try:
        async with asyncio.timeout(SEND_TIMEOUT):
            await sending
    except Exception as error:  # noqa: BLE001 - whatever the layer throws, the write it tells of stands
        logger.warning("The layer did not take a frame: %s", type(error).__name__)
    finally:
        state.under_way -= 1
