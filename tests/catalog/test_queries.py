"""Cards: what lists and rooms show of a product."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalog.models import Brand, Product
from catalog.money import Money
from catalog.queries import product_cards, sources, stock_rows, stocked
from catalog.templatetags.shelf import option_names, pieces_left, stock_class
from tests.factories.catalog import (
    make_brand,
    make_image,
    make_product,
    make_stocked_variant,
    make_variant,
)

pytestmark = pytest.mark.django_db


def test_a_card_has_all_that_a_room_shows() -> None:
    product = make_product(
        brand=make_brand(name="Maison"), slug="scarf", name="Scarf", subtitle="Silk", edition_size=80
    )
    image = make_image(product, alt="A scarf", colour="#AABBCC")
    variant = make_stocked_variant(
        product=product, on_hand=5, held=1, sold=1, price=9_900, sku="S-1", options={"Size": "90"}
    )
    name = image.renditions[0]["path"].rsplit("-", 1)[0]
    [card] = product_cards([product], currency="EUR")
    assert card == {
        "id": product.public_id,
        "slug": "scarf",
        "name": "Scarf",
        "subtitle": "Silk",
        "brand": "Maison",
        "url": "/products/scarf/",
        "edition": 80,
        "max_per_order": 3,
        "opens_at": None,
        "closes_at": None,
        "image": {
            "id": image.public_id,
            "src": f"/media/{name}-640.jpeg",
            "srcset_avif": f"/media/{name}-320.avif 320w, /media/{name}-640.avif 640w",
            "srcset_webp": f"/media/{name}-320.webp 320w, /media/{name}-640.webp 640w",
            "srcset_jpeg": f"/media/{name}-320.jpeg 320w, /media/{name}-640.jpeg 640w",
            "width": 640,
            "height": 800,
            "alt": "A scarf",
            "colour": "#AABBCC",
        },
        "model": None,
        "variants": [
            {
                "id": variant.public_id,
                "sku": "S-1",
                "label": "90",
                "options": {"Size": "90"},
                "amount": 9_900,
                "currency": "EUR",
                "free": 3,
            }
        ],
    }


def test_variants_without_a_price_or_not_offered_stay_off_the_card() -> None:
    product = make_product()
    make_variant(product=product, price=100, currency="USD")
    make_variant(product=product, price=None)
    make_stocked_variant(product=product, active=False)
    uncounted = make_variant(product=product, price=100)
    [card] = product_cards([product], currency="EUR")
    assert card["image"] is None
    assert [(row["id"], row["free"]) for row in card["variants"]] == [(uncounted.public_id, 0)]


def test_twenty_cards_cost_no_more_queries_than_one() -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            make_image(make_stocked_variant().product)
        with CaptureQueriesContext(connection) as captured:
            product_cards(Product.objects.all(), currency="EUR")
        return len(captured)

    assert (queries(1), queries(19)) == (5, 5)


def test_pictures_without_renditions_have_no_address() -> None:
    assert sources([]) == {"src": "", "srcset_avif": "", "srcset_webp": "", "srcset_jpeg": ""}


def test_the_stock_list_sums_the_variants_of_my_brands_only() -> None:
    product = make_product()
    make_stocked_variant(product=product, on_hand=5, held=1)
    make_stocked_variant(product=product, on_hand=5, sold=2)
    make_variant(product=product)
    make_stocked_variant()
    image = make_image(product)
    assert stock_rows(stocked(Brand.objects.filter(pk=product.brand_id))) == [
        (product, image, {"held": 1, "sold": 2, "free": 7, "variants": 3})
    ]


def render(source: str, **context: object) -> str:
    return Template("{% load pictures %}" + source).render(Context(context))


def test_a_picture_offers_every_format_and_its_size() -> None:
    image = make_image(make_product(), alt='A "fine" piece')
    html = render('{% picture image sizes="50vw" class="plate" %}', image=image)
    assert html.count("<source") == 2
    assert '<picture class="plate">' in html
    assert 'alt="A &quot;fine&quot; piece" width="640" height="800"' in html
    assert 'loading="lazy"' in html
    assert 'loading="lazy"' not in render("{% picture image eager=True %}", image=image)


def test_renditions_kept_elsewhere_make_a_picture_too() -> None:
    image = make_image(make_product())
    html = render('{% picture_of renditions alt="A host" %}', renditions=image.renditions)
    assert 'alt="A host" width="640" height="800"' in html
    assert render('{% picture_of renditions alt="" %}', renditions=[]).strip() == ""


def test_money_in_templates_speaks_the_language_of_the_page() -> None:
    with override("zh-hans"):
        assert render("{{ price|money }}", price=Money(29_800, "CNY")) == "¥298.00"
    assert render("{{ price|money }}", price=None) == ""


@pytest.mark.parametrize(
    ("free", "words", "look"),
    [
        (0, "Gone", "stock--gone"),
        (-1, "Gone", "stock--gone"),
        (1, "One left", "stock--low"),
        (3, "Three left", "stock--low"),
        (4, "Four left", ""),
        (9, "Nine left", ""),
        (10, "Ready to send", ""),
    ],
)
def test_what_is_left_is_said_in_words(free: int, words: str, look: str) -> None:
    assert (pieces_left(free), stock_class(free)) == (words, look)


def test_variants_are_named_by_what_differs() -> None:
    assert (
        option_names([{"options": {"Size": "38"}}, {"options": {"Colour": "Night", "Size": "39"}}])
        == "Size, Colour"
    )
    assert option_names([{"options": {}}]) == "Choose one"
