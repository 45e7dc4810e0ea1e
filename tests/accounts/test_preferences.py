"""Language and zone: the account first, then what the browser says."""

import pytest
from django.test import Client

from accounts.domain.preferences import language_or_blank, offered_zones, prefer, zone_or_blank, zones
from accounts.models import User
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


def zone_and_language(client: Client) -> tuple[str, str]:
    me = client.get(ME).json()
    return me["time_zone"], me["language"]


def test_only_real_zones_and_our_languages_are_kept() -> None:
    wrong = ["", None, "Mars/Olympus", "../../etc/passwd", "europe/paris", "America"]
    assert [zone_or_blank(zone) for zone in wrong] == [""] * 6
    assert zone_or_blank("Asia/Kathmandu") == "Asia/Kathmandu"
    assert [language_or_blank(code) for code in ["en", "zh-hans", "xx", None]] == ["en", "zh-hans", "", ""]


def test_people_choose_from_cities() -> None:
    assert offered_zones()[-1] == "UTC"
    assert {"Europe/Paris", "Asia/Tokyo"} <= set(offered_zones()) <= zones()
    assert "Etc/GMT+5" not in offered_zones()


def test_a_stranger_reads_utc_in_english(client: Client) -> None:
    assert zone_and_language(client) == ("UTC", "en")


def test_a_guest_reads_in_the_browsers_zone_and_language(client: Client) -> None:
    client.cookies["seenow_zone"] = "Asia/Tokyo"
    client.cookies["django_language"] = "zh-hans"
    assert zone_and_language(client) == ("Asia/Tokyo", "zh-hans")
    client.cookies["seenow_zone"] = "Mars/Olympus"
    assert zone_and_language(client)[0] == "UTC"


def test_the_browsers_list_of_languages_is_the_last_word(client: Client) -> None:
    answer = client.get(ME, headers={"Accept-Language": "zh-CN,zh;q=0.9"}).json()
    assert answer["language"] == "zh-hans"


def test_the_account_wins_over_the_browser(client: Client) -> None:
    client.cookies["seenow_zone"] = "Asia/Tokyo"
    client.cookies["django_language"] = "en"
    client.force_login(make_user(language="zh-hans", time_zone="Europe/Paris"))
    assert zone_and_language(client) == ("Europe/Paris", "zh-hans")
    assert client.get("/account/profile/")["Content-Language"] == "zh-hans"


def test_prefer_keeps_what_is_valid_and_leaves_the_rest() -> None:
    user = make_user(language="en", time_zone="Asia/Tokyo")
    prefer(user, language="xx", time_zone="Europe/Paris")
    prefer(user)
    assert list(User.objects.filter(pk=user.pk).values_list("language", "time_zone")) == [
        ("en", "Europe/Paris")
    ]
    assert user.time_zone == "Europe/Paris"


def test_the_footer_switch_keeps_the_language_in_a_cookie(client: Client) -> None:
    answer = client.post("/account/language/", {"language": "zh-hans", "next": "/account/login/"})
    assert (answer["Location"], answer.cookies["django_language"].value) == ("/account/login/", "zh-hans")


def test_the_footer_switch_keeps_the_language_on_the_account(client: Client) -> None:
    user = make_user(language="en")
    client.force_login(user)
    client.post("/account/language/", {"language": "zh-hans"})
    user.refresh_from_db()
    assert user.language == "zh-hans"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_switch_leads_nowhere_else(client: Client, away: str) -> None:
    answer = client.post("/account/language/", {"language": "xx", "next": away})
    assert (answer["Location"], "django_language" in answer.cookies) == ("/", False)


def test_the_switch_is_a_post(client: Client) -> None:
    assert client.get("/account/language/").status_code == 405


def test_the_profile_keeps_name_language_and_zone(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    fields = {"display_name": " Ines  R ", "language": "zh-hans", "time_zone": "Asia/Kathmandu"}
    answer = client.post("/account/profile/", fields)
    assert (answer.status_code, answer.cookies["django_language"].value) == (302, "zh-hans")
    user.refresh_from_db()
    assert (user.display_name, user.language, user.time_zone) == ("Ines R", "zh-hans", "Asia/Kathmandu")


@pytest.mark.parametrize(
    "wrong", [{"display_name": "Support"}, {"language": "xx"}, {"time_zone": "Mars/Olympus"}]
)
def test_the_profile_refuses_what_is_not_valid(client: Client, wrong: dict[str, str]) -> None:
    user = make_user(display_name="Ines")
    client.force_login(user)
    fields = {"display_name": "New", "language": "", "time_zone": ""} | wrong
    assert client.post("/account/profile/", fields).status_code == 200
    user.refresh_from_db()
    assert (user.display_name, user.language, user.time_zone) == ("Ines", "", "")


def test_a_name_given_by_the_house_may_stay(client: Client) -> None:
    user = make_user(display_name="Support desk", time_zone="US/Eastern")
    client.force_login(user)
    fields = {"display_name": "Support desk", "language": "", "time_zone": "US/Eastern"}
    assert client.post("/account/profile/", fields).status_code == 302
    assert client.post("/account/profile/", fields | {"display_name": ""}).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.time_zone) == ("", "US/Eastern")


def test_the_profile_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get("/account/profile/")["Location"] == "/account/login/?next=/account/profile/"
