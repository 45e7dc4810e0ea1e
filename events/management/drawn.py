"""The demo's picture: for every live show marked as drawn, a publisher that draws instead of a camera."""

import asyncio
import contextlib
import http.client
import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from catalog.demo.goods import MEDIA
from catalog.models import Product
from events.domain import looks
from events.enums import EventState
from events.management.gate import in_database
from events.models import Event, Stream
from events.streaming import ffmpeg
from events.streaming.base import Gate
from events.streaming.channel import Channel, Channels, Publication
from events.streaming.drawn import sound
from events.streaming.drawn.lettering import Card
from events.streaming.drawn.planes import HEIGHT, WIDTH
from events.streaming.drawn.shots import Views, ground
from events.streaming.drawn.stage import RATE, Piece, Stage
from events.streaming.drawn.wings import Cloth
from events.streaming.encoder import EncoderGone

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
PINS_SECONDS = 1.0
# A host's camera may stutter and come back; only when it stays away does the drawn picture step in again.
CAMERA_GRACE_SECONDS = 20.0
STILL_WIDTH = 1000
# The moves are slower than ten pixels a second, and a turn has no more pictures: every second frame will do.
ALIKE = 2


@dataclass(frozen=True)
class Show:
    """What must be known of a live event to draw it."""

    stream_id: str
    slug: str
    card: Card
    pieces: list[Piece]
    cloth: Cloth = field(default_factory=Cloth)


class DrawnShows:
    """Starts and stops the drawings as shows open and end and cameras come and go."""

    def __init__(self, channels: Channels, gate: Gate) -> None:
        self._channels = channels
        self._gate = gate
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._camera_seen: dict[str, float] = {}

    async def run(self, *, every: float = LOOK_SECONDS) -> None:
        """Look for shows to draw, each `every` seconds, until cancelled; then stop every drawing."""
        try:
            while True:
                try:
                    await self.look(at=time.monotonic())
                except Exception:
                    # A database that is away must not end the drawings that run.
                    log.exception("cannot ask which shows to draw")
                await asyncio.sleep(every)
        finally:
            await self._stop(self._tasks)

    async def look(self, *, at: float) -> None:
        """Start what is due at `at` (monotonic seconds), stop what is over."""
        wanted = await in_database(drawn_streams)
        await self._stop(set(self._tasks) - wanted)
        self._camera_seen = {known: seen for known, seen in self._camera_seen.items() if known in wanted}
        for stream_id in wanted:
            if self._free(stream_id, at):
                show = await in_database(partial(load_show, stream_id))
                channel = self._channels.open(stream_id)
                self._tasks[stream_id] = asyncio.create_task(draw(show, channel, self._gate))

    def _free(self, stream_id: str, at: float) -> bool:
        task = self._tasks.get(stream_id)
        if task is not None and not task.done():
            return False
        channel = self._channels.get(stream_id)
        if channel is not None and channel.publication is not None:
            self._camera_seen[stream_id] = at
            return False
        return at - self._camera_seen.get(stream_id, -CAMERA_GRACE_SECONDS) >= CAMERA_GRACE_SECONDS

    async def _stop(self, stream_ids: Iterable[str]) -> None:
        tasks = [self._tasks.pop(stream_id) for stream_id in list(stream_ids)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def drawn_streams() -> set[str]:
    """The streams that are to be drawn now."""
    live = Stream.objects.filter(drawn=True, event__state=EventState.LIVE)
    return set(live.values_list("public_id", flat=True))


def load_show(stream_id: str) -> Show:
    """Read the show of a stream, its host and its line-up with stills."""
    event = Event.objects.select_related("brand", "look", "holiday").get(stream__public_id=stream_id)
    host = event.hosts.order_by("event_hosts__position").first()
    card = Card("", "")
    if host:
        card = Card(host.name, host.headline, _open(host.portrait))
    items = event.lineup.select_related("product").prefetch_related("product__images")
    pieces = [_piece(item.product) for item in items]
    return Show(stream_id, event.slug, card, pieces or [_opening(event)], _cloth(event))


def _cloth(event: Event) -> Cloth:
    """The colours of the show's poster, and its pattern."""
    look = looks.of(event)
    return Cloth(look.poster.ground, look.poster.writing, look.backdrop)


def _piece(product: Product) -> Piece:
    images = list(product.images.all())[:2]
    stills = [_open(image.renditions) for image in images]
    still = (stills[0] if stills else None) or ground(images[0].colour if images else "#4a3f33")
    close = stills[1] if len(stills) > 1 else None
    turn = MEDIA / f"{product.slug}-turn.avif"
    return Piece(product.public_id, Views(still, close, turn if turn.is_file() else None))


def _opening(event: Event) -> Piece:
    return Piece("", Views(ground(event.brand.ink)))


def _open(renditions: list[dict[str, Any]]) -> Image.Image | None:
    """The smallest JPEG that is large enough, else the largest; None when its file is not there."""
    jpegs = sorted((r for r in renditions if r["format"] == "jpeg"), key=lambda r: r["width"])
    best = next((r for r in jpegs if r["width"] >= STILL_WIDTH), jpegs[-1] if jpegs else None)
    if best is None:
        return None
    try:
        with default_storage.open(best["path"]) as file:
            return Image.open(file).convert("RGB")
    except OSError:
        log.warning("no picture at %s", best["path"])
        return None


async def draw(show: Show, channel: Channel, gate: Gate) -> None:
    """Draw a show until it is cancelled or somebody else publishes; leaves no encoder behind."""
    bed = await asyncio.to_thread(sound.write_bed, Path(settings.VAR_DIR) / "media" / "bed.wav")
    arguments = ffmpeg.drawn_arguments(size=(WIDTH, HEIGHT), rate=RATE, bed=str(bed))
    publication = Publication(channel, arguments, gate=gate)
    stage = Stage(show.pieces, card=show.card, cloth=show.cloth)
    following = asyncio.create_task(follow_pins(show.slug, stage))
    try:
        await publication.start()
        await _frames(stage, publication)
    except EncoderGone as gone:
        if not publication.replaced.is_set():
            log.warning("stream %s: the drawing's encoder is gone: %s", show.stream_id, gone)
    finally:
        following.cancel()
        await asyncio.shield(publication.stop())


async def _frames(stage: Stage, publication: Publication) -> None:
    began, number = time.monotonic(), 0
    while True:
        await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
        frame = await asyncio.to_thread(stage.frame, number / RATE, now=time.time())
        # Late ones are shown longer: the encoder counts frames, and its time must stay ours.
        behind = int((time.monotonic() - began) * RATE) - number
        for _ in range(max(ALIKE, behind)):
            await publication.write(frame)
            number += 1


async def follow_pins(slug: str, stage: Stage, *, every: float = PINS_SECONDS) -> None:
    """Keep the stage at the pin laid down last, read from the room's public snapshot, until cancelled."""
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            stage.pin(await asyncio.to_thread(last_pinned, slug))
        await asyncio.sleep(every)


def last_pinned(slug: str) -> str | None:
    """The product id of the newest pin of a room. Raises OSError, HTTPException or ValueError."""
    # Loopback to the web process: this app lies below the rooms and may not import them.
    connection = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=2)
    try:
        connection.request("GET", f"/api/v1/rooms/{slug}/", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        pins = json.loads(answer.read()).get("pins", [])
    finally:
        connection.close()
    newest = max(pins, key=lambda pin: pin["at"], default=None)
    return newest["product"] if newest else None
