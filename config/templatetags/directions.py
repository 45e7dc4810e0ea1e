"""Names and prices in a sentence of another direction: `{% load directions %}{{ brand.name|isolate }}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def isolate(text: str) -> SafeString:
    """The escaped text in a `<bdi>`: it turns by its own letters alone. Not for attributes or options."""
    return format_html("<bdi>{}</bdi>", text)
