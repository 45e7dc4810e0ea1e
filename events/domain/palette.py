"""Two colours that are read together: their contrast by WCAG 2, as sRGB says it."""

from django.utils.translation import gettext as _

from events.domain.colours import HEX, TEXT, contrast
from events.errors import BadAssortment


def check_palette(ground: str, ink: str) -> None:
    """BadAssortment unless both are empty, or two hex colours whose writing can be read on the ground."""
    if not ground and not ink:
        return
    for field, value in (("ground", ground), ("ink", ink)):
        if not HEX.fullmatch(value):
            raise BadAssortment(field, _("Give both colours as #rrggbb, or leave both empty."))
    if (ratio := contrast(ground, ink)) < TEXT:
        raise BadAssortment(
            "ink",
            _("These two are too close to be read: %(ratio)s to 1, and it takes 4.5. Go darker or lighter.")
            # Rounded down, so that 4.49 never reads as enough.
            % {"ratio": f"{int(ratio * 10) / 10:.1f}"},
        )
