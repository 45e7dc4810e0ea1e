"""Results in the studio: who reads them, what they show, and the same as CSV."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from events.enums import StaffRole
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import make_event_staff
from tests.orders.insights.test_compare import QIXI, QIXI_BEFORE, make_show, sell

pytestmark = pytest.mark.django_db
YEAR = "/studio/results/?year=2026"


@pytest.fixture
def brand():
    return make_brand(slug="maison", name="Maison")


def staff_of(brand, role=Role.PRODUCER):
    user = make_user()
    make_member(user, brand, role)
    return signed_in(user)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page(client, url):
    return client.get(url).content.decode()


def test_each_day_stands_beside_the_same_day_last_year(brand):
    event, variant = make_show(QIXI, brand=brand)
    before, old = make_show(QIXI_BEFORE, brand=brand)
    sell(event, variant, pieces=2)
    sell(before, old)
    listed = page(staff_of(brand), YEAR)
    for word in ("Qixi", "19 Aug 2026", "29 Aug 2025", "€250.00", "€125.00"):
        assert word in listed
    one = page(staff_of(brand), f"{YEAR}&day=qixi.CN.2026-08-19")
    for word in (event.title, before.title, "+100.0 %", "Average order", "Viewers not counted"):
        assert word in one


def test_a_year_without_shows_says_so(brand):
    assert "No results in this year" in page(staff_of(brand), "/studio/results/?year=2031")


@pytest.mark.parametrize("query", ["day=qixi.CN.1999-01-01", "brand=nobodys"])
def test_what_is_not_there_is_not_found(brand, query):
    make_show(QIXI, brand=brand)
    assert staff_of(brand).get(f"{YEAR}&{query}").status_code == 404


@pytest.mark.parametrize("year", ["", "1850", "99999", "20x6", "²⁰²⁶"])
def test_a_year_that_is_none_is_this_one(brand, year):
    assert staff_of(brand).get("/studio/results/", {"year": year}).status_code == 200


def test_other_brands_stay_out_of_sight(brand):
    make_show(QIXI, brand=brand)
    rival = staff_of(make_brand())
    assert "Qixi" not in page(rival, YEAR)
    assert rival.get(f"{YEAR}&brand=maison").status_code == 404
    assert len(list(csv.reader(io.StringIO(page(rival, "/studio/results.csv?year=2026"))))) == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.PRODUCER, 200),
        (Role.AGENT, 200),
        (Role.MERCHANDISER, 200),
        (Role.MODERATOR, 403),
        (Role.HOST, 403),
    ],
)
def test_who_reads_orders_reads_results(brand, role, may):
    event, _ = make_show(QIXI, brand=brand)
    client = staff_of(brand, role)
    urls = ("/studio/results/", "/studio/results.csv", f"/studio/results/of/{event.slug}/")
    assert [client.get(url).status_code for url in urls] == [may] * 3


def test_one_shows_staff_and_its_host_read_nothing_of_the_brands_other_shows(brand):
    event, _ = make_show(QIXI, brand=brand)
    producer = make_user()
    make_event_staff(event, user=producer, role=StaffRole.PRODUCER)
    host = event.event_hosts.get().host
    host.user = make_user()
    host.save()
    url = f"/studio/results/of/{event.slug}/"
    assert [signed_in(user).get(url).status_code for user in (producer, host.user)] == [403, 403]
    assert staff_of(make_brand()).get(url).status_code == 404


def test_the_shows_own_page_compares_it(brand):
    event, variant = make_show(QIXI, brand=brand)
    sell(event, variant)
    told = page(staff_of(brand), f"/studio/results/of/{event.slug}/")
    assert "nothing to compare with" in told
    make_show(QIXI_BEFORE, brand=brand, title="Last year's bridge")
    told = page(staff_of(brand), f"/studio/results/of/{event.slug}/")
    assert ("Last year&#x27;s bridge" in told, "29 Aug 2025" in told) == (True, True)


def test_the_csv_has_a_row_per_day_and_measure_in_minor_units(brand):
    event, variant = make_show(QIXI, brand=brand)
    sell(event, variant, pieces=2)
    rows = list(csv.DictReader(io.StringIO(page(staff_of(brand), "/studio/results.csv?year=2026"))))
    net = next(row for row in rows if row["measure"] == "net")
    assert net == {
        "holiday": "qixi",
        "market": "CN",
        "day": "2026-08-19",
        "day_last_year": "",
        "measure": "net",
        "unit": "money",
        "currency": "EUR",
        "this_year": "25000",
        "last_year": "",
        "change_basis_points": "",
    }
    assert {row["measure"] for row in rows} >= {"viewers", "peak", "conversion", "sell_through", "lines"}


def test_the_page_costs_the_same_for_few_and_many_shows(brand):
    client = staff_of(brand)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(YEAR)
        return len(found)

    make_show(QIXI, brand=brand)
    few = queries()
    for _ in range(4):
        make_show(QIXI, brand=brand)
        make_show(date(2025, 8, 29), brand=brand)
    assert queries() == few
