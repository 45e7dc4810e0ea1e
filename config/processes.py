"""Child processes that end when we do."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

PR_SET_PDEATHSIG = 1
# With what a busy machine adds, everything is gone within five.
GRACE = 3.0  # seconds between asking a process to end and ending it
POLL = 0.1
# A process that lived this long gets restarted at once; a younger one waits, twice as long each time.
SETTLED = 30.0
LONGEST_PAUSE = 10.0

Say = Callable[[str], object]


def end_with_parent() -> None:
    """Runs in the child: if we are killed outright, the kernel asks it to end."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program to keep running, with whatever it starts itself in its process group."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            self.command,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C in the terminal is ours to pass on
            preexec_fn=end_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def next_start(self) -> float:
        """When it may start again; call once after each death."""
        settled = time.monotonic() - self.started > SETTLED
        self.pause = 0.0 if settled else min(max(2 * self.pause, 1.0), LONGEST_PAUSE)
        return time.monotonic() + self.pause

    def ask_to_end(self) -> None:
        if self.alive and self.process:
            self.process.terminate()

    def end(self) -> None:
        """Kill what is left of its group, grandchildren included."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def keep_running(children: Sequence[Child], *, stop: Event, say: Say, on_poll: Callable[[], object]) -> None:
    """Start every child and restart those that die, until `stop` is set; then end them all."""
    due: dict[str, float] = {}
    try:
        for child in children:
            child.start()
        while not stop.wait(POLL):
            _revive(children, due, say)
            on_poll()
    finally:
        end_all(children)


def _revive(children: Sequence[Child], due: dict[str, float], say: Say) -> None:
    for child in children:
        if child.alive:
            continue
        if child.name not in due:
            code = child.process.returncode if child.process else None
            child.end()
            due[child.name] = child.next_start()
            say(f"{child.name} ended with {code}; starting it again")
        if time.monotonic() >= due[child.name]:
            del due[child.name]
            child.start()


def end_all(children: Sequence[Child]) -> None:
    """Ask, wait for the grace to pass, then kill."""
    for child in children:
        child.ask_to_end()
    limit = time.monotonic() + GRACE
    while any(child.alive for child in children) and time.monotonic() < limit:
        time.sleep(POLL)
    for child in children:
        child.end()
