"""What the demo's viewer keeps of the coming shows, and a trailer drawn from the pieces of the next one."""

import logging
import subprocess
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

from django.conf import settings

from accounts.domain.viewers import Viewer, user_key
from accounts.models import User
from events.domain import following, reminders, saving, streams, trailers, wishes
from events.enums import Channel, ReminderLead
from events.management.drawn import load_show
from events.models import Event
from events.streaming import ffmpeg
from events.streaming.drawn import sound
from events.streaming.drawn.planes import HEIGHT, WIDTH
from events.streaming.drawn.stage import RATE, Stage

log = logging.getLogger(__name__)
VIEWER = "viewer@demo.example"
SECONDS = 8
PATIENCE_S = 120  # an encoder that takes nothing more
CHOICES = {(Channel.EMAIL, ReminderLead.DAY), (Channel.EMAIL, ReminderLead.HOUR)}


def seed_viewing(now: datetime) -> None:
    """Reminders, a list for the night and a kept show for the viewer; a trailer for the next show."""
    coming = list(Event.objects.upcoming(now).select_related("brand")[:2])
    user = User.objects.filter(email=VIEWER).first()
    if not coming or user is None:
        return
    first = coming[0]
    _keep(first, user, now)
    for event in coming:
        saving.save_event(event, user=user, now=now)
    if host := first.hosts.order_by("event_hosts__position").first():
        following.follow(host, user=user, now=now)
    # Drawing takes some seconds, which only somebody who looks at it should wait for.
    if settings.DEMO and not first.trailer:
        _film(first)


def _keep(event: Event, user: User, now: datetime) -> None:
    viewer = Viewer(user_key(user), user, user.display_name)
    open_now = {choice for choice in CHOICES if reminders.can_choose(event, choice[1], now=now)}
    reminders.choose(event, viewer=viewer, choices=open_now, language="", zone="", now=now)
    for item in event.lineup.shown(now).select_related("product")[:2]:
        wishes.wish(event, item.product, viewer_key=viewer.key, now=now)


def _film(event: Event) -> None:
    """Eight seconds of the stage as the live picture draws it, in one file."""
    show = load_show(streams.stream_of(event).public_id)
    stage = Stage(show.pieces, card=show.card, cloth=show.cloth)
    start = event.starts_at.timestamp()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trailer.mp4"
        bed = sound.write_bed(Path(settings.VAR_DIR) / "media" / "bed.wav")
        try:
            _encode(_arguments(bed, path), (stage.frame(n / RATE, now=start) for n in range(SECONDS * RATE)))
        except (OSError, subprocess.SubprocessError) as error:
            log.warning("no trailer was drawn: %s", type(error).__name__)
            return
        film = path.read_bytes()
    trailers.put_trailer(event, BytesIO(film), size=len(film))


def _encode(arguments: list[str], frames: Iterable[bytes]) -> None:
    """One frame after the other: all at once are a quarter of a gigabyte. Ended after `PATIENCE_S`."""
    quiet = subprocess.DEVNULL
    # Our own program and files.
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet) as encoder:  # noqa: S603
        assert encoder.stdin is not None  # noqa: S101 - for the type checker
        limit = Timer(PATIENCE_S, encoder.kill)
        limit.start()
        try:
            encoder.stdin.writelines(frames)
            encoder.stdin.close()
            encoder.wait()
        finally:
            limit.cancel()
    if encoder.returncode:
        raise subprocess.CalledProcessError(encoder.returncode, arguments[0])


def _arguments(bed: Path, path: Path) -> list[str]:
    raw = [
        "-f",
        "rawvideo",
        "-pix_fmt",
        "yuv420p",
        "-video_size",
        f"{WIDTH}x{HEIGHT}",
        "-framerate",
        str(RATE),
    ]
    return [
        *(ffmpeg.binary(), *ffmpeg.QUIET, *raw, "-i", "pipe:0", "-stream_loop", "-1", "-i", str(bed)),
        *("-map", "0:v:0", "-map", "1:a:0", "-shortest", *ffmpeg.video(RATE, 1800), *ffmpeg.audio(64)),
        *("-movflags", "+faststart", str(path)),
    ]
