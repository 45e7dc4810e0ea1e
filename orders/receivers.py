"""What this app hears from the apps below it; connected in apps.ready()."""

from datetime import datetime

from accounts.domain.viewers import user_key
from accounts.models import User
from accounts.signals import guest_signed_in
from orders.domain.bags import merge_bags


def join_bags(sender: object, *, guest_key: str, user: User, now: datetime, **kwargs: object) -> None:
    """A guest became a person: what they meant to buy comes along."""
    merge_bags(guest=guest_key, into=user_key(user), now=now)


def connect() -> None:
    guest_signed_in.connect(join_bags, dispatch_uid="orders.join_bags")
