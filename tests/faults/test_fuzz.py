"""Twenty thousand frames nobody should send, to a real process: nothing breaks, nobody else notices."""

import asyncio
import json
import random

import pytest

from livechat.wire import frames
from tests.faults.viewers import until, watching
from tests.faults.wires import TEXT, Wire, frame
from tests.faults.world import Host, assert_all_saw, caught_up, guest_sessions, memory_of, pins_in_database

pytestmark = [pytest.mark.race, pytest.mark.faults]
FRAMES = 20_000
SOCKETS = 5
ROUND = 200
SEED = 20_261_111
# Memory of a process settles in its first thousands of frames; from there on it must stay flat.
MOST_GROWTH = 8 * 1_048_576
ODD = [
    0,
    -1,
    2**31,
    2**53,
    2**63,
    10**400,
    1.5,
    True,
    None,
    "",
    "\x00",
    "\ud800",
    "a" * 5_000,
    "\u202e\u2066" * 40,
    "e" + "\u0301" * 400,
    [],
    {},
    [[[[[[[[[[]]]]]]]]]],
    {"__class__": {"__init__": "x"}},
]
VALUES = {"str": "x", "int": 7, "bool": True, "list": [], "dict": {}}


def valid(rng: random.Random) -> dict:
    """A frame a browser might send, its fields of the right types."""
    cls = rng.choice(list(frames.FROM_CLIENT.values()))
    hints = cls.__dataclass_fields__
    body = {
        name: VALUES.get(getattr(one.type, "__name__", str(one.type)), "x") for name, one in hints.items()
    }
    return {"type": cls.TYPE, **body, **({"id": f"c{rng.randrange(10**9)}"} if "id" in body else {})}


def mutated(rng: random.Random) -> str:
    """A valid frame with something wrong in its structure."""
    message = valid(rng)
    for _ in range(rng.randrange(1, 4)):
        kind = rng.randrange(5)
        name = rng.choice(list(message) or ["type"])
        if kind == 0:
            message[name] = rng.choice(ODD)
        elif kind == 1:
            message.pop(name, None)
        elif kind == 2:
            message[rng.choice(["constructor", "__proto__", "seq", "", "x" * 300, "\ud800"])] = rng.choice(
                ODD
            )
        elif kind == 3:
            message["type"] = rng.choice(
                [*frames.SEQUENCED, *frames.UNSEQUENCED, "__class__", "websocket.disconnect"]
            )
        else:
            message = {"type": message.get("type"), "frames": [message]}
    return json.dumps(message, ensure_ascii=rng.random() < 0.5)


def nonsense(rng: random.Random) -> str:
    """Text that may not even be JSON."""
    kind = rng.randrange(5)
    if kind == 0:
        return "".join(chr(rng.randrange(1, 0xD7FF)) for _ in range(rng.randrange(300)))
    if kind == 1:
        return rng.choice('[{"-0tn,:') * rng.randrange(4_000)
    if kind == 2:
        return '{"type":"since","epoch":"e","seq":' + "9" * rng.randrange(1, 5_000) + "}"
    if kind == 3:
        text = mutated(rng)
        at = rng.randrange(len(text))
        return text[:at] + rng.choice(["", "\\", '"', "\x00", "\u2028", "{"]) + text[at + rng.randrange(3) :]
    return rng.choice(
        ['{"type":"ping","type":"ping"}', "NaN", "1e999", '"x"', "null", "[]", "-", '{"type":NaN}']
    )


def made(rng: random.Random) -> bytes:
    """One frame's text as bytes; a few are none."""
    if rng.random() < 0.01:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(60)))
    text = mutated(rng) if rng.random() < 0.6 else nonsense(rng)
    return text.encode("utf-8", "surrogatepass" if rng.random() < 0.1 else "replace")[:16_000]


def is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class Fuzzer:
    """Sends frames over a socket that is opened again whenever the last frame closed it."""

    def __init__(self, show, server, session: str) -> None:
        self.viewer = show.audience(1, [server.port])[0]
        self.viewer.session = session
        self.show, self.server = show, server
        self.wire: Wire | None = None
        self.reopened = 0

    async def send(self, batch: list[bytes]) -> None:
        for one in batch:
            if self.wire is None:
                await self._open()
            # What is no text ends the socket, and what is sent into an ended one tries nothing.
            if not await asyncio.to_thread(self._pass, frame(TEXT, one)) or not is_text(one):
                self.hang_up()

    def hang_up(self) -> None:
        if self.wire is not None:
            self.wire.hang_up()
            self.wire = None

    async def _open(self) -> None:
        ticket = await self.viewer.ticket(self.server.port)
        path = f"/ws/rooms/{self.show.slug}/?ticket={ticket}"
        self.wire = await asyncio.to_thread(Wire, self.server.port, path, self.viewer.session)
        self.wire.line.settimeout(5)
        self.reopened += 1

    def _pass(self, data: bytes) -> bool:
        """Send, and read away what came; False when the server has hung up."""
        assert self.wire
        if not self.wire.send(data):
            return False
        self.wire.line.setblocking(False)
        try:
            return self.wire.line.recv(1_048_576) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            self.wire.line.settimeout(5)


def test_twenty_thousand_frames_break_nothing_and_close_nobody_else(show, start, report):
    server = start(FAULT_NO_LIMITS="1")
    neighbours = show.audience(5, [server.port])
    fuzzers = [Fuzzer(show, server, session) for session in guest_sessions(SOCKETS)]
    host = Host(show, [server.port])
    rng = random.Random(SEED)
    weights: list[int] = []

    async def play() -> None:
        async with watching(neighbours):
            for _ in range(FRAMES // (ROUND * SOCKETS)):
                batches = [[made(rng) for _ in range(ROUND)] for _ in fuzzers]
                await asyncio.gather(*(one.send(batch) for one, batch in zip(fuzzers, batches, strict=True)))
                pin = await host.pin(show.items[len(host.accepted) % len(show.items)])
                await until(lambda due=pin: all(due in one.pins for one in neighbours), within=20)
                weights.append(memory_of(server))
            for one in fuzzers:
                one.hang_up()
            await caught_up(show, neighbours, within=20)
            await assert_all_saw(show, neighbours, list(host.accepted))

    asyncio.run(play())
    settled = weights[len(weights) // 4 :]
    report(frames=FRAMES, reopened=sum(one.reopened for one in fuzzers), grown=settled[-1] - settled[0])
    assert "Traceback" not in server.log()
    assert " ERROR " not in server.log()
    assert [code for one in neighbours for code in one.codes] == []
    assert set(host.accepted) <= pins_in_database(show)
    assert settled[-1] - settled[0] < MOST_GROWTH
