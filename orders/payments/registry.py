"""Which providers this installation has. `orders.apps` fills it at start."""

from collections.abc import Iterable

from orders.payments.base import Provider
from orders.payments.errors import UnknownMethod, UnknownProvider

_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Make `provider` known under its name; a second one of that name replaces the first."""
    _providers[provider.name] = provider


def get(name: str) -> Provider:
    """The provider called `name`; UnknownProvider."""
    try:
        return _providers[name]
    except KeyError:
        raise UnknownProvider(name) from None


def methods() -> list[str]:
    """Every payment method on offer, first provider first."""
    return list(dict.fromkeys(m for p in _providers.values() for m in p.methods))


def provider_for(method: str) -> Provider:
    """The first provider that takes `method`; UnknownMethod."""
    for provider in _providers.values():
        if method in provider.methods:
            return provider
    raise UnknownMethod(method)


def names() -> Iterable[str]:
    return _providers.keys()
