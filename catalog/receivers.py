"""What this app hears from the apps below it; connected in apps.ready()."""

from typing import Any

from accounts.models import User
from catalog.models import Brand


def on_names_claimed(*, user: User | None, **_signal: Any) -> list[str]:
    """Brands' names, which only their own people may carry."""
    others = Brand.objects.exclude(memberships__user=user) if user else Brand.objects.all()
    return list(others.values_list("name", flat=True))
