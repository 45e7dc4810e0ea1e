"""`python manage.py load_niches [file.toml]`: write the taxonomy of niches, or bring it up to date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.domain.niches import OURS, BadTaxonomy, load_niches


class Command(BaseCommand):
    help = "Write the taxonomy of niches from a TOML file (default: the one that comes with SeeNow)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=OURS)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_niches(options["file"])
        except BadTaxonomy as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} niches and groups are in place.")
