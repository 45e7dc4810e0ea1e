"""Answer players: playlists that wait for the next part, parts, segments and inits, all from memory."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from events.streaming import playlist
from events.streaming.channel import AHEAD, Channel, Channels

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
MP4_TYPE = "video/mp4"
# Names are never used twice, so caches in front may keep what they have seen.
IMMUTABLE = "public, max-age=3600, immutable"
FRESH = "no-cache"

SEGMENT = re.compile(r"seg(\d{1,12})\.m4s")
PART = re.compile(r"part(\d{1,12})\.(\d{1,4})\.m4s")
INIT = re.compile(r"init(\d{1,12})\.mp4")
NUMBER = re.compile(r"\d{1,12}")


@dataclass(frozen=True)
class Answer:
    """What goes back: status, headers beside the length, and the whole body."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    cache: str = "no-store"
    headers: dict[str, str] = field(default_factory=dict)


NOT_FOUND = Answer(404, b"There is no such picture.\n")
BAD_REQUEST = Answer(400, b"_HLS_msn and _HLS_part are small numbers; _HLS_part needs _HLS_msn.\n")


async def answer(channels: Channels, stream_id: str, name: str, query: bytes) -> Answer:
    """The file `name` of a stream. Unknown streams and files are 404, nonsense in the query 400."""
    channel = channels.get(stream_id)
    if channel is None or not channel.packager.inits:
        return NOT_FOUND
    if name == "index.m3u8":
        return await _media_playlist(channel, query)
    if name == "main.m3u8":
        text = playlist.multivariant_playlist(channel.packager)
        return Answer(200, text.encode(), PLAYLIST_TYPE, FRESH)
    return await _bytes(channel, name)


async def _media_playlist(channel: Channel, query: bytes) -> Answer:
    try:
        wanted = _wanted(query)
    except ValueError:
        return BAD_REQUEST
    if wanted is not None:
        if wanted[0] > channel.packager.next_number + AHEAD:
            return BAD_REQUEST
        # While the publisher is away the unchanged playlist goes out after the hold: players keep asking.
        await channel.wait_for(*wanted)
    if not channel.packager.segments:
        return NOT_FOUND
    return Answer(200, channel.playlist(), PLAYLIST_TYPE, FRESH)


def _wanted(query: bytes) -> tuple[int, int | None] | None:
    fields = parse_qs(query.decode("ascii", "replace"))
    number, index = (fields.get(name, [""])[0] for name in ("_HLS_msn", "_HLS_part"))
    if not number and not index:
        return None
    if not NUMBER.fullmatch(number) or (index and not NUMBER.fullmatch(index)):
        raise ValueError(number)
    return int(number), int(index) if index else None


async def _bytes(channel: Channel, name: str) -> Answer:
    if match := PART.fullmatch(name):
        part = await channel.part(int(match[1]), int(match[2]))
        return _video(part.data if part else None)
    if match := SEGMENT.fullmatch(name):
        segment = channel.packager.segment(int(match[1]))
        return _video(segment.data if segment and segment.closed else None)
    if match := INIT.fullmatch(name):
        init = channel.packager.inits.get(int(match[1]))
        return _video(init.data if init else None)
    return NOT_FOUND


def _video(data: bytes | None) -> Answer:
    return NOT_FOUND if data is None else Answer(200, data, MP4_TYPE, IMMUTABLE)
