"""The engines there are, by the name settings use."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from events.streaming.base import MediaEngine
from events.streaming.providers.embedded import EmbeddedEngine

ENGINES: dict[str, Callable[[], MediaEngine]] = {"embedded": EmbeddedEngine}


def engine(name: str = "") -> MediaEngine:
    """The engine of that name, or the one settings.MEDIA_ENGINE names. Raises ImproperlyConfigured."""
    name = name or settings.MEDIA_ENGINE
    if name not in ENGINES:
        raise ImproperlyConfigured(f"MEDIA_ENGINE {name!r} is none of {', '.join(sorted(ENGINES))}")
    return ENGINES[name]()
