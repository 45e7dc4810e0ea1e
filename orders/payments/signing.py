"""Webhook signatures: HMAC-SHA256 over `t.payload`, as `t=<unix seconds>,v1=<hex>[,v1=<hex>]`."""

import hmac
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from orders.payments.errors import BadSignature

# Both ways: a stamp from the future is as wrong as an old one.
TOLERANCE_SECONDS = 300


def sign(payload: bytes, *, secret: str, at: datetime) -> str:
    """The header value for `payload` signed at `at`."""
    stamp = int(at.timestamp())
    return f"t={stamp},v1={_digest(payload, secret=secret, stamp=stamp)}"


def verify(payload: bytes, header: str, *, secrets: Iterable[str], now: datetime) -> None:
    """Accept `payload` if any `v1` fits any secret (rotation) and `t` is within the tolerance.

    Raises BadSignature.
    """
    stamp, given = _read(header)
    if abs(int(now.timestamp()) - stamp) > TOLERANCE_SECONDS:
        raise BadSignature("the stamp is outside the tolerance")
    expected = [_digest(payload, secret=secret, stamp=stamp) for secret in secrets]
    # Every pair is compared, in constant time each, so that timing tells nothing about which one fits.
    matches = [hmac.compare_digest(e.encode(), g.encode()) for e in expected for g in given]
    if not any(matches):
        raise BadSignature("no signature fits")


def _digest(payload: bytes, *, secret: str, stamp: int) -> str:
    return hmac.new(secret.encode(), str(stamp).encode() + b"." + payload, sha256).hexdigest()


def _read(header: str) -> tuple[int, list[str]]:
    parts = [part.strip().partition("=") for part in header.split(",")]
    stamps = [value for name, _, value in parts if name == "t"]
    given = [value for name, _, value in parts if name == "v1"]
    if len(stamps) != 1 or not (stamps[0].isascii() and stamps[0].isdigit()) or len(stamps[0]) > 12:  # noqa: PLR2004 - seconds stay below 12 digits for 30,000 years
        raise BadSignature("no readable stamp")
    if not given:
        raise BadSignature("no v1 signature")
    return int(stamps[0]), given
