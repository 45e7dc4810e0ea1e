"""The event's page in every state of its show, with and without script."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from events.enums import EventState, StaffRole
from events.models import Event
from livechat.domain.rooms import room_of
from livechat.domain.standing import you_card
from livechat.models import Notice
from livechat.views import room as room_page
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member, make_product, make_stocked_variant
from tests.factories.events import NOW, make_event, make_event_host, make_event_staff, make_lineup_item
from tests.factories.livechat import as_viewer, make_message, make_pin, make_room

pytestmark = pytest.mark.django_db


def page(event, user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(reverse("event", args=[event.slug]))


def templates(response):
    return response.templates[0].name


def show(state):
    event = make_event(state=state)
    product = make_product(brand=event.brand, name="Evening scarf")
    make_stocked_variant(product=product, on_hand=3)
    make_lineup_item(event, product=product)
    return event


@pytest.mark.parametrize(
    ("state", "template"),
    [
        (EventState.SCHEDULED, "livechat/event_before.html"),
        (EventState.REHEARSAL, "livechat/event_before.html"),
        (EventState.LIVE, "livechat/room.html"),
        (EventState.ENDED, "livechat/event_after.html"),
        (EventState.REPLAY, "livechat/event_after.html"),
    ],
)
def test_the_state_of_the_show_picks_the_page(state, template):
    response = page(show(state))
    assert (response.status_code, templates(response)) == (200, template)
    assert "Evening scarf" in response.content.decode()


@pytest.mark.parametrize(
    "state", [EventState.SCHEDULED, EventState.LIVE, EventState.ENDED, EventState.CANCELLED]
)
def test_the_mark_of_the_house_stands_once_beside_its_name(state):
    event = show(state)
    html = page(event).content.decode()
    assert html.count('class="house-mark"') == html.count(f"</svg>\n<bdi>{event.brand.name}</bdi>") == 1


def test_a_draft_is_not_there_and_a_rehearsal_is_for_those_who_work_on_it():
    draft, rehearsal = show(EventState.DRAFT), show(EventState.REHEARSAL)
    producer, moderator = make_user(), make_user()
    make_member(producer, draft.brand, Role.PRODUCER)
    make_event_staff(rehearsal, user=moderator, role=StaffRole.MODERATOR)
    assert page(draft).status_code == page(draft, make_user()).status_code == 404
    assert templates(page(draft, producer)) == "livechat/event_before.html"
    assert templates(page(rehearsal, moderator)) == "livechat/room.html"


@pytest.mark.parametrize("state", [EventState.SCHEDULED, EventState.LIVE, EventState.ENDED])
def test_what_is_told_of_the_hosts_is_asked_for_once(state, django_assert_max_num_queries):
    event = show(state)
    make_event_host(event)
    with django_assert_max_num_queries(40) as asked:
        response = page(event)
    sqls = [query["sql"] for query in asked.captured_queries]
    counts = [
        sum(f'FROM "{table}"' in sql for sql in sqls)
        for table in ("events_eventhost", "events_hosttie", "events_engagement")
    ]
    assert (response.status_code, counts) == (200, [1, 1, 1])


def test_the_room_reads_without_script():
    event = show(EventState.LIVE)
    room = make_room(event)
    make_message(room, text="Is it <b>lined</b>?", rehearsal=True)
    make_message(room, text="Gone", deleted_at=event.starts_at)
    html = page(event).content.decode()
    assert "Is it &lt;b&gt;lined&lt;/b&gt;?" in html
    assert (
        re.findall(r'<a class="piece__name" href="([^"]+)"', html)[0]
        == f"/products/{event.lineup.get().product.slug}/"
    )
    assert html.count('class="line"') == 1
    assert '<span class="line__badge line__badge--crowd">rehearsal</span>' in html


def test_the_room_carries_its_snapshot_and_who_looks():
    event = show(EventState.LIVE)
    make_pin(make_room(event), item=event.lineup.get())
    moderator = make_user(display_name="Ada")
    make_event_staff(event, user=moderator, role=StaffRole.MODERATOR)
    html = page(event, moderator).content.decode()
    data = {
        name: json.loads(re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', html)[1])
        for name in ("room-data", "room-you")
    }
    assert len(data["room-data"]["pins"]) == 1
    known = you_card(room_of(event), as_viewer(moderator), now=NOW)
    assert data["room-you"] == known | {"hosts": False}
    assert (known["name"], known["grade"], known["badge"]) == ("Ada", "moderator", "moderator")


def test_a_stranger_on_their_first_page_is_nobody_in_particular():
    html = page(show(EventState.LIVE)).content.decode()
    you = json.loads(re.search(r'<script id="room-you" type="application/json">(.*?)</script>', html)[1])
    assert {name: you[name] for name in ("name", "grade", "badge", "muted_until", "banned")} == {
        "name": "",
        "grade": "",
        "badge": "",
        "muted_until": None,
        "banned": False,
    }


def test_the_way_to_moderation_is_shown_to_those_who_moderate():
    event = show(EventState.LIVE)
    moderator = make_user()
    make_event_staff(event, user=moderator, role=StaffRole.MODERATOR)
    way = f'href="{reverse("moderator", args=[event.slug])}"'
    assert [way in page(event, user).content.decode() for user in (moderator, make_user())] == [True, False]


def test_the_announcement_stands_above_the_chat_before_any_script_runs():
    event = show(EventState.LIVE)
    assert 'data-notice="" hidden' in page(event).content.decode()
    Notice.objects.create(
        room=room_of(event), text="Encore <at> nine", name="Ada", badge="host", placed_at=NOW
    )
    assert '<bdi dir="auto">Encore &lt;at&gt; nine</bdi>' in page(event).content.decode()


def test_looking_at_a_room_writes_no_session_for_a_stranger():
    assert "sessionid" not in page(show(EventState.LIVE)).cookies


def test_a_room_without_a_shop_shows_its_pieces_as_links(monkeypatch):
    monkeypatch.setattr(room_page, "BUY_SHEET", "orders/no_such_sheet.html")
    room_page.buy_sheet.cache_clear()
    response = page(show(EventState.LIVE))
    room_page.buy_sheet.cache_clear()
    assert response.status_code == 200
    assert "buy-sheet" not in response.content.decode()


def test_a_lead_moderator_says_on_the_page_who_may_write_and_nobody_else():
    event = show(EventState.LIVE)
    lead, moderator, viewer, stranger = make_user(), make_user(), make_user(), make_user()
    make_event_staff(event, user=lead, role=StaffRole.LEAD)
    make_event_staff(event, user=moderator, role=StaffRole.MODERATOR)
    make_member(stranger, make_event().brand, Role.PRODUCER)
    address = reverse("room-settings", args=[event.slug])
    assert f'action="{address}"' in page(event, lead).content.decode()
    assert ["data-settings" in page(event, user).content.decode() for user in (viewer, moderator)] == [
        False,
        False,
    ]
    answers = []
    for user in (viewer, moderator, stranger, lead):
        client = Client()
        client.force_login(user)
        status = client.post(address, {"chat_needs_account": "on"}).status_code
        answers.append((status, room_of(event).chat_needs_account))
    assert answers == [(403, False), (403, False), (404, False), (302, True)]
    client.post(address)
    assert room_of(event).chat_needs_account is False


def test_nobody_sets_anything_in_a_room_of_a_draft():
    client = Client()
    client.force_login(make_user())
    assert client.post(reverse("room-settings", args=[show(EventState.DRAFT).slug])).status_code == 404


def test_what_lies_on_the_stage_can_be_chosen_without_script():
    event = show(EventState.LIVE)
    item = event.lineup.get()
    make_stocked_variant(product=item.product, on_hand=2)
    gone = make_lineup_item(event)
    make_stocked_variant(product=gone.product, on_hand=0)
    for piece in (item, gone):
        make_pin(make_room(event), item=piece)
    pieces = re.findall(r'<div class="room__want-piece">(.*?)</div>', page(event).content.decode(), re.S)
    counted = [tuple(piece.count(part) for part in ("<form", "<option", "<button")) for piece in pieces]
    assert counted == [(1, 2, 1), (0, 0, 0)]
    assert "Gone" in pieces[1]


def test_a_show_that_ended_says_what_is_so_and_promises_no_film():
    html = page(show(EventState.ENDED)).content.decode()
    said = (
        "No film is kept; the house may still open the evening for looking back",
        "What is left of the pieces stays on sale.",
        "into the show",
    )
    assert [words in html for words in said] == [True, True, False]


def test_an_evening_to_look_back_on_has_the_minute_of_every_piece_that_came_on_stage():
    event = show(EventState.REPLAY)
    Event.objects.filter(pk=event.pk).update(went_live_at=NOW)
    event.refresh_from_db()
    item, room = event.lineup.get(), make_room(event)
    make_lineup_item(event, product=make_product(brand=event.brand, name="Never laid"))
    for minutes in (-30, 12, 40):
        at = NOW + timedelta(minutes=minutes)
        make_pin(room, item=item, pinned_at=at, unpinned_at=at + timedelta(minutes=5))
    html = page(event).content.decode()
    assert re.findall(r">(\d+ minutes? into the show)<", html) == ["12 minutes into the show"]
    assert "No film was kept. Every piece that came on stage has its minute below." in html


def test_an_evening_without_pins_tells_no_minutes():
    html = page(show(EventState.REPLAY)).content.decode()
    assert ("<p>No film was kept.</p>" in html, "has its minute" in html) == (True, False)


def test_pieces_that_are_gone_are_not_said_to_be_on_sale():
    event = make_event(state=EventState.ENDED)
    product = make_product(brand=event.brand)
    make_stocked_variant(product=product, on_hand=0)
    make_lineup_item(event, product=product)
    assert "stays on sale" not in page(event).content.decode()


def coming(**over):
    starts_at = timezone.now() + timedelta(days=3)
    return make_event(
        state=EventState.SCHEDULED, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **over
    )


def test_the_next_show_of_the_house_is_named_with_a_reminder_before_that_of_the_host():
    event = show(EventState.ENDED)
    host = make_event_host(event).host
    assert "coming-head" not in page(event).content.decode()
    make_event_host(coming(title="The host's own"), host=host)
    first = page(event).content.decode()
    assert ("Next of this host" in first, "The host&#x27;s own" in first) == (True, True)
    own = coming(title="The house again", brand=event.brand)
    then = page(event).content.decode()
    assert ("Next of this house" in then, "The house again" in then, "The host&#x27;s own" in then) == (
        True,
        True,
        False,
    )
    assert f'action="{reverse("event-reminders", args=[own.slug])}"' in then


def test_what_a_house_wrote_in_english_says_so_on_a_chinese_page():
    event = show(EventState.LIVE)
    make_pin(make_room(event), item=event.lineup.get())
    words = {"accept-language": "zh-hans"}
    html = Client().get(reverse("event", args=[event.slug]), headers=words).content.decode()
    english = page(event).content.decode()
    assert re.findall(r'<h1 class="room__title"( lang="\w+")?>', html) == [' lang="en"']
    assert ['lang="en">Evening scarf' in one for one in (html, english)] == [True, False]
