"""Celery tasks: each one domain call. They only make faster what the sweep would do."""

from celery import shared_task
from django.utils import timezone

from config.sweep import sweep


@shared_task(name="config.sweep")
def run_sweep() -> None:
    sweep(now=timezone.now())
