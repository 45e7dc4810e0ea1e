"""One click signs in as one of the demo's own people, and nowhere but in the demo."""

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.demo import seed
from accounts.domain.demo import ACCOUNTS, BY_ROLE, PASSWORD
from accounts.models import User
from tests.accounts.test_pages import assert_clean
from tests.factories.accounts import make_mail, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 11, 20, 0, tzinfo=UTC)
PAGES = ["/demo/", "/demo/mail/", "/demo/mail/1/", "/demo/mail/1/html/"]


@pytest.fixture
def demo(settings: LazySettings) -> None:
    settings.DEMO, settings.PRODUCTION = True, False
    seed(NOW)


def who(client: Client) -> str | None:
    return client.get("/api/v1/me/").json()["email"]


def test_seeding_twice_makes_the_same_people_once() -> None:
    seed(NOW)
    seed(NOW)
    assert User.objects.count() == len(ACCOUNTS) == 16
    assert list(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == [
        "admin@demo.example"
    ]


@pytest.mark.usefixtures("demo")
def test_the_demos_people_sign_in_with_the_printed_password(client: Client) -> None:
    client.post("/account/login/", {"login": "host6@demo.example", "password": PASSWORD})
    assert who(client) == "host6@demo.example"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", BY_ROLE)
def test_one_click_signs_in(client: Client, role: str) -> None:
    answer = client.post(f"/demo/enter/{role}/")
    assert (answer.status_code, answer["Location"]) == (302, BY_ROLE[role].lands)
    assert who(client) == f"{role}@demo.example"


@pytest.mark.usefixtures("demo")
def test_one_click_changes_who_one_is(client: Client) -> None:
    client.post("/demo/enter/admin/")
    client.post("/demo/enter/viewer/", {"next": "/calendar/"})
    assert who(client) == "viewer@demo.example"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", ["host2", "anybody", "person1", "1"])
def test_one_click_knows_only_its_own_list(client: Client, role: str) -> None:
    make_user(email="anybody@demo.example")
    assert client.post(f"/demo/enter/{role}/").status_code == 404
    assert who(client) is None


@pytest.mark.usefixtures("demo")
def test_one_click_is_a_post_from_this_site() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/demo/enter/viewer/").status_code == 405
    assert client.post("/demo/enter/viewer/").status_code == 403


@pytest.mark.usefixtures("demo")
def test_one_click_leads_nowhere_else(client: Client) -> None:
    assert client.post("/demo/enter/viewer/", {"next": "https://evil.example/"})["Location"] == "/"


@pytest.mark.parametrize(("demo", "production"), [(False, False), (False, True), (True, True)])
def test_outside_the_demo_there_is_nothing(
    client: Client, settings: LazySettings, *, demo: bool, production: bool
) -> None:
    seed(NOW)
    make_mail(now=NOW, pk=1, html="<p>x</p>")
    settings.DEMO, settings.PRODUCTION = demo, production
    assert [client.get(page).status_code for page in PAGES] == [404] * 4
    assert [client.post(f"/demo/enter/{role}/").status_code for role in BY_ROLE] == [404] * len(BY_ROLE)
    assert who(client) is None
    assert b"demo-bar" not in client.get("/account/login/").content


@pytest.mark.usefixtures("demo")
def test_the_same_pages_exist_in_the_demo(client: Client) -> None:
    make_mail(now=NOW, pk=1, html="<p>x</p>")
    assert [client.get(page).status_code for page in PAGES] == [200] * 4
    assert b"demo-bar" in client.get("/account/login/").content
    for page in PAGES[:3]:
        assert_clean(client.get(page).content.decode())


@pytest.mark.usefixtures("demo")
def test_a_mail_is_shown_as_text_that_cannot_act(client: Client) -> None:
    mail = make_mail(
        now=NOW, subject="<script>x</script>", text="<img src=x onerror=x> https://shop.example/a"
    )
    page = client.get(f"/demo/mail/{mail.pk}/").content.decode()
    assert ("<script>x" in page, "<img src=x" in page) == (False, False)
    assert 'href="https://shop.example/a"' in page


@pytest.mark.usefixtures("demo")
def test_a_mails_html_is_locked_into_a_sandbox(client: Client) -> None:
    mail = make_mail(now=NOW, html="<script>x</script>")
    policy = client.get(f"/demo/mail/{mail.pk}/html/")["Content-Security-Policy"]
    assert policy.split("; ")[:2] == ["sandbox allow-top-navigation-by-user-activation", "default-src 'none'"]
    assert "script" not in policy
    assert client.get(f"/demo/mail/{make_mail(now=NOW).pk}/html/").status_code == 404


@pytest.mark.usefixtures("demo")
def test_no_mail_yet_is_said(client: Client) -> None:
    assert b"No mail yet" in client.get("/demo/mail/").content
