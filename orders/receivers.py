"""What this app hears from the apps below it; connected in apps.ready()."""

from datetime import datetime

from accounts.models import User
from accounts.signals import guest_signed_in
from orders.domain.joining import join


def take_the_guest_along(
    sender: object, *, guest_key: str, user: User, now: datetime, **kwargs: object
) -> None:
    """A guest became a person: bag, kept pieces and orders come along."""
    join(guest=guest_key, user=user, now=now)


def connect() -> None:
    guest_signed_in.connect(take_the_guest_along, dispatch_uid="orders.take_the_guest_along")
