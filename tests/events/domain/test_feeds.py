"""Feeds that calendars follow: what is in them, what never is, and how an entry goes away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.domain import feeds
from events.domain.agenda import Narrowing
from events.domain.following import follow
from events.domain.lifecycle import advance
from events.domain.saving import save_event
from events.domain.scheduling import edit_event
from events.enums import EventState
from events.models import Event, StateChange
from tests.events.domain.calendar_readers import Entry, read
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_holiday,
    make_host,
    make_niche,
    make_ready_event,
)

pytestmark = pytest.mark.django_db
SITE = "https://shop.example/"


def entries(narrowed: Narrowing | None = None, *, now: object = NOW) -> list[Entry]:
    feed = feeds.public_feed(narrowed or Narrowing(), name="SeeNow", site=SITE, now=now)  # type: ignore[arg-type]
    return read(feed.body(lambda event: f"{SITE}events/{event.slug}/"))


def uids(found: list[Entry]) -> set[str]:
    return {entry["uid"] for entry in found}


def uid(event: Event) -> str:
    return f"{event.public_id}@seenow"


def test_the_public_feed_has_public_shows_around_now() -> None:
    make_event(state="draft")
    coming, live = make_event(state="scheduled"), make_event(state="live")
    make_event(state="scheduled", starts_at=NOW + timedelta(days=500), ends_at=NOW + timedelta(days=501))
    over = make_event(state="replay")
    make_event(state="replay", starts_at=NOW - timedelta(days=20), ends_at=NOW - timedelta(days=19))
    assert uids(entries()) == {uid(coming), uid(live), uid(over)}


def test_a_feed_tells_how_often_to_look_and_what_it_is_called() -> None:
    feed = feeds.public_feed(Narrowing(), name="SeeNow · China", site=SITE, now=NOW)
    lines = feed.body(lambda event: SITE).decode().split("\r\n")
    assert {
        "METHOD:PUBLISH",
        "NAME:SeeNow · China",
        "X-WR-CALNAME:SeeNow · China",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    } <= set(lines)


def test_a_cancelled_show_stays_ninety_days_as_cancelled() -> None:
    event = make_ready_event(state="scheduled")
    advance(event, EventState.CANCELLED, by=None, now=NOW, note="The  host\nis ill.")
    (entry,) = entries()
    assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)
    assert len(entries(now=NOW + timedelta(days=90))) == 1
    assert entries(now=NOW + timedelta(days=90, seconds=1)) == []


def test_a_show_taken_back_is_cancelled_and_shows_nothing_of_the_new_plan() -> None:
    event = make_ready_event(
        state="scheduled", title="Silk", summary="At the mill", brand=make_brand(name="M")
    )
    known = event.starts_at
    advance(event, EventState.DRAFT, by=None, now=NOW)
    secret = known + timedelta(days=3)
    edit_event(
        event, version=event.version, now=NOW, title="A secret", summary="Hush",
        starts_at=secret, ends_at=secret + timedelta(hours=1),
    )  # fmt: skip
    (entry,) = entries()
    assert entry == {
        "uid": uid(event), "dtstamp": NOW, "last-modified": NOW, "sequence": 1, "status": "CANCELLED",
        "dtstart": known, "dtend": known + timedelta(hours=2), "summary": "Cancelled: M",
        "transp": "TRANSPARENT",
    }  # fmt: skip


def test_a_show_announced_again_is_confirmed_with_a_higher_sequence() -> None:
    event = make_ready_event(state="scheduled")
    advance(event, EventState.DRAFT, by=None, now=NOW)
    (gone,) = entries()
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    (back,) = entries()
    assert (gone["uid"], gone["sequence"], gone["status"]) == (back["uid"], 1, "CANCELLED")
    assert (back["sequence"], back["status"]) == (2, "CONFIRMED")


def test_a_draft_that_was_never_public_is_in_no_feed() -> None:
    event = make_event()
    StateChange.objects.create(event=event, before="draft", after="scheduled", by=None, at=NOW)
    assert entries() == []


def test_a_feed_narrows_as_the_page_does() -> None:
    niche, child = make_niche(slug="silk"), make_niche(slug="scarves")
    child.parent = niche
    child.save()
    host = make_host(languages=["zh-Hans"])
    host.niches.add(child)
    event = make_event(state="scheduled", brand=make_brand(slug="maison"), holiday=make_holiday())
    make_event_host(event, host=host)
    make_event(state="scheduled")
    wanted = {
        "market": "CN", "holiday": "singles-day", "niche": "silk", "brand": "maison", "language": "zh",
    }  # fmt: skip
    for name, value in wanted.items():
        assert uids(entries(Narrowing(**{name: value}))) == {uid(event)}, name
    assert uids(entries(Narrowing(**wanted))) == {uid(event)}
    assert entries(Narrowing(**(wanted | {"market": "FR"}))) == []


def test_the_tag_changes_with_what_is_in_the_feed_and_only_then() -> None:
    event = make_ready_event(state="scheduled")

    def tag() -> str:
        return feeds.public_feed(Narrowing(), name="SeeNow", site=SITE, now=NOW).etag

    first = tag()
    assert tag() == first
    edit_event(event, version=event.version, now=NOW, title="Another")
    second = tag()
    advance(event, EventState.CANCELLED, by=None, now=NOW)
    assert len({first, second, tag()}) == 3


def test_ones_own_feed_has_what_one_keeps_and_follows() -> None:
    user, host = make_user(), make_host()
    kept, followed = make_event(state="scheduled"), make_event(state="scheduled")
    make_event(state="scheduled")
    make_event_host(followed, host=host)
    save_event(kept, user=user, now=NOW)
    follow(host, user=user, now=NOW)
    feed = feeds.personal_feed(user, name="Mine", site=SITE, now=NOW)
    assert uids(read(feed.body(lambda event: SITE))) == {uid(kept), uid(followed)}
    other = feeds.personal_feed(make_user(), name="Mine", site=SITE, now=NOW)
    assert read(other.body(lambda event: SITE)) == []


def test_a_feed_asks_as_much_for_many_shows_as_for_few(django_assert_num_queries: object) -> None:
    for _ in range(2):
        make_event_host(make_event(state="scheduled"))
    with django_assert_num_queries(3):  # type: ignore[operator]  # a fixture
        entries()
    for _ in range(10):
        make_event_host(make_event(state="scheduled"))
    with django_assert_num_queries(3):  # type: ignore[operator]  # same
        entries()


def test_a_calendar_that_has_the_feed_gets_no_second_copy(client: Client) -> None:
    make_event(state="scheduled", now=timezone.now())
    first = client.get("/calendar/feed.ics")
    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert first["Cache-Control"] == "public, max-age=300"
    assert len(read(first.content)) == 1
    again = client.get("/calendar/feed.ics", headers={"if-none-match": first["ETag"]})
    since = client.get("/calendar/feed.ics", headers={"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert since.status_code == 304


def test_ones_own_feed_is_read_at_its_address_alone(client: Client) -> None:
    user = make_user()
    save_event(make_event(state="scheduled", now=timezone.now()), user=user, now=NOW)
    token = feeds.feed_address(user, now=NOW).token
    answer = client.get(f"/calendar/my/{token}.ics")
    assert len(read(answer.content)) == 1
    assert (answer["Cache-Control"], answer["Referrer-Policy"], answer["X-Robots-Tag"]) == (
        "private, max-age=300", "no-referrer", "noindex, nofollow",
    )  # fmt: skip
    assert client.get(f"/calendar/my/{token}x.ics").status_code == 404


def test_a_new_address_makes_the_old_one_worthless(client: Client) -> None:
    user = make_user()
    old = feeds.feed_address(user, now=NOW).token
    client.force_login(user)
    client.post("/calendar/address/")
    new = feeds.feed_address(user, now=NOW).token
    client.logout()
    answers = [client.get(f"/calendar/my/{token}.ics").status_code for token in (old, new)]
    assert (old == new, answers) == (False, [404, 200])


def test_the_feed_of_a_closed_account_is_gone(client: Client) -> None:
    user = make_user(is_active=False)
    token = feeds.feed_address(user, now=NOW).token
    assert client.get(f"/calendar/my/{token}.ics").status_code == 404


def test_the_page_offers_the_ways_into_calendars(client: Client) -> None:
    make_brand(slug="maison")
    page = client.get("/calendar/subscribe/?brand=maison")
    assert page.context["feed"] == {
        "url": "http://testserver/calendar/feed.ics?brand=maison",
        "webcal": "webcal://testserver/calendar/feed.ics?brand=maison",
        "google": "https://calendar.google.com/calendar/r?cid="
        "webcal%3A%2F%2Ftestserver%2Fcalendar%2Ffeed.ics%3Fbrand%3Dmaison",
        "outlook": "https://outlook.live.com/calendar/0/addfromweb?"
        "url=http%3A%2F%2Ftestserver%2Fcalendar%2Ffeed.ics%3Fbrand%3Dmaison&name=SeeNow+%C2%B7+"
        + page.context["name"].split(" · ")[1].replace(" ", "+"),
    }
    assert (page.context["own"], page["Referrer-Policy"]) == (None, "no-referrer")
