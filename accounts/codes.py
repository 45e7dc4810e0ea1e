"""Opaque public identifiers: what people and other systems see instead of row numbers."""

import secrets

# No vowels and no look-alikes: codes cannot spell words and survive being read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXZ"
LENGTH = 22  # 48 symbols ** 22 is 122.9 bits


def new_public_id() -> str:
    """Return a fresh random identifier of at least 122 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
