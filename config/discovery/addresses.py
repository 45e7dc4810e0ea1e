"""One address per page and language.

The address without a language answers in the reader's own. `?hl=zh-hans` answers in that language to
everybody; the language of the installation needs none, so its address is the plain one.
"""

from collections.abc import Iterable
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.http import QueryDict

PARAMETER = "hl"
# Of what an address carries behind its question mark, these lead to another page; the rest narrows a list.
OTHER_PAGES = ("page", "view", "month", "from", "niche", "kind")


def languages() -> list[str]:
    """Every language pages are offered in, that of the installation first."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: code != settings.LANGUAGE_CODE)


def tag_of(code: str) -> str:
    """A language of Django's as BCP 47 writes it: `zh-hans` is `zh-Hans`, `pt-br` is `pt-BR`."""
    first, *rest = code.split("-")
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    return part.title() if len(part) == len("Hans") else part.upper()


def whole(path: str) -> str:
    """An address on this site in full; one that is whole already stays."""
    return urljoin(f"{settings.SITE_URL}/", path)


def address(path: str, language: str, kept: Iterable[tuple[str, str]] = ()) -> str:
    """Where `path` is read in `language`, in full; `kept` are parameters that lead to another page."""
    pairs = [*kept]
    if language != settings.LANGUAGE_CODE:
        pairs.append((PARAMETER, language))
    return whole(path) + (f"?{urlencode(pairs)}" if pairs else "")


def kept_of(query: QueryDict) -> list[tuple[str, str]]:
    """The parameters of an address that lead to another page, each once and in one order."""
    return [(name, str(query[name])) for name in OTHER_PAGES if query.get(name)]
