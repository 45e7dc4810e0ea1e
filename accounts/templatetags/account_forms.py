"""What account forms need beyond Django's own rendering."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def bare(field: BoundField) -> SafeString:
    """The field's input without the placeholder allauth gives it: the label says it already."""
    return field.as_widget(attrs={"placeholder": ""})
