"""What the forms about hosts share."""

from decimal import Decimal
from typing import Any

from django import forms

from events.errors import EventError

PLAIN: dict[str, Any] = {"label_suffix": ""}
HUNDRED = Decimal(100)


def told(form: forms.Form, error: EventError, *, default: str | None = None) -> None:
    """Put a refusal beside the field it names, or over the form."""
    name = error.field if error.field in form.fields else default
    form.add_error(name, str(error))


def percent_field(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal(0),
        max_value=HUNDRED,
        decimal_places=2,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}),
        **kwargs,
    )


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
