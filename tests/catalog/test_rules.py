"""Who may do what at which brand."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from catalog.models import Brand
from catalog.rules import brands_of, has_role, is_staff_of_any, keeps_shop
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member

pytestmark = pytest.mark.django_db


def test_a_role_is_held_at_one_brand_only() -> None:
    user, own, other = make_user(), make_brand(), make_brand()
    make_member(user, own, Role.MODERATOR)
    assert has_role(user, own, Role.MODERATOR, Role.AGENT)
    assert has_role(user, own)
    assert not has_role(user, own, Role.PRODUCER)
    assert not has_role(user, other, Role.MODERATOR)
    assert list(brands_of(user)) == [own]
    assert list(brands_of(user, Role.PRODUCER)) == []


def test_several_roles_at_a_brand_list_it_once() -> None:
    user, own = make_user(), make_brand()
    make_member(user, own, Role.MODERATOR)
    make_member(user, own, Role.PRODUCER)
    assert list(brands_of(user)) == [own]


@pytest.mark.parametrize(
    ("role", "keeps"),
    [("producer", True), ("merchandiser", True), ("moderator", False), ("agent", False), ("host", False)],
)
def test_producers_and_merchandisers_keep_the_shop(role: str, keeps: bool) -> None:
    user, own = make_user(), make_brand()
    make_member(user, own, Role(role))
    assert (keeps_shop(user, own), is_staff_of_any(user)) == (keeps, True)


def test_admins_have_every_role_everywhere() -> None:
    admin, brand = make_superuser(), make_brand()
    assert has_role(admin, brand, Role.PRODUCER)
    assert set(brands_of(admin)) == set(Brand.objects.all())


def test_an_admin_is_staff_before_the_first_brand() -> None:
    assert is_staff_of_any(make_superuser())


def test_guests_and_closed_accounts_have_no_role() -> None:
    brand, closed = make_brand(), make_user(is_active=False)
    make_member(closed, brand, Role.PRODUCER)
    for nobody in (None, AnonymousUser(), closed, make_user()):
        assert not has_role(nobody, brand)
        assert not is_staff_of_any(nobody)
