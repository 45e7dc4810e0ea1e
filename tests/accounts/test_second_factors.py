"""Codes from an app, recovery codes and passkeys."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import InvalidToken
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from accounts.domain.users import confirm_address
from accounts.models import User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
GUARDED = [
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/add/",
]


@pytest.fixture
def person() -> User:
    user = make_user()
    confirm_address(user)
    return user


def sign_in(client: Client, user: User) -> str:
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD})["Location"]


def prove(client: Client) -> None:
    """Answer the question guarded parts ask."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def inside(client: Client) -> bool:
    return client.get("/account/profile/").status_code == 200


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("path", GUARDED)
def test_guarded_parts_ask_once_more(client: Client, person: User, path: str) -> None:
    client.force_login(person)
    again = client.get(path)
    assert again["Location"].startswith("/account/reauthenticate/")
    page = client.get(again["Location"])
    assert page.status_code == 200
    client.post(again["Location"], {"password": PASSWORD})
    assert client.get(path).status_code == 200


def test_an_app_is_set_up_and_then_asked_for(client: Client, person: User) -> None:
    sign_in(client, person)
    prove(client)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.findall(r"<code>([A-Z2-7]+)</code>", page)[0]
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert client.get("/account/2fa/recovery-codes/").status_code == 200
    cache.clear()

    later = Client()
    assert sign_in(later, person) == "/account/2fa/authenticate/"
    assert later.get("/account/2fa/authenticate/").status_code == 200
    assert not inside(later)
    later.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not inside(later)
    codes = client.get("/account/2fa/recovery-codes/download/").content.decode().split()
    later.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert inside(later)

    other = Client()
    sign_in(other, person)
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert not inside(other)


def test_every_page_of_second_factors_opens(client: Client, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    key = Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "Passkey", "credential": {}}
    )
    client.force_login(person)
    prove(client)
    for path in [
        "",
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "webauthn/",
        f"webauthn/keys/{key.pk}/edit/",
        f"webauthn/keys/{key.pk}/remove/",
    ]:
        assert client.get(f"/account/2fa/{path}").status_code == 200, path


def test_secrets_are_unreadable_in_the_database(person: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    stored = Authenticator.objects.get().data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret


def test_secrets_survive_a_change_of_the_key(settings: LazySettings) -> None:
    stored = get_adapter().encrypt("secret")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "x" * 60
    settings.SECRET_KEY_FALLBACKS = [old]
    assert get_adapter().decrypt(stored) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        get_adapter().decrypt(stored)


def test_passkeys_are_named_by_number(person: User) -> None:
    names = [get_adapter().generate_authenticator_name(person, Authenticator.Type.WEBAUTHN)]
    Authenticator.objects.create(user=person, type="webauthn", data={})
    names.append(get_adapter().generate_authenticator_name(person, Authenticator.Type.WEBAUTHN))
    assert names == ["Passkey", "Passkey 2"]


def test_a_passkey_that_is_none_signs_nobody_in(client: Client, person: User) -> None:
    client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    for wrong in ["{}", "[]", "null", "not json", '{"id": "x", "rawId": "x", "response": {}}']:
        assert client.post("/account/2fa/webauthn/login/", {"credential": wrong}).status_code == 302
    assert not inside(client)


def test_the_browser_is_told_whose_key_it_makes(client: Client, person: User) -> None:
    sign_in(client, person)
    prove(client)
    page = client.get("/account/2fa/webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert (options["rp"], options["user"]["displayName"]) == (
        {"id": "testserver", "name": "SeeNow"},
        person.display_name,
    )
