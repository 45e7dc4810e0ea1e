"""The tokens keep their promises: text can be read, and colours live in one file."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from events.holidays import load

CSS = settings.BASE_DIR / "static" / "css"
FONTS = settings.BASE_DIR / "static" / "fonts"
TOKENS = (CSS / "tokens.css").read_text()
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")

TEXT = 4.5
MARK = 3.0
PAIRS = [
    (ground, role, least)
    for ground in ("--bg", "--bg-sunk", "--bg-raised")
    for role, least in [
        ("--fg", 7.0),
        ("--fg-2", TEXT),
        ("--fg-3", TEXT),
        ("--accent-fg", TEXT),
        ("--alert-fg", TEXT),
        ("--rule-strong", MARK),
        ("--accent", MARK),
    ]
] + [
    ("--fg", "--on-fg", 7.0),
    ("--fg-2", "--on-fg", TEXT),
    ("--alert", "--on-alert", TEXT),
    ("--alert-wash", "--fg", 7.0),
]


def block(selector: str) -> dict[str, str]:
    body = TOKENS[TOKENS.index(f"{selector} {{") :].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", body))


def colour(role: str, surface: str) -> str:
    known = block(":root") | ({} if surface == ":root" else block(surface))
    value = known[role]
    while value.startswith("var("):
        value = known[value[4:-1]]
    return value


def luminance(value: str) -> float:
    digits = value.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_one_of_wcag():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("surface", [":root", ".on-stage", ".on-paper"])
@pytest.mark.parametrize(("ground", "role", "least"), PAIRS)
def test_every_pair_of_roles_can_be_read(surface, ground, role, least):
    assert contrast(colour(ground, surface), colour(role, surface)) >= least


@pytest.mark.parametrize("key", sorted(load()))
def test_a_festivals_writing_can_be_read_on_its_ground(key):
    assert contrast(*load()[key].colours) >= TEXT


def test_only_the_tokens_know_pigments():
    elsewhere = [path for path in CSS.rglob("*.css") if path.name != "tokens.css"]
    assert {str(p): found for p in elsewhere if (found := HEX.findall(p.read_text()))} == {
        str(CSS / "base.css"): ["#fff"],  # the white of printed paper
    }


def test_every_festival_sign_has_a_face():
    """A new holiday with new signs needs `make fonts`."""
    fonts = (CSS / "fonts.css").read_text()
    covered = {
        code
        for ranges in re.findall(r"unicode-range: ([^;]+);", fonts)
        for part in ranges.split(",")
        for code in _codes(part.strip())
    }
    signs = {sign for info in load().values() for own in info.writings for sign in own.name if _is_han(sign)}
    assert {sign for sign in signs if ord(sign) not in covered} == set()


def test_every_face_is_on_disk():
    fonts = (CSS / "fonts.css").read_text()
    folders = dict(entry for entry in settings.STATICFILES_DIRS if isinstance(entry, tuple))
    for folder, file in re.findall(r'url\("\.\./(vendor/[\w-]+)/([^"]+)"\)', fonts):
        assert (Path(folders[folder]) / file).is_file()
    for file in re.findall(r'url\("\.\./(fonts/[^"]+)"\)', fonts):
        assert (settings.BASE_DIR / "static" / file).is_file()


@pytest.mark.parametrize("name", sorted(path.stem for path in FONTS.glob("*-han*.woff2")))
def test_signs_know_their_height_in_a_column(name):
    """Else a browser takes the line's height for the sign's, and a poster's writing hangs too low."""
    font = TTFont(FONTS / f"{name}.woff2")
    tops = {font["glyf"][sign].yMax + font["vmtx"][sign][1] for sign in font.getBestCmap().values()}
    assert {height for height, _top in font["vmtx"].metrics.values()} == {font["head"].unitsPerEm}
    assert tops == {font["OS/2"].sTypoAscender}


def _codes(part: str) -> range:
    first, _dash, last = part.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def _is_han(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u9fff"
