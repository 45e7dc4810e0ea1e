"""The drawn picture: frames, moves, words and sound."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from PIL import Image, ImageChops, ImageFont

from events.streaming.drawn import lettering as words
from events.streaming.drawn import matching, sound
from events.streaming.drawn.lettering import (
    LEFT,
    RIGHT,
    SANS,
    SERIF,
    Card,
    face,
    fitted,
    lettering,
    with_clock,
    wrapped,
)
from events.streaming.drawn.planes import HEIGHT, WIDTH, Overlay, Planes, half
from events.streaming.drawn.shots import (
    PANEL,
    PLATE,
    REST_SECONDS,
    TURN_SECONDS,
    Close,
    Views,
    Whole,
    ground,
    pictures_of,
)
from events.streaming.drawn.stage import FADE_SECONDS, RATE, Piece, Stage
from events.streaming.drawn.wings import LIGHT_SECONDS, PATTERNS, ROLL, Cloth, Wings

FRAME_BYTES = WIDTH * HEIGHT + 2 * half((WIDTH, HEIGHT))[0] * half((WIDTH, HEIGHT))[1]
CARD = Card("Camille", "Knows silk", ground("#886644"))
PILLOWS_OWN = ImageFont.load_default(20).getname()[0]  # type: ignore[union-attr]  # FreeType is there
NOON = 1_795_262_400.0  # 12:00:00 UTC


def stage(*colours: str) -> Stage:
    pieces = [Piece(str(n), Views(ground(colour))) for n, colour in enumerate(colours)]
    return Stage(pieces, card=CARD, cloth=Cloth())


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


def begins(first: float) -> list[float]:
    """When the shots of one piece begin, and the one after them."""
    found = [first]
    for shot in Views(ground("#7a2233")).shots:
        found.append(found[-1] + shot.seconds)
    return found


def test_pieces_follow_each_other_when_all_shots_were_seen() -> None:
    drawn = stage("#7a2233", "#22337a")
    times = begins(0)
    seen = [in_sight(drawn, at) for at in (*times, *begins(times[-1])[1:])]
    assert seen == [(piece, shot) for piece in "01" for shot in range(4)] + [("0", 0)]


def test_a_pin_comes_on_at_once_and_stays_in_sight() -> None:
    drawn = stage("#7a2233", "#22337a")
    in_sight(drawn, 0)
    drawn.pin("1")
    times = begins(2)
    seen = [in_sight(drawn, at) for at in times]
    assert seen == [("1", 0), ("1", 1), ("1", 2), ("1", 3), ("1", 0)]
    drawn.pin(None)
    assert in_sight(drawn, begins(times[-1])[1])[0] == "1"


def test_a_pin_of_something_unknown_changes_nothing() -> None:
    drawn = stage("#7a2233", "#22337a")
    drawn.pin("nobody")
    assert in_sight(drawn, 1) == ("0", 0)


def brightness(frame: bytes) -> int:
    """In the middle of the roll."""
    return frame[WIDTH * HEIGHT // 2 + WIDTH // 2]


def test_a_change_fades_through_the_bare_paper_and_never_shows_two_pieces() -> None:
    white, black = (Views(Image.new("RGB", (400, 500), colour)) for colour in ("#fff", "#000"))
    white.still.paste("#f00", (150, 150, 250, 350))
    black.still.paste("#00f", (150, 150, 250, 350))
    drawn = Stage([Piece("0", white), Piece("1", black)], card=CARD, cloth=Cloth())
    in_sight(drawn, 0)
    drawn.pin("1")
    went, paper, came = (
        brightness(drawn.frame(5 + at, now=NOON)) for at in (0, FADE_SECONDS / 2, FADE_SECONDS + 0.1)
    )
    assert (went, paper, came) == (81, 16, 41)
    assert drawn._before is None
    assert FADE_SECONDS * RATE == 40


def test_planes_are_limited_range_with_colour_at_half_size() -> None:
    white = Planes.of(Image.new("RGB", (WIDTH, HEIGHT), "#fff"))
    black = Planes.of(Image.new("RGB", (WIDTH, HEIGHT), "#000"))
    assert (white.y.getpixel((0, 0)), white.u.getpixel((0, 0)), black.y.getpixel((0, 0))) == (235, 128, 16)
    assert white.u.size == half((WIDTH, HEIGHT)) == (640, 360)
    assert white.mixed_with(black, 0.5).y.getpixel((5, 5)) == 125


def test_an_overlay_hides_only_what_it_covers() -> None:
    over = Image.new("RGBA", (WIDTH, HEIGHT), (255, 255, 255, 0))
    over.paste((255, 255, 255, 255), (0, 0, 10, 10))
    laid = Overlay.of(over).laid_on(Planes.of(Image.new("RGB", (WIDTH, HEIGHT))))
    assert (laid.y.getpixel((5, 5)), laid.y.getpixel((50, 50))) == (235, 16)


def test_every_shot_fills_the_roll_and_stays_on_its_plate() -> None:
    for shot in Views(ground("#7a2233")).shots:
        assert shot.at(1).y.size == PANEL == (ROLL[1] - ROLL[0], HEIGHT)
        for box in (shot.begin, shot.end) if isinstance(shot, Close) else ():
            assert box[0] >= -1e-6
            assert box[1] >= -1e-6
            assert box[2] <= PLATE[0] + 1e-6
            assert box[3] <= PLATE[1] + 1e-6


@pytest.mark.parametrize("size", [(1600, 900), (90, 1600), (500, 500)])
def test_stills_of_any_shape_are_drawn(size: tuple[int, int]) -> None:
    assert len(Views(Image.new("RGB", size, "#456")).shots) == 4


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
    found = frame.y.getpixel((PANEL[0] // 2, HEIGHT // 2))
    assert isinstance(found, int)
    return found


def turning(path: Path, *colours: str) -> Whole:
    """The first shot of a grey piece with a turn of these pictures."""
    shot = Views(Image.new("RGB", (90, 112), colours[0]), turn=film(path / "a-turn.avif", *colours)).shots[0]
    assert isinstance(shot, Whole)
    return shot


def test_a_piece_rests_turns_once_around_and_rests(tmp_path: Path) -> None:
    shot = turning(tmp_path, "#000", "#555", "#aaa", "#fff")
    at = [0.0, REST_SECONDS, *(REST_SECONDS + TURN_SECONDS * step / 4 for step in (1.2, 2, 2.8, 4)), 9.0]
    seen = [middle(shot.at(seconds)) for seconds in at]
    assert seen[0] == seen[1] == seen[5] == seen[6] < seen[2] < seen[3] < seen[4]


def test_no_two_pictures_of_a_turn_are_ever_laid_over_each_other(tmp_path: Path) -> None:
    shot = turning(tmp_path, "#000", "#555", "#aaa", "#fff")
    seen = {middle(shot.at(number / RATE)) for number in range(round(shot.seconds * RATE))}
    assert len(seen) == 4


def test_a_turn_stands_where_its_still_stands() -> None:
    still = Image.new("RGB", (400, 500), "#eee")
    still.paste("#333", (130, 120, 280, 400))
    still.paste("#a22", (160, 200, 250, 260))
    nearer = still.crop((60, 75, 340, 425))
    match = matching.find(nearer, still)
    assert (match.left, match.top, match.scale) == pytest.approx((0.15, 0.15, 0.7), abs=0.012)


def test_a_piece_that_grows_wide_as_it_turns_stays_on_the_roll(tmp_path: Path) -> None:
    far = Image.new("RGB", (400, 500), "#eee")
    far.paste("#333", (160, 200, 240, 300))
    far.paste("#a22", (180, 220, 220, 240))
    path = tmp_path / "wide-turn.avif"
    far.save(path, save_all=True, append_images=[far], duration=100, quality=90)
    whole = Views(far.crop((50, 62, 350, 438)), turn=path).shots[0]
    assert isinstance(whole, Whole)
    assert whole.turn is not None
    assert whole.turn.masks.whole.width <= 1.2 * PANEL[0]


def test_a_turn_that_is_missing_or_damaged_leaves_the_still(tmp_path: Path) -> None:
    damaged = tmp_path / "b-turn.avif"
    damaged.write_bytes(b"no film")
    assert [pictures_of(path) for path in (None, tmp_path / "none.avif", damaged)] == [[], [], []]
    assert [picture.size for picture in pictures_of(film(tmp_path / "c-turn.avif", "#000", "#fff"))] == [
        (90, 112)
    ] * 2


def test_the_light_wanders_over_the_wings_and_comes_back() -> None:
    wings = Wings.of(Cloth())
    begin, later, back = (wings.at(LIGHT_SECONDS * part).y.getpixel((60, 200)) for part in (0, 0.5, 1))
    assert begin == back != later


@pytest.mark.parametrize("pattern", ["", "stars", *PATTERNS])
def test_the_wings_are_cut_from_the_shows_cloth(pattern: str) -> None:
    red, blue = (
        Wings.of(Cloth(colour, "#ffffff", pattern)).at(0).v.getpixel((30, 150))
        for colour in ("#aa0000", "#0000aa")
    )
    assert isinstance(red, int)
    assert isinstance(blue, int)
    assert red > 128 > blue


def test_a_show_without_a_host_has_no_card() -> None:
    nobody, somebody = lettering(Card("", "")), lettering(Card("Camille", "Knows silk"))
    assert nobody.tobytes() != somebody.tobytes()
    assert with_clock(nobody, "12:00:00 UTC").tobytes() != nobody.tobytes()


LONG = Card("Wilhelmina Featherstonehaugh-Cholmondeley", "Reads a silk by its twist and its selvedge, slowly")


@pytest.mark.parametrize("card", [CARD, LONG], ids=["short", "long"])
def test_nothing_is_written_where_a_phone_looks_or_where_a_desk_is_cut_off(card: Card) -> None:
    bare = lettering(Card("", ""))
    written = ImageChops.difference(
        with_clock(lettering(card), "23:59:59 UTC").convert("RGB"), bare.convert("RGB")
    ).getbbox()
    assert written is not None
    assert (written[0] >= LEFT > ROLL[1], written[2] <= RIGHT + 1) == (True, True)
    assert RIGHT <= (WIDTH + HEIGHT * 4 // 3) // 2
    assert lettering(card).crop((0, 0, ROLL[1], HEIGHT)).getchannel("A").getextrema() == (0, 0)


def test_a_long_name_is_set_smaller_rather_than_cut() -> None:
    (small, lines), (large, _) = (fitted(card.host, SERIF, 17, 420) for card in (LONG, CARD))
    assert small.size < large.size  # type: ignore[union-attr]  # FreeType is there
    assert lines == ["Wilhelmina", "Featherstonehaugh-Cholmondeley"]


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
    drawn = Stage([Piece("1", Views(ground("#7a2233")))], card=Card("山田", "絹の人"), cloth=Cloth())
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
