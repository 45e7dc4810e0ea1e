"""Days and moments in the order of the reader's language.

Pages write a date as English reads it, `j M Y`; every other language is asked of CLDR what its own people
write for the same parts, as the browser asks for `data-time`. So a new language brings its dates with it.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError, get_global
from babel.dates import DateTimePattern, match_skeleton, parse_pattern
from django.utils import formats
from django.utils.translation import get_language, to_locale

# The parts of a pattern, by CLDR's letters.
_PARTS = {"D": "EEE", "l": "EEEE", "j": "d", "M": "MMM", "F": "MMMM", "Y": "y"}
_ORDER = "yMEd"
_CLOCK = "H:i"


def date_format(value: date | datetime, pattern: str) -> str:
    """`value` by Django's `pattern`, in the order and with the signs of the active language.

    Patterns with anything beside day, month, year, weekday and `H:i` are taken as they are written.
    """
    language = get_language() or "en"
    # A moment is not kept: it equals itself in every zone, and reads differently in each.
    return (_written if isinstance(value, datetime) else _kept)(value, pattern, language)


def _written(value: date | datetime, pattern: str, language: str) -> str:
    cut = None if language.startswith("en") else _cldr(pattern, to_locale(language))
    if cut is None:
        return formats.date_format(value, pattern)
    shape, locale, clock = cut
    day = str(shape.apply(value, locale))
    if not clock:
        return day
    whole = str(locale.datetime_formats["medium"])
    return whole.replace("{1}", day).replace("{0}", formats.date_format(value, _CLOCK)).replace("'", "")


_kept = lru_cache(maxsize=5000)(_written)


@lru_cache(maxsize=1000)
def _cldr(pattern: str, locale_name: str) -> tuple[DateTimePattern, Locale, bool] | None:
    """The language's own pattern for the day in `pattern`, and whether the clock follows."""
    clock = pattern.endswith(_CLOCK) and pattern != _CLOCK
    letters = [letter for letter in pattern.removesuffix(_CLOCK) if letter not in ", "]
    if not letters or not set(letters) <= _PARTS.keys():
        return None
    try:
        locale = Locale.parse(locale_name)
    except (UnknownLocaleError, ValueError):
        return None
    shape = _shape(letters, locale) if len(letters) > 1 else _alone(letters[0], locale)
    return (shape, locale, clock) if shape else None


def _alone(letter: str, locale: Locale) -> DateTimePattern | None:
    """A day of the week or a month by itself; a lone number needs no order."""
    if letter in "jY":
        return None
    part = _PARTS[letter]
    # Where months have a form of their own for standing alone, the language's month of a year uses it.
    own = part[0] == "M" and "LLL" in locale.datetime_skeletons[f"y{part}"].pattern
    return parse_pattern(part.replace("M", "L") if own else part)


def _shape(letters: list[str], locale: Locale) -> DateTimePattern | None:
    """The language's pattern for these parts; where CLDR has it in another width only, widened to ours."""
    parts = sorted((_PARTS[letter] for letter in letters), key=lambda part: _ORDER.index(part[0]))
    wanted = "".join(parts).replace("EEE", "E") if "EEEE" not in parts else "".join(parts)
    found = match_skeleton(wanted, locale.datetime_skeletons)
    if found is None:
        return None
    pattern = locale.datetime_skeletons[found].pattern
    for part in parts:
        if len(part) == len("MMMM"):
            pattern = re.sub(f"{part[0]}{{3,4}}" if part[0] == "M" else "E+", part, pattern)
    return parse_pattern(pattern)


def city_name(zone: str, language: str | None = None) -> str:
    """The city of an IANA zone in `language` (default: the active one): `Asia/Shanghai` is 上海.

    CLDR knows some zones by their old names only; a zone it does not know is called by its own last part.
    """
    return _city(zone, language or get_language() or "en")


@lru_cache(maxsize=1000)
def _city(zone: str, language: str) -> str:
    own = zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")
    try:
        known = Locale.parse(to_locale(language)).time_zones
    except (UnknownLocaleError, ValueError):
        return own
    cities = (known.get(name, {}).get("city") for name in _names(zone))
    return next((city for city in cities if city), own)


@lru_cache(maxsize=1000)
def _names(zone: str) -> list[str]:
    """The zone and what else it is called, the present name first."""
    aliases = get_global("zone_aliases")
    present = aliases.get(zone, zone)
    return [zone, present, *(old for old, new in aliases.items() if new == present)]
