"""The one door out: tell every process that a frame is in the log.

Called after commit from any thread: a page, a consumer's database thread, a worker, a command. It never
raises and never waits for the network; the log is the record and the hubs poll it, so what is lost here is
only late.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from livechat.wire import layer

logger = logging.getLogger(__name__)
# Beyond this many sends under way the layer is not answering; more would only fill memory.
MOST_UNDER_WAY = 256
SEND_TIMEOUT = 1.0


@dataclass(frozen=True, slots=True)
class Logged:
    """One frame of the log, ready to send."""

    room: int
    epoch: str
    seq: int
    type: str
    text: str


class Listener(Protocol):
    """The hub of this process, if it holds sockets."""

    loop: asyncio.AbstractEventLoop

    def accept(self, logged: Logged) -> None: ...

    def revoke(self, user_id: int) -> None: ...


class _Announcer:
    """This process's own hub, and a loop of its own for processes without one."""

    def __init__(self) -> None:
        self.pid = os.getpid()
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
    if layer.is_shared():
        _send(state, layer.publish(logged.room, _message(logged)))


def revoke(user_id: int) -> None:
    """Close the sockets of a person in this process; the other processes find out by their own check."""
    _call_hub(_announcer(), "revoke", user_id)


def _message(logged: Logged) -> dict[str, Any]:
    return {"epoch": logged.epoch, "seq": logged.seq, "frame": logged.type, "text": logged.text}


def _call_hub(state: _Announcer, method: str, argument: object) -> None:
    hub = state.listener
    if hub is None:
        return
    try:
        hub.loop.call_soon_threadsafe(getattr(hub, method), argument)
    except RuntimeError:
        # The loop was closed under us: its sockets are gone with it.
        state.listener = None


def _send(state: _Announcer, sending: Coroutine[Any, Any, None]) -> None:
    if state.under_way >= MOST_UNDER_WAY:
        sending.close()
        return
    state.under_way += 1
    asyncio.run_coroutine_threadsafe(_guarded(state, sending), state.loop_for_sending())


async def _guarded(state: _Announcer, sending: Coroutine[Any, Any, None]) -> None:
    try:
        await asyncio.wait_for(sending, SEND_TIMEOUT)
    except Exception as error:  # noqa: BLE001 - whatever the layer throws, the write it tells of stands
        logger.warning("The layer did not take a frame: %s", type(error).__name__)
    finally:
        state.under_way -= 1
