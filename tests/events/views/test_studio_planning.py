import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalog.models import Brand
from events.models import ChecklistItem, Event, Series
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import make_event, make_event_host, make_host, make_ready_event, make_task

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


def coming_qixi() -> str:
    """The Qixi of China after next summer began, as the form names it."""
    days = {2027: date(2027, 8, 8), 2028: date(2028, 8, 26), 2029: date(2029, 8, 16), 2030: date(2030, 8, 5)}
    soon = timezone.localdate() + timedelta(days=60)
    return f"qixi.CN.{next(day for day in days.values() if day > soon)}"


def filled(client: Client, page: str) -> dict[str, Any]:
    """What the form at `page` would send, untouched."""
    form = client.get(page).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    return values | {"hosts-TOTAL_FORMS": "0", "hosts-INITIAL_FORMS": "0"}


def test_one_form_makes_the_show_with_its_steps_edition_and_invited_host(
    client: Client, producer: User, brand: Brand
) -> None:
    host = make_host(user=make_user(), markets=["CN"])
    page = f"/studio/events/new/?holiday={coming_qixi()}"
    data = filled(client, page)
    assert data["suggested"] == [host.slug]
    answer = client.post("/studio/events/new/", data | {"edition": "draft", "invite": "on"})
    event = Event.objects.get()
    assert answer["Location"] == f"/studio/events/{event.slug}/"
    assert event.holiday is not None
    assert event.edition is not None
    assert sorted(event.checklist.values_list("kind", flat=True)) == ["dispatch", "presale", "show", "tease"]
    assert [(row.host, row.state, row.share) for row in event.engagements.all()] == [
        (host, "invited", 10_000)
    ]


def test_without_an_invitation_the_ticked_hosts_take_their_seats(
    client: Client, producer: User, brand: Brand
) -> None:
    hosts = [make_host(), make_host()]
    data = filled(client, f"/studio/events/new/?holiday={coming_qixi()}")
    client.post("/studio/events/new/", data | {"suggested": [host.slug for host in hosts]})
    assert {row.share for row in Event.objects.get().event_hosts.all()} == {5_000}


def test_a_booked_host_keeps_the_show_from_being_made_and_is_named(
    client: Client, producer: User, brand: Brand
) -> None:
    host = make_host(name="Ines")
    data = filled(client, f"/studio/events/new/?holiday={coming_qixi()}") | {"suggested": [host.slug]}
    client.post("/studio/events/new/", data)
    answer = client.post("/studio/events/new/", data)
    codes = [one.code for one in answer.context["conflicts"]]
    assert (answer.status_code, Event.objects.count(), codes[0]) == (422, 1, "host_booked")
    assert b"Ines" in answer.content


def test_conflicts_are_told_while_typing_to_staff_only(client: Client, producer: User, brand: Brand) -> None:
    fields = {"day": "2027-03-28", "at": "02:30", "minutes": "60", "time_zone": "Europe/Paris"}
    asked = client.get("/studio/conflicts/", fields | {"brand": brand.slug}).json()["conflicts"]
    assert [(one["code"], one["severity"]) for one in asked] == [("time_skipped", "stop")]
    for nonsense in ({}, {"brand": brand.slug, "day": "x"}, fields | {"brand": make_brand().slug}):
        assert client.get("/studio/conflicts/", nonsense).json() == {"conflicts": []}
    assert client.get("/studio/conflicts/", {"event": make_event().slug}).status_code == 404


def details(event: Event, client: Client, **over: str) -> dict[str, str]:
    form = client.get(f"/studio/events/{event.slug}/").context["details"]
    values = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in values.items() if value is not None} | over


def test_two_people_who_change_different_fields_both_keep_theirs(
    client: Client, producer: User, brand: Brand
) -> None:
    event = make_event(brand=brand, title="Silk", now=timezone.now().replace(second=0, microsecond=0))
    url = f"/studio/events/{event.slug}/"
    mine, theirs = details(event, client, title="Linen"), details(event, client, summary="Their words")
    assert [client.post(url, sent).status_code for sent in (theirs, mine)] == [302, 302]
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Linen", "Their words")


def test_two_people_who_change_the_same_field_see_both_words(
    client: Client, producer: User, brand: Brand
) -> None:
    event = make_event(brand=brand, title="Silk", now=timezone.now().replace(second=0, microsecond=0))
    url = f"/studio/events/{event.slug}/"
    mine, theirs = details(event, client, title="Linen"), details(event, client, title="Wool")
    client.post(url, theirs)
    answer = client.post(url, mine)
    row = answer.context["meanwhile"][0]
    assert (answer.status_code, row.clash.mine, row.clash.theirs, row.revision.by) == (
        422, "Linen", "Wool", producer,
    )  # fmt: skip
    form = answer.context["details"]
    assert (form["title"].value(), json.loads(form["base"].value())["title"]) == ("Linen", "Wool")


def test_a_change_is_taken_back_and_done_again_from_the_history(
    client: Client, producer: User, brand: Brand
) -> None:
    event = make_event(brand=brand, title="Silk", now=timezone.now().replace(second=0, microsecond=0))
    url = f"/studio/events/{event.slug}/"
    client.post(url, details(event, client, title="Linen"))
    titles = []
    for _turn in range(2):
        entry = client.get(f"{url}?part=history").context["changes"][0]
        client.post(f"{url}history/{entry.revision.pk}/")
        titles.append(Event.objects.values_list("title", flat=True).get())
    assert titles == ["Silk", "Linen"]


def test_the_review_walks_through_the_page(client: Client, producer: User, brand: Brand) -> None:
    event = make_event(brand=brand)
    url = f"/studio/events/{event.slug}/review/"
    assert client.post(url, {"do": "ask", "text": "Please look"}).status_code == 302
    assert client.post(url, {"do": "approve", "version": "1"}).status_code == 422
    second = make_user()
    make_member(second, brand)
    client.force_login(second)
    assert client.post(url, {"do": "approve", "version": "1"}).status_code == 302
    event.refresh_from_db()
    assert event.review == "approved"


def test_tasks_are_written_ticked_changed_and_struck_out(
    client: Client, producer: User, brand: Brand
) -> None:
    event = make_event(brand=brand)
    url = f"/studio/events/{event.slug}/checklist/"
    client.post(url, {"task-text": "Flowers", "task-due_on": "2027-01-01"})
    item = event.checklist.get()
    one = f"{url}{item.public_id}/"
    prefix = item.public_id
    client.post(one, {f"{prefix}-text": "Roses", f"{prefix}-due_on": "", f"{prefix}-seen": "Flowers"})
    late = client.post(one, {f"{prefix}-text": "Tulips", f"{prefix}-due_on": "", f"{prefix}-seen": "Flowers"})
    client.post(one, {"do": "done"})
    item.refresh_from_db()
    assert (late.status_code, item.text, item.done_by) == (422, "Roses", producer)
    client.post(one, {"do": "remove"})
    assert event.checklist.count() == 0
    assert client.post(url, {"task-text": ""}).status_code == 422


def test_what_is_due_is_ticked_off_in_the_list_of_shows(client: Client, producer: User, brand: Brand) -> None:
    item = make_task(make_event(brand=brand), due_on=timezone.localdate())
    foreign = make_task(make_event(), due_on=timezone.localdate())
    items, more = client.get("/studio/").context["due"]
    assert (items, more) == ([item], False)
    answer = client.post(
        f"/studio/events/{item.event.slug}/checklist/{item.public_id}/", {"do": "done", "back": "due"}
    )
    assert (answer["Location"], client.get("/studio/").context["due"][0]) == ("/studio/#due", [])
    assert ChecklistItem.objects.get(pk=foreign.pk).done_at is None


def test_a_series_is_looked_at_before_its_drafts_are_made(
    client: Client, producer: User, brand: Brand
) -> None:
    data = {
        "brand": brand.slug, "title": "Wednesday silk", "day": "2030-03-20", "at": "20:00", "minutes": "60",
        "time_zone": "Europe/Paris", "currency": "EUR", "summary": "", "every": "week", "count": "3",
        "hosts-TOTAL_FORMS": "0", "hosts-INITIAL_FORMS": "0",
    }  # fmt: skip
    looked = client.post("/studio/series/new/", data | {"do": "preview"})
    assert (looked.status_code, len(looked.context["rows"]), Series.objects.count()) == (200, 3, 0)
    client.post("/studio/series/new/", data | {"do": "create", "skip": "2030-03-27"})
    made = list(Event.objects.order_by("starts_at"))
    assert [show.starts_at.isoformat() for show in made] == [
        "2030-03-20T19:00:00+00:00",
        "2030-04-03T18:00:00+00:00",
    ]
    assert client.post("/studio/series/new/", data | {"count": "1"}).status_code == 422
    client.post(f"/studio/events/{made[0].slug}/", details(made[0], client, title="Silk", scope="following"))
    assert set(Event.objects.values_list("title", flat=True)) == {"Silk"}
    client.post(f"/studio/events/{made[0].slug}/detach/")
    assert Series.objects.get().events.count() == 1


def test_a_past_show_is_repeated_from_its_page(client: Client, producer: User, brand: Brand) -> None:
    event = make_ready_event(brand=brand, state="ended")
    assert client.get(f"/studio/events/{event.slug}/").context["turn"] is not None
    client.post(f"/studio/events/{event.slug}/repeat/")
    made = Event.objects.get(repeats=event)
    assert (made.state, made.lineup.count()) == ("draft", 2)


def test_moving_a_show_onto_another_of_its_host_is_stopped_beside_the_time(
    client: Client, producer: User, brand: Brand
) -> None:
    host = make_host()
    busy, event = make_event(brand=brand), make_event(brand=brand)
    for show in (busy, event):
        make_event_host(show, host=host)
    at = {"day": "2030-05-05", "at": "20:00", "minutes": "60"}
    assert client.post(f"/studio/events/{busy.slug}/", details(busy, client, **at)).status_code == 302
    answer = client.post(f"/studio/events/{event.slug}/", details(event, client, **at))
    assert (answer.status_code, list(answer.context["details"].errors)) == (422, ["at"])
