"""A mail is a row in the commit that caused it and leaves once, whoever sends."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.conf import LazySettings
from django.core import mail as locmem
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from accounts.domain import mail as outbox
from accounts.domain.mail import FIRST_WAIT, LEASE, enqueue_mail, send_due_mail
from accounts.models import Mail
from accounts.models.mail import MAX_ATTEMPTS
from accounts.tasks import send_mail as send_mail_task
from tests.factories.accounts import make_mail

NOW = datetime(2026, 11, 11, 20, 0, tzinfo=UTC)
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class Broken(BaseEmailBackend):
    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("no one at the door")


class Slow(BaseEmailBackend):
    """Meets the other sender inside the hand-over, so that both would send if both could claim."""

    sent: list[str] = []
    met = threading.Barrier(2)

    def send_messages(self, email_messages: list[EmailMultiAlternatives]) -> int:
        self.sent.extend(message.to[0] for message in email_messages)
        try:
            self.met.wait(timeout=1)
        except threading.BrokenBarrierError:
            self.met.reset()
        return len(email_messages)


@pytest.fixture(autouse=True)
def transport(settings: LazySettings) -> None:
    settings.MAIL_TRANSPORT = LOCMEM


@pytest.mark.django_db
def test_a_key_is_used_once() -> None:
    first = enqueue_mail(to="a@b.example", subject="Your order", text="…", key="order:1", now=NOW)
    again = enqueue_mail(to="a@b.example", subject="Your order", text="…", key="order:1", now=NOW)
    assert first is not None
    assert again is None
    assert Mail.objects.count() == 1


@pytest.mark.django_db
def test_without_the_unique_key_a_cause_would_send_twice() -> None:
    for _time in range(2):
        enqueue_mail(to="a@b.example", subject="Your order", text="…", now=NOW)
    assert Mail.objects.count() == 2


@pytest.mark.django_db
def test_a_subject_cannot_carry_headers() -> None:
    row = enqueue_mail(to="a@b.example", subject="Hello\nBcc: all@b.example", text="…", now=NOW)
    assert row is not None
    assert row.subject == "Hello Bcc: all@b.example"


@pytest.mark.django_db
def test_a_mail_of_a_fact_that_never_happened_is_not_sent() -> None:
    with transaction.atomic():
        enqueue_mail(to="a@b.example", subject="Your order", text="…", now=NOW)
        transaction.set_rollback(True)
    assert Mail.objects.count() == 0


@pytest.mark.django_db
def test_due_mail_is_handed_over_once_with_its_html() -> None:
    row = make_mail(now=NOW, html="<p>Good evening.</p>")
    later = make_mail(now=NOW, next_try_at=NOW + timedelta(hours=1))
    assert (send_due_mail(now=NOW), send_due_mail(now=NOW)) == (1, 0)
    row.refresh_from_db()
    later.refresh_from_db()
    assert (row.sent_at, row.attempts, later.sent_at) == (NOW, 1, None)
    assert [(m.to, m.subject, m.alternatives[0][0]) for m in locmem.outbox] == [
        ([row.to], row.subject, "<p>Good evening.</p>")
    ]


@pytest.mark.django_db
def test_a_batch_is_bounded() -> None:
    for _mail in range(3):
        make_mail(now=NOW)
    assert send_due_mail(now=NOW, limit=2) == 2


@pytest.mark.django_db
def test_a_failed_mail_waits_longer_each_time_and_then_rests(settings: LazySettings) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.Broken"
    row = make_mail(now=NOW)
    waits = []
    moment = NOW
    for _try in range(MAX_ATTEMPTS):
        assert send_due_mail(now=moment) == 0
        row.refresh_from_db()
        waits.append(row.next_try_at - moment)
        moment = row.next_try_at
    assert waits == [FIRST_WAIT * 2**n for n in range(MAX_ATTEMPTS)]
    assert row.error == "no one at the door"
    settings.MAIL_TRANSPORT = LOCMEM
    assert send_due_mail(now=moment + timedelta(days=30)) == 0


@pytest.mark.django_db
def test_a_mail_whose_sender_died_is_followed_up() -> None:
    row = make_mail(now=NOW)
    assert outbox._claim(row, now=NOW)
    assert send_due_mail(now=NOW + LEASE - timedelta(seconds=1)) == 0
    assert send_due_mail(now=NOW + LEASE) == 1


def race() -> list[str]:
    """Two senders, one due row; who was written to."""
    Slow.sent = []
    make_mail(now=NOW)

    def run() -> None:
        try:
            send_due_mail(now=NOW)
        finally:
            connection.close()

    senders = [threading.Thread(target=run) for _sender in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return Slow.sent


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_senders_send_one_mail_once(settings: LazySettings) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.Slow"
    assert race() == ["reader@test.example"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_senders_send_it_twice(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.Slow"
    monkeypatch.setattr(outbox, "_claim", lambda mail, *, now: True)
    assert race() == ["reader@test.example", "reader@test.example"]


@pytest.mark.django_db
def test_every_mail_django_sends_becomes_a_row(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "accounts.adapter.outbox.OutboxBackend"
    backend = get_connection(settings.EMAIL_BACKEND)
    send_mail("Plain", "text", None, ["a@b.example", "c@d.example"], connection=backend)
    rich = EmailMultiAlternatives("Rich", "text", None, ["e@f.example"], connection=backend)
    rich.attach_alternative("<p>rich</p>", "text/html")
    rich.send()
    rows = Mail.objects.order_by("pk").values_list("to", "subject", "text", "html")
    assert list(rows) == [
        ("a@b.example", "Plain", "text", ""),
        ("c@d.example", "Plain", "text", ""),
        ("e@f.example", "Rich", "text", "<p>rich</p>"),
    ]


@pytest.mark.django_db
def test_the_task_is_the_same_call() -> None:
    make_mail(now=NOW)
    assert send_mail_task() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_after_the_commit() -> None:
    enqueue_mail(to="a@b.example", subject="Hello", text="…", now=NOW)
    assert Mail.objects.get().sent_at is not None


@pytest.fixture
def hanging_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A broker that answers when the event is set; tasks are published, not run in place."""
    answers = threading.Event()
    current_app.conf.task_always_eager = False
    monkeypatch.setattr(outbox, "_publish", lambda: answers.wait(10))
    yield answers
    answers.set()
    current_app.conf.task_always_eager = True


def wakes() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "wake"]


def test_nobody_waits_for_a_broker_that_hangs_and_one_wake_is_enough(hanging_broker: threading.Event) -> None:
    for _ in range(3):
        outbox._wake_worker()
    (under_way,) = wakes()
    hanging_broker.set()
    under_way.join(10)
    assert wakes() == []


def test_a_broker_that_is_away_is_tried_again_with_the_next_mail(
    hanging_broker: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse() -> None:
        asked.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "_publish", refuse)
    for _ in range(2):
        outbox._wake_worker()
        for thread in wakes():
            thread.join(10)
    assert asked == [1, 1]
