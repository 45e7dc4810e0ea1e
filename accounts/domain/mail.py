"""Mail leaves as rows: written with the fact that caused it, handed over by any process, once."""

import logging
import threading
from datetime import datetime, timedelta

from celery import current_app, signature
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Mail
from accounts.notify.transport import Message, deliver

log = logging.getLogger(__name__)

# A claim outlasts the slowest batch (50 mails at EMAIL_TIMEOUT 10 s), so no second process takes a row
# whose first sender still works; a sender that died is followed up after it.
LEASE = timedelta(minutes=15)
FIRST_WAIT = timedelta(minutes=1)
# One wake under way is enough: who is woken sends all that is due.
_waking = threading.Lock()


def enqueue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    key: str | None = None,
    headers: dict[str, str] | None = None,
    now: datetime,
) -> Mail | None:
    """Write one message into the outbox; None when `key` was used before.

    `headers` are further ones, such as those of `one_click`.

    Belongs inside the transaction of the fact it tells about. The worker is only woken after the commit.
    """
    try:
        with transaction.atomic():
            mail = Mail.objects.create(
                key=key,
                to=to,
                subject=" ".join(subject.split())[:250],
                text=text,
                html=html,
                headers=headers or {},
                created_at=now,
                next_try_at=now,
            )
    except IntegrityError:
        return None
    transaction.on_commit(_wake_worker, robust=True)
    return mail


def one_click(url: str) -> dict[str, str]:
    """The headers that let a mail program stop such mails by one POST to `url` (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def send_due_mail(*, now: datetime, limit: int = 50) -> int:
    """Hand over what is due and return how many were taken; must not run inside a transaction."""
    due = list(Mail.objects.due(now).order_by("next_try_at", "pk")[:limit])
    return sum(_send(mail, now=now) for mail in due if _claim(mail, now=now))


def _wake_worker() -> None:
    """Ask for the mail to be sent now. Nobody waits for a broker that hangs: the sweep sends it anyway."""
    if current_app.conf.task_always_eager:
        _publish()
    elif _waking.acquire(blocking=False):
        threading.Thread(target=_publish_aside, name="wake", daemon=True).start()


def _publish_aside() -> None:
    try:
        _publish()
    except Exception as error:  # noqa: BLE001 - a broker that is away throws many things and matters to nobody
        log.warning("the worker was not woken: %s", type(error).__name__)
    finally:
        _waking.release()


def _publish() -> None:
    signature("accounts.send_mail").apply_async(retry=False)


def _claim(mail: Mail, *, now: datetime) -> bool:
    """Take the row for this process: true for exactly one of those who saw it due."""
    seen = Mail.objects.due(now).filter(pk=mail.pk, attempts=mail.attempts)
    return bool(seen.update(attempts=F("attempts") + 1, next_try_at=now + LEASE))


def _send(mail: Mail, *, now: datetime) -> bool:
    row = Mail.objects.filter(pk=mail.pk)
    try:
        deliver(Message(mail.to, mail.subject, mail.text, mail.html, mail.headers))
    except Exception as problem:  # noqa: BLE001 - any transport, any failure: the row waits and tries again
        log.warning("mail %s was not taken: %s", mail.pk, type(problem).__name__)
        row.update(error=str(problem)[:250], next_try_at=now + FIRST_WAIT * 2**mail.attempts)
        return False
    row.update(sent_at=now, error="")
    return True
