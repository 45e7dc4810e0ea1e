"""Every page about accounts is ours: it renders, and nothing in it acts outside the content policy."""

import re

import pytest
from django.test import Client

from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

ENTRANCE = [
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-nonsense/",
    "/account/password/reset/key/done/",
    "/account/inactive/",
]
OWN = [
    "/account/profile/",
    "/account/email/",
    "/account/password/change/",
    "/account/logout/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
]
GUARDED = [
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/add/",
]


def assert_clean(html: str) -> None:
    assert re.findall(r"<[^>]+\sstyle=", html) == []
    assert re.findall(r"<[^>]+\son\w+=", html) == []
    assert re.findall(r"<style", html) == []
    scripts = re.findall(r"<script([^>]*)>", html)
    assert [s for s in scripts if "src=" not in s and "nonce=" not in s and "application/json" not in s] == []


@pytest.mark.parametrize("path", ENTRANCE)
def test_a_guest_reads_the_page_in_our_frame(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert_clean(response.content.decode())
    assert "site-header" in response.content.decode()


@pytest.mark.parametrize("path", OWN)
def test_a_person_reads_the_pages_of_their_account(client: Client, path: str) -> None:
    client.force_login(make_user())
    response = client.get(path)
    assert response.status_code == 200
    assert_clean(response.content.decode())
    assert "account__nav" in response.content.decode()
