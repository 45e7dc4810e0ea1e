from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from catalog.models import Membership
from events.domain.scheduling import release_staff
from events.enums import StaffRole
from events.models import Event, EventHost
from events.rules import can_care, can_host, can_manage, can_moderate, can_see, events_managed_by
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import make_event, make_event_host, make_event_staff, make_host

pytestmark = pytest.mark.django_db

CHECKS = {"manage": can_manage, "host": can_host, "moderate": can_moderate, "care": can_care}


def allowed(user: object, event: object) -> set[str]:
    return {name for name, check in CHECKS.items() if check(user, event)}  # type: ignore[operator]  # test data


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.PRODUCER, {"manage", "host", "moderate", "care"}),
        (Role.MODERATOR, {"moderate"}),
        (Role.AGENT, {"care"}),
        (Role.MERCHANDISER, set()),
        (Role.HOST, set()),
    ],
)
def test_brand_roles_reach_their_own_brand_only(role: Role, may: set[str]) -> None:
    event, foreign, user = make_event(), make_event(), make_user()
    make_member(user, event.brand, role)
    assert (allowed(user, event), allowed(user, foreign)) == (may, set())


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (StaffRole.PRODUCER, {"manage", "host", "moderate", "care"}),
        (StaffRole.MODERATOR, {"moderate"}),
        (StaffRole.AGENT, {"care"}),
    ],
)
def test_event_staff_reach_their_own_event_only(role: StaffRole, may: set[str]) -> None:
    event, user = make_event(), make_user()
    sibling = make_event(brand=event.brand)
    make_event_staff(event, user=user, role=role)
    assert (allowed(user, event), allowed(user, sibling)) == (may, set())


def test_a_host_hosts_while_assigned_and_not_a_moment_longer() -> None:
    event, user = make_event(), make_user()
    make_event_host(event, host=make_host(user=user))
    assert allowed(user, event) == {"host"}
    EventHost.objects.filter(event=event).delete()
    assert allowed(user, event) == set()


def test_admins_may_all_guests_and_the_locked_out_nothing() -> None:
    event = make_event()
    locked = make_user(is_active=False)
    make_member(locked, event.brand)
    make_event_host(event, host=make_host(user=locked))
    assert allowed(make_superuser(), event) == set(CHECKS)
    assert [allowed(person, event) for person in (None, AnonymousUser(), locked)] == [set()] * 3


def test_drafts_are_seen_by_those_who_make_them() -> None:
    draft, user = make_event(), make_user()
    make_member(user, draft.brand)
    assert (can_see(user, draft), can_see(None, draft), can_see(None, make_event(state="scheduled"))) == (
        True,
        False,
        True,
    )


def test_managed_events_are_the_brands_and_the_single_ones() -> None:
    user, brand = make_user(), make_brand()
    make_member(user, brand)
    ours, single, _foreign = make_event(brand=brand), make_event(), make_event()
    make_event_staff(single, user=user)
    assert set(events_managed_by(user)) == {ours, single}
    assert list(events_managed_by(None)) == []


@pytest.mark.parametrize("role", list(StaffRole))
def test_rights_are_asked_of_the_database_each_time(role: StaffRole) -> None:
    """Rooms keep user and event in memory and ask again every few seconds: what went is gone then."""
    event, user = make_event(), make_user()
    make_event_staff(event, user=user, role=role)
    make_member(user, event.brand, Role.AGENT)
    kept = Event.objects.select_related("brand").prefetch_related("staff", "event_hosts").get()
    before = allowed(user, kept)
    release_staff(kept, user=User.objects.get(pk=user.pk), role=role)
    assert {"care"} == allowed(user, kept) <= before
    Membership.objects.filter(user=user).delete()
    assert allowed(user, kept) == set()


@pytest.mark.parametrize("check", CHECKS.values())
def test_every_question_reaches_the_database_again(check: Any, django_assert_num_queries: Any) -> None:
    """The twin: an answer kept from the first time would need no query the second."""
    event, user = make_event(), make_user()
    make_member(user, event.brand, Role.PRODUCER)
    kept = Event.objects.select_related("brand").get()
    with CaptureQueriesContext(connection) as first:
        assert check(user, kept)
    with django_assert_num_queries(len(first)):
        assert check(user, kept)
    assert len(first) > 0
