"""The supervisor: restarts what dies, leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from config.processes import GRACE, Child, keep_running

ROOT = Path(__file__).resolve().parents[2]
# Ignores the polite request and has a child of its own that does, too.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)  # inherited by the program below
other = subprocess.Popen(["sleep", "60"])
print(other.pid, flush=True, file=open(sys.argv[1], "w"))
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def wait_until(happened: Callable[[], bool], seconds: float = 10) -> None:
    limit = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < limit
        time.sleep(0.02)


def supervise(children: list[Child], until: Callable[[], bool]) -> list[str]:
    """Run the supervisor until something is true; return what it said."""
    stop, said = Event(), []

    def look() -> None:
        if until():
            stop.set()

    keep_running(children, stop=stop, say=said.append, on_poll=look)
    return said


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    note = tmp_path / "starts"
    child = Child("short", [sys.executable, "-c", f"open({str(note)!r}, 'a').write('x')"])
    said = supervise([child], lambda: note.exists() and len(note.read_text()) == 2)
    assert said[0] == "short ended with 0; starting it again"


def test_a_child_that_keeps_dying_waits_longer_each_time() -> None:
    child = Child("short", ["true"], started=time.monotonic())
    pauses = [round(child.next_start() - time.monotonic()) for _ in range(6)]
    assert pauses == [1, 2, 4, 8, 10, 10]


def test_a_child_that_lived_long_starts_again_at_once() -> None:
    child = Child("long", ["true"], started=time.monotonic() - 60, pause=8)
    assert child.next_start() <= time.monotonic()


def test_stubborn_children_and_theirs_are_gone_within_five_seconds(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = Child("stubborn", [sys.executable, "-c", STUBBORN, str(note)])
    ended = 0.0

    def until() -> bool:
        nonlocal ended
        ended = time.monotonic()
        return note.exists() and note.read_text().strip() != ""

    supervise([child], until)
    assert GRACE <= time.monotonic() - ended < 5
    assert child.process is not None
    assert not alive(child.process.pid)
    wait_until(lambda: not alive(int(note.read_text())))


SUPERVISOR = """
import sys
from pathlib import Path
from threading import Event
from config.processes import Child, keep_running
child = Child("sleeper", ["sleep", "60"])
note = lambda: Path(sys.argv[1]).write_text(str(child.process.pid))
keep_running([child], stop=Event(), say=print, on_poll=note)
"""


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(note)], cwd=ROOT)
    wait_until(lambda: note.exists() and note.read_text() != "")
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()
    wait_until(lambda: not alive(int(note.read_text())))
