"""Who may do what with accounts. Brand roles are asked of `catalog.rules`, event roles of `events.rules`."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User


def is_platform_admin(user: User | AnonymousUser | None) -> bool:
    """The people who run this installation; they pass every brand's and every event's gate."""
    return isinstance(user, User) and user.is_active and user.is_superuser
