"""The page of a host's credibility: open to everybody, its words about claims to those they concern."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from orders.insights.credibility import compute
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import NOW, make_host, make_niche
from tests.orders.insights.test_credibility import answer, make_show, sell, uphold

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    found = make_host(user=make_user(), slug="lin", name="Lin")
    found.niches.add(make_niche(slug="silk", name="Silk", categories=["silk"]))
    return found


@pytest.fixture
def event(host):
    found, silk = make_show(host)
    sell(found, silk)
    answer(found, host, silk.product, yes=2, no=1)
    uphold(found, host, silk.product, text="It is cotton.", note="The label says so.")
    return found


URL = "/hosts/lin/credibility/silk/"


def page(client, url=URL):
    return client.get(url).content.decode()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def staff_of(brand, role):
    user = make_user()
    make_member(user, brand, role)
    return signed_in(user)


def test_everybody_sees_the_formula_its_inputs_and_the_rows_as_counts(host, event, client):
    compute([host.pk], now=NOW)
    shown = page(client)
    for part in ("Answers that helped", "formula 2026-1", "Is it lined?", event.title, "Weighted mean"):
        assert part in shown
    for secret in ("It is cotton.", "The label says so.", "/studio/orders/", "/ledger/"):
        assert secret not in shown


def test_before_it_was_computed_the_page_counts_by_itself(event, client):
    assert "Few data so far" in page(client)


def test_the_host_reads_what_was_upheld_and_their_ledger(host, event):
    shown = page(signed_in(host.user))
    assert all(
        part in shown for part in ("It is cotton.", "The label says so.", f"/host/{event.slug}/ledger/")
    )


@pytest.mark.parametrize(
    ("role", "orders", "words"),
    [
        (Role.PRODUCER, True, True),
        (Role.AGENT, True, True),
        (Role.MODERATOR, False, True),
        (Role.MERCHANDISER, True, False),
    ],
)
def test_the_brands_staff_see_what_their_role_reads(event, role, orders, words):
    shown = page(staff_of(event.brand, role))
    assert (f"?event={event.slug}" in shown, "It is cotton." in shown) == (orders, words)


def test_another_brands_staff_see_what_everybody_sees(event):
    shown = page(staff_of(make_brand(), Role.PRODUCER))
    assert (f"?event={event.slug}" in shown, "It is cotton." in shown) == (False, False)


def test_a_field_that_is_not_the_hosts_is_not_there(event, client):
    make_niche(slug="tea")
    for url in ("/hosts/lin/credibility/tea/", "/hosts/nobody/credibility/silk/"):
        assert client.get(url).status_code == 404


def test_it_costs_the_same_for_one_show_and_for_many(host, event, client):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(URL)
        return len(found)

    one = queries()
    for _ in range(3):
        other, silk = make_show(host)
        sell(other, silk)
        answer(other, host, silk.product, yes=1)
    assert queries() == one
