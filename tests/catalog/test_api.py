"""The catalogue's part of the API."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.enums import Role
from catalog.models import Brand, Product, Variant
from tests.factories.accounts import make_user
from tests.factories.catalog import (
    make_brand,
    make_image,
    make_member,
    make_product,
    make_stocked_variant,
    make_variant,
    stock_of,
)

pytestmark = pytest.mark.django_db

API = "/api/v1"


def signed_in(brand: Brand, role: Role = Role.MERCHANDISER) -> Client:
    user, client = make_user(), Client()
    make_member(user, brand, role)
    client.force_login(user)
    return client


@pytest.fixture
def brand() -> Brand:
    return make_brand()


@pytest.fixture
def staff(brand: Brand) -> Client:
    return signed_in(brand)


def send(client: Client, method: str, path: str, body: object) -> Any:
    return getattr(client, method)(f"{API}/{path}", body, content_type="application/json")


def found(client: Client, query: str) -> list[str]:
    return [row["slug"] for row in client.get(f"{API}/products/?{query}").json()["results"]]


def test_products_are_listed_by_brand_category_words_and_ids(client: Client) -> None:
    silk = make_product(slug="silk-square", name="Square", category="silk", story="Sixteen moons")
    bag = make_product(slug="half-moon", name="Bag", subtitle="Half a moon", category="leather")
    make_product(slug="draft", state="draft")
    assert sorted(found(client, "")) == ["half-moon", "silk-square"]
    assert found(client, f"brand={silk.brand.slug}") == ["silk-square"]
    assert found(client, "category=leather") == ["half-moon"]
    assert sorted(found(client, "q=MOON")) == ["half-moon", "silk-square"]
    assert found(client, "q=moon sixteen") == ["silk-square"]
    assert found(client, f"ids={bag.public_id},unknown") == ["half-moon"]


def test_a_search_of_thousands_of_words_costs_no_more_than_one_of_a_few(client: Client) -> None:
    assert client.get(f"{API}/products/", {"q": " ".join(["silk"] * 2500)}).status_code == 200


def test_lists_are_paged(client: Client) -> None:
    for _ in range(3):
        make_product()
    page = client.get(f"{API}/products/?page_size=2").json()
    assert (page["count"], len(page["results"]), page["previous"]) == (3, 2, None)
    assert client.get(f"{API}/products/?page=9").json()["error"]["code"] == "not_found"


def test_prices_are_in_the_currency_asked_for(client: Client) -> None:
    variant = make_stocked_variant(price=12_500)
    path = f"{API}/products/{variant.product.slug}/"
    assert client.get(path).json()["variants"][0]["amount"] == 12_500
    assert client.get(f"{path}?currency=USD").json()["variants"] == []
    assert client.get(f"{path}?currency=bogus").status_code == 400


def test_a_product_in_full(client: Client) -> None:
    product = make_product(story="Once.", details=[["Material", "Silk"]])
    image = make_image(product)
    body = client.get(f"{API}/products/{product.slug}/").json()
    assert (body["story"], body["details"], body["brand_slug"], body["state"]) == (
        "Once.",
        [["Material", "Silk"]],
        product.brand.slug,
        "active",
    )
    assert [row["id"] for row in body["images"]] == [image.public_id]


def test_drafts_are_seen_by_those_who_make_them(client: Client, staff: Client, brand: Brand) -> None:
    draft = make_product(brand=brand, state="draft")
    path = f"{API}/products/{draft.slug}/"
    assert (client.get(path).status_code, staff.get(path).status_code) == (404, 200)
    assert signed_in(brand, Role.MODERATOR).get(path).status_code == 404


def test_brands_are_listed_with_what_is_on_sale(client: Client, brand: Brand) -> None:
    make_product(brand=brand)
    make_product(brand=brand, state="draft")
    assert client.get(f"{API}/brands/").json()["results"][0]["products"] == 1
    assert client.get(f"{API}/brands/{brand.slug}/").json()["name"] == brand.name
    assert "care_email" not in client.get(f"{API}/brands/{brand.slug}/").json()


def test_a_product_is_made_and_changed(staff: Client, brand: Brand) -> None:
    made = send(staff, "post", "products/", {"brand": brand.slug, "name": "Scarf", "category": "silk"})
    assert (made.status_code, made.json()["slug"], made.json()["state"]) == (201, "scarf", "draft")
    changed = send(staff, "patch", "products/scarf/", {"name": "Square", "details": [["Material", "Silk"]]})
    assert (changed.status_code, changed.json()["name"]) == (200, "Square")
    refused = send(staff, "patch", "products/scarf/", {"state": "active"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_sellable")
    make_variant(product=Product.objects.get(slug="scarf"))
    assert send(staff, "patch", "products/scarf/", {"state": "active"}).json()["state"] == "active"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "other"),
        ("brand", "other"),
        ("public_id", "x"),
        ("price", 1),
        ("max_per_order", 0),
        ("max_per_order", 1.5),
        ("edition_size", -1),
        ("state", "gone"),
        ("details", [["only a label"]]),
        ("name", ""),
    ],
)
def test_unknown_forbidden_and_wrong_fields_are_refused(
    staff: Client, brand: Brand, field: str, value: object
) -> None:
    product = make_product(brand=brand, name="Scarf")
    answer = send(staff, "patch", f"products/{product.slug}/", {field: value})
    product.refresh_from_db()
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, [field])
    assert product.name == "Scarf"


def test_a_product_starts_as_a_draft_whatever_is_sent(staff: Client, brand: Brand) -> None:
    body = {"brand": brand.slug, "name": "Scarf", "category": "silk", "state": "active"}
    assert send(staff, "post", "products/", body).json()["error"]["fields"] == {
        "state": ["Not a field of this."]
    }


@pytest.mark.parametrize("body", [[], "text", None, 3])
def test_a_body_that_is_no_object_is_refused(staff: Client, brand: Brand, body: object) -> None:
    assert send(staff, "post", "products/", body).status_code == 400


def test_a_variant_is_made_priced_counted_and_changed(staff: Client, brand: Brand) -> None:
    product = make_product(brand=brand)
    base = f"products/{product.slug}/variants/"
    made = send(staff, "post", base, {"sku": "S-1", "options": {"Size": "38"}, "on_hand": 4})
    variant = Variant.objects.get(sku="S-1")
    assert (made.status_code, made.json()["id"]) == (201, variant.public_id)
    path = f"{base}{variant.public_id}/"
    send(staff, "put", f"{path}price/", {"amount": 12_500, "currency": "EUR"})
    send(staff, "put", f"{path}stock/", {"on_hand": 9})
    changed = send(staff, "patch", path, {"options": {"Size": "39"}, "active": False})
    assert changed.json() == {
        "id": variant.public_id,
        "sku": "S-1",
        "label": "39",
        "options": {"Size": "39"},
        "active": False,
        "position": 0,
        "prices": [{"amount": 12_500, "currency": "EUR"}],
        "on_hand": 9,
        "held": 0,
        "sold": 0,
    }
    assert staff.get(f"{API}/{base}").json() == [changed.json()]


def test_a_sku_is_given_once(staff: Client, brand: Brand) -> None:
    make_variant(sku="TAKEN")
    answer = send(staff, "post", f"products/{make_product(brand=brand).slug}/variants/", {"sku": "TAKEN"})
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["sku"])


@pytest.mark.parametrize(
    "body",
    [
        {"amount": -1, "currency": "EUR"},
        {"amount": 12.5, "currency": "EUR"},
        {"amount": 2**31, "currency": "EUR"},
        {"amount": 1, "currency": "EUX"},
        {"amount": 1, "currency": "EUR", "discount": 1},
        {"amount": 1},
        {},
    ],
)
def test_wrong_prices_are_refused(staff: Client, brand: Brand, body: dict[str, object]) -> None:
    variant = make_variant(product=make_product(brand=brand), price=900)
    path = f"products/{variant.product.slug}/variants/{variant.public_id}/price/"
    assert send(staff, "put", path, body).status_code == 400
    assert variant.prices.get().amount == 900


def test_metals_are_no_currency(staff: Client, brand: Brand) -> None:
    variant = make_variant(product=make_product(brand=brand))
    path = f"products/{variant.product.slug}/variants/{variant.public_id}/price/"
    answer = send(staff, "put", path, {"amount": 1, "currency": "XAU"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_price")


@pytest.mark.parametrize(("on_hand", "status"), [(-1, 400), (1.5, 400), (2**31, 400), (2, 409), (3, 200)])
def test_counts_are_whole_and_cover_what_is_promised(
    staff: Client, brand: Brand, on_hand: float, status: int
) -> None:
    variant = make_stocked_variant(product=make_product(brand=brand), on_hand=5, held=1, sold=2)
    path = f"products/{variant.product.slug}/variants/{variant.public_id}/stock/"
    assert send(staff, "put", path, {"on_hand": on_hand}).status_code == status
    assert stock_of(variant) == (3 if status == 200 else 5, 1, 2)


def test_pictures_are_uploaded_and_taken_down(
    staff: Client, brand: Brand, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    product, file = make_product(brand=brand), BytesIO()
    Image.new("RGB", (40, 50), "red").save(file, "PNG")
    path = f"{API}/products/{product.slug}/images/"
    made = staff.post(path, {"file": SimpleUploadedFile("x.svg", file.getvalue()), "alt": "Red"})
    assert (made.status_code, made.json()["alt"], made.json()["width"]) == (201, "Red", 40)
    refused = staff.post(path, {"file": SimpleUploadedFile("x.png", b"<svg/>"), "alt": "Red"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_image")
    assert staff.delete(f"{path}{made.json()['id']}/").status_code == 204
    assert product.images.count() == 0


WRITES = [
    ("patch", "products/{product}/", {"name": "Mine now"}),
    ("get", "products/{product}/variants/", None),
    ("post", "products/{product}/variants/", {"sku": "X", "on_hand": 1}),
    ("patch", "products/{product}/variants/{variant}/", {"active": False}),
    ("put", "products/{product}/variants/{variant}/price/", {"amount": 1, "currency": "EUR"}),
    ("put", "products/{product}/variants/{variant}/stock/", {"on_hand": 99}),
    ("delete", "products/{product}/images/{picture}/", None),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_only_the_brand_s_own_shopkeepers_change_its_shelf(
    method: str, path: str, body: object, brand: Brand
) -> None:
    variant = make_stocked_variant(product=make_product(brand=brand), price=900)
    image = make_image(variant.product)
    words = {"product": variant.product.slug, "variant": variant.public_id, "picture": image.public_id}
    address = path.format(**words)
    people = {
        "guest": Client(),
        "viewer": signed_in(make_brand(), Role.HOST),
        "other brand": signed_in(make_brand(), Role.PRODUCER),
        "moderator": signed_in(brand, Role.MODERATOR),
        "host": signed_in(brand, Role.HOST),
    }
    answers = {who: send(client, method, address, body).status_code for who, client in people.items()}
    guest = answers.pop("guest")
    assert guest in {401, 403, 404}
    assert answers == {"viewer": 404, "other brand": 404, "moderator": 403, "host": 403}
    assert (variant.prices.get().amount, stock_of(variant), variant.product.images.count()) == (
        900,
        (10, 0, 0),
        1,
    )
    assert send(signed_in(brand), method, address, body).status_code in {200, 201, 204}


def test_a_product_is_made_only_for_one_s_own_brand(staff: Client, brand: Brand) -> None:
    body = {"brand": make_brand().slug, "name": "Scarf", "category": "silk"}
    assert send(staff, "post", "products/", body).status_code == 404
    assert (
        send(signed_in(brand, Role.HOST), "post", "products/", body | {"brand": brand.slug}).status_code
        == 403
    )
    assert send(Client(), "post", "products/", body).status_code == 403
    assert Product.objects.count() == 0


def test_variants_and_pictures_of_another_product_are_not_reached(staff: Client, brand: Brand) -> None:
    product, other = make_product(brand=brand), make_stocked_variant()
    image = make_image(other.product)
    base = f"products/{product.slug}"
    assert send(staff, "put", f"{base}/variants/{other.public_id}/stock/", {"on_hand": 1}).status_code == 404
    assert send(staff, "delete", f"{base}/images/{image.public_id}/", None).status_code == 404
