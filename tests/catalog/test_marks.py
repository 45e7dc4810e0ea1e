"""The marks of houses."""

import pytest

from catalog.models import Brand
from catalog.templatetags.marks import FRAMES, house_mark, initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maison Aurèle", "MA"),
        ("Sorrel & Vane", "S&V"),
        ("Émile", "É"),
        ("the house of one thousand", "THO"),
        ("花見 工房", "花工"),
        ("-", ""),
    ],
)
def test_a_mark_has_the_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_house_keeps_its_frame_and_houses_differ() -> None:
    frames = [house_mark(Brand(slug=slug, name="A"))["frame"] for slug in ("a", "b", "c", "d", "e", "a")]
    assert sorted(frames[:5]) == sorted(FRAMES)
    assert frames[5] == frames[0]
