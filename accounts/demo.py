"""The people of the demonstration."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from accounts.domain.demo import ACCOUNTS, PASSWORD, DemoAccount
from accounts.domain.users import confirm_address
from accounts.models import User


def seed(now: datetime) -> None:
    """Create the demo accounts that are missing; leaves existing ones as people changed them."""
    missing = [account for account in ACCOUNTS if not User.objects.filter(email=account.email).exists()]
    # Hashing is slow on purpose, and here it is the same word, which everybody knows.
    password = make_password(PASSWORD) if missing else ""
    for account in missing:
        _create(account, password, now=now)


def _create(account: DemoAccount, password: str, *, now: datetime) -> None:
    user = User.objects.create(
        email=account.email,
        password=password,
        is_staff=account.superuser,
        is_superuser=account.superuser,
        display_name=account.name,
        language=account.language,
        time_zone=account.time_zone,
        created_at=now,
    )
    confirm_address(user)
