"""Display names: readable, at most 40 characters, and never mistaken for the house, a brand or a host.

Two names are confusable when their skeletons are equal: compatibility forms folded, marks dropped, look-alike
letters of other scripts and figures mapped to one Latin letter each (the idea of Unicode's UTS 39).
"""

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.domain.confusables import plain_table
from accounts.errors import BadName
from accounts.models import User
from accounts.signals import names_claimed

# Characters, so that a cleaned name fits every column it is copied to (40); graphemes are never more.
MAX_LENGTH = 40
# Scripts that spell with at most three marks on one letter; more is decoration that runs over other lines.
MAX_MARKS = 3
JOINERS = "\u200c\u200d"
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
# Words that speak for the house, as skeletons of whole words.
OFFICE_WORDS = (
    "admin administrator moderator mod support helpdesk staff official seenow system host producer agent "
    "team care bot security billing payments refund refunds "
    "équipe officiel officielle modérateur modératrice assistance animatrice offiziell moderatorin "
    "kundendienst oficial soporte moderador moderadora anfitrión anfitriona equipo ufficiale assistenza "
    "moderatore suporte администратор модератор поддержка официальный الدعم رسمي مشرف المشرف الرسمي "
    "आधिकारिक सहायता एडमिन"
)
# The same inside longer runs ("seenowsupport24"); short ones would hit ordinary names.
OFFICE_PARTS = "seenow support official moderator helpdesk administrator customercare customerservice"
# In scripts that set no words apart, and as phrases.
OFFICE_CJK = (
    "客服 官方 管理员 管理員 主播 房管 公式 運営 サポート スタッフ 공식 관리자 운영자 고객센터 "
    "แอดมิน เจ้าหน้าที่ ทีมงาน chínhthức quảntrịviên hỗtrợ"
)
# From this many letters on a claimed name is also found inside another: "Maison Aurèle help".
FOUND_INSIDE = 6
FIGURES = str.maketrans("013457@$!|€", "oleastasiie")
# One letter per family of strokes; "rn" and "vv" are read as one letter at chat size.
FAMILIES = (("i", "l"), ("rn", "m"), ("vv", "w"), ("u", "v"))


def clean_name(text: str, *, user: User | None = None) -> str:
    """Return `text` as it may stand beside a chat line.

    Raises BadName: `name_empty`, `name_too_long`, or `name_reserved` when it could be taken for the house,
    a brand or a host that is not `user`.
    """
    name = tidy(text)
    if not any(unicodedata.category(char)[0] in "LN" for char in name):
        raise BadName("name_empty", _("Choose a name with at least one letter or figure."))
    if len(name) > MAX_LENGTH:
        raise BadName("name_too_long", _("Choose a name of at most 40 characters."))
    if _speaks_for_the_house(name) or _is_claimed(name, user=user):
        raise BadName("name_reserved", _("This name could be mistaken for staff or a brand. Choose another."))
    return name


def tidy(text: str) -> str:
    """Fold compatibility forms, drop what cannot be seen or turns the line around, and join blanks to one."""
    visible = "".join(_visible(unicodedata.normalize("NFKC", text)))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def skeleton(text: str) -> str:
    """The letters and figures a reader takes `text` for, without blanks."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = folded.translate(plain_table()).translate(FIGURES)
    letters = "".join(char for char in plain if char.isalnum())
    for stroke, family in FAMILIES:
        letters = letters.replace(stroke, family)
    return letters


def _visible(text: str) -> Iterator[str]:
    marks = 0
    before = ""
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind[0] == "M" else 0
        if (kind[0] == "C" and not _joins(char, before) and not char.isspace()) or char in BLANKS:
            continue
        if marks <= MAX_MARKS:
            yield char
        before = char


def _joins(char: str, before: str) -> bool:
    """Persian and the Indic scripts need joiners; Latin does not and hides words with them."""
    return char in JOINERS and "\u0600" <= before <= "\u0dff"


def _speaks_for_the_house(name: str) -> bool:
    words = {skeleton(word) for word in _words(name)}
    if words & {skeleton(word) for word in OFFICE_WORDS.split()}:
        return True
    whole = skeleton(name)
    return any(skeleton(part) in whole for part in f"{OFFICE_PARTS} {OFFICE_CJK}".split())


def _words(name: str) -> list[str]:
    return "".join(char if char.isalnum() or char in "@$!|" else " " for char in name).split()


def _is_claimed(name: str, *, user: User | None) -> bool:
    mine = skeleton(name)
    answers = names_claimed.send(sender=User, user=user)
    claimed = (skeleton(other) for _receiver, names in answers for other in names or [])
    return any(other == mine or (len(other) >= FOUND_INSIDE and other in mine) for other in claimed if other)
