"""Processes of the benchmark: pinned to a core, ended with it, watched while they run. Loopback only."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
START_SECONDS = 40.0
STOP_SECONDS = 4.0
ROOT = Path(__file__).resolve().parents[2]


class NotStarted(RuntimeError):
    """A process ended or stayed silent before it was ready; the message is its log."""


def cores() -> tuple[int, int]:
    """The core of the server and the core of everything else; the same one when there is no other."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[min(1, len(usable) - 1)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def family(pid: int) -> list[int]:
    """The process and its descendants, alive now."""
    found = [pid]
    for child in _children(pid):
        found += family(child)
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, listing.read_text().split())
    return found


def proportional_kib(pids: Sequence[int]) -> int:
    """PSS of these processes: memory they share counts once."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def _prepare(core: int) -> Callable[[], None]:
    """What the child does before it becomes the program: its core, and its end with ours."""
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        os.sched_setaffinity(0, {core})

    return prepare


@contextmanager
def running(
    command: Sequence[str],
    *,
    core: int,
    log: Path,
    ready: Callable[[], bool] = lambda: True,
    environment: dict[str, str] | None = None,
    talks: bool = False,
) -> Iterator[subprocess.Popen[str]]:
    """Run `command` on `core` until the block ends, in a process group of its own that ends with it.

    `talks`: its stdin and stdout are pipes, one line of text each way. Raises NotStarted.
    """
    with log.open("a") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
            stdout=subprocess.PIPE if talks else out,
            stderr=out,
            text=True,
            cwd=ROOT,
            env=os.environ | (environment or {}),
            preexec_fn=_prepare(core),  # noqa: PLW1509 - no thread is running here yet
            start_new_session=True,
        )
    try:
        _wait_until(ready, process, log)
        yield process
    finally:
        _stop(process)


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[str], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotStarted(f"{process.args!r}\n{log.read_text()[-2000:]}")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[str]) -> None:
    """End the group we made, kindly first. The group's number is ours as long as we have not waited."""
    with suppress(ProcessLookupError):
        process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def ask(process: subprocess.Popen[str], command: str, *, log: Path) -> str:
    """Send one line to a process that talks and return its answer. Raises NotStarted when it is gone."""
    assert process.stdin is not None  # noqa: S101 - started with `talks`
    assert process.stdout is not None  # noqa: S101 - same
    with suppress(BrokenPipeError):
        process.stdin.write(command + "\n")
        process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise NotStarted(f"{process.args!r} ended at {command!r}\n{log.read_text()[-2000:]}")
    return answer
