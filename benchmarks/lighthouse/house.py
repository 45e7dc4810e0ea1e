"""The shop as it stands in production, on loopback: built files, deploy/nginx.conf with TLS and HTTP/2.

Two things differ from a real installation and are said in docs/performance.md: the demo's goods are on the
shelf, and payments are those of the sandbox.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from benchmarks.fanout.rig import free_port

ROOT = Path(__file__).resolve().parents[2]
RELEASE = "weighed"
START_SECONDS = 60.0
# Not read by any browser: what a release does not carry.
LEFT_OUT = ("*.map", "hls-demo*", "hls.js", "hls.mjs", "hls.light.*", "*.d.ts", "*.d.mts")
FILM = (
    "-f", "lavfi", "-i", "gradients=size=432x768:rate=25:duration=24:c0=0x17130f:c1=0x9c7b4a:speed=0.01",
    "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "300k", "-g", "50", "-pix_fmt", "yuv420p",
    "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod", "-hls_flags", "program_date_time",
)  # fmt: skip
FIND = """
import json
from catalog.models import Product
from events.demo import LIVE_SLUG
from events.enums import EventState, StreamState
from events.models import Event, Stream
Stream.objects.filter(event__slug=LIVE_SLUG).update(state=StreamState.LIVE)
coming = Event.objects.filter(state=EventState.SCHEDULED).order_by("starts_at").first()
live = Event.objects.get(slug=LIVE_SLUG)
piece = live.lineup.select_related("product").order_by("pk").first().product
host = live.event_hosts.select_related("host").first().host
print(json.dumps({"event": coming.slug, "room": live.slug, "host": host.slug, "product": piece.slug}))
"""


class House:
    """Where everything lies and listens."""

    def __init__(self, folder: Path) -> None:
        self.var = folder
        self.port, self.pages, self.live = free_port(), free_port(), free_port()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SEENOW_VAR": str(self.var),
            "SEENOW_RELEASE": RELEASE,
            "SEENOW_BUILT": "1",
            "SITE_URL": self.url,
            "CSRF_TRUSTED_ORIGINS": self.url,
            "TRUSTED_PROXIES": "1",
            "MEDIA_PUBLIC_URL": f"{self.url}/picture",
            "LOG_LEVEL": "ERROR",
        }

    def manage(self, *arguments: str, **more: str) -> str:
        """Run one management command to its end and return what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout


def prepare(house: House) -> dict[str, str]:
    """Seed, build, collect, compress. The slugs of the pages to be weighed."""
    house.manage("compile_catalogs")
    house.manage("migrate", "-v", "0")
    house.manage("seed_demo", SEENOW_DEMO="1")
    subprocess.run(["node", "deploy/build.mjs"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(house.var / "static" / RELEASE, ignore_errors=True)
    ignored = [part for pattern in LEFT_OUT for part in ("--ignore", pattern)]
    house.manage("collectstatic", "--noinput", "-v", "0", *ignored)
    compress(house.var / "static" / RELEASE)
    film(house.var / "film")
    return json.loads(house.manage("shell", "-v", "0", "-c", FIND))


def compress(folder: Path) -> None:
    """Beside every text file its `.gz`, which nginx hands out as it is."""
    subprocess.run(
        [sys.executable, "-m", "whitenoise.compress", "--quiet", "--no-brotli", folder], check=True
    )


def film(folder: Path) -> None:
    """Twenty-four seconds of picture for the room, made once."""
    if (folder / "index.m3u8").exists():
        return
    import imageio_ffmpeg  # noqa: PLC0415 - looks for its program when imported

    folder.mkdir(exist_ok=True)
    program = os.environ.get("FFMPEG_BIN") or imageio_ffmpeg.get_ffmpeg_exe()
    command = [program, "-nostdin", "-loglevel", "error", "-y", *FILM, "index.m3u8"]
    subprocess.run(command, cwd=folder, check=True)


@contextmanager
def open_house(house: House) -> Iterator[None]:
    """Both lanes of deploy/compose.yaml and nginx, until the block ends."""
    ready = "livechat.wire.ready:FrameProtocol"
    pages = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{house.pages}"),
        *("--worker-class", "gthread", "--threads", "8", "--log-level", "error"),
    ]
    live = [
        *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(house.live)),
        *("--ws", ready, "--http", "config.http:PatientProtocol", "--proxy-headers"),
        *("--no-access-log", "--log-level", "error", "--timeout-graceful-shutdown", "1"),
    ]
    with ExitStack() as stack:
        stack.enter_context(_running(pages, house))
        stack.enter_context(_running(live, house))
        program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin") or "nginx"
        stack.enter_context(
            _running([program, "-e", str(house.var / "nginx.log"), "-c", str(front(house))], house)
        )
        for port in (house.pages, house.live):
            _wait(f"http://127.0.0.1:{port}/healthz?need=database,layer")
        yield


@contextmanager
def _running(command: list[str], house: House) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=ROOT, env=house.environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str) -> None:
    limit = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - loopback
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)
        else:
            return


def front(house: House) -> Path:
    """deploy/nginx.conf on loopback, with its own certificate and a film instead of a live encoder."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    certificate(house.var / "tls")
    film = f"location ~ ^/picture/live/[^/]+/(.+)$ {{ alias {house.var}/film/$1; }}\nlocation /picture/ {{"
    for old, new in (
        ("include mime.types;", "include /etc/nginx/mime.types;"),
        ("worker_processes auto;", f"daemon off; pid {house.var}/nginx.pid; worker_processes 1;"),
        ("access_log /dev/stdout short;", "access_log off;"),
        ("listen 80 default_server;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{house.port} ssl http2 default_server;"),
        ("tls/fullchain.pem", f"{house.var}/tls/fullchain.pem"),
        ("tls/privkey.pem", f"{house.var}/tls/privkey.pem"),
        ("/tmp/seenow-look", f"{house.var}/look"),  # noqa: S108 - what the file says
        ("root /srv/seenow/var;", f"root {house.var};"),
        ("server live:8000;", f"server 127.0.0.1:{house.live};"),
        ("server pages:8000;", f"server 127.0.0.1:{house.pages};"),
        ("server media:8001;", f"server 127.0.0.1:{house.live};"),
        ("location /picture/ {", film),
    ):
        if old not in text:
            raise LookupError(f"deploy/nginx.conf no longer says {old!r}")
        text = text.replace(old, new)
    path = house.var / "nginx.conf"
    path.write_text(text)
    return path


def certificate(folder: Path) -> None:
    """A key and a certificate for 127.0.0.1, good for a day."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)
