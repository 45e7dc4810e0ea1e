"""What all visits share: built programs, packages, a Redis, a seeded database. Says what is missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.fanout import rig
from benchmarks.fanout.contenders import HERE
from benchmarks.fanout.visit import Workshop

SOURCES = HERE / "c"
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
FLAGS = ["-O2", "-Wall", "-Wextra", "-Werror"]


class Missing(RuntimeError):
    """A program this machine does not have; the message says how to get it."""


def check_programs() -> None:
    """Raise Missing with one line per absent program."""
    wanted = {
        "gcc": ("gcc", "apt-get install gcc libc6-dev"),
        "zlib.h": ("/usr/include/zlib.h", "apt-get install zlib1g-dev"),
        "redis-server": ("redis-server", "apt-get install redis-server"),
        "nginx": ("/usr/sbin/nginx", "apt-get install nginx-light"),
        "nchan": (str(NCHAN), "apt-get install libnginx-mod-nchan"),
        "node": ("node", "make install-dev, or apt-get install nodejs npm"),
    }
    absent = [
        f"{name} is missing: {how}"
        for name, (place, how) in wanted.items()
        if not (Path(place).exists() or shutil.which(place))
    ]
    if absent:
        raise Missing("\n".join(absent))


def install_packages() -> None:
    """What the lock file names, into benchmarks/fanout/node_modules; nothing to do the second time."""
    stamp, lock = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)


def build(folder: Path) -> None:
    """The load client and the floor, warnings as errors."""
    client = [str(SOURCES / name) for name in ("client.c", "crowd.c", "frames.c", "meter.c")]
    subprocess.run(["gcc", *FLAGS, "-o", folder / "client", *client, "-lz"], check=True)
    subprocess.run(["gcc", *FLAGS, "-o", folder / "floor", str(SOURCES / "floor.c")], check=True)


def seed(folder: Path) -> None:
    """A database with one live room, made once and copied for every visit."""
    folder.mkdir()
    environment = {"SEENOW_VAR": str(folder), "REDIS_URL": "", "LOG_LEVEL": "ERROR"}
    environment["DATABASE_URL"] = f"sqlite:///{folder / 'seenow.sqlite3'}"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.fanout.stage", "seed"],
        cwd=rig.ROOT,
        env=os.environ | environment,
        check=True,
    )


@contextmanager
def open_workshop(folder: Path, *, seeded: bool) -> Iterator[Workshop]:
    """Everything ready, `seeded` with a room of ours too; the Redis ends with the block. Raises Missing."""
    check_programs()
    install_packages()
    build(folder)
    if seeded:
        seed(folder / "seeded")
    port = rig.free_port()
    with rig.running(
        [
            *("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"),
            *("--dir", str(folder), "--databases", "2"),
        ],
        core=rig.cores()[1],
        log=folder / "redis.log",
        ready=lambda: rig.answers(port),
    ) as redis:
        yield Workshop(folder, port, rig.family(redis.pid))
