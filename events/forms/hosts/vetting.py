"""A brand's check of a host, and what it settles for all its shows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Brand
from events.domain.vetting import LONGEST_NOTE, POINTS, Findings
from events.enums import Risk, VettingState
from events.forms.hosts.base import PLAIN
from events.models import Vetting


class VettingForm(forms.Form):
    """The whole sheet: a risk and a note per point, the verdict and its reasons."""

    state = forms.ChoiceField(label=gettext_lazy("Verdict"), choices=VettingState.choices)
    notes = forms.CharField(
        label=gettext_lazy("Risk notes"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, vetting: Vetting | None, **kwargs: Any) -> None:
        found = {row.key: row for row in vetting.checks.all()} if vetting else {}
        initial: dict[str, Any] = {"state": VettingState.OPEN, "version": 0}
        if vetting:
            initial = {"state": vetting.state, "notes": vetting.notes, "version": vetting.version}
        for key, row in found.items():
            initial |= {f"risk-{key}": row.risk, f"note-{key}": row.note}
        super().__init__(*args, **(PLAIN | {"initial": initial} | kwargs))
        for point in POINTS:
            self.fields[f"risk-{point.key}"] = forms.ChoiceField(
                label=gettext_lazy("Risk"),
                required=False,
                choices=[("", _("Not looked at")), *Risk.choices],
            )
            self.fields[f"note-{point.key}"] = forms.CharField(
                label=gettext_lazy("Note"), required=False, max_length=LONGEST_NOTE
            )

    def rows(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Each point with its two fields, for the page."""
        return [(point, self[f"risk-{point.key}"], self[f"note-{point.key}"]) for point in POINTS]

    def findings(self) -> Findings:
        data = self.cleaned_data
        return {point.key: (data[f"risk-{point.key}"], data[f"note-{point.key}"]) for point in POINTS}


class BrandForm(forms.Form):
    """What a brand settles for all its shows."""

    rivals = forms.ModelMultipleChoiceField(
        queryset=Brand.objects.none(),
        label=gettext_lazy("Competing brands"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Hosts tied to them, or showing for them within thirty days, are marked."),
    )
    needs_review = forms.BooleanField(
        label=gettext_lazy("A second person approves every plan before it is scheduled"), required=False
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        initial = {"rivals": list(brand.rivals.all()), "needs_review": brand.needs_review}
        super().__init__(*args, **(PLAIN | {"initial": initial} | kwargs))
        fields: dict[str, Any] = self.fields
        rivals: QuerySet[Brand] = Brand.objects.exclude(pk=brand.pk)
        fields["rivals"].queryset = rivals
