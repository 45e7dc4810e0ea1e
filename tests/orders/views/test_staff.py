"""What staff and hosts see of orders, and what nobody else does."""

from datetime import timedelta

import pytest
from django.test import Client

from events.models import EventHost
from orders.insights import export
from orders.insights.export import inert
from orders.models import Refund
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member, make_product, make_stocked_variant
from tests.factories.events import NOW, make_event, make_event_host, make_host
from tests.factories.livechat import make_guest
from tests.factories.orders import Wanted, make_order, make_paid_order, make_shown, pay, touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def sold(db):
    """A live event whose host sold one piece a minute after pinning it."""
    variant = make_stocked_variant(product=make_product(name="Silk square"))
    event = make_event(state="live", brand=variant.product.brand)
    host = make_host(user=make_user(), name="Camille")
    make_event_host(event, host=host)
    make_shown(variant, event=event, pinned_at=NOW)
    viewer = make_guest()
    token = touch(event, variant, viewer, now=NOW + timedelta(seconds=30))
    at = NOW + timedelta(seconds=60)
    order = make_paid_order(Wanted(variant, 1, token), viewer=viewer, now=at)
    return event, order, host


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def staff_of(brand, role="producer"):
    user = make_user()
    make_member(user, brand, role)
    return signed_in(user)


def text(answer):
    return answer.content.decode()


def test_the_list_shows_gross_refunded_and_net(sold):
    event, order, _ = sold
    page = text(staff_of(event.brand).get(f"/studio/orders/?event={event.slug}&state=paid"))
    assert order.public_id in page
    assert page.count("€125.00") >= 3


def test_the_order_shows_the_evidence_of_each_line(sold):
    event, order, _ = sold
    page = text(staff_of(event.brand).get(f"/studio/orders/{order.public_id}/"))
    for evidence in (event.title, "Camille", "60 seconds before", "Verified", "2026-1"):
        assert evidence in page


def test_an_unattributed_line_says_so(client):
    order = make_paid_order()
    page = text(staff_of(order.brand).get(f"/studio/orders/{order.public_id}/"))
    assert "Unattributed" in page
    assert "No touch in the window" in page


def test_an_unpaid_order_has_no_credit_yet(client):
    order = make_order()
    page = text(staff_of(order.brand).get(f"/studio/orders/{order.public_id}/"))
    assert "Credit is written when the order is paid." in page


def test_a_refund_by_pieces_and_of_everything(sold):
    event, order, _ = sold
    staff, url = staff_of(event.brand), f"/studio/orders/{order.public_id}/"
    line = order.lines.get()
    staff.post(f"{url}refund/", {"reason": "Torn", f"pieces-{line.public_id}": "1", "key": "r1"})
    staff.post(f"{url}refund/", {"reason": "Torn", f"pieces-{line.public_id}": "1", "key": "r1"})
    assert Refund.objects.get().amount == 12_500
    staff.post(f"{url}refund/", {"reason": "All", "everything": "on", "key": "r2"})
    assert [r.amount for r in Refund.objects.order_by("pk")] == [12_500, 900]
    page = text(staff.get(url))
    assert "Reversal" in page
    assert "−€125.00" in page


def test_a_refund_needs_a_reason_and_something_to_refund(sold):
    event, order, _ = sold
    staff, url = staff_of(event.brand), f"/studio/orders/{order.public_id}/"
    staff.post(f"{url}refund/", {"everything": "on", "key": "r1"})
    staff.post(f"{url}refund/", {"reason": "None", "key": "r2"})
    page = text(staff.get(url))
    assert "Say why the money goes back." in page
    assert "Choose what to refund." in page


@pytest.mark.parametrize(
    ("role", "reads", "refunds"),
    [("producer", 200, 302), ("agent", 200, 302), ("merchandiser", 200, 403), ("moderator", 403, 403)],
)
def test_who_reads_and_who_refunds(sold, role, reads, refunds):
    event, order, _ = sold
    staff, url = staff_of(event.brand, role), f"/studio/orders/{order.public_id}/"
    assert staff.get(url).status_code == reads
    assert staff.get("/studio/orders/").status_code == reads
    assert staff.get("/studio/orders.csv").status_code == reads
    assert staff.post(f"{url}refund/", {"reason": "x", "everything": "on", "key": "k"}).status_code == refunds


def test_another_brand_finds_nothing(sold):
    event, order, _ = sold
    rival = staff_of(make_product().brand)
    assert rival.get(f"/studio/orders/{order.public_id}/").status_code == 404
    assert rival.get(f"/studio/orders/of/{event.slug}/").status_code == 404
    assert rival.get(f"/host/{event.slug}/ledger/").status_code == 404
    assert rival.get(f"/api/v1/events/{event.slug}/sales/").status_code == 404
    assert order.public_id not in text(rival.get("/studio/orders/"))


def test_guests_sign_in_and_viewers_are_refused(sold, client):
    event, order, _ = sold
    viewer = signed_in(make_user())
    for url in ("/studio/orders/", f"/studio/orders/of/{event.slug}/", f"/host/{event.slug}/ledger/"):
        assert client.get(url).status_code == 302
        assert viewer.get(url).status_code == 403
    assert viewer.get(f"/studio/orders/{order.public_id}/").status_code == 404
    assert viewer.get(f"/api/v1/events/{event.slug}/sales/").status_code == 403


def test_an_events_sales_by_host_and_piece(sold):
    event, _, _ = sold
    page = text(staff_of(event.brand).get(f"/studio/orders/of/{event.slug}/"))
    assert "Camille" in page
    assert "Silk square" in page


def test_the_host_sees_the_same_rows_but_only_their_own(sold):
    event, _, host = sold
    other = make_host(user=make_user(), name="Second")
    EventHost.objects.create(event=event, host=other, share=0)
    assert "60 seconds before" in text(signed_in(host.user).get(f"/host/{event.slug}/ledger/"))
    assert "No credit yet." in text(signed_in(other.user).get(f"/host/{event.slug}/ledger/"))
    assert "60 seconds before" in text(staff_of(event.brand).get(f"/host/{event.slug}/ledger/"))


def test_the_sales_of_an_event_for_its_host(sold):
    event, _, host = sold
    sales = signed_in(host.user).get(f"/api/v1/events/{event.slug}/sales/").json()
    told = {k: sales[k] for k in ("gross", "refunded", "net", "orders", "sold", "held", "left")}
    assert told == {
        "gross": 12_500, "refunded": 0, "net": 12_500, "orders": 1, "sold": 1, "held": 0, "left": 9,
    }  # fmt: skip
    assert [(h["name"], h["net"]) for h in sales["by_host"]] == [("Camille", 12_500)]


def test_the_export_is_inert_in_a_spreadsheet():
    variant = make_stocked_variant(product=make_product(name='=HYPERLINK("http://evil")'))
    order = make_order(Wanted(variant, 1))
    pay(order)
    answer = staff_of(order.brand).get("/studio/orders.csv")
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("order,placed_at,brand")
    assert "\"'=HYPERLINK" in lines[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_calculate_is_prefixed(start):
    assert inert(f"{start}1") == f"'{start}1"


def test_amounts_stay_numbers():
    assert (inert(-5), inert(None), inert("plain")) == ("-5", "", "plain")


def test_an_export_that_is_cut_says_so(monkeypatch):
    order = make_paid_order()
    monkeypatch.setattr(export, "MOST", 0)
    answer = staff_of(order.brand).get("/studio/orders.csv")
    assert answer.streaming is False
    assert "Only the first 0 rows." in text(answer)


def test_a_host_is_told_only_their_own_part_and_producers_all(sold):
    event, _, host = sold
    other = make_host(user=make_user(), name="Second")
    EventHost.objects.create(event=event, host=other, share=0)
    api, page = f"/api/v1/events/{event.slug}/sales/", f"/studio/orders/of/{event.slug}/"
    theirs = signed_in(other.user)
    told = theirs.get(api).json()
    assert (told["gross"], told["by_host"], told["by_product"], told["unattributed"]) == (0, [], [], None)
    assert not {word for word in ("Camille", "125.00", "Unattributed") if word in text(theirs.get(page))}
    for client in (staff_of(event.brand), staff_of(event.brand, "agent")):
        told = client.get(api).json()
        assert (told["gross"], told["unattributed"]["gross"]) == (12_500, 0)
        assert "Unattributed" in text(client.get(page))
    assert signed_in(host.user).get(api).json()["gross"] == 12_500


def test_a_refund_of_a_figure_nobody_can_read_is_refused(sold):
    event, order, _ = sold
    staff, line = staff_of(event.brand), order.lines.get()
    form = {"reason": "Torn", f"pieces-{line.public_id}": "9" * 5_000, "key": "r1"}
    assert staff.post(f"/studio/orders/{order.public_id}/refund/", form).status_code == 302
    assert Refund.objects.count() == 0
