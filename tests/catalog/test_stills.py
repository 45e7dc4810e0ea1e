"""Stills developed from files: every rendition, kept by content, made again when not whole."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from catalog.domain.stills import Order, developed

KEPT = ["16.blur", "160.avif", "160.jpeg", "160.webp", "about.json"]


@pytest.fixture
def order(tmp_path: Path) -> Order:
    source = tmp_path / "still.png"
    Image.linear_gradient("L").convert("RGB").resize((200, 250)).save(source)
    return Order(source, 160, tmp_path / "kept")


def kept_by(order: Order) -> list[str]:
    return sorted(path.name for path in order.keep.rglob("*.*"))


def test_a_still_is_reduced_to_what_is_asked_for(order: Order) -> None:
    made = developed(order)
    assert (made.width, made.height) == (160, 200)
    assert kept_by(order) == KEPT


def test_a_finished_still_is_fetched_not_encoded_again(order: Order) -> None:
    first = developed(order)
    next(order.keep.rglob("160.jpeg")).write_bytes(b"as it was kept")
    again = developed(order)
    assert [file.data for file in again.files if file.format == "jpeg"] == [b"as it was kept"]
    assert [file.data for file in again.files if file.format == "webp"] == [
        file.data for file in first.files if file.format == "webp"
    ]


def test_another_still_of_the_same_name_is_developed_anew(order: Order) -> None:
    first = developed(order)
    Image.new("RGB", (200, 250), "#6b2023").save(order.source)
    assert developed(order).colour != first.colour


def test_a_half_kept_still_is_developed_again(order: Order) -> None:
    developed(order)
    next(order.keep.rglob("about.json")).unlink()
    assert [file.format for file in developed(order).files] == ["avif", "webp", "jpeg", "blur"]


def test_where_nothing_can_be_kept_stills_are_developed_all_the_same(order: Order, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert developed(replace(order, keep=blocked)).width == 160
