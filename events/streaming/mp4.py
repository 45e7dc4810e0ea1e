"""Read fragmented MP4 as it arrives: an init segment, then one fragment after the other.

Only what a packager needs is parsed: codecs and size for the playlist, times and sync flags for the parts.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

HEADER = 8
# The largest box we believe: 200 ms at 8 Mbit/s is 200 kB, and a wrong length must not eat the memory.
MAX_BOX = 16 * 1024 * 1024
NON_SYNC = 0x0001_0000  # bit of the sample flags: not decodable by itself
# Bits of a trun's flags (ISO 14496-12, 8.8.8): which fields it carries.
TRUN_OFFSET, TRUN_FIRST_FLAGS = 0x1, 0x4
TRUN_DURATION, TRUN_SIZE, TRUN_FLAGS, TRUN_COMPOSITION = 0x100, 0x200, 0x400, 0x800


class BadContainer(ValueError):
    """The bytes are not the fragmented MP4 we asked the encoder for."""


@dataclass(frozen=True)
class Track:
    """One track of the init segment; `timescale` is ticks a second."""

    id: int
    kind: str  # "vide" or "soun"
    timescale: int
    codec: str  # RFC 6381
    width: int
    height: int
    default_duration: int = 0
    default_flags: int = 0


@dataclass(frozen=True)
class Init:
    """The bytes a decoder needs first, and what they say."""

    data: bytes
    tracks: tuple[Track, ...]

    @property
    def codecs(self) -> str:
        return ",".join(track.codec for track in self.tracks)

    @property
    def video(self) -> Track | None:
        return next((track for track in self.tracks if track.kind == "vide"), None)


@dataclass(frozen=True)
class Fragment:
    """One moof+mdat. Times are seconds of media time; `video` is False for audio alone."""

    data: bytes
    video: bool
    start: float
    duration: float
    independent: bool


def boxes(data: bytes | memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Yield (type, body) of the boxes laid one after the other in `data`."""
    view = memoryview(data)
    at = 0
    while at + HEADER <= len(view):
        size, kind = struct.unpack_from(">I4s", view, at)
        if size < HEADER or at + size > len(view):
            raise BadContainer(f"box {kind!r} of {size} bytes")
        yield kind, view[at + HEADER : at + size]
        at += size


def child(data: memoryview, *path: bytes) -> memoryview:
    """The body of the first box at `path` inside `data`. Raises BadContainer when there is none."""
    for name in path:
        found = next((body for kind, body in boxes(data) if kind == name), None)
        if found is None:
            raise BadContainer(f"no {name!r} box")
        data = found
    return data


def _u32(data: memoryview, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])


class Reader:
    """Feed it the encoder's bytes as they come; it gives back whole inits and fragments."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._head: bytes = b""  # ftyp, kept until its moov is here
        self._moof: bytes = b""
        self._init: Init | None = None

    def feed(self, data: bytes) -> list[Init | Fragment]:
        """Raises BadContainer; the reader is then of no further use."""
        self._pending += data
        ready: list[Init | Fragment] = []
        while box := self._take_box():
            item = self._accept(*box)
            if item is not None:
                ready.append(item)
        return ready

    def _take_box(self) -> tuple[bytes, bytes] | None:
        if len(self._pending) < HEADER:
            return None
        size, kind = struct.unpack_from(">I4s", self._pending)
        if not HEADER <= size <= MAX_BOX:
            raise BadContainer(f"box {kind!r} of {size} bytes")
        if len(self._pending) < size:
            return None
        whole = bytes(self._pending[:size])
        del self._pending[:size]
        return kind, whole

    def _accept(self, kind: bytes, whole: bytes) -> Init | Fragment | None:
        if kind == b"ftyp":
            self._head = whole
        elif kind == b"moov":
            self._init = Init(self._head + whole, _tracks(memoryview(whole)[HEADER:]))
            return self._init
        elif kind == b"moof":
            self._moof = whole
        elif kind == b"mdat" and self._moof:
            moof, self._moof = self._moof, b""
            return self._fragment(moof, whole)
        return None

    def _fragment(self, moof: bytes, mdat: bytes) -> Fragment:
        if self._init is None:
            raise BadContainer("a fragment before its init")
        tracks = {track.id: track for track in self._init.tracks}
        runs = [_run(body, tracks) for kind, body in boxes(memoryview(moof)[HEADER:]) if kind == b"traf"]
        if not runs:
            raise BadContainer("a fragment without tracks")
        lead = next((run for run in runs if run.kind == "vide"), runs[0])
        return Fragment(
            data=moof + mdat,
            video=lead.kind == "vide",
            start=lead.start,
            duration=lead.duration,
            independent=lead.independent,
        )


@dataclass(frozen=True)
class _Run:
    kind: str
    start: float
    duration: float
    independent: bool


def _tracks(moov: memoryview) -> tuple[Track, ...]:
    defaults = {}
    for kind, body in boxes(child(moov, b"mvex")):
        if kind == b"trex":
            defaults[_u32(body, 4)] = (_u32(body, 12), _u32(body, 20))
    return tuple(_track(body, defaults) for kind, body in boxes(moov) if kind == b"trak")


def _track(trak: memoryview, defaults: dict[int, tuple[int, int]]) -> Track:
    tkhd, mdhd = child(trak, b"tkhd"), child(trak, b"mdia", b"mdhd")
    # Version 1 boxes carry 64-bit times, which moves what follows them.
    track_id = _u32(tkhd, 20 if tkhd[0] else 12)
    timescale = _u32(mdhd, 20 if mdhd[0] else 12)
    kind = bytes(child(trak, b"mdia", b"hdlr")[8:12]).decode("ascii", "replace")
    entry = child(trak, b"mdia", b"minf", b"stbl", b"stsd")[8:]
    duration, flags = defaults.get(track_id, (0, 0))
    return Track(
        id=track_id,
        kind=kind,
        timescale=timescale,
        codec=_codec(entry),
        width=_u32(tkhd, len(tkhd) - 8) >> 16,
        height=_u32(tkhd, len(tkhd) - 4) >> 16,
        default_duration=duration,
        default_flags=flags,
    )


def _codec(entries: memoryview) -> str:
    kind, body = next(boxes(entries))
    if kind == b"avc1":
        avcc = child(body[78:], b"avcC")  # 78: the fixed fields of a visual sample entry
        return f"avc1.{bytes(avcc[1:4]).hex()}"
    if kind == b"mp4a":
        return "mp4a.40.2"  # the encoder is told to write AAC-LC
    return kind.decode("ascii", "replace")


def _run(traf: memoryview, tracks: dict[int, Track]) -> _Run:
    tfhd = child(traf, b"tfhd")
    track = tracks.get(_u32(tfhd, 4))
    if track is None:
        raise BadContainer("a fragment of an unknown track")
    duration, flags = _fragment_defaults(tfhd, track)
    tfdt = child(traf, b"tfdt")
    start = struct.unpack_from(">Q" if tfdt[0] else ">I", tfdt, 4)[0]
    length, first = 0, flags
    for number, body in enumerate([body for kind, body in boxes(traf) if kind == b"trun"]):
        ticks, run_first = _samples(body, duration, flags)
        length += ticks
        first = run_first if number == 0 else first
    return _Run(track.kind, start / track.timescale, length / track.timescale, not first & NON_SYNC)


def _fragment_defaults(tfhd: memoryview, track: Track) -> tuple[int, int]:
    present, at = _u32(tfhd, 0) & 0xFFFFFF, 8
    at += 8 if present & 0x1 else 0
    at += 4 if present & 0x2 else 0
    duration, flags = track.default_duration, track.default_flags
    if present & 0x8:
        duration, at = _u32(tfhd, at), at + 4
    if present & 0x10:
        at += 4
    if present & 0x20:
        flags = _u32(tfhd, at)
    return duration, flags


def _samples(trun: memoryview, duration: int, flags: int) -> tuple[int, int]:
    """(ticks of all samples, flags of the first one) of one trun."""
    present, count, at = _u32(trun, 0) & 0xFFFFFF, _u32(trun, 4), 8
    at += 4 if present & TRUN_OFFSET else 0
    first = flags
    if present & TRUN_FIRST_FLAGS:
        first, at = _u32(trun, at), at + 4
    fields = [bit for bit in (TRUN_DURATION, TRUN_SIZE, TRUN_FLAGS, TRUN_COMPOSITION) if present & bit]
    if count and TRUN_FLAGS in fields and not present & TRUN_FIRST_FLAGS:
        first = _u32(trun, at + 4 * fields.index(TRUN_FLAGS))
    if TRUN_DURATION not in fields:
        return count * duration, first
    step = 4 * len(fields)
    return sum(_u32(trun, at + step * number) for number in range(count)), first
