"""What travels: one stylesheet per kind of page, a room within its budget, faces that hold what is said."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"
ROOM_JS_BYTES = 60_000
ROOM_CSS_BYTES = 30_000
IMPORTED = re.compile(r'(?:from|import)\s*"(\.[^"]+)"')
AFTER_FIRST_PAINT = re.compile(r'import\("(\.[^"]+)"\)')
SHEET = re.compile(r"<link rel=\"stylesheet\" href=\"\{% static '(css/[\w/]+\.css)' %\}\">")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files of a release, as deploy/build.mjs makes them."""
    node = shutil.which("node")
    assert node, "make install brings Node.js"
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([node, "deploy/build.mjs", folder], cwd=settings.BASE_DIR, check=True, capture_output=True)
    return folder


def with_imports(file: Path, known: set[Path]) -> set[Path]:
    """A module and everything it imports before it runs."""
    if file not in known:
        known.add(file)
        for name in IMPORTED.findall(file.read_text()):
            with_imports((file.parent / name).resolve(), known)
    return known


def on_the_wire(files: set[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def linked_by(*templates: str, kind: str) -> set[str]:
    named = re.compile(rf"\{{% static '({kind}/[\w/]+\.{kind})' %\}}")
    return {name for one in templates for name in named.findall((TEMPLATES / one).read_text())}


def test_the_rooms_own_scripts_keep_their_budget(built: Path) -> None:
    names = linked_by("base.html", "livechat/room.html", "orders/buy_sheet.html", kind="js")
    files: set[Path] = set()
    for entry in [built / name for name in names]:
        with_imports(entry, files)
        for name in AFTER_FIRST_PAINT.findall(entry.read_text()):
            with_imports((entry.parent / name).resolve(), files)
    assert {"page", "buy"} <= {file.name.split("-")[0] for file in files}
    assert {name.split("/")[-1] for name in names} >= {"site.js", "room.js"}
    assert on_the_wire(files) < ROOM_JS_BYTES


def test_the_rooms_own_styles_keep_their_budget(built: Path) -> None:
    names = linked_by("base.html", "livechat/room.html", "orders/buy_sheet.html", kind="css")
    assert on_the_wire({built / name for name in names}) < ROOM_CSS_BYTES


def test_every_face_and_picture_a_folded_stylesheet_names_is_there(built: Path) -> None:
    lost = []
    for sheet in sorted((built / "css").rglob("*.css")):
        for name in re.findall(r"url\(\"?(?!data:)([^)\"]+)\"?\)", sheet.read_text()):
            address = (sheet.parent / name).resolve().relative_to(built)
            known = (STATIC / address).exists() or address.parts[0] == "vendor"
            lost += [] if known else [(sheet.name, name)]
    assert lost == []


def test_what_a_stylesheet_of_a_kind_imports_is_there() -> None:
    parts = {
        (sheet.name, part): (sheet.parent / part).is_file()
        for sheet in (STATIC / "css").glob("*.css")
        for part in re.findall(r'@import "([^"]+)"', sheet.read_text())
    }
    assert parts
    assert [name for name, there in parts.items() if not there] == []


def test_no_page_links_two_stylesheets_of_ours_in_its_head() -> None:
    """A page that needs several parts has an entry of @import lines, which the build folds into one file."""
    heads = {
        str(path.relative_to(TEMPLATES)): SHEET.findall(re.sub(r"<noscript>.*?</noscript>", "", head))
        for path in TEMPLATES.rglob("*.html")
        for head in re.findall(r"\{% block head %\}(.*?)\{% endblock %\}", path.read_text(), re.S)
    }
    assert {name: sheets for name, sheets in heads.items() if len(sheets) > 1} == {}
