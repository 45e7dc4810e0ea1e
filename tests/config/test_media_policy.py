"""Pages with a picture may reach the media process of their own host by their policy, and nothing else."""

import re

import pytest
from django.test import Client, override_settings

from accounts.models import User
from tests.factories.accounts import make_user
from tests.factories.events import make_event, make_event_host, make_host

pytestmark = pytest.mark.django_db

HERE = override_settings(MEDIA_PORT=8001, MEDIA_PUBLIC_URL="", ALLOWED_HOSTS=["*"])


@pytest.fixture
def host() -> User:
    """Who hosts the live show `show`."""
    user = make_user()
    event = make_event(slug="show", state="live")
    make_event_host(event, host=make_host(user=user))
    return user


def policy(client: Client, path: str, at: str = "shop.example:8000") -> dict[str, list[str]]:
    answer = client.get(path, headers={"host": at})
    assert answer.status_code == 200
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


def outside(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """The addresses a policy names, by directive."""
    # A nonce is quoted, and its base64 may well hold two slashes.
    unquoted = {name: [s for s in sources if not s.startswith("'")] for name, sources in found.items()}
    named = {name: [s for s in sources if "//" in s or "*" in s] for name, sources in unquoted.items()}
    return {name: sources for name, sources in named.items() if sources}


@HERE
@pytest.mark.parametrize("path", ["/", "/events/show/", "/host/show/"])
@pytest.mark.parametrize(
    ("at", "media"), [("shop.example:8000", "shop.example:8001"), ("127.0.0.1:8000", "127.0.0.1:8001")]
)
def test_a_page_with_a_picture_reaches_the_media_process_of_its_host(
    client: Client, host: User, path: str, at: str, media: str
) -> None:
    client.force_login(host)
    assert outside(policy(client, path, at)) == {
        "media-src": [f"http://{media}"],
        "connect-src": [f"http://{media}", f"ws://{media}"],
    }


@HERE
@pytest.mark.parametrize("path", ["/account/login/", "/calendar/", "/bag/", "/hosts/"])
def test_a_page_without_a_picture_reaches_nothing_outside(client: Client, host: User, path: str) -> None:
    assert outside(policy(client, path)) == {}


@override_settings(MEDIA_PUBLIC_URL="https://live.shop.example/picture", ALLOWED_HOSTS=["*"])
def test_a_configured_origin_is_the_only_one(client: Client, host: User) -> None:
    assert outside(policy(client, "/events/show/")) == {
        "media-src": ["https://live.shop.example"],
        "connect-src": ["https://live.shop.example", "wss://live.shop.example"],
    }


@HERE
def test_one_answer_leaves_nothing_behind_for_the_next(client: Client, host: User) -> None:
    """The policy's own lists are not what is added to."""
    for at in ("one.example", "two.example"):
        assert "8001" in str(policy(client, "/events/show/", at))
    second = str(policy(client, "/events/show/", "two.example"))
    assert re.findall(r"\w+\.example:8001", second) == ["two.example:8001"] * 3
    assert outside(policy(client, "/hosts/")) == {}


@pytest.mark.expects_errors
@override_settings(ALLOWED_HOSTS=["shop.example"])
def test_a_host_that_is_not_ours_is_refused_as_before(client: Client, host: User) -> None:
    assert client.get("/events/show/", headers={"host": "evil.example"}).status_code == 400
