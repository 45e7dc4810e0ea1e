"""The living style page, for those who build pages: tokens with their contrast, components in all states."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.domain.demo import demo_enabled
from events.domain.colours import MARK, TEXT, contrast
from events.enums import Backdrop

TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"
SURFACES = {"Paper": ":root", "Stage": ".on-stage"}
GROUNDS = ("--bg", "--bg-sunk", "--bg-raised")
# What is read or seen on a ground, and the ratio it needs there.
SEEN = {
    "--fg": TEXT,
    "--fg-2": TEXT,
    "--fg-3": TEXT,
    "--accent-fg": TEXT,
    "--alert-fg": TEXT,
    "--rule-strong": MARK,
    "--accent": MARK,
}
TYPE = ("12", "14", "16", "20", "26", "36", "52", "80", "120")
SPACE = tuple(range(1, 11))


@dataclass(frozen=True, slots=True)
class Measured:
    """One role on one surface: its pigment and the least ratio it has on any ground of that surface."""

    role: str
    colour: str
    ratio: float
    least: float

    @property
    def passes(self) -> bool:
        return self.ratio >= self.least


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """`/studio/style/`: in debug and in the demo; elsewhere there is no such page."""
    if not (settings.DEBUG or demo_enabled()):
        raise Http404
    context = {
        "surfaces": {name: measured(selector) for name, selector in SURFACES.items()},
        "type": TYPE,
        "space": SPACE,
        "backdrops": [backdrop.value for backdrop in Backdrop if backdrop != Backdrop.NONE],
    }
    return render(request, "studio/style.html", context)


def measured(selector: str) -> list[Measured]:
    """Every role of the surface `selector` paints, against the ground it is weakest on."""
    grounds = [pigment(role, selector) for role in GROUNDS]
    found = []
    for role, least in SEEN.items():
        colour = pigment(role, selector)
        found.append(Measured(role, colour, round(min(contrast(colour, one) for one in grounds), 1), least))
    return found


def pigment(role: str, selector: str) -> str:
    """The `#rrggbb` a role comes to on a surface."""
    known = _block(":root") | _block(selector)
    value = known[role]
    while value.startswith("var("):
        value = known[value[4:-1]]
    return value


@cache
def _block(selector: str) -> dict[str, str]:
    text = TOKENS.read_text()
    body = text[text.index(f"{selector} {{") :].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", body))
