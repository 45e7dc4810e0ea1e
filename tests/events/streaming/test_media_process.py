"""The media process with real sockets and real encoders."""

import asyncio
import contextlib
import gc
import json
import os
import re
import signal
import sys

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from events.streaming import ffmpeg, ingest
from events.streaming.channel import Publication
from events.streaming.encoder import Encoder, EncoderGone
from events.streaming.mp4 import Fragment
from tests.events.streaming.conftest import Media, alive, until
from tests.events.streaming.media import RememberingGate, recording

PORTION = 16_000


async def feed(connection: object, data: bytes) -> None:
    for at in range(0, len(data), PORTION):
        await connection.send(data[at : at + PORTION])  # type: ignore[attr-defined]  # a websocket


async def on_air(media: Media, *, codec: str = "libvpx") -> object:
    """A host whose first seconds are in the playlist."""
    connection = await media.host()
    assert json.loads(await connection.recv()) == {"type": "ready"}
    await feed(connection, recording(3, codec))
    await until(lambda: bool((c := media.app.channels.get("show")) and c.packager.next_number >= 2))
    return connection


async def told_after(connection: object, chunk: bytes) -> str | None:
    """Send `chunk` over and over until something is said back; None when the line broke first.

    Who is still sending when the other side closes may lose its last words to a TCP reset.
    """
    heard = asyncio.create_task(connection.recv())  # type: ignore[attr-defined]  # a websocket
    with contextlib.suppress(ConnectionClosed):
        while not heard.done():
            await connection.send(chunk)  # type: ignore[attr-defined]  # a websocket
            # A send that need not wait does not let the server, in this same loop, have its turn.
            await asyncio.sleep(0.005)
    try:
        return str(await heard)
    except ConnectionClosed:
        return None


async def refusal(connection: object) -> tuple[dict[str, str], int]:
    """The error a host is told, and the close code."""
    said = json.loads(await connection.recv())  # type: ignore[attr-defined]  # a websocket
    with pytest.raises(ConnectionClosed) as closed:
        await connection.recv()  # type: ignore[attr-defined]  # a websocket
    assert closed.value.rcvd is not None
    return said, closed.value.rcvd.code


async def test_a_camera_becomes_a_playlist_with_parts_segments_and_an_init(media: Media) -> None:
    await on_air(media)
    playlist = (await media.get("/live/show/index.m3u8")).text
    assert playlist.startswith("#EXTM3U\n#EXT-X-VERSION:9\n")
    init = await media.get("/live/show/init0.mp4")
    segment = await media.get("/live/show/seg0.m4s")
    parts = [await media.get(f"/live/show/part0.{index}.m4s") for index in range(5)]
    assert segment.content == b"".join(part.content for part in parts)
    assert init.content[4:8] == b"ftyp"
    assert (segment.headers["content-type"], segment.headers["cache-control"]) == (
        "video/mp4",
        "public, max-age=3600, immutable",
    )
    index = (await media.get("/live/show/main.m3u8")).text
    assert re.search(r'CODECS="avc1\.4d[0-9a-f]{4},mp4a\.40\.2",RESOLUTION=320x180', index)
    assert media.gate.told == [("started", "show")]


async def test_a_blocking_reload_waits_for_the_part_it_names(media: Media) -> None:
    connection = await on_air(media)
    channel = media.app.channels.get("show")
    assert channel is not None
    number, index = channel.packager.next_part()
    asked = asyncio.create_task(media.get(f"/live/show/index.m3u8?_HLS_msn={number}&_HLS_part={index}"))
    hinted = asyncio.create_task(media.get(f"/live/show/part{number}.{index}.m4s"))
    await asyncio.sleep(0)
    assert not asked.done()
    channel.packager.add(Fragment(b"next", True, 99.0, 0.2, True), arrived_at=1_795_000_000.0)
    channel.changed()
    assert f'URI="part{number}.{index}.m4s"' in (await asked).text
    # The camera's own next part may have come first.
    part = channel.packager.part(number, index)
    assert part is not None
    assert (await hinted).content == part.data
    await connection.close()  # type: ignore[attr-defined]  # a websocket


async def test_while_the_host_is_away_the_unchanged_playlist_goes_out(media: Media) -> None:
    connection = await on_air(media)
    await connection.close()  # type: ignore[attr-defined]  # a websocket
    await media.gate.until([("started", "show"), ("lost", "show")])
    channel = media.app.channels.get("show")
    assert channel is not None
    before = (await media.get("/live/show/index.m3u8")).text
    number, index = channel.packager.next_part()
    loop = asyncio.get_running_loop()
    began = loop.time()
    after = await media.get(f"/live/show/index.m3u8?_HLS_msn={number}&_HLS_part={index}")
    assert (after.status_code, after.text) == (200, before)
    assert 2.5 <= loop.time() - began <= 4.5
    assert (await media.get(f"/live/show/part{number}.{index}.m4s")).status_code == 404


async def test_a_host_who_comes_back_with_another_codec_goes_on_in_the_same_playlist(media: Media) -> None:
    connection = await on_air(media)
    await connection.close()  # type: ignore[attr-defined]  # a websocket
    await media.gate.until([("started", "show"), ("lost", "show")])
    reached = media.app.channels.open("show").packager.next_number
    again = await media.host()
    assert json.loads(await again.recv()) == {"type": "ready"}
    await feed(again, recording(3, "libx264"))
    await until(lambda: media.app.channels.open("show").packager.next_number > reached)
    playlist = (await media.get("/live/show/index.m3u8")).text
    assert playlist.count("#EXT-X-DISCONTINUITY\n") == 1
    assert re.findall(r'MAP:URI="(\w+\.mp4)"', playlist) == ["init0.mp4", "init1.mp4"]
    assert (await media.get("/live/show/init1.mp4")).status_code == 200
    assert media.gate.told == [("started", "show"), ("lost", "show"), ("started", "show")]


@pytest.mark.parametrize(
    "first",
    [
        {"key": "wrong-key"},
        {"key": 7},
        {"key": "schlüssel"},
        {},
        ["key"],
        "{bad",
        "x" * 600,
        b"\x1aE\xdf\xa3",
    ],
)
async def test_without_the_right_key_nothing_is_opened(media: Media, first: object) -> None:
    connection = await media.host(first=first)
    assert await refusal(connection) == ({"type": "error", "code": "bad_stream_key"}, 4401)
    assert media.app.channels.get("show") is None


async def test_a_host_who_says_nothing_is_let_go(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "KEY_SECONDS", 0.05)
    connection = await media.host(first="", subprotocols=None)
    assert (await refusal(connection))[1] == 4401


async def test_a_line_that_falls_silent_is_closed_so_that_the_host_reconnects(
    media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "SILENCE_SECONDS", 0.2)
    connection = await media.host()
    await connection.recv()
    assert await refusal(connection) == ({"type": "error", "code": "silent"}, 4500)
    assert media.pid() is None


async def test_text_among_the_chunks_is_refused(media: Media) -> None:
    connection = await media.host()
    await connection.recv()
    await connection.send("not a chunk")
    assert await refusal(connection) == ({"type": "error", "code": "bad_chunk"}, 4413)


async def test_a_chunk_beyond_the_cap_closes_the_line_before_it_is_read(media: Media) -> None:
    connection = await media.host()
    await connection.recv()
    await connection.send(bytes(ingest.MAX_CHUNK + 1))
    with pytest.raises(ConnectionClosed) as closed:
        await connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


async def test_the_newest_publisher_wins_and_the_other_is_told(media: Media) -> None:
    first = await on_air(media)
    before = media.pid()
    second = await media.host()
    assert json.loads(await second.recv()) == {"type": "ready"}
    await first.send(b"more")  # type: ignore[attr-defined]  # a websocket
    assert await refusal(first) == ({"type": "error", "code": "replaced"}, 4409)
    assert before is not None
    assert not alive(before)
    assert media.pid() not in {None, before}
    assert media.gate.told == [("started", "show")]


async def test_a_killed_encoder_leaves_nothing_running_and_sends_the_host_back(media: Media) -> None:
    connection = await on_air(media)
    pid = media.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert json.loads(await told_after(connection, b"more")) == {"type": "error", "code": "encoder_failed"}
    await until(lambda: media.pid() is None)
    assert not alive(pid)
    await media.gate.until([("started", "show"), ("lost", "show")])


async def test_nonsense_instead_of_a_recording_ends_the_encoder_only(
    media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "PICTURE_SECONDS", 1.0)
    connection = await media.host()
    await connection.recv()
    said = await told_after(connection, b"nonsense" * 4000)
    assert said is None or json.loads(said)["code"] in {"encoder_failed", "no_picture"}
    await until(lambda: media.pid() is None)
    assert media.gate.told == []
    assert (await media.get("/healthz")).json() == {"status": "ok", "on_air": 0}


async def test_a_show_that_is_over_turns_its_publisher_away(media: Media) -> None:
    connection = await on_air(media)
    channel = media.app.channels.open("show")
    channel.end()
    assert channel.publication is not None
    await channel.publication.stop()
    await connection.send(b"more")  # type: ignore[attr-defined]  # a websocket
    assert await refusal(connection) == ({"type": "error", "code": "show_over"}, 4410)
    playlist = (await media.get("/live/show/index.m3u8?_HLS_msn=99")).text
    assert playlist == "" or "EXT-X-ENDLIST" in playlist or "_HLS" in playlist
    assert "#EXT-X-ENDLIST" in (await media.get("/live/show/index.m3u8")).text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/live/none/index.m3u8",
        "/live/../x",
        "/live/show/other.txt",
        "/live/show/seg999.m4s",
        "/live/show/init9.mp4",
    ],
)
async def test_what_is_not_there_is_404(media: Media, path: str) -> None:
    await on_air(media)
    assert (await media.get(path)).status_code == 404


@pytest.mark.parametrize(
    "query", ["_HLS_part=1", "_HLS_msn=x", "_HLS_msn=1&_HLS_part=-1", "_HLS_msn=999999", "_HLS_msn=%00"]
)
async def test_nonsense_in_the_query_is_400(media: Media, query: str) -> None:
    await on_air(media)
    assert (await media.get(f"/live/show/index.m3u8?{query}")).status_code == 400


async def test_a_stream_that_was_opened_but_shows_nothing_has_no_playlist(media: Media) -> None:
    connection = await media.host()
    await connection.recv()
    assert (await media.get("/live/show/index.m3u8")).status_code == 404


async def test_pages_of_the_shop_may_read_and_others_may_not(media: Media) -> None:
    ours = await media.get("/healthz", headers={"Origin": "http://shop.test"})
    theirs = await media.get("/healthz", headers={"Origin": "http://evil.test"})
    assert (ours.headers["access-control-allow-origin"], ours.headers["vary"]) == (
        "http://shop.test",
        "Origin",
    )
    assert "access-control-allow-origin" not in theirs.headers


async def test_only_get_and_head_are_answered(media: Media) -> None:
    assert (await media.client.post("/healthz")).status_code == 405
    preflight = await media.client.options("/live/show/index.m3u8")
    assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
    head = await media.client.head("/healthz")
    assert (head.content, int(head.headers["content-length"])) == (
        b"",
        len((await media.get("/healthz")).content),
    )


async def test_a_page_of_another_site_cannot_publish(media: Media) -> None:
    with pytest.raises(InvalidStatus):
        await media.host(origin="http://evil.test")
    connection = await media.host(origin="http://shop.test")
    assert json.loads(await connection.recv()) == {"type": "ready"}


async def test_stopping_the_process_ends_every_encoder(media: Media) -> None:
    await on_air(media)
    pid = media.pid()
    assert pid is not None
    await media.app.channels.stop()
    assert not alive(pid)
    assert [channel.publication for channel in media.app.channels] == [None]
    media.app.channels.forget("show")
    assert list(media.app.channels) == []


async def test_an_encoder_that_ignores_everything_is_killed_after_the_grace() -> None:
    """Blocked on a full pipe ffmpeg takes no notice of anything but SIGKILL."""
    encoder = Encoder(["-f", "lavfi", "-i", "testsrc2", "-f", "rawvideo", "pipe:1"], deliver=print)
    await encoder.start()
    pid = encoder.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    await encoder.stop()
    await encoder.stop()
    assert not alive(pid)


async def overfilled(monkeypatch: pytest.MonkeyPatch) -> Encoder:
    """An encoder that runs, takes nothing and was given up; what was written to it waits in the pipe."""
    monkeypatch.setattr("events.streaming.encoder.STUCK_SECONDS", 0.2)
    monkeypatch.setattr("events.streaming.encoder.GRACE_SECONDS", 0.2)
    encoder = Encoder(ffmpeg.camera_arguments(), deliver=print)
    await encoder.start()
    assert encoder.pid is not None
    os.kill(encoder.pid, signal.SIGSTOP)
    with pytest.raises(EncoderGone):
        await encoder.write(bytes(16 * 1024 * 1024))
    return encoder


async def test_an_encoder_that_takes_nothing_more_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = await overfilled(monkeypatch)
    await encoder.stop()
    assert encoder.pid is not None
    assert not alive(encoder.pid)


async def test_a_pipe_that_broke_is_not_heard_of_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's Python 3.11.2 logs an end that nobody asked about, at whatever moment rubbish is collected."""
    heard: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: heard.append(context))
    encoder = await overfilled(monkeypatch)
    await encoder.stop()
    del encoder
    gc.collect()
    assert heard == []


@pytest.mark.parametrize("later", range(12))
async def test_who_writes_to_an_encoder_can_be_stopped_at_any_moment(later: int) -> None:
    """`asyncio.wait_for` of Python 3.11 loses a cancelling that comes as what it waits for is done."""
    encoder = Encoder(ffmpeg.camera_arguments(), deliver=print)
    await encoder.start()

    async def write_on() -> None:
        while True:
            await encoder.write(b"x")
            await asyncio.sleep(0)

    writing = asyncio.create_task(write_on())
    for _ in range(later):
        await asyncio.sleep(0)
    writing.cancel()
    await asyncio.wait([writing], timeout=5)
    stopped = writing.done()
    await encoder.stop()
    assert stopped


async def test_an_encoder_that_never_ran_can_be_stopped_and_takes_nothing() -> None:
    encoder = Encoder([], deliver=print)
    await encoder.stop()
    assert (encoder.pid, encoder.last_words) == (None, "")
    with pytest.raises(EncoderGone):
        await encoder.write(b"x")


@pytest.mark.expects_errors
async def test_a_reader_that_fails_takes_its_encoder_with_it(caplog: pytest.LogCaptureFixture) -> None:
    """An exception in the reader once left the pipe full and ffmpeg frozen for good."""
    arguments = [
        "-hide_banner",
        "-loglevel",
        "quiet",
        "-f",
        "lavfi",
        "-i",
        "testsrc2",
        "-f",
        "rawvideo",
        "pipe:1",
    ]
    encoder = Encoder(arguments, deliver=print)
    await encoder.start()
    await until(lambda: not encoder.running)
    assert "unreadable output" in caplog.text
    await encoder.stop()


async def test_a_publisher_overtaken_while_it_starts_never_starts(media: Media) -> None:
    channel = media.app.channels.open("show")
    publications = [Publication(channel, ffmpeg.camera_arguments(), gate=RememberingGate()) for _ in range(3)]
    await asyncio.gather(*(publication.start() for publication in publications))
    assert channel.publication is publications[2]
    running = [publication.pid for publication in publications if publication.pid and alive(publication.pid)]
    assert running == [publications[2].pid]
    await publications[2].stop()
    assert "Invalid data" in publications[2].last_words


async def test_the_encoder_dies_with_the_process_that_started_it() -> None:
    """However the media process ends, the kernel ends its encoders: here by SIGKILL."""
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE']='config.settings_test'\n"
        "import asyncio\nfrom events.streaming import ffmpeg\nfrom events.streaming.encoder import Encoder\n"
        "async def main():\n e = Encoder(ffmpeg.camera_arguments(), deliver=print)\n await e.start()\n"
        " print(e.pid, flush=True)\n await asyncio.sleep(60)\nasyncio.run(main())"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert alive(pid)
    parent.kill()
    await parent.wait()
    await until(lambda: not alive(pid))


async def test_a_playlist_instead_of_a_recording_opens_no_address(media: Media) -> None:
    """ffmpeg would fetch what an HLS playlist names; bytes from outside must not send it anywhere."""
    asked = asyncio.Event()

    async def trap(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        writer.close()

    server = await asyncio.start_server(trap, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bait = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n"
    connection = await media.host()
    await connection.recv()
    said = await told_after(connection, bait.encode().ljust(16_000, b"\n"))
    assert json.loads(said)["code"] == "encoder_failed"
    assert not asked.is_set()
    server.close()
    await server.wait_closed()
