"""Celery tasks: each one domain call. They only make faster what the sweep would do."""

import asyncio
import threading

from asgiref.sync import sync_to_async
from celery import shared_task
from django.db import connections
from django.utils import timezone

from config.crowd import rehearse
from config.sweep import sweep
from livechat.domain import rehearsal


@shared_task(name="config.sweep")
def run_sweep() -> None:
    sweep(now=timezone.now())


@shared_task(name="config.rehearse", acks_late=False)
def run_rehearsal(run: str, slug: str, people: int, seconds: int, site: str) -> None:
    """Send the crowd; in a thread of its own, so that the worker's due work does not wait for it."""
    # A worker that ends takes its crowd along.
    threading.Thread(target=attend, args=(run, slug, people, seconds, site), daemon=True).start()


def attend(run: str, slug: str, people: int, seconds: int, site: str) -> None:
    """The crowd's whole visit."""
    goes_on = sync_to_async(rehearsal.may_go_on)
    try:
        asyncio.run(rehearse(site, slug, people=people, seconds=seconds, goes_on=lambda: goes_on(run)))
    finally:
        rehearsal.finished(run)
        connections.close_all()
