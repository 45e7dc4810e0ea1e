"""deploy/nginx.conf in a real nginx before two live processes: who of which room goes where."""

import http.client
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tests import services

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx-light"),
]
BACKEND = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Name(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(sys.argv[1])))
        self.end_headers()
        self.wfile.write(sys.argv[1].encode())
HTTPServer(("127.0.0.1", int(sys.argv[1])), Name).serve_forever()
"""


def configured(folder: Path, port: int, live: list[int]) -> Path:
    """The file as it is deployed, but on loopback, without TLS and with these live processes."""
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    servers = " ".join(f"server 127.0.0.1:{one};" for one in live)
    for old, new in (
        ("include mime.types;", "include /etc/nginx/mime.types;"),
        ("worker_processes auto;", f"daemon off; pid {folder}/pid; worker_processes 1;"),
        ("access_log /dev/stdout short;", "access_log off;"),
        ("listen 80 default_server;", f"listen 127.0.0.1:{services.free_port()};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} default_server;"),
        ("server live:8000;", servers),
        ("server pages:8000;", servers),
        ("server media:8001;", servers),
    ):
        assert old in text, old
        text = text.replace(old, new)
    lines = [line for line in text.splitlines() if "ssl_" not in line]
    path = folder / "nginx.conf"
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def front(tmp_path: Path) -> Iterator[int]:
    port, live = services.free_port(), [services.free_port() for _ in range(2)]
    with ExitStack() as stack:
        for one in live:
            program = [sys.executable, "-c", BACKEND, str(one)]
            stack.enter_context(running(program, one, tmp_path / f"{one}.log"))
        path = configured(tmp_path, port, live)
        command = [str(NGINX), "-c", str(path), "-p", str(tmp_path), "-e", str(tmp_path / "error.log")]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        stack.enter_context(running(command, port, tmp_path / "nginx.log"))
        yield port


def running(command: list[str], port: int, log: Path):
    return services.running(command, ready=lambda: services.redis_answers(port), log=log, user=None)


def served_by(port: int, path: str, session: str = "") -> str:
    """The live process that answered."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path, headers={"Cookie": f"theme=dark; {settings.SESSION_COOKIE_NAME}={session}"})
    answer = line.getresponse()
    assert answer.status == 200
    found = answer.read().decode()
    line.close()
    return found


def test_all_viewers_of_a_room_meet_in_one_process_and_rooms_are_spread(front):
    rooms = {
        room: {served_by(front, f"/ws/rooms/show-{room}/?ticket={n}", f"s{n}") for n in range(6)}
        for room in range(16)
    }
    assert [len(processes) for processes in rooms.values()] == [1] * 16
    assert len(set.union(*rooms.values())) == 2


def test_a_room_named_as_large_is_spread_by_session_and_one_persons_tabs_meet(front):
    path = "/ws/rooms/a-large-show/?ticket="
    people = {n: {served_by(front, f"{path}{tab}", f"s{n}") for tab in range(4)} for n in range(16)}
    assert [len(processes) for processes in people.values()] == [1] * 16
    assert len(set.union(*people.values())) == 2
