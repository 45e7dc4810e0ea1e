"""The drawn picture: frames, moves, words and sound."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from PIL import Image, ImageFont

from events.streaming.drawn import lettering as words
from events.streaming.drawn import sound
from events.streaming.drawn.lettering import SANS, SERIF, Card, face, lettering, with_clock, wrapped
from events.streaming.drawn.planes import HEIGHT, WIDTH, Overlay, Planes, half
from events.streaming.drawn.shots import (
    DISSOLVE_SECONDS,
    PLATE,
    SHOT_SECONDS,
    TURN,
    TURN_SECONDS,
    Move,
    ground,
    pictures_of,
    shots_of,
)
from events.streaming.drawn.stage import RATE, Piece, Stage
from events.streaming.drawn.wings import PAPER, PATTERNS, Cloth

FRAME_BYTES = WIDTH * HEIGHT + 2 * half((WIDTH, HEIGHT))[0] * half((WIDTH, HEIGHT))[1]
CARD = Card("Camille", "Knows silk", ground("#886644"))
PILLOWS_OWN = ImageFont.load_default(20).getname()[0]  # type: ignore[union-attr]  # FreeType is there
NOON = 1_795_262_400.0  # 12:00:00 UTC


def stage(*colours: str) -> Stage:
    return Stage([Piece(str(n), ground(colour)) for n, colour in enumerate(colours)], card=CARD)


def in_sight(drawn: Stage, at: float) -> tuple[str, int]:
    drawn.frame(at, now=NOON)
    return drawn._take.piece.id, drawn._take.number


def test_a_frame_is_what_the_encoder_expects() -> None:
    assert len(stage("#7a2233").frame(0, now=NOON)) == FRAME_BYTES


def test_the_picture_moves() -> None:
    drawn = stage("#7a2233")
    still = drawn.frame(1, now=NOON)
    assert drawn.frame(1, now=NOON) == still
    assert drawn.frame(2, now=NOON) != still


def test_the_clock_is_in_the_picture() -> None:
    drawn = stage("#7a2233")
    assert drawn.frame(1, now=NOON) != drawn.frame(1, now=NOON + 1)


def test_pieces_follow_each_other_when_all_shots_were_seen() -> None:
    drawn = stage("#7a2233", "#22337a")
    seen = [in_sight(drawn, number * SHOT_SECONDS) for number in range(9)]
    assert seen == [(piece, shot) for piece in "01" for shot in range(4)] + [("0", 0)]


def test_a_pin_comes_on_at_once_and_stays_in_sight() -> None:
    drawn = stage("#7a2233", "#22337a")
    in_sight(drawn, 0)
    drawn.pin("1")
    seen = [in_sight(drawn, 2 + number * SHOT_SECONDS) for number in range(5)]
    assert seen == [("1", 0), ("1", 1), ("1", 2), ("1", 3), ("1", 0)]
    drawn.pin(None)
    assert in_sight(drawn, 2 + 7.5 * SHOT_SECONDS)[0] == "1"


def test_a_pin_of_something_unknown_changes_nothing() -> None:
    drawn = stage("#7a2233", "#22337a")
    drawn.pin("nobody")
    assert in_sight(drawn, 1) == ("0", 0)


def test_a_change_dissolves() -> None:
    drawn = stage("#ffffff", "#000000")
    in_sight(drawn, 0)
    drawn.pin("1")
    mean = [sum(drawn.frame(5 + at, now=NOON)[: WIDTH * HEIGHT]) // (WIDTH * HEIGHT) for at in (0, 0.6, 1.3)]
    assert mean[0] > mean[1] > mean[2]
    assert drawn._before is None
    assert DISSOLVE_SECONDS * RATE == 30


def test_planes_are_limited_range_with_colour_at_half_size() -> None:
    white = Planes.of(Image.new("RGB", (WIDTH, HEIGHT), "#fff"))
    black = Planes.of(Image.new("RGB", (WIDTH, HEIGHT), "#000"))
    assert (white.y.getpixel((0, 0)), white.u.getpixel((0, 0)), black.y.getpixel((0, 0))) == (235, 128, 16)
    assert white.u.size == half((WIDTH, HEIGHT)) == (427, 240)
    assert white.mixed_with(black, 0.5).y.getpixel((5, 5)) == 125


def test_an_overlay_hides_only_what_it_covers() -> None:
    over = Image.new("RGBA", (WIDTH, HEIGHT), (255, 255, 255, 0))
    over.paste((255, 255, 255, 255), (0, 0, 10, 10))
    laid = Overlay.of(over).laid_on(Planes.of(Image.new("RGB", (WIDTH, HEIGHT))))
    assert (laid.y.getpixel((5, 5)), laid.y.getpixel((50, 50))) == (235, 16)


def test_every_shot_stays_on_its_plate() -> None:
    for shot in shots_of(ground("#7a2233"), cloth=Cloth()):
        assert shot.at(1).y.size == (WIDTH, HEIGHT)
        for box in (shot.begin, shot.end) if isinstance(shot, Move) else ():
            assert box[0] >= -1e-6
            assert box[1] >= -1e-6
            assert box[2] <= PLATE[0] + 1e-6
            assert box[3] <= PLATE[1] + 1e-6


@pytest.mark.parametrize("size", [(1600, 900), (90, 1600), (500, 500)])
def test_stills_of_any_shape_are_drawn(size: tuple[int, int]) -> None:
    assert len(shots_of(Image.new("RGB", size, "#456"), cloth=Cloth())) == 4


def test_words_break_at_spaces_and_long_ones_stand_alone() -> None:
    assert wrapped("a bb ccc", len, 4) == ["a bb", "ccc"]
    assert wrapped("extraordinary", len, 4) == ["extraordinary"]
    assert wrapped("", len, 4) == []


def film(path: Path, *colours: str) -> Path:
    """A turn of one plain picture per colour."""
    first, *others = (Image.new("RGB", (90, 112), colour) for colour in colours)
    first.save(path, save_all=True, append_images=others, duration=100, quality=90)
    return path


def middle(frame: Planes) -> int:
    found = frame.y.getpixel((WIDTH // 2, HEIGHT // 2))
    assert isinstance(found, int)
    return found


def test_a_piece_turns_once_around(tmp_path: Path) -> None:
    turn = film(tmp_path / "a-turn.avif", "#000", "#555", "#aaa", "#fff")
    shot = shots_of(ground("#7a2233"), turn=turn, cloth=Cloth())[0]
    seen = [middle(shot.at(TURN_SECONDS * step / 4)) for step in range(5)]
    assert (sorted(seen[:4]), seen[4]) == (seen[:4], seen[0])
    assert seen[0] < middle(shot.at(TURN_SECONDS / 8)) < seen[1]


def test_a_turn_that_is_missing_or_damaged_leaves_the_still(tmp_path: Path) -> None:
    damaged = tmp_path / "b-turn.avif"
    damaged.write_bytes(b"no film")
    assert [pictures_of(path) for path in (None, tmp_path / "none.avif", damaged)] == [[], [], []]
    assert {picture.size for picture in pictures_of(film(tmp_path / "c-turn.avif", "#000", "#fff"))} == {TURN}


def test_the_light_wanders_over_the_wings_and_not_over_the_paper() -> None:
    shot = shots_of(Image.new("RGB", (400, 500), "#eee"), cloth=Cloth())[0]
    wing, paper = (40, 200), (PAPER[0] + 10, 200)
    begin, later = shot.at(0).y, shot.at(18).y
    assert begin.getpixel(wing) != later.getpixel(wing)
    assert begin.getpixel(paper) == later.getpixel(paper)


@pytest.mark.parametrize("pattern", ["", "stars", *PATTERNS])
def test_the_wings_are_cut_from_the_shows_cloth(pattern: str) -> None:
    red, blue = (
        shots_of(ground("#fff"), cloth=Cloth(colour, "#ffffff", pattern))[0].at(0).v.getpixel((20, 100))
        for colour in ("#aa0000", "#0000aa")
    )
    assert isinstance(red, int)
    assert isinstance(blue, int)
    assert red > 128 > blue


def test_a_show_without_a_host_has_no_card() -> None:
    nobody, somebody = lettering(Card("", "")), lettering(Card("Camille", "Knows silk"))
    assert nobody.tobytes() != somebody.tobytes()
    assert with_clock(nobody, "12:00:00 UTC").tobytes() != nobody.tobytes()


def test_nothing_but_the_clock_is_written_where_a_phone_looks() -> None:
    column = lettering(CARD).crop((PAPER[0], 0, PAPER[1], HEIGHT)).getchannel("A")
    assert column.getextrema() == (0, 0)


def test_letters_no_face_of_ours_has_are_set_in_another(tmp_path: Path) -> None:
    ours = face("Seide", "fraunces/files/fraunces-latin-opsz-normal.woff2", 20, 400)
    assert ours.getname()[0] == "Fraunces"
    assert face("七夕", "fraunces/files/fraunces-latin-opsz-normal.woff2", 20, 400).getname()[0] != "Fraunces"
    with override_settings(NODE_MODULES=tmp_path):
        assert face("Silk", "fraunces/files/none.woff2", 20, 400).getname()[0] != "Fraunces"


@pytest.fixture(params=["none", "damaged"])
def without_fonts(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a CJK face and without ours, or with files in their place that are no fonts."""
    names = [tmp_path / "cjk.ttc", tmp_path / "@fontsource-variable" / SERIF, tmp_path / SANS]
    if request.param == "damaged":
        for path in names:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"not a font")
    monkeypatch.setattr(words, "CJK", (str(names[0]),))
    monkeypatch.setattr(settings, "NODE_MODULES", tmp_path)


@pytest.mark.usefixtures("without_fonts")
@pytest.mark.parametrize(
    "text", ["七夕の夜", "Silk", "عيد", "दिवाली", "\N{ROSE}\N{COMBINING ACUTE ACCENT}", ""]
)
def test_a_machine_without_fonts_draws_all_the_same(text: str) -> None:
    assert face(text, SERIF, 20, 400).getname()[0] == PILLOWS_OWN
    picture = lettering(Card(text, text, ground("#886644")))
    assert with_clock(picture, "12:00:00 UTC").size == (WIDTH, HEIGHT)


@pytest.mark.usefixtures("without_fonts")
def test_without_fonts_a_whole_frame_is_drawn() -> None:
    drawn = Stage([Piece("1", ground("#7a2233"))], card=Card("山田", "絹の人"))
    assert len(drawn.frame(0, now=NOON)) == FRAME_BYTES


def test_the_bed_of_sound_is_quiet_and_loops_without_a_click(tmp_path: Path) -> None:
    samples = sound.bed()
    assert len(samples) == sound.RATE * sound.SECONDS
    assert 1000 < max(samples) < 0.15 * sound.PEAK
    steps = [abs(b - a) for a, b in pairwise(samples)]
    assert abs(samples[0] - samples[-1]) <= max(steps)
    written = sound.write_bed(tmp_path / "deep" / "bed.wav")
    before = written.stat().st_mtime_ns
    assert sound.write_bed(written).stat().st_mtime_ns == before
