"""The forms of editions and seasons. Days are typed on the clocks of the holiday's market, else in UTC."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Brand, Product
from events.domain.assortments import zone_of
from events.domain.calendar import row_of
from events.domain.scheduling import instant
from events.enums import AssortmentKind
from events.errors import BadTime
from events.forms.choices import day_of_token, holiday_choices, token
from events.models import Assortment, AssortmentPiece, HolidayOccurrence

MOST_PIECES = 1_000_000
# The moments as the form asks for them: day and time apart.
MOMENTS = {"opens_at": ("opens_on", "opens_time"), "closes_at": ("closes_on", "closes_time")}
# Where the domain's word for a field is another than the form's.
BESIDE = {"opens_at": "opens_on", "closes_at": "closes_on"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def _colour(label: Any, example: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=7, widget=forms.TextInput({"placeholder": example})
    )


class OccasionForm(forms.Form):
    """The day a new edition is filled in from."""

    holiday = forms.ChoiceField(label=_("Made for"), required=False)

    def __init__(self, *args: Any, brands: Iterable[Brand], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "fill_%s"} | kwargs)
        fields: dict[str, Any] = self.fields
        fields["holiday"].choices = holiday_choices(today=today, brand=_only(brands))


class EditionForm(forms.Form):
    """What an assortment is: its text, colours and days."""

    title = forms.CharField(label=_("Title"), max_length=120)
    holiday = forms.ChoiceField(label=_("Holiday"), required=False)
    season = forms.CharField(
        label=_("Season"), required=False, max_length=20, help_text=_("For a season only, like SS27.")
    )
    opens_on, opens_time = _day(_("Opens on")), _time(_("At"))
    closes_on, closes_time = _day(_("Closes on")), _time(_("At"))
    story = forms.CharField(
        label=_("Story"), required=False, max_length=10_000, widget=forms.Textarea({"rows": 6})
    )
    packaging = forms.CharField(
        label=_("How it is wrapped"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3})
    )
    ground = _colour(_("Colour of the ground"), "#17130F")
    ink = _colour(_("Colour of the writing"), "#F4EEDC")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        brands: Iterable[Brand],
        today: date,
        keep: HolidayOccurrence | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.brands, self.keep = list(brands), keep
        fields: dict[str, Any] = self.fields
        fields["holiday"].choices = holiday_choices(today=today, keep=keep, brand=_only(self.brands))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        row = data["row"] = self._row(data.get("holiday", ""))
        for moment, (on, at) in MOMENTS.items():
            if on in data and at in data:
                try:
                    data[moment] = instant(datetime.combine(data[on], data[at]), zone_of(row))
                except BadTime as error:
                    self.add_error(at, str(error))
        return data

    def _row(self, chosen: str) -> HolidayOccurrence | None:
        # The day it stands on stays, also when the rules give it no more.
        if self.keep is not None and chosen == token(self.keep):
            return self.keep
        day = day_of_token(chosen, brands=self.brands)
        return row_of(day) if day else None

    def assortment_data(self) -> dict[str, Any]:
        """The fields as the domain takes them."""
        kept = ("title", "season", "story", "packaging", "ground", "ink", "opens_at", "closes_at")
        return {name: self.cleaned_data[name] for name in kept} | {"holiday": self.cleaned_data["row"]}

    def add_refusal(self, field: str, message: str) -> None:
        """Put what the domain refused beside the field it is about."""
        beside = BESIDE.get(field, field)
        self.add_error(beside if beside in self.fields else None, message)


class NewEditionForm(EditionForm):
    """The first version, which also says whose it is and of what kind."""

    brand = forms.ModelChoiceField(
        queryset=Brand.objects.none(), label=_("Brand"), to_field_name="slug", empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=AssortmentKind.choices)
    field_order = ["brand", "kind"]

    def __init__(self, *args: Any, brands: QuerySet[Brand], **kwargs: Any) -> None:
        super().__init__(*args, brands=brands, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["brand"].queryset = brands


def _only(brands: Iterable[Brand]) -> Brand | None:
    """The one brand whose own days are offered too; of several, none."""
    known = list(brands)
    return known[0] if len(known) == 1 else None


def initial_of(assortment: Assortment) -> dict[str, Any]:
    """An assortment as the form shows it: days and times on its own clocks."""
    kept = ("title", "season", "story", "packaging", "ground", "ink", "version")
    shown = {name: getattr(assortment, name) for name in kept}
    days = on_clocks(assortment.opens_at, assortment.closes_at, assortment.holiday)
    return shown | days | {"holiday": token(assortment.holiday) if assortment.holiday else ""}


def on_clocks(
    opens_at: datetime, closes_at: datetime, holiday: HolidayOccurrence | None
) -> dict[str, object]:
    """Opening and close as the form's four fields."""
    zone = ZoneInfo(zone_of(holiday))
    opens, closes = opens_at.astimezone(zone), closes_at.astimezone(zone)
    return {
        "opens_on": opens.date(),
        "opens_time": opens.time(),
        "closes_on": closes.date(),
        "closes_time": closes.time(),
    }


class PieceForm(forms.Form):
    """What a piece is compared with, and how many are numbered."""

    based_on = forms.ModelChoiceField(
        queryset=Product.objects.all(),
        label=_("Made from"),
        to_field_name="slug",
        required=False,
        help_text=_("The standing piece; its price is compared with this one's."),
    )
    size = forms.IntegerField(label=_("Numbered up to"), required=False, min_value=1, max_value=MOST_PIECES)

    def __init__(self, *args: Any, assortment: Assortment, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        others = Product.objects.filter(brand=assortment.brand_id).order_by("name")
        # Only the brand's own are offered; of another's, the domain says what is wrong with it.
        _offer(self.fields["based_on"], others, empty=_("Nothing"))


class NewPieceForm(PieceForm):
    """A product to put in."""

    product = forms.ModelChoiceField(queryset=Product.objects.all(), label=_("Product"), to_field_name="slug")
    field_order = ["product"]

    def __init__(self, *args: Any, assortment: Assortment, **kwargs: Any) -> None:
        super().__init__(*args, assortment=assortment, **kwargs)
        self.free = free_products(assortment)
        _offer(self.fields["product"], self.free, empty="")


def free_products(assortment: Assortment) -> QuerySet[Product]:
    """Products of the brand that are in no assortment, archived ones left out."""
    taken = Q(pk__in=AssortmentPiece.objects.values("product"))
    return (
        Product.objects.filter(brand=assortment.brand_id)
        .exclude(taken | Q(state="archived"))
        .order_by("name")
    )


def _offer(field: Any, products: Iterable[Product], *, empty: Any) -> None:
    first = [("", empty)] if empty else []
    field.widget.choices = [*first, *((product.slug, product.name) for product in products)]


def piece_initial(piece: AssortmentPiece) -> dict[str, Any]:
    """A piece as its form shows it."""
    return {
        "based_on": piece.based_on.slug if piece.based_on else "",
        "size": piece.product.edition_size,
    }
