"""The head of every page: `{% head_meta %}`, and the language switch's way back."""

import json
from typing import Any, cast

from babel.core import Locale, UnknownLocaleError, get_global
from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale

from config.discovery.addresses import PARAMETER, languages, tag_of
from config.discovery.markup import CONTEXT
from config.discovery.pages import alternates, canonical, head_of

register = template.Library()
# What could end the element or begin another, as in Django's own json_script.
ESCAPES = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@register.inclusion_tag("partials/head_meta.html", takes_context=True)
def head_meta(context: template.Context) -> dict[str, Any]:
    """Manifest, icons, addresses per language, share card and structured data; without the last three
    where a page is only its reader's own."""
    request: HttpRequest | None = context.get("request")
    given = {"LANGUAGE_CODE": get_language(), "request": request}
    head = head_of(request, cast(dict[str, Any], context.flatten())) if request else None
    if request is None or head is None:
        return given
    return given | {
        "head": head,
        "canonical": canonical(request),
        "alternates": alternates(request),
        "locale": og_locale(get_language() or "en"),
        "other_locales": [og_locale(code) for code in languages() if code != get_language()],
        "graph": {"@context": CONTEXT, "@graph": head.things} if head.things else None,
    }


def og_locale(code: str) -> str:
    """Language and country as Open Graph wants them: `zh_CN` for `zh-hans`, as CLDR guesses."""
    language, *rest = to_locale(code).split("_")
    country = next((part for part in rest if len(part) == len("CN")), "")
    known = get_global("likely_subtags")
    likely = str(known.get(to_locale(code)) or known.get(language, "")).split("_")[-1]
    return "_".join(part for part in (language, country or likely) if part)


@register.filter
def as_json(value: object) -> SafeString:
    """JSON that may stand inside a script element: no text in it can end the element."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped here


@register.simple_tag(takes_context=True)
def without_language(context: template.Context) -> str:
    """The address of this page without the language it may ask for, for coming back in another."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag
def offered_languages() -> list[dict[str, str]]:
    """Every language of the site: its code, its BCP 47 tag and what its own people call it."""
    return [{"code": code, "tag": tag_of(code), "name": own_name(code)} for code, _name in settings.LANGUAGES]


def own_name(code: str) -> str:
    """`简体中文` for `zh-hans`; the code itself when nobody knows the language."""
    known = LANG_INFO.get(code, {}).get("name_local")
    try:
        return str(known or Locale.parse(to_locale(code)).display_name or code)
    except (UnknownLocaleError, ValueError):
        return code
