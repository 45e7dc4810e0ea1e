"""The media process's own small ASGI application: playlists and parts out, cameras in."""

import json
import re
from collections.abc import Callable

from events.streaming import hls
from events.streaming.base import Gate
from events.streaming.channel import Channels
from events.streaming.hls import Answer
from events.streaming.ingest import Ingest, Message, Receive, Send

LIVE = re.compile(r"/live/([0-9A-Za-z]{1,64})/([0-9A-Za-z.]{1,64})")
INGEST = re.compile(r"/ingest/([0-9A-Za-z]{1,64})/")
BAD_METHOD = Answer(405, b"Only GET and HEAD.\n", headers={"allow": "GET, HEAD, OPTIONS"})
PREFLIGHT_HEADERS = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "range",
    "access-control-max-age": "86400",
}

# (Origin header, Host header) -> whether a page of that origin may use this process.
OriginRule = Callable[[str, str], bool]


class MediaApp:
    """Plain ASGI; it holds no request open longer than a few segments and knows no session."""

    def __init__(self, *, gate: Gate, trusts: OriginRule) -> None:
        self.channels = Channels()
        self._gate = gate
        self._trusts = trusts

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)

    async def _http(self, scope: Message, send: Send) -> None:
        answer = await self._answer(scope)
        origin = _header(scope, b"origin")
        headers = {
            "content-type": answer.content_type,
            "content-length": str(len(answer.body)),
            "cache-control": answer.cache,
            "x-content-type-options": "nosniff",
            "vary": "Origin",
            **answer.headers,
        }
        if origin and self._trusts(origin, _header(scope, b"host")):
            # Part addresses must be readable by the page and, for timing, measurable too.
            headers |= {"access-control-allow-origin": origin, "timing-allow-origin": origin}
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    async def _answer(self, scope: Message) -> Answer:
        if scope["method"] == "OPTIONS":
            return Answer(204, headers=PREFLIGHT_HEADERS)
        if scope["method"] not in {"GET", "HEAD"}:
            return BAD_METHOD
        if scope["path"] == "/healthz":
            return self._health()
        match = LIVE.fullmatch(scope["path"])
        if match is None:
            return hls.NOT_FOUND
        return await hls.answer(self.channels, match[1], match[2], scope["query_string"])

    def _health(self) -> Answer:
        on_air = sum(1 for channel in self.channels if channel.packager.on_air)
        body = json.dumps({"status": "ok", "on_air": on_air}).encode()
        return Answer(200, body, "application/json")

    async def _socket(self, scope: Message, receive: Receive, send: Send) -> None:
        match = INGEST.fullmatch(scope["path"])
        origin = _header(scope, b"origin")
        # Programs send no Origin and are known by their key alone; a page of another site is turned away.
        if match is None or (origin and not self._trusts(origin, _header(scope, b"host"))):
            await receive()
            await send({"type": "websocket.close", "code": 4403})
            return
        await Ingest(self.channels, self._gate, stream_id=match[1], receive=receive, send=send).run()


def _header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
