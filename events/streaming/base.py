"""The media engine port: what SeeNow asks of whatever carries the picture, and what it tells back."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Ingest:
    """Where a host publishes. `camera` is a WebSocket path or URL for the browser's camera."""

    camera: str
    protocol: str


@dataclass(frozen=True)
class Playback:
    """Where viewers watch: a path at the media origin, or a whole URL of a foreign one."""

    hls: str


class MediaEngine(Protocol):
    """One way of carrying the picture. Engines get public stream ids, never models or requests."""

    def create_ingest(self, stream_id: str) -> Ingest:
        """Prepare a place to publish to; asking twice gives the same place."""
        ...

    def authorize(self, stream_id: str, key: str, *, key_hash: str) -> bool:
        """Whether `key` is the one whose hash was kept for the stream. Constant time."""
        ...

    def playback(self, stream_id: str) -> Playback:
        """Where the stream is watched, whether it is on air or not."""
        ...

    def end(self, stream_id: str) -> None:
        """Cut whoever publishes and close the playlist; nothing happens when nobody does."""
        ...


class Gate(Protocol):
    """What the embedded engine asks and tells about a stream; the database stands behind it."""

    async def authorize(self, stream_id: str, key: str) -> bool:
        """Whether this key may publish to this stream at this moment."""
        ...

    async def started(self, stream_id: str) -> None:
        """The first picture is in the playlist."""
        ...

    async def lost(self, stream_id: str) -> None:
        """The publisher is gone and nobody has taken its place."""
        ...
