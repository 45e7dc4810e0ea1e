"""Letters a reader takes for Latin ones: Unicode's confusables (UTS 39), and what that list leaves out.

The table comes from the package confusable-homoglyphs; here it is turned round, from the look-alike to the
one plain letter a reader sees. Scripts with large everyday use that share single strokes with Latin (Arabic,
Hebrew, the Indic and East Asian ones) are kept out of `plain_table`: their own words must stay apart.
"""

import json
import unicodedata
from functools import cache
from importlib.resources import files

# What people type instead, though it only resembles the letter from afar.
LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("абвгеёзіїјкмнопрстухьԁԛԝһѕӏ", "abbree3iijkmhonpctyxbdqwhsl", strict=True)),
        **dict(zip("αβγεηικνορτυχω", "abyenikvoptuxw", strict=True)),
        **dict(zip("оսոցհѡ", "ounghw", strict=True)),
        **dict(zip("ıɩɡɑßøđłħŧœæðþ", "iigabodlhtoeop", strict=True)),
    }
)
SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
TURNED = dict(zip("ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ", "acefghijkmrtvwy", strict=True))
# Of the compatibility letters these have no decomposition: negative circles, negative squares, flag letters.
BLACK_LETTERS = {
    chr(start + place): chr(ord("a") + place) for start in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)
}
# Blocks whose letters stand for themselves.
OWN_SCRIPTS = (
    (0x0590, 0x109F),
    (0x1100, 0x139F),
    (0x1780, 0x18AF),
    (0x1950, 0x1AAF),
    (0x2E80, 0xA4CF),
    (0xA840, 0xABFF),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFF),
    (0x20000, 0x3FFFF),
)


@cache
def plain_table() -> dict[int, str]:
    """For `str.translate`: look-alikes of Latin letters, without the letters of other living scripts."""
    return {point: plain for point, plain in full_table().items() if not _is_own(point)}


@cache
def full_table() -> dict[int, str]:
    """The same with every script, for words that begin in Latin letters and only borrow others."""
    found = {ord(char): plain for char, plain in _listed()}
    return found | {ord(char): plain for char, plain in _unlisted()} | LOOK_ALIKES


def _listed() -> list[tuple[str, str]]:
    source = files("confusable_homoglyphs").joinpath("confusables.json")
    rows = json.loads(source.read_text(encoding="utf-8"))
    plain = ((char, _plain(alike)) for char, alike in rows.items() if len(char) == 1 and not char.isascii())
    return [(char, letter) for char, letter in plain if letter]


def _plain(alike: list[dict[str, str]]) -> str:
    """The one ASCII letter among those a character looks like; lower case wins, for lines are folded."""
    letters = sorted({one["c"] for one in alike if len(one["c"]) == 1 and one["c"].isascii()}, reverse=True)
    return next((letter.lower() for letter in letters if letter.isalpha()), "")


def _unlisted() -> list[tuple[str, str]]:
    return [*SMALL_CAPITALS.items(), *TURNED.items(), *BLACK_LETTERS.items()]


def _is_own(point: int) -> bool:
    if any(start <= point <= end for start, end in OWN_SCRIPTS):
        return True
    # Marks and figures mean something else than the letter they resemble.
    return unicodedata.category(chr(point))[0] in "MN"
