"""Hands one encrypted message to a browser's push service (RFC 8030, 8188, 8291, 8292). Knows no rows.

`http-ece` encrypts and `py-vapid` signs, both by the authors of the protocol's reference clients and
imported nowhere else. pywebpush would bring two more HTTP clients along; ours is the one we have.
"""

import base64
import contextlib
import ipaddress
import json
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import http_ece
import httpx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

TIMEOUT = 10.0
# A signature for one push service; they take at most a day.
SIGNED_FOR = timedelta(hours=12)
# Push services take 4,096 octets; what encryption adds is taken off.
MOST_BYTES = 3_900
POINT_BYTES, AUTH_BYTES = 65, 16
HTTP_GONE = (404, 410)
HTTP_OK = range(200, 300)


class PushGone(Exception):
    """The browser is no longer there; never write to it again."""


class PushRefused(Exception):
    """The push service did not take the message now."""


class BadEndpoint(ValueError):
    """Not an address of a push service we write to."""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where one browser takes messages, and the keys only it can open them with (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


def check_browser(browser: Browser) -> None:
    """Raise BadEndpoint unless the address is of a push service we write to and the keys are keys."""
    _check_address(browser.endpoint)
    try:
        point, auth = _bytes(browser.p256dh), _bytes(browser.auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadEndpoint("the keys are no keys") from error
    if len(point) != POINT_BYTES or len(auth) != AUTH_BYTES:
        raise BadEndpoint("the keys have another length")


def application_key() -> str:
    """The public key browsers subscribe with, base64url; empty when this installation sends no pushes."""
    vapid = _vapid()
    if vapid is None:
        return ""
    form = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return _text(vapid.public_key.public_bytes(*form))


def deliver(browser: Browser, payload: Mapping[str, Any], *, seconds: int, now: datetime) -> None:
    """Hand `payload` over, worth nothing after `seconds`. Raises PushGone, PushRefused, BadEndpoint."""
    vapid = _vapid()
    if vapid is None:
        raise PushRefused("no key to sign with")
    address = _check_address(browser.endpoint)
    claims = {
        "aud": f"{address.scheme}://{address.netloc}",
        "sub": settings.VAPID_SUBJECT,
        "exp": int((now + SIGNED_FOR).timestamp()),
    }
    headers = {
        **vapid.sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, seconds)),
        "Urgency": "high",
    }
    status = _post(address, _sealed(browser, payload), headers)
    if status in HTTP_GONE:
        raise PushGone
    if status not in HTTP_OK:
        raise PushRefused(f"answered {status}")


def _sealed(browser: Browser, payload: Mapping[str, Any]) -> bytes:
    plain = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > MOST_BYTES:
        raise PushRefused("longer than push services take")
    sealed: bytes = http_ece.encrypt(
        plain,
        salt=secrets.token_bytes(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(browser.p256dh),
        auth_secret=_bytes(browser.auth),
    )
    return sealed


def _post(address: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    """POST to the address that was looked up and checked; a name that changes meanwhile leads nowhere."""
    host = address.hostname or ""
    number = _public_number(host, address.port or 443)
    pinned = httpx.URL(address.geturl()).copy_with(host=number)
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
        request = client.build_request("POST", pinned, content=body, headers=headers)
        request.headers["Host"] = address.netloc
        request.extensions["sni_hostname"] = host
        try:
            return client.send(request).status_code
        except httpx.HTTPError as error:
            raise PushRefused(type(error).__name__) from error


def _check_address(url: str) -> SplitResult:
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError as error:
        raise BadEndpoint("not an address") from error
    host = (address.hostname or "").lower()
    if not any(fnmatchcase(host, pattern) for pattern in settings.PUSH_SERVICES):
        raise BadEndpoint("not a push service we know")
    if settings.PUSH_TO_LOOPBACK:
        return address
    if address.scheme != "https" or port not in {None, 443} or address.username or address.password:
        raise BadEndpoint("push services are reached over https alone")
    return address


def _public_number(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise PushRefused("the name leads nowhere") from error
    numbers = [str(place[4][0]) for place in found]
    private = [number for number in numbers if not ipaddress.ip_address(number).is_global]
    if private and not settings.PUSH_TO_LOOPBACK:
        raise BadEndpoint("the name leads into a private network")
    return numbers[0]


def _vapid() -> Vapid02 | None:
    if settings.VAPID_PRIVATE_KEY:
        return _from_text(settings.VAPID_PRIVATE_KEY)
    if settings.PRODUCTION:
        # Several machines must sign alike, so none makes up a key of its own.
        return None
    return _from_file(settings.VAR_DIR / "vapid.key")


@cache
def _from_text(key: str) -> Vapid02:
    vapid: Vapid02 = Vapid02.from_string(key)
    return vapid


@cache
def _from_file(path: Path) -> Vapid02:
    """The installation's own key, made the first time it is needed."""
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new_private_key())
        # Of two processes that start at once, one key stays.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return _from_text(path.read_text().strip())


def new_private_key() -> str:
    """A fresh key for VAPID_PRIVATE_KEY: 32 octets, base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _text(number.to_bytes(32, "big"))


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
