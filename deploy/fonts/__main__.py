"""`make fonts`: writes static/fonts/, fonts.css and the wordmark."""
# ruff: noqa: T201 - says what it wrote

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from deploy.fonts.cutting import chinese, pinned, sewn
from deploy.fonts.faces import FACES, VARIABLE, face, fallbacks, latin_faces, sign_faces, unchanged
from deploy.fonts.letters import ROOT, heading_signs, ranges

CSS = ROOT / "static" / "css" / "fonts.css"
MARK = ROOT / "templates" / "partials" / "wordmark.html"
# The wordmark is drawn, not set: "See" light, "Now" firm, closer than the face has them, in units of the em.
WORDMARK = (("See", 300), ("Now", 500))
WORDMARK_SIZE, WORDMARK_TRACKING = 36, -0.045


def wordmark() -> str:
    """The house's name as one path in the colour of its text; links that show it name themselves."""
    outline, at = "", 0.0
    for letters, weight in WORDMARK:
        source = VARIABLE / "fraunces/files/fraunces-latin-opsz-normal.woff2"
        font = pinned(source, wght=weight, opsz=WORDMARK_SIZE)
        em, glyphs, names = font["head"].unitsPerEm, font.getGlyphSet(), font.getBestCmap()
        for letter in letters:
            glyph = glyphs[names[ord(letter)]]
            pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
            scale = 1000 / em
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, at, 750)))
            outline += pen.getCommands()
            at += (glyph.width / em + WORDMARK_TRACKING) * 1000
    box = f"0 0 {at - WORDMARK_TRACKING * 1000:.0f} 780"
    return (
        "{# Written by `make fonts`. #}"
        f'<svg viewBox="{box}" aria-hidden="true"><path fill="currentColor" d="{outline}"/></svg>\n'
    )


def main() -> None:
    FACES.mkdir(exist_ok=True)
    for old in FACES.glob("*.woff2"):
        old.unlink()

    def write(name: str, data: bytes) -> str:
        (FACES / name).write_bytes(data)
        print(f"{name:<24} {len(data) / 1000:6.1f} kB")
        return f"../fonts/{name}"

    heads = {ord(sign) for sign in heading_signs()}
    rules = [
        "/* Written by `make fonts`. Reasons stand in docs/design.md. */\n",
        *latin_faces(write),
        *sign_faces(write),
        face(
            "Noto Serif SC", write("headings-han.woff2", sewn(chinese(heads, 400))),
            weight="100 900", display="optional", letters=ranges(heads),
        ),
        *unchanged(),
        *fallbacks(),
    ]  # fmt: skip
    CSS.write_text("\n".join(rules))
    MARK.write_text(wordmark())


if __name__ == "__main__":
    main()
