"""Stream keys: shown once, kept as a hash, compared in constant time."""

import hashlib
import hmac
import secrets


def new_key() -> str:
    """A fresh key of 192 random bits."""
    return f"sk_{secrets.token_urlsafe(24)}"


def hash_key(key: str) -> str:
    """What is kept of a key: SHA-256, hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


def matches(key: str, key_hash: str) -> bool:
    """Whether `key` is the one that was hashed. An empty hash matches nothing."""
    return hmac.compare_digest(hash_key(key), key_hash)
