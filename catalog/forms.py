"""What staff write about products: details, variants, prices, stock, pictures."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.domain.sheet import MOST_BYTES
from catalog.models import Brand, Product, Variant
from catalog.money import Money, exponent

# What the studio offers; the API takes every ISO 4217 code.
CURRENCIES = ("EUR", "USD", "GBP", "CNY", "JPY")
MOST_PIECES = 1_000_000


class Quiet(forms.BaseForm):
    """Labels without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


class FactsField(forms.CharField):
    """Facts as lines of `label: value`."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{label}: {text}" for label, text in value)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        facts = [[part.strip() for part in line.split(":", 1)] for line in lines]
        if wrong := [line for line, fact in zip(lines, facts, strict=True) if not _is_pair(fact)]:
            raise forms.ValidationError(_t("Write each fact as “label: value”, not “%s”.") % wrong[0])
        return facts


class OptionsField(forms.CharField):
    """Options as `name: value; name: value`."""

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(f"{k}: {v}" for k, v in value.items()) if isinstance(value, dict) else value

    def clean(self, value: Any) -> Any:
        pairs = [[part.strip() for part in pair.split(":", 1)] for pair in super().clean(value).split(";")]
        pairs = [pair for pair in pairs if pair != [""]]
        if not all(_is_pair(pair) for pair in pairs):
            raise forms.ValidationError(_t("Write options as “Size: 38; Colour: Night”."))
        return dict(pairs)


def _is_pair(parts: list[str]) -> bool:
    return len(parts) == len(("label", "value")) and all(parts)


class ProductForm(Quiet, forms.ModelForm):
    """Everything people read about a product."""

    details = FactsField(
        label=_("Facts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One per line, as “Material: Silk twill”."),
    )

    class Meta:
        model = Product
        fields = [
            "name",
            "subtitle",
            "category",
            "story",
            "details",
            "edition_size",
            "max_per_order",
            "state",
        ]
        labels = {
            "name": _("Name"),
            "subtitle": _("One line below the name"),
            "category": _("Category"),
            "story": _("Story"),
            "edition_size": _("Pieces in the edition"),
            "max_per_order": _("At most per order"),
            "state": _("State"),
        }
        help_texts = {"edition_size": _("Leave empty when it is not numbered."), "max_per_order": ""}
        widgets = {"story": forms.Textarea(attrs={"rows": 8})}

    def clean_max_per_order(self) -> int:
        most: int = self.cleaned_data["max_per_order"]
        if most < 1:
            raise forms.ValidationError(_t("One piece or more."))
        return most

    def clean_edition_size(self) -> int | None:
        size: int | None = self.cleaned_data["edition_size"]
        if size == 0:
            raise forms.ValidationError(_t("One piece or more."))
        return size


class NewProductForm(ProductForm):
    """The first version of a product, always a draft; `brands` are those the person may fill."""

    brand = forms.ModelChoiceField(Brand.objects.none(), label=_("Brand"), empty_label=None)
    field_order = ["brand"]

    class Meta(ProductForm.Meta):
        fields = ["name", "subtitle", "category", "story", "details", "edition_size", "max_per_order"]

    def __init__(self, *args: Any, brands: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = brands  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["brand"].initial = brands.first()


class VariantForm(Quiet, forms.Form):
    """One variant: what tells it apart, its prices in major units and the pieces on hand."""

    options = OptionsField(
        label=_("Options"), required=False, help_text=_("As “Size: 38; Colour: Night”; empty for just one.")
    )
    on_hand = forms.IntegerField(
        label=_("Pieces, sold and held included"), min_value=0, max_value=MOST_PIECES, initial=0
    )
    active = forms.BooleanField(label=_("Offered"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for currency in offered_currencies():
            self.fields[f"price_{currency}"] = _price_field(currency)

    @property
    def prices(self) -> list[Money]:
        """The prices that were filled in, once the form is valid."""
        given = ((c, self.cleaned_data[f"price_{c}"]) for c in offered_currencies())
        return [Money(int(value.scaleb(exponent(c))), c) for c, value in given if value is not None]

    def price_fields(self) -> Iterable[forms.BoundField]:
        return [self[f"price_{currency}"] for currency in offered_currencies()]


class NewVariantForm(VariantForm):
    """A variant that is not there yet."""

    sku = forms.CharField(label=_("SKU"), max_length=40)
    field_order = ["sku", "options", "on_hand"]

    def clean_sku(self) -> str:
        sku: str = self.cleaned_data["sku"]
        if Variant.objects.filter(sku=sku).exists():
            raise forms.ValidationError(_t("Another variant has this SKU."))
        return sku


class PictureForm(Quiet, forms.Form):
    """A picture and what is seen on it."""

    file = forms.FileField(label=_("Picture"), help_text=_("JPEG, PNG, WebP or AVIF, up to 20 MB."))
    alt = forms.CharField(
        label=_("What is seen on it"), max_length=160, help_text=_("Read aloud to those who cannot see it.")
    )


class ModelForm(Quiet, forms.Form):
    """A model in 3D."""

    file = forms.FileField(
        label=_("Model in 3D"),
        help_text=_("One binary glTF file (.glb) up to 8 MB, with everything inside. No Draco, no meshopt."),
        widget=forms.ClearableFileInput(attrs={"accept": ".glb,model/gltf-binary"}),
    )


class SheetForm(Quiet, forms.Form):
    """A sheet of products: chosen as a file, or carried over from the report on it (`carried`)."""

    brand = forms.ModelChoiceField(Brand.objects.none(), label=_("Brand"), empty_label=None)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV in UTF-8, up to 5,000 rows or 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    do = forms.ChoiceField(choices=[("check", ""), ("apply", "")], required=False)
    rows = forms.ChoiceField(choices=[("all", ""), ("right", "")], required=False)

    def __init__(self, *args: Any, brands: Any, carried: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carried = carried or {}
        self.fields["brand"].queryset = brands  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["brand"].to_field_name = "slug"  # type: ignore[attr-defined]  # same
        self.fields["brand"].initial = brands.first()

    def clean(self) -> dict[str, Any]:
        """The text in `data`, whichever way it came."""
        cleaned = super().clean() or {}
        upload, brand = cleaned.get("file"), cleaned.get("brand")
        if upload is not None and upload.size <= MOST_BYTES:
            cleaned["data"] = upload.read()
        elif upload is not None:
            self.add_error(
                "file", _t("The file is larger than 5 MB. Divide it and bring in the parts one by one.")
            )
        elif brand is not None and self.carried.get("brand") == brand.slug:
            cleaned["data"] = self.carried["text"].encode()
        elif "file" not in self.errors:
            self.add_error("file", _t("Choose the file."))
        cleaned["rows"] = cleaned.get("rows") or "all"
        return cleaned


def offered_currencies() -> list[str]:
    """The currencies the studio asks for, the installation's own first."""
    own = settings.DEFAULT_CURRENCY
    return [own, *(currency for currency in CURRENCIES if currency != own)]


def variant_initial(variant: Variant) -> dict[str, Any]:
    """What the form of an existing variant starts with."""
    prices = {f"price_{p.currency}": p.money.decimal for p in variant.prices.all()}
    on_hand = variant.stock.on_hand if hasattr(variant, "stock") else 0
    return prices | {"options": variant.options, "on_hand": on_hand, "active": variant.active}


def _price_field(currency: str) -> forms.DecimalField:
    places = exponent(currency)
    return forms.DecimalField(
        label=currency,
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=places,
        widget=forms.TextInput(attrs={"inputmode": "decimal" if places else "numeric"}),
    )
