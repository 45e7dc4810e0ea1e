"""What people see of products and brands."""

import re

import pytest
from django.test import Client

from catalog.enums import ProductState
from tests.factories.catalog import make_brand, make_image, make_product, make_stocked_variant, make_variant

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_product_shows_its_price_what_is_left_and_its_story(client: Client) -> None:
    product = make_product(
        name="The Almanac Square",
        subtitle="Silk twill",
        story="Sixteen moons.\n\nOne sun.",
        details=[["Material", "Silk"]],
        edition_size=180,
    )
    make_stocked_variant(product=product, on_hand=3, price=39_000)
    make_image(product, alt="A square of silk")
    html = page(client, f"/products/{product.slug}/")
    for said in ("€390.00", "Three left", "Numbered edition of 180", "<p>One sun.</p>", "<dt>Material</dt>"):
        assert said in html
    assert 'alt="A square of silk"' in html


def test_the_buying_form_works_as_plain_html(client: Client) -> None:
    product = make_product(max_per_order=2)
    first = make_stocked_variant(product=product, on_hand=0, options={"Size": "S"}, position=0)
    second = make_stocked_variant(product=product, on_hand=2, options={"Size": "M"}, position=1, price=13_000)
    html = page(client, f"/products/{product.slug}/")
    form = html[html.index("<form class") : html.index("</form>", html.index("<form class"))]
    radios = {
        found[1]: found[0] for found in re.findall(r'(<input type="radio"[^>]*value="(\w+)"[^>]*>)', form)
    }
    assert 'action="/bag/add/"' in form
    assert f'name="next" value="/products/{product.slug}/"' in form
    assert "disabled" in radios[first.public_id]
    assert "checked" in radios[second.public_id]
    assert re.findall(r"<option>(\d)</option>", form) == ["1", "2"]
    assert "<legend>Size</legend>" in form


def test_a_product_of_one_variant_asks_nothing(client: Client) -> None:
    variant = make_stocked_variant(product=make_product(max_per_order=1), on_hand=4)
    html = page(client, f"/products/{variant.product.slug}/")
    assert f'<input type="hidden" name="variant" value="{variant.public_id}">' in html
    assert '<input type="hidden" name="quantity" value="1">' in html


def test_when_every_piece_is_gone_nothing_is_for_sale(client: Client) -> None:
    variant = make_stocked_variant(on_hand=0)
    html = page(client, f"/products/{variant.product.slug}/")
    assert "Every piece has found someone." in html
    assert "Add to bag" not in html


def test_a_product_without_a_price_here_is_shown_without_a_form(client: Client) -> None:
    product = make_product(name="Unpriced")
    make_variant(product=product, price=None)
    html = page(client, f"/products/{product.slug}/")
    assert "not for sale in your currency yet" in html
    assert "data-buy" not in html


@pytest.mark.parametrize("state", [ProductState.DRAFT, ProductState.ARCHIVED])
def test_what_is_not_on_sale_is_nowhere(client: Client, state: str) -> None:
    product = make_product(state=state)
    assert client.get(f"/products/{product.slug}/").status_code == 404
    assert product.name not in page(client, f"/brands/{product.brand.slug}/")


def test_other_pieces_of_the_brand_stand_at_the_foot(client: Client) -> None:
    brand = make_brand()
    shown, other = make_product(brand=brand), make_product(brand=brand, name="Another piece")
    make_product(name="Of another brand")
    html = page(client, f"/products/{shown.slug}/")
    assert f'<a href="/products/{other.slug}/">Another piece</a>' in html
    assert "Of another brand" not in html


def test_a_brand_tells_its_story_and_shows_its_shelf(client: Client) -> None:
    brand = make_brand(name="Maison", tagline="Since 1926", story="A bench.")
    product = make_product(brand=brand, name="Scarf", edition_size=40)
    make_stocked_variant(product=product, on_hand=20, price=10_000)
    make_stocked_variant(product=product, on_hand=20, price=12_000)
    html = page(client, "/brands/" + brand.slug + "/")
    for said in (
        "Maison",
        "Since 1926",
        "<p>A bench.</p>",
        "1 piece",
        "from <bdi>€100.00</bdi>",
        "Edition of 40",
    ):
        assert said in html


def test_an_empty_shelf_says_so(client: Client) -> None:
    assert "Nothing on the shelf today" in page(client, f"/brands/{make_brand().slug}/")


def test_what_brands_write_is_never_markup(client: Client) -> None:
    product = make_product(name="<script>alert(1)</script>", story="<img src=x onerror=alert(1)>")
    html = page(client, f"/products/{product.slug}/")
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_piece_seen_closer_is_its_pictures_and_story_without_the_page(client: Client) -> None:
    product = make_product(story="Sixteen moons.\n\nOne sun.", details=[["Material", "Silk"]])
    make_image(product, alt="A square of silk")
    html = page(client, f"/products/{product.slug}/closer/")
    for said in ('alt="A square of silk"', "<p>One sun.</p>", "<dt>Material</dt>"):
        assert said in html
    assert "<html" not in html


def test_a_draft_is_not_seen_closer(client: Client) -> None:
    product = make_product(state=ProductState.DRAFT)
    assert client.get(f"/products/{product.slug}/closer/").status_code == 404
