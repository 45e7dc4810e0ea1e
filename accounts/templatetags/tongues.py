"""The language of words people wrote themselves; a builtin, nothing is loaded."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.tongues import other_tongue
from accounts.tongues import tongue as tongue_of

register = template.Library()


@register.filter
def spoken(text: object) -> SafeString:
    """`<h1{{ event.title|spoken }}>`: the attribute `lang` when the text is not in the page's script."""
    found = other_tongue(str(text or ""), get_language() or "en")
    return format_html(' lang="{}"', found) if found else SafeString()


@register.filter
def tongue(text: str) -> str:
    """`lang="{{ event.title|tongue }}"`: the tag by the script of `text`."""
    return tongue_of(text)
