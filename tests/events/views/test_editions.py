"""Editions as people see them, and as the studio makes them."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.enums import Role
from catalog.models import Product
from events.domain import pieces
from events.models import Assortment
from tests.factories.accounts import make_user
from tests.factories.catalog import (
    make_brand,
    make_image,
    make_member,
    make_product,
    make_stocked_variant,
    make_variant,
)
from tests.factories.events import make_assortment, make_event, make_holiday, make_lineup_item

pytestmark = pytest.mark.django_db

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
OPEN = {"opens_at": LONG_AGO, "closes_at": FAR_OFF, "published_at": LONG_AGO}
COMING = OPEN | {"opens_at": FAR_OFF - timedelta(days=9)}
CLOSED = OPEN | {"closes_at": LONG_AGO + timedelta(days=9)}


def edition_with(*, size: int = 50, sold: int = 38, price: int = 11_500, **over: object) -> Assortment:
    """An edition of one numbered piece that costs 115.00 and is made from one of 100.00."""
    brand = make_brand()
    standing = make_variant(product=make_product(brand=brand, name="Square"), price=10_000).product
    product = make_product(brand=brand, name="Magpie Square", edition_size=size)
    make_stocked_variant(product=product, on_hand=size, sold=sold, price=price)
    made = make_assortment(brand=brand, title="The Magpie Bridge", **(OPEN | over))
    pieces.add_piece(made, product, based_on=standing, now=LONG_AGO)
    return made


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page_of(client: Client, edition: Assortment) -> str:
    return text_of(client.get(reverse("edition", args=[edition.slug])))


# --- For everybody ------------------------------------------------------------------------------------------


def test_the_page_says_what_is_left_and_how_the_price_compares(client: Client) -> None:
    edition = edition_with(story="Two sides of a river.", packaging="One box, two drawers.")
    page = page_of(client, edition)
    for said in (
        "The Magpie Bridge",
        "12 of 50 left",
        "€115.00",
        "15 % above the standing piece",
        "Square",
        "Two sides of a river.",
        "One box, two drawers.",
        "Holiday edition",
        "Sold until",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("days", "sold", "stage"),
    [(COMING, 0, "coming"), (OPEN, 0, "open"), (OPEN, 50, "sold_out"), (CLOSED, 0, "closed")],
    ids=["coming", "open", "sold out", "closed"],
)
def test_every_state_has_its_own_page(client: Client, days: dict, sold: int, stage: str) -> None:
    response = client.get(reverse("edition", args=[edition_with(sold=sold, **days).slug]))
    assert (response.status_code, response.context["stage"]) == (200, stage)
    assert f'data-stage="{stage}"' in response.content.decode()


def test_a_page_before_the_opening_counts_down(client: Client) -> None:
    response = client.get(reverse("edition", args=[edition_with(**COMING).slug]))
    assert 'data-opens="2089-12-23' in response.content.decode()


def test_what_is_left_is_never_an_earlier_answer(client: Client) -> None:
    edition = edition_with()
    assert "12 of 50 left" in page_of(client, edition)
    edition.pieces.get().product.variants.get().stock.__class__.objects.update(sold=49)
    assert "1 of 50 left" in page_of(client, edition)


def test_a_draft_is_seen_by_those_who_make_it_only(client: Client) -> None:
    edition = edition_with(published_at=None)
    address = reverse("edition", args=[edition.slug])
    assert client.get(address).status_code == 404
    client.force_login(member_of(edition, Role.MERCHANDISER))
    assert "A draft" in text_of(client.get(address))


def test_colours_come_as_a_stylesheet(client: Client) -> None:
    edition = edition_with(ground="#0E1A33", ink="#E6EAF2")
    page = client.get(reverse("edition", args=[edition.slug]))
    assert f'/editions/palettes.css?of={edition.slug}&amp;v=1"' in page.content.decode()
    styles = client.get(f"/editions/palettes.css?of={edition.slug},nothing&v=1")
    assert (styles["Content-Type"], styles.content.decode()) == (
        "text/css; charset=utf-8",
        f'[data-edition="{edition.slug}"] {{ --festival-ground: #0E1A33; --festival-writing: #E6EAF2; }}',
    )


def test_a_row_that_is_no_colour_writes_no_styles(client: Client) -> None:
    edition = edition_with(ground="red;}*{", ink="#E6EAF2")
    assert client.get(f"/editions/palettes.css?of={edition.slug}").content == b""


def test_its_shows_are_named_and_they_name_it(client: Client) -> None:
    edition = edition_with()
    product = edition.pieces.get().product
    event = make_event(state="scheduled", brand=edition.brand, title="Under the Stars", now=timezone.now())
    make_lineup_item(event, product=product)
    assert "Under the Stars" in page_of(client, edition)
    assert "The Magpie Bridge" in text_of(client.get(reverse("event", args=[event.slug])))


def test_the_piece_names_its_edition(client: Client) -> None:
    edition = edition_with()
    product = edition.pieces.get().product
    fragment = text_of(client.get(reverse("product-edition", args=[product.slug])))
    assert ("The Magpie Bridge" in fragment, "12 of 50 left" in fragment) == (True, True)
    page = client.get(reverse("product", args=[product.slug])).content.decode()
    assert f'data-fragment="/editions/of-product/{product.slug}/"' in page


def test_a_product_of_no_edition_has_no_such_fragment(client: Client) -> None:
    product = make_variant().product
    assert client.get(reverse("product-edition", args=[product.slug])).status_code == 404
    assert "of-product" not in client.get(reverse("product", args=[product.slug])).content.decode().replace(
        "/events/of-product", ""
    )


@pytest.mark.parametrize(
    ("days", "said", "sellable"),
    [(COMING, "Sold from", False), (OPEN, "Add to bag", True), (CLOSED, "It was sold until", False)],
    ids=["coming", "open", "closed"],
)
def test_the_product_page_sells_in_its_days_only(
    client: Client, days: dict, said: str, sellable: bool
) -> None:
    product = edition_with(**days).pieces.get().product
    page = text_of(client.get(reverse("product", args=[product.slug])))
    assert (said in page, "Add to bag" in page) == (True, sellable)


def test_the_list_keeps_kinds_apart(client: Client) -> None:
    edition_with()
    make_assortment(kind="new", title="Spring Kiln", season="SS27", **OPEN)
    make_assortment(kind="off", title="Last Winter", season="AW25", **CLOSED)
    make_assortment(title="Not yet", **OPEN | {"published_at": None})
    found = {
        kind: [
            [card.assortment.title for _first, cards in page.context["groups"] for card in cards],
            [card.assortment.title for card in page.context["past"]],
        ]
        for kind in ("", "edition", "new", "off", "nonsense")
        for page in [client.get("/editions/", {"kind": kind})]
    }
    everything = [["The Magpie Bridge", "Spring Kiln"], ["Last Winter"]]
    assert found == {
        "": everything,
        "edition": [["The Magpie Bridge"], []],
        "new": [["Spring Kiln"], []],
        "off": [[], ["Last Winter"]],
        "nonsense": everything,
    }


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_takes_the_same_queries_for_one_and_for_many(
    client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(count):
        make_image(edition_with().pieces.get().product)
    with django_assert_max_num_queries(8):
        assert client.get("/editions/").status_code == 200


@pytest.mark.parametrize("count", [1, 6])
def test_a_page_takes_the_same_queries_for_one_piece_and_for_many(
    client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    edition = edition_with()
    for _ in range(count):
        product = make_stocked_variant(product=make_product(brand=edition.brand)).product
        make_image(product)
        pieces.add_piece(edition, product, now=LONG_AGO)
    with django_assert_max_num_queries(18):
        assert client.get(reverse("edition", args=[edition.slug])).status_code == 200


# --- In the studio ------------------------------------------------------------------------------------------


def member_of(edition: Assortment, role: Role = Role.PRODUCER) -> object:
    user = make_user()
    make_member(user, edition.brand, role)
    return user


@pytest.fixture
def kept(client: Client) -> Assortment:
    """An unpublished edition without pieces, whose producer is signed in."""
    edition = make_assortment(title="Qixi", **OPEN | {"published_at": None})
    client.force_login(member_of(edition))
    return edition


FIELDS = {
    "title": "Qixi in pairs",
    "opens_on": "2027-07-20",
    "opens_time": "10:00",
    "closes_on": "2027-08-09",
    "closes_time": "00:00",
    "story": "A bridge of magpies.",
    "packaging": "",
    "ground": "#0E1A33",
    "ink": "#E6EAF2",
    "season": "",
    "holiday": "",
}


def fields_of(kept: Assortment, **over: str) -> dict[str, str]:
    """A whole form of an edition; its holiday is the Qixi it stands on."""
    kept.holiday.starts_on = kept.holiday.ends_on = date(2027, 8, 8)
    kept.holiday.save()
    return FIELDS | {"holiday": "qixi.CN.2027-08-08", "version": str(kept.version)} | over


def errors_of(response: object, name: str) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {field: list(errors) for field, errors in response.context[name].errors.items()}


def test_a_new_edition_is_filled_in_from_its_holiday(client: Client, kept: Assortment) -> None:
    form = client.get("/studio/editions/new/", {"holiday": "qixi.CN.2089-08-12"}).context["form"]
    assert form.initial.get("holiday") in {None, "qixi.CN.2089-08-12"}
    day = client.get("/studio/editions/new/").context["form"].fields["holiday"].choices[1][1][0][0]
    filled = client.get("/studio/editions/new/", {"holiday": day}).context["form"].initial
    assert (filled["holiday"], bool(filled["title"]), filled["closes_time"].hour) == (day, True, 0)


def test_a_season_is_made_and_has_no_holiday(client: Client, kept: Assortment) -> None:
    sent = FIELDS | {"brand": kept.brand.slug, "kind": "new", "season": "SS27"}
    response = client.post("/studio/editions/new/", sent)
    made = Assortment.objects.get(season="SS27")
    assert (response.status_code, response["Location"]) == (302, f"/studio/editions/{made.slug}/")
    assert (made.holiday, made.published_at, made.opens_at) == (
        None,
        None,
        datetime(2027, 7, 20, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"kind": "edition"}, "holiday"),
        ({"kind": "new", "season": ""}, "season"),
        ({"kind": "new", "holiday": "qixi.CN.1999-08-17"}, "holiday"),
        ({"kind": "nonsense"}, "kind"),
        ({"kind": "new", "season": "SS27", "closes_on": "2027-07-20"}, "closes_on"),
        ({"kind": "new", "season": "SS27", "opens_on": "20.7.2027"}, "opens_on"),
        ({"kind": "new", "season": "SS27", "ink": "#0E1A44"}, "ink"),
        ({"kind": "new", "season": "SS27", "ground": "#0E1"}, "ground"),
        ({"kind": "new", "season": "SS27", "title": ""}, "title"),
        ({"kind": "new", "season": "SS27", "brand": "elsewhere"}, "brand"),
    ],
    ids=lambda value: "-".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else value,
)
def test_what_is_wrong_stands_beside_its_field(
    client: Client, kept: Assortment, over: dict[str, str], field: str
) -> None:
    response = client.post("/studio/editions/new/", FIELDS | {"brand": kept.brand.slug} | over)
    assert list(errors_of(response, "form")) == [field]
    assert Assortment.objects.count() == 1


def test_details_are_saved_on_the_clocks_of_the_market(client: Client, kept: Assortment) -> None:
    client.post(f"/studio/editions/{kept.slug}/", fields_of(kept))
    kept.refresh_from_db()
    assert (kept.title, kept.version, kept.opens_at) == (
        "Qixi in pairs",
        2,
        datetime(2027, 7, 20, 2, tzinfo=UTC),
    )


def test_of_two_editors_the_second_keeps_their_text_and_is_told(client: Client, kept: Assortment) -> None:
    address, sent = f"/studio/editions/{kept.slug}/", fields_of(kept)
    client.post(address, sent)
    response = client.post(address, sent | {"title": "Mine"})
    form = response.context["details"]
    assert (response.status_code, form["title"].value(), form["version"].value()) == (422, "Mine", "2")
    assert "Somebody else has saved this meanwhile" in text_of(response)
    client.post(address, sent | {"title": "Mine", "version": "2"})
    kept.refresh_from_db()
    assert kept.title == "Mine"


def test_a_piece_is_put_in_numbered_moved_and_taken_out(client: Client, kept: Assortment) -> None:
    first, second = (make_product(brand=kept.brand, slug=name) for name in ("first", "second"))
    address = f"/studio/editions/{kept.slug}/pieces/"
    client.post(address, {"new-product": "first", "new-size": "20"})
    client.post(address, {"new-product": "second", "new-based_on": "first"})
    assert [(p.product.slug, p.product.edition_size) for p in kept.pieces.all()] == [
        ("first", 20),
        ("second", None),
    ]
    client.post(f"{address}second/", {"do": "up"})
    client.post(f"{address}second/", {"do": "save", "second-size": "7", "second-based_on": "first"})
    assert [(p.product.slug, p.product.edition_size) for p in kept.pieces.all()] == [
        ("second", 7),
        ("first", 20),
    ]
    client.post(f"{address}first/", {"do": "remove"})
    assert [p.product for p in kept.pieces.all()] == [second]
    assert Product.objects.get(pk=first.pk).available_until is None


def wrong_piece(client: Client, kept: Assortment, **sent: str) -> dict[str, list[str]]:
    sent = {f"new-{name}": value for name, value in sent.items()}
    return errors_of(client.post(f"/studio/editions/{kept.slug}/pieces/", sent), "new")


def test_a_piece_that_cannot_go_in_says_why_beside_its_field(client: Client, kept: Assortment) -> None:
    make_product(slug="theirs")
    make_assortment(make_product(brand=kept.brand, slug="taken"), title="The Other", **OPEN)
    make_stocked_variant(product=make_product(brand=kept.brand, slug="sold"), on_hand=9, sold=9)
    assert wrong_piece(client, kept, product="theirs") == {
        "product": ["This product belongs to another brand."]
    }
    assert wrong_piece(client, kept, product="taken") == {
        "product": ["This product is already in “The Other”. Take it out there first."]
    }
    assert wrong_piece(client, kept, product="sold", size="8") == {
        "size": ["9 pieces are counted, sold ones included. Count fewer first, or number up to that."]
    }
    assert wrong_piece(client, kept, product="sold", based_on="theirs") == {
        "based_on": ["This product belongs to another brand."]
    }
    assert list(wrong_piece(client, kept, product="sold", size="0")) == ["size"]
    assert list(wrong_piece(client, kept, product="")) == ["product"]


def test_a_page_is_published_once_it_lacks_nothing(client: Client, kept: Assortment) -> None:
    address = f"/studio/editions/{kept.slug}/state/"
    page = client.post(address, {"do": "publish"}, follow=True)
    assert "Put in at least one piece." in text_of(page)
    product = make_product(brand=kept.brand)
    client.post(f"/studio/editions/{kept.slug}/pieces/", {"new-product": product.slug, "new-size": "5"})
    client.post(address, {"do": "publish"})
    assert Assortment.objects.get(pk=kept.pk).published_at is not None
    client.post(address, {"do": "withdraw"})
    assert Assortment.objects.get(pk=kept.pk).published_at is None


def picture_file() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "#0E1A33").save(drawn, "PNG")
    return SimpleUploadedFile("cover.png", drawn.getvalue())


def test_a_picture_is_put_up_and_taken_down(client: Client, kept: Assortment, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    address = f"/studio/editions/{kept.slug}/picture/"
    client.post(address, {"picture-file": picture_file(), "picture-alt": "Night"})
    kept.refresh_from_db()
    assert (kept.picture_alt, {one["format"] for one in kept.picture}) == (
        "Night",
        {"avif", "webp", "jpeg", "blur"},
    )
    bad = client.post(address, {"picture-file": SimpleUploadedFile("x.png", b"no"), "picture-alt": "x"})
    assert list(errors_of(bad, "picture")) == ["file"]
    client.post(address, {"do": "remove"})
    kept.refresh_from_db()
    assert (kept.picture, [path for path in tmp_path.rglob("*") if path.is_file()]) == ([], [])


def test_the_list_shows_my_brands_and_narrows(client: Client, kept: Assortment) -> None:
    make_assortment(kind="off", brand=kept.brand, title="Ours", **OPEN)
    make_assortment(title="Theirs", **OPEN)

    def titles(**asked: str) -> list[str]:
        page = client.get("/studio/editions/", asked)
        return sorted(card.assortment.title for card in page.context["cards"])

    assert titles() == ["Ours", "Qixi"]
    assert titles(kind="off") == ["Ours"]
    assert titles(holiday="qixi") == ["Qixi"]


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [(Role.PRODUCER, 200, 404), (Role.MERCHANDISER, 200, 404), (Role.MODERATOR, 403, 404)],
)
def test_only_those_who_fill_the_shelf_come_in(client: Client, role: Role, own: int, other: int) -> None:
    ours, theirs = make_assortment(), make_assortment(make_product(), holiday=make_holiday(key="laba"))
    client.force_login(member_of(ours, role))
    answers = [client.get(f"/studio/editions/{each.slug}/").status_code for each in (ours, theirs)]
    assert answers == [own, other]
