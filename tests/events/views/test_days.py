"""Days in the studio, the page of a holiday, and the colours of a brand's own days."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Mail, User
from catalog.models import Brand
from events.enums import EventState
from events.models import Event, HolidayOccurrence, MovedDay, OwnDay
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import (
    make_assortment,
    make_event,
    make_event_host,
    make_holiday,
    make_host,
    make_own_day,
)

pytestmark = pytest.mark.django_db

GOOD: dict[str, Any] = {
    "name_en": "Founder's day", "name_zh": "创始人日", "greeting_en": "", "greeting_zh": "",
    "ground": "#17130F", "ink": "#F4EEDC", "markets": ["FR"], "rule": "nth-weekday",
    "month": "3", "day": "", "nth": "2",
    "weekday": "friday", "rite": "", "offset": "", "days": "1", "note": "",
}  # fmt: skip
MOVE = "/studio/days/qixi/CN/2030-08-05/"


@pytest.fixture
def brand() -> Brand:
    return make_brand(country="CN")


@pytest.fixture
def producer(brand: Brand, client: Client) -> User:
    user = make_user()
    make_member(user, brand, Role.PRODUCER)
    client.force_login(user)
    return user


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def test_the_year_of_the_brands_market_is_listed(client: Client, producer: User, brand: Brand) -> None:
    answer = client.get("/studio/days/?year=2033")
    keys = [row.day.key for row in answer.context["rows"]]
    assert (answer.status_code, answer.context["market"], answer.context["year"]) == (200, "CN", 2033)
    assert keys[:4] == ["new-year", "laba", "lunar-new-year", "lantern-festival"]
    assert "2033" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "market", "year"),
    [("?market=jp&year=2029", "JP", 2029), ("?market=ZZ&year=1900", "CN", 2000), ("?year=99999", "CN", None)],
)
def test_odd_addresses_show_the_nearest_there_is(
    query: str, market: str, year: int | None, client: Client, producer: User
) -> None:
    answer = client.get(f"/studio/days/{query}")
    assert answer.context["market"] == market
    assert answer.context["year"] == (year or timezone.localdate().year)


def test_the_list_costs_the_same_whatever_stands_on_it(
    client: Client, producer: User, brand: Brand, django_assert_max_num_queries: Any
) -> None:
    counts = []
    row = make_holiday(key="qixi", market="CN", starts_on=date(2030, 8, 5), ends_on=date(2030, 8, 5))
    for size in (1, 6):
        for _ in range(size):
            make_event(holiday=row, brand=brand)
            make_own_day(brand)
        with django_assert_max_num_queries(12) as seen:
            client.get("/studio/days/?market=CN&year=2030")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_day_is_made_and_its_dates_are_shown_before(client: Client, producer: User, brand: Brand) -> None:
    shown = client.post("/studio/days/new/", GOOD | {"do": "preview"})
    assert (shown.status_code, OwnDay.objects.count(), len(shown.context["preview"])) == (200, 0, 5)
    made = client.post("/studio/days/new/", GOOD)
    day = OwnDay.objects.get()
    assert (made.status_code, day.brand, day.rule) == (
        302, brand, {"rule": "nth-weekday", "month": 3, "nth": 2, "weekday": "friday"},
    )  # fmt: skip
    listed = client.get(made["Location"]).content.decode()
    assert "Founder&#x27;s day" in listed


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name_en": ""}, "name_en"),
        ({"name_zh": ""}, "name_zh"),
        ({"markets": []}, "markets"),
        ({"markets": ["ZZ"]}, "markets"),
        ({"ground": "blue"}, "ground"),
        ({"ink": "#222222"}, "ink"),
        ({"rule": "moon"}, "rule"),
        ({"rule": "fixed", "day": ""}, "day"),
        ({"rule": "fixed", "day": "40"}, "day"),
        ({"rule": "fixed", "month": "2", "day": "31"}, "rule"),
        ({"rule": "lunar", "day": "31"}, "rule"),
        ({"month": ""}, "month"),
        ({"nth": ""}, "nth"),
        ({"weekday": ""}, "weekday"),
        ({"rule": "easter", "rite": ""}, "rite"),
        ({"offset": "900"}, "offset"),
        ({"days": "0"}, "days"),
        ({"days": ""}, "days"),
        ({"note": "x" * 2001}, "note"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    change: dict[str, Any], place: str, client: Client, producer: User
) -> None:
    answer = client.post("/studio/days/new/", GOOD | change)
    assert (answer.status_code, list(errors(answer)), OwnDay.objects.count()) == (422, [place], 0)
    assert "field__error" in answer.content.decode()


def test_a_day_is_edited_and_a_second_writer_keeps_their_text(
    client: Client, producer: User, brand: Brand
) -> None:
    day = make_own_day(brand)
    address = reverse("studio-day", args=[day.key])
    assert client.get(address).context["form"].initial["rule"] == "fixed"
    saved = client.post(address, GOOD | {"version": "1", "name_en": "First stitch"})
    late = client.post(address, GOOD | {"version": "1", "name_en": "Second stitch"})
    day.refresh_from_db()
    assert (saved.status_code, late.status_code, day.names["en"]) == (302, 422, "First stitch")
    assert list(errors(late)) == ["__all__"]
    again = late.context["form"].data
    assert (again["name_en"], again["version"], again.getlist("markets")) == ("Second stitch", "2", ["FR"])


def test_a_day_is_deleted_unless_a_show_stands_on_it(client: Client, producer: User, brand: Brand) -> None:
    day = make_own_day(brand)
    row = HolidayOccurrence.objects.create(
        key=day.key, market="FR", starts_on="2030-03-05", ends_on="2030-03-05", own_day=day
    )
    event = make_event(brand=brand, holiday=row, title="First stitch")
    address = reverse("studio-day", args=[day.key])
    kept = client.post(address, {"do": "delete"}, follow=True)
    assert ("First stitch" in kept.content.decode(), OwnDay.objects.count()) == (True, 1)
    Event.objects.filter(pk=event.pk).delete()
    client.post(address, {"do": "delete"})
    assert OwnDay.objects.count() == 0


def test_moving_a_day_says_which_shows_it_concerns(client: Client, producer: User, brand: Brand) -> None:
    row = make_holiday(key="qixi", market="CN", starts_on=date(2030, 8, 5), ends_on=date(2030, 8, 5))
    event = make_event(brand=brand, holiday=row, title="Two threads", state=EventState.SCHEDULED)
    make_event_host(event, host=make_host(user=make_user()))
    page = client.get(MOVE)
    assert [one.pk for one in page.context["concerned"].events] == [event.pk]
    sent = {
        "kept": "moved",
        "starts_on": "2030-08-06",
        "ends_on": "2030-08-06",
        "reason": "Decree",
        "seen": "",
    }
    answer = client.post(MOVE, sent, follow=True)
    assert "Two threads" in answer.content.decode()
    assert (str(MovedDay.objects.get().starts_on), Mail.objects.count()) == ("2030-08-06", 1)
    assert MovedDay.objects.get().brand == brand
    late = client.post(MOVE, sent | {"starts_on": "2030-08-07", "ends_on": "2030-08-07"})
    assert (late.status_code, list(errors(late))) == (422, ["__all__"])
    back = client.post(MOVE, {"kept": "rule", "seen": late.context["form"].data["seen"]})
    assert (back.status_code, MovedDay.objects.count()) == (302, 0)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kept": ""}, "kept"),
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "2030-02-31"}, "starts_on"),
        ({"ends_on": ""}, "ends_on"),
        ({"ends_on": "2030-08-01"}, "ends_on"),
        ({"starts_on": "2030-12-06", "ends_on": "2030-12-06"}, "starts_on"),
        ({"reason": " "}, "reason"),
        ({"kept": "off", "reason": ""}, "reason"),
    ],
)
def test_a_move_that_cannot_be_is_told_beside_its_field(
    change: dict[str, str], place: str, client: Client, producer: User
) -> None:
    sent = {
        "kept": "moved",
        "starts_on": "2030-08-06",
        "ends_on": "2030-08-06",
        "reason": "Decree",
        "seen": "",
    }
    answer = client.post(MOVE, sent | change)
    assert (answer.status_code, list(errors(answer)), MovedDay.objects.count()) == (422, [place], 0)


def test_a_producer_cannot_speak_for_everybody(client: Client, producer: User, brand: Brand) -> None:
    sent = {"kept": "off", "reason": "Decree", "seen": "", "everybody": "on"}
    assert client.post(MOVE, sent).status_code == 403
    assert MovedDay.objects.count() == 0
    client.force_login(make_superuser())
    assert client.post(f"{MOVE}?brand={brand.slug}", sent).status_code == 302
    assert MovedDay.objects.get().brand is None


@pytest.mark.parametrize(
    "address",
    [
        "/studio/days/nobodys/CN/2030-08-05/", "/studio/days/qixi/FR/2030-08-05/",
        "/studio/days/qixi/CN/2030-08-06/", "/studio/days/qixi/CN/2030-02-31/", "/studio/days/qixi/CN/soon/",
        "/studio/days/own/nobodys/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address: str, client: Client, producer: User) -> None:
    assert client.get(address).status_code == 404


def test_another_brands_days_are_not_found(client: Client, producer: User) -> None:
    theirs = make_own_day(make_brand())
    assert [
        client.get(address).status_code
        for address in (
            f"/studio/days/own/{theirs.key}/", f"/studio/days/{theirs.key}/FR/2030-03-05/",
            f"/studio/days/?brand={theirs.brand.slug}",
        )
    ] == [404, 404, 404]  # fmt: skip
    assert theirs.key not in client.get("/studio/days/?market=FR").content.decode()


# --- The page of a holiday --------------------------------------------------------------------------------


def test_a_holiday_says_what_it_is_and_who_shows_for_it(client: Client) -> None:
    day = make_holiday(key="qixi", market="CN", starts_on=date(2030, 8, 5), ends_on=date(2030, 8, 5))
    now = timezone.now()
    shown = make_event(holiday=day, state=EventState.SCHEDULED, title="Two threads", now=now)
    make_event(holiday=day, title="Still a draft", now=now)
    edition = make_assortment(holiday=day, published_at=now, closes_at=now + timedelta(days=3))
    answer = client.get("/holidays/qixi/")
    html = answer.content.decode()
    assert [card.event.pk for card in answer.context["shows"]] == [shown.pk]
    assert [one.pk for one in answer.context["editions"]] == [edition.pk]
    assert ("umbrellas" in html, "七夕" in html, "Still a draft" in html) == (True, True, False)


def test_a_holiday_reads_in_chinese(client: Client) -> None:
    html = client.get("/holidays/qixi/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "忌送鞋" in html


def test_a_brands_own_day_is_public_once_a_show_on_it_is(client: Client) -> None:
    day = make_own_day(make_brand())
    row = HolidayOccurrence.objects.create(
        key=day.key, market="FR", starts_on="2030-03-05", ends_on="2030-03-05", own_day=day
    )
    event = make_event(brand=day.brand, holiday=row)
    address = reverse("holiday", args=[day.key])
    assert (client.get(address).status_code, client.get("/holidays/nobodys/").status_code) == (404, 404)
    Event.objects.filter(pk=event.pk).update(state=EventState.SCHEDULED)
    assert "Founder&#x27;s day" in client.get(address).content.decode()


def test_the_staff_of_the_brand_see_its_day_before(client: Client, producer: User, brand: Brand) -> None:
    day = make_own_day(brand)
    assert client.get(reverse("holiday", args=[day.key])).status_code == 200


def test_the_colours_of_own_days_are_a_stylesheet(client: Client) -> None:
    day = make_own_day(make_brand(), ground="#102030", ink="#F0F0F0")
    answer = client.get(reverse("own-days-css"))
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer.content.decode() == (
        f'[data-holiday="{day.key}"] {{ --festival-ground: #102030; --festival-writing: #F0F0F0; }}'
    )
