"""`manage.py seed_demo`: the demo's world, once."""

import importlib
import importlib.util
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

# Lowest first: each may build on what those before it made.
SEEDED_APPS = ("accounts", "catalog", "events", "livechat", "orders")


class Command(BaseCommand):
    help = "Fill an empty database with the demo's world; does nothing the second time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="run every app's seed once more")

    def handle(self, *, again: bool, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's accounts have a known password; this is production.")
        done = settings.VAR_DIR / "seeded"
        if done.exists() and not again:
            return
        now = timezone.now()
        for app in SEEDED_APPS:
            if importlib.util.find_spec(f"{app}.demo"):
                importlib.import_module(f"{app}.demo").seed(now)
        done.write_text(now.isoformat())
