"""Prices: one per variant and currency."""

from datetime import UTC, datetime
from typing import Any

import pytest

from catalog.domain.pricing import price_of, set_price
from catalog.errors import BadPrice, NoPrice
from catalog.models import Price
from catalog.money import Money
from catalog.signals import price_changed
from tests.factories.catalog import make_variant

NOW = datetime(2026, 8, 19, 18, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_the_price_is_what_the_database_has_now() -> None:
    variant = make_variant(price=12_500)
    set_price(variant, amount=9_900, currency="EUR", now=NOW)
    set_price(variant, amount=16_000, currency="JPY", now=NOW)
    assert price_of(variant, "EUR") == Money(9_900, "EUR")
    assert [str(price) for price in Price.objects.filter(variant=variant)] == ["€99.00", "¥16,000"]


def test_a_currency_without_a_price_is_said_so() -> None:
    with pytest.raises(NoPrice) as refusal:
        price_of(make_variant(price=12_500), "USD")
    assert str(refusal.value) == "This piece has no price in that currency."


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        (-1, "EUR"),
        (100_000_000, "EUR"),
        (12.5, "EUR"),
        ("12", "EUR"),
        (True, "EUR"),
        (12, "EUX"),
        (12, "eur"),
    ],
)
def test_what_cannot_be_charged_is_no_price(amount: Any, currency: str) -> None:
    variant = make_variant(price=None)
    with pytest.raises(BadPrice):
        set_price(variant, amount=amount, currency=currency, now=NOW)
    assert Price.objects.count() == 0


def test_a_new_price_is_announced() -> None:
    variant = make_variant(price=None)
    heard: list[tuple[Any, ...]] = []

    def listen(
        *, variant_id: int, product_id: int, currency: str, amount: int, now: datetime, **_: Any
    ) -> None:
        heard.append((variant_id, product_id, currency, amount, now))

    price_changed.connect(listen)
    try:
        set_price(variant, amount=0, currency="EUR", now=NOW)
    finally:
        price_changed.disconnect(listen)
    assert heard == [(variant.pk, variant.product_id, "EUR", 0, NOW)]
