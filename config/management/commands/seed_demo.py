"""`manage.py seed_demo`: the demo's world, once."""

import importlib
import importlib.util
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

# Lowest first: each may build on what those before it made.
SEEDED_APPS = ("accounts", "catalog", "events", "livechat", "orders")


class Command(BaseCommand):
    help = "Fill an empty database with the demo's world; the second time only the clock moves on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="run every app's seed once more")

    def handle(self, *, again: bool, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's accounts have a known password; this is production.")
        done, now = settings.VAR_DIR / "seeded", timezone.now()
        if done.exists() and not again:
            # What visitors did stays; only what follows the clock, like the show on the air, moves on.
            for world in _worlds():
                getattr(world, "refresh", _leave)(now)
            return
        for world in _worlds():
            world.seed(now)
        done.write_text(now.isoformat())


def _worlds() -> Iterator[Any]:
    for app in SEEDED_APPS:
        if importlib.util.find_spec(f"{app}.demo"):
            yield importlib.import_module(f"{app}.demo")


def _leave(now: datetime) -> None:
    """An app whose demo does not follow the clock."""
