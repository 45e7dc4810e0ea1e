"""Who may do what for a brand. Reads memberships; every app above asks here."""

from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand, Membership

Person = User | AnonymousUser | None
# Who changes products, prices and stock of a brand.
SHOPKEEPERS = (Role.PRODUCER, Role.MERCHANDISER)


def _signed_in(user: Person) -> TypeGuard[User]:
    return user is not None and user.is_authenticated and user.is_active


def has_role(user: Person, brand: Brand, *roles: Role) -> bool:
    """Whether `user` has one of `roles` (none given: any role) at `brand`. Admins have all, guests none."""
    return brands_of(user, *roles).filter(pk=brand.pk).exists()


def brands_of(user: Person, *roles: Role) -> QuerySet[Brand]:
    """The brands where `user` has one of `roles` (none given: any role)."""
    if not _signed_in(user):
        return Brand.objects.none()
    if user.is_superuser:
        return Brand.objects.all()
    held = Membership.objects.filter(user=user)
    if roles:
        held = held.filter(role__in=roles)
    return Brand.objects.filter(pk__in=held.values("brand"))


def is_staff_of_any(user: Person) -> bool:
    """Whether `user` has any role at any brand; admins do even before the first brand."""
    return _signed_in(user) and (user.is_superuser or brands_of(user).exists())


def keeps_shop(user: Person, brand: Brand) -> bool:
    """Whether `user` may change products, prices and stock of `brand`."""
    return has_role(user, brand, *SHOPKEEPERS)
