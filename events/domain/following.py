"""Following a host."""

from datetime import datetime

from accounts.models import User
from events.models import Host, HostFollow


def follow(host: Host, *, user: User, now: datetime) -> HostFollow:
    """Follow a host; doing it twice is doing it once."""
    row, _made = HostFollow.objects.get_or_create(host=host, user=user, defaults={"at": now})
    return row


def unfollow(host: Host, *, user: User) -> None:
    """Follow no more; nothing when one did not."""
    HostFollow.objects.filter(host=host, user=user).delete()
