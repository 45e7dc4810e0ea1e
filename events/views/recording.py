"""Writes of the studio: kept as revisions, refusals told in words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from events.domain import revisions
from events.errors import EventError
from events.models import Event
from events.views.access import person


def origin_of(request: HttpRequest) -> str:
    """Where this site answers, for links in letters."""
    return request.build_absolute_uri("/").rstrip("/")


def recording(
    request: HttpRequest, event: Event, what: str, now: datetime | None = None
) -> AbstractContextManager[None]:
    """What happens inside to the plan of `event` can be taken back; see `events.domain.revisions`."""
    now = now or timezone.now()
    return revisions.recorded(event, what=what, by=person(request), now=now, origin=origin_of(request))


def told(request: HttpRequest, event: Event, what: str, write: Callable[[datetime], object]) -> bool:
    """Run and record `write(now)`; a refusal becomes a message. Returns whether it went through."""
    now = timezone.now()
    try:
        with recording(request, event, what, now):
            write(now)
    except EventError as error:
        messages.error(request, str(error))
        return False
    return True
