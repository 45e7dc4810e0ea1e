"""Hands one message to the configured mail transport. Knows no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one address; `html` may be empty."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def deliver(message: Message) -> None:
    """Hand `message` over; raises whatever the transport raises when it does not take it."""
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        to=[message.to],
        headers=dict(message.headers),
        connection=get_connection(settings.MAIL_TRANSPORT, fail_silently=False),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    mail.send()
