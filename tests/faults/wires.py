"""A WebSocket by hand, for what no client library would send."""

import base64
import os
import socket
import struct
from contextlib import suppress

from django.conf import settings

MASK = b"\x00\x00\x00\x00"
CONTINUATION, TEXT, BINARY, CLOSE, PING = 0x0, 0x1, 0x2, 0x8, 0x9


def frame(
    opcode: int, payload: bytes = b"", *, fin: bool = True, rsv1: bool = False, claim: int = -1
) -> bytes:
    """One masked frame; `claim` is the length it says it has, when that is a lie."""
    first = (0x80 if fin else 0) | (0x40 if rsv1 else 0) | opcode
    length = len(payload) if claim < 0 else claim
    if length < 126:
        head = struct.pack("!BB", first, 0x80 | length)
    elif length < 65_536:
        head = struct.pack("!BBH", first, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, length)
    return head + MASK + payload


class Wire:
    """One socket that has said hello and reads nothing unless asked."""

    def __init__(self, port: int, path: str, session: str, *, extensions: str = "") -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.line.settimeout(10)
        more = f"Sec-WebSocket-Extensions: {extensions}\r\n" if extensions else ""
        self.line.sendall(
            (
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n{more}"
                f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
                f"Cookie: {settings.SESSION_COOKIE_NAME}={session}\r\n\r\n"
            ).encode()
        )
        answer = self.line.recv(4_096)
        assert b" 101 " in answer, answer
        self.head, _, self.early = answer.partition(b"\r\n\r\n")

    def send(self, data: bytes) -> bool:
        """Whether all of it was taken; a closed or full line takes no more."""
        try:
            self.line.sendall(data)
        except OSError:
            return False
        return True

    def close_code(self, *, within: float = 30.0) -> int | None:
        """The code the server closes with; None when it hangs up without a word. Raises TimeoutError."""
        self.line.settimeout(within)
        data = self.early
        with suppress(ConnectionError):
            while piece := self.line.recv(65_536):
                data += piece
        at = data.rfind(b"\x88")
        # A close frame of the server: opcode, a length of two and more, the code.
        return struct.unpack("!H", data[at + 2 : at + 4])[0] if 0 <= at <= len(data) - 4 else None

    def hang_up(self) -> None:
        self.line.close()
