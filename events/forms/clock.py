"""Time since the start of a show as people write it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ClockField(forms.CharField):
    """Time since the start as people write it: `12`, `12:30` or `1:02:30`; cleans to seconds."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        parts = text.split(":")
        if len(parts) > 3 or not all(part.isdigit() and len(part) <= 3 for part in parts):  # noqa: PLR2004 - h:m:s
            raise ValidationError(_("Write minutes, or minutes:seconds, like 12:30."))
        numbers = [int(part) for part in parts] + ([0] if len(parts) == 1 else [])
        seconds = sum(number * 60**place for place, number in enumerate(reversed(numbers)))
        if seconds > 12 * 3600:
            raise ValidationError(_("A show lasts twelve hours at most."))
        return seconds

    def prepare_value(self, value: Any) -> Any:
        return clock(value) if isinstance(value, int) else value


def clock(seconds: int) -> str:
    """Seconds as `12:30` or `1:02:30`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
