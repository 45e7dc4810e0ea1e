"""Real bytes from a real encoder, made once for a test run, and a gate that remembers what it was told."""

import asyncio
import subprocess
from functools import cache

from events.streaming import ffmpeg
from events.streaming.mp4 import Fragment, Init, Reader

QUIET = ["-hide_banner", "-loglevel", "error"]
PICTURE = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"]


def run_ffmpeg(*arguments: str) -> bytes:
    done = subprocess.run([ffmpeg.binary(), *QUIET, *arguments], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@cache
def fragments(seconds: float = 3, *, sound: bool = True) -> bytes:
    """What the camera pipeline writes: fMP4 fragments of 200 ms, a key frame each second."""
    inputs = [*PICTURE, *(SOUND if sound else [])]
    coded = [*ffmpeg.video(30, 300), *(ffmpeg.audio(64) if sound else [])]
    return run_ffmpeg(*inputs, "-t", str(seconds), *coded, *ffmpeg.FRAGMENTS)


@cache
def recording(seconds: float = 3, codec: str = "libvpx") -> bytes:
    """What a browser's MediaRecorder sends: WebM with VP8 or H.264 and Opus."""
    quick = ["-deadline", "realtime", "-cpu-used", "8"] if codec == "libvpx" else ["-preset", "ultrafast"]
    kind = "webm" if codec == "libvpx" else "matroska"
    coded = ["-c:v", codec, *quick, "-b:v", "300k", "-g", "30", "-c:a", "libopus", "-f", kind, "-live", "1"]
    return run_ffmpeg(*PICTURE, *SOUND, "-t", str(seconds), *coded, "pipe:1")


def parsed(data: bytes) -> tuple[Init, list[Fragment]]:
    init, *rest = Reader().feed(data)
    assert isinstance(init, Init)
    return init, [item for item in rest if isinstance(item, Fragment)]


class RememberingGate:
    """Lets `right-key` in and notes what the engine reports."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.changed = asyncio.Event()

    async def authorize(self, stream_id: str, key: str) -> bool:
        return key == "right-key"

    async def started(self, stream_id: str) -> None:
        self._note("started", stream_id)

    async def lost(self, stream_id: str) -> None:
        self._note("lost", stream_id)

    def _note(self, what: str, stream_id: str) -> None:
        self.told.append((what, stream_id))
        self.changed.set()

    async def until(self, told: list[tuple[str, str]]) -> None:
        """Wait until exactly that was told; the test's own timeout bounds it."""
        async with asyncio.timeout(20):
            while self.told != told:
                self.changed.clear()
                await self.changed.wait()
