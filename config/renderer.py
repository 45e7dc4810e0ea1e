"""How forms become HTML: as Django does it, but lists of choices in one go.

Django renders two templates per choice; five hundred hosts to choose from in three forms took a second.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"


class QuickForms(DjangoTemplates):
    """Every widget by Django's template, `<select>` by hand."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request=request)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    attrs = _attrs({"name": widget["name"]} | widget["attrs"])
    return mark_safe(f"<select{attrs}>{groups}\n</select>")  # noqa: S308 - every part was escaped


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    inner = "".join(
        f'\n  <option value="{escape(str(option["value"]))}"{_attrs(option["attrs"])}>'
        f"{conditional_escape(option['label'])}</option>"
        for option in options
    )
    return f'\n  <optgroup label="{conditional_escape(name)}">{inner}\n  </optgroup>' if name else inner


def _attrs(attrs: dict[str, Any]) -> str:
    given = ((name, value) for name, value in attrs.items() if value is not False)
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in given
    )
