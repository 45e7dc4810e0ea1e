"""The run of show's forms."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from catalog.models import Product
from events.forms.choices import PLAIN
from events.forms.clock import ClockField


class LineupAddForm(forms.Form):
    """Put one more product into the run of show."""

    product = forms.ModelChoiceField(
        queryset=Product.objects.none(),
        label=gettext_lazy("Product"),
        to_field_name="public_id",
        empty_label=None,
    )
    planned_second = ClockField(
        label=gettext_lazy("At minute"), required=False, widget=forms.TextInput({"inputmode": "numeric"})
    )
    talking_points = forms.CharField(
        label=gettext_lazy("Talking points"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, products: QuerySet[Product], **kwargs: Any) -> None:
        super().__init__(*args, **(PLAIN | kwargs))
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = products


class LineupItemForm(forms.Form):
    """When a piece is planned and what the host wants to say."""

    planned_second = ClockField(
        label=gettext_lazy("At minute"), widget=forms.TextInput({"inputmode": "numeric"})
    )
    talking_points = forms.CharField(
        label=gettext_lazy("Talking points"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
