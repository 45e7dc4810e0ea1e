"""A show's own look: what may stand together, what is laid over what, and how it comes back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain import look_tokens, looks, revisions
from events.domain.colours import MARK, TEXT, best_on, contrast, mix, nearest
from events.domain.history import entries
from events.domain.look_tokens import Surface, roles
from events.drawing.backdrops import svg
from events.enums import Backdrop, EventState, TypeAccent
from events.errors import BadLook, CannotTakeBack, NotEditable
from events.models import Event, EventLook, Revision
from tests.factories.catalog import make_brand
from tests.factories.events import make_event, make_holiday

NOW = datetime(2026, 11, 11, 18, 0, tzinfo=UTC)
NIGHT = {
    "ground": "#11183a",
    "writing": "#e4e8f4",
    "accent": "#b4c1e6",
    "stage": "#080a17",
    "glow": "#b9c6ea",
}
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")

database = pytest.mark.django_db


@database
def test_a_show_with_nothing_of_its_own_wears_its_holidays_colours_and_has_no_stylesheet():
    event = make_event(holiday=make_holiday())

    look = looks.of(event)

    assert (look.poster.ground, look.poster.writing) == event.holiday.info.colours
    assert (look.page.ground, look.css, look.url) == ("#f6f2ea", "", "")


@database
def test_without_a_holiday_the_poster_is_in_the_brands_colour_with_what_can_be_read_on_it():
    event = make_event(brand=make_brand(ink="#E9DCC3"), holiday=None)

    assert looks.of(event).poster == Surface("#E9DCC3", "#17130f", "#17130f")
    assert "--festival-ground: #E9DCC3;" in looks.of(event).css


@database
def test_the_shows_own_colours_come_before_its_holidays():
    event = make_event(holiday=make_holiday())
    looks.set_look(event, **NIGHT)

    look = looks.of(Event.objects.get(pk=event.pk))

    assert (look.page, look.poster) == (Surface("#11183a", "#e4e8f4", "#b4c1e6"),) * 2
    assert look.stage == Surface("#080a17", "#edeae6", "#b9c6ea")


@pytest.mark.parametrize(
    ("accent", "ground", "mark"),
    [
        ("#8a1c1c", "#ffffff", "#8a1c1c"),
        ("#e6d9b8", "#11183a", "#11183a"),
        ("#ffffff", "#f3e9d2", look_tokens.INK),
    ],
    ids=["its accent", "else its ground", "else ink"],
)
def test_in_a_list_a_show_is_marked_by_the_colour_one_can_see_there(accent, ground, mark):
    assert look_tokens.mark(Surface(ground, "#000000", accent)) == mark


@database
def test_the_stylesheet_sets_nothing_but_custom_properties_on_what_wears_the_look():
    event = make_event()
    looks.set_look(event, **NIGHT, type_accent="italic", backdrop="stars")

    for rule in looks.of(event).css.splitlines():
        selectors, _brace, body = rule.rstrip(" }").partition(" { ")
        assert all(f'[data-look="{event.slug}"]' in selector for selector in selectors.split(","))
        assert [part for part in body.split(";") if part.strip() and not part.strip().startswith("--")] == []


@database
def test_another_look_has_another_address():
    event = make_event()
    looks.set_look(event, **NIGHT)
    first = looks.of(event).url
    looks.set_look(event, backdrop="stars")

    assert first != looks.of(event).url
    assert first.startswith(f"/look/event/{event.slug}/")


@database
@pytest.mark.parametrize(
    ("values", "field", "ratio", "least"),
    [
        ({"ground": "#ffffff", "writing": "#8a8a8a"}, "writing", "3.4", "4.5"),
        ({"accent": "#d9c9a8"}, "accent", "1.4", "3"),
        ({"stage": "#8a8480"}, "stage", "3.0", "4.5"),
        ({"stage": "#101010", "glow": "#3a3430"}, "glow", "1.5", "3"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_ratio_and_the_nearest_that_can(values, field, ratio, least):
    event = make_event()

    with pytest.raises(BadLook) as refusal:
        looks.set_look(event, **values)

    assert refusal.value.field == field
    assert f"{ratio} to 1, and it takes {least}." in str(refusal.value)
    assert refusal.value.offer in str(refusal.value)
    assert looks.set_look(event, **(values | {field: refusal.value.offer})).pk


@database
def test_twin_without_the_check_a_page_nobody_can_read_would_be_saved(monkeypatch):
    monkeypatch.setattr(looks, "check", lambda look: None)

    looks.set_look(make_event(), ground="#ffffff", writing="#eeeeee")

    assert contrast(*EventLook.objects.values_list("ground", "writing").get()) < TEXT


@database
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ground": "red", "writing": "#000000"}, "ground"),
        ({"accent": "#12345"}, "accent"),
        ({"glow": "url(//x)"}, "glow"),
        ({"ground": "#ffffff"}, "writing"),
        ({"writing": "#000000"}, "ground"),
        ({"type_accent": "comic"}, "type_accent"),
        ({"backdrop": "clowns"}, "backdrop"),
    ],
)
def test_only_colours_and_what_the_house_offers_are_taken(values, field):
    with pytest.raises(BadLook) as refusal:
        looks.set_look(make_event(), **values)

    assert (refusal.value.field, EventLook.objects.exclude(ground="", accent="").count()) == (field, 0)


@database
def test_a_look_is_no_place_for_anything_else():
    with pytest.raises(TypeError):
        looks.set_look(make_event(), script="alert(1)")


@database
def test_what_a_show_that_is_over_wore_stays_as_it_was():
    with pytest.raises(NotEditable):
        looks.set_look(make_event(state=EventState.ENDED), **NIGHT)


@database
def test_a_change_of_the_look_is_told_in_the_history_and_taken_back():
    event = make_event()
    with revisions.recorded(event, what="look", by=None, now=NOW):
        looks.set_look(event, **NIGHT, backdrop="stars")

    revision = Revision.objects.get()
    [entry] = entries([revision], event)
    revisions.take_back(revision, by=None, now=NOW)

    assert (entry.title, next((line.what, line.after) for line in entry.lines)) == (
        "Look",
        ("Ground", "#11183a"),
    )
    assert [line.after for line in entry.lines][-1] == "Stars"
    assert looks.of(Event.objects.get(pk=event.pk)).css == ""


@database
def test_a_change_that_was_changed_again_is_not_taken_back():
    event = make_event()
    with revisions.recorded(event, what="look", by=None, now=NOW):
        looks.set_look(event, **NIGHT)
    looks.set_look(event, accent="#ffffff")

    with pytest.raises(CannotTakeBack):
        revisions.take_back(Revision.objects.get(), by=None, now=NOW)


@settings(max_examples=40)
@given(ground=colours, seed=colours, accent=colours)
def test_whatever_passes_the_check_every_role_made_of_it_can_be_read(ground, seed, accent):
    writing, accent = nearest(seed, ground, TEXT), nearest(accent, ground, MARK)

    found = roles(Surface(ground, writing, accent))

    for role in ("--fg", "--fg-2", "--fg-3", "--accent-fg", "--alert-fg"):
        assert contrast(found[role], ground) >= TEXT
        # The sunk ground leans towards the writing, so a writing at its limit loses a little there.
        assert contrast(found[role], found["--bg-sunk"]) >= min(TEXT, contrast(writing, found["--bg-sunk"]))
    for role in ("--accent", "--alert", "--button"):
        assert contrast(found[role], ground) >= MARK
    for text, under in (
        ("--on-button", "--button"),
        ("--on-button-over", "--button-over"),
        ("--on-alert", "--alert"),
    ):
        assert contrast(found[text], found[under]) >= TEXT
    assert contrast(found["--on-fg"], found["--fg"]) >= TEXT


@given(colour=colours, other=colours, least=st.sampled_from([MARK, TEXT]))
def test_there_is_always_a_nearest_colour_that_passes(colour, other, least):
    found = nearest(colour, other, least)

    assert contrast(found, other) >= least


@given(colour=colours)
def test_a_colour_that_passes_already_is_its_own_nearest(colour):
    other = best_on(colour)

    assert contrast(nearest(colour, other, TEXT), colour) == pytest.approx(1, abs=0.03)


def test_mixing_goes_from_one_to_the_other():
    assert [mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


@pytest.mark.parametrize("backdrop", Backdrop)
def test_every_pattern_is_drawn_the_same_every_time_and_runs_nothing(backdrop):
    svg.cache_clear()
    first = svg(backdrop)
    svg.cache_clear()

    assert first == svg(backdrop)
    assert [
        word for word in ("<script", "href", "on", "style") if f" {word}=" in first or word == first
    ] == []
    assert first.count("<svg") == 1


def test_every_face_a_title_may_have_is_one_of_ours():
    assert set(look_tokens.TYPES) == set(TypeAccent)
