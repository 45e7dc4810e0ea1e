"""The model in 3D of a product: put up in the studio, by API, in the back office; read by everybody."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.datastructures import MultiValueDict

from accounts.enums import Role
from catalog.admin import ProductForm
from catalog.domain.models3d import set_model
from catalog.models import Brand, Product
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product
from tests.factories.gltf import glb

pytestmark = pytest.mark.django_db

WORD = "Use a model in one binary glTF file (.glb)."


@pytest.fixture(autouse=True)
def _scratch_media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def product() -> Product:
    return make_product(slug="tote", name="Tote")


@pytest.fixture
def staff(product: Product) -> Client:
    return signed_in(product.brand)


def signed_in(brand: Brand, role: Role = Role.MERCHANDISER) -> Client:
    user, client = make_user(), Client()
    make_member(user, brand, role)
    client.force_login(user)
    return client


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("../../tote.html", data)


def address_of(product: Product) -> str:
    product.refresh_from_db()
    return f"/media/{product.model}" if product.model else ""


def put(client: Client, data: bytes) -> Any:
    body = encode_multipart(BOUNDARY, {"file": file(data)})
    return client.put("/api/v1/products/tote/model/", body, content_type=MULTIPART_CONTENT)


def test_the_studio_puts_it_up_and_takes_it_down(staff: Client, product: Product) -> None:
    path = "/studio/products/tote/model/"
    assert staff.post(path, {"model-file": file(glb())})["Location"] == "/studio/products/tote/"
    served = Client().get(address_of(product))
    assert (served.content, served["Content-Type"], served["Content-Security-Policy"]) == (
        glb(),
        "model/gltf-binary",
        "default-src 'none'; sandbox",
    )
    assert b"Take the model down" in staff.get("/studio/products/tote/").content
    staff.post(path, {"do": "remove"})
    assert address_of(product) == ""


def test_what_is_no_model_comes_back_with_a_word(staff: Client, product: Product) -> None:
    path = "/studio/products/tote/model/"
    refused = staff.post(path, {"model-file": file(b"<svg onload=alert(1)>")})
    assert (refused.status_code, refused.context["model"].errors["file"]) == (422, [WORD])
    assert staff.post(path).status_code == 422
    assert address_of(product) == ""


def test_the_api_puts_it_up_tells_where_it_is_and_takes_it_down(staff: Client, product: Product) -> None:
    assert put(staff, glb()).status_code == 204
    everybody = Client().get("/api/v1/products/tote/").json()
    assert (everybody["model"], len(everybody["model"]) > 20) == (address_of(product), True)
    refused = put(staff, b"<svg/>")
    assert (refused.status_code, refused.json()["error"]) == (
        400,
        refused.json()["error"] | {"code": "bad_model", "message": WORD},
    )
    assert staff.delete("/api/v1/products/tote/model/").status_code == 204
    assert Client().get("/api/v1/products/tote/").json()["model"] is None


def test_only_the_shopkeepers_of_the_brand_change_it(product: Product) -> None:
    others = {
        "moderator": signed_in(product.brand, Role.MODERATOR),
        "other brand": signed_in(make_brand()),
        "guest": Client(),
    }
    answers = {who: put(client, glb()).status_code for who, client in others.items()}
    assert (answers, address_of(product)) == ({"moderator": 403, "other brand": 404, "guest": 403}, "")


def test_the_back_office_puts_it_up_through_the_same_guard(product: Product) -> None:
    admin = Client()
    admin.force_login(make_user(is_staff=True, is_superuser=True))
    path = f"/admin/catalog/product/{product.pk}/change/"
    kept = {
        name: getattr(product, name) for name in ("slug", "name", "category", "state", "max_per_order")
    } | {"brand": product.brand_id, "details": "[]"}
    for inline in ("variants", "images"):
        kept |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    refused = ProductForm(kept, MultiValueDict({"upload": [file(b"no model")]}), instance=product)
    assert refused.errors["upload"] == [WORD]
    assert admin.post(path, kept | {"upload": file(glb())}).status_code == 302
    assert address_of(product)[:14] == "/media/models/"
    assert admin.post(path, kept).status_code == 302
    assert address_of(product)[:14] == "/media/models/"


def test_a_product_page_offers_to_turn_it_only_when_there_is_a_model(product: Product) -> None:
    assert "data-model" not in Client().get("/products/tote/").content.decode()
    set_model(product, data=glb())
    page = Client().get("/products/tote/").content.decode()
    assert f'data-model="{address_of(product)}"' in page
