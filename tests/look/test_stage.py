"""What stands under and over the moving picture costs nothing at each of its frames."""

import re

from django.conf import settings

SHEETS = settings.BASE_DIR / "static" / "css"
# The poster is away while the picture plays; the first frame of a picture is away once the picture is there.
STANDS_STILL = {".player__poster", ".blur > g", ".blur.blur", ".pin--gone .pin__picture"}
COSTLY = re.compile(r"(?:^|\s)(?:filter|backdrop-filter):(?!\s*none)")


def costly(sheet):
    """The rules that ask for a filter, by their selectors."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", bare)
    rules = [selector for selector, body in found if COSTLY.search(body)]
    return {one.strip() for selector in rules for one in selector.split(",")}


def test_what_a_filter_is_asked_for_is_read_off_the_rules():
    sheet = ".a,\n.b { filter: x }\n@media (w) { .c { backdrop-filter: x } .d { filter: none } }"
    assert costly(sheet) == {".a", ".b", ".c"}


def test_no_filter_lies_where_a_picture_moves():
    sheets = "\n".join(sheet.read_text() for sheet in sorted(SHEETS.rglob("*.css")))
    assert costly(sheets) - STANDS_STILL == set()
