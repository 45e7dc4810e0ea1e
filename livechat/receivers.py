"""What this app hears from the apps below it; connected in apps.ready()."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import User
from events.models import Event, Host
from livechat.domain import attendance, following, host_answers, sanctions, shelf
from livechat.models import ShelfNote
from livechat.wire import announce


def on_event_state(*, event: Event, before: str, after: str, now: datetime, **_signal: Any) -> None:
    following.follow_state(event, before=before, after=after, now=now)


def on_stream_state(*, event: Event, now: datetime, **_signal: Any) -> None:
    following.follow_stream(event, now=now)


def on_answers_asked(*, host: Host, **_signal: Any) -> list[tuple[str, int]]:
    return host_answers.count_by_category(host)


def on_lineup(*, event: Event, now: datetime, **_signal: Any) -> None:
    following.follow_lineup(event, now=now)


def on_programme(*, event: Event, now: datetime, **_signal: Any) -> None:
    following.follow_programme(event, now=now)


def on_stock(*, variant_id: int, product_id: int, now: datetime, **_signal: Any) -> None:
    shelf.note(ShelfNote.Kind.STOCK, variant_id=variant_id, product_id=product_id, now=now)


def on_price(*, variant_id: int, product_id: int, currency: str, now: datetime, **_signal: Any) -> None:
    shelf.note(ShelfNote.Kind.PRICE, variant_id=variant_id, product_id=product_id, currency=currency, now=now)


def on_guest_signed_in(*, guest_key: str, user: User, now: datetime, **_signal: Any) -> None:
    sanctions.follow_into_account(guest_key, user, now=now)
    attendance.follow_into_account(guest_key, user)


def on_access_revoked(*, user: User, **_signal: Any) -> None:
    transaction.on_commit(partial(announce.revoke, user.pk), robust=True)
