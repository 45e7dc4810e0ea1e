"""Where the picture is, for templates."""

from django import template
from django.http import HttpRequest

from events.streaming.urls import media_base as base_for

register = template.Library()


@register.simple_tag(takes_context=True)
def media_base(context: template.Context) -> str:
    """The media origin as seen from this page, without a trailing slash."""
    request: HttpRequest = context["request"]
    return base_for(request)
