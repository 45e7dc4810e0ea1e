"""The demo's shelves."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from catalog import demo
from catalog.demo import ELSEWHERE, GOODS, price_in, seed
from catalog.models import Brand, Membership, Price, Product, ProductImage, Stock, Variant
from catalog.queries import files_of
from tests.factories.accounts import make_user

NOW = datetime(2026, 8, 19, 18, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_demo_has_three_brands_with_pictures_prices_and_staff(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    for email in demo.STAFF:
        make_user(email=email)
    seed(NOW, width=160)
    assert Counter(Product.objects.values_list("brand__slug", flat=True)) == {
        brand: sum(good.brand == brand for good in GOODS)
        for brand in ("maison-aurele", "hanami-atelier", "sorrel-and-vane")
    }
    assert Price.objects.count() == Variant.objects.count() * len(ELSEWHERE)
    assert not Product.objects.filter(images=None).exists()
    assert ProductImage.objects.filter(alt="").count() == 0
    assert all(
        default_storage.exists(r["path"]) for i in ProductImage.objects.all() for r in files_of(i.renditions)
    )
    assert Stock.objects.filter(on_hand=0).exists()
    assert Stock.objects.filter(on_hand__range=(1, 3)).exists()
    assert Membership.objects.count() == len(demo.STAFF) * 3


@pytest.mark.django_db
def test_seeding_again_changes_nothing(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    seed(NOW, width=160)
    tables = (Brand, Product, Variant, Price, Stock, ProductImage)
    before = [list(table.objects.values()) for table in tables]
    seed(NOW, width=160)
    assert [list(table.objects.values()) for table in tables] == before


def test_copy_is_calm() -> None:
    words = " ".join(f"{g.name} {g.subtitle} {g.story} {g.alt} {g.close_alt}" for g in GOODS)
    assert "!" not in words
    assert all(len(good.alt) <= 160 and len(good.story) > 80 for good in GOODS)


def test_prices_elsewhere_are_rounded_up_to_what_people_print() -> None:
    assert [price_in(currency, 39_000) for currency in ("EUR", "USD", "GBP", "CNY", "JPY")] == [
        39_000,
        42_900,
        33_600,
        305_000,
        63_200,
    ]
