"""Real sockets on a real uvicorn: its own WebSocket class with the queue, and ours with ready frames.

What `wire.ready` relies on inside uvicorn and websockets is asked here, so that another version of either
that does not keep it is noticed.
"""

import asyncio
import json
import socket
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from livechat.wire import outbox, ready
from livechat.wire.codes import Close
from livechat.wire.outbox import LineOutbox, Outbox, outbox_for
from livechat.wire.parcel import Parcel
from tests.livechat.hub_doubles import until

OURS, PLAIN = "livechat.wire.ready:FrameProtocol", "websockets-sansio"
LINES = json.dumps({"type": "batch", "frames": [{"text": f"Line {n}"} for n in range(60)]})
SMALL = '{"type":"ping"}'


@dataclass
class Hall:
    """An application that seats everybody who comes, and keeps what they say."""

    boxes: list[Outbox] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    port: int = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            return
        await receive()
        await send({"type": "websocket.accept"})

        async def send_text(text: str) -> None:
            await send({"type": "websocket.send", "text": text})

        async def close(code: int) -> None:
            await send({"type": "websocket.close", "code": code})

        self.lines.append(scope["extensions"].get(outbox.EXTENSION))
        box = outbox_for(scope, send=send_text, close=close)
        self.boxes.append(box)
        while (message := await receive())["type"] != "websocket.disconnect":
            self.said.append(message["text"])
        self.codes.append(message["code"])
        box.stop()

    def offer(self, text: str) -> None:
        """Send everybody one text."""
        parcel = Parcel(text)
        for box in self.boxes:
            box.offer(parcel)


@asynccontextmanager
async def serving(websockets: str) -> AsyncIterator[Hall]:
    hall = Hall()
    config = uvicorn.Config(
        hall,
        port=0,
        ws=websockets,
        ws_max_size=16_384,
        log_level="critical",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None
    task = asyncio.create_task(server._serve())
    await until(lambda: server.started)
    hall.port = server.servers[0].sockets[0].getsockname()[1]
    yield hall
    server.should_exit = True
    await task


@pytest.fixture(params=[OURS, PLAIN], ids=["ours", "plain"])
async def hall(request):
    async with serving(request.param) as found:
        yield found


@pytest.fixture
async def ours():
    async with serving(OURS) as found:
        yield found


def visit(hall: Hall, **options: Any) -> connect:
    return connect(f"ws://127.0.0.1:{hall.port}/", **options)


async def code_of(viewer: ClientConnection) -> int | None:
    """The code the server closes with; None for a line that is simply gone."""
    try:
        while True:
            await asyncio.wait_for(viewer.recv(), 8)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


# --- The same on both --------------------------------------------------------------------------------------
@pytest.mark.parametrize("compression", ["deflate", None])
async def test_texts_arrive_whole_and_in_order(hall, compression):
    async with visit(hall, compression=compression) as viewer:
        await until(lambda: hall.boxes)
        big = "é" * 70_000
        hall.offer(LINES)
        hall.boxes[0].push("only you")
        hall.offer(SMALL)
        hall.boxes[0].welcome(big)
        assert [await viewer.recv() for _ in range(4)] == [LINES, "only you", SMALL, big]
        await viewer.send("up")
        await until(lambda: hall.said == ["up"])


async def test_a_cut_reader_who_reads_hears_why(hall):
    async with visit(hall) as viewer:
        await until(lambda: hall.boxes)
        hall.offer(LINES)
        hall.boxes[0].cut(Close.SLOW_READER)
        hall.offer(LINES)
        assert await code_of(viewer) == Close.SLOW_READER


async def test_a_reader_who_leaves_is_noticed(hall):
    async with visit(hall) as viewer:
        await until(lambda: hall.boxes)
        await viewer.close(1001)
    await until(lambda: hall.codes == [1001])
    hall.offer(LINES)
    assert hall.boxes[0].is_cut


async def test_a_frame_above_the_bound_closes_with_1009_packed_or_not(hall):
    for compression in ("deflate", None):
        async with visit(hall, compression=compression) as viewer:
            await viewer.send("x" * 16_385)
            assert await code_of(viewer) == Close.TOO_LARGE
    assert hall.said == []


async def test_a_deflate_bomb_is_not_unpacked(hall):
    async with visit(hall) as viewer:
        await until(lambda: hall.boxes)
        packer = zlib.compressobj(9, zlib.DEFLATED, -12)
        bomb = packer.compress(bytes(12_000_000)) + packer.flush(zlib.Z_SYNC_FLUSH)[:-4]
        assert len(bomb) < 16_384
        # A masked, compressed text frame by hand: no client would send it.
        viewer.transport.write(struct.pack("!BBHI", 0xC1, 0x80 | 126, len(bomb), 0) + bomb)
        assert await code_of(viewer) == Close.TOO_LARGE
    assert hall.said == []


async def stalled(hall: Hall) -> socket.socket:
    """A socket that shook hands and reads no more, with as little room in the kernel as can be."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(line, ("127.0.0.1", hall.port))
    asked = (
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await loop.sock_sendall(line, asked.encode())
    await loop.sock_recv(line, 10)
    return line


async def test_five_who_do_not_read_are_cut_and_fifty_get_everything(hall, monkeypatch):
    state = json.dumps({"type": "lineup.changed", "lineup": ["x" * 16_000]})
    viewers = [await visit(hall, compression=None).__aenter__() for _ in range(50)]
    lines = [await stalled(hall) for _ in range(5)]
    await until(lambda: len(hall.boxes) == 55)
    reading = [asyncio.create_task(take(viewer, 200)) for viewer in viewers]
    for seq in range(1, 201):
        parcel = Parcel(state, epoch="e1", first=seq, through=seq, state=((seq, state),))
        for box in hall.boxes:
            box.offer(parcel)
        await asyncio.sleep(0.001)
    assert [await task for task in reading] == [200] * 50
    assert [box.is_cut for box in hall.boxes] == [False] * 50 + [True] * 5
    for viewer in viewers:
        await viewer.close()
    for line in lines:
        line.close()


async def take(viewer: ClientConnection, frames: int) -> int:
    return len([await asyncio.wait_for(viewer.recv(), 8) for _ in range(frames)])


# --- Ours --------------------------------------------------------------------------------------------------
async def test_the_extension_is_there_on_ours_alone():
    for protocol, kind in ((OURS, True), (PLAIN, False)):
        async with serving(protocol) as hall, visit(hall):
            await until(lambda hall=hall: hall.boxes)
            assert isinstance(hall.boxes[0], LineOutbox) is kind


async def test_who_does_not_read_is_really_gone(ours):
    """The kernel is told to forget the socket: what waits in it is dropped and the other end is reset."""
    line = await stalled(ours)
    await until(lambda: ours.boxes)
    while not ours.boxes[0].is_cut:
        ours.boxes[0].push("x" * 60_000)
        await asyncio.sleep(0)
    await until(lambda: ours.codes == [Close.SLOW_READER])
    await until(lambda: ours.lines[0].disconnected)
    assert await gone(line) == "reset"


async def gone(line: socket.socket) -> str:
    loop = asyncio.get_running_loop()
    with line:
        try:
            while await asyncio.wait_for(loop.sock_recv(line, 65_536), 3):
                pass
        except ConnectionResetError:
            return "reset"
    return "closed"


async def test_twin_a_plain_abort_would_leave_the_other_end_reading(ours, monkeypatch):
    monkeypatch.setattr(ready, "RESET", bytes(8))
    line = await stalled(ours)
    await until(lambda: ours.boxes)
    while not ours.boxes[0].is_cut:
        ours.boxes[0].push("x" * 60_000)
        await asyncio.sleep(0)
    await until(lambda: ours.lines[0].disconnected)
    assert await gone(line) == "closed"


async def test_a_reader_who_goes_with_much_unread_holds_no_memory(ours):
    line = await stalled(ours)
    await until(lambda: ours.boxes)
    ours.boxes[0].welcome("x" * 600_000)
    await until(lambda: ours.lines[0].waiting() > outbox.BEHIND)
    ours.boxes[0].stop()
    await until(lambda: ours.lines[0].disconnected)
    line.close()


async def test_a_reader_who_was_behind_and_reads_on_catches_up(ours):
    line = await stalled(ours)
    await until(lambda: ours.boxes)
    box = ours.boxes[0]
    texts = [json.dumps({"type": "chat.posted", "seq": seq, "text": "x" * 4_000}) for seq in range(1, 101)]
    for seq, text in enumerate(texts, 1):
        box.offer(Parcel(text, epoch="e1", first=seq, through=seq))
    await until(lambda: not box.is_swift)
    loop = asyncio.get_running_loop()
    taken = b""
    while not taken.endswith(b'"through":100}'):
        taken += await asyncio.wait_for(loop.sock_recv(line, 65_536), 5)
    assert box.is_swift
    line.close()


async def test_a_small_send_buffer_is_asked_of_the_kernel(ours):
    async with visit(ours):
        await until(lambda: ours.lines)
        held = (
            ours.lines[0].transport.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        )
        assert held == 2 * ready.KERNEL_BUFFER


async def test_the_handshake_is_forgotten(ours):
    async with visit(ours):
        await until(lambda: ours.boxes)
        line = ours.lines[0]
        assert (dict(line.scope), list(line.request.headers.raw_items())) == ({}, [])


# --- Compressed once ---------------------------------------------------------------------------------------
async def test_both_sides_agree_to_remember_nothing(ours):
    async with visit(ours) as viewer:
        (agreed,) = viewer.protocol.extensions
        assert (agreed.local_no_context_takeover, agreed.remote_no_context_takeover) == (True, True)


async def test_what_all_read_is_compressed_and_what_is_small_or_personal_is_not(ours):
    async with visit(ours) as viewer:
        await until(lambda: ours.lines)
        sent: list[bytes] = []
        box = ours.boxes[0]
        write, box._write = box._write, lambda data: (sent.append(data), write(data))
        ours.offer(LINES)
        ours.offer(SMALL)
        box.push(LINES)
        assert [await viewer.recv() for _ in range(3)] == [LINES, SMALL, LINES]
    assert [data[0] for data in sent] == [0xC1, 0x81, 0x81]
    assert len(sent[0]) < len(sent[2]) / 3


async def test_a_reader_with_a_smaller_window_gets_plain_frames(ours):
    small = ClientPerMessageDeflateFactory(server_max_window_bits=9, client_max_window_bits=True)
    async with visit(ours, compression=None, extensions=[small]) as viewer:
        await until(lambda: ours.lines)
        assert (len(viewer.protocol.extensions), ours.lines[0].compresses) == (1, False)
        ours.offer(LINES)
        assert await viewer.recv() == LINES


async def test_without_compression_in_the_server_nothing_is_agreed(monkeypatch):
    async with serving(OURS) as hall:
        monkeypatch.setattr(uvicorn.Config, "ws_per_message_deflate", False, raising=False)
        async with visit(hall, compression=None) as viewer:
            await until(lambda: hall.boxes)
            assert (viewer.protocol.extensions, hall.lines[0].compresses) == ([], False)


async def test_a_refused_handshake_is_uvicorns_own(ours):
    reader, writer = await asyncio.open_connection("127.0.0.1", ours.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    answer = await reader.read(100)
    assert answer.split(b" ")[1] == b"400"
    writer.close()
