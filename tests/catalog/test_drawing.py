"""Drawn pictures: all of them, at any size, the same each time."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops, ImageStat

from catalog.demo import GOODS
from catalog.domain.drawn import Drawing, drawn
from catalog.drawing import KEYS, draw

SIZE = (160, 200)


@pytest.mark.parametrize("key", KEYS)
def test_every_product_is_drawn_on_its_paper(key: str) -> None:
    picture = draw(key, SIZE)
    corner = picture.crop((0, 0, 12, 12)).resize((1, 1)).getpixel((0, 0))
    assert (picture.size, picture.mode) == (SIZE, "RGB")
    assert min(corner) > 200 or key == "watch"  # type: ignore[type-var]
    assert max(ImageStat.Stat(picture).stddev) > 12


@pytest.mark.long_walk
def test_no_two_products_look_alike() -> None:
    pictures = [draw(key, (40, 50)).convert("L") for key in KEYS]
    alike = [
        (KEYS[a], KEYS[b])
        for a in range(len(KEYS))
        for b in range(a)
        if ImageStat.Stat(ImageChops.difference(pictures[a], pictures[b])).mean[0] < 2
    ]
    assert alike == []


def test_a_closer_view_shows_a_part_of_the_same_scene() -> None:
    whole = draw("plate", (400, 500), view=(0, 0, 1000))
    close = draw("plate", (200, 250), view=(250, 300, 500))
    part = whole.crop((100, 120, 300, 370))
    assert ImageStat.Stat(ImageChops.difference(part, close)).mean[0] < 8


def test_an_unknown_product_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        draw("unicorn", SIZE)


def test_every_good_that_waits_for_its_still_has_a_drawing() -> None:
    assert {good.drawing for good in GOODS if not good.stills[0][0].is_file()} <= set(KEYS)


def test_a_finished_picture_is_fetched_not_drawn_again(tmp_path: Path) -> None:
    order = Drawing("soap", None, 160, tmp_path)
    first = drawn(order)
    kept = sorted(path.name for path in tmp_path.rglob("*.*"))
    assert kept == ["160.avif", "160.jpeg", "160.webp", "about.json"]
    # Grain is random: only a fetched picture is the same to the byte.
    assert drawn(order) == first
    assert drawn(replace(order, view=(100, 100, 500))) != first


def test_a_half_kept_picture_is_drawn_again(tmp_path: Path) -> None:
    order = Drawing("soap", None, 160, tmp_path)
    drawn(order)
    next(tmp_path.rglob("about.json")).unlink()
    assert len(drawn(order).files) == 3


def test_where_nothing_can_be_kept_pictures_are_drawn_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert (drawn(Drawing("soap", None, 160, blocked)).width) == 160
