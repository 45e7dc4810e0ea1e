"""A whole SeeNow on free loopback ports: web, media, worker; started and stopped by the test session."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - loopback, spelled out above
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@dataclass
class Stack:
    """The running processes and where they answer."""

    var: Path
    port: int = field(default_factory=free_port)
    media_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    # Settings of this one beside those of every other.
    more: dict[str, str] = field(default_factory=dict)
    # Whether the clock of all processes stands at one moment: `tests/e2e/still.py`.
    still: bool = False

    @property
    def program(self) -> list[str]:
        """What a command begins with."""
        return [sys.executable, *(("-m", "tests.e2e.still") if self.still else ())]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SEENOW_VAR": str(self.var),
            "SEENOW_DEMO": "1",
            "PORT": str(self.port),
            "MEDIA_PORT": str(self.media_port),
            "MEDIA_INTERNAL_URL": f"http://127.0.0.1:{self.media_port}",
            "PYTHONUNBUFFERED": "1",
            **({"PYTHONHASHSEED": "0"} if self.still else {}),
            **self.more,
        }

    def manage(self, *arguments: str) -> str:
        """Run one management command to its end and return what it printed."""
        command = [*self.program, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=900, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def fill(self) -> None:
        """The demo's whole world."""
        self.manage("migrate", "-v", "0")
        self.manage("seed_demo")

    def rows(self, code: str) -> object:
        """Evaluate Python against the server's database; the code assigns a JSON-able `out`."""
        return json.loads(
            self.manage("shell", "-v", "0", "-c", f"import json\n{code}\nprint(json.dumps(out))")
        )

    def start(self, name: str, *command: str) -> None:
        with (self.var / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [*self.program, *command],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_web(self) -> None:
        ready = "livechat.wire.ready:FrameProtocol"
        options = {"host": "127.0.0.1", "port": self.port, "ws": ready, "ws-max-size": 16_384}
        given = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        quiet = ("--no-access-log", "--timeout-graceful-shutdown", "3")
        self.start("web", "-m", "uvicorn", "config.asgi:application", *given, *quiet)
        self.wait_for(f"{self.url}/healthz")

    def start_media(self) -> None:
        self.start("media", "manage.py", "media")
        self.wait_for(f"http://127.0.0.1:{self.media_port}/healthz")

    def start_sweep(self) -> None:
        self.start("sweep", "manage.py", "sweep")

    def wait_for(self, url: str, seconds: float = 40) -> None:
        limit = time.monotonic() + seconds
        while not answers(url):
            assert time.monotonic() < limit, f"{url} does not answer\n{self.logs()}"
            time.sleep(0.1)

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        process = self.processes.pop(name)
        process.send_signal(how)
        process.wait(10)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()

    def logs(self) -> str:
        return "\n".join(f"--- {p.name}\n{p.read_text()[-3000:]}" for p in sorted(self.var.glob("*.log")))
