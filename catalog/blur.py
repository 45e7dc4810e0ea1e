"""The blurred first frame: what stands in a picture's place until it is there, drawn inside the page.

Neither a request nor an address: a browser counts even a `data:` picture among what it has to fetch.
"""

from base64 import b64decode
from functools import lru_cache
from io import BytesIO

from django.utils.safestring import SafeString, mark_safe
from PIL import Image

COLUMNS = 3
# So far beyond the frame that the blur finds colour there.
BEYOND = 2


@lru_cache(maxsize=4096)
def blurred(data: str) -> SafeString:
    """An `<svg class="blur">` of a dozen fields, from the picture's few pixels in Base64."""
    small = Image.open(BytesIO(b64decode(data))).convert("RGB")
    rows = max(1, round(COLUMNS * small.height / small.width))
    fields = small.resize((COLUMNS, rows), Image.Resampling.BOX).tobytes()
    colours = [fields[at : at + 3].hex() for at in range(0, len(fields), 3)]
    drawn = "".join(_field(place, colour, rows) for place, colour in enumerate(colours))
    box = f'viewBox="0 0 {COLUMNS} {rows}" preserveAspectRatio="xMidYMid slice"'
    return mark_safe(f'<svg class="blur" {box} aria-hidden="true"><g>{drawn}</g></svg>')  # noqa: S308 - figures only


def _field(place: int, colour: str, rows: int) -> str:
    """From its corner to the end of the picture; the next ones lie upon it, and no gap shows between."""
    row, column = divmod(place, COLUMNS)
    left, top = (column or -BEYOND), (row or -BEYOND)
    end = f"H{COLUMNS + BEYOND}V{rows + BEYOND}H{left}z"
    return f'<path fill="#{colour}" d="M{left} {top}{end}"/>'
