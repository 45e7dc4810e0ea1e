"""Editions and seasons: their days, pieces, colours, what is left and how prices compare."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.domain.stock import set_on_hand
from catalog.enums import ProductState
from catalog.errors import EditionFull
from catalog.models import Product
from events.domain import assortments, pieces, whats_left
from events.domain.colours import contrast
from events.domain.whats_left import Compared, Left
from events.enums import AssortmentKind
from events.errors import BadAssortment, EditConflict, NotReady
from events.models import Assortment, AssortmentPiece, Event
from events.signals import lineup_changed
from tests.factories.catalog import (
    make_brand,
    make_image,
    make_product,
    make_stocked_variant,
    make_variant,
)
from tests.factories.events import NOW, make_assortment, make_event, make_holiday, make_lineup_item

pytestmark = pytest.mark.django_db

OPENS, CLOSES = NOW + timedelta(days=3), NOW + timedelta(days=10)
DAYS = {"opens_at": OPENS, "closes_at": CLOSES}


def days_of(product: Product) -> tuple[datetime | None, datetime | None]:
    return Product.objects.values_list("available_from", "available_until").get(pk=product.pk)


def wrong_field(**fields: object) -> str:
    """Which field a new edition is refused for."""
    given = {"kind": "edition", "title": "Qixi", "holiday": make_holiday(), **DAYS} | fields
    with pytest.raises(BadAssortment) as refused:
        assortments.create_assortment(make_brand(), **given)
    return refused.value.field


# --- Making one --------------------------------------------------------------------------------------------


def test_an_edition_begins_as_a_draft_at_an_address_made_from_its_title() -> None:
    made = assortments.create_assortment(
        make_brand(), kind="edition", title="Qixi 2027", holiday=make_holiday(), **DAYS
    )
    assert (made.slug, made.published_at, made.version) == ("qixi-2027", None, 1)


def test_a_second_one_of_the_same_title_gets_an_address_of_its_own() -> None:
    slugs = [
        assortments.create_assortment(make_brand(), kind="new", season="SS27", title="Spring", **DAYS).slug
        for _ in range(2)
    ]
    assert slugs == ["spring", "spring-2"]


def test_no_edition_lives_at_the_address_of_the_empty_form() -> None:
    made = assortments.create_assortment(make_brand(), kind="new", season="SS27", title="New", **DAYS)
    assert made.slug == "new-2"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"holiday": None}, "holiday"),
        ({"kind": "new", "season": "SS27"}, "holiday"),
        ({"kind": "off", "holiday": None, "season": " "}, "season"),
        ({"title": " "}, "title"),
        ({"closes_at": OPENS}, "closes_at"),
        ({"closes_at": OPENS - timedelta(seconds=1)}, "closes_at"),
        ({"ground": "#17130F"}, "ink"),
        ({"ground": "black", "ink": "#FFFFFF"}, "ground"),
        ({"ground": "#777777", "ink": "#888888"}, "ink"),
        ({"ground": "#17130F", "ink": "red;}*{"}, "ink"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_what_cannot_be_is_refused_by_the_name_of_its_field(fields: dict[str, object], field: str) -> None:
    assert wrong_field(**fields) == field


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert [round(contrast(*pair), 2) for pair in (("#000000", "#ffffff"), ("#767676", "#ffffff"))] == [
        21,
        4.54,
    ]


# --- From a holiday -----------------------------------------------------------------------------------------


def qixi() -> object:
    return make_holiday(key="qixi", starts_on=date(2027, 8, 8), ends_on=date(2027, 8, 8))


def test_a_holiday_fills_its_edition_in() -> None:
    made = assortments.draft_for(make_brand(), qixi(), now=NOW)
    assert (made.kind, made.title, made.holiday.key) == ("edition", "Qixi Festival 2027", "qixi")
    assert (made.ground, made.ink) == made.holiday.info.colours
    assert made.opens_at < datetime(2027, 8, 8, tzinfo=UTC)
    assert made.opens_at.hour == 2  # ten in the morning in Shanghai
    # With the last minute of the day in Shanghai.
    assert made.closes_at == datetime(2027, 8, 8, 16, tzinfo=UTC)


def test_an_edition_made_late_opens_now() -> None:
    late = datetime(2027, 8, 7, 9, 30, 12, tzinfo=UTC)
    assert assortments.draft_for(make_brand(), qixi(), now=late).opens_at == late.replace(second=0)


def test_a_holiday_that_is_over_has_no_new_edition() -> None:
    with pytest.raises(BadAssortment):
        assortments.draft_for(make_brand(), qixi(), now=datetime(2027, 8, 8, 16, tzinfo=UTC))


# --- Changing it --------------------------------------------------------------------------------------------


def test_an_edit_counts_up_and_the_second_of_two_editors_is_told() -> None:
    kept = make_assortment()
    assortments.edit_assortment(kept, version=1, now=NOW, title="Ours")
    with pytest.raises(EditConflict):
        assortments.edit_assortment(kept, version=1, now=NOW, title="Theirs")
    assert Assortment.objects.values_list("title", "version").get() == ("Ours", 2)


def test_pieces_follow_the_days_of_their_assortment() -> None:
    product = make_product()
    kept = make_assortment(product)
    assert days_of(product) == (kept.opens_at, kept.closes_at)
    assortments.edit_assortment(kept, version=1, now=NOW, **DAYS)
    assert days_of(product) == (OPENS, CLOSES)


def test_a_piece_that_leaves_is_sold_without_end_again() -> None:
    first, second = make_product(), make_product()
    second.brand = first.brand
    second.save()
    kept = make_assortment(first, second)
    pieces.remove_piece(kept.pieces.get(product=first), now=NOW)
    assert days_of(first) == (None, None)
    assert [piece.position for piece in kept.pieces.all()] == [1]


def test_an_open_room_that_shows_a_piece_hears_of_its_new_days() -> None:
    product = make_product()
    live = make_event(state="live", brand=product.brand)
    make_lineup_item(live, product=product)
    make_lineup_item(make_event(brand=product.brand), product=product)
    kept = make_assortment(product)
    heard: list[Event] = []

    def hear(sender: object, *, event: Event, **signal: object) -> None:
        heard.append(event)

    lineup_changed.connect(hear)
    try:
        assortments.edit_assortment(kept, version=1, now=NOW, **DAYS)
    finally:
        lineup_changed.disconnect(hear)
    assert heard == [live]


# --- Its pieces ---------------------------------------------------------------------------------------------


def refused_piece(kept: Assortment, product: Product, **more: object) -> str:
    with pytest.raises(BadAssortment) as refused:
        pieces.add_piece(kept, product, now=NOW, **more)
    return refused.value.field


def test_a_product_of_another_brand_does_not_go_in() -> None:
    assert refused_piece(make_assortment(), make_product()) == "product"


def test_a_product_is_in_one_assortment_at_most() -> None:
    product = make_product()
    make_assortment(product)
    assert refused_piece(make_assortment(brand=product.brand), product) == "product"


def test_the_standing_piece_is_another_one_of_the_brand() -> None:
    product = make_product()
    kept = make_assortment(brand=product.brand)
    assert refused_piece(kept, product, based_on=product) == "based_on"
    assert refused_piece(kept, product, based_on=make_product()) == "based_on"


def test_an_edition_is_not_numbered_up_to_less_than_is_there() -> None:
    variant = make_stocked_variant(on_hand=8, sold=5)
    kept = make_assortment(brand=variant.product.brand)
    assert refused_piece(kept, variant.product, size=7) == "size"
    assert not AssortmentPiece.objects.exists()
    pieces.add_piece(kept, variant.product, size=8, now=NOW)
    assert Product.objects.get(pk=variant.product.pk).edition_size == 8


def test_pieces_are_moved_and_ordered() -> None:
    brand = make_brand()
    a, b, c = (make_product(brand=brand, slug=name) for name in "abc")
    kept = make_assortment(a, b, c)

    def order() -> str:
        return "".join(piece.product.slug for piece in kept.pieces.all())

    pieces.move_piece(kept.pieces.get(product=c), steps=-1)
    assert order() == "acb"
    pieces.move_piece(kept.pieces.get(product=a), steps=-5)
    assert order() == "acb"
    pieces.reorder(kept, ["b", "c", "a"])
    assert order() == "bca"
    with pytest.raises(BadAssortment):
        pieces.reorder(kept, ["b", "c"])


def test_the_shelf_never_has_more_pieces_than_numbers() -> None:
    product = make_product(edition_size=10)
    one, other = (make_stocked_variant(product=product, on_hand=5) for _ in range(2))
    with pytest.raises(EditionFull):
        set_on_hand(one, on_hand=6, now=NOW)
    set_on_hand(other, on_hand=4, now=NOW)
    set_on_hand(one, on_hand=6, now=NOW)


def test_an_edition_counted_too_high_before_may_be_counted_down() -> None:
    variant = make_stocked_variant(product=make_product(edition_size=10), on_hand=20)
    set_on_hand(variant, on_hand=15, now=NOW)
    with pytest.raises(EditionFull):
        set_on_hand(variant, on_hand=16, now=NOW)


# --- Publishing ---------------------------------------------------------------------------------------------


def test_a_draft_says_what_it_lacks() -> None:
    kept = make_assortment(published_at=None)
    assert assortments.missing(kept, now=NOW) == ["Put in at least one piece."]
    hidden = make_product(brand=kept.brand, name="Scarf", state=ProductState.DRAFT)
    pieces.add_piece(kept, hidden, now=NOW)
    assert assortments.missing(kept, now=kept.closes_at) == [
        "Scarf is not on sale yet.",
        "Say how many pieces there are of Scarf.",
        "Its last day has passed. Let it close later.",
    ]
    with pytest.raises(NotReady):
        assortments.publish(kept, now=NOW)


def test_publishing_twice_keeps_the_first_moment_and_withdrawing_ends_it() -> None:
    kept = make_assortment(make_product(edition_size=5), published_at=None)
    assortments.publish(kept, now=NOW)
    assortments.publish(kept, now=NOW + timedelta(hours=1))
    assert kept.published_at == NOW
    assortments.withdraw(kept)
    assert not whats_left.published(NOW).exists()


def test_a_season_needs_no_numbers() -> None:
    kept = make_assortment(make_product(), kind=AssortmentKind.NEW_SEASON, published_at=None)
    assert assortments.missing(kept, now=NOW) == []


# --- What is left -------------------------------------------------------------------------------------------


def test_what_is_left_is_what_the_shop_counts() -> None:
    product = make_product(edition_size=50)
    make_stocked_variant(product=product, on_hand=30, held=3, sold=20)
    make_stocked_variant(product=product, on_hand=20, sold=15)
    kept = make_assortment(product)
    [(_piece, left)] = assortments.whats_left(kept)
    assert (left, left.text) == (Left(free=12, of=50), "12 of 50 left")


def test_of_how_many_is_said_only_when_every_number_is_accounted_for() -> None:
    product = make_product(edition_size=180)
    make_stocked_variant(product=product, on_hand=14)
    [(_piece, left)] = assortments.whats_left(make_assortment(product))
    assert left.text == "14 left"


def test_pieces_of_a_variant_that_is_not_offered_are_not_left() -> None:
    product = make_product(edition_size=9)
    make_stocked_variant(product=product, on_hand=4)
    make_stocked_variant(product=product, on_hand=5, active=False)
    [(_piece, left)] = assortments.whats_left(make_assortment(product))
    assert left.text == "4 of 9 left"


def test_a_piece_that_was_never_counted_is_gone() -> None:
    [(_piece, left)] = assortments.whats_left(make_assortment(make_variant().product))
    assert left.text == "Gone"


@pytest.mark.parametrize("count", [1, 5])
def test_what_is_left_takes_two_queries_however_many_pieces(
    count: int, django_assert_num_queries: object
) -> None:
    brand = make_brand()
    kept = make_assortment(
        *(make_stocked_variant(product=make_product(brand=brand)).product for _ in range(count))
    )
    with django_assert_num_queries(2):
        assert len(assortments.whats_left(kept)) == count


@pytest.mark.parametrize(
    ("when", "free", "stage"),
    [
        (OPENS - timedelta(seconds=1), 5, "coming"),
        (OPENS, 5, "open"),
        (OPENS, 0, "sold_out"),
        (CLOSES - timedelta(seconds=1), 1, "open"),
        (CLOSES, 5, "closed"),
    ],
    ids=["before", "opening", "gone", "last second", "close"],
)
def test_where_an_edition_stands(when: datetime, free: int, stage: str) -> None:
    assert whats_left.stage(Assortment(**DAYS), free=free, now=when) == stage


# --- Prices beside others -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "amount", "text"),
    [
        ("edition", 11_500, "15 % above the standing piece"),
        ("edition", 9_000, "10 % below the standing piece"),
        ("edition", 10_000, "The price of the standing piece"),
        ("edition", 10_040, "Within 1 % of the standing piece"),
        ("edition", 10_050, "1 % above the standing piece"),
        ("off", 8_000, "20 % below last season's price"),
        ("off", 10_000, "Last season's price"),
        ("new", 12_000, "20 % above the piece before it"),
    ],
)
def test_a_price_is_compared_as_plainly_when_it_is_higher(kind: str, amount: int, text: str) -> None:
    assert Compared(kind, amount, 10_000).text == text


def test_a_piece_is_compared_with_what_it_was_made_from_in_the_same_currency() -> None:
    brand = make_brand()
    standing = make_variant(product=make_product(brand=brand), price=10_000).product
    product = make_variant(product=make_product(brand=brand), price=11_500).product
    kept = make_assortment(brand=brand)
    pieces.add_piece(kept, product, based_on=standing, now=NOW)
    [card] = whats_left.piece_cards(kept, currency="EUR")
    assert (card.compared.percent, card.price.amount) == (15, 11_500)
    [elsewhere] = whats_left.piece_cards(kept, currency="USD")
    assert (elsewhere.compared, elsewhere.price) == (None, None)


# --- Shows and lists ----------------------------------------------------------------------------------------


def test_its_shows_are_its_own_and_those_that_show_a_piece_for_everybody_to_see() -> None:
    product = make_product()
    kept = make_assortment(product)
    own = make_event(state="scheduled", edition=kept)
    shown = make_event(state="scheduled", brand=product.brand)
    make_lineup_item(shown, product=product)
    kept_back = make_event(state="scheduled", brand=product.brand)
    make_lineup_item(kept_back, product=product, reveal_at=NOW + timedelta(hours=1))
    make_event(state="draft", edition=kept)
    assert set(whats_left.shows_of(kept, now=NOW)) == {own, shown}
    assert kept_back in whats_left.shows_of(kept, now=NOW + timedelta(hours=1))


def test_an_event_names_its_own_edition_first_and_no_draft() -> None:
    product, other = make_product(), make_product()
    of_piece, own = make_assortment(product), make_assortment(other)
    event = make_event(edition=own, brand=product.brand)
    make_lineup_item(event, product=product)
    assert whats_left.editions_of(event, now=NOW) == [own, of_piece]
    assortments.withdraw(own)
    assert whats_left.editions_of(event, now=NOW) == [of_piece]


@pytest.mark.parametrize("count", [1, 4])
def test_a_list_of_editions_takes_four_queries(count: int, django_assert_num_queries: object) -> None:
    for _ in range(count):
        product = make_stocked_variant().product
        make_image(product)
        make_assortment(product)
    with django_assert_num_queries(4):
        cards = whats_left.edition_cards(Assortment.objects.order_by("pk"), now=NOW)
        assert [(card.stage, card.pieces, card.free) for card in cards] == [("open", 1, 10)] * count
