"""The back office of the catalogue. Prices, stock and pictures go through the domain: rooms hear of them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminFileFieldWidget

from accounts.admin import KeptForGood, LookOnly, LookOnlyInline
from catalog.domain.gltf import check_model
from catalog.domain.images import remove_image, render_image
from catalog.domain.models3d import set_model
from catalog.domain.pricing import set_price
from catalog.domain.stock import set_on_hand
from catalog.errors import BadImage, BadModel, CatalogError
from catalog.models import Brand, Hold, Membership, Price, Product, ProductImage, Stock, Variant
from catalog.money import exponent


class MembershipInline(TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Brand)
class BrandAdmin(KeptForGood):
    list_display = ("name", "slug", "country", "legal_name", "care_email")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(ModelAdmin):
    list_display = ("user", "role", "brand")
    list_filter = ("role", "brand")
    list_select_related = ("user", "brand")
    search_fields = ("user__email", "user__display_name", "brand__name")
    autocomplete_fields = ("user", "brand")


class VariantInline(TabularInline):
    model = Variant
    extra = 0
    can_delete = False
    show_change_link = True
    fields = ("sku", "options", "position", "active")


class ProductImageInline(LookOnlyInline):
    model = ProductImage
    fields = ("position", "alt", "width", "height")


class ProductForm(forms.ModelForm):
    """What the product is, and a model to show it with in 3D."""

    upload = forms.FileField(
        label=_("Model in 3D"),
        required=False,
        help_text=_("One binary glTF file (.glb) up to 8 MB, with everything inside. No Draco, no meshopt."),
        widget=UnfoldAdminFileFieldWidget,
    )

    class Meta:
        model = Product
        fields = "__all__"  # noqa: DJ007  # the field of the page, and with it whatever comes

    def clean_upload(self) -> bytes | None:
        upload = self.cleaned_data["upload"]
        data: bytes | None = upload.read() if upload else None
        try:
            if data is not None:
                check_model(data)
        except BadModel as refused:
            raise forms.ValidationError(str(refused)) from refused
        return data


@admin.register(Product)
class ProductAdmin(KeptForGood):
    form = ProductForm
    readonly_fields = ("model",)
    list_display = ("name", "brand", "category", "state", "edition_size")
    list_filter = ("state", "brand", "category")
    list_select_related = ("brand",)
    search_fields = ("name", "slug", "variants__sku")
    autocomplete_fields = ("brand",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (VariantInline, ProductImageInline)

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if data := form.cleaned_data["upload"]:
            set_model(obj, data=data)


class PriceInline(LookOnlyInline):
    model = Price
    fields = ("currency", "money")
    readonly_fields = ("money",)


class StockInline(LookOnlyInline):
    model = Stock
    fields = ("on_hand", "held", "sold", "free")
    readonly_fields = ("free",)


@admin.register(Variant)
class VariantAdmin(KeptForGood):
    list_display = ("sku", "product", "label", "active")
    list_filter = ("active", "product__brand")
    list_select_related = ("product",)
    search_fields = ("sku", "product__name")
    autocomplete_fields = ("product",)
    inlines = (PriceInline, StockInline)


class ThroughDomain(KeptForGood):
    """Saving is one domain call; what the domain refuses is told and nothing is written."""

    def write(self, row: Any, form: Any) -> None:
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.write(obj, form)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except CatalogError as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return HttpResponseRedirect(request.path)


class PriceForm(forms.ModelForm):
    """The amount as people write it; kept as minor units."""

    major = forms.DecimalField(
        label=_("Price"), min_value=0, max_digits=12, decimal_places=3, widget=UnfoldAdminDecimalFieldWidget
    )

    class Meta:
        model = Price
        fields = ("variant", "currency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["major"].initial = self.instance.money.decimal

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        currency = str(data.get("currency") or self.instance.currency).upper()
        if (major := data.get("major")) is not None:
            self.instance.amount = self._minor(major, currency)
        return data | {"currency": currency}

    def _minor(self, major: Decimal, currency: str) -> int:
        minor = major.scaleb(exponent(currency))
        if minor != int(minor):
            self.add_error("major", _("This currency has fewer decimals."))
        return int(minor)


@admin.register(Price)
class PriceAdmin(ThroughDomain):
    form = PriceForm
    list_display = ("variant", "currency", "money")
    list_filter = ("currency", "variant__product__brand")
    list_select_related = ("variant__product",)
    search_fields = ("variant__sku", "variant__product__name")
    autocomplete_fields = ("variant",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("variant", "currency") if obj else ()

    def write(self, row: Price, form: Any) -> None:
        saved = set_price(row.variant, amount=row.amount, currency=row.currency, now=timezone.now())
        row.pk = saved.pk


@admin.register(Stock)
class StockAdmin(ThroughDomain):
    """Only the count may be corrected; what is held or sold follows from orders."""

    list_display = ("variant", "on_hand", "held", "sold", "free")
    list_filter = ("variant__product__brand",)
    list_select_related = ("variant__product",)
    search_fields = ("variant__sku", "variant__product__name")
    autocomplete_fields = ("variant",)
    readonly_fields = ("held", "sold")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (*self.readonly_fields, "variant") if obj else self.readonly_fields

    def write(self, row: Stock, form: Any) -> None:
        set_on_hand(row.variant, on_hand=form.cleaned_data["on_hand"], now=timezone.now())
        row.pk = Stock.objects.get(variant=row.variant).pk


class ProductImageForm(forms.ModelForm):
    """A new picture is uploaded once; afterwards its place and description may change."""

    picture = forms.FileField(label=_("Picture"), required=False, widget=UnfoldAdminFileFieldWidget)

    class Meta:
        model = ProductImage
        fields = ("product", "position", "alt")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("picture")
        if upload is None:
            if not self.instance.pk:
                self.add_error("picture", _("Choose a picture."))
            return data
        try:
            rendered = render_image(upload.read())
        except BadImage as refused:
            self.add_error("picture", str(refused))
            return data
        for name in ("width", "height", "colour", "renditions"):
            setattr(self.instance, name, getattr(rendered, name))
        return data


@admin.register(ProductImage)
class ProductImageAdmin(ModelAdmin):
    form = ProductImageForm
    list_display = ("product", "position", "alt", "width", "height")
    list_filter = ("product__brand",)
    list_select_related = ("product",)
    search_fields = ("product__name", "alt")
    autocomplete_fields = ("product",)

    def delete_model(self, request: HttpRequest, obj: ProductImage) -> None:
        remove_image(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ProductImage]) -> None:
        for image in queryset:
            remove_image(image)


@admin.register(Hold)
class HoldAdmin(LookOnly):
    list_display = ("variant", "quantity", "state", "holder", "created_at", "expires_at")
    list_filter = ("state",)
    list_select_related = ("variant__product",)
    search_fields = ("holder", "variant__sku", "public_id")
