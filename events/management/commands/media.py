"""`manage.py media`: the embedded media engine, a process of its own on settings.MEDIA_PORT."""

import asyncio
import contextlib
import logging
import time
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand
from django.http.request import validate_host
from django.utils import timezone

from events.domain import streams
from events.management.drawn import DrawnShows
from events.management.gate import DatabaseGate, in_database
from events.streaming.ingest import MAX_CHUNK
from events.streaming.server import MediaApp

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
# Viewers who are behind still read the end of the show; after that its pictures are only memory.
FORGET_SECONDS = 300.0


def trusts(origin: str, host: str) -> bool:
    """Whether a page of `origin` may play from and publish to this process, reached as `host`."""
    if origin in settings.SOCKET_ORIGINS or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    page = urlsplit(origin)
    if page.scheme not in {"http", "https"} or not page.hostname:
        return False
    return page.hostname == urlsplit(f"//{host}").hostname or validate_host(
        page.hostname, settings.ALLOWED_HOSTS
    )


class Command(BaseCommand):
    help = "Carry the picture: take cameras in, package Low-Latency HLS, draw the demo's picture."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=settings.MEDIA_PORT)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        # uvicorn raises the signal again after a clean end; in the foreground that is the normal way out.
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(MediaProcess(host=host, port=port).run())


class MediaProcess:
    """Everything one media process runs; nothing started here outlives `run`."""

    def __init__(self, *, host: str, port: int) -> None:
        self._gate = DatabaseGate()
        self._app = MediaApp(gate=self._gate, trusts=trusts)
        self._shows = DrawnShows(self._app.channels, self._gate)
        self._server = uvicorn.Server(_config(self._app, host, port))

    async def run(self) -> None:
        """Serve until a signal comes or `stop` is called."""
        await in_database(_lose_all)
        tasks = [asyncio.create_task(watch(self._app, self._gate)), asyncio.create_task(self._shows.run())]
        try:
            await self._server.serve()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._app.channels.stop()

    def stop(self) -> None:
        """End `run` as a signal would."""
        self._server.should_exit = True


def _config(app: MediaApp, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=MAX_CHUNK,
        ws_per_message_deflate=False,
        lifespan="off",
        # A request line carries no secret, but ten a second for each viewer helps nobody.
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=1,
    )


def _lose_all() -> None:
    streams.lose_all(now=timezone.now())


async def watch(app: MediaApp, gate: DatabaseGate, *, every: float = LOOK_SECONDS) -> None:
    """Close what may go on air no longer, each `every` seconds, until cancelled."""
    while True:
        try:
            await close_ended(app, gate)
            forget_ended(app, at=time.monotonic())
        except Exception:
            # A database that is away must not take the pictures of running shows with it.
            log.exception("cannot ask which shows are open")
        await asyncio.sleep(every)


async def close_ended(app: MediaApp, gate: DatabaseGate) -> None:
    """Cut the publishers of shows that are over, end their playlists, and cut those whose key is void."""
    known = [channel for channel in app.channels if not channel.packager.ended]
    still_open = await gate.open_of([channel.stream_id for channel in known])
    for channel in known:
        publication = channel.publication
        if channel.stream_id not in still_open:
            channel.end()
            if publication is not None:
                await publication.stop()
        elif publication is not None:
            await publication.hold_to(still_open[channel.stream_id])


def forget_ended(app: MediaApp, *, at: float) -> None:
    """Drop the windows of pictures that ended FORGET_SECONDS before `at` (monotonic seconds)."""
    for channel in app.channels:
        if channel.packager.ended and channel.publication is None and at - channel.ended_at >= FORGET_SECONDS:
            app.channels.forget(channel.stream_id)
