"""Which payment providers the settings ask for."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from orders.domain.sandbox import build_sandbox
from orders.payments import registry
from orders.payments.base import Provider

BUILDERS: dict[str, Callable[[], Provider]] = {"sandbox": build_sandbox}


def register_providers() -> None:
    """Build every provider named in PAYMENT_PROVIDERS; ImproperlyConfigured for a name nobody knows."""
    for name in settings.PAYMENT_PROVIDERS:
        if name not in BUILDERS:
            raise ImproperlyConfigured(f"PAYMENT_PROVIDERS names {name!r}; known: {', '.join(BUILDERS)}")
        registry.register(BUILDERS[name]())
