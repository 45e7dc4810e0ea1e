"""A host's browser publishes over one WebSocket: the key first, then MediaRecorder's chunks.

The chunks of one connection are one recording; whoever reconnects starts a new recorder.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from events.streaming import ffmpeg, keys
from events.streaming.base import Gate
from events.streaming.channel import Channels, Publication
from events.streaming.encoder import EncoderGone

log = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

KEY_SECONDS = 5.0
MAX_KEY_MESSAGE = 512
# 100 ms of camera is about 20 kB; a megabyte is a recorder gone wrong.
MAX_CHUNK = 1024 * 1024
# No chunk for this long is a dead connection that TCP has not noticed yet.
SILENCE_SECONDS = 10.0
# A recording shows its first picture within a second or two; what has not by now is none.
PICTURE_SECONDS = 15.0

# 44xx: do not come back with what you have. 45xx: come back with a new recorder.
BAD_KEY, REPLACED, BAD_CHUNK, OVER = 4401, 4409, 4413, 4410
ENCODER_FAILED = 4500


class Refused(Exception):
    """The publisher is told `code` and the socket closes with `close`."""

    def __init__(self, code: str, close: int) -> None:
        super().__init__(code)
        self.code, self.close = code, close


class Ingest:
    """One publishing connection, from handshake to its last chunk."""

    def __init__(
        self, channels: Channels, gate: Gate, *, stream_id: str, receive: Receive, send: Send
    ) -> None:
        self._channels = channels
        self._gate = gate
        self._stream_id = stream_id
        self._receive = receive
        self._send = send

    async def run(self) -> None:
        """Serve the connection; returns when it is closed, whoever closed it."""
        await self._receive()  # websocket.connect
        await self._send({"type": "websocket.accept"})
        try:
            await self._publish(await self._check_key())
        except Refused as refusal:
            await self._close(refusal)

    async def _check_key(self) -> str:
        """The hash of the key that was said, when it is the right one."""
        try:
            async with asyncio.timeout(KEY_SECONDS):
                message = await self._receive()
        except TimeoutError:
            raise Refused("bad_stream_key", BAD_KEY) from None
        key = _key_in(message)
        if not key or not await self._gate.authorize(self._stream_id, key):
            raise self._refused_key()
        return keys.hash_key(key)

    def _refused_key(self) -> Refused:
        # While somebody else is on air a page must not fetch a fresh key by itself: it would cut them.
        channel = self._channels.get(self._stream_id)
        if channel and channel.publication and channel.publication.key_hash:
            return Refused("replaced", REPLACED)
        return Refused("bad_stream_key", BAD_KEY)

    async def _publish(self, key_hash: str) -> None:
        channel = self._channels.open(self._stream_id)
        publication = Publication(channel, ffmpeg.camera_arguments(), gate=self._gate, key_hash=key_hash)
        try:
            await publication.start()
            await self._say({"type": "ready"})
            await self._carry(publication)
        except EncoderGone as gone:
            raise self._why(publication, str(gone)) from gone
        finally:
            # Shielded: a cancelled connection must still leave no encoder behind.
            await asyncio.shield(publication.stop())

    async def _carry(self, publication: Publication) -> None:
        patience = asyncio.get_running_loop().time() + PICTURE_SECONDS
        while True:
            if not publication.on_air and asyncio.get_running_loop().time() > patience:
                raise Refused("no_picture", ENCODER_FAILED)
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    message = await self._receive()
            except TimeoutError:
                raise Refused("silent", ENCODER_FAILED) from None
            if message["type"] == "websocket.disconnect":
                return
            chunk = message.get("bytes")
            if not isinstance(chunk, bytes) or len(chunk) > MAX_CHUNK:
                raise Refused("bad_chunk", BAD_CHUNK)
            await publication.write(chunk)

    def _why(self, publication: Publication, last_words: str) -> Refused:
        if publication.replaced.is_set():
            return Refused("replaced", REPLACED)
        if publication.revoked:
            return Refused("bad_stream_key", BAD_KEY)
        channel = self._channels.get(self._stream_id)
        if channel is None or channel.packager.ended:
            return Refused("show_over", OVER)
        log.warning("stream %s: encoder gone: %s", self._stream_id, last_words or "no reason given")
        return Refused("encoder_failed", ENCODER_FAILED)

    async def _close(self, refusal: Refused) -> None:
        # The other side may be gone already; there is nobody left to tell then.
        with contextlib.suppress(OSError, RuntimeError):
            await self._say({"type": "error", "code": refusal.code})
            await self._send({"type": "websocket.close", "code": refusal.close, "reason": refusal.code})

    async def _say(self, message: dict[str, str]) -> None:
        await self._send({"type": "websocket.send", "text": json.dumps(message)})


def _key_in(message: Message) -> str:
    """The key of a first message; empty for anything else."""
    text = message.get("text")
    if not isinstance(text, str) or len(text) > MAX_KEY_MESSAGE:
        return ""
    try:
        content = json.loads(text)
    except ValueError:
        return ""
    key = content.get("key") if isinstance(content, dict) else None
    return key if isinstance(key, str) and key.isascii() else ""
