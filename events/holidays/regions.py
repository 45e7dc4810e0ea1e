"""The markets SeeNow plans for and the zone a show for each is planned in by default."""

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, to_locale

ZONES = {
    "AE": "Asia/Dubai",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "HK": "Asia/Hong_Kong",
    "IL": "Asia/Jerusalem",
    "IN": "Asia/Kolkata",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "MX": "America/Mexico_City",
    "SA": "Asia/Riyadh",
    "SG": "Asia/Singapore",
    "TH": "Asia/Bangkok",
    "TW": "Asia/Taipei",
    "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh",
}


def market_name(code: str, language: str | None = None) -> str:
    """The market's name in `language` (default: the active one), e.g. `CN` is `China`."""
    try:
        locale = Locale.parse(to_locale(language or get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return locale.territories.get(code, code)


def language_name(tag: str, language: str | None = None) -> str:
    """A BCP 47 tag as people say it: `zh-Hans` is `Simplified Chinese`."""
    try:
        inner = Locale.parse(tag, sep="-")
        return inner.get_display_name(to_locale(language or get_language() or "en")) or tag
    except (UnknownLocaleError, ValueError):
        return tag
