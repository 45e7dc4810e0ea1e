"""`manage.py media` as a whole: database, drawn picture, the end of a show, the end of the process."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from events.domain import lifecycle, streams
from events.enums import EventState, StreamState
from events.management import drawn
from events.management.commands import media
from events.management.drawn import CAMERA_GRACE_SECONDS, DrawnShows, last_pinned, load_show
from events.management.gate import DatabaseGate, in_database
from events.models import Event, Stream
from events.streaming import ffmpeg, keys
from events.streaming.channel import Channels, Publication
from events.streaming.drawn.planes import HEIGHT, WIDTH
from events.streaming.drawn.shots import ground
from events.streaming.drawn.stage import Stage
from tests.events.streaming.conftest import alive, until
from tests.events.streaming.media import RememberingGate
from tests.factories.catalog import make_image, make_product
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_lineup_item, make_stream

pytestmark = pytest.mark.django_db(transaction=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def picture(name: str) -> list[dict[str, Any]]:
    """Renditions of one stored JPEG."""
    data = BytesIO()
    ground("#7a2233").save(data, "JPEG")
    path = default_storage.save(f"pictures/{name}.jpeg", ContentFile(data.getvalue()))
    return [{"format": "jpeg", "width": 640, "height": 800, "path": path}]


def drawn_show() -> Stream:
    event = make_event(state=EventState.LIVE, title="The Silk Hour")
    make_event_host(event, host=make_host(name="Camille", portrait=picture("camille")))
    item = make_lineup_item(event)
    make_image(item.product, renditions=picture("piece"))
    make_lineup_item(event)
    return make_stream(event, drawn=True)


class Web:
    """Stands where the web process is: answers each room's snapshot with what the test says."""

    def __init__(self) -> None:
        self.answer: Any = {"pins": []}
        self.asked: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.split(b" ")[1].decode())
        body = self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()


@pytest.fixture
async def web(settings: Any) -> AsyncIterator[Web]:
    web = Web()
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0)
    settings.PORT = server.sockets[0].getsockname()[1]
    yield web
    server.close()
    await server.wait_closed()


def state_of(stream: Stream) -> str:
    return Stream.objects.values_list("state", flat=True).get(pk=stream.pk)


def end(stream: Stream) -> Event:
    return lifecycle.advance(stream.event, EventState.ENDED, by=None, now=NOW)


async def eventually(stream: Stream, state: StreamState) -> None:
    async with asyncio.timeout(20):
        while await in_database(partial(state_of, stream)) != state:  # noqa: ASYNC110 - a row rings no bell
            await asyncio.sleep(0.02)


def encoders(parent: int = 0) -> list[int]:
    """The ffmpeg children of a process, this one by default."""
    tasks = Path(f"/proc/{parent or os.getpid()}/task").glob("*/children")
    children = [int(pid) for task in tasks for pid in task.read_text().split()]
    return [pid for pid in children if "ffmpeg" in Path(f"/proc/{pid}/comm").read_text() and alive(pid)]


async def test_the_process_draws_a_live_show_until_it_ends(web: Web) -> None:
    stream = await in_database(drawn_show)
    port = free_port()
    process = media.MediaProcess(host="127.0.0.1", port=port)
    running = asyncio.create_task(process.run())
    await eventually(stream, StreamState.LIVE)
    assert len(encoders()) == 1
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        playlist = await client.get(f"/live/{stream.public_id}/index.m3u8")
        assert playlist.text.startswith("#EXTM3U")
        await until(lambda: web.asked[:1] == [f"/api/v1/rooms/{stream.event.slug}/"])
        await in_database(partial(end, stream))
        await eventually(stream, StreamState.ENDED)
        await until(lambda: encoders() == [])
        playlist = await client.get(f"/live/{stream.public_id}/index.m3u8")
        assert playlist.text.endswith("#EXT-X-ENDLIST\n")
    process.stop()
    async with asyncio.timeout(5):
        await running


async def test_stopping_stops_the_drawing(web: Web) -> None:
    stream = await in_database(drawn_show)
    process = media.MediaProcess(host="127.0.0.1", port=free_port())
    running = asyncio.create_task(process.run())
    await eventually(stream, StreamState.LIVE)
    process.stop()
    async with asyncio.timeout(5):
        await running
    assert encoders() == []
    assert await in_database(partial(state_of, stream)) == StreamState.LOST


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's database into a file")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_the_process_however_it_ends(tmp_path: Path, how: signal.Signals) -> None:
    drawn_show()
    copy = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    port = free_port()
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{copy}",
        "SEENOW_VAR": str(tmp_path),
        "MEDIA_PORT": str(port),
        "PORT": str(free_port()),
    }
    command = [sys.executable, "manage.py", "media", "--skip-checks"]
    with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        limit = time.monotonic() + 60
        while not (children := encoders(process.pid)):
            assert time.monotonic() < limit
            assert process.poll() is None
        process.send_signal(how)
        process.wait(timeout=5)
    limit = time.monotonic() + 5
    while [pid for pid in children if alive(pid)]:
        assert time.monotonic() < limit


async def test_the_gate_speaks_for_the_database() -> None:
    stream = await in_database(drawn_show)
    gate = DatabaseGate()
    key = await in_database(partial(streams.issue_key, stream.event, now=NOW))
    assert await gate.authorize(stream.public_id, key)
    assert not await gate.authorize(stream.public_id, key + "x")
    await gate.started(stream.public_id)
    assert await in_database(partial(state_of, stream)) == StreamState.LIVE
    await gate.lost(stream.public_id)
    assert await in_database(partial(state_of, stream)) == StreamState.LOST
    assert await gate.open_of([stream.public_id]) == {stream.public_id: keys.hash_key(key)}
    await in_database(partial(end, stream))
    assert await gate.open_of([stream.public_id]) == {}


async def test_a_camera_takes_the_drawing_over_and_the_drawing_waits_before_it_returns(web: Web) -> None:
    stream = await in_database(drawn_show)
    channels, gate = Channels(), RememberingGate()
    shows = DrawnShows(channels, gate)
    await shows.look(at=100)
    await until(lambda: gate.told == [("started", stream.public_id)])
    channel = channels.open(stream.public_id)
    camera = Publication(channel, ffmpeg.camera_arguments(), gate=gate)
    await camera.start()
    await until(shows._tasks[stream.public_id].done)
    await shows.look(at=110)
    assert channel.publication is camera
    await camera.stop()
    await shows.look(at=110 + CAMERA_GRACE_SECONDS - 1)
    assert channel.publication is None
    await shows.look(at=110 + CAMERA_GRACE_SECONDS)
    await until(lambda: channel.publication is not None)
    await in_database(partial(end, stream))
    await shows.look(at=200)
    assert (channel.publication, encoders()) == (None, [])


async def test_a_drawing_whose_encoder_dies_is_started_anew(web: Web) -> None:
    stream = await in_database(drawn_show)
    channels, gate = Channels(), RememberingGate()
    shows = DrawnShows(channels, gate)
    running = asyncio.create_task(shows.run(every=0.05))
    await until(lambda: gate.told == [("started", stream.public_id)])
    publication = channels.open(stream.public_id).publication
    assert publication is not None
    assert publication.pid is not None
    os.kill(publication.pid, signal.SIGKILL)
    await until(lambda: gate.told[1:] == [("lost", stream.public_id), ("started", stream.public_id)])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert encoders() == []


@pytest.mark.expects_errors
async def test_a_database_that_is_away_takes_no_picture_with_it(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> set[str]:
        raise ConnectionError

    monkeypatch.setattr(drawn, "drawn_streams", away)
    running = [asyncio.create_task(DrawnShows(Channels(), RememberingGate()).run(every=0.01))]
    gate = DatabaseGate()
    monkeypatch.setattr(gate, "open_of", away)
    app = media.MediaApp(gate=gate, trusts=media.trusts)
    running.append(asyncio.create_task(media.watch(app, gate, every=0.01)))
    await until(lambda: caplog.text.count("cannot ask which shows") > 3)
    assert [task.done() for task in running] == [False, False]
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def test_the_stage_follows_the_newest_pin(web: Web) -> None:
    stream = await in_database(drawn_show)
    show = await in_database(partial(load_show, stream.public_id))
    stage = Stage(show.pieces, card=show.card, cloth=show.cloth)
    following = asyncio.create_task(drawn.follow_pins(show.slug, stage, every=0.01))
    web.answer = {"pins": [{"product": show.pieces[1].id, "at": 2}, {"product": show.pieces[0].id, "at": 1}]}
    await until(lambda: stage._pinned is show.pieces[1])
    web.answer = b"not json"
    asked = len(web.asked)
    await until(lambda: len(web.asked) > asked + 2)
    assert stage._pinned is show.pieces[1]
    web.answer = {"pins": []}
    await until(lambda: stage._pinned is None)
    following.cancel()


def test_a_show_is_read_with_its_stills_and_does_without_them() -> None:
    event = make_event(state=EventState.LIVE, title="Bare")
    bare = load_show(make_stream(event).public_id)
    assert [piece.id for piece in bare.pieces] == [""]
    assert (bare.card.host, bare.card.portrait) == ("", None)
    item = make_lineup_item(event, product=make_product(brand=event.brand))
    make_image(item.product, colour="#224466")
    again = load_show(event.stream.public_id)
    assert [(piece.id, piece.views.still.size) for piece in again.pieces] == [
        (item.product.public_id, (640, 800))
    ]
    full = load_show(drawn_show().public_id)
    assert full.card.portrait is not None
    assert (
        len(Stage(full.pieces, card=full.card, cloth=full.cloth).frame(0, now=0.0))
        == WIDTH * HEIGHT + 2 * 640 * 360
    )


def test_a_room_that_cannot_be_asked_raises(settings: Any) -> None:
    settings.PORT = free_port()
    with pytest.raises(OSError):  # noqa: PT011 - any of them is caught by its caller
        last_pinned("show")


def test_the_command_serves_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[media.MediaProcess] = []

    async def run(process: media.MediaProcess) -> None:
        served.append(process)
        raise KeyboardInterrupt

    monkeypatch.setattr(media.MediaProcess, "run", run)
    call_command("media", "--host", "127.0.0.7", "--port", "8159", skip_checks=True)
    assert [(p._server.config.host, p._server.config.port) for p in served] == [("127.0.0.7", 8159)]


def test_no_encoder_outlives_these_tests() -> None:
    assert encoders() == []
