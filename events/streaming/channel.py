"""One stream at the media process: its window, whoever waits for the next part, and its one publisher."""

import asyncio
import time
from collections.abc import Iterator, Sequence

from events.streaming import playlist
from events.streaming.base import Gate
from events.streaming.encoder import Encoder
from events.streaming.mp4 import Fragment, Init
from events.streaming.packager import Packager, Part

HOLD_TARGETS = 3  # a blocked request is answered after this many target durations, come what may
AHEAD = 2  # asking further ahead than this is an error of the client (RFC 8216bis 6.2.5.2)


class Channel:
    """The packager of one stream and the requests that wait for it to grow."""

    def __init__(self, stream_id: str) -> None:
        self.stream_id = stream_id
        self.packager = Packager()
        self.publication: Publication | None = None
        self.ended_at = 0.0  # monotonic seconds; says something only while the packager has ended
        self._grown = asyncio.Event()
        self._playlist: bytes | None = None

    @property
    def hold_seconds(self) -> float:
        """How long a request may be held."""
        return float(HOLD_TARGETS * self.packager.target_duration)

    def changed(self) -> None:
        """Wake everybody who waits; the next playlist is written anew."""
        self._playlist = None
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()

    def playlist(self) -> bytes:
        """The media playlist as it is now."""
        if self._playlist is None:
            self._playlist = playlist.media_playlist(self.packager).encode()
        return self._playlist

    async def wait_for(self, number: int, index: int | None) -> bool:
        """Wait until that part (or whole segment) is there, at most `hold_seconds`; whether it is."""
        try:
            async with asyncio.timeout(self.hold_seconds):
                while not self.packager.has(number, index) and not self.packager.ended:
                    await self._grown.wait()
        except TimeoutError:
            return False
        return self.packager.has(number, index)

    async def part(self, number: int, index: int) -> Part | None:
        """One part, waiting for it when it is the one we hinted at."""
        if not self.packager.has(number, index) and (number, index) == self.packager.next_part():
            await self.wait_for(number, index)
        return self.packager.part(number, index)

    def end(self) -> None:
        """The show is over: close the playlist."""
        self.packager.end()
        self.ended_at = time.monotonic()
        self.changed()


class Publication:
    """One publisher of one channel, from its first byte to the end of its encoder. The newest one wins.

    `key_hash` is the hash of the key that let it in; empty for the drawn picture, which needs none.
    """

    def __init__(self, channel: Channel, arguments: Sequence[str], *, gate: Gate, key_hash: str = "") -> None:
        self._channel = channel
        self._gate = gate
        self.key_hash = key_hash
        self._encoder = Encoder(arguments, deliver=self._deliver)
        self._on_air: asyncio.Task[None] | None = None
        self.replaced = asyncio.Event()
        self.revoked = False

    @property
    def pid(self) -> int | None:
        """The encoder's process id."""
        return self._encoder.pid

    @property
    def on_air(self) -> bool:
        """Whether a picture of this publisher has reached the playlist."""
        return self._on_air is not None

    @property
    def current(self) -> bool:
        """Whether nobody has taken the channel over."""
        return self._channel.publication is self

    async def start(self) -> None:
        """Take the channel over; who held it before is stopped first."""
        before, self._channel.publication = self._channel.publication, self
        if before is not None:
            before.replaced.set()
            await before.stop()
        if self.current:
            await self._encoder.start()
        if not self.current:
            # Overtaken while the encoder was being started: whoever did it could not stop it yet.
            await self._encoder.stop()

    async def write(self, data: bytes) -> None:
        """Raises EncoderGone."""
        await self._encoder.write(data)

    @property
    def last_words(self) -> str:
        return self._encoder.last_words

    async def stop(self) -> None:
        """End the encoder; when nobody took over, viewers are told that the picture is away."""
        await self._encoder.stop()
        if self._on_air is not None:
            await self._on_air
        if not self.current:
            return
        self._channel.publication = None
        self._channel.packager.away()
        self._channel.changed()
        if self._on_air is not None:
            await self._gate.lost(self._channel.stream_id)

    async def hold_to(self, key_hash: str) -> None:
        """Stop unless the key that let this publisher in is still the stream's, by the hash of that now.

        Another key was asked for by somebody who is about to publish: the newest wins already. No key at
        all means that hosts have changed.
        """
        if not self.key_hash or self.key_hash == key_hash:
            return
        if key_hash:
            self.replaced.set()
        else:
            self.revoked = True
        await self.stop()

    def _deliver(self, item: Init | Fragment) -> None:
        if not self.current:
            return
        if isinstance(item, Init):
            self._channel.packager.begin(item)
            return
        part = self._channel.packager.add(item, arrived_at=time.time())
        self._channel.changed()
        if part is not None and self._on_air is None:
            self._on_air = asyncio.ensure_future(self._gate.started(self._channel.stream_id))


class Channels:
    """All streams of this process."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}

    def __iter__(self) -> Iterator[Channel]:
        return iter(list(self._channels.values()))

    def get(self, stream_id: str) -> Channel | None:
        """The stream's channel, if anything was ever published to it here."""
        return self._channels.get(stream_id)

    def open(self, stream_id: str) -> Channel:
        """The stream's channel, made on first use. Only for streams a publisher was allowed to open."""
        return self._channels.setdefault(stream_id, Channel(stream_id))

    def forget(self, stream_id: str) -> None:
        """Drop the window of a stream whose show is long over."""
        self._channels.pop(stream_id, None)

    async def stop(self) -> None:
        """End every encoder."""
        publications = [channel.publication for channel in self if channel.publication]
        await asyncio.gather(*(publication.stop() for publication in publications))
