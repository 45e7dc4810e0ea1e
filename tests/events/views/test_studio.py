from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand
from events.models import Event
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_variant
from tests.factories.events import (
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
    make_ready_event,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return make_brand(name="Maison")


@pytest.fixture
def producer(client: Client, brand: Brand) -> User:
    user = make_user()
    make_member(user, brand)
    client.force_login(user)
    return user


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def details(event: Event, **over: str) -> dict[str, str]:
    return {
        "title": event.title, "holiday": "", "day": "2030-12-16", "at": "20:00", "minutes": "60",
        "time_zone": "Europe/Paris", "currency": "EUR", "summary": "Words", "version": "1",
    } | over  # fmt: skip


def new(brand: Brand, **over: str) -> dict[str, str]:
    return {
        "brand": brand.slug, "title": "Qixi with Maison", "holiday": "", "day": "2030-08-05", "at": "20:00",
        "minutes": "60", "time_zone": "Asia/Shanghai", "currency": "EUR", "summary": "",
        "hosts-TOTAL_FORMS": "1", "hosts-INITIAL_FORMS": "0", "hosts-0-host": "", "hosts-0-share": "",
    } | over  # fmt: skip


PAGES = ["/studio/", "/studio/events/new/", "/studio/events/the-show/"]


@pytest.mark.parametrize("page", PAGES)
def test_guests_are_asked_to_sign_in(client: Client, page: str) -> None:
    make_event(slug="the-show")
    assert client.get(page).url == f"/account/login/?next={page}"  # type: ignore[attr-defined]  # a redirect


def test_people_without_a_brand_have_no_studio(client: Client) -> None:
    make_event(slug="the-show")
    client.force_login(make_user())
    assert [client.get(page).status_code for page in PAGES] == [403, 403, 404]


def test_other_brands_shows_are_not_there_and_other_roles_may_not(client: Client, producer: User) -> None:
    foreign = make_event()
    ours_as_moderator = make_event()
    make_member(producer, ours_as_moderator.brand, Role.MODERATOR)
    suffixes = ("", "state/", "hosts/", "staff/", "lineup/", "lineup/x/")
    for event, status in ((foreign, 404), (ours_as_moderator, 403)):
        base = f"/studio/events/{event.slug}/"
        assert [client.post(base + end).status_code for end in suffixes] == [status] * 6
        assert client.get(base).status_code == status


def test_the_list_groups_by_state_and_names_the_next_step(
    client: Client, producer: User, brand: Brand
) -> None:
    now = timezone.now()
    make_ready_event(brand=brand, state="live", now=now)
    make_ready_event(brand=brand, state="scheduled", now=now)
    make_event(brand=brand, now=now)
    make_ready_event(state="live", now=now)  # of another brand
    groups = client.get("/studio/").context["groups"]
    assert [(group.state, [row.next_step for row in rows]) for group, rows in groups] == [
        ("live", ["Follow it"]),
        ("scheduled", ["Rehearse"]),
        ("draft", ["Assign a host."]),
    ]


def test_the_list_asks_a_bounded_number_of_queries(
    client: Client, producer: User, brand: Brand, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_ready_event(brand=brand)
    with django_assert_max_num_queries(20):
        assert client.get("/studio/").status_code == 200


def test_a_new_show_begins_with_the_day(client: Client, producer: User) -> None:
    page = client.get("/studio/events/new/?market=CN")
    assert {day.markets for day, _places, _taken in page.context["rows"]} == {("CN",)}
    day, places, taken = page.context["rows"][0]
    assert (taken, client.get("/studio/events/new/?market=ZZ").context["market"]) == (False, "")
    form = client.get(f"/studio/events/new/?holiday={places[0][1]}").context["form"]
    assert (form.initial["day"], form.initial["time_zone"], form.initial["currency"]) == (
        day.starts_on, "Asia/Shanghai", "EUR",
    )  # fmt: skip
    assert form.initial["title"].endswith("with Maison")
    assert "title" not in client.get("/studio/events/new/?holiday=none").context["form"].initial


def test_a_new_show_is_a_draft_with_hosts(client: Client, producer: User, brand: Brand) -> None:
    host = make_host()
    answer = client.post("/studio/events/new/", new(brand, **{"hosts-0-host": str(host.pk)}))
    event = Event.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/studio/events/{event.slug}/")
    assert (event.state, event.brand, [row.share for row in event.event_hosts.all()]) == (
        "draft",
        brand,
        [10_000],
    )
    assert event.starts_at.isoformat() == "2030-08-05T12:00:00+00:00"


def test_bad_input_comes_back_as_it_was_typed(client: Client, producer: User, brand: Brand) -> None:
    answer = client.post("/studio/events/new/", new(brand, minutes="5", title="My words"))
    assert (answer.status_code, answer.context["form"]["title"].value(), Event.objects.count()) == (
        422,
        "My words",
        0,
    )
    assert "minutes" in answer.context["form"].errors


def test_a_show_cannot_be_made_for_another_brand(client: Client, producer: User) -> None:
    answer = client.post("/studio/events/new/", new(make_brand()))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["brand"])


def test_staff_of_one_show_have_a_studio_but_make_none(client: Client) -> None:
    user, event = make_user(), make_event()
    make_event_staff(event, user=user)
    client.force_login(user)
    pages = ("/studio/", f"/studio/events/{event.slug}/", "/studio/events/new/")
    assert [client.get(page).status_code for page in pages] == [200, 200, 403]


def test_details_are_saved_in_the_shows_own_zone(client: Client, producer: User, brand: Brand) -> None:
    event = make_event(brand=brand)
    answer = client.post(f"/studio/events/{event.slug}/", details(event, time_zone="Asia/Tokyo"))
    event.refresh_from_db()
    assert (answer.status_code, event.starts_at.isoformat(), event.summary) == (
        302,
        "2030-12-16T11:00:00+00:00",
        "Words",
    )


def test_two_editors_are_shown_the_conflict_and_keep_their_text(
    client: Client, producer: User, brand: Brand
) -> None:
    event = make_event(brand=brand)
    client.post(f"/studio/events/{event.slug}/", details(event, title="First"))
    answer = client.post(f"/studio/events/{event.slug}/", details(event, title="Second"))
    form = answer.context["details"]
    assert (answer.status_code, form["title"].value(), form["version"].value()) == (422, "Second", "2")
    again = client.post(f"/studio/events/{event.slug}/", details(event, title="Second", version="2"))
    assert (again.status_code, Event.objects.get().title) == (302, "Second")


def test_details_of_a_past_show_stay(client: Client, producer: User, brand: Brand) -> None:
    event = make_ready_event(brand=brand, state="ended")
    answer = client.post(f"/studio/events/{event.slug}/", details(event, title="x"))
    assert (answer.status_code, Event.objects.get().title) == (422, event.title)
    assert b"The show is over" in client.get(f"/studio/events/{event.slug}/").content


def test_wrong_details_are_told_beside_their_field(client: Client, producer: User, brand: Brand) -> None:
    event = make_event(brand=brand)
    answer = client.post(f"/studio/events/{event.slug}/", details(event, at=""))
    assert (answer.status_code, list(answer.context["details"].errors)) == (422, ["at"])


def test_state_buttons_walk_the_table(client: Client, producer: User, brand: Brand) -> None:
    event = make_ready_event(brand=brand, now=timezone.now())
    url = f"/studio/events/{event.slug}/"
    for to in ("scheduled", "rehearsal", "live", "ended", "replay"):
        offered = [value for value, _label in client.get(url).context["steps"]]
        assert to in offered
        client.post(f"{url}state/", {"to": to})
    event.refresh_from_db()
    assert (event.state, event.changes.count(), event.changes.last().by) == ("replay", 5, producer)  # type: ignore[union-attr]  # five rows


def test_a_step_that_is_not_possible_is_explained(client: Client, producer: User, brand: Brand) -> None:
    event = make_event(brand=brand, now=timezone.now())
    url = f"/studio/events/{event.slug}/state/"
    assert told(client.post(url, {"to": "scheduled"})) == [
        "Assign a host. Put at least one product in the line-up."
    ]
    assert told(client.post(url, {"to": "nonsense"}))[-1] == "There is no such state."
    event.refresh_from_db()
    assert event.state == "draft"


def test_the_page_lists_what_is_missing_and_unpriced(client: Client, producer: User, brand: Brand) -> None:
    event = make_event(brand=brand, now=timezone.now())
    product = make_product(brand=brand, name="Nuit")
    make_variant(product=product, currency="JPY")
    make_lineup_item(event, product=product)
    page = client.get(f"/studio/events/{event.slug}/")
    assert (page.context["missing"], page.context["unpriced"]) == (["Assign a host."], [product])


def test_hosts_are_replaced_or_refused(client: Client, producer: User, brand: Brand) -> None:
    event, host = make_event(brand=brand), make_host()
    make_event_host(event)
    url = f"/studio/events/{event.slug}/hosts/"
    rows = {"hosts-TOTAL_FORMS": "1", "hosts-INITIAL_FORMS": "0", "hosts-0-host": str(host.pk)}
    assert client.post(url, rows | {"hosts-0-share": "90"}).status_code == 422
    assert client.post(url, rows | {"hosts-0-share": ""}).status_code == 302
    assert [(row.host, row.share) for row in event.event_hosts.all()] == [(host, 10_000)]


def test_removing_every_host_is_refused_with_words(client: Client, producer: User, brand: Brand) -> None:
    event = make_ready_event(brand=brand)
    rows = {"hosts-TOTAL_FORMS": "1", "hosts-INITIAL_FORMS": "0", "hosts-0-host": "", "hosts-0-share": ""}
    answer = client.post(f"/studio/events/{event.slug}/hosts/", rows)
    assert (answer.status_code, told(answer), event.event_hosts.count()) == (
        422, ["The shares add up to 0 %, not 100 %."], 1,
    )  # fmt: skip


def test_staff_come_and_go(client: Client, producer: User, brand: Brand) -> None:
    event, helper = make_event(brand=brand), make_user()
    url = f"/studio/events/{event.slug}/staff/"
    assert client.post(url, {"staff-email": helper.email, "staff-role": "moderator"}).status_code == 302
    assert client.post(url, {"staff-email": "nobody@x.example", "staff-role": "moderator"}).status_code == 422
    assert [(row.user, row.role) for row in event.staff.all()] == [(helper, "moderator")]
    client.post(url, {"remove": helper.public_id, "role": "no-role"})
    assert event.staff.count() == 1
    client.post(url, {"remove": helper.public_id, "role": "moderator"})
    assert event.staff.count() == 0


def test_the_run_of_show_is_edited_without_script(client: Client, producer: User, brand: Brand) -> None:
    event = make_event(brand=brand)
    url = f"/studio/events/{event.slug}/lineup/"
    one, two = make_product(brand=brand, name="One"), make_product(brand=brand, name="Two")
    for product in (one, two):
        client.post(
            url, {"add-product": product.public_id, "add-planned_second": "", "add-talking_points": ""}
        )
    second = event.lineup.get(product=two)
    item = f"{url}{second.public_id}/"

    def order() -> list[str]:
        return [row.product.name for row in event.lineup.all()]

    client.post(item, {"do": "up"})
    assert order() == ["Two", "One"]
    client.post(item, {"do": "down"})
    assert order() == ["One", "Two"]
    points = {f"{second.public_id}-planned_second": "7:30", f"{second.public_id}-talking_points": "Slowly."}
    client.post(item, {"do": "save"} | points)
    second.refresh_from_db()
    assert (second.planned_second, second.talking_points) == (450, "Slowly.")
    assert client.post(item, {"do": "save"}).status_code == 422
    client.post(item, {"do": "remove"})
    assert order() == ["One"]
    assert client.post(f"{url}nothing/", {"do": "up"}).status_code == 404


def test_only_products_of_the_brand_can_be_added(client: Client, producer: User, brand: Brand) -> None:
    event = make_event(brand=brand)
    answer = client.post(f"/studio/events/{event.slug}/lineup/", {"add-product": make_product().public_id})
    assert (answer.status_code, event.lineup.count()) == (422, 0)


def test_a_refused_change_of_a_past_line_up_is_told(client: Client, producer: User, brand: Brand) -> None:
    event = make_ready_event(brand=brand, state="replay")
    item = event.lineup.first()
    assert item is not None
    url = f"/studio/events/{event.slug}/lineup/"
    assert told(client.post(f"{url}{item.public_id}/", {"do": "remove"})) == [
        "The show is over. Its line-up stays as it was shown."
    ]
    extra = make_product(brand=brand)
    assert client.post(url, {"add-product": extra.public_id}).status_code == 422


def test_the_planner_shows_what_stands_on_the_days(client: Client, producer: User, brand: Brand) -> None:
    planner = client.get("/studio/").context["planner"]
    assert len(planner) == 8
    client.post(
        "/studio/events/new/",
        new(brand, holiday=planner[0].token, day=str(timezone.localdate() + timedelta(days=1))),
    )
    again = client.get("/studio/").context["planner"]
    assert [show.title for show in again[0].shows] == ["Qixi with Maison"]
