"""The night on one screen: who sees it, what it says is wrong, and what may be done from it."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.domain import heartbeat
from accounts.enums import Role
from catalog.models import Stock
from events.enums import StaffRole
from events.models import Event, Segment
from livechat.domain import rehearsal
from livechat.models import Pin
from orders.insights.night import orders_by_minute, problems
from tests.factories.accounts import make_mail, make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_stocked_variant
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
    make_stream,
)
from tests.factories.livechat import make_guest, make_message, make_question, make_room
from tests.factories.orders import Wanted, make_order, make_paid_order, make_shown, pay, touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """A live show on the air with one piece on the stage and plenty of it."""
    variant = make_stocked_variant(product=make_product(name="Silk square"), on_hand=50)
    found = make_event(state="live", brand=variant.product.brand, slug="the-night")
    make_event_host(found, host=make_host(user=make_user()))
    make_shown(variant, event=found)
    make_stream(found, state="live")
    heartbeat.beat(now=NOW)
    return found


def control(event):
    return f"/studio/events/{event.slug}/control/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def staff_of(event, role=Role.PRODUCER):
    user = make_user()
    make_member(user, event.brand, role)
    return signed_in(user)


def sell(event, *, at, **over):
    variant = event.lineup.get().product.variants.get()
    viewer = make_guest()
    token = touch(event, variant, viewer, now=at - timedelta(seconds=5))
    return make_paid_order(Wanted(variant, 1, token), viewer=viewer, now=at, **over)


def codes(event, *, money=True, now=NOW):
    return [problem.code for problem in problems(event, now=now, money=money)]


@pytest.mark.parametrize(
    ("role", "sees", "acts"),
    [
        (Role.PRODUCER, 200, 302),
        (Role.LEAD, 200, 403),
        (Role.MODERATOR, 200, 403),
        (Role.AGENT, 200, 403),
        (Role.MERCHANDISER, 403, 403),
        (Role.HOST, 403, 403),
    ],
)
def test_who_sees_the_night_and_who_runs_it(event, role, sees, acts):
    client = staff_of(event, role)
    assert client.get(control(event)).status_code == sees
    assert client.get(f"{control(event)}now/").status_code == sees
    assert client.post(control(event), {"do": "advance", "to": "ended"}).status_code == acts


def test_its_host_is_sent_to_the_console_and_another_brand_finds_nothing(event):
    host = event.event_hosts.get().host.user
    assert signed_in(host).get(control(event)).status_code == 403
    rival = make_user()
    make_member(rival, make_brand(), Role.PRODUCER)
    assert signed_in(rival).get(control(event)).status_code == 404
    assert Client().get(control(event)).status_code == 302


def test_the_staff_of_this_show_alone_see_it_and_only_its_producer_money(event):
    for role, money in ((StaffRole.PRODUCER, True), (StaffRole.AGENT, False)):
        user = make_user()
        make_event_staff(event, user=user, role=role)
        told = signed_in(user).get(f"{control(event)}now/").json()
        assert (told["orders"] is not None) is money


def test_the_page_has_everything_on_it(event):
    page = staff_of(event).get(control(event)).content.decode()
    for part in ("data-player", "data-lines", "data-pieces", "data-run-bar", "data-orders", "data-problems"):
        assert part in page
    assert ("Silk square" in page, "49 left" in page or "50 left" in page) == (True, True)


def test_orders_are_counted_by_the_minute_they_were_paid_without_the_crowd(event):
    for minutes in (2, 2, 1, 40):
        sell(event, at=NOW - timedelta(minutes=minutes))
    sell(event, at=NOW - timedelta(minutes=1), rehearsal=True)
    counted = orders_by_minute(event, now=NOW, minutes=4)
    assert [minute.orders for minute in counted] == [0, 2, 1, 0]
    assert counted[-1].at == NOW


def test_a_quiet_night_has_no_problems(event):
    assert codes(event) == []


@pytest.mark.parametrize(
    ("state", "code"), [("lost", "feed_lost"), ("idle", "no_feed"), ("ended", "no_feed")]
)
def test_a_picture_that_is_not_there_is_a_problem(event, state, code):
    event.stream.state = state
    event.stream.save()
    assert codes(event) == [code]


def test_what_waits_for_a_moderator_is_counted(event):
    room = make_room(event)
    make_message(room, state="held")
    make_question(room, state="held", hidden=True)
    found = problems(event, now=NOW, money=False)
    assert [(one.code, one.title) for one in found] == [("chat_held", "2 lines wait for a moderator")]


def test_pieces_that_run_out_are_named(event):
    for name, on_hand in (("Cup", 0), ("Bowl", 3), ("Plate", 4)):
        product = make_product(brand=event.brand, name=name, slug=name.lower())
        make_stocked_variant(product=product, on_hand=on_hand)
        make_lineup_item(event, product=product)
    found = problems(event, now=NOW, money=False)
    assert [(one.code, one.title) for one in found] == [
        ("sold_out:cup", "Cup is gone"),
        ("low:bowl", "3 left of Bowl"),
    ]


def test_a_show_and_a_segment_that_run_over_say_so(event):
    Segment.objects.create(
        event=event,
        brand=event.brand,
        title="Silk",
        position=1,
        planned_second=0,
        planned_seconds=600,
        started_at=NOW - timedelta(minutes=11),
    )
    assert codes(event) == ["segment_over"]
    late = event.ends_at + timedelta(minutes=5)
    heartbeat.beat(now=late)
    assert codes(event, now=late) == ["overrun", "segment_over"]


def test_a_worker_without_a_sign_of_life_comes_first(event):
    make_message(make_room(event), state="held")
    heartbeat.beat(now=NOW - timedelta(minutes=5))
    assert codes(event) == ["worker", "chat_held"]
    caches["between_processes"].clear()
    assert codes(event) == ["worker", "chat_held"]


def test_failing_payments_are_a_problem_when_more_fail_than_pass(event):
    variant = event.lineup.get().product.variants.get()
    for _ in range(3):
        order = make_order(Wanted(variant, 1), now=NOW - timedelta(minutes=3))
        pay(order, scenario="insufficient_funds")
    assert codes(event) == ["payments"]
    assert codes(event, money=False) == []
    assert codes(event, now=NOW + timedelta(seconds=20)) == ["payments"]
    for _ in range(3):
        sell(event, at=NOW - timedelta(minutes=1))
    assert codes(event) == []


def test_letters_that_are_stuck_are_a_problem(event):
    make_mail(now=NOW - timedelta(minutes=10))
    make_mail(now=NOW - timedelta(minutes=10), attempts=2)
    make_mail(now=NOW - timedelta(minutes=1), attempts=1)
    found = problems(event, now=NOW, money=True)
    assert [(one.code, one.title) for one in found] == [("mail", "1 letter cannot be sent")]


def test_pins_and_steps_work_without_script_and_lead_back(event):
    client, item = staff_of(event), event.lineup.get()
    Pin.objects.update(unpinned_at=NOW)
    assert client.post(control(event), {"do": "pin", "item": item.public_id})["Location"] == control(event)
    assert Pin.objects.showing().count() == 1
    client.post(control(event), {"do": "advance", "to": "ended"})
    assert Event.objects.get().state == "ended"
    assert client.post(control(event), {"do": "sing"}).status_code == 404


def test_a_refusal_is_told_in_the_forms_way_and_in_the_scripts(event):
    client = staff_of(event)
    told = client.post(control(event), {"do": "advance", "to": "rehearsal"}, follow=True).content.decode()
    assert "cannot become" in told
    refused = client.post(
        control(event), {"do": "advance", "to": "rehearsal"}, content_type="application/json"
    )
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "state_not_allowed")


def test_the_crowd_is_for_rehearsals(event):
    client, ask = staff_of(event), {"do": "crowd", "people": "5", "minutes": "1"}
    refused = client.post(control(event), ask, content_type="application/json")
    assert refused.json()["error"]["code"] == "not_in_rehearsal"
    Event.objects.update(state="rehearsal")
    assert "Send the crowd in" in client.get(control(event)).content.decode()
    bad = client.post(control(event), ask | {"people": "many"}, content_type="application/json")
    assert (bad.status_code, bad.json()["error"]["code"]) == (400, "bad_crowd")


def test_a_crowd_that_is_there_can_be_called_back(event):
    Event.objects.update(state="rehearsal")
    event.refresh_from_db()
    producer = make_user()
    make_member(producer, event.brand, Role.PRODUCER)
    client = signed_in(producer)
    rehearsal.send_crowd(
        event, people=5, minutes=1, site="http://127.0.0.1:1", by=producer, now=timezone.now()
    )
    assert client.get(f"{control(event)}now/").json()["crowd"]["people"] == 5
    client.post(control(event), {"do": "call-back"})
    assert (client.get(f"{control(event)}now/").json()["crowd"], rehearsal.running()) == (None, None)


def test_it_costs_the_same_for_few_and_many_orders_and_pieces(event):
    client = staff_of(event)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(f"{control(event)}now/")
        return len(found)

    sell(event, at=NOW)
    few = queries()
    for _ in range(3):
        Stock.objects.update(on_hand=100)
        variant = make_stocked_variant(product=make_product(brand=event.brand))
        make_lineup_item(event, product=variant.product)
        make_message(make_room(event), state="held")
    assert queries() == few
