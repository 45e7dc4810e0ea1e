"""Signing up, in and out: the same answer for known and unknown people, and never too many tries."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts.adapter.account import AccountAdapter
from accounts.domain.users import confirm_address
from accounts.models import Mail, User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SIGN_UP = "/account/signup/"
SIGN_IN = "/account/login/"
CODE = "/account/confirm-email/"
RESET = "/account/password/reset/"


@pytest.fixture
def person() -> User:
    user = make_user()
    confirm_address(user)
    return user


def sign_up(client: Client, **over: str) -> object:
    fields = {"email": "new@test.example", "password1": "a-long-secret-2026"} | over
    return client.post(SIGN_UP, fields)


def sign_in(client: Client, user: User, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": user.email, "password": password}).status_code


def latest_code() -> str:
    mail = Mail.objects.first()
    assert mail is not None
    return mail.subject.split()[0]


def inside(client: Client) -> bool:
    return client.get("/account/profile/").status_code == 200


def shape(html: bytes) -> str:
    """A page without what differs by request: tokens, nonces and the address typed."""
    text = re.sub(r'(value|content|nonce)="[^"]*"', "", html.decode())
    return re.sub(r"[\w.+-]+@test\.example", "@", text)


def test_a_new_person_confirms_by_code_and_is_in(client: Client) -> None:
    client.cookies["seenow_zone"] = "Asia/Tokyo"
    sign_up(client, email="New@Test.example", display_name=" Mika ")
    assert not inside(client)
    client.post(CODE, {"code": latest_code()})
    assert inside(client)
    user = User.objects.get(email="new@test.example")
    assert (user.display_name, user.language, user.time_zone) == ("Mika", "en", "Asia/Tokyo")
    assert EmailAddress.objects.get(user=user).verified


def test_a_name_is_not_asked_for(client: Client) -> None:
    sign_up(client)
    assert User.objects.get().display_name == ""


def test_a_name_of_the_house_is_refused(client: Client) -> None:
    sign_up(client, display_name="Support")
    assert User.objects.count() == 0


def test_a_wrong_code_lets_nobody_in(client: Client) -> None:
    sign_up(client)
    for _try in range(5):
        client.post(CODE, {"code": "AAAA-AAAA"})
    assert not inside(client)


def test_the_mail_carries_the_code_as_text_and_as_html(client: Client) -> None:
    sign_up(client)
    mail = Mail.objects.get()
    assert (latest_code() in mail.text, latest_code() in mail.html) == (True, True)
    assert "<style>" in mail.html


def test_signing_up_answers_the_same_for_a_known_address(person: User) -> None:
    known, unknown = Client(), Client()
    first = known.post(SIGN_UP, {"email": person.email, "password1": "a-long-secret-2026"})
    second = unknown.post(SIGN_UP, {"email": "stranger@test.example", "password1": "a-long-secret-2026"})
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert shape(known.get(CODE).content) == shape(unknown.get(CODE).content)
    assert [mail.subject for mail in Mail.objects.filter(to=person.email)] == ["You have an account already"]


def test_asking_for_a_password_answers_the_same_for_a_known_address(person: User) -> None:
    known, unknown = Client(), Client()
    first = known.post(RESET, {"email": person.email})
    second = unknown.post(RESET, {"email": "stranger@test.example"})
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert shape(known.get(first["Location"]).content) == shape(unknown.get(second["Location"]).content)
    subjects = Mail.objects.order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == ["Choose a new password", "No account with this address"]


def test_signing_in_answers_the_same_for_a_known_address(client: Client, person: User) -> None:
    known = client.post(SIGN_IN, {"login": person.email, "password": "wrong"})
    unknown = client.post(SIGN_IN, {"login": "stranger@test.example", "password": "wrong"})
    assert known.status_code == unknown.status_code == 200
    assert shape(known.content) == shape(unknown.content)


def test_a_person_signs_in_with_address_and_password(client: Client, person: User) -> None:
    assert sign_in(client, person, "wrong") == 200
    assert not inside(client)
    assert sign_in(client, person) == 302
    assert inside(client)


def test_signing_in_leads_only_to_this_site(client: Client, person: User) -> None:
    fields = {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(SIGN_IN, fields)["Location"] == "/"


def test_a_closed_account_stays_out(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    sign_in(client, person)
    assert not inside(client)


def test_guessing_stops_after_five_tries_even_with_the_right_password(client: Client, person: User) -> None:
    for _try in range(5):
        sign_in(client, person, "wrong")
    sign_in(client, person)
    assert not inside(client)


def test_without_the_limit_the_sixth_try_would_pass(client: Client, person: User) -> None:
    for _try in range(5):
        sign_in(client, person, "wrong")
        cache.clear()
    sign_in(client, person)
    assert inside(client)


def test_too_many_tries_are_a_page_and_not_an_error(client: Client) -> None:
    statuses = [
        client.post(SIGN_IN, {"login": "a@test.example", "password": "x"}).status_code for _ in range(40)
    ]
    assert set(statuses) == {200, 429}
    assert statuses[-1] == 429


def test_a_forged_forwarding_header_opens_no_new_allowance(client: Client) -> None:
    fields = {"login": "a@test.example", "password": "x"}
    for n in range(40):
        answer = client.post(SIGN_IN, fields, headers={"X-Forwarded-For": f"10.0.0.{n}"})
    assert answer.status_code == 429


def test_a_peer_without_an_address_is_served(client: Client, person: User) -> None:
    client.post(SIGN_IN, {"login": person.email, "password": PASSWORD}, REMOTE_ADDR="")
    assert inside(client)
    assert AccountAdapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"


def test_a_password_is_reset_by_the_link_in_the_mail(client: Client, person: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    client.post(RESET, {"email": person.email})
    mail = Mail.objects.get()
    link = re.findall(r"http://testserver(\S+)", mail.text)[0]
    page = client.get(link, follow=True)
    fields = {"password1": "another-secret-2026", "password2": "another-secret-2026"}
    client.post(page.redirect_chain[-1][0], fields)
    assert sign_in(client, person, "another-secret-2026") == 302
    assert not inside(elsewhere)
    assert "used up" in Client().get(link, follow=True).content.decode()


def test_a_new_address_counts_once_it_is_confirmed(client: Client, person: User) -> None:
    old = person.email
    client.force_login(person)
    client.post("/account/email/", {"email": "moved@test.example", "action_add": ""})
    person.refresh_from_db()
    assert person.email == old
    client.post(CODE, {"code": latest_code()})
    person.refresh_from_db()
    assert person.email == "moved@test.example"
    assert Mail.objects.filter(to=old).count() == 1


def test_weak_passwords_are_refused(client: Client) -> None:
    for weak in ["short", "password1234", "new@test.example"]:
        sign_up(client, password1=weak)
    assert User.objects.count() == 0


def test_signing_out_is_a_post(client: Client, person: User) -> None:
    client.force_login(person)
    client.get("/account/logout/")
    assert inside(client)
    client.post("/account/logout/")
    assert not inside(client)


def test_confirming_an_address_by_hand_replaces_the_old_one(person: User) -> None:
    person.email = "new-office@test.example"
    person.save()
    confirm_address(person)
    primary = EmailAddress.objects.filter(user=person, primary=True).values_list("email", "verified")
    assert list(primary) == [("new-office@test.example", True)]
