"""The tokens of a look: from three colours of a page and two of a stage every role the stylesheets read.

What a house chooses is checked at save; what follows from it is made here so that it can be read: lesser inks
are moved towards the writing until they reach their ratio, lines towards it until they can be seen.
"""

from dataclasses import dataclass

from events.domain.colours import BLACK, MARK, WHITE, best_on, contrast, mix, readable
from events.enums import TypeAccent

# The house's own, as static/css/tokens.css has them; a test holds the two together.
PAPER, INK, METAL = "#f6f2ea", "#17130f", "#9c7b4a"
STAGE, STAGE_TEXT, STAGE_METAL = "#0e0c0b", "#edeae6", "#c9a871"
SIGNAL, STAGE_SIGNAL = "#ad2a17", "#f0674f"

Tokens = dict[str, str]

TYPES: dict[TypeAccent, Tokens] = {
    TypeAccent.ROMAN: {},
    TypeAccent.LIGHT: {"--display-weight": "200"},
    TypeAccent.BLACK: {"--display-weight": "780", "--display-tracking": "-0.04em"},
    TypeAccent.ITALIC: {"--display-style": "italic"},
    TypeAccent.CAPITALS: {
        "--display-face": "var(--sans)",
        "--display-weight": "500",
        "--display-case": "uppercase",
        "--display-tracking": "-0.01em",
        "--display-size": "0.84",
    },
    TypeAccent.SEAL: {
        "--display-face": "var(--festival)",
        "--display-weight": "600",
        "--display-tracking": "0",
    },
}


PHONE, DESK = "(width < 48rem)", "(width >= 48rem)"
# Files below static/ that a page needs beside those every page loads, by the screens that need them.
FACES = {
    TypeAccent.ITALIC: {PHONE: "fonts/fraunces-italic-phone.woff2", DESK: "fonts/fraunces-italic.woff2"},
    TypeAccent.BLACK: {"all": "vendor/fraunces/files/fraunces-latin-opsz-normal.woff2"},
}


@dataclass(frozen=True, slots=True)
class Surface:
    """A ground, what is written on it and the colour that marks."""

    ground: str
    writing: str
    accent: str


def mark(poster: Surface) -> str:
    """The colour of a show in a list: the first of its poster's that can be seen on the house's paper."""
    wanted = poster.accent, poster.ground, INK
    return next(colour for colour in wanted if contrast(colour, PAPER) >= MARK)


def roles(surface: Surface) -> Tokens:
    """Every role of `static/css/tokens.css` on this surface."""
    ground, writing = surface.ground, surface.writing
    sunk = _sunk(surface)
    signal = max((SIGNAL, STAGE_SIGNAL), key=lambda colour: contrast(colour, sunk))
    alert = readable(signal, ground, towards=writing, least=MARK)
    return {
        "--bg": ground,
        "--bg-sunk": sunk,
        "--bg-raised": mix(ground, writing, 0.03),
        "--fg": writing,
        "--fg-2": readable(mix(writing, ground, 0.24), ground, sunk, towards=writing),
        "--fg-3": readable(mix(writing, ground, 0.36), ground, sunk, towards=writing),
        "--rule": mix(ground, writing, 0.2),
        "--rule-strong": readable(mix(ground, writing, 0.5), ground, sunk, towards=writing, least=MARK),
        "--alert": alert,
        "--alert-fg": readable(signal, ground, sunk, towards=writing),
        "--alert-wash": sunk,
        "--on-fg": ground,
        "--on-alert": best_on(alert, WHITE, BLACK),
        "--good": writing,
    } | accents(surface)


def accents(surface: Surface) -> Tokens:
    """The roles that mark and act, for a page that keeps the ground of the house."""
    accent, writing = surface.accent, surface.writing
    over = mix(accent, writing, 0.18)
    return {
        "--accent": accent,
        "--accent-fg": readable(accent, surface.ground, _sunk(surface), towards=writing),
        "--accent-wash": mix(surface.ground, accent, 0.12),
        "--button": accent,
        "--on-button": best_on(accent, surface.ground, writing),
        "--button-over": over,
        "--on-button-over": best_on(over, surface.ground, writing),
    }


def _sunk(surface: Surface) -> str:
    return mix(surface.ground, surface.writing, 0.06)


def stage(surface: Surface) -> Tokens:
    """The pigments the room paints large planes with."""
    return {
        "--stage": surface.ground,
        "--stage-raised": _sunk(surface),
        "--stage-high": mix(surface.ground, surface.writing, 0.11),
    }


def poster(surface: Surface) -> Tokens:
    """The ground of a poster, its words, and the festival's writing on it."""
    return {
        "--festival-ground": surface.ground,
        "--festival-writing": surface.writing,
        "--poster-writing": surface.accent,
    }
