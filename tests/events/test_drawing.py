from io import BytesIO

import pytest
from PIL import Image

from events.drawing import pen
from events.drawing.portraits import PORTRAITS, portrait


def test_a_mirrored_outline_has_its_axis_points_once() -> None:
    assert pen.mirrored([(500, 0), (400, 10), (500, 20)]) == [(500, 0), (400, 10), (500, 20), (600, 10)]


def test_a_smooth_curve_passes_through_its_points() -> None:
    points: list[pen.Point] = [(0, 0), (10, 5), (20, 0)]
    curve = pen.smooth(points, closed=False)
    assert [point in curve for point in points] == [True] * 3


@pytest.mark.parametrize("name", PORTRAITS)
def test_every_portrait_is_the_same_each_time_and_its_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pen, "SCALE", 1)
    first = portrait(name)
    picture = Image.open(BytesIO(first))
    assert (picture.size, portrait(name)) == ((1000, 1250), first)
    assert [other for other in PORTRAITS if other != name and portrait(other) == first] == []
