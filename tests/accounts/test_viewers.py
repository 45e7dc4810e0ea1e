"""A guest stays the same guest, and becomes a person without losing what they held."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory

from accounts.domain.viewers import peek_viewer, viewer_of
from accounts.models import User
from accounts.rules import is_platform_admin
from accounts.signals import access_revoked, guest_signed_in
from tests.factories.accounts import PASSWORD, make_superuser, make_user

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def guest() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    calls: list[dict[str, Any]] = []

    def hear(**kwargs: Any) -> None:
        calls.append(kwargs)

    guest_signed_in.connect(hear)
    access_revoked.connect(hear)
    yield calls
    guest_signed_in.disconnect(hear)
    access_revoked.disconnect(hear)


def test_looking_writes_no_session(guest: HttpRequest) -> None:
    assert peek_viewer(guest) is None
    assert guest.session.modified is False


def test_a_guest_keeps_one_key(guest: HttpRequest) -> None:
    first = viewer_of(guest)
    assert first.key.startswith("guest:")
    assert (viewer_of(guest), peek_viewer(guest)) == (first, first)
    assert (first.user, first.name, len(first.key) <= 64) == (None, "", True)


def test_a_guests_name_is_kept_in_the_session(guest: HttpRequest) -> None:
    viewer_of(guest)
    guest.session["guest_name"] = "Mika"
    assert viewer_of(guest).name == "Mika"


def test_a_person_is_known_by_account(guest: HttpRequest) -> None:
    user = make_user(display_name="Ines")
    guest.user = user
    viewer = viewer_of(guest)
    assert (viewer.key, viewer.user, viewer.name) == (f"user:{user.pk}", user, "Ines")


def test_a_guest_who_signs_in_is_told_on_with_the_old_key(
    guest: HttpRequest, heard: list[dict[str, Any]]
) -> None:
    key = viewer_of(guest).key
    guest.session["guest_name"] = "Mika"
    user = make_user(display_name="")
    login(guest, user, backend=BACKEND)
    assert [(call["guest_key"], call["user"], type(call["now"])) for call in heard] == [(key, user, datetime)]
    user.refresh_from_db()
    assert user.display_name == "Mika"
    assert viewer_of(guest).key == f"user:{user.pk}"


def test_a_name_one_has_is_not_replaced_by_the_guests(guest: HttpRequest) -> None:
    viewer_of(guest)
    guest.session["guest_name"] = "Mika"
    user = make_user(display_name="Ines")
    login(guest, user, backend=BACKEND)
    user.refresh_from_db()
    assert user.display_name == "Ines"


def test_a_stranger_who_signs_in_tells_nothing(guest: HttpRequest, heard: list[dict[str, Any]]) -> None:
    login(guest, make_user(), backend=BACKEND)
    user_logged_in.send(sender=User, request=None, user=make_user())
    assert heard == []


def test_signing_out_revokes_access(client: Client, heard: list[dict[str, Any]]) -> None:
    user = make_user()
    client.force_login(user)
    client.post("/account/logout/")
    assert [call["user"] for call in heard] == [user]
    client.post("/account/logout/")
    assert len(heard) == 1


def test_a_new_password_revokes_access_and_ends_other_sessions(
    client: Client, heard: list[dict[str, Any]]
) -> None:
    user = make_user()
    elsewhere = Client()
    elsewhere.force_login(user)
    client.force_login(user)
    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "a-new-secret-2026", "password2": "a-new-secret-2026"},
    )
    assert [call["user"] for call in heard] == [user]
    assert client.get("/account/profile/").status_code == 200
    assert elsewhere.get("/account/profile/").status_code == 302


def test_only_superusers_run_the_platform() -> None:
    people = [make_superuser(), make_user(), make_superuser(is_active=False), AnonymousUser(), None]
    assert [is_platform_admin(person) for person in people] == [True, False, False, False, False]
