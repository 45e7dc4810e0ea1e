"""The pages and the API of products by CSV."""

import csv
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from catalog.models import Product, Variant
from catalog.views import importing
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_stocked_variant

pytestmark = pytest.mark.django_db
PAGE = "/studio/products/import/"
RIGHT = b"sku,name,category,price_EUR\nA,Scarf,silk,390\n"
MIXED = RIGHT + b'B,Bag,leather,"1,5"\n'


@pytest.fixture
def brand():
    return make_brand(slug="maison")


def signed_in(brand, role=Role.MERCHANDISER):
    user, client = make_user(), Client()
    make_member(user, brand, role)
    client.force_login(user)
    return client


@pytest.fixture
def staff(brand):
    return signed_in(brand)


def upload(data, name="products.csv"):
    return SimpleUploadedFile(name, data, content_type="text/csv")


def checked(client, data, brand="maison"):
    return client.post(PAGE, {"brand": brand, "do": "check", "file": upload(data)})


def carried(answer):
    return re.search(r'name="sheet" value="([^"]+)"', answer.content.decode())[1]


def test_a_file_is_checked_read_about_and_brought_in_without_being_chosen_again(staff):
    report = checked(staff, RIGHT)
    assert (report.status_code, report.context["report"].counts["new"]) == (200, 1)
    assert Product.objects.count() == 0
    done = staff.post(PAGE, {"brand": "maison", "do": "apply", "rows": "all", "sheet": carried(report)})
    assert (done.status_code, done["Location"]) == (302, "/studio/products/")
    assert [str(m) for m in staff.get("/studio/products/").context["messages"]] == [
        "1 row added, 0 rows changed."
    ]
    assert [v.sku for v in Variant.objects.all()] == ["A"]


def test_wrong_rows_are_shown_with_what_to_do_and_the_right_ones_can_go_first(staff):
    report = checked(staff, MIXED)
    page = report.content.decode()
    assert "“price_eur”: Write 1.5: a point before the decimals" in page
    assert "Bring in all rows" not in page
    sheet = {"brand": "maison", "do": "apply", "sheet": carried(report)}
    refused = staff.post(PAGE, sheet | {"rows": "all"})
    assert (refused.status_code, Product.objects.count()) == (422, 0)
    done = staff.post(PAGE, sheet | {"rows": "right"})
    assert (done.status_code, done.context["report"].applied) == (200, True)
    assert [p.name for p in Product.objects.all()] == ["Scarf"]


def test_a_file_that_is_no_sheet_is_refused_beside_the_field(staff):
    for data, said in ((b"name\nScarf\n", "“sku” is missing"), (b"", "The submitted file is empty.")):
        answer = checked(staff, data)
        assert (answer.status_code, said in answer.context["form"].errors["file"][0]) == (422, True)
    nothing = staff.post(PAGE, {"brand": "maison", "do": "check"})
    assert nothing.context["form"].errors["file"] == ["Choose the file."]
    large = checked(staff, b"x" * 5_000_001)
    assert "larger than 5 MB" in large.context["form"].errors["file"][0]


def test_a_report_is_acted_on_only_by_its_reader_for_its_brand_and_unaltered(staff, brand):
    sheet = carried(checked(staff, RIGHT))
    other = make_brand(slug="other")
    colleague = signed_in(brand)
    user = make_user()
    make_member(user, brand)
    make_member(user, other)
    both = Client()
    both.force_login(user)
    mine = carried(checked(both, RIGHT))
    for client, brand_slug, kept in (
        (colleague, "maison", sheet),
        (staff, "maison", sheet[:-1] + ("A" if sheet[-1] != "A" else "B")),
        (both, "other", mine),
    ):
        answer = client.post(PAGE, {"brand": brand_slug, "do": "apply", "rows": "all", "sheet": kept})
        assert (answer.status_code, answer.context["form"].errors["file"]) == (422, ["Choose the file."])
    assert Product.objects.count() == 0


def test_a_file_too_large_to_be_carried_is_chosen_once_more(staff, monkeypatch):
    monkeypatch.setattr(importing, "MOST_CARRIED", 10)
    page = checked(staff, RIGHT).content.decode()
    assert ('name="sheet"' in page, 'id="again"' in page) == (False, True)
    done = staff.post(PAGE, {"brand": "maison", "do": "apply", "rows": "all", "file": upload(RIGHT)})
    assert (done.status_code, Product.objects.count()) == (302, 1)


def test_another_brand_cannot_be_chosen(staff):
    make_brand(slug="other")
    assert list(checked(staff, RIGHT, brand="other").context["form"].errors) == ["brand"]


def test_the_shelves_and_the_template_are_downloaded(staff, brand):
    make_stocked_variant(sku="A", product=make_product(brand=brand, name="=1+1"))
    answer = staff.get("/studio/products/export/maison/")
    assert answer["Content-Disposition"] == 'attachment; filename="products-maison.csv"'
    [row] = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())
    assert (row["sku"], row["name"], row["price_EUR"], row["stock"]) == ("A", "'=1+1", "125.00", "10")
    template = staff.get("/studio/products/template/")
    assert template.content.decode("utf-8-sig").startswith("sku,slug,name")


# --- API ---
def sent(client, **body):
    return client.post(
        "/api/v1/products/import/", {"brand": "maison"} | body, content_type="application/json"
    )


def test_the_api_reports_every_row_and_writes_when_told(staff):
    report = sent(staff, text=MIXED.decode()).json()
    assert report["counts"] == {"new": 1, "changed": 0, "same": 0, "wrong": 1}
    assert report["rows"][0] == {
        "row": 2,
        "sku": "A",
        "state": "new",
        "changes": [
            {"column": "name", "before": "", "after": "Scarf"},
            {"column": "category", "before": "", "after": "silk"},
            {"column": "price_EUR", "before": "", "after": "390.00 EUR"},
        ],
        "problems": [],
    }
    assert (sent(staff, text=MIXED.decode(), apply="all").json()["applied"], Product.objects.count()) == (
        False,
        0,
    )
    assert (sent(staff, text=MIXED.decode(), apply="right").json()["applied"], Product.objects.count()) == (
        True,
        1,
    )


def test_the_api_takes_a_file_and_refuses_what_is_no_sheet(staff):
    answer = staff.post(
        "/api/v1/products/import/", {"brand": "maison", "apply": "all", "file": upload(RIGHT)}
    )
    assert answer.json()["counts"]["new"] == 1
    for body in ({}, {"text": "name\nScarf"}):
        refused = sent(staff, **body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_sheet")
    assert sent(staff, text="sku", brand="nobody").status_code == 404
