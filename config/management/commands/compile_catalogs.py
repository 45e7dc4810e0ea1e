"""`manage.py compile_catalogs`: translations without the gettext programs."""

from pathlib import Path
from tempfile import NamedTemporaryFile

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
    # Whole or not at all: another process may be reading it.
    with (
        source.open("rb") as text,
        NamedTemporaryFile(dir=source.parent, suffix=".tmp", delete=False) as binary,
    ):
        write_mo(binary, read_po(text))
    Path(binary.name).chmod(0o644)
    Path(binary.name).replace(target)
    return True
