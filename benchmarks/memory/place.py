"""A throw-away database with one live room, made when this is imported; it goes with the process."""

import os
import tempfile
import time
from pathlib import Path

import django

_kept = tempfile.TemporaryDirectory(prefix="seenow-memory-")
FOLDER = Path(_kept.name)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SEENOW_VAR": str(FOLDER),
    "DATABASE_URL": f"sqlite:///{FOLDER / 'memory.sqlite3'}",
    "REDIS_URL": "",
    "LOG_LEVEL": "ERROR",
}
django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - these need the apps
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.codes import new_public_id  # noqa: E402
from accounts.domain.viewers import GUEST, GUEST_NAME, Viewer, guest_key  # noqa: E402
from livechat.domain import log  # noqa: E402
from livechat.domain.rooms import room_of  # noqa: E402
from livechat.domain.tickets import issue_ticket  # noqa: E402
from livechat.models import Room  # noqa: E402
from tests.factories.events import make_ready_event  # noqa: E402
from tests.factories.livechat import line_body  # noqa: E402

SLUG = "memory"


def prepare() -> None:
    """Make the tables and the room."""
    call_command("migrate", verbosity=0)
    room_of(make_ready_event(state="live", now=timezone.now(), slug=SLUG))


@transaction.atomic
def tickets(count: int) -> list[tuple[str, str]]:
    """(ticket, session key) of so many new guests."""
    room, found = Room.objects.get(event__slug=SLUG), []
    for _ in range(count):
        guest, session = new_public_id(), SessionStore()
        session[GUEST], session[GUEST_NAME] = guest, "Guest"
        session.create()
        viewer, key = Viewer(guest_key(guest), None, "Guest"), session.session_key or ""
        ticket = issue_ticket(room, viewer=viewer, session_key=key, rehearsal=False, now=timezone.now())
        found.append((ticket, key))
    return found


def chat(lines: int) -> None:
    """Say some lines, as another process would."""
    room = Room.objects.get(event__slug=SLUG)
    for number in range(lines):
        with transaction.atomic():
            log.append(room, "chat.posted", line_body(number), now=timezone.now())
        time.sleep(0.03)
