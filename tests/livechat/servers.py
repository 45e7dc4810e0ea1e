"""Real server processes on the test database, and real sockets to them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import Client
from websockets.sync.client import ClientConnection, connect

from accounts.models import User
from livechat.wire.fold import fold
from tests.services import free_port

CSRF = "c" * 32
START_SECONDS = 40


def database_url() -> str:
    """The test database as another process reaches it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    host = quote(str(found["HOST"]), safe="")
    return f"postgres://{found['USER']}@{host}:{found['PORT'] or 5432}/{found['NAME']}"


@dataclass
class Server:
    """One web process; `kill` is kill -9."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    websockets: str = "livechat.wire.ready:FrameProtocol"
    process: subprocess.Popen[bytes] | None = None
    application: str = "config.asgi:application"

    def start(self) -> "Server":
        self.port = self.port or free_port()
        with (self.folder / f"web-{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "uvicorn", self.application, "--port", str(self.port)),
                    *("--ws", self.websockets, "--ws-max-size", "16384", "--log-level", "warning"),
                    *("--ws-ping-interval", "10", "--ws-ping-timeout", "15"),
                    *("--http", "config.http:PatientProtocol"),
                ],
                env=os.environ
                | {
                    "DJANGO_SETTINGS_MODULE": "config.settings",
                    "SEENOW_VAR": str(self.folder),
                    "DATABASE_URL": database_url(),
                    "REDIS_URL": "",
                }
                | self.environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, self.log()
            assert self.process.poll() is None, self.log()
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def log(self) -> str:
        return (self.folder / f"web-{self.port}.log").read_text()

    def _answers(self) -> bool:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            return True
        return False


@dataclass
class Visitor:
    """A browser without a screen: a session, a socket, and the room as its frames tell it."""

    server: Server
    slug: str
    session: str = ""
    socket: ClientConnection | None = None
    state: dict[str, Any] = field(default_factory=dict)
    line: ExitStack = field(default_factory=ExitStack)

    def call(self, method: str, path: str, body: object = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.server.port}/api/v1/rooms/{self.slug}/{path}",
            method=method,
            data=json.dumps(body or {}).encode(),
            headers={
                "Content-Type": "application/json",
                "X-CSRFToken": CSRF,
                "Cookie": f"csrftoken={CSRF}; {settings.SESSION_COOKIE_NAME}={self.session}",
            },
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - same
            text = answer.read()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, rest = cookie.partition("=")
                if name == settings.SESSION_COOKIE_NAME:
                    self.session = rest.partition(";")[0]
            return json.loads(text) if text else None

    def enter(self) -> dict[str, Any]:
        """Open the socket from where this visitor stands; the hello frame."""
        ticket = self.call("POST", "ticket/")["ticket"]
        position = f"&epoch={self.state['epoch']}&since={self.state['head']}" if self.state else ""
        base = f"127.0.0.1:{self.server.port}"
        self.leave()
        self.socket = self.line.enter_context(
            connect(
                f"ws://{base}/ws/rooms/{self.slug}/?ticket={ticket}{position}",
                origin=f"http://{base}",  # type: ignore[arg-type]  # a plain string to us
                additional_headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"},
            )
        )
        return self.until("hello")

    def leave(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self.line.close()
        self.socket = None

    def send(self, frame: dict[str, Any]) -> None:
        assert self.socket
        self.socket.send(json.dumps(frame))

    def until(self, type_: str, seconds: float = 10) -> dict[str, Any]:
        """Take frames in until one of `type_` comes."""
        assert self.socket
        deadline = time.monotonic() + seconds
        while True:
            frame = json.loads(self.socket.recv(timeout=max(0.0, deadline - time.monotonic())))
            for one in frame["frames"] if frame["type"] == "batch" else [frame]:
                self._take(one)
                if one["type"] == type_:
                    return one

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "hello":
            self.state = frame["snapshot"] or fold(self.state, frame["frames"])
        elif {"epoch", "seq"} <= set(frame):
            self.state = fold(self.state, [frame])


def session_of(user: User) -> str:
    """A signed-in browser session of `user`."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
