"""What the API says about brands and products, and what it takes."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import is_currency
from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.domain.pricing import MOST_MINOR_UNITS
from catalog.domain.stock import MOST_PIECES
from catalog.enums import ProductState
from catalog.models import Brand, Product, Variant


class Strict(serializers.Serializer):
    """Input that names every field it takes: an unknown one is a mistake, and may be somebody trying."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: [_("Not a field of this.")] for name in unknown})
        return super().to_internal_value(data)


class Currency(serializers.CharField):
    """An ISO 4217 code."""

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if not is_currency(code):
            raise serializers.ValidationError(_("Give an ISO 4217 code, as EUR."))
        return code


class BrandSerializer(serializers.ModelSerializer):
    """A brand as everybody sees it."""

    id = serializers.CharField(source="public_id")
    products = serializers.IntegerField(source="on_sale", help_text="how many pieces are on sale")

    class Meta:
        model = Brand
        fields = ["id", "slug", "name", "tagline", "story", "country", "ink", "products"]


class ImageSerializer(serializers.Serializer):
    """A picture with its renditions per format, for `srcset`."""

    id = serializers.CharField()
    src = serializers.CharField()
    srcset_avif = serializers.CharField()
    srcset_webp = serializers.CharField()
    srcset_jpeg = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField()
    colour = serializers.CharField()


class OfferSerializer(serializers.Serializer):
    """A variant at its price in one currency, with the pieces left to hold."""

    id = serializers.CharField()
    sku = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not the label of a field
    options = serializers.DictField(child=serializers.CharField())
    amount = serializers.IntegerField(help_text="minor units, tax included")
    currency = serializers.CharField()
    free = serializers.IntegerField()


class CardSerializer(serializers.Serializer):
    """A product in a list."""

    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    subtitle = serializers.CharField()
    brand = serializers.CharField()
    url = serializers.CharField()
    edition = serializers.IntegerField(allow_null=True)
    max_per_order = serializers.IntegerField()
    opens_at = serializers.DateTimeField(allow_null=True, help_text="not sold before; null: no such limit")
    closes_at = serializers.DateTimeField(allow_null=True, help_text="not sold from then on")
    image = ImageSerializer(allow_null=True)
    model = serializers.CharField(allow_null=True, help_text="address of its model in 3D (glTF 2.0, binary)")
    variants = OfferSerializer(many=True)


class ProductSerializer(CardSerializer):
    """A product in full."""

    brand_slug = serializers.CharField()
    category = serializers.CharField()
    state = serializers.ChoiceField(ProductState.choices)
    story = serializers.CharField()
    details = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    images = ImageSerializer(many=True)


class ProductWriteSerializer(Strict, serializers.ModelSerializer):
    """What staff may change of a product. Brand and address stay what they were."""

    details = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=300), min_length=2, max_length=2),
        max_length=40,
        required=False,
    )
    max_per_order = serializers.IntegerField(min_value=1, max_value=100, required=False)
    edition_size = serializers.IntegerField(
        min_value=1, max_value=MOST_PIECES, allow_null=True, required=False
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
        extra_kwargs = {"story": {"max_length": 10_000}}


class NewProductSerializer(ProductWriteSerializer):
    """A new product: always a draft, of a brand whose shelves one fills."""

    brand = serializers.SlugField()

    class Meta(ProductWriteSerializer.Meta):
        fields = [*(f for f in ProductWriteSerializer.Meta.fields if f != "state"), "brand"]


class VariantWriteSerializer(Strict, serializers.ModelSerializer):
    """What staff may change of a variant. Its SKU stays."""

    options = serializers.DictField(
        child=serializers.CharField(max_length=60), required=False, help_text="option name to value"
    )

    class Meta:
        model = Variant
        fields = ["options", "active", "position"]


class NewVariantSerializer(VariantWriteSerializer):
    """A new variant with the pieces there are of it."""

    on_hand = serializers.IntegerField(min_value=0, max_value=MOST_PIECES, default=0)

    class Meta(VariantWriteSerializer.Meta):
        fields = ["sku", "options", "on_hand"]


class PriceSerializer(Strict):
    """What one piece costs, tax included."""

    amount = serializers.IntegerField(min_value=0, max_value=MOST_MINOR_UNITS, help_text="minor units")
    currency = Currency(max_length=3)


class CountSerializer(Strict):
    """How many pieces there are, held and sold ones included."""

    on_hand = serializers.IntegerField(min_value=0, max_value=MOST_PIECES)


class ShelfSerializer(serializers.ModelSerializer):
    """A variant as staff see it: all prices, all counts."""

    id = serializers.CharField(source="public_id")
    prices = PriceSerializer(many=True)
    on_hand = serializers.IntegerField(source="stock.on_hand", default=0)
    held = serializers.IntegerField(source="stock.held", default=0)
    sold = serializers.IntegerField(source="stock.sold", default=0)

    class Meta:
        model = Variant
        fields = ["id", "sku", "label", "options", "active", "position", "prices", "on_hand", "held", "sold"]


class PictureSerializer(Strict):
    """A picture to add: the file and what is seen on it."""

    file = serializers.FileField()
    alt = serializers.CharField(max_length=160)
    position = serializers.IntegerField(min_value=0, max_value=100, required=False)


class ModelSerializer(Strict):
    """A model in 3D to show the product with."""

    file = serializers.FileField(help_text="one binary glTF 2.0 file, up to 8 MB, with everything inside")
