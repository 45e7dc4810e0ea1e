"""`manage.py sweep`: the worker's due work without Celery."""

import signal
import threading
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from config.sweep import sweep


class Command(BaseCommand):
    help = "Finish whatever is due, again and again until told to stop; with --once, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="one pass; exit code 1 when part of it failed"
        )

    def handle(self, *, once: bool, **options: object) -> None:
        if once:
            if failed := sweep(now=timezone.now()):
                raise SystemExit(f"failed: {', '.join(failed)}")
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            sweep(now=timezone.now())
            close_old_connections()
            stop.wait(settings.SWEEP_SECONDS)
