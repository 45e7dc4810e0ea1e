"""`make demo` as a stranger runs it: one command, a moving picture, and nothing left behind."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.stack import ROOT, answers, free_port

pytestmark = pytest.mark.e2e

# The grace of its processes is two seconds; the rest is a loaded machine.
STOP_WITHIN_S = 20
READY_WITHIN_S = 240
PLAYLIST = """
from events.models import Stream
print(Stream.objects.get(event__slug="the-silk-hour").public_id)
"""


def environment(var: Path, port: int) -> dict[str, str]:
    ours = {"MEDIA_PORT", "SEENOW_DEMO", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"PORT": str(port), "SEENOW_VAR": str(var), "PYTHONUNBUFFERED": "1", "CROWD": "1"}


@contextmanager
def make(goal: str, var: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run a goal of the Makefile in its own process group; nothing of it outlives the test."""
    log = var.parent / f"{goal}-{time.monotonic_ns()}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["make", goal],
            cwd=ROOT,
            env=environment(var, port),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process, log
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def wait_for(url: str, log: Path, seconds: float = READY_WITHIN_S) -> None:
    limit = time.monotonic() + seconds
    while not answers(url):
        assert time.monotonic() < limit, log.read_text()
        time.sleep(0.2)


def ask(var: Path, port: int, code: str) -> str:
    """What a line of Python prints against the demo's data."""
    done = subprocess.run(
        [str(ROOT / ".venv/bin/python"), "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT,
        env=environment(var, port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def moving_picture(var: Path, port: int, log: Path) -> None:
    """The live show's playlist is served: its first segment is there."""
    wait_for(f"http://127.0.0.1:{port + 1}/live/{ask(var, port, PLAYLIST)}/index.m3u8", log)


def stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Ask the whole command to end; it does, by itself."""
    os.killpg(process.pid, how)
    process.wait(STOP_WITHIN_S)


def left_running(port: int) -> list[str]:
    """What of the demo outlives it; what Python keeps beside a pool of processes goes a moment later."""
    limit = time.monotonic() + STOP_WITHIN_S
    while (found := running(port)) and time.monotonic() < limit:
        time.sleep(0.1)
    return found


def running(port: int) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"PORT={port}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def order_count(var: Path, port: int) -> int:
    code = "from orders.models import Order; print(Order.objects.filter(rehearsal=False).count())"
    return int(ask(var, port, code))


def test_the_demo_opens_stops_and_keeps_what_was_sold(tmp_path: Path) -> None:
    var, port = tmp_path / "var", free_port()
    address = f"http://127.0.0.1:{port}/"
    with make("demo", var, port) as (first, log):
        wait_for(address + "healthz", log)
        moving_picture(var, port, log)
        assert address in log.read_text()
        assert re.findall(r"\w+@demo\.example", log.read_text())[:2] == [
            "viewer@demo.example",
            "host@demo.example",
        ]
        stop(first, signal.SIGINT)
    assert left_running(port) == []
    sold = order_count(var, port)
    assert sold > 0

    with make("demo", var, port) as (second, log):
        wait_for(address + "healthz", log)
        assert order_count(var, port) == sold
        assert "Filling the shop" not in log.read_text()
        stop(second, signal.SIGTERM)
    assert left_running(port) == []
