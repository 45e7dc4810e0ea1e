"""Web push leaves as rows, as mail does: written with the fact that caused it, handed over once, by anybody.

A viewer, guest or account, may let us write to several browsers. One that is gone is never written to again.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts.domain.viewers import Viewer, user_key
from accounts.errors import BadSubscription
from accounts.models import PushMessage, PushSubscription, User
from accounts.notify.push import BadEndpoint, Browser, PushGone, application_key, check_browser, deliver

__all__ = ["application_key", "enqueue_push", "listens", "send_due_push", "subscribe", "unsubscribe"]

log = logging.getLogger(__name__)

# As of mail: longer than the slowest batch, so no second process takes a row whose sender still works.
LEASE = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=20)
MOST_BROWSERS = 10


@transaction.atomic
def subscribe(
    viewer: Viewer, *, endpoint: str, p256dh: str, auth: str, language: str, now: datetime
) -> PushSubscription:
    """Let us write to this browser. A browser has one viewer: the one who said so last.

    Of more than ten browsers of one viewer the oldest is let go. Raises BadSubscription.
    """
    try:
        check_browser(Browser(endpoint, p256dh, auth))
    except BadEndpoint as error:
        raise BadSubscription from error
    if not application_key():
        raise BadSubscription
    row, _made = PushSubscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={
            "viewer_key": viewer.key,
            "user": viewer.user,
            "p256dh": p256dh,
            "auth": auth,
            "language": language,
            "gone_at": None,
        },
        create_defaults={
            "viewer_key": viewer.key,
            "user": viewer.user,
            "p256dh": p256dh,
            "auth": auth,
            "language": language,
            "created_at": now,
        },
    )
    mine = PushSubscription.objects.filter(viewer_key=viewer.key).order_by("-pk")
    PushSubscription.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST_BROWSERS:])).delete()
    return row


def unsubscribe(viewer: Viewer, *, endpoint: str) -> bool:
    """Write to this browser no more; whether it was this viewer's."""
    gone, _rows = PushSubscription.objects.filter(viewer_key=viewer.key, endpoint=endpoint).delete()
    return bool(gone)


def listens(viewer_key: str) -> bool:
    """Whether any browser of this viewer takes messages."""
    return PushSubscription.objects.filter(viewer_key=viewer_key, gone_at=None).exists()


def take_along(*, guest: str, user: User) -> int:
    """The browsers of a guest who signed in are the account's from now on."""
    rows = PushSubscription.objects.filter(viewer_key=guest)
    return rows.update(viewer_key=user_key(user), user=user)


def enqueue_push(
    viewer_key: str,
    *,
    title: str,
    body: str,
    url: str,
    tag: str,
    key: str,
    expires_at: datetime,
    now: datetime,
) -> int:
    """Write one message to every browser of a viewer; how many. A browser gets one message per `key`.

    `url` is a path of this site, `tag` lets a later message take this one's place. Belongs inside the
    transaction of the fact it tells about.
    """
    browsers = PushSubscription.objects.filter(viewer_key=viewer_key, gone_at=None)
    payload = {"title": title, "body": body, "url": url, "tag": tag}
    rows = [
        PushMessage(
            key=f"{key}:{browser.pk}",
            subscription=browser,
            payload=payload,
            expires_at=expires_at,
            created_at=now,
            next_try_at=now,
        )
        for browser in browsers
    ]
    PushMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def send_due_push(*, now: datetime, limit: int = 50) -> int:
    """Hand over what is due and still worth something; how many were taken. Not inside a transaction."""
    due = PushMessage.objects.due(now).filter(expires_at__gt=now, subscription__gone_at=None)
    rows = due.select_related("subscription").order_by("next_try_at", "pk")[:limit]
    return sum(_send(row, now=now) for row in list(rows) if _claim(row, now=now))


def _claim(message: PushMessage, *, now: datetime) -> bool:
    """Take the row for this process: true for exactly one of those who saw it due."""
    seen = PushMessage.objects.due(now).filter(pk=message.pk, attempts=message.attempts)
    return bool(seen.update(attempts=F("attempts") + 1, next_try_at=now + LEASE))


def _send(message: PushMessage, *, now: datetime) -> bool:
    row = PushMessage.objects.filter(pk=message.pk)
    browser = message.subscription
    seconds = int((message.expires_at - now).total_seconds())
    try:
        deliver(
            Browser(browser.endpoint, browser.p256dh, browser.auth), message.payload, seconds=seconds, now=now
        )
    except (PushGone, BadEndpoint):
        PushSubscription.objects.filter(pk=browser.pk).update(gone_at=now)
        row.update(error="gone")
        return False
    except Exception as problem:  # noqa: BLE001 - any service, any failure: the row waits and tries again
        log.warning("push %s was not taken: %s", message.pk, type(problem).__name__)
        row.update(error=str(problem)[:250], next_try_at=now + FIRST_WAIT * 2**message.attempts)
        return False
    row.update(sent_at=now, error="")
    return True
