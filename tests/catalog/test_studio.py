"""Staff's product pages."""

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

DETAILS = {
    "name": "Scarf",
    "subtitle": "Silk",
    "category": "silk",
    "story": "Once.",
    "details": "Material: Silk\nRatio: 1:1",
    "edition_size": "40",
    "max_per_order": "2",
}


@pytest.fixture
def brand() -> Brand:
    return make_brand()


def signed_in(brand: Brand, role: Role = Role.MERCHANDISER) -> Client:
    user, client = make_user(), Client()
    make_member(user, brand, role)
    client.force_login(user)
    return client


@pytest.fixture
def staff(brand: Brand) -> Client:
    return signed_in(brand)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_the_list_shows_my_brands_products_and_their_pieces(staff: Client, brand: Brand) -> None:
    product = make_product(brand=brand, name="Mine", state="draft")
    make_stocked_variant(product=product, on_hand=12, held=2, sold=3)
    make_image(product)
    make_product(name="Theirs")
    html = staff.get("/studio/products/").content.decode()
    assert ("Mine" in html, "Draft" in html, '<td class="num">7</td>' in html, "Theirs" in html) == (
        True,
        True,
        True,
        False,
    )


def test_an_empty_list_says_how_to_begin(staff: Client) -> None:
    assert "Nothing on the shelf yet" in staff.get("/studio/products/").content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("silk", ["Silk scarf", "Silk tie"]),
        ("tie silk", ["Silk tie"]),
        ("sca-01", ["Silk scarf"]),
        ("velvet", []),
        (" ", ["Silk scarf", "Silk tie"]),
    ],
)
def test_the_list_is_searched_by_name_and_sku(
    words: str, found: list[str], staff: Client, brand: Brand
) -> None:
    make_stocked_variant(product=make_product(brand=brand, name="Silk scarf"), sku="SCA-01")
    make_stocked_variant(product=make_product(brand=brand, name="Silk tie"), sku="TIE-01")
    page = staff.get("/studio/products/", {"q": words})
    assert [product.name for product, _image, _pieces in page.context["products"]] == found
    assert ("No such piece" in page.content.decode()) == (not found)


def test_a_new_product_is_a_draft_of_my_brand(staff: Client, brand: Brand) -> None:
    answer = staff.post("/studio/products/new/", DETAILS | {"brand": brand.pk})
    product = Product.objects.get(brand=brand)
    assert (answer.status_code, answer["Location"]) == (302, "/studio/products/scarf/")
    assert (product.state, product.edition_size, product.max_per_order) == ("draft", 40, 2)
    assert product.details == [["Material", "Silk"], ["Ratio", "1:1"]]


def test_two_products_of_one_name_have_two_addresses(staff: Client, brand: Brand) -> None:
    for name in ("Scarf", "Scarf", "New", "丝巾"):
        staff.post("/studio/products/new/", DETAILS | {"brand": brand.pk, "name": name})
    slugs = set(Product.objects.values_list("slug", flat=True))
    assert len(slugs) == 4
    assert "new" not in slugs
    assert all(staff.get(f"/studio/products/{slug}/").status_code == 200 for slug in slugs)


def test_a_product_cannot_be_made_for_another_brand(staff: Client) -> None:
    answer = staff.post("/studio/products/new/", DETAILS | {"brand": make_brand().pk})
    assert (answer.status_code, Product.objects.count()) == (200, 0)


def test_details_are_saved(staff: Client, brand: Brand) -> None:
    product = make_product(brand=brand, state="draft")
    staff.post(f"/studio/products/{product.slug}/", DETAILS | {"name": "Renamed", "state": "draft"})
    product.refresh_from_db()
    assert (product.name, product.story) == ("Renamed", "Once.")


def test_a_product_without_a_price_does_not_go_on_sale(staff: Client, brand: Brand) -> None:
    product = make_product(brand=brand, state="draft")
    make_variant(product=product, price=None)
    answer = staff.post(f"/studio/products/{product.slug}/", DETAILS | {"state": "active"})
    product.refresh_from_db()
    assert (answer.status_code, product.state) == (422, "draft")
    assert "Add a variant with a price" in answer.content.decode()
    make_variant(product=product, price=100)
    staff.post(f"/studio/products/{product.slug}/", DETAILS | {"state": "active"})
    product.refresh_from_db()
    assert product.state == "active"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("details", "no colon"),
        ("max_per_order", "0"),
        ("edition_size", "-1"),
        ("state", "gone"),
    ],
)
def test_wrong_details_come_back_with_a_word(staff: Client, brand: Brand, field: str, value: str) -> None:
    product = make_product(brand=brand)
    answer = staff.post(f"/studio/products/{product.slug}/", DETAILS | {"state": "draft", field: value})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_a_variant_is_added_with_prices_and_pieces(staff: Client, brand: Brand) -> None:
    product = make_product(brand=brand)
    given = {
        "new-sku": "S-1",
        "new-options": "Size: 38; Colour: Night",
        "new-on_hand": "12",
        "new-price_EUR": "390.50",
        "new-price_JPY": "63200",
    }
    answer = staff.post(f"/studio/products/{product.slug}/variants/", given, follow=True)
    variant = Variant.objects.get(sku="S-1")
    assert said(answer) == ["S-1 is on the shelf."]
    assert variant.options == {"Size": "38", "Colour": "Night"}
    assert [(p.currency, p.amount) for p in variant.prices.all()] == [("EUR", 39_050), ("JPY", 63_200)]
    assert stock_of(variant) == (12, 0, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sku", "TAKEN"),
        ("options", "just words"),
        ("on_hand", "-1"),
        ("on_hand", "1.5"),
        ("price_EUR", "-1"),
        ("price_EUR", "1.005"),
        ("price_JPY", "1.5"),
    ],
)
def test_a_wrong_variant_comes_back_and_is_not_made(
    staff: Client, brand: Brand, field: str, value: str
) -> None:
    product = make_product(brand=brand)
    make_variant(sku="TAKEN")
    given = {"new-sku": "S-1", "new-options": "", "new-on_hand": "1", f"new-{field}": value}
    answer = staff.post(f"/studio/products/{product.slug}/variants/", given)
    assert (answer.status_code, product.variants.count()) == (422, 0)
    assert set(answer.context["new_variant"].errors) == {field}


def change(client: Client, variant: Variant, **over: str) -> Any:
    given = {"options": "Size: 39", "on_hand": "9", "price_EUR": "1.00", "active": "on"} | over
    data = {f"{variant.public_id}-{name}": value for name, value in given.items()}
    path = f"/studio/products/{variant.product.slug}/variants/{variant.public_id}/"
    return client.post(path, data, follow=True)


def test_a_variant_is_changed_with_its_price_and_count(staff: Client, brand: Brand) -> None:
    variant = make_stocked_variant(product=make_product(brand=brand), on_hand=5, sold=2, sku="S-1")
    assert said(change(staff, variant)) == ["S-1 is changed."]
    variant.refresh_from_db()
    assert (variant.options, variant.active) == ({"Size": "39"}, True)
    assert (variant.prices.get().amount, stock_of(variant)) == (100, (9, 0, 2))


def test_a_count_below_what_is_promised_changes_nothing_at_all(staff: Client, brand: Brand) -> None:
    variant = make_stocked_variant(product=make_product(brand=brand), on_hand=5, sold=2, price=900)
    assert said(change(staff, variant, on_hand="1")) == ["More pieces than that are already held or sold."]
    variant.refresh_from_db()
    assert (variant.options, variant.prices.get().amount, stock_of(variant)) == ({}, 900, (5, 0, 2))


def test_a_wrong_price_is_said(staff: Client, brand: Brand) -> None:
    variant = make_stocked_variant(product=make_product(brand=brand), sku="S-1", price=900)
    assert said(change(staff, variant, price_EUR="many")) == ["S-1 was not changed: Enter a number."]
    assert said(change(staff, variant, price_EUR="1000000.00")) == [
        "Give a price in whole minor units and an ISO 4217 currency."
    ]
    assert variant.prices.get().amount == 900


def upload(data: bytes, name: str = "picture.png") -> dict[str, object]:
    return {"picture-file": SimpleUploadedFile(name, data), "picture-alt": "A scarf"}


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 50), "red").save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_added_put_first_and_taken_down(
    staff: Client, brand: Brand, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    product = make_product(brand=brand)
    old = make_image(product)
    path = f"/studio/products/{product.slug}/pictures/"
    staff.post(path, upload(png(), name="../../etc/passwd"))
    new = product.images.exclude(pk=old.pk).get()
    assert (new.alt, new.position) == ("A scarf", 1)
    staff.post(f"{path}{new.public_id}/", {"do": "first"})
    assert list(product.images.all()) == [new, old]
    staff.post(f"{path}{new.public_id}/", {"do": "remove"})
    assert list(product.images.all()) == [old]
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_what_is_no_picture_comes_back_with_a_word(staff: Client, brand: Brand) -> None:
    product = make_product(brand=brand)
    path = f"/studio/products/{product.slug}/pictures/"
    refused = staff.post(path, upload(b"<svg onload=alert(1)>"))
    assert (refused.status_code, refused.context["picture"].errors["file"]) == (
        422,
        ["Use a JPEG, PNG, WebP or AVIF picture."],
    )
    assert staff.post(path, {"picture-alt": "Nothing"}).status_code == 422
    assert product.images.count() == 0


STAFF_PATHS = [
    ("get", "/studio/products/{product}/"),
    ("post", "/studio/products/{product}/"),
    ("post", "/studio/products/{product}/variants/"),
    ("post", "/studio/products/{product}/variants/{variant}/"),
    ("post", "/studio/products/{product}/pictures/"),
    ("post", "/studio/products/{product}/pictures/{picture}/"),
]


@pytest.mark.parametrize(("method", "path"), STAFF_PATHS)
def test_products_belong_to_the_brand_s_own_shopkeepers(method: str, path: str, brand: Brand) -> None:
    variant = make_stocked_variant(product=make_product(brand=brand))
    image = make_image(variant.product)
    words = {"product": variant.product.slug, "variant": variant.public_id, "picture": image.public_id}
    address = path.format(**words)
    answers = {
        who: getattr(client, method)(address).status_code
        for who, client in {
            "guest": Client(),
            "viewer": signed_in(make_brand(), Role.HOST),
            "other brand": signed_in(make_brand(), Role.PRODUCER),
            "moderator": signed_in(brand, Role.MODERATOR),
        }.items()
    }
    assert answers == {"guest": 302, "viewer": 404, "other brand": 404, "moderator": 403}
    assert getattr(signed_in(brand, Role.PRODUCER), method)(address).status_code in {200, 302, 422}


@pytest.mark.parametrize("path", ["/studio/products/", "/studio/products/new/"])
def test_people_without_a_shelf_are_turned_away(path: str, brand: Brand) -> None:
    assert Client().get(path).status_code == 302
    assert signed_in(brand, Role.AGENT).get(path).status_code == 403
    assert signed_in(brand).get(path).status_code == 200


def test_variants_and_pictures_of_another_product_are_not_reached(staff: Client, brand: Brand) -> None:
    product, other = make_product(brand=brand), make_stocked_variant()
    image = make_image(other.product)
    base = f"/studio/products/{product.slug}"
    assert staff.post(f"{base}/variants/{other.public_id}/").status_code == 404
    assert staff.post(f"{base}/pictures/{image.public_id}/", {"do": "remove"}).status_code == 404
