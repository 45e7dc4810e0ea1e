"""Writes about accounts that are not one person's own form."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from accounts.signals import access_revoked


@transaction.atomic
def confirm_address(user: User) -> None:
    """Take the account's address as confirmed; for accounts made by the demo, a command or the admin."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def rename(user: User, name: str) -> None:
    """Keep `name`, which `clean_name` has passed, as the account's display name."""
    User.objects.filter(pk=user.pk).update(display_name=name)
    user.display_name = name


@transaction.atomic
def close_account(user: User, *, now: datetime) -> bool:
    """Shut the account so that nobody signs in with it; False when it was shut already."""
    shut = bool(User.objects.filter(pk=user.pk, is_active=True).update(is_active=False))
    user.is_active = False
    if shut:
        access_revoked.send(sender=User, user=user, now=now)
    return shut
