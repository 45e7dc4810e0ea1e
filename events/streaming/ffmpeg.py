"""How ffmpeg is called: a separate program, told what to read and always to write the same fragments."""

import shutil
from collections.abc import Sequence

import imageio_ffmpeg
from django.conf import settings

QUIET = ["-hide_banner", "-nostats", "-loglevel", "warning"]
# The probe is short because a host waits for it; any container a browser records is known by then.
# Bytes from outside are read as a recording or not at all: a playlist among them must not make ffmpeg open
# addresses or files for a stranger.
FROM_CAMERA = [
    *("-protocol_whitelist", "pipe", "-format_whitelist", "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2"),
    *("-fflags", "nobuffer", "-flags", "low_delay"),
    *("-probesize", "200000", "-analyzeduration", "500000", "-thread_queue_size", "512"),
    *("-i", "pipe:0", "-map", "0:v:0", "-map", "0:a:0?"),
]
# Even sizes only; a phone's camera in any shape keeps it, up to 1280 on its longer side.
FIT = "scale='trunc(min(1,1280/max(iw,ih))*iw/2)*2':'trunc(min(1,1280/max(iw,ih))*ih/2)*2'"
FRAGMENTS = [
    *("-f", "mp4", "-movflags", "empty_moov+default_base_moof+frag_keyframe+skip_trailer"),
    *("-frag_duration", "200000", "-flush_packets", "1", "pipe:1"),
]


def binary() -> str:
    """settings.FFMPEG_BIN, or the one that came with the Python packages."""
    return settings.FFMPEG_BIN or imageio_ffmpeg.get_ffmpeg_exe()


def command(arguments: Sequence[str]) -> list[str]:
    """ffmpeg with `arguments`, which the kernel kills when the media process goes, however that goes.

    A program before it says so: code of ours between fork and exec may wait for ever for a lock that one of
    our other threads held. Raises FileNotFoundError when there is no ffmpeg.
    """
    if shutil.which(binary()) is None:
        raise FileNotFoundError(f"there is no ffmpeg at {binary()}")
    return ["setpriv", "--pdeathsig", "KILL", binary(), *arguments]


def video(rate: int, kbit: int) -> list[str]:
    """H.264 with a key frame each second at `rate` pictures a second and at most `kbit` kbit/s."""
    speed, keys = f"{kbit}k", str(rate)
    return [
        *("-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "main"),
        *("-pix_fmt", "yuv420p", "-b:v", speed, "-maxrate", speed, "-bufsize", speed),
        *("-g", keys, "-keyint_min", keys, "-sc_threshold", "0", "-r", keys),
    ]


def audio(kbit: int) -> list[str]:
    """AAC-LC stereo."""
    return ["-c:a", "aac", "-b:a", f"{kbit}k", "-ar", "48000", "-ac", "2"]


def camera_arguments() -> list[str]:
    """What a browser's MediaRecorder sends on standard input, made into fragments on standard output."""
    return [*QUIET, *FROM_CAMERA, "-vf", FIT, *video(30, 1200), *audio(96), *FRAGMENTS]


def drawn_arguments(*, size: tuple[int, int], rate: int, bed: str) -> list[str]:
    """Raw yuv420p frames on standard input with the sound file `bed` looped under them."""
    frames = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", f"{size[0]}x{size[1]}"]
    colours = ("-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m")
    return [
        *(*QUIET, *frames, "-framerate", str(rate), "-i", "pipe:0"),
        *("-stream_loop", "-1", "-i", bed, "-map", "0:v:0", "-map", "1:a:0"),
        *(*video(rate, 1800), "-threads:v", "1", *colours, *audio(64), *FRAGMENTS),
    ]
