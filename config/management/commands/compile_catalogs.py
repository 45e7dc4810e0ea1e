"""`manage.py compile_catalogs`: translations without the gettext programs."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile each .po file under config/locale that is younger than its .mo file."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_one(source)


def compile_one(source: Path) -> bool:
    """Return whether there was something to do."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as text, target.open("wb") as binary:
        write_mo(binary, read_po(text))
    return True
