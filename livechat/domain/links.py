"""Whether a line leads out of the house: addresses, however they are spelled.

The line is first read as the eye reads it (compatibility forms, invisible characters, look-alike letters),
then searched for schemes, host names, spelled-out dots and network addresses. A missed blank after a full
stop ("Lovely.It is") is the commonest false friend: top-level names that are everyday words need more proof.
tests/livechat/test_links.py measures both kinds of mistakes.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from accounts.domain.confusables import LOOK_ALIKES

TLDS_FILE = Path(__file__).with_name("tlds.txt")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Names that begin a sentence, or end a file's name, too often to be a host's by themselves.
EVERYDAY = _words(
    "it is so me in to be at am as my no us do by la le es et se si sa ne im ma al ai li lo co uno pro ve de",
    "how here you one now new today love live top cool fun art day life world best red",
    "blue black green pink gold",
    "md py rs sh mov zip ps pub cm mm km mg ml kg tv gb sk",
)
# Of these, a host's when they end the line: a sentence does not begin with its last word.
AT_THE_END = _words("de it es be at")
ABBREVIATIONS = _words("incl excl approx max min vs etc orig est dept fig dr mr mrs st ltd co inc vol ref")
# Hosts of invitations, whose endings are words.
KNOWN = _words("telegram instagr youtu goo wa discord linktr twitch zalo vk bit tinyurl amzn lnkd")
# Names so common among hosts that a spelled-out dot before them is no accident.
COMMON = r"com|net|org|cn|io|ru|xyz|info|biz"
COMMON_NAMES = frozenset(COMMON.split("|"))
DOTS = str.maketrans(
    {"\u3002": ".", "\uff61": ".", "\u2024": ".", "\u0701": ".", "\ua60e": ".", "\u0589": "."}
)
ADDRESS = r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)"

SCHEME = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,15}\s?:\s?/\s?/|\bmailto:|\bhxxps?\b|\bwww\s?\.\s?[^\W_]")
# A version ("v1.2.3.4", "1.2.3.4.5") is no address; one figure throughout hardly ever is.
IPV4 = re.compile(rf"(?<![\w.])(?=\S*\d\d){ADDRESS}(?![\w.]*\d\.|\.?\w)")
IPV6 = re.compile(r"(?i)\[[0-9a-f:]{2,}:[0-9a-f:.]*\]|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])")
# Read like the lines they are compared with: "ドット" without its voicing marks.
SPELLED = re.compile(
    rf"(?i)[^\W_](?:"
    rf"\s*[\[({{<*]\s*(?:dot|punkt|point|punto|ponto|точка|点|點|\.)\s*[\])}}>*]\s*[a-z]{{2,}}"
    rf"|(?<!\bthe)(?<!\bof)(?<!\ba)\s(?:dot|d0t|punkt|point|punto|ponto|точка)\s(?:{COMMON}|ком|ру)(?![\w-])"
    rf"|\spunkt\sde(?!\w)|\spoint\sfr(?!\w)"
    rf"|\s*(?:点|點)\s*(?:{COMMON})(?![\w-])|\s*トット\s*(?:コム|{COMMON})"
    rf"|\s\.\s?(?:{COMMON})(?![\w-])|,(?:com|net|cn)(?![\w-])"
    rf"|\s?\.\s?(?:c\so\sm|n\se\st)(?![\w-])|\.\s(?:com|net)\s*(?:$|[^\w\s]))"
)
# A run of labels; what follows tells a path or a port from the end of the name.
HOST = re.compile(
    r"(?P<host>[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+)(?P<rest>/[^\s/]|:\d{2,5}|[?#]\w+=)?"
)
CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
SEAM = re.compile(rf"(?<={CJK})(?=[!-~])|(?<=[!-~])(?={CJK})")


def contains_link(text: str) -> bool:
    """Whether `text` names an address outside: a URL, a host, an e-mail address, a network address."""
    seen = as_read(text)
    if any(pattern.search(seen) for pattern in (SCHEME, SPELLED, IPV6, IPV4)):
        return True
    # CJK is written without blanks: a host ends where another kind of writing begins.
    return any(_is_host(found) for part in (seen, SEAM.sub(" ", seen)) for found in HOST.finditer(part))


def as_read(text: str) -> str:
    """The line as the eye takes it: nothing invisible, look-alikes beside Latin letters folded."""
    plain = unicodedata.normalize("NFKC", text).translate(DOTS)
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(char for char in plain if unicodedata.category(char) not in {"Cf", "Mn", "Mc", "Me"})
    return re.sub(r"\S+", lambda run: _folded(run[0]), unicodedata.normalize("NFC", plain))


def _folded(run: str) -> str:
    """Cyrillic or Greek letters inside a Latin run pass for Latin ones; a run of their own stays as it is."""
    if not re.search("[A-Za-z]", run):
        return run
    return "".join(_latin(char) for char in run)


def _latin(char: str) -> str:
    if char.isascii():
        return char
    read = char.lower().translate(LOOK_ALIKES)
    return read.upper() if char.isupper() else read


def _is_host(found: re.Match[str]) -> bool:
    labels, rest = found["host"].split("."), found["rest"]
    last, name = labels[-1].lower(), labels[-2].lower()
    if last not in tlds() or len(set(labels)) == 1:
        return False
    if rest:
        return True
    if name.isdigit():
        return last in COMMON_NAMES and len(labels) == 2  # noqa: PLR2004 - "163.com", not "1.250.net"
    abbreviated = name in ABBREVIATIONS and len(labels) == 2  # noqa: PLR2004 - "Co.Ltd", not "example.co.uk"
    if abbreviated or (labels[-1] != last and not found["host"].isupper()):
        return False
    if len(name) == 1:
        return last in COMMON_NAMES and name not in "ei"
    return last not in EVERYDAY or _more_evidence(found, labels)


def _more_evidence(found: re.Match[str], labels: list[str]) -> bool:
    """A host by its shape or its place, although its last name is an everyday word."""
    name, last = labels[-2].lower(), labels[-1].lower()
    if last in AT_THE_END and not re.search(r"\w", found.string[found.end() :]):
        return True
    if name in KNOWN or "-" in name:
        return True
    below = len(labels) > 2 and len(last) == 2  # noqa: PLR2004 - a host below a host, in a country
    return (below or any(char.isdigit() for char in name)) and not labels[0][0].isdigit()


@cache
def tlds() -> frozenset[str]:
    """Every top-level name of the internet (IANA's list), in lower case and in its own script."""
    return frozenset(as_read(TLDS_FILE.read_text(encoding="utf-8")).split())
