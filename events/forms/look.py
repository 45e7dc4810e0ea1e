"""What a show wears, as the studio asks for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from events.domain.looks import FIELDS
from events.enums import Backdrop, TypeAccent
from events.models import EventLook


def _colour(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=7,
        widget=forms.TextInput({"placeholder": "#17130f", "spellcheck": "false", "data-colour": True}),
    )


class LookForm(forms.Form):
    """Whether colours can stand together is judged by the domain."""

    ground = _colour(gettext_lazy("Ground"), gettext_lazy("Empty: the house's paper."))
    writing = _colour(gettext_lazy("Writing"))
    accent = _colour(gettext_lazy("Accent"), gettext_lazy("The festival's writing, marks and buttons."))
    stage = _colour(gettext_lazy("Ground of the stage"), gettext_lazy("Dark: the text on it stays light."))
    glow = _colour(gettext_lazy("Accent on the stage"))
    type_accent = forms.ChoiceField(label=gettext_lazy("Titles"), choices=TypeAccent.choices)
    backdrop = forms.ChoiceField(label=gettext_lazy("Pattern"), choices=Backdrop.choices)

    def __init__(self, *args: Any, look: EventLook, **kwargs: Any) -> None:
        initial = {field: getattr(look, field) for field in FIELDS}
        super().__init__(*args, **{"label_suffix": "", "initial": initial} | kwargs)


class LookPictureForm(forms.Form):
    """A picture for the poster; what it is is judged from its bytes."""

    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("JPEG, PNG, WebP or AVIF. It lies under the festival's writing."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )
    alt = forms.CharField(label=gettext_lazy("What is to be seen"), required=False, max_length=160)
