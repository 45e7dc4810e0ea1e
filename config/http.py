"""uvicorn's HTTP with patience that ends: `uvicorn --http config.http:PatientProtocol`."""

from asyncio import BaseTransport, TimerHandle, Transport
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Whoever has not said what they want by then (seconds) holds a connection for nothing, by design or not.
HEAD_SECONDS = 5.0


class PatientProtocol(HttpToolsProtocol):
    """A connection whose request, or handshake, is not fully told in time is closed."""

    head_due: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        line = cast(Transport, transport)
        super().connection_made(line)
        self.head_due = self.loop.call_later(HEAD_SECONDS, line.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_told()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self.head_due is None:
            self.head_due = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def on_headers_complete(self) -> None:
        self._head_is_told()
        super().on_headers_complete()

    def _head_is_told(self) -> None:
        if self.head_due is not None:
            self.head_due.cancel()
            self.head_due = None
