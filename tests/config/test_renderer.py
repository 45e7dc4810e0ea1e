"""Choices written in one go are the choices Django writes one by one."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.html import format_html

from config.renderer import QuickForms

CHOICES = [
    ("", "—"),
    (1, "One & <two>"),
    ('"q"', format_html("<b>{}</b>", "Bold")),
    ("Grouped ‹&›", [("a", "A"), ("b", "B")]),
    (None, "Nothing"),
]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.Select(choices=CHOICES), "b"),
        (forms.Select(choices=CHOICES, attrs={"class": "x", "disabled": True, "data-a": '"', "b": False}), 1),
        (forms.SelectMultiple(choices=CHOICES), ["a", '"q"']),
        (forms.NullBooleanSelect(), True),
        (forms.Select(choices=[]), None),
    ],
)
def test_a_list_of_choices_is_the_same_html(widget, value):
    quick, djangos = (
        widget.render("field", value, {"id": "f"}, renderer=r()) for r in (QuickForms, DjangoTemplates)
    )
    assert without_breaks(quick) == without_breaks(djangos)


def without_breaks(html):
    return "".join(part.strip() for part in html.split("\n"))


def test_the_site_uses_it():
    assert isinstance(get_default_renderer(), QuickForms)
