"""The rehearsal crowd: made-up viewers of the demo, marked wherever they show."""

from django.conf import settings
from django.core import signing

HEADER = "X-Rehearsal"
SALT = "rehearsal"
MAX_AGE = 3_600


def rehearsal_header() -> str:
    """The header by which the crowd says what it is; good for an hour."""
    return signing.dumps("crowd", salt=SALT)


def is_rehearsal(header: str) -> bool:
    """Whether a request with this header belongs to the crowd. Outside a demo there is none."""
    if not settings.DEMO or not header:
        return False
    try:
        return signing.loads(header, salt=SALT, max_age=MAX_AGE) == "crowd"
    except signing.BadSignature:
        return False
