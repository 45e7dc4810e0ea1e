"""Basis points as people read them: `{% load credibility %}`."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def hundredths(basis_points: int) -> str:
    """`7140|hundredths` is `71.4`, in the reader's way of writing numbers."""
    tenths = basis_points // 10
    return str(number_format(tenths / 10, decimal_pos=0 if tenths % 10 == 0 else 1))
