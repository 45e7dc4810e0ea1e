"""The people of the demonstration."""

from datetime import datetime

from accounts.domain.demo import ACCOUNTS, PASSWORD, DemoAccount
from accounts.domain.users import confirm_address
from accounts.models import User


def seed(now: datetime) -> None:
    """Create the demo accounts that are missing; leaves existing ones as people changed them."""
    for account in ACCOUNTS:
        if not User.objects.filter(email=account.email).exists():
            _create(account, now=now)


def _create(account: DemoAccount, *, now: datetime) -> None:
    create = User.objects.create_superuser if account.superuser else User.objects.create_user
    user = create(
        account.email,
        PASSWORD,
        display_name=account.name,
        language=account.language,
        time_zone=account.time_zone,
        created_at=now,
    )
    confirm_address(user)
