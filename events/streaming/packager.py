"""Cut an encoder's fragments into the segments and parts of Low-Latency HLS, in memory and without a clock.

A part is one fragment of about 200 ms; a segment starts at a part that can be decoded by itself once the one
before is 0.9 s long. Every segment carries the wall-clock time of its first picture (docs/streaming.md).
"""

from collections import deque
from dataclasses import dataclass, field

from events.streaming.mp4 import Fragment, Init

SEGMENT_SECONDS = 0.9  # with a key frame each second this gives segments of one second
LISTED_SEGMENTS = 20  # a viewer may stand this many seconds behind and still find their place
KEPT_SEGMENTS = 26  # bytes outlive the listing, for requests already on their way
# A camera's clock may run 200 millionths slow against ours; the minimum follows it that fast upwards.
DRIFT = 200e-6
HELD_BYTES = 256 * 1024  # half a minute of sound; a picture that is not there by then needs none of it


@dataclass
class Part:
    """About 200 ms: what a viewer at the edge fetches. Durations in seconds."""

    data: bytes
    duration: float
    independent: bool


@dataclass
class Segment:
    """About one second. `starts_at` is the wall-clock time (Unix seconds) of its first picture."""

    number: int
    generation: int
    starts_at: float
    discontinuity: bool
    parts: list[Part] = field(default_factory=list)
    closed: bool = False

    @property
    def duration(self) -> float:
        return sum(part.duration for part in self.parts)

    @property
    def data(self) -> bytes:
        return b"".join(part.data for part in self.parts)


class Clock:
    """Wall-clock time of media time, as the running minimum of (arrival - end of the media that arrived).

    Encoders deliver late, never early: the smallest difference is the truest, and start-up delay falls out.
    """

    def __init__(self) -> None:
        self._offset: float | None = None
        self._seen_at = 0.0

    def hear(self, media_end: float, arrived_at: float) -> None:
        """Note that media up to `media_end` (seconds) was here at `arrived_at` (Unix seconds)."""
        offset = arrived_at - media_end
        if self._offset is not None:
            offset = min(offset, self._offset + DRIFT * max(0.0, arrived_at - self._seen_at))
        self._offset, self._seen_at = offset, arrived_at

    def wall(self, media_time: float) -> float:
        """The Unix time at which `media_time` (seconds) was now."""
        return media_time + (self._offset or 0.0)


class Packager:
    """The live window of one stream. Publishers come and go; each one's picture is a new generation."""

    def __init__(self) -> None:
        self.segments: deque[Segment] = deque()
        self.inits: dict[int, Init] = {}
        self.next_number = 0
        self.discontinuity_sequence = 0
        self.part_target = 0.25
        self.target_duration = 1
        self.on_air = False
        self.ended = False
        self._generation = -1
        self._clock = Clock()
        self._held: deque[bytes] = deque()  # audio that came before its picture
        self._held_bytes = 0
        self._discontinuity = False

    def begin(self, init: Init) -> None:
        """A publisher's first bytes are here: what follows cannot be joined to what came before."""
        self.away()
        self._generation += 1
        self.inits[self._generation] = init
        self._clock = Clock()
        self._discontinuity = self.next_number > 0
        self.on_air, self.ended = True, False

    def add(self, fragment: Fragment, *, arrived_at: float) -> Part | None:
        """Append a fragment that arrived at `arrived_at` (Unix seconds); None while only audio has come."""
        if not fragment.video and self._has_picture():
            self._hold(fragment.data)
            return None
        self._clock.hear(fragment.start + fragment.duration, arrived_at)
        part = Part(b"".join((*self._held, fragment.data)), fragment.duration, fragment.independent)
        self._let_go()
        self._segment_for(fragment).parts.append(part)
        # Players size their waits by these; an outlier may only ever raise them.
        self.part_target = max(self.part_target, part.duration)
        return part

    def away(self) -> None:
        """The publisher stopped or was lost: close what is open and promise nothing further."""
        self._close()
        self._let_go()
        self.on_air = False

    def end(self) -> None:
        """The show is over: the playlist says so and players stop asking."""
        self.away()
        self.ended = True

    def _hold(self, data: bytes) -> None:
        """Keep sound for the picture to come, the newest HELD_BYTES of it."""
        self._held.append(data)
        self._held_bytes += len(data)
        while self._held_bytes > HELD_BYTES:
            self._held_bytes -= len(self._held.popleft())

    def _let_go(self) -> None:
        self._held.clear()
        self._held_bytes = 0

    def _has_picture(self) -> bool:
        return self.inits[self._generation].video is not None

    def _segment_for(self, fragment: Fragment) -> Segment:
        current = self._open()
        if current and not (fragment.independent and current.duration >= SEGMENT_SECONDS):
            return current
        self._close()
        segment = Segment(
            self.next_number, self._generation, self._clock.wall(fragment.start), self._discontinuity
        )
        self.next_number += 1
        self._discontinuity = False
        self.segments.append(segment)
        self._forget()
        return segment

    def _open(self) -> Segment | None:
        if self.segments and not self.segments[-1].closed:
            return self.segments[-1]
        return None

    def _close(self) -> None:
        if current := self._open():
            current.closed = True
            self.target_duration = max(self.target_duration, round(current.duration))

    def _forget(self) -> None:
        while len(self.segments) > KEPT_SEGMENTS:
            self.segments.popleft()
        if len(self.segments) > LISTED_SEGMENTS and self.segments[-LISTED_SEGMENTS - 1].discontinuity:
            # It has just left the listing; players count the ones they can no longer see.
            self.discontinuity_sequence += 1
        for generation in [known for known in self.inits if known < self.segments[0].generation]:
            del self.inits[generation]

    @property
    def listed(self) -> list[Segment]:
        """The segments a playlist names, oldest first."""
        return list(self.segments)[-LISTED_SEGMENTS:]

    def segment(self, number: int) -> Segment | None:
        """The segment of that number while its bytes are kept."""
        if not self.segments:
            return None
        at = number - self.segments[0].number
        return self.segments[at] if 0 <= at < len(self.segments) else None

    def part(self, number: int, index: int) -> Part | None:
        """One part of a kept segment."""
        segment = self.segment(number)
        return segment.parts[index] if segment and 0 <= index < len(segment.parts) else None

    def next_part(self) -> tuple[int, int]:
        """(segment, part) that the coming fragment will most likely be."""
        current = self._open()
        if current is None:
            return self.next_number, 0
        if current.duration >= SEGMENT_SECONDS:
            return self.next_number, 0
        return current.number, len(current.parts)

    def has(self, number: int, index: int | None) -> bool:
        """Whether a playlist now would name that part, or the whole segment when `index` is None."""
        if number < self.next_number - 1:
            return True
        segment = self.segment(number)
        if segment is None:
            return False
        return segment.closed if index is None else segment.closed or index < len(segment.parts)
