"""A guest's piece in another house's show: bought from the guest, credited to the show and the host."""

import pytest
from django.test import Client

from catalog.domain import stock
from events.domain import lineup
from events.models import Event
from livechat.domain import shelf
from livechat.domain.pins import place_pin
from livechat.domain.programme import host_for
from livechat.domain.rooms import room_of
from livechat.models import RoomFrame
from orders.domain.checkout import Wanted
from orders.models import Attribution
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_stocked_variant
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_segment
from tests.factories.livechat import make_guest
from tests.factories.orders import make_paid_order, touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    """A bowl of a guest, pinned by staff in the name of its segment's host."""
    event = make_event(state="live", slug="marathon")
    make_event_host(event, host=make_host(name="First"))
    guest = make_brand(slug="guest", name="Guest")
    part = make_segment(event, brand=guest, hosts=[make_host(name="Hana")])
    variant = make_stocked_variant(product=make_product(brand=guest, name="Bowl"), on_hand=5)
    item = lineup.add_item(event, variant.product, segment=part, now=NOW)
    staff = make_superuser()
    pin = place_pin(room_of(event), item=item, by=staff, host=host_for(item, staff), now=NOW)
    return event, pin, variant


def test_the_line_is_the_guests_and_its_credit_the_shows(shown):
    event, pin, variant = shown
    viewer = make_guest()
    order = make_paid_order(Wanted(variant, 1, touch(event, variant, viewer)), viewer=viewer, now=NOW)
    row = Attribution.objects.get(line__order=order)
    assert (order.brand.slug, row.event, row.host.name, row.pin) == ("guest", event, "Hana", pin)


def test_the_room_shows_what_is_left_of_a_guests_piece(shown):
    _event, _pin, variant = shown
    stock.hold(variant, holder="guest:x", quantity=2, now=NOW)
    shelf.tell_rooms(now=NOW)
    told = RoomFrame.objects.filter(type="stock.changed").last()
    assert (told.body["product"], told.body["free"]) == (variant.product.public_id, 3)


def test_a_guest_is_offered_to_buy_in_the_room(client: Client, shown):
    _event, _pin, variant = shown
    offer = client.get(f"/api/v1/checkout/offer/?product={variant.product.public_id}&event=marathon")
    assert offer.status_code == 200


def test_the_guests_staff_read_their_orders_and_nothing_of_the_show(client: Client, shown):
    event, _pin, variant = shown
    viewer = make_guest()
    order = make_paid_order(Wanted(variant, 1, touch(event, variant, viewer)), viewer=viewer, now=NOW)
    theirs = make_user()
    make_member(theirs, variant.product.brand)
    client.force_login(theirs)
    assert client.get(f"/studio/orders/{order.public_id}/").status_code == 200
    closed = [
        "/studio/events/marathon/",
        "/host/marathon/",
        "/studio/orders/of/marathon/",
        "/studio/run/marathon/",
    ]
    assert [client.get(path).status_code for path in closed] == [404] * 4
    house = make_user()
    make_member(house, Event.objects.get().brand)
    client.force_login(house)
    assert client.get(f"/studio/orders/{order.public_id}/").status_code == 404


def test_a_brands_page_tells_the_shows_it_is_a_guest_in(client: Client, shown):
    page = client.get("/events/of-brand/guest/").content.decode()
    assert shown[0].title in page
