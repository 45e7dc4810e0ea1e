"""The engine that comes with SeeNow: `manage.py media` runs ffmpeg and packages Low-Latency HLS itself."""

from events.streaming import keys
from events.streaming.base import Ingest, Playback


class EmbeddedEngine:
    """Paths at the media origin. The media process sees in the database that a show is over."""

    def create_ingest(self, stream_id: str) -> Ingest:
        return Ingest(camera=f"/ingest/{stream_id}/", protocol="mediarecorder")

    def authorize(self, stream_id: str, key: str, *, key_hash: str) -> bool:
        return keys.matches(key, key_hash)

    def playback(self, stream_id: str) -> Playback:
        return Playback(hls=f"/live/{stream_id}/index.m3u8")

    def end(self, stream_id: str) -> None:
        """Nothing to send: the media process asks every second which shows are still open."""
