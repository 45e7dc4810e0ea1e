"""`manage.py demo`: the whole shop in one terminal."""

import fcntl
import os
import shutil
import signal
import socket
import sys
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from accounts.domain.demo import ACCOUNTS, PASSWORD
from config.processes import Child, keep_running

KEPT_IN_VAR = ("media", "celery", "between_processes")


class Command(BaseCommand):
    help = "Fill an empty database once, then run web, media, worker and rehearsal crowd until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="forget all data first")

    def handle(self, *, reset: bool, **options: object) -> None:
        if not settings.DEMO or settings.PRODUCTION:
            raise CommandError("Start it with `make demo`; never in production.")
        with only_one():
            for port in (settings.PORT, settings.MEDIA_PORT):
                refuse_taken(port)
            if reset:
                forget()
            self.prepare()
            self.run()

    def prepare(self) -> None:
        call_command("compile_catalogs")
        call_command("migrate", verbosity=0)
        if not (settings.VAR_DIR / "seeded").exists():
            self.say("Filling the shop. This happens once.")
        call_command("seed_demo")
        connections.close_all()

    def run(self) -> None:
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: stop.set())
        announced = Event()

        def announce() -> None:
            if not announced.is_set() and answers():
                announced.set()
                self.say(welcome())

        keep_running(children(), stop=stop, say=self.say, on_poll=announce)
        self.say("Stopped.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the data folder for this process: two demos over one database would fight."""
    with (settings.VAR_DIR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError("A demo already runs on this folder; SEENOW_VAR names another.") from error
        yield


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, port))
        except OSError as error:
            raise CommandError(f"Port {port} is taken. Try another: PORT=9000 make demo") from error


def forget() -> None:
    """Back to an empty installation. Another database than the embedded one is emptied, not dropped."""
    (settings.VAR_DIR / "seeded").unlink(missing_ok=True)
    for name in KEPT_IN_VAR:
        shutil.rmtree(settings.VAR_DIR / name, ignore_errors=True)
    for folder in ("queue", "control"):
        (settings.CELERY_DIR / folder).mkdir(parents=True, exist_ok=True)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        for file in settings.VAR_DIR.glob("seenow.sqlite3*"):
            file.unlink()
    else:
        call_command("migrate", verbosity=0)
        call_command("flush", interactive=False, verbosity=0)


def children() -> list[Child]:
    """Everything the shop consists of. SQLite and the in-process layer allow exactly one web process."""
    manage = (sys.executable, str(settings.BASE_DIR / "manage.py"))
    web = (
        sys.executable, "-m", "uvicorn", "config.asgi:application",
        "--host", settings.HOST, "--port", str(settings.PORT), "--workers", "1",
        "--ws", "livechat.wire.ready:FrameProtocol", "--ws-max-size", str(settings.SOCKET_FRAME_BYTES),
        "--ws-ping-interval", "10", "--ws-ping-timeout", "15", "--http", "config.http:PatientProtocol",
        "--timeout-graceful-shutdown", "2", "--log-level", "warning", "--no-access-log",
    )  # fmt: skip
    worker = (
        sys.executable, "-m", "celery", "--app", "config", "--quiet", "worker", "--pool", "threads",
        "--concurrency", "2", "--beat", "--loglevel", "WARNING",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    )  # fmt: skip
    media = (*manage, "media", "--host", settings.HOST)
    quiet = {"LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING")}
    # In a container everybody is root, and the queue is our own folder.
    rootly = quiet | {"PYTHONWARNINGS": "ignore:You're running the worker"}
    found = [Child("web", web, quiet), Child("media", media, quiet), Child("worker", worker, rootly)]
    return [*found, Child("crowd", (*manage, "crowd"), quiet)] if settings.CROWD else found


def address() -> str:
    host = "127.0.0.1" if settings.HOST in ("0.0.0.0", "::") else settings.HOST  # noqa: S104 - read, not bound
    return f"http://{host}:{settings.PORT}/"


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"{address()}healthz?need=database,layer", timeout=2):  # noqa: S310 - ours
            return True
    except OSError:  # an answer of 503 is one of them
        return False


def welcome() -> str:
    people = "\n".join(f"  {account.email:<28} {account.label}" for account in ACCOUNTS if account.label)
    return (
        f"\nSeeNow is open at {address()}\n\n"
        f"Sign in by one click at {address()}demo/, or with the password {PASSWORD}:\n{people}\n\n"
        "Ctrl-C stops everything; the data stays for the next start.\n"
    )
