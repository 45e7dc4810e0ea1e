"""A fresh key for web push."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.notify.push import new_private_key


class Command(BaseCommand):
    help = "Prints a fresh value for VAPID_PRIVATE_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(new_private_key())
