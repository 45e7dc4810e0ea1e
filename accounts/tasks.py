"""Celery tasks: each one domain call. They only make faster what the sweep would do."""

from celery import shared_task
from django.utils import timezone

from accounts.domain.mail import send_due_mail


@shared_task(name="accounts.send_mail", ignore_result=True)
def send_mail() -> int:
    """Hand over the outbox's due rows."""
    return send_due_mail(now=timezone.now())
