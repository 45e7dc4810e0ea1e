"""The room's socket. It owns no channel and no task of the layer: the hub writes to it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from livechat.consumers import door, reports
from livechat.consumers.hubs import hub_here
from livechat.consumers.speech import say
from livechat.consumers.threads import in_database
from livechat.domain.returning import is_pass
from livechat.wire import codec, frames
from livechat.wire.audience import place_of
from livechat.wire.codes import Close, ErrorCode
from livechat.wire.outbox import outbox_for
from livechat.wire.seats import Seat
from livechat.wire.throttle import SINCE_RATE, Bucket, Patience

logger = logging.getLogger(__name__)
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
REFUSAL_SECONDS = 0.02
_register = door.Register()


class RoomConsumer(AsyncWebsocketConsumer):
    """One viewer. Frames up are few; everything down comes through the outbox."""

    entry: door.Entry | None = None
    seat: Seat | None = None
    registered: tuple[str, str | None] | None = None
    taps: Bucket | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """As the base class, without its task per socket and its trips to a thread."""
        self.scope, self.base_send = scope, send
        await receive()
        try:
            await self.connect()
            while self.seat is not None and (message := await receive())["type"] == "websocket.receive":
                await self.receive(message.get("text"), message.get("bytes"))
        finally:
            await self.disconnect(0)

    async def connect(self) -> None:
        """Origin, limits, ticket, in this order: the cheap refusals first."""
        if not door.is_own_origin(self.scope):
            await self._refuse(403)
            return
        session, peer = door.session_key(self.scope), door.address(self.scope)
        if not _register.enter(session, peer):
            await self._refuse(429)
            return
        self.registered = (session, peer)
        asked = door.query(self.scope)
        slug = self.scope["url_route"]["kwargs"]["slug"]
        ticket = asked.get("ticket", "")
        self.entry = await in_database(door.admit, slug, ticket=ticket, session=session, peer=peer)
        if self.entry is None and is_pass(ticket):
            # A page cannot tell a refused handshake from a server that is away; a close code it can read.
            await self.accept()
            await self.close(Close.SIGNED_OUT)
            return
        if self.entry is None:
            await self._refuse(403)
            return
        await self.accept()
        await self._take_seat(self.entry, asked)
        # What the browser told at the door is of no use any more, and there are thousands of them.
        self.scope.clear()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame from the browser. Whatever is in it, it costs nobody but its sender."""
        if self.seat is None:
            return
        if text_data is None:
            self.seat.outbox.cut(Close.NOT_TEXT)
            return
        if reports.is_tap(text_data):
            if not reports.may_tap(self, now=self._clock()):
                return
        elif not self._bucket.take(self._clock()):
            self._blame(ErrorCode.TOO_FAST)
            return
        try:
            frame = codec.decode(text_data)
        except codec.BadFrame as bad:
            if bad.code == ErrorCode.TOO_LARGE:
                self.seat.outbox.cut(Close.TOO_LARGE)
            else:
                self._blame(bad.code, bad.ref)
            return
        await self._handle(frame)

    async def disconnect(self, code: int) -> None:
        """Leave quietly, whatever the reason."""
        if self.registered is not None:
            _register.leave(*self.registered)
            self.registered = None
        if self.seat is not None and self.entry is not None:
            hub_here().detach(self.entry.room, self.seat)

    # --- Frames -------------------------------------------------------------------------------------------
    async def _handle(self, frame: frames.Frame) -> None:
        try:
            await HANDLERS[type(frame)](self, frame)
        except Exception as error:  # noqa: BLE001 - a database that is down must not close the socket
            logger.warning("A %s frame failed: %s", frame.TYPE, type(error).__name__)
            self.tell(frames.Error(ErrorCode.FAILED, getattr(frame, "id", None)))

    async def _say(self, frame: frames.ChatSend) -> None:
        assert self.entry and self.registered and self.seat  # noqa: S101, PT018 - there is a seat
        # People at work have the larger bound of their own.
        if self.entry.audience and not _register.may_say(self.registered[1], now=self._clock()):
            self.tell(frames.Error(ErrorCode.TOO_FAST, frame.id))
            return
        answer = await in_database(say, self.entry, frame)
        self.seat.spoke = True
        if isinstance(answer, frames.Ack):
            hub_here().note_author(self.entry.room, answer.id, self.entry.viewer_key)
        self.tell(answer)

    async def _pong(self, _frame: frames.Ping) -> None:
        assert self.entry is not None and self.seat is not None  # noqa: S101, PT018 - there is a seat
        self.seat.asked = True
        self.seat.outbox.push(hub_here().heartbeat(self.entry.room))

    async def _resume(self, frame: frames.Since) -> None:
        assert self.entry is not None and self.seat is not None  # noqa: S101, PT018 - there is a seat
        if not self._resumes.take(self._clock()):
            self._blame(ErrorCode.TOO_FAST)
            return
        await hub_here().resume(self.entry.room, self.seat, epoch=frame.epoch, seq=frame.seq)

    # --- Inside -------------------------------------------------------------------------------------------
    async def _take_seat(self, entry: door.Entry, asked: dict[str, str]) -> None:
        self._clock = asyncio.get_running_loop().time
        self._bucket, self._patience = Bucket(now=self._clock()), Patience()
        self._resumes = Bucket(now=self._clock(), rate=SINCE_RATE, burst=1)
        self.seat = Seat(
            outbox=outbox_for(self.scope, send=self.send, close=self.close),
            viewer_key=entry.viewer_key,
            right=entry.right,
            you=entry.you,
            crowd=entry.crowd,
            audience=entry.audience,
            counted=entry.counted,
            again=entry.again,
            place=place_of(peer) if (peer := self._peer()) else "",
        )
        epoch, seq = door.position(asked)
        try:
            await hub_here().attach(entry.room, self.seat, epoch=epoch, seq=seq)
        except Exception as error:  # noqa: BLE001 - the browser comes back with back-off
            logger.warning("A viewer could not be seated: %s", type(error).__name__)
            self.seat.outbox.cut(Close.RESTARTING)

    def _peer(self) -> str | None:
        return self.registered[1] if self.registered is not None else None

    async def _refuse(self, status: int) -> None:
        """Answer the handshake with a plain HTTP status where the server can, and never open the socket."""
        if "websocket.http.response" not in self.scope.get("extensions", {}):
            await self.close()
            return
        await self.base_send({"type": "websocket.http.response.start", "status": status, "headers": []})
        await self.base_send({"type": "websocket.http.response.body", "body": b""})
        # uvicorn takes a return before the line is down for a handshake forgotten, and logs it as an error.
        await asyncio.sleep(REFUSAL_SECONDS)

    def _blame(self, code: ErrorCode, ref: str | None = None) -> None:
        assert self.seat is not None  # noqa: S101 - only called with a seat
        if self._patience.is_over(self._clock()):
            self.seat.outbox.cut(Close.TOO_MANY_ERRORS)
            return
        self.tell(frames.Error(code, ref))

    def tell(self, frame: frames.Frame) -> None:
        """Answer this viewer alone, outside the log."""
        assert self.seat is not None  # noqa: S101 - only called with a seat
        self.seat.outbox.push(frames.dump(frames.unsequenced(frame)))


# What each client frame does: a coroutine function of the consumer and the frame.
HANDLERS: dict[type[frames.Frame], Callable[[RoomConsumer, Any], Awaitable[None]]] = {
    frames.ChatSend: RoomConsumer._say,
    frames.Ping: RoomConsumer._pong,
    frames.Since: RoomConsumer._resume,
    frames.React: reports.react,
    frames.Vote: reports.vote,
    frames.Lag: reports.lag,
}
