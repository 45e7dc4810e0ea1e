"""Throw-away PostgreSQL and Redis for one command: `python -m tests.services pytest -m "not e2e"`.

Both live in a scratch folder on a free port, touch no system service, and end with the command,
however it ends.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

START_SECONDS = 30
# Nothing here has to survive a power cut.
POSTGRES_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "jit": "off",
    "listen_addresses": "",
    "max_connections": "300",
    # Who waits longer for a row waits for somebody who never lets go: it is told which query stood there.
    "lock_timeout": "60s",
    "shared_buffers": "128MB",
}


# A killed test run leaves no server behind. SIGINT is PostgreSQL's fast shutdown; started from a shell's
# background, we ignore it, and so would they. No `preexec_fn`: a test's process has threads.
ENDS_WITH_US = ["env", "--default-signal=INT", "setpriv", "--pdeathsig", "INT"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_binary(name: str) -> str:
    """Debian keeps the server's programs out of PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    found = shutil.which(name) or (str(versions[-1]) if versions else None)
    if found is None:
        sys.exit(f"{name} is not installed: apt-get install postgresql")
    return found


def server_user() -> str | None:
    """PostgreSQL refuses to run as root; `None` means to stay who we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"{process.args!r} did not start:\n{log.read_text()}")
        time.sleep(0.05)


def redis_answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def postgres_answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user="seenow", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def running(command: list[str], *, ready: Callable[[], bool], log: Path, user: str | None) -> Iterator[None]:
    """Run `command` in a session of its own (Ctrl-C is ours to pass on) until the block ends."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*ENDS_WITH_US, *command], stdout=out, stderr=out, user=user, start_new_session=True
        )
    try:
        wait_until(ready, process, log)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh cluster that listens on a socket in `folder` only."""
    user = server_user()
    data = folder / "pg"
    if user:
        shutil.chown(folder, user)
    subprocess.run(
        [postgres_binary("initdb"), "-D", data, "-U", "seenow", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    options = [f"-c{name}={value}" for name, value in POSTGRES_OPTIONS.items()]
    command = [postgres_binary("postgres"), "-D", str(data), "-k", str(folder), *options]
    with running(
        command,
        ready=lambda: postgres_answers(folder),
        log=folder / "postgres.log",
        user=user,
    ):
        yield f"postgres://seenow@{str(folder).replace('/', '%2F')}:5432/postgres"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Yield the REDIS_URL of a server that keeps nothing."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running(
        [*command, "--dir", str(folder), "--databases", "64"],
        ready=lambda: redis_answers(port),
        log=folder / "redis.log",
        user=None,
    ):
        yield f"redis://127.0.0.1:{port}/0"


def main(command: list[str]) -> int:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="seenow-services-")))
        environment = {
            **os.environ,
            "SEENOW_TEST_SERVICES": "1",
            "REDIS_URL": stack.enter_context(redis(folder)),
            "DATABASE_URL": stack.enter_context(postgres(folder)),
        }
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
