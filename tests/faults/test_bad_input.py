"""The bad-input table of the socket against a real server: what costs its sender must cost nobody else."""

import asyncio
import socket
import time
import zlib

import pytest

from livechat.wire.codes import Close
from tests.faults.viewers import percentile, watching
from tests.faults.wires import BINARY, CONTINUATION, PING, TEXT, Wire, frame
from tests.faults.world import Host, assert_all_saw, caught_up, guest_sessions, lag_of, memory_of

pytestmark = [pytest.mark.race]
MEBIBYTE = 1_048_576
MOST_GROWTH = 5 * MEBIBYTE
NOTHING = '{"type":"ping"}'


@pytest.fixture
def open_wire(show):
    """`open_wire(server)`: one more guest's socket, by hand."""
    wires: list[Wire] = []

    def one(server, **options) -> Wire:
        (viewer,) = show.audience(1, [server.port])
        ticket = asyncio.run(viewer.ticket(server.port))
        path = f"/ws/rooms/{show.slug}/?ticket={ticket}"
        wires.append(Wire(server.port, path, viewer.session, **options))
        return wires[-1]

    yield one
    for wire in wires:
        wire.hang_up()


def is_served(show, server) -> bool:
    """Whether a newcomer gets in and hears of a pin."""
    (viewer,) = show.audience(1, [server.port])
    host = Host(show, [server.port])

    async def play() -> None:
        async with watching([viewer]):
            await host.pin(show.items[0])
            await caught_up(show, [viewer], within=5)

    asyncio.run(play())
    return viewer.violations == [] and "Traceback" not in server.log()


def test_what_is_too_large_or_no_text_closes_its_socket_and_leaves_no_trace(show, start, open_wire):
    server = start()
    assert is_served(show, server)
    before = memory_of(server)
    codes = {}
    for name, data in {
        "one byte more": frame(TEXT, b" " * 16_385),
        "a mebibyte": frame(TEXT, b" " * MEBIBYTE),
        "a lie of 64 MiB": frame(TEXT, b" " * 1_000, claim=64 * MEBIBYTE),
        "a lie of 2**62": frame(TEXT, b" " * 1_000, claim=2**62),
        "fragments without end": frame(TEXT, b" " * 4_000, fin=False)
        + frame(CONTINUATION, b" " * 4_000, fin=False) * 1_000,
        "bytes": frame(BINARY, b"\xff\xfe"),
        "no UTF-8": frame(TEXT, b"\xff\xfe"),
    }.items():
        wire = open_wire(server)
        wire.send(data)
        codes[name] = wire.close_code()
    assert codes.pop("bytes") == Close.NOT_TEXT
    assert codes.pop("no UTF-8") == 1007
    assert set(codes.values()) == {Close.TOO_LARGE}
    assert memory_of(server) - before < MOST_GROWTH
    assert is_served(show, server)


def test_a_bomb_is_packed_small_and_never_unpacked(show, start, open_wire):
    server = start()
    assert is_served(show, server)
    before = memory_of(server)
    packer = zlib.compressobj(9, zlib.DEFLATED, -12)
    bomb = packer.compress(b" " * 14 * MEBIBYTE) + packer.flush(zlib.Z_SYNC_FLUSH)
    assert len(bomb) < 16_384
    wire = open_wire(server, extensions="permessage-deflate; client_max_window_bits")
    wire.send(frame(TEXT, bomb[:-4], rsv1=True))
    # Whether compression was agreed on or not: too large, or a frame of another protocol.
    assert wire.close_code() in {Close.TOO_LARGE, 1002}
    assert memory_of(server) - before < MOST_GROWTH
    assert is_served(show, server)


@pytest.mark.parametrize(
    "flood",
    [frame(CONTINUATION, b"", fin=False), frame(PING, b"p" * 125)],
    ids=["empty fragments", "pings nobody reads the answers of"],
)
def test_small_change_in_any_number_costs_no_memory(show, start, open_wire, flood):
    server = start()
    assert is_served(show, server)
    before = memory_of(server)
    wire = open_wire(server)
    wire.line.settimeout(3)
    wire.send(frame(TEXT, b"", fin=False))
    sent = 0
    while sent < 12 * MEBIBYTE and wire.send(flood * 5_000):
        sent += len(flood) * 5_000
    assert memory_of(server) - before < MOST_GROWTH
    wire.hang_up()
    assert is_served(show, server)


def test_a_handshake_that_is_never_ended_is_closed_within_five_seconds(show, start):
    server = start()
    line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    started = time.monotonic()
    try:
        for letter in f"GET /ws/rooms/{show.slug}/ HTTP/1.1\r\nUpgrade: websocket\r\nX-Slow: " + "a" * 1_000:
            line.sendall(letter.encode())
            line.settimeout(0.1)
            try:
                if line.recv(1) == b"":
                    break
            except TimeoutError:
                continue
    except ConnectionError:
        pass
    took = time.monotonic() - started
    line.close()
    assert 4.0 < took < 7.0
    assert is_served(show, server)


def test_a_line_sent_a_hundred_times_at_once_is_one_line_with_one_answer(show, start):
    server = start(FAULT_NO_LIMITS="1")
    (session,) = guest_sessions(1)
    tabs = show.audience(5, [server.port])
    for tab in tabs:
        tab.session = session
    replies: list[dict] = []

    async def play() -> None:
        async with watching(tabs):
            for tab in tabs:
                tab.on_reply = replies.append
            line = {"type": "chat.send", "id": "c1", "text": "Is it lined?", "reply": ""}
            await asyncio.gather(*(tab.say(line) for tab in tabs for _ in range(20)))
            async with asyncio.timeout(20):
                while len(replies) < 100:
                    await asyncio.sleep(0.02)
            await caught_up(show, tabs, within=5)

    asyncio.run(play())
    assert {reply["type"] for reply in replies} == {"ack"}
    assert len({(reply["id"], reply["seq"]) for reply in replies}) == 1
    assert show.room.messages.count() == 1


@pytest.mark.faults
def test_a_flood_of_a_thousand_frames_a_second_is_muted_and_cut_and_no_neighbour_notices(
    show, start, open_wire, report
):
    server = start()
    neighbours = show.audience(10, [server.port])
    host = Host(show, [server.port])

    async def pinning(count: int) -> list[float]:
        known = set(host.accepted)
        for number in range(count):
            await host.pin(show.items[number % len(show.items)])
        await caught_up(show, neighbours, within=10)
        return lag_of(neighbours, {pin: at for pin, at in host.accepted.items() if pin not in known})

    def flood(wires: list[Wire]) -> None:
        for _ in range(10):
            for wire in wires:
                wire.send(frame(TEXT, NOTHING.encode()) * 100)
            time.sleep(0.1)

    async def play() -> tuple[list[float], list[float]]:
        async with watching(neighbours):
            quiet = await pinning(30)
            busy, _ = await asyncio.gather(pinning(30), asyncio.to_thread(flood, wires))
            await assert_all_saw(show, neighbours, list(host.accepted))
            return quiet, busy

    wires = [open_wire(server) for _ in range(5)]
    quiet, busy = asyncio.run(play())
    before, during = percentile(quiet, 0.99), percentile(busy, 0.99)
    report(p99_before=before, p99_during=during)
    assert [wire.close_code() for wire in wires] == [Close.TOO_MANY_ERRORS] * 5
    assert during <= before * 1.1 + 0.05
    assert [code for one in neighbours for code in one.codes] == []
