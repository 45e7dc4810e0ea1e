"""The living style page and the icons it shows."""

import re

import pytest
from django.conf import settings as django_settings
from django.template import Context, Template
from django.urls import reverse

from config.style import SURFACES, measured
from config.templatetags.icons import drawings, icon

ROOT = django_settings.BASE_DIR
PAGE = "studio-style"


@pytest.mark.django_db
def test_the_style_page_exists_in_debug_and_in_the_demo_only(client, settings):
    assert client.get(reverse(PAGE)).status_code == 404

    settings.DEBUG = True
    in_debug = client.get(reverse(PAGE)).status_code
    settings.DEBUG, settings.DEMO = False, True

    assert (in_debug, client.get(reverse(PAGE)).status_code) == (200, 200)


@pytest.mark.django_db
def test_the_style_page_shows_components_on_paper_on_the_stage_and_from_right_to_left(client, settings):
    settings.DEBUG = True

    page = client.get(reverse(PAGE)).content.decode()

    assert [page.count(f'id="{on}-name"') for on in ("paper", "stage", "rtl")] == [1, 1, 1]
    assert page.count('class="style__icons"') == 1


COMPONENTS = (ROOT / "static" / "css" / "components.css").read_text()
# A whole page's frame and a place on the screen, not something that stands on a page.
NO_SPECIMEN = {"studio", "toasts"}
FROM_SHEETS_OF_THEIR_OWN = {"pin", "spark", "talk-chart__drawing"}


def components(sheet):
    """The classes a rule of the sheet begins with: components and their kinds, without their parts."""
    bare = re.sub(r"/\*.*?\*/|\([^()]*\)", "", re.sub(r"\([^()]*\)", "", sheet), flags=re.DOTALL)
    rules = re.findall(r"^\s*([^{}@;]+)\{", bare, re.MULTILINE)
    names = re.findall(r"(?:^|,)\s*\.([a-z][\w-]*)", ",".join(rules))
    return {name for name in names if "__" not in name}


def test_what_a_sheet_draws_is_read_off_its_rules():
    sheet = "/* .no */ .a,\n.b--large > .c { x: y }\n@media (w) {\n  .d__part, .e:hover { x: y }\n}"
    assert components(sheet) == {"a", "b--large", "e"}


def not_shown(sheet, page):
    """Components of the sheet that stand nowhere on the page."""
    shown = {name for classes in re.findall(r'class="([^"]*)"', page) for name in classes.split()}
    return (components(sheet) | FROM_SHEETS_OF_THEIR_OWN) - NO_SPECIMEN - shown


@pytest.mark.django_db
def test_the_style_page_shows_every_component(client, settings):
    settings.DEBUG = True
    page = client.get(reverse(PAGE)).content.decode()

    assert not_shown(COMPONENTS, page) == set()


@pytest.mark.django_db
def test_twin_a_component_that_is_not_shown_is_noticed(client, settings):
    settings.DEBUG = True
    page = client.get(reverse(PAGE)).content.decode()

    assert not_shown(COMPONENTS + "\n.almanac-leaf { inline-size: 1rem; }", page) == {"almanac-leaf"}


@pytest.mark.parametrize("selector", SURFACES.values())
def test_the_ratios_it_tells_are_enough(selector):
    assert [row.role for row in measured(selector) if not row.passes] == []


def test_every_icon_that_is_asked_for_is_drawn():
    pages = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    scripts = "".join(path.read_text() for path in (ROOT / "static" / "js").rglob("*.js"))
    asked = set(re.findall(r'{% icon "([^"]+)"', pages)) | set(re.findall(r'\bicon\("([^"]+)"\)', scripts))

    assert asked - set(drawings()) == set()


def test_icons_are_lines_alone_and_take_the_colour_of_the_text():
    assert [name for name, drawing in drawings().items() if "fill" in drawing or "stroke=" in drawing] == []


def test_every_icon_of_a_page_or_a_script_comes_from_the_set():
    """Drawn in place are only what no other place has: marks of houses, the wordmark, charts."""
    own = {
        "_mark.html",
        "_look_mark.html",
        "wordmark.html",
        "_style_components.html",
        "icon.js",
        "talk_chart.js",
        "orders.js",
    }
    drawn = re.compile(r'<svg|h\("svg"|["> ][×←→↑↓✓★☆]["<]')
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").rglob("*.js")]
    assert [path.name for path in files if drawn.search(path.read_text()) and path.name not in own] == []


@pytest.mark.parametrize(
    ("file", "name"),
    [("play", "play"), ("pip", "pip"), ("captions", "captions"), ("sound", "sound"), ("sound-off", "mute")],
)
def test_the_player_has_the_same_drawings_as_masks(file, name):
    assert drawings()[name] in (ROOT / "static" / "img" / f"icon-{file}.svg").read_text()


def test_an_icon_is_hidden_from_readers_and_turns_with_the_line():
    assert 'aria-hidden="true"' in icon("close")
    assert "icon--turning" in icon("back")


def test_a_name_in_a_sentence_turns_by_its_own_letters_and_stays_text():
    said = Template("{% load directions %}{{ name|isolate }}").render(Context({"name": "<b>دار"}))

    assert said == "<bdi>&lt;b&gt;دار</bdi>"


def test_space_before_and_behind_is_told_by_the_line_of_reading():
    """`padding: 1 2 1 3` says left and right; from right to left they would be the wrong ones."""
    part = r"[^\s();]+(?:\((?:[^()]|\([^()]*\))*\))?"
    sides = re.compile(rf"\b(?:padding|margin): ({part})\s+({part})\s+({part})\s+({part});")
    sheets = (ROOT / "static" / "css").rglob("*.css")
    found = [(sheet.name, *all_.groups()) for sheet in sheets for all_ in sides.finditer(sheet.read_text())]

    assert [four for four in found if four[2] != four[4]] == []
