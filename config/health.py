"""`/healthz`: whether each part works, as JSON. 503 when one that is needed does not."""

import asyncio
import logging
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import suppress

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain import heartbeat
from events.enums import EventState
from events.models import Event

logger = logging.getLogger(__name__)
ANSWER_WITHIN = 1.0  # seconds
ON_AIR = [EventState.REHEARSAL, EventState.LIVE]


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


async def _layer() -> bool:
    """One message to ourselves and back."""
    layer = get_channel_layer()
    channel = await layer.new_channel("health")
    await layer.send(channel, {"type": "health"})
    heard = await layer.receive(channel)
    # On Redis a channel is given up by whoever stops listening, and only so: each question would leave one.
    with suppress(TimeoutError):
        async with asyncio.timeout(0):
            await layer.receive(channel)
    return bool(heard["type"] == "health")


def _worker() -> bool:
    last = heartbeat.last_beat()
    return last is not None and timezone.now() - last < heartbeat.STALE_AFTER


def _media() -> bool:
    url = f"{settings.MEDIA_INTERNAL_URL}/healthz"
    with urllib.request.urlopen(url, timeout=ANSWER_WITHIN) as answer:  # noqa: S310 - our own setting
        return answer.status == 200  # noqa: PLR2004 - HTTP


CHECKS: dict[str, Callable[[], Awaitable[bool]]] = {
    "database": sync_to_async(_database),
    "layer": _layer,
    "worker": sync_to_async(_worker),
    "media": sync_to_async(_media),
}


async def _works(name: str) -> bool:
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await CHECKS[name]()
    except Exception as error:  # noqa: BLE001 - any failure means it does not work
        logger.warning("health: %s: %s", name, type(error).__name__)
        return False


def _needed_by_default() -> list[str]:
    """The picture is needed only while an event is on air."""
    on_air = Event.objects.filter(state__in=ON_AIR).exists()
    return ["database", "layer", "worker", *(["media"] if on_air else [])]


@require_safe
async def healthz(request: HttpRequest) -> JsonResponse:
    """`?need=database,layer` narrows what counts.

    A balancer asks so, because a late worker is no reason to drop the web processes.
    """
    asked = [name for name in request.GET.get("need", "").split(",") if name]
    if not set(asked) <= set(CHECKS):
        return JsonResponse({"ok": False, "error": f"need is any of: {', '.join(CHECKS)}"}, status=400)
    works = dict(zip(CHECKS, await asyncio.gather(*map(_works, CHECKS)), strict=True))
    needed = asked
    if not needed and works["database"]:
        needed = await sync_to_async(_needed_by_default)()
    ok = works["database"] and all(works[name] for name in needed)
    parts = {name: {"ok": fine, "needed": name in needed} for name, fine in works.items()}
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503, headers={"Cache-Control": "no-store"})
