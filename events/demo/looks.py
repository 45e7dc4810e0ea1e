"""What the demo's shows wear: each festival a house of its own, some bright, some dark, one almost bare."""

from typing import TypedDict

from events.domain import looks
from events.enums import Backdrop, TypeAccent
from events.models import Event


class Worn(TypedDict, total=False):
    """The values of a look; see `events.domain.looks.FIELDS`."""

    ground: str
    writing: str
    accent: str
    stage: str
    glow: str
    type_accent: str
    backdrop: str


def _worn(colours: str, type_accent: TypeAccent, backdrop: Backdrop) -> Worn:
    """`colours` are ground, writing, accent, stage and glow, apart by spaces."""
    ground, writing, accent, stage, glow = colours.split()
    return Worn(
        ground=ground,
        writing=writing,
        accent=accent,
        stage=stage,
        glow=glow,
        type_accent=type_accent,
        backdrop=backdrop,
    )


LOOKS = {
    # Fir and candle gold.
    "noel-in-silk": _worn("#16332b #f4ecdc #d9b36a #0a1613 #dfbd7c", TypeAccent.ITALIC, Backdrop.SNOW),
    # Rime on a window, and what is in the bowl.
    "frost-and-clove": _worn("#e6ecef #1a2a38 #7d2d27 #0d1318 #9fc0d2", TypeAccent.LIGHT, Backdrop.SNOW),
    # Rice paper, pine and the red of the plum.
    "first-tea-of-the-year": _worn(
        "#efeee2 #1d2d26 #a8342a #0c110e #e08a6b", TypeAccent.SEAL, Backdrop.WAVES
    ),
    # Lacquer.
    "red-gold-leather": _worn("#8f1818 #fdf1de #f3cb80 #1a0706 #f0c77a", TypeAccent.BLACK, Backdrop.LATTICE),
    "two-initials": _worn("#f5e6e2 #3a0f19 #a8283d #16090c #e79aa2", TypeAccent.ITALIC, Backdrop.PETALS),
    "named-after-women": _worn("#f4ead0 #2b2440 #6b4a9a #100d18 #c8b0ee", TypeAccent.ROMAN, Backdrop.PETALS),
    # Emerald and ivory under a carved screen.
    "oud-at-sunset": _worn("#0d3a2e #f6eedb #d7b46a #071610 #d7b46a", TypeAccent.ROMAN, Backdrop.LATTICE),
    "for-her-shoulders": _worn("#f3e3d9 #40201d #9c4632 #150c0a #e6a98c", TypeAccent.ITALIC, Backdrop.PETALS),
    # The river of stars.
    "magpie-bridge": _worn("#11183a #e4e8f4 #b4c1e6 #080a17 #b9c6ea", TypeAccent.LIGHT, Backdrop.STARS),
    "star-dial": _worn("#132a3d #e7eef2 #9fd0d8 #080f16 #9fd0d8", TypeAccent.LIGHT, Backdrop.STARS),
    "moon-bowl": _worn("#22282c #f0ebdf #e3d7b3 #0d0f11 #e3d7b3", TypeAccent.SEAL, Backdrop.WAVES),
    "nocturne": _worn("#17101f #e9dff0 #d0773a #0d0912 #d98a4c", TypeAccent.BLACK, Backdrop.NONE),
    # Marigold on plum, by lamplight.
    "marigold-evening": _worn("#471033 #fdf0d6 #f3a63c #170711 #f3a63c", TypeAccent.ROMAN, Backdrop.LAMPS),
    # Black, white and one red; the day is four strokes.
    "singles-day-after-hours": _worn(
        "#ffffff #101010 #d4001f #0b0b0b #ff5a5f", TypeAccent.CAPITALS, Backdrop.LINES
    ),
    "the-silk-hour": _worn("#5b1220 #fbeee2 #ecc187 #170a0c #ecc187", TypeAccent.ITALIC, Backdrop.SNOW),
}


def dress(event: Event, show: str) -> None:
    """Give `event` the look of the demo's `show`, if it has one and the event wears nothing yet."""
    if show in LOOKS and not hasattr(event, "look"):
        looks.set_look(event, **LOOKS[show])
