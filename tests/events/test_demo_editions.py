"""The demo's editions: of the holidays that come next, some of them sold by real orders."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.models import Brand
from events.demo.editions import seed_editions
from events.domain import calendar, whats_left
from events.models import Assortment
from orders import demo as orders_demo
from orders.models import EditionNumber, Order
from tests.factories.catalog import make_brand, make_product, make_stocked_variant
from tests.factories.events import NOW, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelves() -> None:
    """Three brands with eight priced pieces each."""
    for slug in ("maison-aurele", "hanami-atelier", "sorrel-and-vane"):
        brand = make_brand(slug=slug)
        for number in range(8):
            make_stocked_variant(product=make_product(brand=brand), price=10_000 + number * 1_000)


def found() -> list[tuple[str, str]]:
    cards = whats_left.edition_cards(Assortment.objects.order_by("pk"), now=NOW)
    return [(card.assortment.slug, card.stage) for card in cards]


def test_there_are_editions_of_the_next_days_and_two_seasons_and_seeding_again_adds_none() -> None:
    for _ in range(2):
        seed_editions(NOW)
    assert found() == [
        ("the-noel-edition-2026", "open"),
        ("first-water-2027", "coming"),
        ("the-lantern-edition-2027", "coming"),
        ("the-spring-kiln-ss27", "open"),
        ("last-of-the-winter-aw25", "open"),
    ]
    assert Assortment.objects.filter(published_at__lte=NOW).count() == 5


@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_at_any_time_of_year_three_days_to_come_have_an_edition(month: int) -> None:
    now = datetime(2028, month, 15, 9, tzinfo=UTC)
    seed_editions(now)
    editions = Assortment.objects.filter(kind="edition")
    assert (editions.count(), editions.filter(closes_at__gt=now).count()) == (3, 3)


def test_the_open_edition_is_partly_sold_and_its_buyers_have_numbers() -> None:
    seed_editions(NOW)
    Assortment.objects.exclude(kind="edition").delete()  # one open assortment is enough to look at
    orders_demo.seed(NOW)
    edition = Assortment.objects.get(slug="the-noel-edition-2026")
    orders = Order.objects.filter(lines__variant__product__in=edition.pieces.values("product"))
    assert orders.exists()
    assert all(edition.opens_at <= order.placed_at < NOW for order in orders)
    for piece, left in whats_left.whats_left(edition):
        held = EditionNumber.objects.filter(product=piece.product, given_back_at=None).count()
        assert (left.of, left.free) == (piece.product.edition_size, piece.product.edition_size - held)
    sold = Order.objects.count()
    orders_demo.seed(NOW + timedelta(hours=1))
    assert Order.objects.count() == sold


def test_the_announced_show_of_the_day_shows_its_edition() -> None:
    brand = Brand.objects.get(slug="maison-aurele")
    noel = calendar.occurrence_row(key="christmas", market="FR", starts_on=date(2026, 12, 25))
    show = make_event(state="scheduled", brand=brand, holiday=noel)
    seed_editions(NOW)
    show.refresh_from_db()
    assert (show.edition.slug, show.lineup.count()) == ("the-noel-edition-2026", 3)
