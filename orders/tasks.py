"""Celery tasks: each one domain call. They only make faster what the sweep would do."""

from celery import shared_task
from django.utils import timezone

from orders.domain.sweep import sweep_orders


@shared_task(name="orders.sweep")
def sweep() -> int:
    """Finish what is due of bags, payments and refunds."""
    return sweep_orders(now=timezone.now())
