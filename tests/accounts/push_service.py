"""A push service of the tests' own on the loopback, and a browser that can open what it is sent."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass
class Browser:
    """The keys a browser makes when somebody subscribes."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.derive_private_key(0x1A2B3C4D5E6F, ec.SECP256R1())
    )
    auth: bytes = b"sixteen octets.."

    @property
    def keys(self) -> dict[str, str]:
        form = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        return {"p256dh": b64(self.private.public_key().public_bytes(*form)), "auth": b64(self.auth)}

    def read(self, body: bytes) -> Any:
        return json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth))


@dataclass
class PushService:
    """What arrived, and what to answer the next ones."""

    port: int
    arrived: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answer: int = 201

    def endpoint(self, name: str = "one") -> str:
        return f"http://127.0.0.1:{self.port}/{name}"


@contextmanager
def push_service() -> Iterator[PushService]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.arrived.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(service.answer)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
