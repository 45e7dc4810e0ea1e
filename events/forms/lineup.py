"""The run of show's forms. Each carries the version its writer saw and keeps their text when refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Brand, Product
from events.domain.segments import LONGEST
from events.domain.walltime import moment
from events.errors import EditConflict, EventError
from events.forms.choices import PLAIN
from events.forms.clock import ClockField
from events.models import Event, Host, LineupItem, Segment

Choices = list[tuple[str, str]]
# What the domain calls a field, where the form has another name for it.
NAMES = {"planned_seconds": "minutes"}


class VersionedForm(forms.Form):
    """`theirs` is what somebody else saved meanwhile: shown beside the writer's own text, which stays."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    theirs: Any = None

    def refuse(self, error: EventError, *, event: Event, theirs: Any = None) -> None:
        """Tell `error` beside its field; after a conflict the same text can be saved knowingly."""
        field = NAMES.get(error.field, error.field)
        self.add_error(field if field in self.fields else None, str(error))
        event.refresh_from_db(fields=["version", "state"])
        if isinstance(error, EditConflict):
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, as views pass it
            data[self.add_prefix("version")] = str(event.version)
            self.data, self.theirs = data, theirs


class WallTimeField(forms.CharField):
    """A moment on the show's own clock; cleans to a UTC instant."""

    widget = forms.DateTimeInput

    def __init__(self, *, zone: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone
        self.widget.input_type = "datetime-local"

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            wall = datetime.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(_("Write a day and a time, like 2027-08-08T19:30.")) from error
        found = moment(wall.replace(tzinfo=None), self.zone)
        if found.skipped:
            raise ValidationError(_("Clocks go forward then. Choose another time."))
        return found.utc

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M")
        return value


def notes(label: Any, rows: int = 2) -> forms.CharField:
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=False, max_length=2000, widget=area)


def segment_choices(segments: Sequence[Segment]) -> Choices:
    return [("", _("No segment")), *((one.public_id, f"{one.position}. {one.title}") for one in segments)]


class PieceForm(VersionedForm):
    """What both the new and the known piece have: its segment, its time, its notes, when it is revealed."""

    segment = forms.ChoiceField(label=gettext_lazy("Segment"), required=False)
    planned_second = ClockField(
        label=gettext_lazy("At minute"), required=False, widget=forms.TextInput({"inputmode": "numeric"})
    )
    talking_points = notes(gettext_lazy("Talking points"))
    cue = notes(gettext_lazy("Cue notes, for the crew only"))

    def __init__(self, *args: Any, event: Event, segments: Sequence[Segment], **kwargs: Any) -> None:
        super().__init__(*args, **(PLAIN | kwargs))
        self.segments = {one.public_id: one for one in segments}
        fields: dict[str, Any] = self.fields
        fields["segment"].choices = segment_choices(segments)
        fields["reveal_at"] = WallTimeField(
            label=_("Kept back from viewers until"), required=False, zone=event.time_zone
        )
        if not segments:
            del fields["segment"]

    def changes(self) -> dict[str, Any]:
        """The data as the domain takes it."""
        data = dict(self.cleaned_data)
        if "segment" in data:
            data["segment"] = self.segments.get(data["segment"])
        return data


class LineupAddForm(PieceForm):
    """Put one more product into the run of show."""

    product = forms.ModelChoiceField(
        queryset=Product.objects.none(),
        label=gettext_lazy("Product"),
        to_field_name="public_id",
        empty_label=None,
    )
    field_order = ["product"]

    def __init__(self, *args: Any, products: QuerySet[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = products


class LineupItemForm(PieceForm):
    """When a piece is planned and what is said of it."""

    def __init__(self, *args: Any, item: LineupItem, **kwargs: Any) -> None:
        known = {
            name: getattr(item, name) for name in ("planned_second", "talking_points", "cue", "reveal_at")
        }
        known |= {
            "segment": item.segment.public_id if item.segment else "",
            "version": kwargs["event"].version,
        }
        super().__init__(*args, initial=known, prefix=item.public_id, **kwargs)
        self.fields["planned_second"].required = True

    def changes(self) -> dict[str, Any]:
        """What is not on the page is not changed: a form without a field leaves it as it was."""
        sent = {name for name in self.fields if self.add_prefix(name) in self.data}
        return {name: value for name, value in super().changes().items() if name in sent}


class SegmentForm(VersionedForm):
    """A part of a long show: whose it is, who shows it, when it is planned, what the crew must know."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    brand = forms.ChoiceField(label=gettext_lazy("Brand"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=LONGEST // 60,
        widget=forms.NumberInput({"step": 1}),
    )
    planned_second = ClockField(
        label=gettext_lazy("At minute"), required=False, widget=forms.TextInput({"inputmode": "numeric"})
    )
    hosts = forms.MultipleChoiceField(
        label=gettext_lazy("Hosts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cue = notes(gettext_lazy("Cue notes, for the crew only"))

    def __init__(
        self,
        *args: Any,
        event: Event,
        brands: Sequence[Brand],
        hosts: Sequence[Host],
        segment: Segment | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", known_of(segment) if segment else {"brand": event.brand.slug})
        kwargs["initial"]["version"] = event.version
        kwargs["prefix"] = segment.public_id if segment else "segment"
        super().__init__(*args, **(PLAIN | kwargs))
        self.brands = {one.slug: one for one in brands}
        self.known_hosts = {one.slug: one for one in hosts}
        fields: dict[str, Any] = self.fields
        fields["brand"].choices = [(one.slug, one.name) for one in brands]
        fields["hosts"].choices = [(one.slug, one.name) for one in hosts]
        fields["planned_second"].required = segment is not None

    def changes(self) -> dict[str, Any]:
        """The data as the domain takes it."""
        data = dict(self.cleaned_data)
        data["planned_seconds"] = data.pop("minutes") * 60
        data["brand"] = self.brands[data["brand"]]
        data["hosts"] = [self.known_hosts[slug] for slug in data["hosts"]]
        return data


def known_of(segment: Segment) -> dict[str, Any]:
    """A segment as its form shows it."""
    return {
        "title": segment.title,
        "brand": segment.brand.slug,
        "minutes": round(segment.planned_seconds / 60),
        "planned_second": segment.planned_second,
        "hosts": [host.slug for host in segment.hosts.all()],
        "cue": segment.cue,
    }
