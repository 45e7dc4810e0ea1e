"""One visit to one server: start it, fill the room, measure a few cells, end everything."""

import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.fanout import corpus, rig
from benchmarks.fanout.contenders import Contender, Place
from benchmarks.fanout.plan import Cell

WAVE = 400
PARALLEL = 48
# What the first sockets load once (code, caches) is not what one more viewer costs.
FIRST = 20
SMALL_BUFFER = 16_384
JSON = dict[str, Any]


class Refused(RuntimeError):
    """Not every viewer came in."""


@dataclass
class Workshop:
    """What all visits of one command share: built programs, a Redis, a seeded database."""

    folder: Path
    redis_port: int
    redis_pids: list[int]

    @property
    def redis(self) -> str:
        return f"redis://127.0.0.1:{self.redis_port}/0"


class Visit:
    """A running server with its load client. See `visiting`."""

    def __init__(self, contender: Contender, folder: Path, workshop: Workshop) -> None:
        self.contender, self.folder, self.workshop = contender, folder, workshop
        self.log = folder / "log"
        self.memory: JSON = {}
        self.server: Any = None
        self.client: Any = None
        self.stage: Any = None
        self.viewers = 0

    def tell(self, command: str) -> JSON:
        """One command to the load client."""
        return dict(json.loads(rig.ask(self.client, command, log=self.log)))

    def at_stage(self, command: str) -> JSON:
        """One command to the process that speaks in SeeNow's room."""
        return dict(json.loads(rig.ask(self.stage, command, log=self.log)))

    def fill(self, viewers: int) -> None:
        """Let viewers in, weigh the server before and after. Raises Refused."""
        self.enter(FIRST)
        before = rig.proportional_kib(rig.family(self.server.pid))
        for start in range(FIRST, viewers, WAVE):
            self.enter(min(WAVE, viewers - start))
        time.sleep(0.3)
        after = rig.proportional_kib(rig.family(self.server.pid))
        self.memory = {
            "server_kib": after,
            "kib_per_viewer": (after - before) / max(1, viewers - FIRST),
        }
        self._watch()

    def enter(self, count: int, *, receive_buffer: int = 0, positions: list[str] | None = None) -> None:
        """`count` more viewers; those with `positions` come back to where they stood."""
        targets = self.folder / "targets"
        if self.stage is not None:
            self.at_stage(f"targets {targets} {count} {receive_buffer} {' '.join(positions or [])}")
        else:
            targets.write_text(f"{self.contender.path}\t-\t{receive_buffer}\n" * count)
        answer = self.tell(f"open {targets} {PARALLEL}")
        self.viewers += count
        if answer["open"] < self.viewers or answer["refused"]:
            raise Refused(f"{self.contender.name}: {answer}\n{self.log.read_text()[-1500:]}")

    def measure(self, cell: Cell) -> JSON:
        """One cell, as the load client counted it."""
        if self.stage is not None:
            self.at_stage("summary")
        if cell.flight:
            found = self.tell(f"saturate {cell.flight} {cell.warm} {cell.seconds}")
        else:
            found = self.tell(f"run {cell.rate} {cell.urgent} {cell.warm} {cell.seconds} {cell.patience}")
        if self.stage is not None:
            found["stage"] = self.at_stage("summary")
        return found | {"memory": self.memory}

    def stall(self, number: int) -> None:
        """`number` more viewers come in, with small buffers, and never read again."""
        self.enter(number, receive_buffer=SMALL_BUFFER)
        self.tell(f"stall {number}")
        self.viewers -= number

    def until_cut(self, number: int, *, patience: float) -> JSON:
        """Wait for the server to hang up on the stalled; how many it did and in how many seconds."""
        start = time.monotonic()
        while True:
            cut, waited = self.tell(f"cut {number}")["cut"], time.monotonic() - start
            if cut == number or waited > patience:
                return {"cut": cut, "seconds_until_cut": waited}
            time.sleep(0.1)

    def come_back(self, number: int) -> JSON:
        """The stalled read what had reached them, then come back to where they stood."""
        found = self.tell(f"wake {number} 2")["viewers"]
        positions = [f"{viewer['epoch']}:{viewer['seq']}" for viewer in found]
        self.viewers = self.tell("open?")["open"]
        self.enter(number, positions=positions)
        return {
            "codes": sorted(viewer["code"] for viewer in found),
            "back": number,
            "recovered": self.tell(f"recovered {number}")["recovered"],
        }

    def _watch(self) -> None:
        groups = {"server": rig.family(self.server.pid), "redis": self.workshop.redis_pids}
        if self.stage is not None:
            groups["stage"] = rig.family(self.stage.pid)
        for name, pids in groups.items():
            self.tell(f"watch {name} {','.join(map(str, pids))}")


@contextmanager
def visiting(contender: Contender, workshop: Workshop) -> Iterator[Visit]:
    """Start the server and the load client; end both, whatever happens in the block."""
    folder = workshop.folder / f"visit-{contender.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    visit = Visit(contender, folder, workshop)
    place = Place(rig.free_port(), workshop.redis, folder)
    server_core, other_core = rig.cores()
    environment = contender.environment(place)
    with ExitStack() as stack:
        if contender.is_ours:
            for file in workshop.folder.glob("seeded/seenow.sqlite3*"):
                shutil.copy(file, folder)
        at_stage = folder / "stage"
        if contender.is_ours:
            visit.stage = _start_stage(stack, visit, environment, place=at_stage)
        visit.server = stack.enter_context(
            rig.running(
                contender.command(place),
                core=server_core,
                log=visit.log,
                ready=lambda: rig.answers(place.port) and (visit.stage is None or at_stage.exists()),
                environment=environment,
            )
        )
        publisher = f"unix:{at_stage}" if contender.publisher == "stage" else contender.publisher
        visit.client = stack.enter_context(
            rig.running(
                [
                    *(str(workshop.folder / "client"), "127.0.0.1", str(place.port), contender.flavour),
                    *("deflate" if contender.deflate else "plain", publisher),
                ],
                core=other_core,
                log=visit.log,
                talks=True,
            )
        )
        lines = corpus.write(folder / "lines", corpus.draw(), contender.wrap)
        visit.tell(f"lines {lines}")
        yield visit


def _start_stage(stack: ExitStack, visit: Visit, environment: dict[str, str], *, place: Path) -> Any:
    """The process that speaks in SeeNow's room; it is ready when `place` is there."""
    return stack.enter_context(
        rig.running(
            [sys.executable, "-m", "benchmarks.fanout.stage", "serve", str(place)],
            core=rig.cores()[1],
            log=visit.log,
            environment=environment,
            talks=True,
        )
    )
