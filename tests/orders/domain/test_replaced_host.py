"""A host is replaced while the show is on: the room, the pins and what was earned stay where they were."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from events.domain import streams
from events.domain.engagements import replace_host
from events.domain.terms import Terms
from events.models import Engagement, Event, Host
from livechat.domain.pins import place_pin, remove_pin
from livechat.domain.rooms import room_of
from livechat.errors import NotAllowed
from livechat.models import Pin, RoomFrame
from orders.domain.checkout import Wanted
from orders.domain.refunds import refund_order
from orders.enums import AttributionKind
from orders.models import Attribution, Order
from tests.factories.accounts import make_user
from tests.factories.catalog import make_stocked_variant
from tests.factories.events import (
    NOW,
    make_engagement,
    make_event,
    make_event_host,
    make_host,
    make_lineup_item,
    make_stream,
)
from tests.factories.livechat import make_guest
from tests.factories.orders import make_order, pay, touch

pytestmark = pytest.mark.django_db
TERMS = Terms(commission={"*": 1_500}, disclosure="Paid by the house.")
MINUTE = timedelta(minutes=1)


def on_the_air() -> tuple[Event, Host, Host]:
    event = make_event(state="live")
    old, new = make_host(user=make_user(), name="Old"), make_host(user=make_user(), name="New")
    make_event_host(event, host=old)
    make_engagement(event, host=old, state="accepted", answered_at=NOW)
    make_stream(event)
    return event, old, new


def credit_of(order: Order) -> Attribution:
    return Attribution.objects.get(line__order=order, kind=AttributionKind.CREDIT)


def test_what_was_pinned_before_earns_for_the_old_host_and_later_pins_for_the_new() -> None:
    event, old, new = on_the_air()
    first, second = make_stocked_variant(), make_stocked_variant()
    items = [make_lineup_item(event, product=variant.product) for variant in (first, second)]
    room, viewer = room_of(event), make_guest()
    assert old.user
    assert new.user
    early_pin = place_pin(room, item=items[0], by=old.user, host=old, now=NOW)
    early = touch(event, first, viewer, now=NOW + MINUTE)
    waiting = make_order(Wanted(first, 1, early), viewer=viewer, now=NOW + 2 * MINUTE)

    engagement = replace_host(event, old, new, TERMS, None, NOW + 5 * MINUTE)

    # The stage stays as it was, and the old host's pin goes on earning for them until it is taken off.
    assert [(pin, pin.host) for pin in room.pins.showing()] == [(early_pin, old)]
    pay(waiting, now=NOW + 6 * MINUTE)
    late_touch = touch(event, first, viewer, now=NOW + 7 * MINUTE)
    later_pin = place_pin(room, item=items[1], by=new.user, host=new, now=NOW + 8 * MINUTE)
    fresh = touch(event, second, viewer, now=NOW + 9 * MINUTE)
    orders = [
        make_order(Wanted(first, 1, late_touch), viewer=viewer, now=NOW + 10 * MINUTE),
        make_order(Wanted(second, 1, fresh), viewer=viewer, now=NOW + 10 * MINUTE),
    ]
    for order in orders:
        pay(order)
    ledger = [credit_of(order) for order in (waiting, *orders)]
    assert [(row.event, row.host, row.pin) for row in ledger] == [
        (event, old, early_pin), (event, old, early_pin), (event, new, later_pin),
    ]  # fmt: skip
    assert engagement is not None
    assert Engagement.objects.get(host=old).replaced_by == engagement


def test_a_refund_after_the_change_reverses_what_the_old_host_earned() -> None:
    event, old, new = on_the_air()
    variant, viewer = make_stocked_variant(), make_guest()
    item = make_lineup_item(event, product=variant.product)
    assert old.user
    place_pin(room_of(event), item=item, by=old.user, host=old, now=NOW)
    token = touch(event, variant, viewer, now=NOW + MINUTE)
    order = make_order(Wanted(variant, 1, token), viewer=viewer, now=NOW + 2 * MINUTE)
    pay(order)
    replace_host(event, old, new, TERMS, None, NOW + 3 * MINUTE)
    refund_order(
        Order.objects.get(pk=order.pk), by=make_user(), reason="Torn.", key="once", now=NOW + 4 * MINUTE
    )
    sums = Attribution.objects.values_list("host__name").annotate(total=Sum("amount"))
    assert list(sums.order_by("host")) == [("Old", 0)]


def test_the_old_host_can_do_nothing_more_and_the_new_one_everything() -> None:
    event, old, new = on_the_air()
    item = make_lineup_item(event)
    room = room_of(event)
    assert old.user
    assert new.user
    pin = place_pin(room, item=item, by=old.user, host=old, now=NOW)
    key = streams.issue_key(event, now=NOW)
    replace_host(event, old, new, TERMS, None, NOW + MINUTE)
    with pytest.raises(NotAllowed):
        remove_pin(pin, by=old.user, now=NOW + MINUTE)
    with pytest.raises(NotAllowed):
        place_pin(room, item=item, by=old.user, host=old, now=NOW + MINUTE)
    assert streams.open_streams([event.stream.public_id]) == {event.stream.public_id: ""}
    assert key
    fresh = streams.issue_key(event, now=NOW + MINUTE)
    assert streams.authorize(event.stream.public_id, fresh, now=NOW + MINUTE).event == event
    assert remove_pin(pin, by=new.user, now=NOW + 2 * MINUTE)
    assert Pin.objects.get().host == old


def test_the_room_hears_of_the_new_host_in_one_frame_and_goes_on() -> None:
    event, old, new = on_the_air()
    room = room_of(event)
    before = (room.epoch, RoomFrame.objects.filter(room=room).count())
    replace_host(event, old, new, TERMS, None, NOW + MINUTE)
    room.refresh_from_db()
    frames = list(RoomFrame.objects.filter(room=room).order_by("seq"))[before[1] :]
    assert (room.epoch, [frame.type for frame in frames]) == (before[0], ["lineup.changed"])
    assert [(card["name"], card["disclosure"]) for card in frames[0].body["hosts"]] == [
        ("New", "Paid by the house.")
    ]
