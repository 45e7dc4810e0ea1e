"""uvicorn's WebSocket with ready frames: `uvicorn --ws livechat.wire.ready:FrameProtocol`.

It adds one ASGI extension to the scope, by which the hub hands frames that were made once for a whole room to
the transport, without awaiting anybody. Nothing of it is needed: on any other server, or with uvicorn's own
`--ws websockets-sansio`, the hub uses `wire.outbox.QueueOutbox`. Written for uvicorn 0.54, which the
requirements pin; tests/livechat/test_ready.py asks what it relies on.
"""

import socket
import struct
from asyncio import BaseTransport
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.http11 import Request

from livechat.wire.codes import Close
from livechat.wire.deflate import WINDOW_BITS
from livechat.wire.outbox import BEHIND, CAUGHT_UP, CLOSE_TIMEOUT, EXTENSION, LineOutbox
from livechat.wire.slim import Gate, Inbox

# What the kernel holds for one viewer; the default would hide megabytes of delay there.
KERNEL_BUFFER = 64 * 1024
# A line whose other end acknowledges nothing is dead (milliseconds), though nobody ever said so.
UNACKNOWLEDGED = 30_000
RESET = struct.pack("ii", 1, 0)
# A browser sends our small messages in one piece.
MOST_PIECES = 64
# RFC 6455 has a code for text that is no UTF-8.
NOT_UTF8 = 1007


class FrameProtocol(WebSocketsSansIOProtocol):
    """One socket. It is the `wire.outbox.Line` of its viewer, too."""

    outbox: LineOutbox | None = None
    compresses = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.queue, self.writable = Inbox(), Gate()  # type: ignore[assignment]  # they do what is asked of them
        self.writable.set()
        if self.config.ws_per_message_deflate:
            self.conn.available_extensions = [Unpacking()]

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=BEHIND, low=CAUGHT_UP)
        self._set(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            self._set(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    def connection_lost(self, exc: Exception | None) -> None:
        if self.outbox is not None:
            self.outbox.stop()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.outbox is not None:
            self.outbox.paused()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.outbox is not None:
            self.outbox.resumed()

    # --- What comes up, where the server's own bounds are none -------------------------------------------
    def handle_cont(self, event: Frame) -> None:
        """The server bounds a message's bytes; empty pieces without end would cost it memory all the same."""
        if self.close_sent:
            self.frames = []
        elif len(self.frames) >= MOST_PIECES:
            self.frames = []
            self.hang_up(Close.TOO_LARGE)
            # What else is on its way is not worth a look.
            self.transport.pause_reading()
        else:
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer, unless the answers before are not being read."""
        answer = b"".join(self.conn.data_to_send())
        if self.writable.is_set():
            self.transport.write(answer)

    def send_receive_event_to_app(self) -> None:
        """Text that is none ends quietly; the server's own way writes a traceback into the log for each."""
        if self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            self.frames = []
            self.hang_up(NOT_UTF8)
            return
        super().send_receive_event_to_app()

    # --- What an outbox asks -----------------------------------------------------------------------------
    def take_over(self, outbox: LineOutbox) -> Any:
        """From now on `outbox` writes here, by the function given back. The handshake is forgotten."""
        self.outbox = outbox
        self.compresses = any(isinstance(one, Unpacker) and one.may_share for one in self.conn.extensions)
        # Inside websockets the request lives as long as the socket: thousands of them are all headers.
        self.request.headers.clear()
        self.response.headers.clear()
        dict.clear(self.scope)  # type: ignore[arg-type]  # a typed dict cannot be emptied by its type
        return self.transport.write

    def waiting(self) -> int:
        """Bytes the kernel has not taken."""
        return int(self.transport.get_write_buffer_size())

    def hang_up(self, code: int) -> None:
        """Close with `code`. Who reads hears it; who does not is gone all the same a moment later."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        patience = self.close_timeout if self.writable.is_set() else CLOSE_TIMEOUT
        self.close_timer = self.loop.call_later(patience, self.drop)

    def let_go(self) -> None:
        """Nobody writes here any more: what the reader does not take now is dropped."""
        if not self.disconnected and self.close_timer is None and self.waiting():
            self.close_timer = self.loop.call_later(CLOSE_TIMEOUT, self.drop)

    def drop(self) -> None:
        """Away with the socket and with what is in it: a plain close would wait for its reader."""
        if not self.disconnected:
            self._set(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.transport.abort()

    def _set(self, level: int, name: int, value: int | bytes) -> None:
        line = self.transport.get_extra_info("socket")
        # A Unix socket has none of them.
        if line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
            line.setsockopt(level, name, value)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class Unpacker(PerMessageDeflate):
    """Unpacks what comes in, up to the protocol's bound. What goes out is packed by the hub or not at all."""

    def encode(self, frame: Frame) -> Frame:
        return frame

    @property
    def may_share(self) -> bool:
        """Whether this reader's window holds what the hub makes for all."""
        return bool(self.local_max_window_bits >= WINDOW_BITS)


class Unpacking(ServerPerMessageDeflateFactory):
    """Offers compression that remembers nothing from message to message, in either direction."""

    def __init__(self) -> None:
        super().__init__(
            server_no_context_takeover=True,
            client_no_context_takeover=True,
            server_max_window_bits=WINDOW_BITS,
            client_max_window_bits=WINDOW_BITS,
        )

    def process_request_params(self, params: Any, accepted_extensions: Any) -> Any:
        answer, agreed = super().process_request_params(params, accepted_extensions)
        return answer, Unpacker(
            agreed.remote_no_context_takeover,
            agreed.local_no_context_takeover,
            agreed.remote_max_window_bits,
            agreed.local_max_window_bits,
        )
