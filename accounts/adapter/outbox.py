"""The e-mail backend Django and allauth send through: every message becomes an outbox row."""

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage, EmailMultiAlternatives
from django.utils import timezone

from accounts.domain.mail import enqueue_mail


class OutboxBackend(BaseEmailBackend):
    """One row per recipient, in the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                enqueue_mail(
                    to=address,
                    subject=str(message.subject),
                    text=str(message.body),
                    html=_html(message),
                    now=timezone.now(),
                )
        return len(email_messages)


def _html(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(body) for body, kind in alternatives if kind == "text/html"), "")
