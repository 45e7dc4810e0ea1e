"""`/api/v1/me/`: guests and people, each only their own."""

import pytest
from django.test import Client

from tests.factories.accounts import make_superuser, make_user

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"
JSON = "application/json"


def test_a_stranger_is_a_guest_and_nothing_is_written(client: Client) -> None:
    answer = client.get(ME)
    assert answer.json() == {
        "guest": True,
        "id": None,
        "email": None,
        "display_name": "",
        "language": "en",
        "time_zone": "UTC",
        "admin": False,
    }
    assert ("sessionid" in answer.cookies, "no-store" in answer["Cache-Control"]) == (False, True)


def test_a_person_reads_their_own(client: Client) -> None:
    user = make_user(display_name="Ines", time_zone="Europe/Paris", language="en")
    client.force_login(user)
    me = client.get(ME).json()
    assert (me["guest"], me["id"], me["email"], me["admin"]) == (False, user.public_id, user.email, False)
    client.force_login(make_superuser())
    assert client.get(ME).json()["admin"] is True


def test_a_guest_gives_a_name_a_language_and_a_zone(client: Client) -> None:
    body = {"display_name": "Mika", "language": "zh-hans", "time_zone": "Asia/Tokyo"}
    answer = client.patch(ME, body, content_type=JSON)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in body} == body
    assert {name: client.get(ME).json()[name] for name in body} == body


def test_a_person_changes_their_own_and_nothing_else(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    body = {
        "display_name": "Ines",
        "time_zone": "Asia/Tokyo",
        "email": "x@y.example",
        "admin": True,
        "id": "1",
    }
    assert client.patch(ME, body, content_type=JSON).status_code == 200
    before = (user.email, user.public_id)
    user.refresh_from_db()
    assert (user.display_name, user.time_zone) == ("Ines", "Asia/Tokyo")
    assert (user.email, user.public_id, user.is_superuser) == (*before, False)


def test_a_name_may_be_taken_back_or_stay(client: Client) -> None:
    user = make_user(display_name="Support desk")
    client.force_login(user)
    assert client.patch(ME, {"display_name": "Support desk"}, content_type=JSON).status_code == 200
    assert client.patch(ME, {"display_name": " "}, content_type=JSON).json()["display_name"] == ""


def test_a_name_of_the_house_is_refused_by_code(client: Client) -> None:
    answer = client.patch(ME, {"display_name": "Supp0rt"}, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "name_reserved")


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"time_zone": "Mars/Olympus"}])
def test_what_is_not_valid_is_refused_by_field(client: Client, wrong: dict[str, str]) -> None:
    answer = client.patch(ME, wrong, content_type=JSON)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, list(wrong))


@pytest.mark.parametrize("signed_in", [True, False])
def test_other_sites_cannot_change_anything(signed_in: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(make_user())
    answer = client.patch(ME, {"display_name": "Mika"}, content_type=JSON)
    assert answer.status_code == 403
