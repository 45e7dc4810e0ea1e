"""What this app hears from the apps below it; connected in apps.ready()."""

from typing import Any

from accounts.models import User
from events.models import Host


def on_names_claimed(*, user: User | None, **_signal: Any) -> list[str]:
    """Hosts' names, which nobody else may carry in a room."""
    others = Host.objects.exclude(user=user) if user else Host.objects.all()
    return list(others.values_list("name", flat=True))
