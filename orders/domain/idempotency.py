"""One key, one result: the remembered answers of writes that move money or stock.

The row is written before the work and outside its transaction, so a twin that arrives meanwhile sees it.
A process that dies leaves a claim which the next request with the key takes over after `CLAIM`; that is safe
because orders, payments and refunds are themselves unique by a digest of the same key.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, models, transaction

from orders.errors import KeyInFlight, KeyMissing, KeyReused
from orders.models import IdempotencyKey

LONGEST = 255
CLAIM = timedelta(seconds=60)
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status and a JSON body; `replayed` when it was remembered."""

    status: int
    body: dict[str, object]
    replayed: bool = False


def check_key(key: str | None) -> str:
    """Return `key` if it is 1 to 255 printable ASCII characters, else raise KeyMissing."""
    if not key or len(key) > LONGEST or not all(" " <= c <= "~" for c in key):
        raise KeyMissing
    return key


def digest(*parts: object) -> str:
    """SHA-256 over the parts, in an unambiguous form; what rows are made unique by."""
    return sha256(json.dumps([str(p) for p in parts]).encode()).hexdigest()


def fingerprint(body: object) -> str:
    """SHA-256 of a request's body, independent of the order of its names."""
    return sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def once(scope: str, key: str, *, body: object, work: Callable[[], Answer], now: datetime) -> Answer:
    """Do `work` once per (scope, key) and remember its answer for seven days.

    Must not run inside a transaction. KeyMissing, KeyReused for another body, KeyInFlight while a twin works.
    If `work` raises, the claim is dropped, so that the same key may be tried again.
    """
    claimed, remembered = _claim(digest(scope), check_key(key), fingerprint(body), now=now)
    if remembered:
        return remembered
    try:
        answer = work()
    except BaseException:
        claimed.filter(status=None).delete()
        raise
    claimed.update(status=answer.status, body=answer.body)
    return answer


def forget_old_keys(*, now: datetime) -> int:
    """Drop answers older than seven days; the number dropped."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _claim(
    scope: str, key: str, printed: str, *, now: datetime
) -> tuple[models.QuerySet[IdempotencyKey], Answer | None]:
    rows = IdempotencyKey.objects.filter(scope=scope, key=key)
    if _insert(scope, key, printed, now=now):
        return rows, None
    known = rows.get()
    if known.fingerprint != printed:
        raise KeyReused
    if known.status is not None:
        return rows, Answer(known.status, known.body or {}, replayed=True)
    if not rows.filter(status=None, claimed_at__lte=now - CLAIM).update(claimed_at=now):
        raise KeyInFlight
    return rows, None


def _insert(scope: str, key: str, printed: str, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            IdempotencyKey.objects.create(
                scope=scope, key=key, fingerprint=printed, created_at=now, claimed_at=now
            )
    except IntegrityError:
        return False
    return True
