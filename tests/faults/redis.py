"""A Redis of the test's own, to be killed, stopped and emptied."""

import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from tests.services import ENDS_WITH_US, free_port, redis_answers, wait_until


@dataclass
class RedisServer:
    """One redis-server that keeps nothing. Only what `start` started is ever ended."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> "RedisServer":
        self.port = self.port or free_port()
        log = self.folder / f"redis-{self.port}.log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [
                    *ENDS_WITH_US,
                    "redis-server",
                    "--port",
                    str(self.port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                ],
                cwd=self.folder,
                stdout=out,
                stderr=out,
            )
        wait_until(lambda: redis_answers(self.port), self.process, log)
        return self

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Hang: connections are taken by the kernel and nothing answers."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def flush(self) -> None:
        with Redis(port=self.port) as client:
            client.flushall()

    def url(self, port: int | None = None) -> str:
        """Its address, through a proxy's port when one is given."""
        return f"redis://127.0.0.1:{port or self.port}/0"
