"""`manage.py crowd`: made-up viewers for the demo's live room, marked as such wherever they show."""

import asyncio
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.crowd import gather
from config.management.commands.demo import address


class Command(BaseCommand):
    help = "Send a small rehearsal crowd into the live room of the running demo, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default=address().rstrip("/"), help="where the demo answers")

    def handle(self, *, site: str, **options: object) -> None:
        if not settings.DEMO or settings.PRODUCTION:
            raise CommandError("There is a rehearsal crowd in the demo only.")
        asyncio.run(gather(site))
